"""Finishing a page of the reading copy: what no writer of a lesson should have to think of.

Tables scroll in a box of their own, headings can be linked to, runs of Chinese and Russian say
their language, links to notebooks and to Markdown lead to pages of the reading copy.
"""

from __future__ import annotations

import re
import textwrap

from bs4 import BeautifulSoup, Tag
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

HAN = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+"
CYRILLIC = r"[\u0400-\u04ff]+(?:[ \-\u2011][\u0400-\u04ff]+)*"
FOREIGN = re.compile(f"({HAN})|({CYRILLIC})")
SOURCE_FILE = re.compile(r"^([^:]*)\.(ipynb|md)(?=#|$)")
NARROW_TABLE = 2
LONGEST_NAME = 80


def markdown(text: str) -> str:
    """Return Markdown as HTML, as JupyterLab would show it, headings without links of their own."""
    return MarkdownWithMath(IPythonRenderer(escape=False, exclude_anchor_links=True)).render(text)


def finish(page: str, styles: dict[str, str]) -> str:
    """Return a page with named headings, boxed tables, marked languages and mended links.

    Args:
        page: the page as its template gives it.
        styles: takes each style that an element bears, by the class that it is given instead: a
            page under a strict policy may not style its elements one by one.
    """
    soup = BeautifulSoup(page, "html.parser")
    name_headings(soup)
    box_tables(soup)
    mark_languages(soup)
    for link in soup.find_all("a", href=True):
        link["href"] = SOURCE_FILE.sub(r"\1.html", link["href"])
    for element in soup.find_all(style=True):
        name = styles.setdefault(element["style"], f"s{len(styles) + 1}")
        # A passport, whose columns are fixed, may be longer than what is left of a sheet of paper.
        long = ["long"] if "table-layout:fixed" in element["style"] else []
        element["class"] = [*element.get("class", []), *long, name]
        del element["style"]
    return str(soup)


def rules(styles: dict[str, str]) -> str:
    """Return the rules for the classes that `finish` has given, as strong as what they replace."""
    return "".join(f".{name}.{name}.{name} {{ {style} }}\n" for style, name in styles.items())


def slug(text: str) -> str:
    """Return a text as the name of a place on a page.

    >>> slug("1 Meet the sources")
    '1-meet-the-sources'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def name_headings(soup: BeautifulSoup) -> None:
    """Give each heading that has none an id, so that a link can lead to it."""
    for heading in soup.find_all(["h2", "h3"]):
        heading["id"] = heading.get("id") or slug(heading.get_text())


def box_tables(soup: BeautifulSoup) -> None:
    """Put each table of more than two columns into a box that scrolls, also by keyboard.

    Each box has a name of its own: the table's number and its caption or its headings.
    """
    for number, table in enumerate(soup.find_all("table"), start=1):
        name_columns_and_rows(table)
        say_columns_in_cells(table)
        if columns(table) <= NARROW_TABLE:
            continue
        name = f"Table {number}: {title_of(table)}"
        table.wrap(
            soup.new_tag(
                "div", attrs={"class": "box", "role": "region", "tabindex": "0", "aria-label": name}
            )
        )


def name_columns_and_rows(table: Tag) -> None:
    """Mark headings of columns; where the first is empty, the first cells head their rows."""
    for head in table.select("thead th"):
        head["scope"] = "col"
    corner = table.select_one("thead th:first-child")
    if corner is not None and not corner.get_text(strip=True):
        corner.name = "td"
        del corner["scope"]
        for cell in table.select("tbody td:first-child"):
            cell.name = "th"
            cell["scope"] = "row"


def say_columns_in_cells(table: Tag) -> None:
    """Have each cell name its column: on a phone the cells of a row stand below one another."""
    heads = [head.get_text(" ", strip=True) for head in table.select("thead th, thead td")]
    for row in table.select("tbody tr"):
        for cell, head in zip(row.find_all(["td", "th"], recursive=False), heads, strict=False):
            if head:
                cell["data-column"] = head


def columns(table: Tag) -> int:
    """Return how many columns a table has."""
    return max(len(row.find_all(["td", "th"])) for row in table.find_all("tr"))


def title_of(table: Tag) -> str:
    """Return a table's caption, or its column headings where it has none, at most a line of it."""
    named = [table.caption] if table.caption else table.select("thead th")
    words = ", ".join(filter(None, (part.get_text(" ", strip=True) for part in named)))
    return textwrap.shorten(words, LONGEST_NAME, placeholder="…")


def mark_languages(soup: BeautifulSoup) -> None:
    """Mark each run of Chinese or Russian that stands in an English text."""
    for text in soup.find_all(string=FOREIGN):
        if text.parent.name in ("script", "style"):
            continue
        inside = text.find_parent(lang=True)
        if inside is not None and not inside["lang"].startswith("en"):
            continue
        text.replace_with(*parts_of(soup, text))


def parts_of(soup: BeautifulSoup, text: str) -> list[str | Tag]:
    """Return a text as a list of strings and of elements that mark a language."""
    parts: list[str | Tag] = []
    end = 0
    for found in FOREIGN.finditer(text):
        language = "zh-Hans" if found[1] else "ru"
        marked = soup.new_tag("span", string=found[0], attrs={"lang": language})
        parts += [text[end : found.start()], marked]
        end = found.end()
    return [*parts, text[end:]]
