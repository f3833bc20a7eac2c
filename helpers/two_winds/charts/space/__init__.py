"""Charts on the space race."""
