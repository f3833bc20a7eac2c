"""Every lesson in a real JupyterLab in a real browser: run, moved by keyboard, looked at.

Needs Chromium, Chrome or Edge: found by name, or named in the variable CHROMIUM. Without one these
tests are skipped, but on a build server (CI=true) they fail. When a test fails, what was to be seen
is kept in tests/artefacts.
"""

import json
import re
from urllib.parse import urlsplit

import pytest
from barriers import barriers
from classwork.lesson.copies import lay_copy
from classwork.practice.check import read_keys
from lab import PROJECTOR, ROOT, Lesson, needed_browser, running_lab
from playwright.sync_api import TimeoutError

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TWICE_AS_LARGE = PROJECTOR["width"] // 2
WIDGETS = ".jp-OutputArea-output > .jupyter-widgets"
COMMIT = "Commit to my guess"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """One JupyterLab and one browser for all lessons."""
    with running_lab(needed_browser(), tmp_path_factory.mktemp("lab")) as lab:
        yield lab


@pytest.fixture(scope="module", params=LESSONS, ids=lambda path: path.stem)
def path(request):
    """The project's own notebook. Whatever is done to copies of it, it stays as it is."""
    before = request.param.read_bytes()
    yield request.param
    assert request.param.read_bytes() == before


@pytest.fixture(scope="module")
def finished(lab, path):
    """A lesson that has been opened, looked at and run."""
    with lab.opened(path) as lesson:
        lesson.look_before_running()
        lesson.run_all()
        yield lesson


@pytest.fixture
def lesson(finished, request):
    """The same; if the test fails, a screenshot is kept."""
    failed = request.session.testsfailed
    yield finished
    if request.session.testsfailed > failed:
        finished.keep_screenshot(request.node.name)


# --- opened and run ---


def test_a_students_copy_opens_unchanged_and_its_code_wraps(lab, tmp_path):
    copy = lay_copy(LESSONS[0], tmp_path / LESSONS[0].name)
    with lab.opened(copy) as lesson:
        lesson.settle()
        widget = "window.jupyterapp.shell.currentWidget"
        assert lesson.page.evaluate(f"() => {widget}.context.model.dirty") is False
        wrapped = f"() => {widget}.content.editorConfig.code.lineWrap"
        assert lesson.page.evaluate(wrapped) is True


def test_a_lesson_not_run_yet_shows_its_saved_pictures(lesson):
    saved = [cell for cell in lesson.saved_cells() if "outputs" in cell]
    assert len(lesson.widths_before_running) == json.dumps(saved).count("<img ")
    assert all(lesson.widths_before_running)
    trouble = "(Loading|Error displaying|could not .*) widget"
    assert not re.search(trouble, lesson.words_before_running)


def test_every_cell_runs_without_complaint(lesson):
    cells = [cell for cell in lesson.cells() if cell["cell_type"] == "code"]
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error"] == []
    assert [output["text"] for output in outputs if output.get("name") == "stderr"] == []
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    assert lesson.page.locator(".jp-Dialog, .Toastify__toast").all_inner_texts() == []


# --- what there is to move ---

