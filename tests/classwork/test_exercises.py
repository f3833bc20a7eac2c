"""Exercises answer back: what a student reads after each kind of answer, and what never happens."""

import json
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from classwork.practice import check as exercises
from courses import course_with
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from two_winds import check, hint

# A slow computer is no fault of the arithmetic.
CALMLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SAID = "Not answered yet.", "Not quite.", "Correct.", "Written:"


def exercise(expected, *mistakes, free_text=False):
    return {
        "expected": expected,
        "free_text": free_text,
        "hints": ["Look at the chart.", "Divide one by the other."],
        "mistakes": [list(mistake) for mistake in mistakes],
        "why": "It matters.",
    }


LESSON = {
    "share": exercise(48.0, [52.0, "That is the rest."], ["half", "Give a number."]),
    "fraction": exercise(0.0718),
    "tonnes": exercise(62.5),
    "level": exercise(37.5),
    "nothing": exercise(0.0),
    "count": exercise(7, [8, "You counted 1957 twice."]),
    "year": exercise(1967, [1965, "You left the American growth out."]),
    "answer_1957": exercise(1957),
    "country": exercise("USA", ["USSR", "Read the legend again."]),
    "kept": exercise(True, [False, "Look at 1972."]),
    "broken": exercise(False),
    "ahead": exercise(["iron_ore", "coal"], [["coal"], "One is missing."]),
    "claim": exercise("In part.", free_text=True),
    "no_hints": exercise(1) | {"hints": []},
}
PUSH = "Not quite. Need a push? Run hint('{}') in a new cell."
RIGHT = "Correct. It matters."


@pytest.fixture(autouse=True, scope="module")
def lesson(tmp_path_factory):
    """The keys of a lesson made up here, in two files as two lessons have them."""
    folder = tmp_path_factory.mktemp("keys")
    names = list(LESSON)
    for file, some in (("01_one.json", names[:5]), ("02_two.json", names[5:])):
        keys = {name: LESSON[name] for name in some}
        (folder / file).write_text(json.dumps(keys), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, course_with(keys=folder):
        patch.setattr(exercises, "LINE", 10_000)
        yield


def said_to(name, answer):
    """What a student reads after running the check cell, behind the sign."""
    lines = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.print", lambda *words: lines.append(" ".join(map(str, words))))
        check(name, answer)
    (line,) = lines
    return line.removeprefix("\u2713 ").removeprefix("\u2717 ")


def test_the_words_are_printed(capsys):
    check("count", 7)
    assert capsys.readouterr().out == "\u2713 Correct. It matters.\n"


def test_long_words_to_an_answer_are_broken_between_words(monkeypatch, capsys):
    monkeypatch.setattr(exercises, "LINE", 30)
    check("count", 7)
    assert capsys.readouterr().out == "\u2713 Correct. It matters.\n"
    monkeypatch.setattr(exercises, "LINE", 14)
    check("count", 7)
    assert capsys.readouterr().out == "\u2713 Correct. It\nmatters.\n"


# Not answered


@pytest.mark.parametrize("blank", [None, "", "   ", "\n", ...])
@pytest.mark.parametrize("name", ["share", "year", "country", "kept", "ahead"])
def test_what_is_left_blank_is_not_called_wrong(name, blank):
    assert said_to(name, blank) == (
        f"Not answered yet. Put your answer in place of None at {name} and run both cells."
    )


def test_a_blank_text_is_not_called_wrong():
    assert said_to("claim", " ") == (
        "Not answered yet. Put your answer between the quotation marks at claim and run both cells."
    )


@pytest.mark.parametrize("answer", [0, 0.0, False, []])
def test_an_answer_of_nothing_is_an_answer(answer):
    for name in ("share", "ahead", "kept"):
        assert said_to(name, answer).startswith("Not quite.")


# Right


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (48, True),
        (48.0, True),
        (47.77, True),  # half a per cent of 48 is 0.24
        (48.23, True),
        (47.75, False),
        (48.25, False),
        (-48, False),
    ],
)
def test_a_number_may_be_rounded_within_half_a_per_cent(answer, right):
    assert (said_to("share", answer) == RIGHT) == right


@pytest.mark.parametrize(("answer", "right"), [(0.0718, True), (0.0715, True), (0.071, False)])
def test_half_a_per_cent_of_a_small_number_is_small(answer, right):
    assert (said_to("fraction", answer) == RIGHT) == right


@pytest.mark.parametrize(("answer", "right"), [(0, True), (0.0, True), (0.001, False)])
def test_nothing_is_nothing(answer, right):
    assert (said_to("nothing", answer) == RIGHT) == right


