"""The edition to hand out gives nothing away and runs; the key can be graded against."""

import copy
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest
from answers import EVERY_KIND
from classroom import ATTEMPTS, NO_NETWORK, printed, run
from classwork.editions.assignment import Assignment, open_assignment, prepare
from classwork.editions.editions import student_edition, teacher_edition, write_edition
from classwork.lesson.exercises import LessonError, cells_tagged, exercises
from classwork.practice.received import LIST, NUMBER, TRUTH, WORD, WORDS, received
from lesson_rules import strings, words_to_mistakes
from lessons import LESSONS, ROOT, Lesson, kinds
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from submissions import SECRET, SECRET_VALUE, assignment_of
from test_variants import given

HIDDEN = {"solution", "teacher", "self-study"}


@cache
def handed_out(lesson):
    return student_edition(assignment_of(lesson), due="2026-12-01")


@pytest.fixture(params=LESSONS, ids=lambda lesson: lesson.name)
def lesson(request):
    return request.param


# --- the lessons ---


def told_by(lesson):
    """Return every line that only a teacher may read."""
    hidden = [c.source for c in lesson.cells if kinds(c) & HIDDEN]
    lines = {line.strip(" -") for source in hidden for line in source.splitlines()}
    for exercise in lesson.exercises:
        lines |= words_to_mistakes(exercise.mistakes) | {exercise.why, *exercise.hints}
    shown = "\n".join(cell.source for cell in lesson.cells if not kinds(cell) & HIDDEN)
    return {line for line in lines if len(line) > 8 and line not in shown}


def test_it_tells_nothing_that_only_a_teacher_may_read(lesson):
    secrets = told_by(lesson)
    assert len(secrets) > 10 * len(lesson.exercises)
    text = "\n".join(strings(handed_out(lesson)))
    assert {secret for secret in secrets if secret in text} == set()


def reworded(text):
    """Return a text in other words: each is written backwards."""
    return re.sub(r"[A-Za-z]{2,}", lambda found: found[0][::-1], text)


def test_however_a_lesson_is_worded_its_edition_loses_nothing(lesson):
    notebook = copy.deepcopy(lesson.notebook)
    plain = [c for c in notebook.cells if c.cell_type == "markdown" and not kinds(c)]
    for cell in plain:
        cell.source = reworded(cell.source)
    told = sources(student_edition(assignment_of(Lesson(lesson.path, notebook))))
    lines = [line for cell in plain for line in cell.source.splitlines() if "](" not in line]
    assert len(lines) > 20
    assert [line for line in lines if line not in told] == []


def test_it_holds_no_output_and_no_metadata_but_its_own(lesson):
    edition = handed_out(lesson)
    for cell in edition.cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert "attachments" not in cell
        assert set(cell.metadata) <= {"tags"}
        for_jupyter = {"raises-exception", "in-notebook"}
        assert kinds(cell) <= {"exercise", "check", "rubric"} | for_jupyter
    of_the_lesson = {"about", "authors", "license"}
    assert set(edition.metadata) == {"kernelspec", "language_info", "two_winds"} | of_the_lesson
    assert edition.metadata["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert edition.metadata["two_winds"] == {
        "lesson": lesson.name,
        "variant": 0,
        "title": lesson.cells[0].source.splitlines()[0].removeprefix("# "),
        "due": "2026-12-01",
    }


def test_every_task_says_its_points_and_the_first_cell_their_sum(lesson):
    edition = handed_out(lesson)
    first = edition.cells[0].source
    assert "**Due:** 1 December 2026." in first
    assert f"**Points in all:** {sum(e.points for e in lesson.exercises)}." in first
    assert f"| Exercise 1 | {lesson.exercises[0].points} |" in first
    for before, cell in zip(edition.cells, edition.cells[1:], strict=False):
        for exercise in (e for e in lesson.exercises if "exercise" in kinds(cell)):
            if f"exercise:{exercise.name}:{exercise.points}" in cell.metadata.tags:
                unit = "point" if exercise.points == 1 else "points"
                assert before.source.endswith(f"*{exercise.points} {unit}.*")


