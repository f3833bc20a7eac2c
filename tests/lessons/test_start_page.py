"""The start page: a map of the lessons from their own headers, and a check in plain words."""

import json
import re

import pytest
from lessons import ALL, NOTEBOOKS, ROOT, text_of
from two_winds import check, datasets, load, value
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


def test_the_readme_asks_what_the_lessons_ask():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for row in lessons(NOTEBOOKS):
        assert f"| {row['lesson'][:2]} | {row['lesson'][3:]} | {row['question']} |" in readme


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


# --- the page itself ---


def start_page():
    return next(lesson for lesson in ALL if lesson.name == "00_start_here")


def test_the_first_cell_answers_at_once():
    first = start_page().code[0]
    assert "import" not in first.source, "a newcomer waits for nothing"
    assert text_of(first).strip()


def test_the_wrong_answer_that_the_page_asks_for_is_answered(capsys):
    page = start_page()
    assert any("`53.51 - 28.9`" in cell.source for cell in page.prose)
    check("cement_share", 53.51 - 28.9)
    assert "The question asks for per cent." in " ".join(capsys.readouterr().out.split())
    check("cement_share", 100 * 28.9 / 53.51)
    assert capsys.readouterr().out.startswith("✓ Correct.")


def test_the_figures_of_the_practice_are_those_of_the_table():
    production = load("production")
    assert value(production, "SUN", "cement", 1957) == 28.9
    assert value(production, "USA", "cement", 1957) == 53.51


def test_the_tools_that_the_page_teaches_are_all_that_it_imports():
    page = start_page()
    lines = page.code[1].source.splitlines()
    fetched = [line.partition("import ")[2] for line in lines if "import" in line]
    imported = set(re.findall(r"\w+", " ".join(fetched)))
    used = " ".join(cell.source for cell in page.cells if cell is not page.code[1])
    used += " ".join(line for line in lines if "import" not in line)
    assert {name for name in imported if not re.search(rf"\b{name}\(", used)} == set()
