"""`python -m two_winds.assignments`, kept for a year: the command line is `classwork` now."""

import sys

from classwork.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
