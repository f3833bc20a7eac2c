"""Charts on ten industrial products."""