@pytest.mark.parametrize(
    ("name", "answer", "right"),
    [
        ("count", 7, True),
        ("count", 7.0, True),
        ("count", 7.01, False),
        ("year", 1967, True),
        ("year", 1967.0, True),
        ("year", 1966, False),
        ("year", 1967.4, False),
    ],
)
def test_whole_numbers_and_years_are_exact(name, answer, right):
    assert (said_to(name, answer) == RIGHT) == right


@pytest.mark.parametrize("answer", ["USA", "usa", " Usa ", np.str_("USA")])
def test_capitals_and_spaces_do_not_matter_in_words(answer):
    assert said_to("country", answer) == RIGHT


@pytest.mark.parametrize(
    "answer",
    [
        ["iron_ore", "coal"],
        ["coal", "iron_ore"],
        ("coal", "Iron ore"),
        {"COAL", "iron ore"},
        frozenset(["coal", "iron_ore"]),
        list(pd.Series(["coal", "iron_ore"], dtype="category")),
        list(np.array(["coal", "iron_ore"])),
    ],
)
def test_a_list_is_right_in_any_order_and_spelling(answer):
    assert said_to("ahead", answer) == RIGHT


@pytest.mark.parametrize("truth", [True, np.True_, pd.Series([1, 2]).max() > 1])
def test_true_is_true_however_it_was_found(truth):
    assert said_to("kept", truth) == RIGHT
    assert said_to("broken", truth).startswith("Not quite.")


@pytest.mark.parametrize("untruth", [False, np.False_, pd.Series([1, 2]).max() > 2])
def test_false_is_false_however_it_was_found(untruth):
    assert said_to("broken", untruth) == RIGHT
    assert said_to("kept", untruth) == "Not quite. Look at 1972."


@pytest.mark.parametrize("answer", [1, 0, 1.0, "True", "yes", [True]])
def test_nothing_else_counts_as_true_or_false(answer):
    for name in ("kept", "broken"):
        assert said_to(name, answer) == (
            "Not quite. The answer is True or False, without quotation marks."
        )


@pytest.mark.parametrize(
    "seven",
    [np.int64(7), np.int8(7), np.float64(7), np.float32(7), pd.Series([7, 9])[0], Fraction(7)],
)
def test_numbers_out_of_tables_are_numbers(seven):
    assert said_to("count", seven) == RIGHT


def test_a_mean_out_of_a_table_is_a_number():
    assert said_to("share", pd.Series([47.0, 49.0]).mean()) == RIGHT


# Not quite: what kind of mistake


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("share", 52, "That is the rest."),
        ("share", 52.2, "That is the rest."),
        ("share", "Half", "Give a number."),
        ("count", 8, "You counted 1957 twice."),
        ("year", 1965, "You left the American growth out."),
        ("country", "ussr", "Read the legend again."),
        ("kept", False, "Look at 1972."),
        ("ahead", ["Coal"], "One is missing."),
    ],
)
def test_each_typical_mistake_gets_its_own_words(name, answer, words):
    assert said_to(name, answer) == f"Not quite. {words}"


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("tonnes", 6250, "Per cent or fraction? Yours is a hundred times too large."),
        ("tonnes", 0.625, "Per cent or fraction? Yours is a hundred times too small."),
        ("fraction", 7.18, "Per cent or fraction? Yours is a hundred times too large."),
        ("tonnes", 62500, "Check the unit: yours is a thousand times too large."),
        ("tonnes", 0.0625, "Check the unit: yours is a thousand times too small."),
        ("tonnes", -62.5, "The right size, but the sign is the other way round."),
        # 62.5 million tonnes are 62.5 / 0.9072 = 68.9 million short tons; the other way round 56.7
        ("tonnes", 68.9, "Those are short tons. A short ton is 0.907 of a metric ton."),
        ("tonnes", 56.7, "You converted to metric tons, but the figure is metric already."),
        # 37.5 added to the old 100 make 137.5; 37.5 as a level is 62.5 lost
        (
            "level",
            137.5,
            "That is the new level in per cent of the old. How much was added?",
        ),
        (
            "level",
            -62.5,
            "That is the change. The question asks for the level, the old one being 100.",
        ),
        # 37.5 per cent is 3/8; upside down 8/3, in per cent 266.7, of the per cents 0.0267
        ("level", 266.7, "Upside down: divide the other way round."),
        ("level", 0.02667, "Upside down: divide the other way round."),
        ("fraction", 13.93, "Upside down: divide the other way round."),
        ("tonnes", "62.5", "Write the number without quotation marks."),
        ("year", "1967", "Write the number without quotation marks."),
        ("country", 5, "The answer is a word, between quotation marks."),
        ("country", ["USA"], "The answer is a word, between quotation marks."),
        ("year", 1966, "One year off. Which is the first year in which the statement is true?"),
        ("year", 1968, "One year off. Which is the first year in which the statement is true?"),
        ("year", 1960, "Too early."),
        ("year", 1980, "Too late."),
        ("year", 10, "The answer is a year, written with four digits."),
        ("year", 20_000, "The answer is a year, written with four digits."),
        (
            "ahead",
            "coal",
            "The answer is a list in square brackets, with each name in quotation marks.",
        ),
        ("ahead", ["coal", "steel", "sugar"], "1 of your 3 belongs there; 1 more is missing."),
        ("ahead", [], "Nothing in your list belongs there; 2 are missing."),
    ],
)
def test_each_slip_is_called_by_its_name(name, answer, words):
    assert said_to(name, answer) == f"Not quite. {words}"


