"""Run every notebook and save it as it must be committed, with the key of its exercises.

    python start.py refresh                     every notebook
    python start.py refresh notebooks/06_*.ipynb

Saved are outputs, execution counts 1..n, stable cell ids and tags; no trace of the machine, no
widget state. The answers that `check` compares with are what the lessons' own solutions give; they
go to helpers/two_winds/keys. Running this twice changes no byte.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import classwork.ground.quick_start  # noqa: F401
import code_map
import unverified
from classwork.lesson.refresh import refresh
from two_winds.course import COURSE

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"

if __name__ == "__main__":
    unverified.main()
    wanted = [Path(name).resolve() for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb"))
    # What whoever saves the lessons has answered in them is not to be saved.
    with TemporaryDirectory() as nobodys_work:
        os.environ[COURSE.elsewhere] = nobodys_work
        for notebook_path in wanted:
            print(f"{notebook_path.name}: {'saved' if refresh(notebook_path) else 'unchanged'}")
    code_map.main()
