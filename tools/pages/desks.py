"""What a page needs of a desk: its controls, and the figures or the finished views behind it.

A desk that computes hands its figures to the page, whose arithmetic a test holds to the notebook's
(tests/pages/test_desks.py). A desk with few views hands over each of them, drawn.
"""

from __future__ import annotations

import inspect
import re
from typing import Any

import ipywidgets as widgets
from scene import Scene
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import in_year, read_figures
from two_winds.charts.common.timeline import year_of
from two_winds.charts.common.wording import (
    date_in_words,
    product_name,
    source_line,
    unit_of,
)
from two_winds.charts.moscow.declaration import NAMES, TITLES, others
from two_winds.charts.production.growth import LAST_YEAR, PROMISED_IN, SHOWN_AT_LEAST
from two_winds.charts.split.turning import CANDIDATES
from two_winds.models.declaration import CLAUSES, LEADER, REAL, RULING, STANCES
from two_winds.models.reporting import LEVELS
from two_winds.widgets.frame import Desk
from two_winds.widgets.moscow import NOTE
from two_winds.widgets.production import _rates

MOST_VIEWS = 300


def kind_of(desk: Desk) -> str:
    """Return the name of the function that gave a desk."""
    return desk.draw.__qualname__.split(".")[0]


def can_move(desk: Desk) -> bool:
    """Tell whether the page can move a desk; one that it cannot keeps its still picture."""
    return kind_of(desk) in DATA or kind_of(desk) in VIEWS


def desk_data(desk: Desk) -> dict[str, Any] | None:
    """Return a desk as the page moves it; None if the page cannot.

    Returns:
        kind: the function that gave the desk; controls: see `control`; and either data, for a desk
        that computes, or pieces and views, for one whose every view is drawn here.
    """
    if not can_move(desk):
        return None
    kind = kind_of(desk)
    known = inspect.getclosurevars(desk.draw).nonlocals
    found: dict[str, Any] = {
        "kind": kind,
        "controls": [{"key": key, **control(one)} for key, one in desk.controls.items()],
    }
    if kind in DATA:
        return found | {"data": DATA[kind](known, desk)}
    return found | views(desk, VIEWS[kind](desk, known))


def control(one: widgets.ValueWidget) -> dict[str, Any]:
    """Return a control of a desk in the page's terms: a list to choose from, or a number."""
    if isinstance(one, widgets.Dropdown):
        return {
            "name": one.description,
            "options": list(map(list, one.options)),
            "value": one.value,
        }
    numbers = {end: getattr(one, end) for end in ("min", "max", "value")}
    step = one.step if isinstance(one, widgets.BoundedFloatText) else 1
    return {"name": one.description, "step": step, **numbers}


# --- desks that compute ---


def gosplan(known: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return for each product what both countries made, as far as it was read."""
    production, products = known["production"], {}
    for _, product in desk.controls["product"].options:
        rows = {c: read_figures(production, product, c) for c in ("SUN", "USA")}
        starts = {c: float(in_year(rows[c], PROMISED_IN)["value"]) for c in rows}
        drawn = {c: table[table["year"] >= PROMISED_IN] for c, table in rows.items()}
        products[product] = {
            "name": product_name(product),
            "unit": unit_of(rows["SUN"]),
            "rates": _rates(production, product),
            "starts": [starts["SUN"], starts["USA"]],
            "reported": [
                [[int(row.year), float(row.value)] for row in table.itertuples()]
                for table in drawn.values()
            ],
            "last": max(set(rows["SUN"]["year"]) & set(rows["USA"]["year"]), default=None),
            "source": source_line(*drawn.values()),
        }
    years = {"from": PROMISED_IN, "until": LAST_YEAR, "shown": SHOWN_AT_LEAST}
    return {"products": products, "years": years}


def judged_events(known: dict[str, Any], _desk: Desk) -> dict[str, Any]:
    """Return the events with the package's judgements, in order of time."""
    events = known["events"].sort_values("date_start", kind="stable")
    listed = [
        {
            "event": row.event,
            "title": row.title,
            "date": row.date_start,
            "words": date_in_words(row.date_start),
            "x": round(year_of(row.date_start), 4),
            "theme": str(row.theme),
            "score": int(row.score),
            "told": row.description,
            "reason": row.score_reason,
            "source": row.source,
        }
        for row in events.itertuples()
    ]
    return {"events": listed, "names": events.attrs["citations"]}


def relations(known: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return the events, and the years to choose from."""
    return judged_events(known, desk) | {"lit": [int(known["first"]), int(known["last"])]}


def turning(known: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return the events, what each list leaves out, and the candidate years."""
    groups = inspect.getclosurevars(known["given"]).nonlocals["groups"]
    return judged_events(known, desk) | {"groups": groups, "years": CANDIDATES}


def drafting(known: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return the clauses, what each party makes of them, and what rests on an assumption."""
    rows = known["positions"].astype({"issue": str, "actor": str, "grade": str})
    recalled = rows[rows["grade"] == "C"]
    chart = desk.view()
    stances = {
        party: {
            clause: {kind: sorted(options) for kind, options in kinds.items()}
            for clause, kinds in clauses.items()
        }
        for party, clauses in STANCES.items()
    }
    return {
        "clauses": {c: {"title": TITLES[c], "options": CLAUSES[c]} for c in CLAUSES},
        "names": {party: NAMES[party] for party in RULING},
        "leader": LEADER,
        "followers": others(known["parties"]),
        "real": REAL,
        "stances": stances,
        "hollow": {
            party: sorted(set(recalled.loc[recalled["actor"] == party, "issue"]) & set(CLAUSES))
            for party in RULING
        },
        "title": chart.title,
        "source": chart.source,
        "note": " ".join(re.sub("<[^>]+>", "", NOTE).split()),
    }


DATA = {
    "declaration_desk": drafting,
    "gosplan_desk": gosplan,
    "herd_desk": lambda _known, _desk: {},
    "reporting_desk": lambda _known, _desk: {"levels": LEVELS},
    "relations_desk": relations,
    "turning_desk": turning,
}


# --- desks whose every view is drawn here ---


def rungs(desk: Desk, known: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each ladder with each number of its steps."""
    return [
        {"year": year, "steps": steps}
        for _, year in desk.controls["year"].options
        for steps in range(1, known["many"][year] + 1)
    ]


VIEWS: dict[str, Any] = {"ladder_desk": rungs}


def views(desk: Desk, wanted: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the views of a desk, drawn; what several have in common is kept once."""
    if len(wanted) > MOST_VIEWS:
        raise ValueError(f"{len(wanted)} views are too many to draw one by one.")
    scene, found = Scene(), {}
    for view in wanted:
        chart = desk.draw(**view)
        key = " ".join(str(view[name]) for name in desk.controls)
        found[key] = words_of(chart) | {"drawn": scene.add(chart.figure), "size": scene.size}
    return {"pieces": scene.pieces, "views": found}


def words_of(chart: Chart) -> dict[str, str]:
    """Return the words of a chart."""
    return {name: getattr(chart, name) for name in ("title", "sentence", "source", "alt")}
