"""From a pile of files to gradebook and pages of feedback. It begins in batch.py."""
