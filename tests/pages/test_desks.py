"""The desks of the pages: what they reckon and say is what the notebook reckons and says."""

import itertools
import json
import math
from contextlib import contextmanager
from numbers import Real

import pytest
import two_winds.charts.common.chart as pictures
from desks import desk_data, kind_of
from lab import PROJECTOR, needed_browser, running_browser
from lessons import LESSONS
from live_cells import Live
from page_exercises import as_json

import reading_copy

# How many values of each number a walk through a desk tries, its ends among them.
NUMBERS = 6
MOST = 80


# The page keeps fewer columns, or other ones, than the table of the chart.
ROWS = {
    "relations_desk": ["date", "package", "yours", "sum, package", "sum, yours"],
    "herd_desk": [
        "year",
        "meat, as before",
        "breeding, as before",
        "meat, by the target",
        "breeding, by the target",
        "breeding animals killed",
    ],
}


@pytest.fixture(scope="module")
def browser():
    with running_browser(needed_browser()) as browser:
        yield browser


@pytest.fixture
def page(browser):
    """An empty page with the scripts of all pages."""
    page = browser.new_page(viewport=PROJECTOR)
    page.set_content("<p></p>")
    for name in ("desks.js", "working.js"):
        page.add_script_tag(path=reading_copy.TEMPLATES / name)
    yield page
    page.close()


def desks():
    """Return every desk that a page moves, with its lesson and cell."""
    found = []
    for lesson in LESSONS:
        for cell, desk in Live(lesson.notebook).desks.items():
            data = desk_data(desk)
            if data is not None:
                found.append(pytest.param(desk, data, id=f"{lesson.name[:2]} {cell}"))
    return found


def tried(one):
    """Return values of a control: all of a short list, some of a long one, some numbers."""
    if "options" in one:
        values = [value for _, value in one["options"]]
        return values if len(values) <= 9 else values[:: len(values) // 7]
    span = one["max"] - one["min"]
    places = {round(one["min"] + span * n / (NUMBERS - 1) / one["step"]) for n in range(NUMBERS)}
    values = {min(one["max"], place * one["step"]) for place in places} | {one["value"]}
    return sorted(round(value, 6) for value in values if value >= one["min"])


def walk(desk, data):
    """Return views of a desk: all of a small one, every so many of a large one."""
    if "views" in data:
        keys = [one["key"] for one in data["controls"]]
        lists = [[value for _, value in one["options"]] if "options" in one else
                 range(one["min"], one["max"] + 1) for one in data["controls"]]  # fmt: skip
        every = itertools.product(*lists)
        return [
            dict(zip(keys, view, strict=True))
            for view in every
            if " ".join(map(str, view)) in data["views"]
        ]
    every = list(itertools.product(*map(tried, data["controls"])))
    keys = [one["key"] for one in data["controls"]]
    return [dict(zip(keys, view, strict=True)) for view in every[:: math.ceil(len(every) / MOST)]]


def alike(one, other):
    """Tell whether two cells of two tables hold the same."""
    if isinstance(one, Real) and isinstance(other, Real):
        return one == pytest.approx(other, rel=1e-9, abs=1e-9)
    return str(one) == str(other)


def notebook_draws(desk, view):
    """Return the chart of a view, as if each list had been set by hand."""
    if kind_of(desk) == "turning_desk":
        with quiet():
            desk.controls["leave_out"].value = view["leave_out"]
    return desk.draw(**view)


@contextmanager
def quiet():
    """Let a desk follow its controls without drawing."""
    pictures.QUIET = True
    yield
    pictures.QUIET = False


@pytest.mark.parametrize(("desk", "data"), desks())
def test_a_desk_says_and_reckons_what_the_notebook_does(page, desk, data):
    views = walk(desk, data)
    told = page.evaluate(
        """([desk, views]) => {
            const memory = DESKS[desk.kind]?.memory?.() ?? null;
            return views.map(view => {
                const {title, sentence, source, rows} = chartOf(desk, view, memory);
                return {title, sentence, source, rows};
            });
        }""",
        [json.loads(as_json(data)), views],
    )
    assert len(views) > 20  # The ladder has 21 views in all.
    for view, page_says in zip(views, told, strict=True):
        chart = notebook_draws(desk, view)
        for part in ("title", "sentence", "source"):
            assert page_says[part] == getattr(chart, part), view
        if "views" not in data:
            columns = ROWS.get(kind_of(desk), list(chart.table.columns))
            rows = chart.table[columns].to_numpy().tolist()
            assert len(rows) == len(page_says["rows"]), view
            for row, shown in zip(rows, page_says["rows"], strict=True):
                assert all(map(alike, row, shown)), (view, row, shown)
