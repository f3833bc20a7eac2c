"""For teachers who write lessons: a new one to begin with, and what is wrong with theirs."""
