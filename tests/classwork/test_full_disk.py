"""A full disk costs nobody what was there; a home that cannot be written to does not show."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from classwork.lesson.refresh import write


@pytest.fixture
def full(monkeypatch):
    """A disk on which there is room for half of what is written."""

    def write_half(path, text, **_options):
        path.write_bytes(text.encode()[: len(text) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_text", write_half)


def test_a_lesson_is_as_it_was_when_the_disk_fills_up_while_it_is_saved(tmp_path, full):
    lesson = tmp_path / "lesson.ipynb"
    lesson.write_bytes(b"what a teacher wrote")
    with pytest.raises(OSError, match="No space left"):
        write(lesson, "a new run of it, much longer than before")
    assert lesson.read_bytes() == b"what a teacher wrote"
    assert list(tmp_path.iterdir()) == [lesson]


def test_a_lesson_is_written_whole_and_only_where_it_is_new(tmp_path):
    lesson = tmp_path / "keys" / "lesson.ipynb"
    assert write(lesson, "东风\n")
    assert not write(lesson, "东风\n")
    assert lesson.read_bytes() == "东风\n".encode()
    assert list(lesson.parent.iterdir()) == [lesson]


DRAW = """
from two_winds import load, race
from two_winds.charts.common.chart import picture_html
print(len(picture_html(race(load("production"), "steel"))) > 10_000)
"""


@pytest.mark.parametrize("there", [True, False])
def test_a_chart_is_drawn_without_a_word_whatever_the_home_folder(tmp_path, there):
    home = tmp_path / "Дом мой"
    # A file in the place of the folder cannot be written into by anybody, an administrator neither.
    home.mkdir() if there else home.touch()
    named = {"HOME": str(home), "USERPROFILE": str(home), "PYTHONIOENCODING": "utf-8"}
    moved = {"MPLCONFIGDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "IPYTHONDIR"}
    env = {name: value for name, value in os.environ.items() if name not in moved} | named
    done = subprocess.run(
        [sys.executable, "-c", DRAW], env=env, capture_output=True, encoding="utf-8"
    )
    assert (done.stdout, done.stderr) == ("True\n", "")