def test_untouched_it_runs_each_cell_twice_and_is_not_answered_yet(lesson, capsys):
    names, count = dict(given(lesson)) | {"show": lambda *_: None}, 0
    for variant in (0, 1, 2):
        edition = student_edition(assignment_of(lesson, variant=variant))
        exec(cells_of(edition, "edition-received")[0], names)
        parts = [c for c in edition.cells if kinds(c) & {"exercise", "check"}]
        for cell in (cell for cell in parts for _ in "twice"):
            exec(cell.source, names)
            said = capsys.readouterr().out
            assert said.startswith("Not answered yet. ") or "check" not in kinds(cell)
            count += "check" in kinds(cell)
    assert count > 3 * len(lesson.exercises)


def cells_of(notebook, name):
    return [cell.source for cell in notebook.cells if cell.id == name]


# Its pictures are those of the lesson, which others look at.
QUIET = "from two_winds import course\ncourse.QUIET = True"


def test_a_whole_edition_runs_untouched_and_offline(tmp_path):
    lesson = next(lesson for lesson in LESSONS if lesson.name.startswith("06"))
    edition = student_edition(assignment_of(lesson, variant=1))
    cells = [cell for cell in edition.cells if cell.cell_type == "code"]
    attempts = new_code_cell(ATTEMPTS)
    run([new_code_cell(QUIET), new_code_cell(NO_NETWORK), *cells, attempts], tmp_path)
    assert json.loads(printed(attempts)) == []
    for cell in cells:
        assert "check" not in kinds(cell) or printed(cell).startswith("Not answered yet. ")


BUILD = """
import sys
import classwork.ground.quick_start
sys.path.insert(0, {tests!r})
import nbformat
from lessons import LESSONS
from submissions import SECRET, SECRET_VALUE, assignment_of
from classwork.editions.editions import student_edition, teacher_edition
lesson = next(lesson for lesson in LESSONS if lesson.name.startswith("06"))
for build in (student_edition, teacher_edition):
    sys.stdout.buffer.write(nbformat.writes(build(assignment_of(lesson, variant=1))).encode())
"""


def test_another_process_builds_the_same_bytes():
    environment = os.environ | {"PYTHONHASHSEED": "1957"}
    script = BUILD.format(tests=str(ROOT / "tests/support"))
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True)
    lesson = next(lesson for lesson in LESSONS if lesson.name.startswith("06"))
    here = [
        nbformat.writes(build(assignment_of(lesson, variant=1))).encode()
        for build in (student_edition, teacher_edition)
    ]
    assert done.stdout == b"".join(here), done.stderr.decode()[-500:]


# --- a small lesson ---

PICTURE = {"chart.png": {"image/png": "aGVsbG8="}}
SOLVED = """<details><summary>Show a solution</summary>

```python
{0}
```

**Why it matters.** Secret reason.

**Hints.**

- Secret hint.

**Typical mistakes.**

```python
mistakes = [({1}, "Secret words.")]
```

</details>"""


def part_of(name, points, task, given, solution, mistake="0"):
    tags = {kind: f"{kind}:{name}" for kind in ("check", "solution")}
    return [
        *([new_markdown_cell(task)] if task else []),
        new_code_cell(given, metadata={"tags": [f"exercise:{name}:{points}"]}),
        new_code_cell(f'check("{name}", {name})', metadata={"tags": [tags["check"]]}),
        new_markdown_cell(SOLVED.format(solution, mistake), metadata={"tags": [tags["solution"]]}),
    ]


def small_lesson():
    """Return a notebook with four exercises; the second rests on a line of the first."""
    ran = [nbformat.v4.new_output("stream", text="Secret output.")]
    seen = new_markdown_cell("![chart](attachment:chart.png) <!-- Secret comment. -->")
    seen.attachments = PICTURE | {"hidden.png": {"image/png": "U2VjcmV0"}}
    cells = [
        new_markdown_cell("# Steel\n\n**Question.** How much?"),
        new_code_cell("from two_winds import check", outputs=ran, execution_count=3),
        seen,
        new_markdown_cell("## 6 Your turn\n\nRun it, then the check below. Stuck? Ask."),
        *part_of("gain", 2, "How much more?", "steel = [27, 51]\ngain = None",
                 "gain = steel[1] - steel[0]", "51"),
        *part_of("per_year", 3, "And a year?", "per_year = None",
                 "per_year = (steel[1] - steel[0]) / 7"),
        *part_of("big", 1, "", "big = None", 'big = ["steel"]', '["coal"]'),
        new_markdown_cell("## 8 Exit ticket\n\nThree questions."),
        *part_of("claim", 4, "What do you say?", 'claim = ""', 'claim = "It grew."', "None"),
        new_markdown_cell("A limit is named.", metadata={"tags": ["rubric:claim"]}),
        new_markdown_cell("Secret hint.", metadata={"tags": ["self-study"]}),
        new_code_cell("progress('99_steel') # Secret", metadata={"tags": ["self-study"]}),
        new_markdown_cell("Secret advice.", metadata={"tags": ["teacher"]}),
    ]  # fmt: skip
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
        cell.metadata["kept"] = "Secret metadata."
    return new_notebook(cells=cells, metadata={"school": "Secret author."})


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("lesson") / "99_steel.ipynb"
    nbformat.write(small_lesson(), path)
    return path


