"""A list of events to choose from, for every desk that offers one."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import among, need_date

from two_winds.charts.common.select import ChartError

LONGEST = 60


def between_years(events: pd.DataFrame, picked: str, first: str, last: str) -> pd.DataFrame:
    """Return the events of some years in order of time; `picked` must be one of them.

    Args:
        events: rows as `load("events")` gives them.
        picked: the key of an event.
        first: first year.
        last: last year, inclusive.

    Raises:
        ChartError: if there is no event `picked` among these years.
    """
    need_date(first=first, last=last)
    rows = events[events["date_start"].str[:4].between(first, last)]
    if picked not in set(rows["event"]):
        known = among("picked", picked, rows["event"])
        raise ChartError(f"No event {picked!r} between {first} and {last}. {known}")
    return rows.sort_values("date_start", kind="stable")


def short_name(row: object) -> str:
    """Return an event as a list shows it: its date and a title that fits."""
    title = row.title if len(row.title) <= LONGEST else f"{row.title[: LONGEST - 1]}\u2026"
    return f"{row.date_start}  {title}"
