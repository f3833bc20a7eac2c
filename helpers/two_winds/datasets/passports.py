"""What every user of a dataset should know about it, to be read in a notebook or as text."""

import textwrap
from dataclasses import dataclass

from two_winds.templates import fill

WIDTH = 88
FOLDED_FROM = 8


@dataclass(frozen=True)
class Passport:
    """The documentation of one dataset; shows itself as a table in Jupyter, as text elsewhere.

    `entries` are (heading, statement or list of statements) in the order of reading.
    """

    title: str
    entries: tuple[tuple[str, str | list[str]], ...]

    def __repr__(self) -> str:
        parts = [f"Passport: {self.title}"]
        for heading, words in self.entries:
            bullet = "  " if isinstance(words, str) else "  - "
            lines = [words] if isinstance(words, str) else words
            parts.append(f"\n{heading}")
            parts += [
                textwrap.fill(
                    line, WIDTH, initial_indent=bullet, subsequent_indent=len(bullet) * " "
                )
                for line in lines
            ]
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        return fill("passport", title=self.title, entries=self.entries, folded_from=FOLDED_FROM)
