"""The exercises of these lessons: what answers a student."""

from classwork.practice.check import check, hint
from classwork.practice.progress import progress
from classwork.practice.received import received

__all__ = ["check", "hint", "progress", "received"]
