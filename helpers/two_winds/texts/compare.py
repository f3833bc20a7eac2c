"""Close reading: two versions of a text beside each other, with what differs marked.

Two versions of one text in one language are compared word by word, Chinese character by character.
What stands in one version only is bold and underlined, and listed again below in plain words, so
that no mark rests on colour or on sight alone. All other versions are compared by what they claim:
where two people have translated, every word differs, and it tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

import pandas as pd
from classwork.ground.errors import PlainError, among
from IPython.display import display

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.wording import date_in_words
from two_winds.datasets import load

HAN = "\u3400-\u9fff"
TOKEN = re.compile(rf"[{HAN}]|\d+(?:[.,]\d+)*|[^\W\d_{HAN}]+(?:['\u2019-][^\W\d_{HAN}]+)*")
LONG_ENOUGH = 4
LANGUAGES = {"en": "English", "hu": "Hungarian", "it": "Italian", "ru": "Russian", "zh": "Chinese"}
LEGEND = (
    "Bold and underlined: only in this version. Plain: in both, in the same order. "
    "Capitals, punctuation and single short words that agree by chance do not count."
)
SILENT = "does not say"
SHOWN = 3  # facts that stand above what two versions claim: who speaks, when said, when printed
CELL = "text-align:left;vertical-align:top;line-height:1.4;padding:0.25em 0.9em 0.25em 0.3em"


class TextError(PlainError):
    """No such passage or version, or two that words cannot tell apart; the message says which."""


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
        first, second = (row["version"] for row in self.rows)
        return (
            f"Compared word by word in {LANGUAGES[self.language]}: {first} has "
            f"{self.lengths[0]} {unit}, {second} has {self.lengths[1]}; {self.shared} stand in "
            "both, in the same order."
        )


@lesson_helper
def compare_texts(texts: pd.DataFrame, passage: str, first: str, second: str) -> None:
    """Show two versions of a passage beside each other: their words, or what they claim.

    Words are compared if both versions are of one text in one language, as the column
    `comparable` has it; claims otherwise.

    Args:
        texts: rows as `load("texts")` gives them.
        passage: which saying, such as "two_winds".
        first: a version of it, such as "18_nov_unedited".
        second: the version to set beside it.

    Raises:
        TextError: if the table holds no such passage or version.
    """
    html, text = set_beside(texts, passage, first, second)
    display({"text/html": html, "text/plain": text}, raw=True)


def set_beside(
    texts: pd.DataFrame,
    passage: str,
    first: str,
    second: str,
    claims: pd.DataFrame | None = None,
) -> tuple[str, str]:
    """Return what `compare_texts` shows, as HTML and as plain text."""
    rows = two_versions(texts, passage, first, second)
    names = texts.attrs.get("citations", {})
    if can_compare(*rows):
        found = compare(texts, passage, first, second)
        return as_html(found, names), as_text(found, names)
    told = answers_of(rows, passage, claims).drop_duplicates("version")
    return claims_html(rows, told, names), claims_text(rows, told, names)


@lesson_helper
def what_they_say(
    texts: pd.DataFrame, passage: str, *versions: str, question: str = ""
) -> pd.DataFrame:
    """Return what versions of a passage answer to the same questions, one row a version.

    Args:
        texts: rows as `load("texts")` gives them.
        passage: which saying, such as "half_of_mankind".
        versions: which of its versions; all of them if none is named.
        question: the one question to answer, such as "Who dies?"; all of them if none is named.

    Returns:
        Columns: version, said on, printed, and one for each question; "does not say" where a
        version is silent. In the order of printing, those without a date last.

    Raises:
        TextError: if the table holds no such passage or version, or nobody asks the question.
    """
    known = versions_of(texts, passage)
    names = versions or tuple(known["version"])
    answers = answers_of([version_of(texts, passage, name) for name in names], passage)
    if not question:
        return answers
    if question not in answers:
        raise TextError(f"Nobody asks {question!r}. {among('question', question, answers)}")
    return answers[["version", "printed", question]]


def answers_of(
    rows: Iterable[pd.Series], passage: str, claims: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return what `what_they_say` does, of rows and of claims as `load("text_claims")` has them."""
    claims = load("text_claims") if claims is None else claims
    here = claims[claims["passage"] == passage]
    asked = here["question"].astype("category").cat.categories
    order = [question for question in asked if (here["question"] == question).any()]
    here = here.astype({"question": str})
    answers = here.pivot(index="version", columns="question", values="answer").fillna(SILENT)
    facts = [
        {
            "version": row["version"],
            "said on": row["said_on"],
            "printed": printed_in_words(row, years=True),
            **{question: answers[question].get(row["version"], SILENT) for question in order},
        }
        for row in sorted(rows, key=lambda row: row["published"] or "9999")
    ]
    return pd.DataFrame(facts)


