"""Where students' code runs: on Linux a place without network, files or keys, made by bubblewrap.

What is there: the system's programs and libraries, Python with its packages, this package without
its keys, and the tables; all of it to be read only. To be written: one empty folder in memory.
What is not there: the network, other processes, the lessons, the submissions, the marks.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

from classwork.course import current

CLASSWORK = Path(__file__).resolve().parents[2]
FOLDER = "/submission"
FOLDER_BYTES = 64_000_000
SYSTEM = [
    "/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache",
    "/etc/alternatives", "/etc/fonts", "/etc/localtime", "/var/cache/fontconfig",
]  # fmt: skip
START = """import sys
sys.path[:0], sys.path[len(sys.path):] = {helpers!r}, {packages!r}
from classwork.grading.sandbox.worker import main
main()"""


@functools.cache
def can_confine() -> bool:
    """Tell whether bubblewrap is installed and allowed to work here, by trying it once."""
    if sys.platform != "linux" or not shutil.which("bwrap"):
        return False
    try:
        trial = [*confinement(), "/usr/bin/true"]
        return subprocess.run(trial, capture_output=True, timeout=20).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def command(confined: bool, forks: bool = False) -> list[str]:
    """Return the command that starts a worker; `forks`: one that makes further sandboxes."""
    start = START.format(helpers=helpers(), packages=list(map(str, other_packages())))
    python = [sys.executable, "-s", "-P", "-c", start]
    return [*confinement(forks), *python] if confined else python


def helpers() -> list[str]:
    """Return the folders from which classwork and the course's own package are imported."""
    packages = [CLASSWORK, current().package_folder]
    return list(dict.fromkeys(str(package.parent) for package in packages if package))


def environment(folder: str) -> dict[str, str]:
    """Return the environment of a runner: nothing of the teacher's, one thread, no chance."""
    kept = {n: os.environ[n] for n in ("SYSTEMROOT", "PATH") if n in os.environ}
    one_thread = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    homes = ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP")
    mine = (*homes, "MPLCONFIGDIR", "IPYTHONDIR", current().elsewhere)
    places = dict.fromkeys(mine, folder)
    fixed = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    return kept | one_thread | places | fixed | {"MPLBACKEND": "agg"}


def confinement(forks: bool = False) -> list[str]:
    """Return the beginning of a command line that runs the rest of it confined."""
    makes_sandboxes = ["--cap-add", "CAP_SYS_ADMIN", "--cap-add", "CAP_SETPCAP"]
    return [
        "bwrap",
        *["--unshare-all", "--unshare-user", "--uid", "1000", "--gid", "1000"],
        *["--cap-drop", "ALL", *(makes_sandboxes if forks else []), "--as-pid-1"],
        *["--die-with-parent", "--new-session"],
        *optional("--disable-userns"),
        *["--proc", "/proc", "--dev", "/dev"],
        *system_binds(),
        *own_binds(),
        *optional("--size", str(FOLDER_BYTES)),
        *["--tmpfs", FOLDER, "--chdir", FOLDER],
        *["--remount-ro", "/dev", "--remount-ro", "/", "--"],
    ]


def optional(*option: str) -> list[str]:
    """Return an option that older releases of bubblewrap lack, where this one has it."""
    return list(option) if option[0] in bubblewrap_help() else []


@functools.cache
def bubblewrap_help() -> str:
    """Return what bubblewrap says of its options."""
    return subprocess.run(["bwrap", "--help"], capture_output=True, encoding="utf-8").stdout


def system_binds() -> list[str]:
    """Return the options that show the system and Python, to be read only."""
    binds = []
    for name in SYSTEM:
        place = Path(name)
        if place.is_symlink() and place.is_dir():
            binds += ["--symlink", os.readlink(place), name]
        elif place.exists():
            binds += ["--ro-bind", name, name]
    for prefix in [*prefixes(), *other_packages()]:
        if not prefix.is_relative_to("/usr") and not prefix.is_relative_to(current().root):
            binds += ["--ro-bind", str(prefix), str(prefix)]
    return binds


def prefixes() -> list[Path]:
    """Return the folders in which this Python and its packages stand."""
    base = Path(sys.base_prefix)
    return list(dict.fromkeys([base, base.resolve(), Path(sys.prefix)]))


def other_packages() -> list[Path]:
    """Return the folders of packages that stand elsewhere, such as a user's own."""
    folders = [
        Path(name) for name in sys.path if Path(name).name in ("site-packages", "dist-packages")
    ]
    return [f for f in folders if f.is_dir() and not any(map(f.is_relative_to, prefixes()))]


def own_binds() -> list[str]:
    """Return the options that show of the course what runs, and nothing that knows answers.

    It may lie in a folder that is shown, or keys and lessons in one: so they are covered.
    """
    course = current()
    inside = [prefix for prefix in prefixes() if prefix.is_relative_to(course.root)]
    packages = [CLASSWORK, *([course.package_folder] if course.package_folder else [])]
    covered = [course.keys, course.notebooks]
    # An installed copy has its lessons within the package.
    own_root = [] if any(map(course.root.is_relative_to, packages)) else [course.root]
    binds = [word for root in own_root for word in ("--tmpfs", str(root))]
    for place in [*inside, *packages]:
        binds += ["--ro-bind", str(place), str(place)]
    for place in covered:
        binds += ["--tmpfs", str(place)]
    for place in filter(Path.exists, course.data):
        binds += ["--ro-bind", str(place), str(place)]
    for place in [*covered, *own_root]:
        binds += ["--remount-ro", str(place)]
    return binds
