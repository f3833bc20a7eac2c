"""The guesses and desks of the pages: what they reckon and say is what the notebook says."""

import functools
import itertools
import json
import random
import re
from numbers import Real

import pytest
from desks import bare, control, quiet
from lab import PROJECTOR, needed_browser, running_browser
from lessons import LESSONS
from live_cells import star_of
from playwright.sync_api import expect
from two_winds.charts.common.wording import number
from two_winds.charts.split.turning import CANDIDATES
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
    "08": ("turning_desk", "vote_desk"),
    "09": ("ruling_desk",),
}
# How many values of each number a walk through a desk tries, its ends among them.
NUMBERS = 6
MOST, ENOUGH = 30, 20
# Heights and tilts of which some are no orbit: too low, the wrong way round, not over Baikonur.
ORBIT = {
    "low": [100.0, 214, 938, 35786],
    "high": [214, 938, 1500.5, 35786],
    "lean": [45.9, 51.6, 65.1, 90],
    "north": [-90, -33.9, 0.05, 40.7, 61.2],
    "east": [-180, -74, 19.96, 151.2],
}
# Few numbers, so that years share the most; and what is worded differently: no vote, one vote.
COUNTS = [0, 1, 7, 500]
BALLOTS = [dict.fromkeys(map(str, CANDIDATES), 0) | one for one in ({}, {"1957": 1}, {"1963": 1})]

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


@pytest.fixture(scope="module")
def page(browser):
    """An empty page with the scripts of all pages."""
    page = browser.new_page(viewport=PROJECTOR)
    page.set_content("<p></p>")
    for name in ("desks.js", "working.js"):
        page.add_script_tag(path=reading_copy.TEMPLATES / name)
    yield page
    page.close()


@functools.cache
def lessons():
    """Return the lessons as the pages are made of them, by number."""
    return {lesson.name[:2]: lesson for lesson in reading_copy.read_lessons()}


def live(number):
    """Return what the cells of a lesson give when they are run."""
    return lessons()[number].live


def desks_of(number):
    """Return the desks of a lesson that the pages move, each with its data, by kind."""
    desks, data = live(number).desks, json.loads(lessons()[number].data)["desks"]
    return {desks[cell].kind: (desks[cell], known) for cell, known in data.items()}


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
    if kind == "vote_desk":
        values = dict.fromkeys(values, COUNTS)
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
    known = BALLOTS if kind == "vote_desk" else []
    return known + telling(random.Random(1957).sample(views, len(views)))


def telling(views):
    """Return some of the views: MOST that show a value for the first time, others up to ENOUGH."""
    first, rest, seen = [], [], set()
    for view in views:
        (first if view.items() - seen else rest).append(view)
        seen |= view.items()
    return first[:MOST] + rest[: max(0, ENOUGH - len(first))]


def alike(one, other):
    """Tell whether two cells of two tables hold the same."""
    if isinstance(one, Real) and isinstance(other, Real):
        return one == pytest.approx(other, rel=1e-9, abs=1e-9)
    return str(one) == str(other)


def notebook_draws(desk, view):
    """Return the chart of a view, as if each list had been set by hand."""
    if desk.kind == "turning_desk":
        with quiet():
            desk.controls["leave_out"].value = view["leave_out"]
    return desk.draw(**view)


def drawn(desk, view):
    """Return what the notebook says of a view: title, sentence, source, rows, and what is told."""
    try:
        chart = notebook_draws(desk, view)
    except ValueError as error:
        return {"title": "", "sentence": str(error), "source": "", "rows": []}
    columns = ROWS.get(desk.kind, list(chart.table.columns))
    said = {name: getattr(chart, name) for name in ("title", "sentence", "source")}
    if (
        desk.kind == "vote_desk"
    ):  # The other pictures of the page are described in words of its own.
        said["alt"] = chart.alt
    said["rows"] = chart.table[columns].to_numpy(object, na_value="").tolist()
    if desk.kind == "reading_desk":
        frame, told = desk.box.children[1].value.split(">", 1)
        assert frame.startswith("<div ")
        said["told"] = bare(told.removesuffix("</div>"))
    if desk.kind == "ruling_desk":
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
def test_a_desk_moves_says_and_reckons_as_the_notebook_does(page, number, kind):
    desk, data = desks_of(number)[kind]
    RULED.clear()
    steps, views = moves(desk), walk(data)
    drawn_here = [drawn(desk, view) for view in views]
    moved, told = page.evaluate(
        """([desk, steps, views]) => {
            const state = begun(desk);
            const moved = steps.map(([key, value, , drawn]) => {
                turn(desk, state, key, value);
                return [{...state.view}, drawn && chartOf(desk, state.view, state.memory)];
            });
            return [moved, views.map(view => chartOf(desk, view, state.memory))];
        }""",
        [data, steps, views],
    )
    assert len(views) >= ENOUGH
    for (key, value, view, notebook_says), (seen, page_says) in zip(steps, moved, strict=True):
        assert seen == view, (key, value)
        if notebook_says:
            agree(notebook_says, page_says, view)
    for view, notebook_says, page_says in zip(views, drawn_here, told, strict=True):
        agree(notebook_says, page_says, view)


