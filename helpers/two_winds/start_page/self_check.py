"""Is everything there? A check that answers in plain words."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.style import HAN
from two_winds.datasets import FOLDER, DatasetError, all_names, load
from two_winds.datasets.published import CHANGED, is_changed
from two_winds.start_page.lesson_map import lessons

NEEDED = ("pandas", "matplotlib", "ipywidgets")
REMEDY = "Close JupyterLab, run start.py again, and open this page once more."


@lesson_helper
def self_check() -> None:
    """Print whether Python, the packages, the tables, the font and the lessons are all there."""
    troubles = [*missing_packages(), *damaged_tables()]
    if not HAN.exists():
        troubles.append("The font with the Chinese characters is missing.")
    found = len(lessons())
    if not found:
        troubles.append("No lesson was found in the folder notebooks.")
    if troubles:
        print("Something is missing:", *(f"- {trouble}" for trouble in troubles), REMEDY, sep="\n")
        return
    for name in all_names():
        if is_changed(name, FOLDER):
            print(CHANGED.format(name=name))
    print(
        f"Everything is there: Python {sys.version_info[0]}, the packages, "
        f"{len(all_names())} tables and {found} lessons. You can begin."
    )


def missing_packages() -> list[str]:
    """Return a sentence for each package that is not installed."""
    found = []
    for name in NEEDED:
        try:
            version(name)
        except PackageNotFoundError:
            found.append(f"The package {name} is not installed.")
    return found


def damaged_tables() -> list[str]:
    """Return what is wrong with each table that cannot be read."""
    found = []
    for name in all_names():
        try:
            load(name)
        except DatasetError as error:
            found.append(str(error))
    return found
