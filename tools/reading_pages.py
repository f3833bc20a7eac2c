"""What stands on the other pages of the reading copy: glossary, timeline, sources, minutes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd
from reading_lesson import Lesson
from two_winds import datasets
from two_winds.charts.common.style import date_in_words


@dataclass
class Word:
    """A word of the glossary.

    Attributes:
        english, russian, chinese: the word in three languages, Chinese with its pinyin.
        meanings: what it means, each with the names of the lessons that explain it so.
        unverified: whether the Chinese was not found in a dictionary or a text.
    """

    english: str
    russian: str
    chinese: str
    meanings: dict[str, list[str]] = field(default_factory=dict)
    unverified: bool = False


def glossary(lessons: list[Lesson], table: pd.DataFrame) -> list[Word]:
    """Return the words of all lessons' headers and of the glossary, in alphabetical order.

    Args:
        lessons: the lessons to read.
        table: rows as `load("glossary")` gives them.
    """
    words: dict[str, Word] = {}
    for lesson in lessons:
        for row in header_words(lesson.header):
            word = Word(row["English"], row.get("Русский", ""), row.get("中文", ""))
            word = words.setdefault(word.english.casefold(), word)
            word.meanings.setdefault(row["Meaning"], []).append(lesson.name)
    for row in table.to_dict("records"):
        word = Word(row["english"], row["ru"], f"{row['zh']} ({row['pinyin']})")
        word = words.setdefault(word.english.casefold(), word)
        names = word.meanings.setdefault(row["meaning"].rstrip("."), [])
        names += [name for name in shown_in(row["english"], lessons) if name not in names]
        # A word that a lesson's header has too is not marked: the header's Chinese is shown.
        word.unverified = row["grade"] == "C" and word.chinese.startswith(row["zh"])
    return [words[key] for key in sorted(words)]


def header_words(header: str) -> Iterable[dict[str, str]]:
    """Return the rows of the word table in a lesson's header, by column."""
    table = header.partition("**Words.**")[2]
    lines = [line for line in table.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[2:]]


def shown_in(english: str, lessons: list[Lesson]) -> list[str]:
    """Return the names of the lessons that show this word of the glossary in a cell."""
    cell = f">{escape(english)}</th>"
    return [lesson.name for lesson in lessons if any(cell in html for html in lesson.blocks)]


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


def minutes(lessons: list[Lesson]) -> dict[str, str]:
    """Return how many minutes each part takes over all lessons, such as "5" or "5 to 8"."""
    found: dict[str, list[int]] = {}
    for lesson in lessons:
        for part, length in lesson.parts:
            found.setdefault(part, []).append(length)
    return {
        part: " to ".join(str(m) for m in sorted({min(lengths), max(lengths)}))
        for part, lengths in found.items()
    }
