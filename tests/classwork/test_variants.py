"""Variants: another task in true words, whose answer no published solution fits."""

import ast
import contextlib
import copy
import io
import json
import re
from functools import cache

import pytest
from classwork.editions.assignment import Assignment, prepare
from classwork.editions.variants import OPTION, replaced, vary
from classwork.grading.provided_cells import given_cells
from classwork.lesson.exercises import LessonError, cells_tagged, exercises, task_of, variants_of
from classwork.lesson.syntax import bound
from classwork.lint.leaks import gives_away
from classwork.practice.check import same
from lessons import KEYS, LESSONS
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

NUMBERS = (1, 2)


@pytest.fixture(params=LESSONS, ids=lambda lesson: lesson.name)
def lesson(request):
    return request.param


def plain(value):
    """Return a value as the key holds it."""
    return value.item() if hasattr(value, "item") else value


@cache
def given(lesson):
    """Return the names that a lesson gives its students, without a kernel or a picture."""
    names = {"__name__": "lesson"}
    quiet = pytest.MonkeyPatch()
    quiet.setattr("two_winds.course.QUIET", True)
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in given_cells(Assignment(lesson.notebook, lesson.exercises, {})):
            exec(cell["code"], names)
    quiet.undo()
    return names


@cache
def answers(lesson, number):
    """Return (exercise, task and given code, answer, mistakes) of each that is not in words."""
    notebook = copy.deepcopy(lesson.notebook)
    left_out = prepare(notebook, lesson.path, variant=number)
    found = {}
    for exercise in exercises(notebook):
        if exercise.free_text:
            continue
        names = given(lesson) | {"show": lambda *_: None}
        cell = cells_tagged(notebook, "exercise")[exercise.name].source
        exec(f"mistakes = []\n{cell}\n{exercise.solution}\n{exercise.mistakes}", names)
        task = f"{task_of(notebook, exercise.name).source}\n{cell}"
        found[exercise.name] = (exercise, task, plain(names[exercise.name]), names["mistakes"])
    assert not set(left_out) & set(found)
    return found


def published(lesson):
    return json.loads((KEYS / f"{lesson.name}.json").read_text(encoding="utf-8"))


def test_most_of_a_lesson_has_a_variant(lesson):
    wanted = [e.name for e in lesson.exercises if not e.free_text]
    for number in NUMBERS:
        assert len(answers(lesson, number)) > len(wanted) / 2


def test_no_published_answer_fits_a_variant(lesson):
    key = published(lesson)
    for number in NUMBERS:
        for name, (_, task, answer, _) in answers(lesson, number).items():
            assert not same(answer, key[name]["expected"]), f"{name}: {task}"
            assert not same(key[name]["expected"], answer), name
            assert answer not in (None, "", [], 0), name


def test_a_variant_asks_something_else(lesson):
    before = {name: task for name, (_, task, _, _) in answers(lesson, 0).items()}
    for name, (exercise, task, answer, _) in answers(lesson, 1).items():
        assert task != before[name]
        if len(next(e for e in lesson.exercises if e.name == name).variants) > 1:
            _, other_task, other, _ = answers(lesson, 2)[name]
            assert task != other_task
            assert not same(answer, other), exercise.name


def test_typical_mistakes_of_a_variant_are_wrong_and_tell_nothing(lesson):
    for number in NUMBERS:
        for name, (_, _, answer, mistakes) in answers(lesson, number).items():
            for mistake, words in mistakes:
                assert not same(plain(mistake), answer), f"{name}: {words}"
                assert not gives_away(words, answer, mistake), f"{name}: {words}"


def test_the_text_that_was_right_stays_right(lesson):
    key, turned = published(lesson), 0
    for number in NUMBERS:
        for name, (_, task, answer, _) in answers(lesson, number).items():
            options = dict(OPTION.findall(task))
            if not options:
                continue
            before = dict(OPTION.findall(task_of(lesson.notebook, name).source))
            assert options[answer] == before[key[name]["expected"]]
            assert sorted(options.values()) == sorted(before.values())
            assert list(options) == list(before)
            for mistake, words in exercise_mistakes(lesson, name):
                now = next(m for m, w in answers(lesson, number)[name][3] if w == words)
                assert options[now] == before[mistake]
            turned += 1
    assert turned >= 6


def exercise_mistakes(lesson, name):
    """Return the published mistakes of an exercise whose words a variant keeps."""
    kept = {words for _, words in answers(lesson, 1)[name][3]}
    return [(m, w) for m, w in published(lesson)[name]["mistakes"] if w in kept]


def test_a_lesson_without_some_exercises_still_runs(lesson):
    for exercise in lesson.exercises:
        notebook = copy.deepcopy(lesson.notebook)
        prepare(notebook, lesson.path, only=[exercise.name])
        assert [e.name for e in exercises(notebook)] == [exercise.name]
        needed = Assignment(notebook, exercises(notebook), {})
        names = given(lesson) | {"mistakes": []}
        for name in by_exercises(lesson) - by_exercises_of(needed):
            names.pop(name, None)
        exec(f"{exercise.solution}\n{exercise.mistakes}", names)
        assert exercise.name in names


