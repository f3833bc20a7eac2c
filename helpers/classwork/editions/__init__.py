"""A lesson as it is handed out: for students, for teachers, for nbgrader."""
