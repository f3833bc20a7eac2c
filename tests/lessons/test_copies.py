"""What a student opens is a copy: without outputs, never over anything, the lessons as printed."""

import json
import os
import re
from pathlib import Path

import pytest
from classwork.course import current
from classwork.editions.editions import student_edition
from classwork.lesson.copies import copy_lessons, in_figures, lay_fresh, lay_out, my_work
from classwork.practice.check import read_keys
from nbformat import NotebookNode
from submissions import lesson_06

LESSONS = sorted(current().notebooks.glob("[0-9][0-9]_*.ipynb"))


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """An empty folder in the place of my_work."""
    monkeypatch.setenv(current().elsewhere, str(tmp_path / "my_work"))
    return tmp_path / "my_work"


def test_every_lesson_is_laid_out_once_as_nobody_has_run_it(place):
    assert [path.name for path in lay_out()] == [path.name for path in LESSONS]
    for path in LESSONS:
        old, new = (
            json.loads((folder / path.name).read_text("utf-8")) for folder in (path.parent, place)
        )
        code = [cell for cell in new["cells"] if cell["cell_type"] == "code"]
        assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
        assert [c["id"] for c in old["cells"]] == [c["id"] for c in new["cells"]]
        assert [c["source"] for c in old["cells"] if c["cell_type"] == "code"] == [
            c["source"] for c in code
        ]


def test_what_a_student_has_written_is_never_written_over(place):
    lay_out()
    mine = place / LESSONS[3].name
    mine.write_text("mine", encoding="utf-8")
    assert lay_out() == []
    assert mine.read_text("utf-8") == "mine"


def test_a_clean_copy_is_laid_beside_the_one_that_was_worked_in(place):
    lay_out()
    worked = place / LESSONS[6].name
    worked.write_text("mine", encoding="utf-8")
    fresh = lay_fresh(LESSONS[6])
    assert fresh.name == f"{LESSONS[6].stem}_2.ipynb"
    assert worked.read_text("utf-8") == "mine"
    assert json.loads(fresh.read_text("utf-8"))["cells"]


def test_the_lessons_themselves_are_not_touched():
    before = {path: path.read_bytes() for path in LESSONS}
    lay_out()
    assert {path: path.read_bytes() for path in LESSONS} == before


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_link_of_a_copy_leads_somewhere(path, monkeypatch):
    # The links depend on where my_work lies; as a rule beside the lessons.
    monkeypatch.delenv(current().elsewhere)
    copy = lay_fresh(path)
    try:
        cells = json.loads(copy.read_text("utf-8"))["cells"]
        texts = ["".join(c["source"]) for c in cells if c["cell_type"] == "markdown"]
        links = re.findall(r"\]\((?!https?:|#)([^)#]+)", "\n".join(texts))
        lost = [link for link in links if not (my_work() / link).exists()]
        assert [link for link in lost if Path(link).suffix != ".ipynb"] == []
        names = {one.name for one in LESSONS}
        assert {link for link in lost if link not in names} == set()
    finally:
        copy.unlink()


def test_on_a_hub_one_cell_does_it_and_says_the_same_each_time(place, capsys):
    copy_lessons()
    first = capsys.readouterr().out
    copy_lessons()
    assert capsys.readouterr().out == first
    assert "my_work" in first and len(list(place.glob("*.ipynb"))) == len(LESSONS)


def test_a_solution_unfolds_with_the_answer_in_figures_and_no_list_for_machines(place):
    lay_out()
    keys = read_keys()
    seen = 0
    for path in place.glob("*.ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            tags = [tag for tag in cell["metadata"].get("tags", []) if tag.startswith("solution:")]
            if not tags:
                continue
            text, key = "".join(cell["source"]), keys[tags[0].partition(":")[2]]
            assert "mistakes = [" not in text and text.count("<details>") == 1
            assert text.rstrip().endswith("</details>")
            assert all(words in text for _, words in key["mistakes"])
            if not key["free_text"]:
                assert f"**Answer.** {in_figures(key['expected'])}\n" in text
                seen += 1
    assert seen > 30


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_where_nothing_can_be_written_it_is_said(place, capsys):
    place.parent.chmod(0o500)
    copy_lessons()
    assert "Work in the lessons here" in capsys.readouterr().out


def test_an_answer_that_stops_keeps_no_cell_below_from_running(place):
    lesson = json.loads(lay_fresh(LESSONS[6]).read_text("utf-8"))
    cells = [NotebookNode(cell) for cell in lesson["cells"]]
    edition = student_edition(lesson_06()).cells
    for tags in (cell.metadata.get("tags", []) for cell in [*cells, *edition]):
        answers = any(tag.startswith(("exercise:", "check:")) for tag in tags)
        assert ("raises-exception" in tags) is answers
