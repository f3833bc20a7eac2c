"""From one submission's bytes to its marks. It begins in grader.py."""
