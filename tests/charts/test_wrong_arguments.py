"""Every public helper, asked wrongly, says which argument is wrong, what was given, what can be.

Asked rightly it answers everybody alike, whatever they have set for pictures of their own.
"""

import contextlib
import importlib
import inspect
import re
import typing

import pandas as pd
import pytest
import two_winds
from classwork.ground.errors import PlainError
from matplotlib import rc_context
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from two_winds.charts.common.chart import Chart, finished_png
from two_winds.datasets import all_names, load
from two_winds.models.declaration import STANCES

TABLES = {name: load(name) for name in all_names()}
VOTES = [(TABLES["quotations"]["quotation"].iloc[0], 1957, "began")]
# Three helpers take any table.
FOREIGN = pd.DataFrame({"when": [1950, 1957], "born": [20.5, 22.0], "place": ["A", "B"]})
# What a sensible reader would give, where there is no default; for one helper first, then for all.
RIGHT = {
    ("load", "name"): "production",
    ("passport", "name"): "production",
    ("document", "name"): "mao_war_1957",
    ("quote", "name"): VOTES[0][0],
    ("compare_texts", "first"): "chinese_print",
    ("written_down", "first"): "chinese_print",
    ("left_over", "share"): 0.2,
    ("lines", "x"): "when",
    ("lines", "y"): "born",
    ("rows", "name"): "place",
    ("save", "chart"): two_winds.lines(FOREIGN, "when", "born"),
    ("save", "name"): "two_winds.svg",
    ("rows", "value"): "born",
    ("herd_campaign", "share"): 0.37,
    ("herd_campaign", "growth"): 0.05,
    ("reported_up", "share"): 0.25,
    ("reported_up", "addition"): 0.2,
    ("ladder", "year"): 1959,
    "addition": 0.2,
    "additions": [0.1, 0.1],
    "amount": 100.0,
    "box": (72.0, 146.0, 18.0, 56.0),
    "chaser": 5.0,
    "chaser_rate": 0.1,
    "country": "SUN",
    "draft": two_winds.real_text(),
    "end": 20.0,
    "first": "1949",
    "food": "meat",
    "followers": 9,
    "growth": 5.0,
    "height": 300.0,
    "high": 10.0,
    "highest": 900.0,
    "key": "COW_NMC7",
    "last": "1957",
    "leader": 10.0,
    "leader_rate": 0.02,
    "levels": 3,
    "low": 0.0,
    "lowest": 200.0,
    "names": ["Sputnik 1"],
    "foods": ["meat"],
    "party": next(iter(STANCES)),
    "passage": "half_of_mankind",
    "pressed": 1,
    "product": "steel",
    "products": ["steel", "coal"],
    "question": "How many?",
    ("what_they_say", "question"): "Who dies?",
    ("pick", "column"): "place",
    ("pick", "value"): "A",
    ("pick", "columns"): ["when"],
    "rate": 0.05,
    "reported": 200.0,
    "second": "chronology_2013",
    "sentence": "Two seas.",
    "share": 20.0,
    "start": 10.0,
    "start_year": 1957,
    "target": 20.0,
    "title": "A map",
    "unit": "Mt",
    "usa_rate": 0.02,
    "ussr_rate": 0.1,
    "votes": VOTES,
    "year": 1957,
    "years": 5,
}
# They never raise; test_exercises.py, test_progress.py and test_editions.py hold them to that.
ANSWER_THEMSELVES = {"check", "copy_lessons", "hint", "progress", "received"}
# Any word will do.
ANY_WORD = {
    ("predict", "question"),
    ("predict", "unit"),
    ("places_map", "title"),
    ("places_map", "sentence"),
}
ANY_WORD |= {(form, words) for form in ("lines", "rows") for words in ("title", "source")}
HELPERS = sorted(
    {getattr(two_winds, name).__name__ for name in two_winds.__all__} - ANSWER_THEMSELVES
)
CHARTS = [h for h in HELPERS if typing.get_type_hints(getattr(two_winds, h))["return"] is Chart]
WRONG = {
    pd.DataFrame: [None, "production", 1957, load, [1, 2]],
    str: [None, 1957, ["steel"], TABLES["production"], load],
    int: [None, "many", 1957.5, float("nan"), [1957], True, TABLES["production"]],
    float: [None, "many", float("nan"), float("inf"), [1.5], TABLES["production"]],
}


@pytest.fixture(scope="module", autouse=True)
def folder_for_what_is_saved(tmp_path_factory):
    with contextlib.chdir(tmp_path_factory.mktemp("saved")):
        yield


