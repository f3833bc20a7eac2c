"""The desks of the pages: what they reckon and say is what the notebook reckons and says."""

import functools
import itertools
import json
import random
from numbers import Real

import pytest
from desks import bare, can_move, control, desk_data, kind_of, quiet
from lab import PROJECTOR, needed_browser, running_browser
from lessons import LESSONS
from live_cells import Live
from page_exercises import as_json
from two_winds.widgets.source_criticism import RULED

import reading_copy

# The desks that a page moves, by lesson.
DESKS = {
    "01": ("relations_desk",),
    "02": ("declaration_desk",),
    "03": ("reading_desk",),
    "04": ("orbit_desk",),
    "05": ("herd_desk",),
    "06": ("gosplan_desk",),
    "07": ("reporting_desk", "ladder_desk"),
    "08": ("turning_desk",),
    "09": ("ruling_desk",),
}
# How many values of each number a walk through a desk tries, its ends among them.
NUMBERS = 6
MOST = 40
# Heights and tilts of which some are no orbit: too low, the wrong way round, not over Baikonur.
ORBIT = {
    "low": [100.0, 214, 938, 35786],
    "high": [214, 938, 1500.5, 35786],
    "lean": [45.9, 51.6, 65.1, 90],
    "north": [-90, -33.9, 0.05, 40.7, 61.2],
    "east": [-180, -74, 19.96, 151.2],
}

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


@functools.cache
def desks_of(number):
    """Return the desks of a lesson that the pages move, each with its data, by kind."""
    live = Live(next(lesson for lesson in LESSONS if lesson.name.startswith(number)).notebook)
    moved = [desk for desk in live.desks.values() if can_move(desk)]
    return {kind_of(desk): (desk, json.loads(as_json(desk_data(desk)))) for desk in moved}


def tried(one):
    """Return values of a control: all of a list or a box, some numbers."""
    if "options" in one:
        return [value for _, value in one["options"]]
    if isinstance(one["value"], bool):
        return [False, True]
    span = one["max"] - one["min"]
    places = {round(one["min"] + span * n / (NUMBERS - 1) / one["step"]) for n in range(NUMBERS)}
    values = {min(one["max"], place * one["step"]) for place in places} | {one["value"]}
    return sorted(round(value, 6) for value in values if value >= one["min"])


def walk(data):
    """Return views of a desk: all of a small one, some of a large one, the same in every run."""
    kind, controls = data["kind"], {one["key"]: one for one in data["controls"]}
    values = {key: tried(one) for key, one in controls.items()}
    if kind == "orbit_desk":
        values |= ORBIT
    leads = next((one["leads"] for one in data["controls"] if "leads" in one), {})
    if kind == "reading_desk":
        views = [
            {"passage": passage, "one": one, "other": other}
            for passage, to in leads.items()
            for one, other in itertools.product(tried(to["one"]), tried(to["other"]))
        ]
    elif kind == "ladder_desk":
        views = [
            {"year": year, "steps": steps}
            for year in values["year"]
            for steps in range(1, leads[str(year)]["steps"]["max"] + 1)
        ]
    else:
        several = itertools.product(*values.values())
        views = [dict(zip(values, view, strict=True)) for view in several]
    return random.Random(1957).sample(views, min(len(views), MOST))


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


def drawn(desk, view):
    """Return what the notebook says of a view: title, sentence, source, rows, and what is told."""
    try:
        chart = notebook_draws(desk, view)
    except ValueError as error:
        return {"title": "", "sentence": str(error), "source": "", "rows": []}
    columns = ROWS.get(kind_of(desk), list(chart.table.columns))
    said = {name: getattr(chart, name) for name in ("title", "sentence", "source")}
    said["rows"] = chart.table[columns].astype(object).fillna("").to_numpy().tolist()
    if kind_of(desk) == "reading_desk":
        said["told"] = bare(desk.box.children[1].value)
    if kind_of(desk) == "ruling_desk":
        said["told"] = bare("".join(part.value for part in desk.box.children[2:4]))
    return said


def agree(notebook_says, page_says, view):
    """Assert that the page says of a view what the notebook says."""
    for part in notebook_says.keys() - {"rows"}:
        assert page_says[part] == notebook_says[part], view
    if "rows" not in page_says:
        return
    assert len(notebook_says["rows"]) == len(page_says["rows"]), view
    for row, shown in zip(notebook_says["rows"], page_says["rows"], strict=True):
        assert all(map(alike, row, shown)), (view, row, shown)


KINDS = [(number, kind) for number, kinds in DESKS.items() for kind in kinds]


@pytest.mark.parametrize(("number", "kind"), KINDS)
def test_a_desk_says_and_reckons_what_the_notebook_does(page, number, kind):
    desk, data = desks_of(number)[kind]
    views = walk(data)
    told = page.evaluate(
        """([desk, views]) => {
            const {memory} = begun(desk);
            return views.map(view => chartOf(desk, view, memory));
        }""",
        [data, views],
    )
    assert len(views) > 20  # The ladder has 21 views in all.
    for view, page_says in zip(views, told, strict=True):
        agree(drawn(desk, view), page_says, view)


@pytest.mark.parametrize(("number", "kind"), KINDS)
def test_a_control_moves_the_others_as_in_the_notebook(page, number, kind):
    desk, data = desks_of(number)[kind]
    RULED.clear()
    chance, steps = random.Random(1957), []
    now = desk.controls
    for key in [key for key in now for _ in range(4)] * 2:
        others = [value for value in tried(control(now[key])) if value != now[key].value]
        with quiet():
            now[key].value = value = chance.choice(others)
        view = {key: one.value for key, one in now.items()}
        steps.append((key, value, view, drawn(desk, view) if len(steps) % 8 == 0 else None))
    told = page.evaluate(
        """([desk, steps]) => {
            const state = begun(desk);
            return steps.map(([key, value, , drawn]) => {
                turn(desk, state, key, value);
                return [{...state.view}, drawn && chartOf(desk, state.view, state.memory)];
            });
        }""",
        [data, steps],
    )
    for (key, value, view, notebook_says), (seen, page_says) in zip(steps, told, strict=True):
        assert seen == view, (key, value)
        if notebook_says:
            agree(notebook_says, page_says, view)
