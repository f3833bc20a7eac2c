"""Charts on the Great Leap Forward."""
