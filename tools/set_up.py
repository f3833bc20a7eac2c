"""Make and mend the environment of Two Winds in .venv. Used by start.py; standard library only.

A stamp, written last, says what was installed. While it holds, set-up is skipped.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "set-up-finished.json"
LOG = ROOT / ".venv-set-up.log"
PINS = [ROOT / "pyproject.toml", ROOT / "constraints.txt"]
THIS_PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
PIP = ["-m", "pip", "install", "--no-input", "--no-user", "--compile", "--progress-bar=off"]
UV = ["pip", "install", "--compile-bytecode", "--python", PYTHON]
# Each of these would make the lessons run unlike they were tried.
DROPPED = {"PYTHONPATH", "PYTHONHOME", "PYTHONOPTIMIZE", "PYTHONDONTWRITEBYTECODE", "MPLBACKEND"}

# What the system or pip says -> what a teacher can do about it. The first that fits is shown.
REMEDIES = {
    r"ensurepip is not\s+available|No module named '?(venv|ensurepip)": (
        "This Python cannot make environments: its venv module is missing.\n"
        f"On Debian and Ubuntu: sudo apt install python{THIS_PYTHON}-venv\n"
        "Elsewhere: install Python from python.org. Then run this again."
    ),
    r"No space left|not enough space|quota exceeded": (
        "The disk is full. Two Winds needs about 900 MB: free some space and run this again."
    ),
    r"Access is denied|used by another process": (
        "A file of the environment is in use. Close every JupyterLab of Two Winds (and any\n"
        "editor that uses its Python), then run this again."
    ),
    r"Permission denied|Read-only file system": (
        f"This folder cannot be written to: {ROOT}\n"
        "Copy Two Winds to a folder of your own, such as Documents, and run this again there."
    ),
    r"[Cc]onnection|NameResolution|[Tt]imed? ?out|ProxyError|SSLError|from versions: none": (
        "The packages could not be downloaded: pip does not reach its package index, or finds\n"
        "nothing there. Check the network (at school: does it want a proxy or a certificate?)\n"
        "and run this again."
    ),
    r"No matching distribution|Failed (to build|building)": (
        f"A package is not to be had ready-made for this Python ({THIS_PYTHON}).\n"
        "Try the 64-bit Python from python.org, or ask whoever runs your package mirror."
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
    env = {name: value for name, value in os.environ.items() if name not in DROPPED}
    env["PATH"] = f"{BIN}{os.pathsep}{env.get('PATH', '')}"
    env["VIRTUAL_ENV"] = str(VENV)
    env["JUPYTER_PREFER_ENV_PATH"] = "1"
    return env


def digest():
    """Return a fingerprint of the files that decide what is installed."""
    texts = [path.read_text(encoding="utf-8") for path in PINS]
    return hashlib.sha256("\0".join(texts).encode("utf-8")).hexdigest()


def sound_stamp():
    """Return what the last finished set-up noted, or {} where there is none or .venv is dead."""
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        answer = subprocess.check_output([PYTHON, "-I", "-S", "-c", ask], encoding="utf-8").strip()
    except (OSError, ValueError, subprocess.CalledProcessError):
        return {}
    return stamp if answer == stamp.get("python") else {}


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
    # Not sys.executable: that may be the very Python that was removed just now.
    step(log, sys._base_executable, "-m", "venv", VENV)


def install(log, with_tests):
    """Install the pinned packages and the helpers; note it in the stamp, last of all."""
    extras = "[lab,grade,pages,test]" if with_tests else "[lab,grade,pages]"
    wanted = ["-c", "constraints.txt", "-e", f".{extras}"]
    if not installed_by_uv(log, wanted):
        step(log, PYTHON, *PIP, *wanted)
    make_movable()
    noted = {"pins": digest(), "tests": with_tests, "python": THIS_PYTHON}
    STAMP.write_text(json.dumps(noted), encoding="utf-8")


def installed_by_uv(log, wanted):
    """Let uv install, which takes seconds, where it is on the machine; else pip has to."""
    uv = shutil.which("uv")
    try:
        if uv:
            step(log, uv, *UV, *wanted)
    except subprocess.CalledProcessError:
        # It may not know the mirror that pip was told of.
        return False
    return bool(uv)


def make_movable():
    """Name helpers/ by its place relative to .venv, so that the folder can be moved or copied."""
    for path in VENV.glob("[Ll]ib/**/*two_winds*.pth"):
        path.write_text(f"{os.path.relpath(ROOT / 'helpers', path.parent)}\n", encoding="utf-8")


def build(with_tests):
    """Make the environment, or bring a sound one up to date."""
    stamp = sound_stamp()
    what = "Updating" if stamp else "Setting up (the first time: 100 MB to download)"
    print(f"{what}. About a minute; longer where the network is slow.", flush=True)
    with LOG.open("wb") as log:
        if not stamp:
            make_venv(log)
        install(log, with_tests or stamp.get("tests", False))
    print("Set up.", flush=True)


def is_ready(stamp, with_tests):
    """Return whether what is installed is what is wanted, or more."""
    return bool(stamp) and stamp["pins"] == digest() and (stamp["tests"] or not with_tests)


def prepare(with_tests):
    """Have the environment ready; raise SetUpError, in plain words, where that cannot be."""
    if is_ready(sound_stamp(), with_tests):
        return
    try:
        build(with_tests)
    except subprocess.CalledProcessError:
        log = LOG.read_text(encoding="utf-8", errors="replace")
        raise SetUpError(f"\n{explain(log)}\nThe full account: {LOG}") from None
    except OSError as error:
        raise SetUpError(explain(str(error))) from None