def moves(desk):
    """Set the controls of a desk one after the other, as somebody would.

    Returns:
        For each move: which control, its new value, the values of all controls after it, and for
        every eighth what the notebook says then.
    """
    chance, steps, controls = random.Random(1957), [], desk.controls
    for key in [key for key in controls for _ in range(4)] * 2:
        others = [value for value in tried(control(controls[key])) if value != controls[key].value]
        value = chance.choice(others)
        with quiet():
            controls[key].value = value
        view = {key: one.value for key, one in controls.items()}
        steps.append((key, value, view, drawn(desk, view) if len(steps) % 8 == 0 else None))
    return steps


# --- on a page ---


@pytest.fixture(scope="module")
def folder(written):
    """The pages as on a USB stick."""
    folder, _ = written
    return folder


# What makes the lines of a class fit no other lesson.
SALT = re.compile(rb', ?"salt": ?\d+')


def test_another_process_writes_the_same_bytes_and_says_where(written):
    folder, said = written
    assert (folder / "index.html").as_uri() in said
    assert [path.name for path in folder.parent.iterdir()] == ["Два ветра, 两股风"]
    names = {path.relative_to(folder).as_posix() for path in reading_copy.files_in(folder)}
    for_class = {name for name in names if name.startswith("class")}
    # Of the lessons whose cells were run in this process for the tests above.
    files = reading_copy.files_of([*lessons().values()])
    assert for_class and names - for_class == files.keys()
    assert {name: SALT.sub(b"", (folder / name).read_bytes()) for name in files} == files


@pytest.fixture(scope="module")
def reader(browser):
    """One tab, in which somebody reads lesson after lesson."""
    page = browser.new_page(viewport=PROJECTOR)
    yield page
    page.close()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_a_guess_is_taken_up_as_in_the_notebook(reader, folder, lesson):
    page, ran = reader, live(lesson.name[:2])
    page.goto((folder / f"{lesson.name}.html").as_uri())
    for cell, asked in ran.guesses.items():
        guess = round(asked["low"] + 0.43 * (asked["high"] - asked["low"]), 1)
        place = page.locator(f"form.guess[data-cell='{cell}']")
        place.locator("input").fill(str(guess))
        place.locator("input").press("Enter")
        said = place.get_by_role("status").inner_text()
        assert said == f"Committed: {number(guess)} {asked['unit']}. Now go on."
        figure = page.locator(f"figure[data-guess='{cell}']")
        words = figure.locator(".guess-words").inner_text()
        chart = ran.drawn(cell, guess)
        assert number(guess) in words
        assert words.split(" The star in")[0].split(" It lies beyond")[0] in chart.sentence
        star = star_of(chart)
        assert (star is None) == (figure.locator(".guess-mark").count() == 0)
        if star is not None:
            axes = chart.figure.axes[star[0]]
            across = axes.transData.transform(star[1:])[0] / chart.figure.bbox.width
            mark = figure.locator(".guess-mark").bounding_box()
            picture = figure.locator("img").bounding_box()
            centre = mark["x"] + mark["width"] / 2 - picture["x"]
            assert centre / picture["width"] == pytest.approx(across, abs=0.01)
        page.reload()
        assert figure.locator(".guess-words").inner_text() == words