def right(helper, parameter):
    """A sensible value for an argument of a helper."""
    name = parameter.name
    if takes(helper, name) is pd.DataFrame:
        if helper in ("lines", "pick", "rows"):
            return FOREIGN
        stated = getattr(two_winds, helper).datasets | {"thing": "prices_1962"}
        return TABLES[stated.get(name, name)]
    return RIGHT.get((helper, name), RIGHT.get(name))


def takes(helper, argument):
    """The first of the kinds that an argument may be of, by its type hint."""
    hint = typing.get_type_hints(getattr(two_winds, helper))[argument]
    kinds = typing.get_args(hint)
    if helper == "show":
        return pd.DataFrame if argument == "thing" else hint
    return kinds[0] if type(None) in kinds else hint


def parameters(helper):
    return inspect.signature(getattr(two_winds, helper)).parameters.values()


def called(helper, **changed):
    """What a helper returns for sensible arguments, of which one may be changed."""
    given = {}
    more = []
    for parameter in parameters(helper):
        if parameter.kind is parameter.VAR_POSITIONAL:
            more = changed.get(parameter.name, [])
        elif parameter.name in changed:
            given[parameter.name] = changed[parameter.name]
        elif parameter.default is parameter.empty:
            given[parameter.name] = right(helper, parameter)
    function = getattr(two_winds, helper)
    return function(*given.values(), *more) if more else function(**given)


def asked(helper, **changed):
    """What a helper says when one of its arguments is changed, or "" where it says nothing."""
    try:
        called(helper, **changed)
    except PlainError as error:
        return str(error)
    return ""


def as_told(wrong):
    """How a message shows what was given: as it was typed, or what it is."""
    if wrong is None or isinstance(wrong, (str, int, float)):
        return repr(wrong)
    return "load itself (its brackets" if wrong is load else type(wrong).__name__


def may_be_none(helper, argument):
    hint = typing.get_type_hints(getattr(two_winds, helper))[argument]
    return type(None) in typing.get_args(hint)


@pytest.mark.parametrize("helper", sorted({*HELPERS} - {*CHARTS}))
def test_asked_rightly_it_has_nothing_to_complain_of(helper):
    assert asked(helper) == ""


# What somebody may have in a matplotlibrc.
MINE = {
    "axes.facecolor": "black",
    "axes.labelpad": 40,
    "axes.prop_cycle": "cycler('color', ['y'])",
    "font.size": 22,
    "lines.linewidth": 9,
    "lines.markeredgewidth": 5,
    "lines.markersize": 30,
    "patch.edgecolor": "red",
    "patch.linewidth": 7,
    "savefig.bbox": "tight",
    "text.color": "red",
    "xtick.color": "red",
}
LOOKS = ["color", "facecolor", "edgecolor", "linewidth", "markersize", "markeredgewidth"]
LOOKS += ["fontsize", "fontfamily", "text"]


def looks(chart):
    """Of everything in a picture how it looks."""
    return [
        [type(thing).__name__, *(str(getattr(thing, f"get_{look}", str)()) for look in LOOKS)]
        for thing in chart.figure.findobj()
    ]


@pytest.mark.parametrize("helper", CHARTS)
def test_what_users_have_set_for_their_own_pictures_changes_none_of_ours(helper):
    usual = called(helper)
    with rc_context(MINE):
        theirs = called(helper)
    assert looks(theirs) == looks(usual)


def test_what_users_have_set_for_files_of_their_own_does_not_cut_our_pictures():
    chart = called("race")
    usual = finished_png(chart)
    with rc_context(MINE):
        assert finished_png(chart) == usual


def of_kind(helper, *kinds):
    """The arguments of a helper that take one of these kinds, and whether each takes several."""
    return [
        (parameter.name, parameter.kind is parameter.VAR_POSITIONAL)
        for parameter in parameters(helper)
        if takes(helper, parameter.name) in kinds
    ]


@pytest.mark.parametrize("helper", HELPERS)
def test_another_kind_of_thing_is_refused_by_the_name_of_its_argument(helper):
    for argument, several in of_kind(helper, pd.DataFrame, str, int, float):
        for wrong in WRONG[takes(helper, argument)]:
            if wrong is None and may_be_none(helper, argument):
                continue
            words = asked(helper, **{argument: [wrong] if several else wrong})
            assert re.search(rf"\b{argument}\b|^show\(\)", words), (argument, wrong, words)
            assert re.search("must be|needs a", words), (argument, words)
            assert as_told(wrong) in words, (argument, words)