@pytest.mark.parametrize("number", [Decimal("62.5"), Fraction(125, 2), np.float32(62.5)])
def test_every_kind_of_number_is_a_number(number):
    assert said_to("tonnes", number) == RIGHT


def test_a_decimal_comma_is_called_one():
    words = "Not quite. Write a point in the place of the comma: 62.5."
    assert said_to("tonnes", (62, 5)) == words


COLUMN = pd.Series([62.5, 7.0, 1967.0])


@pytest.mark.parametrize(
    ("whole", "kind"),
    [
        (COLUMN, "Series"),
        (COLUMN.to_frame(), "DataFrame"),
        (COLUMN.to_numpy(), "ndarray"),
        ([62.5], "list"),
        ({"a": 1}, "dict"),
        (True, "bool"),
        (np.True_, "bool"),
        (max, "builtin_function_or_method"),
    ],
)
@pytest.mark.parametrize("name", ["tonnes", "count", "year"])
def test_a_whole_column_or_another_thing_is_not_one_number(name, whole, kind):
    assert said_to(name, whole) == (
        f"Not quite. The answer is one number, but yours is a {kind}. Pick one number out of it."
    )


@pytest.mark.parametrize(
    ("name", "answer"), [("tonnes", 3), ("tonnes", 71), ("count", 9), ("country", "France")]
)
def test_where_nothing_fits_a_hint_is_offered(name, answer):
    assert said_to(name, answer) == PUSH.format(name)


# Answers in words


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (
            "By 1970 the lead was real.",
            "Written: 6 words. No program can judge it: use the rubric below.",
        ),
        (
            "In part.",
            "Written: 2 words. It holds no figure yet: which one would you show a doubter? "
            "No program can judge it: use the rubric below.",
        ),
        (12, "Not quite. Write your claim in words, between quotation marks."),
        (["By 1970"], "Not quite. Write your claim in words, between quotation marks."),
    ],
)
def test_a_claim_is_counted_and_left_to_the_rubric(claim, words):
    assert said_to("claim", claim) == words


# What never happens


def hostile(name, value=None, bases=(object,), **methods):
    """An object that misbehaves when it is asked something."""
    kind = type(name, bases, {f"__{method}__": does for method, does in methods.items()})
    return kind() if value is None else kind(value)


def refuse(*_given):
    raise RuntimeError("no")


def endless():
    nest = []
    nest.append(nest)
    return nest


def deep():
    nest = ["coal"]
    for _ in range(100_000):
        nest = [nest]
    return nest


def always(*_given):
    return True


HOSTILE = {
    "equal to everything": hostile("Everything", eq=always, ne=refuse, hash=lambda _self: 0),
    "a number equal to everything": hostile("Seven", 3.0, (float,), eq=always, le=always),
    "a whole number equal to everything": hostile("Whole", 3, (int,), eq=always, le=always),
    "a word equal to everything": hostile("Word", "x", (str,), eq=always, hash=lambda _self: 0),
    "a list equal to everything": hostile("List", ["x"], (list,), eq=always),
    "comparing raises": hostile("Refuses", eq=refuse, hash=refuse, bool=refuse),
    "everything raises": hostile(
        "Mute", eq=refuse, hash=refuse, bool=refuse, float=refuse, str=refuse, repr=refuse,
        len=refuse, iter=refuse, getattribute=refuse,
    ),
    "pretends to be a number": hostile("Actor", **{"class": property(lambda _self: float)}),
    "pretends to be true": hostile("Liar", **{"class": property(lambda _self: bool)}),
    "a list whose items raise": [hostile("Item", str=refuse, repr=refuse)],
    "a list that holds itself": endless(),
    "a list a hundred thousand deep": deep(),
    "a list of lists": [["coal"], ["iron_ore"]],
    "a whole number of a thousand digits": 10**999,
    "a fraction too large": Fraction(10**999, 3),
    "not a number": float("nan"),
    "infinity": float("inf"),
    "minus infinity": float("-inf"),
    "a missing value": pd.NA,
    "no time": pd.NaT,
    "a column of nothing": pd.Series([], dtype=float),
    "a table": pd.DataFrame({"year": [1957], "value": [51.2]}),
    "an array of objects": np.array([None, "coal"], dtype=object),
    "a complex number": 3 + 4j,
    "bytes": b"1967",
    "a generator": (n for n in [1967]),
    "a type": int,
    "an error": ValueError("1967"),
}  # fmt: skip


