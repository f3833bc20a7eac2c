"""Charts on Moscow, November 1957."""
