"""Progress: what a student has done is kept, told, deletable, and nobody else's business."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from classwork.practice import progress as my_progress
from classwork.practice.check import read_keys
from courses import course_with
from lessons import ROOT
from nbformat.v4 import new_code_cell, new_notebook
from two_winds import check, progress
from two_winds.course import COURSE

LESSON, OTHER = "06_steel", "04_moon"
# What each exercise of two small lessons is worth, and its answer.
EXERCISES = {
    LESSON: {
        "gain": (2, 9.4),
        "rate": (2, 4.7),
        "lead": (1, 1974),
        "shoes": (1, "b"),
        "claim": (4, "It grew."),
    },
    OTHER: {"odd_source": (1, "LAFLEUR")},
}


@pytest.fixture(autouse=True, scope="module")
def lessons(tmp_path_factory):
    """A course of two small lessons, and the fields in which it differs from Two Winds."""
    root = tmp_path_factory.mktemp("course")
    changes = {"notebooks": root / "notebooks", "keys": root / "keys"}
    for folder in changes.values():
        folder.mkdir()
    for lesson, todo in EXERCISES.items():
        cells = [
            new_code_cell(f"{name} = None", metadata={"tags": [f"exercise:{name}:{worth}"]})
            for name, (worth, _) in todo.items()
        ]
        nbformat.write(new_notebook(cells=cells), changes["notebooks"] / f"{lesson}.ipynb")
        key = {name: key_of(name, answer) for name, (_, answer) in todo.items()}
        (changes["keys"] / f"{lesson}.json").write_text(json.dumps(key), encoding="utf-8")
    with course_with(**changes):
        yield changes


def key_of(name, answer):
    said = {"why": "It matters.", "hints": ["Look."], "mistakes": []}
    return said | {"expected": answer, "free_text": name == "claim"}


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """The file in which the progress of LESSON is kept, in a folder of its own."""
    monkeypatch.setenv(COURSE.elsewhere, str(tmp_path))
    monkeypatch.setattr(my_progress, "_not_kept", {})
    return tmp_path / "progress" / f"{LESSON}.json"


def told(capsys, lesson=LESSON):
    """What a student reads after running the progress cell."""
    capsys.readouterr()
    progress(lesson)
    return capsys.readouterr().out


def states(text):
    """What the table says of each exercise."""
    rows = text.split("state\n")[1].split("\n\n")[0].splitlines()
    return {row.split()[0]: " ".join(row.split()[2:]) for row in rows}


def solve(*names):
    for name in names:
        check(name, read_keys()[name]["expected"])


def test_a_lesson_just_opened_has_nothing_done(capsys, kept):
    text = told(capsys)
    assert text.startswith("0 of 5 done; 0 of 10 points.\n")
    assert set(states(text).values()) == {"not yet"}
    assert not kept.exists()


@pytest.mark.parametrize("lesson", EXERCISES)
def test_the_table_holds_the_lessons_exercises_in_order_with_their_points(lesson, capsys):
    rows = told(capsys, lesson).split("state\n")[1].splitlines()
    wanted = [[name, str(worth), "not", "yet"] for name, (worth, _) in EXERCISES[lesson].items()]
    assert [row.split() for row in rows[: len(wanted)]] == wanted


def test_right_tried_written_and_untouched_are_told_apart(capsys):
    solve("rate", "claim")
    check("gain", 3)
    check("lead", None)
    text = told(capsys)
    assert text.startswith("2 of 5 done; 2 of 10 points.\n")
    found = states(text)
    assert found["rate"] == "right"
    assert found["claim"] == "written"
    assert found["gain"] == "tried"
    assert found["lead"] == found["shoes"] == "not yet"
    assert "hint('gain')" in text


def test_a_lesson_all_done_says_so(capsys):
    solve(*states(told(capsys)))
    text = told(capsys)
    assert text.startswith("5 of 5 done; 6 of 10 points.\n")
    assert "All done." in text


def test_what_was_right_stays_right_when_a_student_goes_on_trying(capsys):
    solve("gain")
    check("gain", 3)
    check("gain", None)
    assert states(told(capsys))["gain"] == "right"


def test_only_the_lesson_that_was_worked_on_moves(capsys):
    solve("gain")
    assert set(states(told(capsys, OTHER)).values()) == {"not yet"}


def test_telling_twice_says_the_same_and_changes_nothing(capsys, kept):
    solve("gain")
    before = kept.read_bytes()
    assert told(capsys) == told(capsys)
    assert kept.read_bytes() == before


def test_names_and_states_are_kept_and_nothing_else(kept):
    check("claim", "My name is Anna, 1957.")
    check("gain", 3.14159)
    assert json.loads(kept.read_text("utf-8")) == {"claim": "written", "gain": "tried"}
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_deleting_the_file_starts_afresh(capsys, kept):
    solve("gain")
    assert f"my_work/progress/{LESSON}.json" in told(capsys)
    kept.unlink()
    assert told(capsys).startswith("0 of 5 done")


def in_another_kernel(source, changes):
    places = {name: str(place) for name, place in changes.items()}
    command = f"""from dataclasses import replace
