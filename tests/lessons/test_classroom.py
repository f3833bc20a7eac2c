"""What a class does to a lesson: copies it, runs cells twice, has no network, answers wrongly."""

import json
import re
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from answers import EVERY_KIND
from classroom import (
    ATTEMPTS,
    FOLDER,
    NO_NETWORK,
    comparable,
    look_alike,
    pictures,
    play,
    play_all,
    printed,
    run,
)
from classwork.lesson.exercises import cells_tagged
from classwork.lesson.refresh import refresh
from classwork.lint.leaks import gives_away
from classwork.practice.check import read_keys
from lesson_rules import EVERYWHERE
from lessons import ALL, KEYS, LESSONS, PICTURE, ROOT, Lesson, html_of, kinds, read
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from two_winds import check, hint, load, race
from two_winds.charts.common.chart import picture_html

OPENINGS = ("Not answered yet. ", "\u2717 Not quite. ", "\u2713 Correct", "Written: ")


@pytest.fixture(scope="session")
def played(tmp_path_factory, request):
    """Every notebook asked for, copied alone into an oddly named folder, offline, played once."""
    folder = tmp_path_factory.mktemp("pupil") / FOLDER
    folder.mkdir()
    chosen = [item.callspec.params for item in request.session.items if hasattr(item, "callspec")]
    wanted = {id(value) for parameters in chosen for value in parameters.values()}
    return play_all([lesson for lesson in ALL if id(lesson) in wanted], folder)


@pytest.fixture(params=ALL, ids=lambda lesson: lesson.name)
def notebook(request, played):
    return SimpleNamespace(lesson=request.param, **vars(played[request.param.name]()))


@pytest.fixture(params=LESSONS, ids=lambda lesson: lesson.name)
def lesson(request, played):
    return SimpleNamespace(lesson=request.param, **vars(played[request.param.name]()))


def differing(cells, others):
    """Return the cells whose outputs are not those of their counterparts."""
    pairs = zip(cells, others, strict=True)
    return [c.id for c, other in pairs if comparable(c.outputs) != comparable(other.outputs)]


def test_elsewhere_and_offline_it_gives_what_is_saved(notebook):
    assert differing(notebook.lesson.code, notebook.first) == []


def test_running_a_cell_twice_changes_nothing(notebook):
    assert differing(notebook.lesson.code, notebook.again) == []


def test_its_pictures_are_those_drawn_today(notebook):
    for saved, drawn in zip(notebook.lesson.code, notebook.first, strict=True):
        for one, other in zip(pictures(saved), pictures(drawn), strict=True):
            assert look_alike(one, other), f"{saved.id}: run python3 start.py refresh"


def test_it_asks_for_nothing_from_the_network(notebook):
    assert notebook.attempts == []


def test_refreshing_it_changes_nothing(notebook):
    saved = notebook.lesson.path.read_text(encoding="utf-8")
    assert PICTURE.sub("", notebook.refreshed) == PICTURE.sub("", saved)


def test_what_the_text_tells_to_run_can_be_run(notebook):
    assert {text: trouble for text, trouble in notebook.tried.items() if trouble} == {}


def test_an_untouched_lesson_is_not_answered_yet(lesson):
    checks = [cell for cell in lesson.first if "check" in kinds(cell)]
    assert len(checks) == len(lesson.lesson.exercises)
    for cell in checks:
        assert printed(cell).startswith("Not answered yet. ")


def test_every_solution_is_found_correct(lesson):
    for exercise in lesson.lesson.exercises:
        opening = "Written: " if exercise.free_text else f"\u2713 Correct. {exercise.why}"
        assert lesson.said[exercise.name][0].startswith(opening), exercise.name


def test_every_solution_works_before_anything_else_is_solved(lesson):
    assert {name: trouble for name, trouble in lesson.alone.items() if trouble} == {}


def test_every_typical_mistake_gets_its_own_words(lesson):
    key = json.loads(lesson.key)
    for exercise in lesson.lesson.exercises:
        wanted = [f"\u2717 Not quite. {words}" for _, words in key[exercise.name]["mistakes"]]
        assert lesson.said[exercise.name][1:] == wanted, exercise.name


def test_words_to_a_mistake_do_not_give_the_answer_away(lesson):
    for name, entry in json.loads(lesson.key).items():
        if not entry["free_text"]:
            for mistake, words in entry["mistakes"]:
                assert not gives_away(words, entry["expected"], mistake), f"{name}: {words}"


def test_the_key_is_what_the_solutions_give_today(lesson):
    saved = (KEYS / f"{lesson.lesson.name}.json").read_text(encoding="utf-8")
    assert read_rounded(saved) == read_rounded(lesson.key)


def read_rounded(text):
    """Return JSON with nine figures to a number: the last bits differ between processors."""
    return json.loads(text, parse_float=lambda number: float(f"{float(number):.9g}"))


