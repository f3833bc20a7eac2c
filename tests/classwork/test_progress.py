"""Progress: what a student has done is kept, told, deletable, and nobody else's business."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from classwork.practice import progress as my_progress
from classwork.practice.check import read_keys
from courses import course_with
from lessons import ALL, LESSONS, ROOT
from two_winds import check, progress
from two_winds.course import COURSE

LESSON, OTHER = "06_overtake_america", "04_sputnik"


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
    assert text.startswith("0 of 12 done; 0 of 22 points.\n")
    assert set(states(text).values()) == {"not yet"}
    assert not kept.exists()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_table_holds_the_lessons_exercises_in_order_with_their_points(lesson, capsys):
    rows = told(capsys, lesson.name).split("state\n")[1].splitlines()
    wanted = [[e.name, str(e.points), "not", "yet"] for e in lesson.exercises]
    assert [row.split() for row in rows[: len(wanted)]] == wanted


def test_right_tried_written_and_untouched_are_told_apart(capsys):
    solve("needed_rate", "claim")
    check("steel_growth", 3)
    check("oil_lead", None)
    text = told(capsys)
    assert text.startswith("2 of 12 done; 2 of 22 points.\n")
    found = states(text)
    assert found["needed_rate"] == "right"
    assert found["claim"] == "written"
    assert found["steel_growth"] == "tried"
    assert found["oil_lead"] == found["shoes"] == "not yet"
    assert "hint('steel_growth')" in text


def test_a_lesson_all_done_says_so(capsys):
    solve(*states(told(capsys)))
    text = told(capsys)
    assert text.startswith("12 of 12 done; 18 of 22 points.\n")
    assert "All done." in text


def test_what_was_right_stays_right_when_a_student_goes_on_trying(capsys):
    solve("steel_growth")
    check("steel_growth", 3)
    check("steel_growth", None)
    assert states(told(capsys))["steel_growth"] == "right"


def test_only_the_lesson_that_was_worked_on_moves(capsys):
    solve("steel_growth")
    assert set(states(told(capsys, OTHER)).values()) == {"not yet"}


def test_telling_twice_says_the_same_and_changes_nothing(capsys, kept):
    solve("steel_growth")
    before = kept.read_bytes()
    assert told(capsys) == told(capsys)
    assert kept.read_bytes() == before


def test_names_and_states_are_kept_and_nothing_else(kept):
    check("claim", "My name is Anna, 1957.")
    check("steel_growth", 3.14159)
    assert json.loads(kept.read_text("utf-8")) == {"claim": "written", "steel_growth": "tried"}
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_deleting_the_file_starts_afresh(capsys, kept):
    solve("steel_growth")
    assert f"my_work/progress/{LESSON}.json" in told(capsys)
    kept.unlink()
    assert told(capsys).startswith("0 of 12 done")


def in_another_kernel(source):
    command = f"from two_winds import check\n{source}"
    subprocess.run([sys.executable, "-c", command], check=True, capture_output=True)


def test_it_is_there_after_a_restart_and_in_a_second_kernel(capsys):
    solve("needed_rate")
    in_another_kernel('check("steel_growth", 3); check("odd_source", "LAFLEUR")')
    solve("shoes")
    assert list(states(told(capsys)).values()).count("right") == 2
    assert states(told(capsys))["steel_growth"] == "tried"
    assert states(told(capsys, OTHER))["odd_source"] == "right"


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b'{"steel_growth": "cor', b"[]", b'"x"', b"\xff\xfe\x00", b'{"shoes": 3}',
     b'{"shoes": ["correct"]}', b'{"shoes": "half"}', b"[" * 100_000],
    ids=["empty", "begun", "cut", "list", "word", "bytes", "number", "inside", "unknown", "deep"],
)  # fmt: skip
def test_a_damaged_file_is_set_aside_and_kept(damage, kept, capsys):
    kept.parent.mkdir()
    kept.write_bytes(damage)
    assert told(capsys).startswith("0 of 12 done")
    solve("steel_growth")
    assert states(told(capsys))["steel_growth"] == "right"
    assert kept.with_suffix(".json.damaged").read_bytes() == damage


def test_a_second_damaged_file_does_not_overwrite_the_first(kept):
    kept.parent.mkdir()
    for damage in (b"one", b"two", b"three"):
        kept.write_bytes(damage)
        solve("steel_growth")
    aside = sorted(path.read_bytes() for path in kept.parent.glob("*.damaged*"))
    assert aside == [b"one", b"three", b"two"]


def test_names_of_an_older_edition_are_left_in_the_file(kept, capsys):
    kept.parent.mkdir()
    kept.write_text('{"gone": "correct"}', encoding="utf-8")
    solve("steel_growth")
    assert told(capsys).startswith("1 of 12 done; 2 of 22 points.")
    assert json.loads(kept.read_text("utf-8"))["gone"] == "correct"


def a_file_in_the_way(tmp_path, kept):
    kept.parent.write_text("not a folder", encoding="utf-8")


def a_folder_in_the_way(tmp_path, kept):
    kept.mkdir(parents=True)


@pytest.mark.parametrize("obstacle", [a_file_in_the_way, a_folder_in_the_way])
def test_where_nothing_can_be_kept_it_is_known_until_the_end(obstacle, tmp_path, kept, capsys):
    obstacle(tmp_path, kept)
    solve("steel_growth")
    assert capsys.readouterr().out.startswith("\u2713 Correct.")
    text = told(capsys)
    assert states(text)["steel_growth"] == "right"
    assert text.count("Nothing can be kept in the folder my_work") == 1
    assert "Delete" not in text


def test_what_could_not_be_kept_is_kept_as_soon_as_it_can(tmp_path, kept, capsys):
    a_file_in_the_way(tmp_path, kept)
    solve("steel_growth")
    kept.parent.unlink()
    solve("shoes")
    assert json.loads(kept.read_text("utf-8")) == {"steel_growth": "correct", "shoes": "correct"}
    assert "Nothing can be kept" not in told(capsys)


def test_a_failed_write_leaves_the_old_file_whole(kept, monkeypatch):
    solve("steel_growth")
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
        solve("steel_growth")
        assert my_progress.states_of(LESSON) == {"steel_growth": "correct"}


def test_a_student_finds_it_in_my_work(monkeypatch):
    monkeypatch.delenv(COURSE.elsewhere)
    assert my_progress.path_of(LESSON) == ROOT / "my_work" / "progress" / f"{LESSON}.json"


@pytest.mark.parametrize("name", ["6", "", "../notebooks"])
def test_an_unknown_lesson_is_answered_with_the_known_ones(name, capsys):
    text = told(capsys, name)
    assert text.startswith(f"There is no lesson with exercises named {name!r}.")
    assert text.splitlines()[1:] == [lesson.name for lesson in ALL if lesson.exercises]
