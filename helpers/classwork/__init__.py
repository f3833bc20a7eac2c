"""Classwork: exercises that answer back, editions, lint, grading and marks, for any course."""
