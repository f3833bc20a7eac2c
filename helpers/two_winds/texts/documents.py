"""One continuous document: the original beside its translation, with who says it to whom."""

from __future__ import annotations

from classwork.ground.errors import PlainError, among
from IPython.display import display

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.wording import date_in_words
from two_winds.datasets import load
from two_winds.templates import fill


class DocumentError(PlainError):
    """There is no such document; the message names those there are."""


@lesson_helper
def document(name: str) -> None:
    """Show a document: who says it to whom, original beside translation, and how it reached us.

    Args:
        name: the key of the document in the table `documents`.

    Raises:
        DocumentError: if the table holds no such document.
    """
    documents = load("documents")
    found = documents[documents["document"] == name]
    if found.empty:
        known = documents["document"]
        raise DocumentError(f"No document {name!r}. {among('name', name, known)}")
    row = found.iloc[0]
    by = row["translated_by"]
    translated = f"Translated by {by}." if by else "In the original language."
    source = documents.attrs["citations"][row["source"]]
    day = date_in_words(row["date"])
    html = fill("document", row=row, day=day, translated=translated, source=source)
    words = [row["title"], row["original"], row["translation"], f"{source} ({row['grade']})"]
    text = "\n".join(word.replace("¶", "\n") for word in words if word)
    display({"text/html": html, "text/plain": text}, raw=True)
