"""What stands on the other pages of the reading copy: glossary, timeline, sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd
from lesson_page import Lesson
from two_winds import datasets
from two_winds.charts.common.wording import date_in_words


@dataclass
class Word:
    """A word of the glossary.

    Attributes:
        english, russian, chinese: the word in three languages, Chinese with its pinyin.
        meaning: what it means.
        lessons: the names of the lessons that explain it.
        unverified: whether the Chinese was not found in a dictionary or a text.
    """

    english: str
    russian: str
    chinese: str
    meaning: str
    lessons: list[str] = field(default_factory=list)
    unverified: bool = False


def glossary(lessons: list[Lesson], table: pd.DataFrame) -> list[Word]:
    """Return the words of the glossary and of the lessons' headers, in alphabetical order.

    Two entries that differ only by what stands in brackets are one; the glossary's words go first.

    Args:
        lessons: the lessons to read.
        table: rows as `load("glossary")` gives them.
    """
    words: dict[str, Word] = {}
    for row in table.to_dict("records"):
        chinese = f"{row['zh']} ({row['pinyin']})"
        word = Word(row["english"], row["ru"], chinese, row["meaning"].rstrip("."))
        word.lessons += shown_in(row["english"], lessons)
        word.unverified = row["grade"] == "C"
        words[plain(word.english)] = word
    for lesson in lessons:
        for row in header_words(lesson.header):
            new = Word(row["English"], row["Русский"], row["中文"], row["Meaning"])
            word = words.setdefault(plain(new.english), new)
            word.lessons += [lesson.name] if lesson.name not in word.lessons else []
    return [words[key] for key in sorted(words)]


def plain(english: str) -> str:
    """Return what makes two entries one word: small letters, nothing in brackets.

    >>> plain("Dalian (Dairen)")
    'dalian'
    """
    return re.sub(r"\s*\(.*?\)", "", english).casefold().strip()


def header_words(header: str) -> Iterable[dict[str, str]]:
    """Return the rows of the word table in a lesson's header, by column."""
    table = header.partition("**Words.**")[2]
    lines = [line for line in table.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


def shown_in(english: str, lessons: list[Lesson]) -> list[str]:
    """Return the names of the lessons that show this word of the glossary in a cell."""
    cell = f">{escape(english)}</th>"
    return [
        lesson.name
        for lesson in lessons
        if any(cell in html for html in (*lesson.first, *lesson.second))
    ]


def years(events: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    """Return the events by the year in which they began, each with its dates in words.

    Args:
        events: rows as `load("events")` gives them.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for event in events.to_dict("records"):
        ends = [event["date_start"], *filter(None, [event["date_end"]])]
        event["dates"] = " to ".join(date_in_words(date) for date in ends)
        event["sources"] = [event["source"], *filter(None, event["more_sources"].split("; "))]
        event["lessons"] = event["lessons"].split("; ")
        found.setdefault(event["date_start"][:4], []).append(event)
    return found


def sources() -> list[dict[str, Any]]:
    """Return every work that a table or a lesson names, in the order of its short name."""
    rows = datasets.read_sources(datasets.FOLDER).values()
    return sorted(rows, key=lambda row: (row["short"].casefold(), row["source"]))


def by_letter(works: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return works by the first letter of their short name; figures and other signs under "#"."""
    found: dict[str, list[dict[str, Any]]] = {}
    for work in works:
        first = work["short"][0].upper()
        found.setdefault(first if first.isalpha() else "#", []).append(work)
    return dict(sorted(found.items()))
