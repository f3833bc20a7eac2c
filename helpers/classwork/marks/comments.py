"""The bank of comments: comments.csv, where a comment has a short name to be written instead of it.

A teacher adds rows, or changes them, as she likes. A comment that she has typed twice is added with
a name of its own. In to_read.csv she then writes `#evidence` among her words, or `evidence` alone;
what a student reads is the whole comment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from classwork.lesson.exercises import LessonError
from classwork.marks.spreadsheet import csv_text, read_rows

COMMENTS = "comments.csv"
COLUMNS = ("name", "comment")
NAME = re.compile(r"[^\W\d_][\w-]*")
USED = re.compile(rf"(?<![\w#&])#({NAME.pattern})")
LONGEST_NAME, SHOWN = 12, 60
Bank = dict[str, str]


def read_bank(path: Path) -> Bank:
    """Return the comments by their names, in the file's order; none where there is no file.

    A comment without a name gets one.

    Raises:
        LessonError: if the file cannot be understood; the message says which row to mend.
    """
    bank: Bank = {}
    unnamed = []
    for row, cells in read_rows(path, COLUMNS) if path.exists() else []:
        name, comment = cells["name"].removeprefix("#"), cells["comment"]
        fault = ""
        if name and not NAME.fullmatch(name):
            fault = f"column name: {name!r}; write one word that begins with a letter"
        elif not comment:
            fault = "column comment: it is empty"
        elif name and found(name, bank) not in (None, comment):
            fault = f"column name: there is another comment with the name {name!r}"
        if fault:
            raise LessonError(f"{path}, row {row}, {fault}. Nothing has been changed.")
        if name:
            bank[name] = comment
        else:
            unnamed.append(comment)
    for comment in unnamed:
        add(bank, comment)
    return bank


def found(name: str, bank: Bank) -> str | None:
    """Return the comment of a name, whose capitals do not matter, or None."""
    return {known.casefold(): text for known, text in bank.items()}.get(name.casefold())


def in_full(typed: str, bank: Bank) -> str:
    """Return a comment with each name that stands in it replaced by what it stands for.

    >>> in_full("evidence", {"evidence": "Where is your evidence?"})
    'Where is your evidence?'
    >>> in_full("Good! #Evidence See page 3.", {"evidence": "Where is your evidence?"})
    'Good! Where is your evidence? See page 3.'
    """
    alone = found(typed.strip(), bank)
    return alone or USED.sub(lambda name: found(name[1], bank) or name[0], typed)


def unknown_names(typed: str, bank: Bank) -> list[str]:
    """Return the names in a comment that the bank does not have."""
    return [name for name in USED.findall(typed) if found(name, bank) is None]


def with_repeated(bank: Bank, comments: Iterable[str]) -> Bank:
    """Return the bank with each comment that was typed twice and has no name yet."""
    often = Counter(" ".join(comment.split()) for comment in comments if comment)
    whole = dict(bank)
    known = {" ".join(comment.split()) for comment in bank.values()}
    for comment, times in often.items():
        if times > 1 and comment not in known and in_full(comment, bank) == comment:
            add(whole, comment)
    return whole


def add(bank: Bank, comment: str) -> None:
    """Add a comment under a short name that is free: its longest word.

    >>> bank = {"evidence": "Where is your evidence?"}
    >>> add(bank, "Your evidence is from 1972.")
    >>> list(bank)
    ['evidence', 'evidence2']
    """
    words = [word.casefold()[:LONGEST_NAME] for word in NAME.findall(comment)]
    stem = max(words, key=len, default="comment")
    number, name = 2, stem
    while found(name, bank) is not None:
        name, number = f"{stem}{number}", number + 1
    bank[name] = comment


def bank_text(bank: Bank) -> str:
    """Return the bank as the text of its file."""
    return csv_text(COLUMNS, bank.items())


def offered(bank: Bank) -> str:
    """Return what there is to choose from, a line for each name, long comments cut."""
    short = {name: " ".join(text.split()) for name, text in bank.items()}
    cut = {name: text[:SHOWN] + " ..." * (len(text) > SHOWN) for name, text in short.items()}
    return "\n".join(f"#{name}: {text}" for name, text in cut.items())
