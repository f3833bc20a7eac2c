"""python -m two_winds copy FOLDER: lay the lessons into a folder to work in.

For an installed package, as on a hosted notebook; in a checkout `python start.py` does it.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from classwork.course import use
from classwork.lesson.copies import lay_out

from two_winds.course import COURSE


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return the exit code: 0, or 1 where the folder cannot be written."""
    parser = argparse.ArgumentParser(prog="python -m two_winds", description=__doc__)
    command = parser.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "copy", help="lay the lessons into a folder to work in; nothing in it is overwritten"
    )
    command.add_argument("folder", type=Path)
    folder = parser.parse_args(arguments).folder
    use(COURSE)
    os.environ[COURSE.elsewhere] = str(folder)
    try:
        laid = lay_out()
    except OSError as trouble:
        print(f"{folder} cannot be written to: {trouble.strerror}. Name another folder.")
        return 1
    print(f"{len(laid)} lessons are new in {folder}. What was there already stays as it is.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
