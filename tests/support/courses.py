"""Another course than Two Winds, or Two Winds with something changed, for a test."""

import contextlib
from dataclasses import replace

from classwork.course import use
from two_winds.course import COURSE


@contextlib.contextmanager
def course_with(**changes):
    """Have a course in use that differs from Two Winds in some fields."""
    use(replace(COURSE, **changes))
    try:
        yield
    finally:
        use(COURSE)