def test_every_key_has_its_lesson_and_its_exercises():
    assert {path.stem for path in KEYS.glob("*.json")} == {
        lesson.name for lesson in ALL if lesson.exercises
    }
    for lesson in (lesson for lesson in ALL if lesson.exercises):
        key = json.loads((KEYS / f"{lesson.name}.json").read_text(encoding="utf-8"))
        assert set(key) == {exercise.name for exercise in lesson.exercises}


@pytest.mark.parametrize("name", sorted(read_keys()))
def test_any_kind_of_answer_is_answered(name, capsys):
    key = read_keys()[name]
    for answer in EVERY_KIND:
        check(name, answer)
        said = " ".join(capsys.readouterr().out.split())
        assert said.startswith(OPENINGS)
        if said.startswith("Not") and not key["free_text"]:
            assert not gives_away(said, key["expected"], answer), said


@pytest.mark.parametrize("name", sorted(read_keys()))
def test_none_is_not_answered_yet(name, capsys):
    check(name, None)
    assert capsys.readouterr().out.startswith("Not answered yet. ")


@pytest.mark.parametrize("name", sorted(read_keys()))
def test_there_is_a_hint(name, capsys):
    hint(name)
    assert capsys.readouterr().out.startswith("Hint ")


# --- the tests above notice what they are there for ---

SWALLOWED = """import socket
try:
    socket.create_connection(("192.0.2.1", 80), 1)
except OSError:
    print("never mind")
"""


@pytest.fixture(scope="session")
def spoilt(tmp_path_factory):
    """A short lesson with something wrong for each test above, played."""
    folder = tmp_path_factory.mktemp("spoilt")
    good = next(lesson for lesson in LESSONS if lesson.name.startswith("06"))
    lesson = good.changed(spoil)
    path = folder / good.path.name
    nbformat.write(lesson.notebook, path)
    lesson = read(path)
    return SimpleNamespace(lesson=lesson, **vars(play(lesson, tmp_path_factory.mktemp("pupil"))))


def spoil(notebook):
    parts = ("header", "predict", "look", "exercises")
    notebook.cells = [cell for part in parts for cell in Lesson("", notebook).part(part)]
    notebook.cells += [
        new_code_cell('runs = globals().get("runs", 0) + 1\nprint(runs)', id="counter"),
        new_code_cell(SWALLOWED, id="swallowed"),
        new_markdown_cell('Run `nothing(1)`, `int("x")`, `round(some, 2)` or `round(2.5)`.'),
    ]
    picture = next(cell for cell in notebook.cells if "<img" in html_of(cell))
    data = picture.outputs[0].data
    data["text/html"] = data["text/html"].replace('alt="', 'alt="Not a ', 1)
    first, second, third = list(cells_tagged(notebook, "solution").items())[:3]
    change(first, "\n```\n", f"\n{first[0]} = 3 * {first[0]}\nonly_here = 1\n```\n")
    change(second, r"(mistakes = \[[^\"]*(?:\"[^ \"]*\"[^\"]*)*, \")(?=\w+ )", r"\1Indeed: ")
    change(third, "```python\n", "```python\nborrowed = only_here\n")


def change(named_cell, old, new):
    """Change the first place in a solution cell, or in its mistakes, where `old` stands."""
    cell = named_cell[1]
    assert re.search(old, cell.source)
    cell.source = re.sub(old, new, cell.source, count=1)


def test_a_cell_that_counts_its_runs_is_caught(spoilt):
    assert "counter" in differing(spoilt.first, spoilt.again)


def test_an_output_that_is_not_todays_is_caught(spoilt):
    picture = next(cell for cell in spoilt.lesson.code if "<img" in html_of(cell))
    assert picture.id in differing(spoilt.lesson.code, spoilt.first)
    assert PICTURE.sub("", spoilt.refreshed) != PICTURE.sub(
        "", spoilt.lesson.path.read_text("utf-8")
    )


def test_a_connection_is_caught_even_if_its_failure_is_swallowed(spoilt):
    assert spoilt.attempts
    swallowed = next(cell for cell in spoilt.first if cell.id == "swallowed")
    assert printed(swallowed) == "never mind\n"


def test_code_in_the_text_that_cannot_be_run_is_caught(spoilt):
    wrong = {text for text, trouble in spoilt.tried.items() if trouble}
    assert wrong == {"nothing(1)", 'int("x")'}
    assert {"round(some, 2)", "round(2.5)"} < set(spoilt.tried)


def test_a_wrong_solution_is_caught(spoilt):
    name = spoilt.lesson.exercises[0].name
    assert spoilt.said[name][0].startswith("\u2717 Not quite. ")
    saved = (KEYS / f"{spoilt.lesson.name}.json").read_text(encoding="utf-8")
    assert read_rounded(saved)[name] != read_rounded(spoilt.key)[name]


def test_other_words_to_a_mistake_are_caught(spoilt):
    name = spoilt.lesson.exercises[1].name
    wanted = [f"\u2717 Not quite. {words}" for _, words in json.loads(spoilt.key)[name]["mistakes"]]
    assert wanted != spoilt.said[name][1:]


