"""Errors that a student can read: the line of the cell and a sentence; no stack trace of ours."""

from __future__ import annotations

import difflib
import inspect
import re
import textwrap
from collections.abc import Iterable
from numbers import Real

MANY = 40
LINE = 90
DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


class PlainError(ValueError):
    """Something that whoever wrote the cell can mend, said in plain words."""

    def _render_traceback_(self) -> list[str]:
        """Return what Jupyter shows in place of a stack trace."""
        line = self._line_of_the_cell()
        return [*([f"In line {line} of this cell:"] if line else []), str(self)]

    def _line_of_the_cell(self) -> int | None:
        step = self.__traceback__
        while step and step.tb_frame.f_globals.get("__name__") != "__main__":
            step = step.tb_next
        return step.tb_lineno if step else None


class ArgumentError(PlainError, TypeError):
    """A helper was handed something that it cannot use; the message says what it needs."""


def among(argument: str, given: object, known: Iterable[object]) -> str:
    """Return what an argument can be: the nearest to what was given, and all, or the first of many.

    >>> among("product", "steal", ["steel", "coal"])
    "Did you mean 'steel'? product can be: coal, steel."
    """
    names = sorted({str(name) for name in known})
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(str(given).casefold(), folded, n=1, cutoff=0.6)
    guess = f"Did you mean {folded[near[0]]!r}? " if near else ""
    more = f", and {len(names) - MANY} more" if len(names) > MANY else ""
    return f"{guess}{argument} can be: {', '.join(names[:MANY])}{more}."


def between(argument: str, known: Iterable[object]) -> str:
    """Return from where to where an argument, or several, can lie; "" where nothing is known.

    >>> between("year", [1950, 1957])
    'year can be 1950 to 1957.'
    """
    values = list(known)
    return f"{argument} can be {min(values)} to {max(values)}." if values else ""


def shown(value: object) -> str:
    """Return a wrong value as a reader typed it; of a whole table or column only what it is.

    >>> shown("1957"), shown(1957), shown([1957])
    ("'1957'", '1957', 'a list')
    """
    if isinstance(value, str):
        return repr(value)
    if value is None or isinstance(value, Real):
        return str(value)
    if inspect.isroutine(value):
        return f"the helper {value.__name__} itself (its brackets are missing)"
    return f"a {type(value).__name__}"


def need_date(**dates: str) -> None:
    """Raise ArgumentError unless each is a date as the tables write it.

    >>> need_date(first="1957", last="1957-11-06")
    """
    for argument, given in dates.items():
        if not DATE.fullmatch(given):
            raise ArgumentError(
                f"{argument} is {given!r}: it must be a date, as '1957', '1957-11' or '1957-11-06'."
            )


def in_lines(words: str, width: int = LINE) -> str:
    """Return words in lines of so many characters; JupyterLab breaks long ones within a word."""
    return textwrap.fill(words, width, break_long_words=False, break_on_hyphens=False)
