"""The start page: a map of the lessons from their own headers, and a check in plain words."""

import json

import pytest
from two_winds import datasets
from two_winds.start_page import lesson_map as catalogue
from two_winds.start_page import self_check as health
from two_winds.start_page.lesson_map import lessons

HEADER = """# 42 A lesson

**Question.** Who counts
what?

**Goals.** None.

**Minutes.** 50, and as many again for the second hour.

**Know first.** How to run a cell: [Start here](00_start_here.ipynb). Long division.

**Words.** None.
"""


def write_lesson(folder, name, text):
    cells = [{"cell_type": "markdown", "source": text.splitlines(keepends=True)}]
    (folder / name).write_text(json.dumps({"cells": cells}), encoding="utf-8")


def test_a_lesson_is_known_by_its_own_header(tmp_path):
    write_lesson(tmp_path, "42_a_lesson.ipynb", HEADER)
    write_lesson(tmp_path, "00_start_here.ipynb", "# Start here\n\nWelcome.")
    assert lessons(tmp_path) == [
        {
            "lesson": "42 A lesson",
            "question": "Who counts what?",
            "minutes": 50,
            "know first": "Long division.",
            "file": "42_a_lesson.ipynb",
        }
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"cells": []}', "\ufffd"])
def test_a_damaged_file_beside_the_lessons_is_no_lesson(text, tmp_path):
    write_lesson(tmp_path, "42_a_lesson.ipynb", HEADER)
    (tmp_path / "43_damaged.ipynb").write_text(text, encoding="utf-8")
    assert [lesson["lesson"] for lesson in lessons(tmp_path)] == ["42 A lesson"]


def test_the_map_links_every_lesson(capsys, monkeypatch):
    shown = []
    monkeypatch.setattr(catalogue, "display", lambda bundle, raw: shown.append(bundle))
    catalogue.lesson_map()
    for path in catalogue.NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"):
        if path.name != "00_start_here.ipynb":
            assert f"({path.name})" in shown[0]["text/markdown"]


def test_a_sound_installation_is_told_so(capsys):
    health.self_check()
    words = capsys.readouterr().out
    assert words.startswith("Everything is there:")
    assert f"{len(datasets.all_names())} tables" in words


@pytest.mark.parametrize(
    ("what", "spoil"),
    [
        (
            "The package pandas-of-tomorrow is not installed.",
            lambda patch, tmp: patch.setattr(health, "NEEDED", ("pandas-of-tomorrow",)),
        ),
        (
            "The font with the Chinese characters is missing.",
            lambda patch, tmp: patch.setattr(health, "HAN", tmp / "gone.otf"),
        ),
        (
            "No lesson was found in the folder notebooks.",
            lambda patch, tmp: patch.setattr(health, "lessons", lambda: []),
        ),
    ],
)
def test_what_is_missing_is_named_with_a_remedy(what, spoil, monkeypatch, tmp_path, capsys):
    spoil(monkeypatch, tmp_path)
    health.self_check()
    assert capsys.readouterr().out.splitlines() == [
        "Something is missing:",
        f"- {what}",
        health.REMEDY,
    ]


def test_a_damaged_table_is_named(monkeypatch, capsys):
    def refuse(name):
        raise datasets.DatasetError(f"{name}.csv: line 2 is torn")

    monkeypatch.setattr(health, "all_names", lambda: ["steel"])
    monkeypatch.setattr(health, "load", refuse)
    health.self_check()
    assert "- steel.csv: line 2 is torn" in capsys.readouterr().out
