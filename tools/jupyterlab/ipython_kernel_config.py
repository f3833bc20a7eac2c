"""What each kernel of this environment begins with: first slips are answered from the first cell on."""

c.InteractiveShellApp.extensions = ["two_winds.practice"]  # noqa: F821
