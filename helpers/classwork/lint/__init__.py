"""What is wrong with a lesson, said all at once; and a new lesson to begin from."""
