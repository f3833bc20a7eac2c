"""What each kernel of this environment begins with, so that a first slip is answered at once."""

c.InteractiveShellApp.extensions = ["two_winds.practice"]  # noqa: F821
