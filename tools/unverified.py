"""Write datasets/UNVERIFIED.md (every row of grade C, what would raise it) and datapackage.json.

Run it after any change to a table: python tools/unverified.py
"""

import json
from itertools import pairwise

import pandas as pd
from two_winds.datasets import FOLDER, all_names, load
from two_winds.datasets.description import Dataset, describe
from two_winds.datasets.frictionless import data_package

NOT_GROUPED = ("year", "date_start", "series", "source")


def page() -> str:
    """The whole page, with a section for each dataset."""
    sections = [section(name, describe(name, FOLDER), load(name)) for name in all_names()]
    return "\n\n".join([HEAD, *sections]) + "\n"


HEAD = """# Figures still to be verified

This page is generated: change the tables, then run `python tools/unverified.py`.

The rows counted here are of grade C: recalled, and not read again in any source. They are drawn
hollow, and no exercise has one for its answer. To raise a row, read its figure in a source, write
the key of that source in the row (and the source in `sources.csv`), and change the grade to A or B.
If the source prints another figure, take that one. Never raise a row because it looks right."""


def section(name: str, dataset: Dataset, table: pd.DataFrame) -> str:
    """The part of the page on one dataset."""
    unverified = table[table["grade"] == "C"] if "grade" in table else table.iloc[:0]
    head = f"## {name}: {len(unverified)} of {len(table)} rows"
    if unverified.empty:
        return f"{head}\n\nEvery row has been read in a source."
    columns = [key for key in dataset.key if key not in NOT_GROUPED]
    dated = ["years"] if "year" in unverified else []
    titles = [*columns, *dated, "rows"]
    lines = [f"| {' | '.join(titles)} |", "|---" * len(titles) + "|"]
    for key, group in unverified.groupby(columns, observed=True):
        cells = [*key, *(ranges(group["year"]) for _ in dated), len(group)]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    raised_by = [f"- {words}" for words in dataset.raised_by]
    return "\n".join([head, "", *lines, "", "What would raise them:", "", *raised_by])


def ranges(years: pd.Series) -> str:
    """Years as a reader writes them: '1951-1954, 1956'."""
    years = sorted(set(years))
    starts = [years[0]] + [late for early, late in pairwise(years) if late > early + 1]
    ends = [early for early, late in pairwise(years) if late > early + 1] + [years[-1]]
    spans = zip(starts, ends, strict=True)
    return ", ".join(str(start) if start == end else f"{start}-{end}" for start, end in spans)


def main() -> None:
    """Write both files."""
    package = json.dumps(data_package(FOLDER), indent=2, ensure_ascii=False) + "\n"
    (FOLDER / "datapackage.json").write_text(package, encoding="utf-8", newline="\n")
    (FOLDER / "UNVERIFIED.md").write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
