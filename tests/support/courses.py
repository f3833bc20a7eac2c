"""Another course than Two Winds, or Two Winds with something changed, for a test."""

import contextlib
from dataclasses import replace

import two_winds  # noqa: F401 (which puts its own course in use)
from classwork.course import current, use


@contextlib.contextmanager
def course_with(**changes):
    """Have a course in use that differs in some fields from the one in use before."""
    before = current()
    use(replace(before, **changes))
    try:
        yield
    finally:
        use(before)