from pathlib import Path
from classwork import use
from two_winds import check
from two_winds.course import COURSE
use(replace(COURSE, **{{name: Path(place) for name, place in {places!r}.items()}}))
{source}"""
    subprocess.run([sys.executable, "-c", command], check=True, capture_output=True)


def test_it_is_there_after_a_restart_and_in_a_second_kernel(capsys, lessons):
    solve("rate")
    in_another_kernel('check("gain", 3); check("odd_source", "LAFLEUR")', lessons)
    solve("shoes")
    assert list(states(told(capsys)).values()).count("right") == 2
    assert states(told(capsys))["gain"] == "tried"
    assert states(told(capsys, OTHER))["odd_source"] == "right"


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b'{"gain": "cor', b"[]", b'"x"', b"\xff\xfe\x00", b'{"shoes": 3}',
     b'{"shoes": ["correct"]}', b'{"shoes": "half"}', b"[" * 100_000],
    ids=["empty", "begun", "cut", "list", "word", "bytes", "number", "inside", "unknown", "deep"],
)  # fmt: skip
def test_a_damaged_file_is_set_aside_and_kept(damage, kept, capsys):
    kept.parent.mkdir()
    kept.write_bytes(damage)
    assert told(capsys).startswith("0 of 5 done")
    solve("gain")
    assert states(told(capsys))["gain"] == "right"
    assert kept.with_suffix(".json.damaged").read_bytes() == damage


def test_a_second_damaged_file_does_not_overwrite_the_first(kept):
    kept.parent.mkdir()
    for damage in (b"one", b"two", b"three"):
        kept.write_bytes(damage)
        solve("gain")
    aside = sorted(path.read_bytes() for path in kept.parent.glob("*.damaged*"))
    assert aside == [b"one", b"three", b"two"]


def test_names_of_an_older_edition_are_left_in_the_file(kept, capsys):
    kept.parent.mkdir()
    kept.write_text('{"gone": "correct"}', encoding="utf-8")
    solve("gain")
    assert told(capsys).startswith("1 of 5 done; 2 of 10 points.")
    assert json.loads(kept.read_text("utf-8"))["gone"] == "correct"


def a_file_in_the_way(tmp_path, kept):
    kept.parent.write_text("not a folder", encoding="utf-8")


def a_folder_in_the_way(tmp_path, kept):
    kept.mkdir(parents=True)


@pytest.mark.parametrize("obstacle", [a_file_in_the_way, a_folder_in_the_way])
def test_where_nothing_can_be_kept_it_is_known_until_the_end(obstacle, tmp_path, kept, capsys):
    obstacle(tmp_path, kept)
    solve("gain")
    assert capsys.readouterr().out.startswith("\u2713 Correct.")
    text = told(capsys)
    assert states(text)["gain"] == "right"
    assert text.count("Nothing can be kept in the folder my_work") == 1
    assert "Delete" not in text


def test_what_could_not_be_kept_is_kept_as_soon_as_it_can(tmp_path, kept, capsys):
    a_file_in_the_way(tmp_path, kept)
    solve("gain")
    kept.parent.unlink()
    solve("shoes")
    assert json.loads(kept.read_text("utf-8")) == {"gain": "correct", "shoes": "correct"}
    assert "Nothing can be kept" not in told(capsys)


def test_a_failed_write_leaves_the_old_file_whole(kept, monkeypatch):
    solve("gain")
    before = kept.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
        solve("shoes")
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_without_the_repository_it_is_known_until_the_end(tmp_path, monkeypatch):
    monkeypatch.delenv(COURSE.elsewhere)
    with course_with(notebooks=tmp_path / "none"):
        assert my_progress.path_of(LESSON) is None
        solve("gain")
        assert my_progress.states_of(LESSON) == {"gain": "correct"}


def test_a_student_finds_it_in_my_work(monkeypatch):
    monkeypatch.delenv(COURSE.elsewhere)
    assert my_progress.path_of(LESSON) == ROOT / "my_work" / "progress" / f"{LESSON}.json"


@pytest.mark.parametrize("name", ["6", "", "../notebooks"])
def test_an_unknown_lesson_is_answered_with_the_known_ones(name, capsys):
    text = told(capsys, name)
    assert text.startswith(f"There is no lesson with exercises named {name!r}.")
    assert text.splitlines()[1:] == sorted(EXERCISES)
