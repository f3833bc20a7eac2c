"""A runner as the teacher's process sees it: started, talked to, listened to, ended."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from typing import Any

from classwork.grading.sandbox import bubblewrap as confine
from classwork.grading.sandbox.protocol import LENGTH, MOST_SAID

ONCE_BYTES = 16
START_SECONDS = 120
LEAVING_SECONDS = 3
LONGEST_LINE = 500_000
MOST_HEARD = 2 * MOST_SAID
# SIGXCPU, by its number: the module signal of Windows does not know it.
CPU_SIGNAL = 24


class EngineError(RuntimeError):
    """The process in which submissions run does not start, or the lesson itself does not run."""


class Process:
    """One runner: what it is told and what it answers."""

    def __init__(self, setting: dict[str, Any], confined: bool) -> None:
        """Start it and wait until it has run the lesson."""
        self.serves = setting["engine"] == "fork"
        self.own_folder = None if confined else tempfile.TemporaryDirectory(prefix="classwork_")
        folder = self.own_folder.name if self.own_folder else confine.FOLDER
        self.said = 0
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close)
        self.popen = subprocess.Popen(
            confine.command(confined),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=confine.environment(folder),
            cwd="/" if confined else folder,
            start_new_session=sys.platform != "win32",
        )
        self.lines: queue.Queue[bytes] = queue.Queue(maxsize=1000)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()
        self.get_ready(setting | {"folder": folder})

    def get_ready(self, setting: dict[str, Any]) -> None:
        """Hand over the lesson and wait until its own cells have run."""
        once = self.send(json.dumps(setting).encode())
        who, said = self.answer(once, time.monotonic() + START_SECONDS)
        if who == "runner" and "ready" in said:
            return
        self.errors.seek(0)
        complaint = self.errors.read().decode("utf-8", "replace").strip().splitlines()
        self.close()
        if "failed" in said:
            raise EngineError(f"One of the lesson's own cells stops: {said['failed']}")
        last = f" It said: {complaint[-1]}" if complaint else ""
        raise EngineError(f"The process in which submissions run did not start.{last}")

    def read(self) -> None:
        """Put what the process says into the queue; an empty line stands for its end."""
        stream = self.popen.stdout
        with contextlib.suppress(ValueError, OSError):
            while (line := stream.readline(LONGEST_LINE)) and self.said < MOST_HEARD:
                self.said += len(line)
                self.lines.put(line)
        self.lines.put(b"")

    def send(self, body: bytes, once: str = "") -> str:
        """Send a message; return the number that answers to it will carry."""
        self.said = 0
        once = once or secrets.token_hex(ONCE_BYTES)
        head = f"{once}{len(body):0{LENGTH}}".encode()
        with contextlib.suppress(OSError):
            self.popen.stdin.write(head + body)
            self.popen.stdin.flush()
        return once

    def answer(self, once: str, until: float) -> tuple[str, Any]:
        """Return who says what next under this number; nobody, once it is too late or all over."""
        while True:
            try:
                line = self.lines.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                return "nobody", {}
            if not line:
                return "end", {}
            head, _, rest = line.decode("utf-8", "replace").partition(" ")
            who, _, said = rest.partition(" ")
            if head == once:
                return who, read_json(said)

    def how_ended(self) -> str:
        """Return "time" if the system ended it for its use of the processor, else "died"."""
        code = self.popen.wait()
        return "time" if code in (-CPU_SIGNAL, 128 + CPU_SIGNAL) else "died"

    def leave(self) -> None:
        """Let the process end by itself, which it does when nobody talks to it any more."""
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            self.popen.stdin.close()
            self.popen.wait(timeout=LEAVING_SECONDS)

    def close(self) -> None:
        """End the process and all that belongs to it."""
        self.kill()
        while self.reader.is_alive():  # it may be waiting for room in the queue
            with contextlib.suppress(queue.Empty):
                self.lines.get(timeout=0.05)
        for stream in (self.popen.stdin, self.popen.stdout, self.errors):
            with contextlib.suppress(OSError):
                stream.close()
        if self.own_folder:
            self.own_folder.cleanup()

    def kill(self) -> None:
        """Kill the process; where it is not confined, with its group."""
        if sys.platform == "win32":
            tree = ["taskkill", "/F", "/T", "/PID", str(self.popen.pid)]
            subprocess.run(tree, capture_output=True)
        else:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.popen.pid, signal.SIGKILL)
        self.popen.kill()
        self.popen.wait()


def read_json(said: str) -> Any:
    """Return what a line says, nothing where it is not JSON."""
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return {}
