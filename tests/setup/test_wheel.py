"""What pip builds is whole: installed elsewhere, read-only, without a network, it teaches."""

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from lessons import ALL, LESSONS, ROOT, kinds

USE = """
import json, sys
from pathlib import Path
import two_winds
from two_winds import cite, load, passport, self_check
from two_winds.course import IS_CHECKOUT
from two_winds.datasets import all_names

assert not IS_CHECKOUT and "two-winds-elsewhere" in two_winds.__file__, two_winds.__file__
for name in all_names():
    assert len(load(name)) and repr(passport(name))
assert cite(load("production")["source"].iloc[0])
self_check()
names = {"__name__": "__main__"}
for cell in json.loads(Path(sys.argv[1]).read_text("utf-8")):
    exec(cell, names)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("two_winds-*.whl"))


def test_the_wheel_holds_tables_lessons_keys_fonts_and_templates(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {f"two_winds/shipped/datasets/{path.name}" for path in ROOT.glob("datasets/*.*")}
    wanted |= {f"two_winds/shipped/notebooks/{lesson.path.name}" for lesson in LESSONS}
    for file in (ROOT / "helpers").rglob("*.*"):
        left_out = {"__pycache__", "README.md", "two_winds.egg-info"} & {*file.parts}
        if file.is_file() and not left_out:
            wanted.add(file.relative_to(ROOT / "helpers").as_posix())
    data = next(name.partition("/")[0] for name in held if ".data/data/" in name) + "/data/"
    wanted.add(data + "share/jupyter/lab/settings/overrides.d/two_winds.json")
    wanted.add(data + "etc/ipython/ipython_kernel_config.py")
    assert wanted - held == set()


def test_it_teaches_from_another_folder_read_only_and_without_a_network(wheel, tmp_path):
    home = tmp_path / "two-winds-elsewhere"
    # A wheel of Python alone is installed by unpacking it.
    zipfile.ZipFile(wheel).extractall(home)
    lesson = next(lesson for lesson in LESSONS if lesson.name.startswith("01"))
    cells = [cell.source for cell in lesson.code if not kinds(cell) & {"exercise", "check"}]
    (tmp_path / "cells.json").write_text(json.dumps(cells), encoding="utf-8")
    command = [sys.executable, "-c", USE, str(tmp_path / "cells.json")]
    if shutil.which("bwrap"):
        bound = ["--dev-bind", "/", "/", "--ro-bind", str(home), str(home), "--unshare-net"]
        command = ["bwrap", *bound, "--", *command]
    environment = os.environ | {"PYTHONPATH": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    work = tmp_path / "somewhere"
    work.mkdir()
    done = subprocess.run(command, cwd=work, env=environment, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-2000:]
    assert "Everything is there" in done.stdout
    copy = [sys.executable, "-m", "two_winds", "copy", "lessons"]
    subprocess.run(copy, cwd=work, env=environment, check=True, capture_output=True)
    laid = sorted(path.name for path in (work / "lessons").glob("*.ipynb"))
    assert laid == [lesson.path.name for lesson in ALL]
