"""What the tests of the pages share: the reading copy as another process has written it."""

import os
import subprocess
import sys

import pytest
from filelock import FileLock
from lessons import ROOT

WRITE = """
import sys
from pathlib import Path
sys.path.insert(0, {tools!r})
import reading_copy
sys.exit(reading_copy.main(Path(sys.argv[1]), for_class=True))
"""


@pytest.fixture(scope="session")
def written(tmp_path_factory, worker_id):
    """The reading copy with its pages for a class, alone in a folder, and what was said.

    Written once in a run: all workers read the same. Nobody writes there.
    """
    alone = worker_id == "master"
    base = tmp_path_factory.getbasetemp()
    place = (base if alone else base.parent) / "written"
    folder, said = place / "usb" / "Два ветра, 两股风", place / "said.txt"
    place.mkdir(exist_ok=True)
    with FileLock(place / "lock"):
        if not said.exists():
            folder.parent.mkdir()
            script = WRITE.format(tools=str(ROOT / "tools/pages"))
            # Whatever hangs on the order of a set comes in another order there.
            env = os.environ | {"PYTHONHASHSEED": "1957", "PYTHONIOENCODING": "utf-8"}
            command = [sys.executable, "-c", script, str(folder)]
            told = subprocess.check_output(command, env=env, encoding="utf-8")
            said.write_text(told, encoding="utf-8")
    return folder, said.read_text(encoding="utf-8")
