"""Make and mend the environment of Two Winds in .venv. Used by start.py; standard library only.

A stamp, written last, says what was installed. While it holds, set-up is skipped.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "set-up-finished.json"
LOCK = ROOT / ".venv-set-up.lock"
LOG = ROOT / ".venv-set-up.log"
PINS = [ROOT / "pyproject.toml", ROOT / "constraints.txt"]
THIS_PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
BITS = 64 if sys.maxsize > 2**32 else 32
ROOM_NEEDED = 900_000_000
PIP = ["-m", "pip", "install", "--no-input", "--no-user", "--compile", "--progress-bar=off"]
QUIET_LAB = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}

# Each of these would make the environment behave unlike the one the lessons were tried in.
# pip's other settings stay: schools need their proxies and mirrors.
DROPPED = re.compile(
    "PYTHON(PATH|HOME|STARTUP|OPTIMIZE|WARNINGS|DONTWRITEBYTECODE)|__PYVENV_LAUNCHER__|MPLBACKEND"
    "|PIP_(TARGET|PREFIX|ROOT|USER|PYTHON|NO_DEPS|DRY_RUN|REQUIRE_HASHES|QUIET)"
)

DISK_FULL = "The disk is full. Two Winds needs about 900 MB: free some space and run this again."

# What the system or pip says -> what a teacher can do about it. The first that fits is shown.
REMEDIES = {
    r"ensurepip is not\s+available|No module named '?(venv|ensurepip)": (
        "This Python cannot make environments: its venv module is missing.\n"
        f"On Debian and Ubuntu: sudo apt install python{THIS_PYTHON}-venv\n"
        "Elsewhere: install Python from python.org. Then run this again."
    ),
    r"Errno (28|122)\b|WinError 112\b|No space left|not enough space|quota exceeded": DISK_FULL,
    r"Windows Long Path|WinError 206\b": (
        "The folder's path is too long for Windows. Move the Two Winds folder to a short one,\n"
        "such as C:\\two-winds, and run this again there."
    ),
    r"WinError (5|32)\b|Access is denied|used by another process": (
        "A file of the environment is in use. Close every JupyterLab of Two Winds (and any\n"
        "editor that uses its Python), then run this again."
    ),
    r"Errno (13|30)\b|Permission denied|Read-only file system": (
        f"This folder cannot be written to: {ROOT}\n"
        "Copy Two Winds to a folder of your own, such as Documents, and run this again there."
    ),
    r"NewConnectionError|NameResolution|getaddrinfo|unreachable|[Tt]imed? ?out|Connection"
    r"(Reset|Refused|Aborted)?Error|connection broken|ProxyError|SSLError|IncompleteRead"
    r"|from versions: none": (
        "The packages could not be downloaded: pip does not reach its package index, or finds\n"
        "nothing there. Check the network (at school: does it want a proxy or a certificate?)\n"
        "and run this again."
    ),
    r"No matching distribution|metadata-generation-failed|Failed (to build|building)": (
        f"A package is not to be had ready-made for this Python ({THIS_PYTHON}, {BITS}-bit).\n"
        "Try the 64-bit Python from python.org, or ask whoever runs your package mirror."
    ),
    r"requires a different Python": (
        "The environment's Python no longer fits. Delete the folder .venv and run this again."
    ),
}


class SetUpError(Exception):
    """Something that the user can mend, said in plain words."""


def explain(text):
    """Return plain words for what went wrong."""
    for pattern, words in REMEDIES.items():
        if re.search(pattern, text):
            return words
    last = re.findall(r"(?i)^.*error.*$", text, re.MULTILINE)[-3:] or text.splitlines()[-1:]
    return "\n".join(["Setting up did not finish, for a reason that nobody foresaw:", *last])


def child_environment():
    """Return the environment for what runs inside .venv, without what would disturb it."""
    env = {name: value for name, value in os.environ.items() if not DROPPED.fullmatch(name)}
    env["PATH"] = f"{BIN}{os.pathsep}{env.get('PATH', '')}"
    env["VIRTUAL_ENV"] = str(VENV)
    env["JUPYTER_PREFER_ENV_PATH"] = "1"
    return env


def digest():
    """Return a fingerprint of the files that decide what is installed."""
    texts = [path.read_text(encoding="utf-8") for path in PINS]
    return hashlib.sha256("\0".join(texts).encode("utf-8")).hexdigest()


def site_packages():
    """Return the folder that pip installs into; it is named differently on Windows."""
    found = [*VENV.glob("lib/python3*/site-packages"), *VENV.glob("Lib/site-packages")]
    return found[0] if found else VENV / "lib"


def landmarks():
    """Return the names that are all there unless somebody has deleted half of .venv.

    Not the versions: a student who installs a newer pandas keeps it until the pins change.
    """
    found = [*site_packages().glob("*"), *VENV.glob("share/jupyter/lab/*/*")]
    names = [path.relative_to(VENV).as_posix() for path in found]
    return sorted(name for name in names if not name.endswith(".dist-info"))


def sound_stamp():
    """Return what the last finished set-up noted, or {} where .venv is not whole and alive."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        answer = subprocess.check_output([PYTHON, "-I", "-S", "-c", ask], encoding="utf-8").strip()
        whole = answer == stamp["python"] and set(stamp["names"]) <= set(landmarks())
    except (OSError, ValueError, KeyError, TypeError, subprocess.CalledProcessError):
        return {}
    return stamp if whole else {}