def two_versions(
    texts: pd.DataFrame, passage: str, first: str, second: str
) -> tuple[pd.Series, pd.Series]:
    """Return the rows of two versions of a passage, or raise TextError."""
    return (
        version_of(texts, passage, first, "first"),
        version_of(texts, passage, second, "second"),
    )


def can_compare(one: pd.Series, other: pd.Series) -> bool:
    """Tell whether two versions are of one text in one language, so that words can differ."""
    return bool(one["comparable"]) and one["comparable"] == other["comparable"]


def compare(texts: pd.DataFrame, passage: str, first: str, second: str) -> Comparison:
    """Return two versions of one text in one language compared word by word; see `compare_texts`.

    Raises:
        TextError: if there is no such version, or if words cannot be compared.
    """
    one, other = two_versions(texts, passage, first, second)
    if not can_compare(one, other):
        raise TextError(
            f"{first!r} and {second!r} are in two languages or put into English by two people: "
            "words differ for that reason alone. compare_texts(...) compares what they claim."
        )
    words = [str(row["text"]) for row in (one, other)]
    marks = [tokens(text) for text in words]
    matcher = SequenceMatcher(None, *([t[2] for t in row] for row in marks), autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if tells(marks[0][b.a : b.a + b.size])]
    both = [{i for b in blocks for i in range(b[side], b[side] + b.size)} for side in (0, 1)]
    pieces = [cut(*parts) for parts in zip(words, marks, both, strict=True)]
    lengths = (len(marks[0]), len(marks[1]))
    shared = len(both[0])
    return Comparison((one, other), str(one["language"]), (pieces[0], pieces[1]), shared, lengths)


def tells(run: list[tuple[int, int, str]]) -> bool:
    """Tell whether a run of words that two texts share is more than one short word by chance."""
    return len(run) > 1 or any(len(word) >= LONG_ENOUGH for _, _, word in run)


def versions_of(texts: pd.DataFrame, passage: str) -> pd.DataFrame:
    """Return the rows of a passage, or raise TextError."""
    rows = texts[texts["passage"] == passage]
    if rows.empty:
        known = among("passage", passage, texts["passage"].unique())
        raise TextError(f"No passage {passage!r}. {known}")
    return rows


def version_of(
    texts: pd.DataFrame, passage: str, version: str, argument: str = "version"
) -> pd.Series:
    """Return the row of one version of a passage, or raise TextError naming the argument."""
    rows = versions_of(texts, passage)
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
    words = [_marked(pieces) for pieces in found.pieces]
    body = _row("Words", words, found.language)
    body += _row("Only here", [_alone(pieces) for pieces in found.pieces], found.language)
    if found.language != "en":
        body += _row("In English", [escape(in_english(row)) for row in found.rows])
    facts = [facts_of(row, names) for row in found.rows]
    for (name, one), (_, other) in zip(*facts, strict=True):
        body += _row(name, [escape(one), escape(other)])
    return _table(found.rows, f"{escape(found.sentence)}<br>{LEGEND}", body)