@pytest.fixture(scope="module")
def phone(browser):
    """A tab on a phone without a network: to open one more would take twice as long."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, offline=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(phone, folder):
    """A function that opens a lesson's page on a phone, and its desk; nothing is kept afterwards.

    A script that is to run before those of the page gets a tab of its own.
    """
    complaints = []

    def complain(thing):
        complaints.append(getattr(thing, "text", thing))

    def opened(name, script=""):
        page = phone.context.new_page() if script else phone
        if script:
            page.add_init_script(script)
        page.goto((folder / f"{name}.html").as_uri())
        return page, page.locator(".desk")

    for event in ("console", "weberror"):
        phone.context.on(event, complain)
    yield opened
    phone.evaluate("() => localStorage.clear()")
    for event in ("console", "weberror"):
        phone.context.remove_listener(event, complain)
    assert complaints == []


def said(desk):
    """Return what a desk says."""
    return desk.get_by_role("status").inner_text()


def test_a_ruling_is_made_by_keyboard_and_stands_when_the_page_is_opened_again(opened):
    page, desk = opened("09_checking_a_source")
    assert "On trial is claim c12" in said(desk)
    desk.get_by_label("Commit to this ruling").press("Space")
    expect(desk.get_by_label("Commit to this ruling")).not_to_be_checked()  # nothing to commit to
    assert "Ask:" not in desk.locator(".told").inner_text()
    desk.get_by_label("Open the evidence").press("Space")
    expect(desk).to_contain_text("Ask:")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(desk).to_contain_text("You lean to")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(desk).to_contain_text("Your ruling")
    verdict = said(desk)
    page, desk = opened("09_checking_a_source")
    assert said(desk) == verdict
    assert desk.get_by_label("My ruling").is_disabled()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    desk.locator("select").first.select_option(index=1)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget everything on this page").click()
    expect(desk).to_contain_text("You have ruled on none")


def test_an_orbit_is_kept_and_one_that_cannot_be_is_told(opened):
    page, desk = opened("04_sputnik")
    low, picture = desk.get_by_label("Lowest height, km"), desk.locator(".picture")
    desk.get_by_label("Look from").select_option("Moscow")
    expect(desk).to_contain_text("of Moscow")
    assert desk.get_by_label("Latitude, north above 0", exact=True).input_value() == "55.8"
    low.fill("5000")
    expect(desk).to_contain_text("comes first")
    assert not picture.is_visible()
    page.reload()
    assert low.input_value() == "5000"
    assert "comes first" in said(desk)
    low.fill("300")
    picture.locator("svg").wait_for()
    assert "of Moscow" in said(desk)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


# As on a slow machine: somebody types on before the last key is drawn.
SLOW = "window.requestAnimationFrame = draw => setTimeout(draw, 200)"


def test_votes_are_typed_and_stand_and_each_box_shows_what_is_counted(opened):
    page, _ = opened("08_the_split", SLOW)
    desk = page.locator(".desk[data-cell=ballot]")
    assert "has not voted yet" in said(desk) and desk.locator("input[type=range]").count() == 0
    desk.get_by_label("Votes for 1957").focus()
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    page.keyboard.type("12.5")  # Nobody has half a vote.
    page.keyboard.press("Tab")
    page.keyboard.type("600")
    expect(desk.get_by_role("status")).to_contain_text("76 votes, most of them (60) for 1959")
    assert desk.get_by_label("Votes for 1959").input_value() == "600"
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(desk.get_by_role("status")).to_contain_text("516 votes, most of them (500) for 1959")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    counts = ["0", "4", "12", "500", "0", "0"]
    assert [box.input_value() for box in desk.locator("input").all()] == counts
    page.close()
    page, _ = opened("08_the_split")
    desk = page.locator(".desk[data-cell=ballot]")
    assert [box.input_value() for box in desk.locator("input").all()] == counts
    drawn_words = desk.locator("svg text").all_text_contents()
    assert [words for words in drawn_words if words in counts] == counts
    assert page.evaluate("document.documentElement.scrollWidth") == 360


KEEP = "localStorage.setItem('two-winds 04_sputnik', JSON.stringify({desks: {desk: %s}}))"


def test_a_desk_that_was_kept_wrong_begins_anew_and_one_that_cannot_be_kept_goes_on(opened):
    _, desk = opened("04_sputnik")
    begins = said(desk)
    page, desk = opened("04_sputnik", KEEP % 7)
    assert said(desk) == begins
    page.add_init_script(KEEP % "{view: {which: 'Vostok', low: 'x'}, memory: 3}")
    page.reload()
    assert said(desk) == begins
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    page.reload()
    desk.get_by_label("Look from").select_option("Tokyo")
    expect(desk).to_contain_text("of Tokyo")
    assert "Nothing can be kept here" in page.locator(".ending").inner_text()
