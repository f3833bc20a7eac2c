"""Classwork: exercises that answer back, editions, lint, grading and marks, for any course.

A lesson of a course without helpers of its own may say `from classwork import check, hint`.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Course": "classwork.course",
    "use": "classwork.course",
    "check": "classwork.practice.check",
    "hint": "classwork.practice.check",
    "progress": "classwork.practice.progress",
    "received": "classwork.practice.received",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"classwork has no {name!r}. It has: {', '.join(__all__)}.")
    return getattr(import_module(_HOMES[name]), name)
