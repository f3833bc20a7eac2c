"""What a student meets in a lesson: check, hint, progress, received."""
