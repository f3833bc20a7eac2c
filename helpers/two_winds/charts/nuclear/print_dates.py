"""When it was said and when it could be read: the versions of a passage on a line of years."""

from __future__ import annotations

import pandas as pd
from matplotlib.ticker import MultipleLocator

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.marks import draw_mark, write_beside
from two_winds.charts.common.rows import new_rows
from two_winds.charts.common.style import COLOURS, INK, PAPER, Look, chart_helper, legend
from two_winds.charts.common.timeline import year_of
from two_winds.charts.common.wording import date_in_words
from two_winds.texts.compare import version_of, versions_of

SAID, PRINTED = "s", "o"
DIM = COLOURS["promise"]
HOLLOW = {"markerfacecolor": PAPER, "markeredgewidth": 2, "markersize": 12}
LAST_YEAR = 2028


@chart_helper
def written_down(
    texts: pd.DataFrame, passage: str, first: str | None = None, second: str | None = None
) -> Chart:
    """Return all versions of a passage, when said and when printed; two of them in full ink.

    Args:
        texts: rows as `load("texts")` gives them.
        passage: which saying, such as "half_of_mankind".
        first: a version to draw in full ink and to tell of.
        second: another.

    Returns:
        A chart; its table has a row a version, in the order of printing: version, said on,
        printed, earlier print, years between, kind, speaker, grade.

    Raises:
        TextError: if the table holds no such passage or version.
    """
    rows = versions_of(texts, passage).sort_values("published", key=_undated_last)
    asked = {"first": first, "second": second}
    chosen = [name for name in asked.values() if name]
    told = [told_of(version_of(texts, passage, v, name)) for name, v in asked.items() if v]

    figure, axes = new_rows([v.replace("_", " ") for v in rows["version"]], each=0.16)
    for place, row in enumerate(rows.itertuples()):
        colour = INK if row.version in chosen or not chosen else DIM
        said, name = year_of(row.said_on), row.version.replace("_", " ")
        draw_mark(axes, said, place, Look(colour, SAID, size=7), words=_seen(name, row))
        if row.published:
            printed = year_of(row.published)
            axes.plot([said, printed], [place, place], "-", color=colour, linewidth=1.8)
            draw_mark(axes, printed, place, Look(colour, PRINTED, size=10))
            write_beside(axes, printed, place, row.published[:4], colour)
        else:
            write_beside(axes, said, place, "date of the print not shown", colour, 14)
        if row.earlier_print:
            earlier = year_of(row.earlier_print)
            axes.plot([earlier], [place], PRINTED, color=colour, **HOLLOW)
            write_beside(axes, earlier, place, row.earlier_print[:4], colour, 0, 6, ha="left")
    for tick, name in zip(axes.get_yticklabels(), rows["version"], strict=True):
        tick.set_fontweight("bold" if name in chosen else "normal")
    axes.set_xlim(min(year_of(day) for day in rows["said_on"]) - 2, LAST_YEAR)
    axes.xaxis.set_major_locator(MultipleLocator(10))
    marks = [("said", {"marker": SAID}), ("printed", {"marker": PRINTED})]
    if (rows["earlier_print"] != "").any():
        marks.append(("earlier print, named and not read", {"marker": PRINTED, **HOLLOW}))
    legend(axes, *((name, look | {"linestyle": "", "color": INK}) for name, look in marks))

    title = f"{passage.replace('_', ' ').capitalize()}: when it was said, when it was printed"
    sentence = " ".join(told) or _sentence(rows)
    kind = "A line for each version, from the day to the print"
    return make_chart(kind, figure, title, sentence, table_of(rows), rows)


def years_between(row: pd.Series) -> float:
    """Return the years from the occasion to the print that was read; nan if it shows no date.

    >>> years_between(pd.Series({"said_on": "1957-11-18", "published": "1999"}))
    42.0
    """
    if not row["published"]:
        return float("nan")
    return float(int(row["published"][:4]) - int(row["said_on"][:4]))


def _undated_last(dates: pd.Series) -> pd.Series:
    return dates.astype(str).replace("", "9999")


def told_of(row: pd.Series) -> str:
    """Return in words who speaks in a version, and how late it was printed."""
    said = date_in_words(row["said_on"])
    printed = f"printed in {row['published'][:4]}" if row["published"] else "print without a date"
    if row["earlier_print"]:
        printed += f", named by it: a print of {date_in_words(row['earlier_print'])}"
    return f"{row['version']}: {row['kind']}, {row['speaker']}; said on {said}, {printed}."


def _sentence(rows: pd.DataFrame) -> str:
    dated = rows[rows["published"] != ""]
    first, last = dated.iloc[0], dated.iloc[-1]
    return (
        f"Of {len(rows)} versions the oldest print that was read is {first['version']} "
        f"({first['published'][:4]}), the youngest {last['version']} ({last['published'][:4]})."
    )


def _seen(name: str, row: tuple) -> str:
    printed = f"printed {row.published[:4]}" if row.published else "print without a date"
    return f"{name}: said {row.said_on[:4]}, {printed}"


def table_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the versions as a reader may want to see them, with the years between."""
    columns = ["version", "said_on", "published", "earlier_print", "kind", "speaker", "grade"]
    table = rows[columns].copy()
    table.insert(4, "years between", [years_between(row) for _, row in rows.iterrows()])
    names = {"said_on": "said on", "published": "printed", "earlier_print": "earlier print"}
    return table.rename(columns=names).reset_index(drop=True)
