"""What a page needs of a desk: its controls, and the figures or the finished views behind it.

A desk that computes hands its figures to the page, whose arithmetic a test holds to the notebook's
(tests/pages/test_desks.py). A desk with few views hands over each of them, drawn.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product as pairs_of
from typing import Any

import ipywidgets as widgets
from scene import Scene
from two_winds import course
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
from two_winds.charts.nuclear.print_dates import LAST_YEAR as LAST_PRINT
from two_winds.charts.nuclear.print_dates import table_of, told_of, written_down
from two_winds.charts.production.growth import LAST_YEAR, PROMISED_IN, SHOWN_AT_LEAST
from two_winds.charts.source_criticism.claims import EDGES, in_print
from two_winds.charts.source_criticism.claims import LOOKS as RULING_LOOKS
from two_winds.charts.source_criticism.rulings import number_of
from two_winds.charts.space.ground_track import launch_of, orbit_of
from two_winds.charts.space.places import BAIKONUR, PLACES
from two_winds.charts.split.turning import CANDIDATES
from two_winds.charts.split.votes import QUESTIONS
from two_winds.models.declaration import CLAUSES, LEADER, REAL, RULING, STANCES
from two_winds.models.reporting import LEVELS
from two_winds.models.rulings import RULINGS
from two_winds.texts.compare import answers_of, can_compare, claims_html, set_beside
from two_winds.widgets.frame import Desk
from two_winds.widgets.moscow import NOTE
from two_winds.widgets.source_criticism import claim_card, evidence_html

MOST_VIEWS = 300
# Lists whose choice sets other controls, and sets them always alike.
LEADERS = {
    "gosplan_desk": "product",
    "ladder_desk": "year",
    "orbit_desk": "which",
    "reading_desk": "passage",
    "ruling_desk": "topic",
}
# After which control that is told which belongs to a choice; otherwise it stands after all of them.
TOLD_AFTER = {"relations_desk": "event", "ruling_desk": "evidence"}
STYLE = re.compile(r' style="[^"]*"')


def can_move(desk: Desk) -> bool:
    """Tell whether the page can move a desk; one that it cannot keeps its still picture."""
    return desk.kind in DATA or desk.kind in VIEWS


def desk_data(desk: Desk) -> dict[str, Any] | None:
    """Return a desk as the page moves it; None if the page cannot.

    Returns:
        kind: the function that gave the desk; controls: see `control` and `led`; and either data,
        for a desk that computes, or pieces and views, for one whose every view is drawn here.
    """
    if not can_move(desk):
        return None
    kind = desk.kind
    known = inspect.getclosurevars(desk.draw).nonlocals
    controls = {key: {"key": key, **control(one)} for key, one in desk.controls.items()}
    if kind in LEADERS:
        controls[LEADERS[kind]]["leads"] = led(desk, LEADERS[kind])
    if kind in TOLD_AFTER:
        controls[TOLD_AFTER[kind]]["told"] = True
    found: dict[str, Any] = {"kind": kind, "controls": list(controls.values())}
    if kind in DATA:
        return found | {"data": DATA[kind](known, desk)}
    return found | views(desk, VIEWS[kind](desk, known))


def control(one: widgets.ValueWidget) -> dict[str, Any]:
    """Return a control of a desk in the page's terms: a list to choose from, a box to tick, or a
    number, which may be a whole one.
    """
    if isinstance(one, widgets.Checkbox):
        return {"name": one.description, "value": one.value}
    if isinstance(one, widgets.Dropdown):
        return {
            "name": one.description,
            "options": list(map(list, one.options)),
            "value": one.value,
        }
    numbers = {end: getattr(one, end) for end in ("min", "max", "value")}
    kind = {"whole": True} if isinstance(one, widgets.BoundedIntText) else {"step": one.step}
    return {"name": one.description, "step": 1, **kind, **numbers}


def led(desk: Desk, leader: str) -> dict[str, dict[str, Any]]:
    """Return what each choice in a list makes of the other controls, as the desk itself does it."""
    begun = {key: one.value for key, one in desk.controls.items()}
    choices = [value for _, value in desk.controls[leader].options]
    here = choices.index(begun[leader]) + 1
    others = {key: one for key, one in desk.controls.items() if key != leader}
    found = {}
    with quiet():
        for choice in choices[here:] + choices[:here]:
            desk.controls[leader].value = choice
            found[choice] = {key: control(one) for key, one in others.items()}
        for key, value in begun.items():
            desk.controls[key].value = value
    moved = [
        key for key in others if any(found[choices[0]][key] != to[key] for to in found.values())
    ]
    return {choice: {key: found[choice][key] for key in moved} for choice in choices}


@contextmanager
def quiet() -> Iterator[None]:
    """Let a desk follow its controls without drawing."""
    before, course.QUIET = course.QUIET, True
    try:
        yield
    finally:
        course.QUIET = before


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


def ballot(_known: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return the votes that have a quotation to show, the years, and how each answer is drawn."""
    chart = desk.view()
    return {
        "title": chart.title,
        "source": chart.source,
        "years": sorted({*chart.table["year"].tolist(), *CANDIDATES}),
        "votes": chart.table.astype(object).to_numpy().tolist(),
        "questions": {
            name: {"shape": look.marker, "colour": look.colour} for name, look in QUESTIONS.items()
        },
    }


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