@pytest.fixture(scope="module")
def assignment(path):
    return open_assignment(path)


def small(change=None, only=(), variant=0):
    """Return the small lesson, changed, as an assignment whose key nobody has computed."""
    notebook = small_lesson()
    if change:
        change(notebook)
    prepare(notebook, Path("99_steel.ipynb"), only, variant)
    key = {e.name: {"expected": 1, "free_text": e.free_text} for e in exercises(notebook)}
    return Assignment(notebook, exercises(notebook), key)


def sources(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells)


def test_nothing_secret_of_a_small_lesson_is_left(assignment):
    edition = student_edition(assignment)
    assert "Secret" not in nbformat.writes(edition)
    assert "U2VjcmV0" not in nbformat.writes(edition)
    assert [c.attachments for c in edition.cells if "attachments" in c] == [PICTURE]
    assert 'received("big", big, "a list")' in sources(edition)
    assert 'received("claim", claim, "words")' in sources(edition)
    assert "A limit is named." in sources(edition)


def test_a_task_without_text_says_its_points_too(assignment):
    edition = student_edition(assignment)
    place = edition.cells.index(cells_tagged(edition, "exercise")["big"])
    assert edition.cells[place - 1].source == "*1 point.*"


def test_the_key_can_be_graded_against(assignment, tmp_path):
    key = tmp_path / "key.ipynb"
    write_edition(teacher_edition(assignment, due="2026-12-01"), key)
    again = open_assignment(key)
    assert again.key == assignment.key
    assert [(e.name, e.points) for e in again.exercises] == [
        (e.name, e.points) for e in assignment.exercises
    ]
    assert again.notebook.metadata["two_winds"]["lesson"] == "99_steel"
    first = again.notebook.cells[0].source
    assert "| `gain` | 2 | 24 |" in first
    assert "| `per_year` | 3 | 3.42857 |" in first
    text = sources(again.notebook)
    assert "steel = [27, 51]\ngain = steel[1] - steel[0]" in text
    assert "A limit is named." in text
    assert "Secret advice." in text


def test_an_edition_is_not_made_from_a_key(assignment, tmp_path):
    notebook = teacher_edition(assignment)
    key = Assignment(notebook, exercises(notebook), assignment.key)
    for build in (student_edition, teacher_edition):
        with pytest.raises(LessonError, match="key already"):
            build(key)
    with pytest.raises(LessonError, match="key to variant 0"):
        prepare(copy.deepcopy(notebook), tmp_path / "key.ipynb", variant=1)


def test_only_what_is_chosen_is_handed_out_with_what_it_rests_on():
    edition = student_edition(small(only=["per_year"]))
    text = sources(edition)
    assert "And a year?" in text
    assert "**Points in all:** 3." in text
    assert "How much more?" not in text
    assert "gain" not in text
    assert "steel = [27, 51]" in text
    assert "## 8 Exit ticket\n\nNothing of this part belongs to the assignment." in text


def test_a_name_that_is_no_exercise_is_refused_with_those_there_are(path):
    with pytest.raises(LessonError, match="'gian'.*gain, per_year, big, claim"):
        open_assignment(path, only=["gain", "gian"])


def test_title_and_day_are_said():
    edition = student_edition(small(), title="Homework 3", due="2026-11-06")
    assert edition.cells[0].source.startswith("# Homework 3\n\n**Due:** 6 November 2026.")
    assert sources(edition).count("\n# ") == 0
    assert edition.metadata["two_winds"]["due"] == "2026-11-06"