@pytest.mark.parametrize("thing", HOSTILE)
@pytest.mark.parametrize("name", LESSON)
def test_no_answer_is_too_strange_to_be_answered(name, thing):
    said = said_to(name, HOSTILE[thing])
    assert said.startswith(SAID)
    assert not said.startswith("Correct.")
    if name != "claim":
        assert said.startswith("Not quite.")


@pytest.mark.parametrize("thing", HOSTILE)
def test_no_name_of_an_exercise_is_too_strange(thing, capsys):
    check(HOSTILE[thing], 7)
    hint(HOSTILE[thing])
    assert capsys.readouterr().out in (
        "The name of the exercise comes first, in quotation marks. Copy the check cell from the "
        "lesson again.\nThe name of the exercise comes first, in quotation marks.\n",
        "There is no exercise named 'x'. Copy the check cell from the lesson again.\n"
        "There is no hint for 'x'.\n",
    )


WRONG = st.one_of(
    st.floats(),
    st.integers(-10_000, 10_000),
    st.text(max_size=5),
    st.lists(st.integers(0, 9) | st.text(max_size=3), max_size=3),
    st.booleans(),
    st.none(),
    st.sampled_from([100, 0.01, 1000, 0.001, -1, 1 / 0.90718474, 0.90718474]),
)


@CALMLY
@given(st.floats(1.0, 9.0), st.integers(2, 6), WRONG, st.booleans())
def test_the_number_expected_is_never_shown(start, size, answer, slip):
    expected = round(start * 10**size + 0.123, 3)
    key = exercise(expected)
    if slip and isinstance(answer, int | float):
        answer = expected * answer
    said = exercises.judge("share", answer, key).words
    for shown in (str(expected), str(int(expected)), f"{int(expected):,}"):
        if len(shown) > 3:
            assert shown not in said


@CALMLY
@given(st.integers(exercises.FIRST_YEAR, exercises.LAST_YEAR), WRONG, st.integers(-5, 5))
def test_the_year_expected_is_never_shown(year, answer, off):
    for given_ in (answer, year + off, str(year), [year], float(year) + 0.5):
        said = exercises.judge("when", given_, exercise(year)).words
        assert str(year) not in said


@CALMLY
@given(st.sets(st.sampled_from(["steel", "coal", "cement", "sugar"]), min_size=1), st.data())
def test_the_names_expected_are_never_shown(wanted, data):
    names = st.lists(st.sampled_from(["steel", "coal", "cement", "sugar", "gold"]), max_size=5)
    for answer in (data.draw(names), "steel", 5, None, {"coal": 1}):
        said = exercises.judge("which", answer, exercise(sorted(wanted))).words
        assert not re.search("steel|coal|cement|sugar", said)


def test_the_word_expected_is_never_shown():
    for answer in ("France", "", 5, None, ["USA"], True):
        assert "USA" not in said_to("country", answer)


# Hints, and names that are not there


@pytest.fixture
def no_hint_yet(monkeypatch):
    monkeypatch.setattr(exercises, "_hints_given", {})


FIRST = "Hint 1 of 2. Look at the chart.\nRun it again for one more.\n"
SECOND = (
    "Hint 2 of 2. Divide one by the other.\n"
    'That was the last hint. "Show a solution" is folded below the check; in a copy to hand in, '
    "the teacher may have taken it out.\n"
)


def test_each_call_gives_one_hint_more_and_the_last_says_so(no_hint_yet, capsys):
    for wanted in (FIRST, SECOND, SECOND):
        hint("share")
        assert capsys.readouterr().out == wanted


def test_each_exercise_begins_with_its_gentlest_hint(no_hint_yet, capsys):
    hint("share")
    hint("count")
    assert capsys.readouterr().out == 2 * FIRST


