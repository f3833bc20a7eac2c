"""From the text of one cell to its value, or to a sentence that says what is wrong with it."""

import difflib
import re
import unicodedata
from datetime import date, timedelta

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
GROUPED = re.compile(
    r"-?[0-9]{1,3}([ ,.'\u2019\u00a0\u202f])[0-9]{3}(\1[0-9]{3})*((?!\1)[.,][0-9]+)?"
)
SCIENTIFIC = re.compile(r"-?[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+")
SPREADSHEET_ERROR = re.compile(r"#[^\W\d_]+[/0-9A-Z]*[!?]?")
REWRITTEN_DATE = re.compile(
    r"[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}"
    r"|[0-9]{1,2}[ ./-]+[^\W\d_]{3,}\.?([ ./-]+[0-9]{2,4})?"
    r"|[^\W\d_]{3,}\.?[ ./-]+[0-9]{1,4}"
)
DAY_NUMBER = re.compile(r"[0-9]{5}")
DAY_ZERO = date(1899, 12, 30)
LOOKALIKES = str.maketrans("OoIl", "0011")
SWAP_MARKS = str.maketrans(".,", ",.")
MANGLED_FROM = ("cp1252", "cp1251", "latin-1", "mac_roman")
# What an old encoding leaves of signs that it lacks: several question marks, or one in a word.
LOST_SIGNS = re.compile(r"\?\?|[^\W\d_]\?[^\W\d_]")


class CellError(ValueError):
    """What is wrong with a cell and what to write instead; the caller knows where it stands."""


def nearest(word: str, words: list[str]) -> str | None:
    """The one of `words` that `word` is probably a misspelling of, whatever its capitals."""
    folded = {known.casefold(): known for known in words}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)
    return folded[found[0]] if found else None


def read_number(text: str, decimal: str = ".") -> float:
    """Read '51.176' (or '51,176' where the file's decimal mark is the comma) as a number.

    Raises CellError for anything else: thousands separators, dates, letters, 'nan', 'inf'.
    """
    shape = text if decimal == "." else text.translate(SWAP_MARKS)
    if NUMBER.fullmatch(shape):
        return float(shape)
    raise CellError(number_fault(text, shape, decimal))


def number_fault(text: str, shape: str, decimal: str) -> str:
    """Say why `text` is no number; `shape` is the same with a point for its decimal mark."""

    def local(number: str) -> str:
        return number if decimal == "." else number.translate(SWAP_MARKS)

    other = "comma" if decimal == "." else "point"
    grouped = GROUPED.fullmatch(shape)
    if re.fullmatch(r"-?[0-9]{1,3},[0-9]{3}", shape):
        whole, part = shape.replace(",", ""), local(shape.replace(",", "."))
        return f"'{text}' can be read in two ways; write {whole} or {part}"
    if grouped:
        plain = local(shape.replace(grouped[1], "").replace(",", "."))
        return f"'{text}' has marks between the thousands; write {plain}"
    if re.fullmatch(r"-?[0-9]+,[0-9]+", shape):
        return f"'{text}' has a decimal {other}; write {local(shape.replace(',', '.'))}"
    if SCIENTIFIC.fullmatch(text):
        return f"'{text}' is a scientific number of a spreadsheet; write all its digits"
    if REWRITTEN_DATE.fullmatch(text):
        return f"'{text}' looks like a date that a spreadsheet made of a number; write the number"
    if NUMBER.fullmatch(digits := shape.translate(LOOKALIKES)):
        return f"'{text}' has a letter among its digits; write {local(digits)}"
    return f"'{text}' is not a number; write digits only, as {local('12.5')}"


def refuse_decimals(text: str, number: float, most: int | None) -> float:
    """Return the number, unless it has more digits behind the point than `most`.

    A figure of a table without decimals that has some is as a rule one whose mark between the
    thousands was taken for a point: 1.097 for 1097. Raises CellError.
    """
    if most is None or round(number, most) == number:
        return number
    digits = re.sub("[.,]", "", text)
    allowed = f"{most} at most" if most else "none"
    raise CellError(
        f"'{text}' has more digits behind the point than this column ({allowed}); "
        f"{digits} may be meant"
    )