LAST = "list => list.selectedIndex === list.length - 1"
FULL = "box => box.valueAsNumber + Number(box.step) > Number(box.max)"
RIGHT = "handle => handle.ariaValueNow === handle.ariaValueMax"
# Kind of control: how to tell that it is at its end, keys that move it on, keys that move it back.
# A list is opened with the space bar before the arrows are used: while it is folded, JupyterLab
# takes them for itself (github.com/jupyter-widgets/ipywidgets/issues/3912).
KEYS = {
    "select": (LAST, ["Space", "ArrowDown", "Enter"], ["Space", "ArrowUp", "Enter"]),
    "input[type=number]": (FULL, ["ArrowUp", "Enter"], ["ArrowDown", "Enter"]),
    ".noUi-handle": (RIGHT, ["ArrowRight"], ["ArrowLeft"]),
    "input[type=checkbox]": ("() => false", ["Space"], []),
}
UNFOLDED = "list => list.matches(':open')"
CONTROLS = ", ".join(KEYS)
CAN_BE_REACHED = "select, input, textarea, button, a[href], [tabindex='0']"
# What a desk shows: its picture; what is told of it, in its description and its sentence; and
# what else stands there, such as the evidence that a control opens.
SHOWN = """desk => {
  const texts = [...desk.querySelectorAll(".widget-html-content")];
  const [picture, others] = [true, false].map(has =>
    texts.filter(text => Boolean(text.querySelector("img")) === has));
  const words = list => list.map(text => text.innerText).join(" ");
  const image = desk.querySelector("img");
  return [image?.src, (image?.alt ?? "") + words(picture), words(others)];
}"""
WHOLE = f"desk => ({SHOWN})(desk).slice(0, 2).every(Boolean)"
VALUES = "boxes => boxes.map(box => box.value)"
ALL_NEW = f"""([desk, before]) => {{
  const [picture, told, others] = ({SHOWN})(desk).map((shown, i) => shown !== before[i]);
  return picture && told || others;
}}"""


def widgets(lesson: Lesson, guess: bool):
    """Return the widgets of a lesson: those that ask for a guess, or the desks."""
    button = lesson.page.locator("button", has_text=COMMIT)
    which = {"has": button} if guess else {"has_not": button}
    return lesson.page.locator(WIDGETS).filter(**which).all()


def move_all(lesson: Lesson, controls):
    for control in controls.all():
        move(control)
        lesson.settle()


def move(control):
    """Move a control by one step, with the keyboard."""
    fits = "(control, kind) => control.matches(kind)"
    kind = next(kind for kind in KEYS if control.evaluate(fits, kind))
    at_end, on, back = KEYS[kind]
    control.focus()
    for key in back if control.evaluate(at_end) else on:
        control.press(key)
        if (kind, key) == ("select", "Space"):
            control.page.wait_for_function(UNFOLDED, arg=control.element_handle())


def wait_until_all_is_new(lesson: Lesson, desk, before, control):
    """Wait until the picture and what is told of it are new, or else what stands beside it."""
    try:
        lesson.page.wait_for_function(ALL_NEW, arg=[desk.element_handle(), before])
    except TimeoutError:
        kinds = ("picture", "description and sentence", "what stands beside it")
        pairs = zip(kinds, before, desk.evaluate(SHOWN), strict=True)
        same = [kind for kind, old, new in pairs if old == new]
        moved = control.evaluate("control => control.closest('.widget-inline-hbox').innerText")
        pytest.fail(f"{moved!r} was moved, but this stayed as it was: {', '.join(same)}")


def test_the_picture_follows_every_control_moved_by_keyboard(lesson):
    for desk in widgets(lesson, guess=False):
        controls = desk.locator(CAN_BE_REACHED)
        assert controls.count() == desk.locator(CONTROLS).count(), "a new kind of control"
        for control in controls.all():
            before = desk.evaluate(SHOWN)
            move(control)
            wait_until_all_is_new(lesson, desk, before, control)
            lesson.settle()
            # One list may set another, which asks for one more picture.
            lesson.page.wait_for_function(WHOLE, arg=desk.element_handle())
            assert [n for n in desk.locator("input").evaluate_all(VALUES) if len(n) > 6] == []


def test_every_widget_of_the_lesson_is_on_the_page(lesson):
    kind = "application/vnd.jupyter.widget-view+json"
    outputs = [output for cell in lesson.cells() for output in cell.get("outputs", [])]
    expected = sum(kind in output.get("data", {}) for output in outputs)
    assert lesson.page.locator(WIDGETS).count() == expected
    asked = sum("predict(" in cell["source"] for cell in lesson.cells())
    assert len(widgets(lesson, guess=True)) == asked


