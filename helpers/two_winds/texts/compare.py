"""Close reading: two versions of a text beside each other, with what differs marked.

What stands in one version only is bold and underlined, and listed again below in plain words, so
that no mark rests on colour or on sight alone. Latin and Cyrillic are compared word by word,
Chinese character by character. Versions in two languages are compared in English translation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

import pandas as pd
from classwork.ground.errors import PlainError, among
from IPython.display import display

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.style import date_in_words

HAN = "\u3400-\u9fff"
TOKEN = re.compile(rf"[{HAN}]|\d+(?:[.,]\d+)*|[^\W\d_{HAN}]+(?:['\u2019-][^\W\d_{HAN}]+)*")
LONG_ENOUGH = 4
LANGUAGES = {"en": "English", "it": "Italian", "ru": "Russian", "zh": "Chinese"}
LEGEND = (
    "Bold and underlined: only in this version. Plain: in both, in the same order. "
    "Capitals, punctuation and single short words that agree by chance do not count."
)
CELL = "text-align:left;vertical-align:top;line-height:1.4;padding:0.25em 0.9em 0.25em 0.3em"


class TextError(PlainError):
    """There is no such passage or version; the message names those there are."""


@dataclass(frozen=True)
class Comparison:
    """Two versions of a passage, cut into what they share and what they do not.

    Attributes:
        rows: the two rows of the table.
        language: ISO 639-1 code of the language in which they were compared.
        pieces: for each version, its text in pieces: (words, whether they stand only here).
        shared: how many words (Chinese: characters) both have, in the same order.
        lengths: how many words (characters) each version has.
    """

    rows: tuple[pd.Series, pd.Series]
    language: str
    pieces: tuple[list[tuple[str, bool]], list[tuple[str, bool]]]
    shared: int
    lengths: tuple[int, int]

    @property
    def sentence(self) -> str:
        """Return in words how much the two versions share."""
        unit = "characters" if self.language == "zh" else "words"
        how = LANGUAGES[self.language]
        if any(row["language"] != self.language for row in self.rows):
            how += " translation where the text is in another language"
        first, second = (row["version"] for row in self.rows)
        return (
            f"Compared in {how}: {first} has {self.lengths[0]} {unit}, {second} has "
            f"{self.lengths[1]}; {self.shared} stand in both, in the same order."
        )


@lesson_helper
def compare_texts(
    texts: pd.DataFrame, passage: str, first: str, second: str, translated: bool = False
) -> None:
    """Show two versions of a passage beside each other, marked where they differ.

    Args:
        texts: rows as `load("texts")` gives them.
        passage: which saying, such as "two_winds".
        first: a version of it, such as "18_nov_unedited".
        second: the version to set beside it.
        translated: compare the English translations, also where both have one language.

    Raises:
        TextError: if the table holds no such passage or version.
    """
    found = compare(texts, passage, first, second, translated)
    names = texts.attrs.get("citations", {})
    display({"text/html": as_html(found, names), "text/plain": as_text(found, names)}, raw=True)


def compare(
    texts: pd.DataFrame, passage: str, first: str, second: str, translated: bool = False
) -> Comparison:
    """Return two versions of a passage compared; see `beside`."""
    one, other = (
        version_of(texts, passage, first, "first"),
        version_of(texts, passage, second, "second"),
    )
    same = one["language"] == other["language"] and not translated
    language = str(one["language"]) if same else "en"
    words = [str(row["text"]) if same else in_english(row) for row in (one, other)]
    marks = [tokens(text) for text in words]
    matcher = SequenceMatcher(None, *([t[2] for t in row] for row in marks), autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if tells(marks[0][b.a : b.a + b.size])]
    both = [{i for b in blocks for i in range(b[side], b[side] + b.size)} for side in (0, 1)]
    pieces = [cut(*parts) for parts in zip(words, marks, both, strict=True)]
    lengths = (len(marks[0]), len(marks[1]))
    return Comparison((one, other), language, (pieces[0], pieces[1]), len(both[0]), lengths)


def tells(run: list[tuple[int, int, str]]) -> bool:
    """Tell whether a run of words that two texts share is more than one short word by chance."""
    return len(run) > 1 or any(len(word) >= LONG_ENOUGH for _, _, word in run)


def version_of(
    texts: pd.DataFrame, passage: str, version: str, argument: str = "version"
) -> pd.Series:
    """Return the row of one version of a passage, or raise TextError naming the argument."""
    rows = texts[texts["passage"] == passage]
    if rows.empty:
        known = among("passage", passage, texts["passage"].unique())
        raise TextError(f"No passage {passage!r}. {known}")
    found = rows[rows["version"] == version]
    if found.empty:
        known = among(argument, version, rows["version"])
        raise TextError(f"No version {version!r} of {passage!r}. {known}")
    return found.iloc[0]


def in_english(row: pd.Series) -> str:
    """Return the words of a version in English: its own, or the translation."""
    return str(row["text"] if row["language"] == "en" else row["translation"])


def tokens(text: str) -> list[tuple[int, int, str]]:
    """Return what is compared of a text: where it stands, and its form without capitals.

    >>> [word for _, _, word in tokens("Who defeats whom? 2,700 million")]
    ['who', 'defeats', 'whom', '2,700', 'million']
    >>> [word for _, _, word in tokens("东风，西风。")]
    ['东', '风', '西', '风']
    """
    found = TOKEN.finditer(text)
    return [(m.start(), m.end(), m[0].casefold().replace("\u2019", "'")) for m in found]


def cut(text: str, marks: list[tuple[int, int, str]], shared: set[int]) -> list[tuple[str, bool]]:
    """Return a text in pieces that follow each other: (words, whether they stand only here).

    What lies between two words that stand only here goes with them.

    >>> cut("a big, bad wolf", tokens("a big, bad wolf"), {0, 3})
    [('a ', False), ('big, bad', True), (' wolf', False)]
    """
    pieces: list[tuple[str, bool]] = []
    done, alone = 0, [place for place in range(len(marks)) if place not in shared]
    while alone:
        last = 0
        while last + 1 < len(alone) and alone[last + 1] == alone[last] + 1:
            last += 1
        start, end = marks[alone[0]][0], marks[alone[last]][1]
        pieces += [(text[done:start], False), (text[start:end], True)]
        done, alone = end, alone[last + 1 :]
    pieces.append((text[done:], False))
    return [piece for piece in pieces if piece[0]]


def as_text(found: Comparison, names: dict[str, str]) -> str:
    """Return a comparison for readers without HTML: what stands in one version only, in brackets.

    Args:
        found: what `compare` returned.
        names: short names of the sources, by key.
    """
    lines = [found.sentence, "[In square brackets: only in this version.]"]
    for row, pieces in zip(found.rows, found.pieces, strict=True):
        words = "".join(f"[{text}]" if alone else text for text, alone in pieces)
        facts = "; ".join(f"{name.lower()}: {told}" for name, told in facts_of(row, names))
        lines += ["", str(row["version"]), words, f"({facts})"]
    return "\n".join(lines)


def as_html(found: Comparison, names: dict[str, str]) -> str:
    """Return a comparison as a table of HTML: a column a version, a row a fact, the words first.

    Args:
        found: what `compare` returned.
        names: short names of the sources, by key.
    """
    versions = [escape(str(row["version"])) for row in found.rows]
    heads = "".join(f'<th scope="col" style="{CELL}">{name}</th>' for name in versions)
    words = [_marked(pieces) for pieces in found.pieces]
    body = _row("Words", words, found.language)
    body += _row("Only here", [_alone(pieces) for pieces in found.pieces], found.language)
    body += _originals(found)
    facts = [facts_of(row, names) for row in found.rows]
    for (name, one), (_, other) in zip(*facts, strict=True):
        body += _row(name, [escape(one), escape(other)])
    return (
        f'<table style="max-width:72em"><caption style="{CELL}">{escape(found.sentence)}<br>'
        f"{LEGEND}</caption><thead><tr>"
        f'<th scope="col" style="{CELL}">Version</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def facts_of(row: pd.Series, names: dict[str, str]) -> list[tuple[str, str]]:
    """Return what must be known of a version before it is believed: who, when, what, whence."""
    published = date_in_words(row["published"]) if row["published"] else "date not shown"
    return [
        ("Speaker", str(row["speaker"])),
        ("Said on", date_in_words(row["said_on"])),
        ("Published", published),
        ("Kind", str(row["kind"])),
        ("Source", f"{names.get(row['source'], row['source'])} (grade {row['grade']})"),
        ("Note", str(row["note"])),
    ]


def _originals(found: Comparison) -> str:
    """Return a row with the other language: the words as read, or what they mean in English."""
    if found.language != "en":
        return _row("In English", [escape(in_english(row)) for row in found.rows])
    if all(row["language"] == "en" for row in found.rows):
        return ""
    cells = "".join(
        f'<td style="{CELL}">as above</td>'
        if row["language"] == "en"
        else f'<td lang="{row["language"]}" style="{CELL}">{escape(str(row["text"]))}</td>'
        for row in found.rows
    )
    return f'<tr><th scope="row" style="{CELL}">As read</th>{cells}</tr>'


def _row(name: str, cells: list[str], language: str = "en") -> str:
    made = "".join(f'<td lang="{language}" style="{CELL}">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row" style="{CELL}">{name}</th>{made}</tr>'


def _marked(pieces: list[tuple[str, bool]]) -> str:
    return "".join(
        f"<b><u>{escape(text)}</u></b>" if alone else escape(text) for text, alone in pieces
    )


def _alone(pieces: list[tuple[str, bool]]) -> str:
    return " | ".join(escape(text) for text, alone in pieces if alone) or "nothing"


# The name that lessons of the first edition use.
beside = compare_texts
