"""The process of one submission: bounded by the system, and ended whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from classwork.grading.sandbox.protocol import read_message

MOST_PROCESSES = 20
LARGEST_FILE = 16_000_000


def play_and_exit(stage: Any, setting: dict[str, Any], incoming: int, outgoing: int) -> None:
    """Read one submission, run it, and end this process, whatever happens."""
    from classwork.grading.sandbox.execute import play

    # A student's code may put others in the place of these.
    leave, put, dump = os._exit, os.write, json.dumps

    def send(what: dict[str, Any]) -> None:
        data = f"{dump(what)}\n".encode()
        while data:
            data = data[put(outgoing, data) :]

    try:
        request = read_message(incoming)
        limit_own_use(setting)
        os.chdir(setting["folder"])
        play(stage, request, send, setting["seconds"])
    finally:
        leave(0)


def limit_own_use(setting: dict[str, Any]) -> None:
    """Ask the system to bound memory, size of files and number of processes, where it can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    bounds = {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": LARGEST_FILE}
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text(encoding="ascii").split()[0])
        bounds["RLIMIT_AS"] = pages * resource.getpagesize() + setting["memory_mb"] * 2**20
        bounds["RLIMIT_NPROC"] = MOST_PROCESSES if setting["confined"] else None
    for name, bound in bounds.items():
        if bound is not None:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (bound, bound))