def test_the_guess_committed_to_by_keyboard_is_told_beside_the_picture(lesson):
    for card in widgets(lesson, guess=True):
        move_all(lesson, card.locator(CONTROLS))
        before = card.inner_text()
        card.get_by_role("button").press("Enter")
        lesson.settle()
        assert card.inner_text() != before
        guess = re.search(r"Committed: ([\d.,]+) ", card.inner_text())[1]
        assert float(guess.replace(",", "")) == card.locator("input").evaluate("box => +box.value")
        place = cell_that_shows_the_guess(lesson, card)
        lesson.run_cell(place)
        figure = lesson.cell(place).locator("figure").first
        told = rf"(?i)(you had predicted|your guess)[^.]* {re.escape(guess)}\b"
        assert re.search(told, figure.inner_text())


def cell_that_shows_the_guess(lesson: Lesson, card) -> int:
    """Return the place of the first cell, after the one with this card, that uses the guess."""
    place = card.evaluate("card => +card.closest('.jp-Cell').dataset.windowedListIndex")
    sources = [cell["source"] for cell in lesson.cells()]
    guess = sources[place].split()[-1]
    return next(i for i, text in enumerate(sources) if i > place and f"{guess}.value" in text)


# --- exercises ---


# What each check of all lessons says, test_classroom.py holds; here two lessons are typed into.
@pytest.mark.parametrize(
    "path", [p for p in LESSONS if p.name[:2] in ("02", "06")], indirect=True, ids=lambda p: p.stem
)
def test_checks_answer_a_right_and_a_wrong_answer(lesson):
    answers = list_of_answers(lesson)
    for (name, answer), words in zip(answers, ("\u2713 Correct", "\u2717 Not quite"), strict=False):
        place, check = (tagged(lesson, f"{kind}:{name}") for kind in ("exercise", "check"))
        source = "".join(lesson.saved_cells()[place]["source"])
        source = source.replace(f"{name} = None", f"{name} = {answer!r}")
        lesson.type_into(place, source)
        lesson.run_cell(place)
        lesson.run_cell(check)
        assert lesson.cell(check).locator(".jp-OutputArea-output").inner_text().startswith(words)


def list_of_answers(lesson: Lesson) -> list[tuple[str, object]]:
    """Return an exercise with its right answer and another with a typical mistake."""
    tags = [tag for cell in lesson.saved_cells() for tag in cell["metadata"].get("tags", [])]
    names = [tag.split(":")[1] for tag in tags if tag.startswith("exercise:")]
    keys = {name: read_keys()[name] for name in names if read_keys()[name]["mistakes"]}
    right, wrong = (list(keys) + [None, None])[:2]
    if right is None:
        return []
    wrong = wrong or right
    return [(right, keys[right]["expected"]), (wrong, keys[wrong]["mistakes"][0][0])]


def tagged(lesson: Lesson, start: str) -> int:
    """Return the place of the cell with a tag that begins like this."""
    tags = [cell["metadata"].get("tags", []) for cell in lesson.saved_cells()]
    return next(i for i, names in enumerate(tags) if any(tag.startswith(start) for tag in names))


# --- who cannot see, who cannot see well, who has a small screen ---

WRITTEN_BY_US = (".jp-RenderedHTMLCommon", ".jp-OutputArea-output")
# ipywidgets gives the handle of a slider no name (rule aria-input-field-name). Nobody is stopped
# by it: the same number can be set in the labelled box to its left.
NOT_MENDED_UPSTREAM = (".noUi-handle",)
# JupyterLab underlines a link only under the mouse; docs/responsible.md says so.
NOT_UNDERLINED_UPSTREAM = {"link-in-text-block": {"enabled": False}}


