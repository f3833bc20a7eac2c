"""What every user of a dataset should know about it, to be read in a notebook or as text."""

import textwrap
from dataclasses import dataclass
from html import escape

WIDTH = 88
FOLDED_FROM = 8
CELL = "text-align:left;vertical-align:top;white-space:normal;overflow-wrap:anywhere"


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
        rows = "".join(
            f'<tr><th scope="row" style="{CELL};width:20%">{escape(heading)}</th>'
            f'<td style="{CELL}">{_as_html(words)}</td></tr>'
            for heading, words in self.entries
        )
        title = f'<caption style="{CELL};font-weight:bold">Passport: {escape(self.title)}</caption>'
        style = "width:100%;max-width:60em;table-layout:fixed;border-collapse:collapse"
        return f'<table style="{style}">{title}<tbody>{rows}</tbody></table>'


def _as_html(words: str | list[str]) -> str:
    if isinstance(words, str):
        return escape(words)
    items = "".join(f"<li>{escape(line)}</li>" for line in words)
    shown = f'<ul style="margin:0;padding-left:1.2em">{items}</ul>'
    if len(words) <= FOLDED_FROM:
        return shown
    return f"<details><summary>Show all {len(words)}</summary>{shown}</details>"