def write_json(path, value):
    """Write a file in one stroke: it is either whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(value), encoding="utf-8")
    os.replace(part, path)


def grab(file):
    """Try to lock a file; the system lets go of the lock if this process dies."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        # Some network drives know no locks: there, go on without one.
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


@contextlib.contextmanager
def one_at_a_time():
    """Wait until no other start.py is setting up in this folder."""
    with LOCK.open("a") as file:
        if not grab(file):
            print("Another start.py is setting up in this folder; waiting for it ...", flush=True)
            while not grab(file):
                time.sleep(0.3)
        yield


def step(log, *command):
    """Run one step of the set-up, all that it says into the log, a dot for each package."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, env=child_environment(), cwd=ROOT, **pipes) as process:
        for line in process.stdout:
            log.write(line)
            if line.startswith(b"Collecting "):
                print(".", end="", flush=True)
            elif line.startswith(b"Installing collected"):
                print("\nUnpacking (half of the time goes here) ...", flush=True)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def make_venv(log):
    """Make an empty environment, in the place of whatever unfinished one there is."""
    if os.path.lexists(VENV):
        shutil.rmtree(VENV)
    if shutil.disk_usage(ROOT).free < ROOM_NEEDED:
        raise SetUpError(DISK_FULL)
    # Not sys.executable: that may be the very Python that was removed just now.
    step(log, sys._base_executable, "-m", "venv", VENV)
    write_json(VENV / "etc/jupyter/labconfig/page_config.json", QUIET_LAB)


def make_movable():
    """Name helpers/ by its place relative to .venv, so that the folder can be moved or copied.

    What pip wrote there is not read: before Python 3.13 it may be in an encoding of Windows.
    """
    for path in site_packages().glob("__editable__*.pth"):
        path.write_text(f"{os.path.relpath(ROOT / 'helpers', path.parent)}\n", encoding="utf-8")


def install(log, stamp, with_tests):
    """Install the pinned packages and the helpers; note it in the stamp, last of all."""
    STAMP.unlink(missing_ok=True)
    before = os.listdir(site_packages())
    project = ".[lab,grade,pages,test]" if with_tests else ".[lab,grade,pages]"
    try:
        step(log, PYTHON, *PIP, "-c", "constraints.txt", "-e", project)
    except subprocess.CalledProcessError:
        # pip downloads everything before it changes anything: without a network, nothing is lost.
        if stamp and os.listdir(site_packages()) == before:
            write_json(STAMP, stamp)
        raise
    make_movable()
    python = stamp.get("python", THIS_PYTHON)
    noted = {"pins": digest(), "tests": with_tests, "python": python, "names": landmarks()}
    write_json(STAMP, noted)


def build(with_tests):
    """Make the environment, or bring a sound one up to date."""
    stamp = sound_stamp()
    if is_ready(stamp, with_tests):
        return
    what = "Updating" if stamp else "Setting up (the first time: 100 MB to download)"
    print(f"{what}. About a minute; longer where the network is slow.", flush=True)
    with LOG.open("wb") as log:
        if not stamp:
            make_venv(log)
        install(log, stamp, with_tests or stamp.get("tests", False))
    print("Set up.", flush=True)


def is_ready(stamp, with_tests):
    """Return whether what is installed is what is wanted, or more."""
    return bool(stamp) and stamp["pins"] == digest() and (stamp["tests"] or not with_tests)


def prepare(with_tests):
    """Have the environment ready; raise SetUpError, in plain words, where that cannot be."""
    if is_ready(sound_stamp(), with_tests):
        return
    try:
        with one_at_a_time():
            build(with_tests)
    except subprocess.CalledProcessError:
        log = LOG.read_text(encoding="utf-8", errors="replace")
        raise SetUpError(f"\n{explain(log)}\nThe full account: {LOG}") from None
    except OSError as error:
        raise SetUpError(explain(str(error))) from None
