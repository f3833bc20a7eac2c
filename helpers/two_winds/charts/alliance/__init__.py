"""Charts on the alliance to 1957."""
