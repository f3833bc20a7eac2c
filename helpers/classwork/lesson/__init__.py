"""Reading a tagged notebook, and the answer key that its solutions give."""