def claims_text(rows: tuple[pd.Series, pd.Series], told: pd.DataFrame, names: dict) -> str:
    """Return what two versions claim, for readers without HTML."""
    answers = told.set_index("version").drop(columns=["said on", "printed"])
    lines = ["Compared by what they claim."]
    for row in rows:
        version = str(row["version"])
        facts = "; ".join(f"{name.lower()}: {fact}" for name, fact in facts_of(row, names))
        lines += ["", version, *(f"{ask} {told}" for ask, told in answers.loc[version].items())]
        lines += [f"Words: {in_english(row)}", f"({facts})"]
    return "\n".join(lines)


def claims_html(rows: tuple[pd.Series, pd.Series], told: pd.DataFrame, names: dict) -> str:
    """Return what two versions claim as a table of HTML, their words folded below."""
    answers = told.set_index("version").drop(columns=["said on", "printed"])
    pair = answers.loc[[row["version"] for row in rows]]
    facts = [facts_of(row, names) for row in rows]
    lines = [(name, [one, other]) for (name, one), (_, other) in zip(*facts, strict=True)]
    lines = lines[:SHOWN] + [(question, list(pair[question])) for question in pair]
    body = "".join(_row(name, [escape(cell) for cell in cells]) for name, cells in lines)
    folded = "".join(_folded(row, facts) for row, facts in zip(rows, facts, strict=True))
    return _table(rows, "Compared by what they claim.", body) + folded


def _folded(row: pd.Series, facts: list[tuple[str, str]]) -> str:
    """Return the words of a version and where they were read, to be unfolded."""
    told = " ".join(f"{name}: {escape(fact.rstrip('.'))}." for name, fact in facts[SHOWN:])
    original = "" if row["language"] == "en" else _quoted(row["language"], row["text"])
    return (
        f"<details><summary>The words of {escape(str(row['version']))}</summary>"
        f"{_quoted('en', in_english(row))}{original}<p>{told}</p></details>"
    )


def _quoted(language: str, text: str) -> str:
    return f'<blockquote lang="{language}">{escape(str(text))}</blockquote>'


def _table(rows: tuple[pd.Series, pd.Series], caption: str, body: str) -> str:
    heads = "".join(
        f'<th scope="col" style="{CELL}">{escape(str(row["version"]))}</th>' for row in rows
    )
    return (
        f'<table style="max-width:72em"><caption style="{CELL}">{caption}</caption><thead><tr>'
        f'<th scope="col" style="{CELL}">Version</th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def facts_of(row: pd.Series, names: dict[str, str]) -> list[tuple[str, str]]:
    """Return what must be known of a version before it is believed: who, when, what, whence."""
    return [
        ("Speaker", str(row["speaker"])),
        ("Said on", date_in_words(row["said_on"])),
        ("Printed", printed_in_words(row)),
        ("Kind", str(row["kind"])),
        ("Source", f"{names.get(row['source'], row['source'])} (grade {row['grade']})"),
        ("Note", str(row["note"])),
    ]


def printed_in_words(row: pd.Series, years: bool = False) -> str:
    """Return when the print that was read came out, and an earlier one that it names.

    >>> printed_in_words(pd.Series({"published": "1999", "earlier_print": "1958-05"}))
    '1999 (earlier print: May 1958)'
    """
    dates = [row["published"], row["earlier_print"]]
    told, earlier = (date[:4] if years else date and date_in_words(date) for date in dates)
    told = told or "date not shown"
    return f"{told} (earlier print: {earlier})" if earlier else told


def _row(name: str, cells: list[str], language: str = "en") -> str:
    made = "".join(f'<td lang="{language}" style="{CELL}">{cell}</td>' for cell in cells)
    return f'<tr><th scope="row" style="{CELL}">{name}</th>{made}</tr>'


def _marked(pieces: list[tuple[str, bool]]) -> str:
    return "".join(
        f"<b><u>{escape(text)}</u></b>" if alone else escape(text) for text, alone in pieces
    )


def _alone(pieces: list[tuple[str, bool]]) -> str:
    return " | ".join(escape(text) for text, alone in pieces if alone) or "nothing"
