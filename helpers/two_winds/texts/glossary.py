"""Words to know and people to know, shown where a lesson needs them."""

from __future__ import annotations

import difflib

import pandas as pd
from classwork.ground.errors import PlainError
from IPython.display import display

from two_winds.argument_checks import lesson_helper
from two_winds.templates import fill

COLUMNS = (
    ("English", "english", "en"),
    ("中文", "zh", "zh-Hans"),
    ("Pinyin", "pinyin", "zh-Latn-pinyin"),
    ("Русский", "ru", "ru"),
    ("Meaning", "meaning", "en"),
)
SCRIPTS = {"zh": "zh-Hans"}
LATIN = {"zh": "zh-Latn-pinyin", "ru": "ru-Latn", "sr": "sr-Latn"}
UNFOUND = "* The Chinese expression was not found in a dictionary or a text: unverified."
RECALLED = "years recalled, unverified"


class WordError(PlainError):
    """There is no such word or person; the message names the nearest, or all."""


@lesson_helper
def words(glossary: pd.DataFrame, *terms: str) -> None:
    """Show terms in English, Chinese, pinyin and Russian, each with what it meant.

    Args:
        glossary: rows as `load("glossary")` gives them.
        terms: which to show, in this order: the key, the English, the Chinese or the Russian,
            such as "paper_tiger", "paper tiger" or "纸老虎". None at all shows every term.

    Raises:
        WordError: if the table does not hold one of them.
    """
    rows = _chosen(glossary, terms, ("term", "english", "zh", "ru"), "word")
    note = UNFOUND if (rows["grade"] == "C").any() else ""
    html = fill("words", columns=COLUMNS, rows=rows.to_dict("records"), note=note)
    display({"text/html": html, "text/plain": _words_text(rows)}, raw=True)


@lesson_helper
def who(people: pd.DataFrame, *names: str) -> None:
    """Show who somebody was in 1957: name in the own script, years, office, source.

    Args:
        people: rows as `load("people")` gives them.
        names: who, in this order: the key, the name or the name in its own script, such as
            "zhou_enlai", "Zhou Enlai" or "周恩来". None at all shows everybody.

    Raises:
        WordError: if the table does not hold one of them.
    """
    rows = _chosen(people, names, ("person", "name", "native"), "person")
    cards = [(row, _source_of(people, row)) for _, row in rows.iterrows()]
    html = "".join(_card_html(row, source) for row, source in cards)
    text = "\n\n".join(_card_text(row, source) for row, source in cards)
    display({"text/html": html, "text/plain": text}, raw=True)


def _chosen(
    table: pd.DataFrame, wanted: tuple[str, ...], columns: tuple[str, ...], kind: str
) -> pd.DataFrame:
    if not wanted:
        return table
    places = {
        _folded(word): place for column in columns for place, word in enumerate(table[column])
    }
    for word in wanted:
        if _folded(word) not in places:
            raise WordError(_no_such(word, places, list(table[columns[1]]), kind))
    return table.iloc[[places[_folded(word)] for word in wanted]]


def _folded(word: str) -> str:
    return str(word).strip().casefold()


def _no_such(word: str, places: dict[str, int], names: list[str], kind: str) -> str:
    short = _folded(word)
    near = difflib.get_close_matches(short, places, n=1, cutoff=0.6)
    # "Zhou" alone is too short to be close to any full name, and yet plain enough.
    near = near or [known for known in places if short and short in known]
    advice = f"Did you mean {names[places[near[0]]]!r}?" if near else f"It has: {', '.join(names)}."
    return f"No {kind} {word!r} in this table. {advice}"


def _words_text(rows: pd.DataFrame) -> str:
    lines = [
        f"{row['english']}: {row['zh']}{'*' if row['grade'] == 'C' else ''} ({row['pinyin']}), "
        f"{row['ru']} ({row['ru_translit']}). {row['meaning']}"
        for _, row in rows.iterrows()
    ]
    return "\n".join([*lines, *([UNFOUND] if (rows["grade"] == "C").any() else [])])


def _source_of(people: pd.DataFrame, row: pd.Series) -> str:
    short = people.attrs.get("citations", {}).get(row["source"], row["source"])
    return f"Source: {short} (grade {row['grade']})."


def _years(row: pd.Series) -> str:
    years = f"{row['born']}\u2013{row['died']}"
    return f"{years}, {RECALLED}" if row["years_grade"] == "C" else years


def _card_html(row: pd.Series, source: str) -> str:
    language = row["language"]
    own = [
        (tags.get(language, language), row[column])
        for column, tags in (("native", SCRIPTS), ("transliteration", LATIN))
        if row[column] != row["name"]
    ]
    return fill("person", row=row.to_dict(), own=own, years=_years(row), source=source)


def _card_text(row: pd.Series, source: str) -> str:
    own = [row[c] for c in ("native", "transliteration") if row[c] != row["name"]]
    head = f"{', '.join([row['name'], *own])} ({_years(row)})"
    return "\n".join(line for line in (head, f"{row['role_1957']}.", row["note"], source) if line)
