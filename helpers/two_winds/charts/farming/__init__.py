"""Charts on meat, milk, butter and grain."""
