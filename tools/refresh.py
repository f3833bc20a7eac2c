"""Run every notebook and save it as it must be committed, with the key of its exercises.

    python start.py refresh                     every notebook
    python start.py refresh 06                  one lesson, or as many as are named

Saved are outputs, execution counts 1..n, stable cell ids and tags; no trace of the machine, no
widget state. The answers that `check` compares with are what the lessons' own solutions give; they
go to helpers/two_winds/keys. Running this twice changes no byte.
"""

from __future__ import annotations

import sys
from pathlib import Path

import classwork.ground.quick_start  # noqa: F401
import code_map
import unverified
from classwork.commands import find_lesson
from classwork.lesson.exercises import LessonError
from classwork.lesson.refresh import refresh_all

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"

if __name__ == "__main__":
    try:
        named = [find_lesson(name) for name in sys.argv[1:]]
    except LessonError as error:
        sys.exit(str(error))
    unverified.main()
    refresh_all(named or sorted(NOTEBOOKS.glob("*.ipynb")))
    code_map.main()
