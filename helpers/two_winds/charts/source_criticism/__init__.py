"""Charts on a page put on trial."""
