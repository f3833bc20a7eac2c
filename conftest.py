"""The order of the tests, and how several workers share them.

Files that are named run in this process, what fails fast first. A run of everything is shared by
several workers, each taking the next file when it has finished one; what takes longest comes
first, so that none waits long for the others at the end.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from two_winds.course import COURSE

MY_WORK = TemporaryDirectory()
# As many as a small machine has cores: the browsers and kernels of one run beside it.
WORKERS = 2

# What takes long, the longest last; every other file is quick.
SLOW = [
    "take_away",
    "course",
    "first_hours",
    "charts",
    "wrong_arguments",
    "start",
    "desks",
    "assignment_commands",
    "variants",
    "editions",
    "lint",
    "grading",
    "hostile",
    "classroom",
    "new_lesson",
    "reading_copy",
    "working_pages",
    "browser",
]


def place(item):
    """Return where the file of a test stands in the order; quick files stand first."""
    name = item.path.stem.removeprefix("test_")
    return SLOW.index(name) + 1 if name in SLOW else 0


def pytest_collection_modifyitems(config, items):
    """Put the tests in order: the quick ones first, but the long ones where several share them."""
    is_a_worker = hasattr(config, "workerinput")
    items.sort(key=place, reverse=is_a_worker)


def pytest_configure(config):
    """Let no setting of the user's own Jupyter or IPython reach what tests start."""
    config.add_cleanup(MY_WORK.cleanup)
    for place in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        os.environ[place] = str(Path(MY_WORK.name) / place)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Let nothing that a test answers go into the user's my_work, or into another file's tests."""
    os.environ[COURSE.elsewhere] = str(Path(MY_WORK.name) / item.path.stem)


def pytest_xdist_auto_num_workers(config):
    """Share a run of everything between several workers; run named files in this process."""
    everything = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return WORKERS if everything else 0
