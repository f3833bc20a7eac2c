"""Errors that a student can read: a sentence, and the line of the cell; no stack trace of ours."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class PlainError(ValueError):
    """Something that whoever wrote the cell can mend, said in plain words."""

    def _render_traceback_(self) -> list[str]:
        """Return what Jupyter shows in place of a stack trace."""
        line = self._line_of_the_cell()
        return [str(self), *([f"(Line {line} of this cell.)"] if line else [])]

    def _line_of_the_cell(self) -> int | None:
        step = self.__traceback__
        while step and step.tb_frame.f_globals.get("__name__") != "__main__":
            step = step.tb_next
        return step.tb_lineno if step else None


class ArgumentError(PlainError, TypeError):
    """A helper was handed something that it cannot use; the message says what it needs."""


def no_such(argument: str, given: object, known: Iterable[object]) -> str:
    """Return what to say of a name that is not known: the nearest ones, and all there are.

    >>> no_such("product", "steal", ["coal", "steel"])
    "product is 'steal': did you mean 'steel'? There are: coal, steel."
    """
    names = sorted({str(name) for name in known})
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(str(given).casefold(), folded, n=1, cutoff=0.6)
    guess = f"did you mean {folded[near[0]]!r}?" if near else "there is none of that name."
    return f"{argument} is {given!r}: {guess} There are: {', '.join(names) or 'none'}."