def test_a_solution_that_needs_another_is_caught(spoilt):
    assert "only_here" in spoilt.alone[spoilt.lesson.exercises[2].name]


def test_every_way_into_the_network_is_caught(tmp_path):
    ways = [
        'import urllib.request\nurllib.request.urlopen("http://example.org")',
        'import pandas\npandas.read_csv("https://example.org/a.csv")',
        'import socket\nsocket.getaddrinfo("example.org", 80)',
        'import socket\nsocket.socket().connect(("192.0.2.1", 80))',
        'import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b"", ("192.0.2.1", 53))',
    ]
    quietly = "import contextlib\nwith contextlib.suppress(OSError):\n    exec({!r})\n" + ATTEMPTS
    cells = [new_code_cell(source) for source in [NO_NETWORK, *map(quietly.format, ways)]]
    counts = [len(json.loads(printed(cell))) for cell in run(cells, tmp_path)[1:]]
    assert counts == sorted(set(counts))
    assert counts[0] > 0


def test_a_changed_figure_changes_the_picture():
    table = load("production")
    before = pixels(race(table, "steel"))
    row = table.query("product == 'steel' and country == 'SUN' and year == 1965").index
    table.loc[row, "value"] *= 1.03
    assert look_alike(before, pixels(race(load("production"), "steel")))
    assert not look_alike(before, pixels(race(table, "steel")))


def pixels(chart):
    output = nbformat.v4.new_output("display_data", data={"text/html": picture_html(chart)})
    return pictures(new_code_cell(outputs=[output]))[0]


def test_refresh_cleans_a_notebook_and_then_leaves_it_alone(tmp_path, monkeypatch):
    cells = [
        new_code_cell("import ipywidgets\nipywidgets.Button()", id="0f3a99bc", execution_count=7),
        new_code_cell(
            '2\nprint("two")', id="two", metadata={"scrolled": True, "tags": ["teacher"]}
        ),
    ]
    path = tmp_path / "99_small.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"widgets": {}, "author": "me"}), path)
    mine = tmp_path / "my_ipython"
    (mine / "profile_default").mkdir(parents=True)
    shows_all = 'c.InteractiveShell.ast_node_interactivity = "all"'
    (mine / "profile_default/ipython_config.py").write_text(shows_all, encoding="utf-8")
    monkeypatch.setenv("IPYTHONDIR", str(mine))
    assert refresh(path, tmp_path / "keys")
    saved = read(path)
    rules = {rule.__name__: rule for rule in EVERYWHERE}
    for name in (
        "cells_are_counted_from_one",
        "cells_have_names_that_last",
        "nothing_of_the_machine_is_saved",
        "the_file_is_as_refresh_writes_it",
    ):
        assert list(rules[name](saved)) == []
    assert saved.cells[1].id == "two"
    assert saved.cells[1].metadata == {"tags": ["teacher"]}
    assert [output.get("text") for output in saved.cells[1].outputs] == ["two\n"]
    assert not refresh(path, tmp_path / "keys")
    assert not (tmp_path / "keys").exists()


# --- nbval, which compares every notebook with what is saved in it, does compare ---

HTML_CELL = """from IPython.display import HTML
HTML('<img alt="Steel rose." src="data:image/png;base64,AAAA"><p>It grew by 9.4 per cent.</p>')"""
WIDGET_CELL = """import ipywidgets
ipywidgets.IntSlider(3)"""
SAVED = [
    (HTML_CELL, None, None, True),
    (HTML_CELL, "base64,AAAA", "base64,BBBB", True),
    (HTML_CELL, "Steel rose.", "Steel fell.", False),
    (HTML_CELL, "9.4 per cent", "9.5 per cent", False),
    ("6 * 7", "42", "43", False),
    ("print(6 * 7)", "42", "43", False),
    ("print(6 * 7)", "all", "", False),
    (WIDGET_CELL, "model_id", "another_id", True),
]


def test_nbval_notices_every_change_but_that_of_pixels(tmp_path):
    cells = run([new_code_cell(source) for source, *_ in SAVED], tmp_path)
    for cell, (_, old, new, _) in zip(cells, SAVED, strict=True):
        text = json.dumps(cell.outputs)
        assert old in (None, "all") or old in text
        changed = text.replace(old, new) if old else text
        cell.outputs = [] if old == "all" else list(map(nbformat.from_dict, json.loads(changed)))
    path = tmp_path / "changed.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    options = ["-c", "pyproject.toml", "-n", "0", "-rA", "-p", "no:cacheprovider", str(path)]
    command = [sys.executable, "-m", "pytest", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    lines = re.findall(r"(PASSED|FAILED) .*::Cell (\d+)", done.stdout)
    verdicts = {int(number): verdict for verdict, number in lines}
    assert verdicts == {n: "PASSED" if good else "FAILED" for n, (*_, good) in enumerate(SAVED)}
