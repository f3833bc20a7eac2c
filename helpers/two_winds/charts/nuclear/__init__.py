"""Charts on bombs and words about them."""