def test_every_picture_has_a_description(lesson):
    pictures = lesson.page.locator(".jp-Notebook img")
    descriptions = pictures.evaluate_all("all => all.map(picture => picture.alt)")
    assert [words for words in descriptions if len(words.split()) < 5] == []
    assert [words for words in descriptions if "No description" in words] == []


# axe takes for hidden what lies outside of an area that hides or scrolls the rest, and JupyterLab's
# page has no height of its own: it would measure the colours of no word.
ALL_IN_SIGHT = "body, .jp-LabShell, .jp-WindowedPanel-outer { overflow: visible !important }"


def serious_barriers(lesson: Lesson) -> list[str]:
    """Return what axe finds that is serious or worse."""
    lesson.show_whole()
    style = lesson.page.add_style_tag(content=ALL_IN_SIGHT)
    found = barriers(lesson.page, WRITTEN_BY_US, NOT_MENDED_UPSTREAM, NOT_UNDERLINED_UPSTREAM)
    style.evaluate("style => style.remove()")
    return [barrier for barrier in found if barrier.startswith(("serious", "critical"))]


def test_axe_finds_no_serious_barrier(lesson):
    assert serious_barriers(lesson) == []


@pytest.mark.parametrize("path", LESSONS[:1], indirect=True, ids=lambda path: path.stem)
def test_axe_does_notice_pale_words_out_of_sight(lesson):
    last = lesson.page.locator(".jp-RenderedMarkdown p").last
    last.evaluate("words => words.style.color = '#bbb'")
    found = serious_barriers(lesson)
    assert found
    assert all("contrast" in barrier for barrier in found)
    last.evaluate("words => words.style.color = ''")


TOO_WIDE = """areas => areas.filter(area => area.scrollWidth > area.clientWidth)
  .map(area => area.innerText.slice(0, 100))"""
CUT_OFF = """things => things.filter(thing => {
  const area = thing.closest(".jp-OutputArea-output").getBoundingClientRect();
  const {left, right, width} = thing.getBoundingClientRect();
  return width && (left < area.left - 1 || right > area.right + 1);
}).map(thing => thing.outerHTML.slice(0, 100))"""


def test_on_a_projector_nothing_must_be_scrolled_sideways(lesson):
    lesson.show_whole()
    outputs = lesson.page.locator(".jp-OutputArea-output, .jp-RenderedMarkdown")
    assert outputs.evaluate_all(TOO_WIDE) == []


NARROW = "tracks => tracks.map(track => track.offsetWidth).filter(width => width < 150)"
SMALL = "pictures => pictures.map(picture => picture.offsetWidth).filter(width => width < 600)"


# A table or a picture may then be scrolled; a control must not need it. The list of files is open,
# as it is by default, and a picture is as wide as its letters need.
@pytest.mark.parametrize("width", [PROJECTOR["width"], TWICE_AS_LARGE])
def test_no_control_is_cut_off_no_slider_without_a_track_no_picture_too_small(lesson, width):
    lesson.page.evaluate("() => jupyterapp.shell.expandLeft()")
    lesson.show_whole(width)
    lesson.page.evaluate("() => jupyterapp.shell.expandLeft()")
    outputs = lesson.page.locator(".jp-OutputArea-output")
    things = f".widget-label, .noUi-target, {CAN_BE_REACHED}"
    assert outputs.locator(things).evaluate_all(CUT_OFF) == []
    assert outputs.locator(".widget-html-content p").evaluate_all(CUT_OFF) == []
    assert outputs.locator(".noUi-target").evaluate_all(NARROW) == []
    assert outputs.locator("img").evaluate_all(SMALL) == []


# --- last, since it looks back at all that was done ---


def test_the_page_asked_no_other_machine_and_logged_no_error(lesson):
    outside = [a for a in lesson.log.addresses if urlsplit(a).scheme not in ("data", "blob")]
    assert {urlsplit(address).hostname for address in outside} <= {"127.0.0.1", "localhost"}
    assert lesson.log.complaints == []
