"""What the first page shows: a self-check and the map of the lessons."""
