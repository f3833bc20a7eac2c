"""Tables in; a picture, a sentence in words and a table out. Charts read no files."""