def reading(known: dict[str, Any], _desk: Desk) -> dict[str, Any]:
    """Return the versions of each passage with their dates, and what sets two beside each other.

    Returns:
        pieces: HTML, each piece kept once; until: where the line of years ends; beside: for two
        versions that are compared word by word the places of their pieces; passages: of each its
        title, its source, where its years begin, its versions, and sides. The other pairs are
        told by the pieces of both: of the second version where sides has a 1, else of the first.
    """
    texts, passages, beside = known["texts"], {}, {}
    pieces: dict[str, int] = {}

    def kept(html: str) -> list[int]:
        parts = re.split("(?=<t[hdr]|<details)", bare(html))
        return [pieces.setdefault(part, len(pieces)) for part in parts]

    for passage, rows in texts.groupby("passage", observed=True):
        chart = written_down(texts, passage)
        ordered = rows.set_index("version").loc[chart.table["version"]].reset_index()
        versions = [row for _, row in ordered.iterrows()]
        told, names = answers_of(versions, passage), texts.attrs["citations"]
        pieces_of = [kept(claims_html((row, row), told, names)) for row in versions]
        mixed = [kept(claims_html((versions[0], row), told, names)) for row in versions]
        differ = zip(*mixed, strict=True)
        passages[passage] = {
            "title": chart.title,
            "source": chart.source,
            "from": min(map(year_of, rows["said_on"])) - 2,
            "sides": [int(len(set(seen)) > 1) for seen in differ],
            "versions": [
                {
                    "version": row["version"],
                    "told": told_of(row),
                    "dates": [dated(row[of]) for of in ("said_on", "published", "earlier_print")],
                    "row": cells,
                    "pieces": found,
                }
                for row, cells, found in zip(
                    versions,
                    table_of(ordered).to_numpy(object, na_value="").tolist(),
                    pieces_of,
                    strict=True,
                )
            ],
        }
        for one, other in pairs_of(versions, repeat=2):
            if can_compare(one, other):
                key = " ".join([passage, one["version"], other["version"]])
                beside[key] = kept(set_beside(texts, passage, one["version"], other["version"])[0])
    return {"passages": passages, "until": LAST_PRINT, "pieces": list(pieces), "beside": beside}


def dated(date: str) -> list[Any] | None:
    """Return a date as its place on the line of years, and its year; None if there is none."""
    return [round(year_of(date), 4), date[:4]] if date else None


def bare(html: str) -> str:
    """Return HTML without styles of its own, which a page under a strict policy may not have."""
    return STYLE.sub("", html)


def ruling(_known: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return the claims with their evidence and the package's rulings, by topic."""
    rows, names = desk.draw.__self__.rows, desk.draw.__self__.names
    return {
        "title": desk.view().title,
        "topics": {topic: in_print(topic) for topic in dict.fromkeys(rows["topic"])},
        "claims": {
            row["claim"]: {
                "number": number_of(row["claim"]),
                "topic": row["topic"],
                "kind": str(row["kind"]),
                "verdict": str(row["verdict"]),
                "words": row["paraphrase"],
                "card": bare(claim_card(row)),
                "evidence": bare(evidence_html(row, names)),
                "source": source_line(rows[rows["claim"] == row["claim"]]),
            }
            for _, row in rows.iterrows()
        },
        "rulings": {
            name: {
                "words": words,
                "look": {
                    "shape": RULING_LOOKS[name].marker,
                    "colour": RULING_LOOKS[name].colour,
                    "edge": EDGES[name],
                },
            }
            for name, words in RULINGS.items()
        },
    }


def orbit(known: dict[str, Any], desk: Desk) -> dict[str, Any]:
    """Return the coasts, the places to look from, and when each satellite was launched."""
    satellites, launches = known["satellites"], known["launches"]
    coastline, coast = known["coastline"], []
    for _, line in coastline.groupby("line", observed=True, sort=False):
        coast += [*line[["longitude", "latitude"]].to_numpy().tolist(), None]
    started = {}
    for _, name in desk.controls["which"].options:
        row, launch = orbit_of(satellites, name), launch_of(launches, name)
        started[name] = {
            "start": f"{launch['date_utc']}T{launch['time_utc']}Z",
            "source": source_line(
                satellites.loc[[row.name]], launches.loc[[launch.name]], coastline
            ),
        }
    return {"coast": coast, "places": PLACES, "launched": started, "from": BAIKONUR}


DATA = {
    "declaration_desk": drafting,
    "gosplan_desk": gosplan,
    "herd_desk": lambda _known, _desk: {},
    "orbit_desk": orbit,
    "reading_desk": reading,
    "ruling_desk": ruling,
    "reporting_desk": lambda _known, _desk: {"levels": LEVELS},
    "relations_desk": relations,
    "turning_desk": turning,
    "vote_desk": ballot,
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
