"""Reading what was said: a quotation with its speaker, date, place and source."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import PlainError, among
from IPython.display import display

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.wording import date_in_words
from two_winds.templates import fill


class QuotationError(PlainError):
    """There is no such quotation; the message names those there are."""


@lesson_helper
def quote(quotations: pd.DataFrame, name: str) -> None:
    """Show a quotation: the words as read, a translation if there is one, who, when and where.

    Args:
        quotations: rows as `load("quotations")` gives them.
        name: the key of the quotation, such as "mao_1957".

    Raises:
        QuotationError: if the table holds no such quotation.
    """
    found = quotations[quotations["quotation"] == name]
    if found.empty:
        raise QuotationError(
            f"No quotation {name!r}. {among('name', name, quotations['quotation'])}"
        )
    row = found.iloc[0]
    source = quotations.attrs.get("citations", {}).get(row["source"], row["source"])
    when = date_in_words(row["date"])
    where = f"{row['speaker']}, {when}, {row['place']}. Source: {source} (grade {row['grade']})."
    lines = [line for line in (row["text"], row["translation"]) if line]
    notes = [line for line in (where, row["note"]) if line]
    html = fill("quotation", lines=zip([row["language"], "en"], lines, strict=False), notes=notes)
    display({"text/html": html, "text/plain": "\n".join([*lines, *notes])}, raw=True)