@pytest.mark.parametrize("due", ["tomorrow", "6.11.2026", "2026-13-01", "20261106", "2026-W45-5"])
def test_a_day_that_cannot_be_read_is_refused(due):
    with pytest.raises(LessonError, match="2026-12-01"):
        student_edition(small(), due=due)


@pytest.mark.parametrize(
    "answer",
    ["gain = 24", "gain = 51 - 27", "gain = None\ngain = 24", "gain = 24%", "gain = (\n    24\n)"],
)
def test_a_lesson_that_was_played_in_is_handed_out_without_the_answers(answer):
    def play(notebook):
        cells_tagged(notebook, "exercise")["gain"].source = f"steel = [27, 51]\n{answer}"
        cells_tagged(notebook, "exercise")["claim"].source = 'claim = "It doubled."'

    cells = cells_tagged(student_edition(small(play)), "exercise")
    assert cells["gain"].source == "steel = [27, 51]\ngain = None"
    assert cells["claim"].source == 'claim = """\n\n"""'


def test_a_cell_that_does_not_leave_its_answer_open_is_not_handed_out():
    def spoil(notebook):
        cells_tagged(notebook, "exercise")["gain"].source = "x = 1"

    with pytest.raises(LessonError, match="exercise gain"):
        student_edition(small(spoil))


def test_a_notebook_without_cell_ids_gives_the_same_bytes_twice(tmp_path):
    old = json.loads(nbformat.writes(small_lesson()))
    old["nbformat_minor"] = 4
    for cell in old["cells"]:
        del cell["id"]
    path = tmp_path / "old.ipynb"
    path.write_text(json.dumps(old), encoding="utf-8")
    made = []
    for _ in range(2):
        notebook = nbformat.read(path, as_version=4)
        prepare(notebook, path)
        key = {e.name: {"expected": 1, "free_text": False} for e in exercises(notebook)}
        made.append(
            nbformat.writes(student_edition(Assignment(notebook, exercises(notebook), key)))
        )
    assert made[0] == made[1]


def test_a_file_in_which_somebody_may_have_written_is_left_alone(tmp_path):
    edition, path = student_edition(small()), tmp_path / "out.ipynb"
    write_edition(edition, path)
    data = path.read_bytes()
    assert b"\r" not in data
    assert data.endswith(b"}\n")
    write_edition(edition, path)
    edition.cells[1].source += " Ann"
    with pytest.raises(LessonError, match="--out"):
        write_edition(edition, path)
    assert path.read_bytes() == data
    assert [p.name for p in tmp_path.iterdir()] == ["out.ipynb"]


# --- what a check says in an edition ---


@pytest.mark.parametrize("kind", [NUMBER, TRUTH, LIST, WORD, WORDS, "nonsense"])
def test_any_kind_of_answer_is_received(kind, capsys):
    for answer in EVERY_KIND:
        received("steel_growth", answer, kind)
        said = capsys.readouterr().out
        assert said.startswith(("Not answered yet. ", "Received: ", "The answer is "))
        assert "Correct" not in said
        assert "Not quite" not in said


@pytest.mark.parametrize(
    ("answer", "kind", "said"),
    [
        (3, NUMBER, "Received: a number.\n"),
        (9.4, NUMBER, "Received: a number.\n"),
        ("9.4", NUMBER, "The answer is a number. Write the number without quotation marks."),
        ((3, 5), NUMBER, "The answer is a number. Write a point in the place of the comma: 3.5."),
        (True, NUMBER, "The answer is a number, but yours is True or False."),
        (print, NUMBER, "yours is a function that has not been called"),
        ({"coal"}, LIST, "Received: a list.\n"),
        ("coal", LIST, "The answer is a list, but yours is a word."),
        ("It grew.", WORDS, "Received: 2 words.\n"),
        ("Yes", WORDS, "Received: 1 word.\n"),
        ("", WORDS, "between the quotation marks at steel"),
        (None, WORD, "in place of None at steel"),
    ],
)
def test_the_kind_is_told(answer, kind, said, capsys):
    received("steel", answer, kind)
    assert said in capsys.readouterr().out


def test_right_and_wrong_are_received_alike(capsys):
    said = set()
    for answer in (SECRET_VALUE["expected"], SECRET_VALUE["expected"] * 2):
        received(SECRET, answer, NUMBER)
        said.add(capsys.readouterr().out)
    assert len(said) == 1