def test_an_exercise_of_any_lesson_is_found(capsys):
    for name in LESSON:
        check(name, None)
    assert capsys.readouterr().out.count("Not answered yet.") == len(LESSON)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        # What a reader writes who reads 31.57 off a picture, or works with figures as printed.
        (32, 31.57), (31.6, 31.57), (33.4, 33.75), (11.9, 11.994), (48, 48.27), (4.7, 4.7227),
        (25, 24.53), (28, 27.8), (12, 12.32), (0.3, 0.29),
    ],
)  # fmt: skip
def test_right_to_the_eye_is_right_to_the_check(answer, expected):
    verdict = exercises.judge("share", answer, exercise(expected))
    assert verdict.state == exercises.CORRECT
    assert verdict.words.startswith(("Correct. ", "Correct, nearly: keep the decimals"))


@pytest.mark.parametrize(
    ("answer", "expected"), [(30, 31.57), (0.2, 0.26), (1956, 1957), (7, 8), (5, 4.4)]
)
def test_what_is_off_by_more_than_rounding_is_not_right(answer, expected):
    assert exercises.judge("share", answer, exercise(expected)).state == exercises.TRIED


def test_a_small_number_without_its_decimals_is_told_to_keep_them():
    for answer, expected in ((4, 3.5), (0, 0.26), (0.3, 0.26)):
        verdict = exercises.judge("share", answer, exercise(expected))
        assert verdict.words == "Not quite. Rounded too far: keep a decimal or two."


def test_an_answer_from_figures_as_they_are_printed_is_nearly_right():
    key = exercise(4.6) | {"printed": 4.26}
    for answer in (4.26, 4.3, 4):
        assert exercises.judge("share", answer, key).words.startswith("Correct, nearly")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("b) The two count different things", "b"),
        ("(B)", "b"),
        ("b.", "b"),
        ("Needs Nuance", "needs nuance"),
        ("needs_nuance.", "needs nuance"),
        ("31 January 1958", "1958-01-31"),
        ("1958-1-31", "1958-01-31"),
        ("1958/01/31", "1958-01-31"),
    ],
)
def test_a_word_is_right_as_the_lesson_writes_it(answer, expected):
    assert exercises.judge("country", answer, exercise(expected)).state == exercises.CORRECT


@pytest.mark.parametrize(
    ("answer", "expected"), [("a third", "b"), ("bread", "b"), ("1 January 1958", "1958-01-31")]
)
def test_another_word_is_not(answer, expected):
    assert exercises.judge("country", answer, exercise(expected)).state == exercises.TRIED


def test_right_and_wrong_are_seen_from_afar(capsys):
    check("count", 7)
    check("count", 8)
    check("count", None)
    signs = [line[0] for line in capsys.readouterr().out.splitlines()]
    assert signs == ["\u2713", "\u2717", "N"]


def test_a_misspelt_exercise_is_answered_with_the_nearest(capsys):
    check("shares", 48)
    hint("shares")
    assert capsys.readouterr().out.count("Did you mean 'share'?") == 2


@pytest.mark.parametrize("name", ["quite another", "", "SHARE"])
def test_an_unknown_exercise_is_said_to_be_unknown(name, capsys):
    check(name, 48)
    hint(name)
    assert capsys.readouterr().out == (
        f"There is no exercise named {name!r}. Copy the check cell from the lesson again.\n"
        f"There is no hint for {name!r}.\n"
    )


def test_an_exercise_without_hints_says_so(capsys):
    hint("no_hints")
    assert capsys.readouterr().out == "There is no hint for 'no_hints'.\n"


def test_name_and_answer_changed_round_are_noticed(capsys):
    check(48.0, "share")
    check(["coal"], "ahead")
    said = (
        "The name of the exercise comes first, in quotation marks. "
        "Copy the check cell from the lesson again.\n"
    )
    assert capsys.readouterr().out == 2 * said


def test_nothing_is_remembered_between_two_answers():
    assert said_to("count", 7) == said_to("count", np.int64(7)) == RIGHT
    assert said_to("count", 8) == said_to("count", 8)
    assert said_to("count", 7) == RIGHT


@pytest.mark.parametrize(
    ("expected", "answer", "words"),
    [
        ("b", "the naval base", "Answer with the letter alone"),
        ("b", "c", "Need a push?"),
        ("1958-01-31", "31 January", "Write a day with its month and year"),
        ("1958-01-31", "1 February 1958", "Need a push?"),
    ],
)
def test_an_answer_of_another_form_is_told_the_form(expected, answer, words):
    key = {"expected": expected, "free_text": False, "mistakes": [], "hints": ["h"], "why": ""}
    verdict = exercises.judge("x", answer, key)
    assert words in f"{verdict.words} {verdict.remedy}"