def read_whole(text: str, decimal: str = ".") -> int:
    """Read '1957' or '1957.0' as a whole number; raises CellError for anything else."""
    if re.fullmatch(r"['\u2019][0-9]+", text):
        raise CellError(f"{text} has an apostrophe; write the year in four digits, as 1957")
    number = read_number(text, decimal)
    if number != int(number):
        raise CellError(f"'{text}' is not a whole number; write one, as 1957")
    return int(number)


def read_date(text: str, partial: bool = False) -> str:
    """Check a date '1957-11-06', or '1957-11' where the day is not known; returns it unchanged.

    `partial` allows a year alone, '1957', as well. Raises CellError for any other form, and for a
    day that the calendar does not have.
    """
    if partial and re.fullmatch(r"[0-9]{4}", text):
        return text
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?", text):
        try:
            date.fromisoformat(text if len(text) == 10 else f"{text}-01")
        except ValueError:
            raise CellError(f"'{text}' is not a day of the calendar; check it") from None
        return text
    if DAY_NUMBER.fullmatch(text):
        day = DAY_ZERO + timedelta(days=int(text))
        raise CellError(f"'{text}' is a spreadsheet's day number; write {day}, if that is meant")
    if REWRITTEN_DATE.fullmatch(text):
        raise CellError(
            f"'{text}' is a date as a spreadsheet rewrites it; write year-month-day, as 1957-11-06"
        )
    raise CellError(f"'{text}' is not a date; write year-month-day, as 1957-11-06")


def read_choice(text: str, allowed: list[str]) -> str:
    """Check that a cell holds one of the allowed words; raises CellError with the nearest."""
    if text in allowed:
        return text
    if guess := nearest(text, allowed):
        raise CellError(f"'{text}' is not known here; did you mean '{guess}'?")
    if len(allowed) <= 12:
        raise CellError(f"'{text}' is not known here; write one of: {', '.join(allowed)}")
    raise CellError(f"'{text}' is not known here; see the list of them in sources.csv")


def read_choices(text: str, allowed: list[str]) -> str:
    """Check a list of the allowed words, '; ' between them; raises CellError with the nearest."""
    words = [word.strip() for word in text.split(";")]
    if "" in words:
        raise CellError(f"'{text}' has a semicolon too many; write '; ' between two keys")
    return "; ".join(read_choice(word, allowed) for word in words)


def read_text(text: str) -> str:
    """Check free text for damage by a wrong encoding; raises CellError."""
    if "\ufffd" in text or not text.isprintable() and any(map(is_unseen, text)):
        raise CellError(f"'{text}' holds signs that no keyboard writes; type the text again")
    if LOST_SIGNS.search(text) and "://" not in text:
        raise CellError(f"'{text}' has question marks for lost signs; type the text again")
    for run in re.findall(r"[^\x00-\x7f]+", text):
        if meant := unmangled(run):
            raise CellError(f"'{run}' is '{meant}' read in a wrong encoding; write '{meant}'")
    return text


def is_unseen(sign: str) -> bool:
    """Whether a sign is a control or format character, which nobody sees."""
    return unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cn")


def unmangled(run: str) -> str | None:
    """What a run of signs said before its UTF-8 was read as another encoding, if it was.

    Only letters and punctuation that these tables may hold count as an answer: 'É»' and 'ß“',
    good endings of a quotation, would otherwise pass for letters of rare alphabets.
    """
    for encoding in MANGLED_FROM:
        try:
            meant = run.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if all(
            sign < "\u0180" or "\u0400" <= sign < "\u0480" or sign >= "\u0800" for sign in meant
        ):
            return meant
    return None


def refuse_leftovers(text: str) -> None:
    """Refuse what a spreadsheet leaves where a formula failed, such as #REF! or #N/A."""
    if SPREADSHEET_ERROR.fullmatch(text):
        raise CellError(f"'{text}' is an error left by a spreadsheet; write the value itself")