def by_exercises(lesson):
    """Return the names to which the lesson's exercise cells give a value."""
    return by_exercises_of(Assignment(lesson.notebook, lesson.exercises, {}))


def by_exercises_of(assignment):
    cells = assignment.notebook.cells
    part = next(i for i, c in enumerate(cells) if re.match(r"## Your turn", c.source))
    sources = [c.source for c in cells[part:] if c.cell_type == "code"]
    return {name for source in sources for name in bound(ast.parse(source))}


# --- a small lesson ---

SOLUTION = """<details><summary>Show a solution</summary>

```python
{solution}
```

**Why it matters.** Of 1950 only.

**Hints.**

- Seven years lie between.
- Divide one by the other.

**Typical mistakes.**

```python
mistakes = [
    (1950, "You took the year."),
    (7, "Seven are the years."),
]
```

<!--
**Variants.**

{variants}
-->

</details>"""


def small(variants, solution="rate = steel(1950)", task="Steel in 1950? Not in the 1950s, 1950.5."):
    tags = ["exercise:rate:2", "check:rate", "solution:rate"]
    cells = [
        new_markdown_cell(task),
        new_code_cell("start = 1950\nrate = None"),
        new_code_cell('check("rate", rate)'),
        new_markdown_cell(SOLUTION.format(solution=solution, variants=variants)),
    ]
    for cell, tag in zip(cells[1:], tags, strict=True):
        cell.metadata["tags"] = [tag]
    return new_notebook(cells=cells)


def test_replacements_are_made_everywhere_at_once_in_whole_words():
    notebook = small("- 1950 → 1957, steel → `coal, of 1950`\n- 1950 → 1960")
    assert vary(notebook, ["rate"], 1) == []
    exercise = exercises(notebook)[0]
    assert notebook.cells[0].source == "Steel in 1957? Not in the 1950s, 1950.5."
    assert notebook.cells[1].source == "start = 1957\nrate = None"
    assert exercise.solution == "rate = coal, of 1950(1957)\n"
    assert exercise.hints == ["Divide one by the other."]
    assert " ".join(exercise.mistakes.split()) == 'mistakes = [ (1957, "You took the year."), ]'
    assert "1950 only" not in exercise.why
    assert exercise.variants == []


def test_variants_go_round():
    told = []
    for number in (1, 2, 3):
        notebook = small("- 1950 → 1957\n- 1950 → 1960")
        vary(notebook, ["rate"], number)
        told.append(notebook.cells[0].source)
    assert told[0] == told[2] != told[1]


def test_another_question_keeps_no_hint_and_no_mistake():
    notebook = small("- `Steel in 1950? Not in` → `Coal in 1960? Not in`, 1950 → 1960")
    vary(notebook, ["rate"], 1)
    exercise = exercises(notebook)[0]
    assert exercise.hints == []
    assert exercise.mistakes.strip() == "mistakes = []"


def test_a_swap_is_a_swap():
    assert replaced("USSR over USA", {"USSR": "USA", "USA": "USSR"}) == "USA over USSR"
    assert replaced("a 1950-1957", {"1950": "1957", "1957": "1965"}) == "a 1957-1965"


def test_what_cannot_be_read_or_found_is_said():
    with pytest.raises(LessonError, match="rate.*'1950 -> 1957'"):
        variants_of("rate", "**Variants.**\n\n- 1950 -> 1957\n")
    with pytest.raises(LessonError, match="rate.*'1951'"):
        vary(small("- 1951 → 1957"), ["rate"], 1)


def test_what_has_no_variant_is_left_out_and_alone_refused(tmp_path):
    notebook = small("")
    assert vary(notebook, ["rate"], 1) == ["rate"]
    with pytest.raises(LessonError, match="None of these"):
        prepare(small(""), tmp_path / "x.ipynb", variant=1)
    with pytest.raises(LessonError, match="1, 2, 3"):
        prepare(small(""), tmp_path / "x.ipynb", variant=-1)


@pytest.mark.parametrize("right", ["a", "b", "c"])
def test_the_right_option_never_stands_where_it_stood(right):
    task = 'Which?\n\n- `"a"` one\n- `"b"` two\n- `"c"` three'
    places = set()
    for number in range(1, 9):
        notebook = small("", f'rate = "{right}"', task)
        assert vary(notebook, ["rate"], number) == []
        told = dict(OPTION.findall(notebook.cells[0].source))
        letter = exercises(notebook)[0].solution.strip()[-2]
        assert told[letter] == dict(OPTION.findall(task))[right]
        places.add(letter)
    assert places == {"a", "b", "c"} - {right}
