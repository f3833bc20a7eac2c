"""Plain arithmetic behind the lessons: numbers in, numbers out, no tables."""