@pytest.mark.parametrize("helper", HELPERS)
def test_an_unknown_name_is_answered_with_those_that_are_known(helper):
    for argument, several in of_kind(helper, str):
        if (helper, argument) in ANY_WORD:
            continue
        words = asked(helper, **{argument: ["no_such_word"] if several else "no_such_word"})
        assert "no_such_word" in words, argument
        assert several or re.search(rf"\b{argument}\b", words), words
        assert re.search("can be|It has|There are|must be a date", words), (argument, words)


@pytest.mark.parametrize("helper", HELPERS)
def test_an_impossible_number_is_drawn_right_or_refused_by_name(helper):
    for argument, _ in of_kind(helper, int):
        for number in (-1, 2999):
            words = asked(helper, **{argument: number})
            named = re.search(rf"\b{argument}\b", words) and str(number) in words
            assert not words or named, (argument, words)


@pytest.mark.parametrize("helper", HELPERS)
def test_a_table_that_is_empty_or_of_something_else_is_refused_by_name(helper):
    other = pd.DataFrame({"colour": ["red"], "size": [3]})
    for argument, _ in of_kind(helper, pd.DataFrame):
        if helper == "show":  # It shows any table.
            continue
        empty = right(helper, inspect.Parameter(argument, inspect.Parameter.KEYWORD_ONLY)).iloc[:0]
        assert f"{helper}(): {argument} is an empty table" in asked(helper, **{argument: empty})
        words = asked(helper, **{argument: other})
        assert re.search(rf"{argument} .*column '\w+'.*colour, size", words), words


@pytest.mark.parametrize("helper", HELPERS)
def test_an_argument_misspelt_or_missing_is_answered_with_the_right_ones(helper):
    known = [parameter.name for parameter in parameters(helper)]
    with pytest.raises(PlainError) as error:
        getattr(two_winds, helper)(no_such_argument=1)
    assert f"{helper}() has no argument 'no_such_argument'" in str(error.value)
    assert not known or all(name in str(error.value) for name in known)
    if needed(helper):
        with pytest.raises(PlainError) as error:
            getattr(two_winds, helper)()
        assert all(name in str(error.value) for name in needed(helper))


def needed(helper):
    """The names of the arguments that a helper cannot do without."""
    return [
        parameter.name
        for parameter in parameters(helper)
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_POSITIONAL
    ]


def test_what_nobody_foresaw_is_said_in_a_sentence_and_its_cause_kept():
    lost = TABLES["population"].query("country != 'USA'")
    with pytest.raises(PlainError, match=r"^ratio\(\): .*KeyError: 'USA'") as error:
        two_winds.ratio(TABLES["production"], "steel", lost)
    assert isinstance(error.value.__cause__, KeyError)


def test_a_helper_is_one_object_wherever_it_is_imported_from():
    for name in two_winds.__all__:
        helper = getattr(two_winds, name)
        assert helper is getattr(importlib.import_module(helper.__module__), name)


def test_an_unknown_name_of_the_package_is_no_helper():
    with pytest.raises(AttributeError, match="rase"):
        _ = two_winds.rase


def test_a_helper_keeps_its_name_and_its_documentation():
    assert two_winds.race.__name__ == "race"
    assert "Args:" in two_winds.race.__doc__
    assert list(inspect.signature(two_winds.race).parameters)[:2] == ["production", "product"]


# --- what a student sees of it, in a real kernel ---

CELLS = [
    'from two_winds import load, race\n\nproduction = load("production")',
    'product = "steal"\n\nrace(production, product)',
    "def mine():\n    return race(production)\n\n\nmine()",
    "1 / 0",
]


@pytest.fixture(scope="module")
def played():
    """The errors of these cells, as JupyterLab shows them in red: (name, lines)."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in CELLS])
    NotebookClient(notebook, allow_errors=True, kernel_name="python3").execute()
    errors = [out for cell in notebook.cells for out in cell.outputs if out.output_type == "error"]
    return [(error.ename, "\n".join(error.traceback).splitlines()) for error in errors]


def test_a_student_sees_one_sentence_and_the_line_of_the_cell(played):
    name, (line, sentence) = played[0]
    assert name == "ChartError"
    assert sentence.startswith("No official figures for 'steal' in 'SUN'. Did you mean 'steel'?")
    assert line == "In line 3 of this cell:"


def test_within_a_function_of_the_students_the_line_is_that_of_the_call(played):
    assert played[1][1] == [
        "In line 5 of this cell:",
        "race() needs production, product, and may be given guess.",
    ]


def test_a_mistake_of_the_students_own_is_shown_as_python_shows_it(played):
    name, lines = played[2]
    assert name == "ZeroDivisionError"
    assert any("Traceback" in line for line in lines)
