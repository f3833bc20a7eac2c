"""The day and hour until which work can be handed in, read from what a teacher types."""

from __future__ import annotations

import calendar
import re
from datetime import datetime

from classwork.lesson.exercises import LessonError

WRITTEN = re.compile(r"\d{4}-\d\d-\d\d(?P<hour>[ T]\d\d:\d\d)?")


def read_moment(text: str) -> datetime:
    """Return an ISO date, with or without an hour, as a moment; a day ends a minute to midnight.

    >>> read_moment("2026-11-20 18:00"), read_moment("2026-11-20")
    (datetime.datetime(2026, 11, 20, 18, 0), datetime.datetime(2026, 11, 20, 23, 59))

    Raises:
        LessonError: if it cannot be read.
    """
    written = WRITTEN.fullmatch(text.strip())
    try:
        moment = datetime.fromisoformat(written[0]) if written else None
    except ValueError:
        moment = None
    if moment is None:
        words = f"The date {text!r} cannot be read. Write it as 2026-12-01 or 2026-12-01 18:00."
        raise LessonError(words)
    return moment if written["hour"] else moment.replace(hour=23, minute=59)


def in_words(text: str) -> str:
    """Return an ISO date, with or without an hour, as it is written in a sentence.

    >>> in_words("1957-11-06"), in_words("2026-11-20 18:00"), in_words("")
    ('6 November 1957', '20 November 2026, 18:00', '')

    Raises:
        LessonError: if it cannot be read.
    """
    if not text:
        return ""
    moment = read_moment(text)
    day = f"{moment.day} {calendar.month_name[moment.month]} {moment.year}"
    return f"{day}, {moment:%H:%M}" if ":" in text else day
