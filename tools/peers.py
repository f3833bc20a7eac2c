"""An environment of its own for a program that Two Winds hands work to, such as nbgrader.

    python tools/peers.py nbgrader      makes .venv-nbgrader (about 600 MB, half a minute)

The tests of the export to nbgrader and the benchmark beside it use the environment if it is there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PEERS = {"nbgrader": ["nbgrader>=0.9.6,<0.10"]}


def folder_of(peer: str) -> Path:
    """Return the folder of a peer's environment."""
    return ROOT / f".venv-{peer}"


def programs_of(peer: str) -> Path:
    """Return the folder with a peer's programs."""
    return folder_of(peer) / ("Scripts" if os.name == "nt" else "bin")


def is_there(peer: str) -> bool:
    """Tell whether a peer's environment is whole: its last act is to write this file."""
    return (folder_of(peer) / "finished").exists()


def make(peer: str) -> None:
    """Make a peer's environment."""
    install(folder_of(peer), PEERS[peer])
    (folder_of(peer) / "finished").touch()


def install(folder: Path, packages: list[str]) -> None:
    """Make an environment of some packages and Two Winds, in the versions of the lock."""
    subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    options = ["--quiet", "--no-input", "--progress-bar=off", "-c", "constraints.txt", "-e", "."]
    command = [python, "-m", "pip", "install", *options, *packages]
    subprocess.run(command, cwd=ROOT, check=True)
    # jsonschema does without it, and starts a second sooner: see classwork/ground/quick_start.py.
    subprocess.run([python, "-m", "pip", "uninstall", "-q", "-y", "rfc3987-syntax"], check=True)


def run(peer: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a peer in a folder, its environment's other programs within its reach."""
    programs = programs_of(peer)
    env = os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}
    command = [programs / peer, *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] not in [[peer] for peer in PEERS]:
        sys.exit(f"{__doc__}\nThe peers are: {', '.join(PEERS)}.")
    if not is_there(sys.argv[1]):
        make(sys.argv[1])
