"""Charts on the split."""
