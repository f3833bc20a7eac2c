"""A worker as the teacher's process sees it: started, talked to, listened to, ended."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

from classwork.grading.sandbox import bubblewrap as confine
from classwork.grading.sandbox.protocol import LEAVING_SECONDS, MOST_SAID, OVER, STOP, message

PREFIX = "classwork_"
DAY = 24 * 60 * 60
START_SECONDS = 120
GRACE_SECONDS = 10
LONGEST_LINE = 500_000
# What a line counts for beside its letters, however short it is.
EACH_LINE = 50
# SIGXCPU, by its number: the module signal of Windows does not know it.
CPU_SIGNAL = 24


class EngineError(RuntimeError):
    """The process in which submissions run does not start, or the lesson itself does not run."""


class Channel:
    """What one process is told and what it answers; it may hold its end longer than it should."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        """Begin to listen."""
        self.incoming, self.outgoing = incoming, outgoing
        self.flooded = False
        self.lines: queue.Queue[bytes] = queue.Queue(maxsize=1000)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self) -> None:
        """Put what is said into the queue; an empty line stands for its end."""
        said = 0
        with contextlib.suppress(ValueError, OSError):
            while line := self.incoming.readline(LONGEST_LINE):
                said += len(line) + EACH_LINE
                self.flooded = said > MOST_SAID
                if self.flooded:
                    break
                if line.strip():
                    self.lines.put(line)
        self.lines.put(b"")

    def send(self, what: dict[str, Any]) -> None:
        """Tell something."""
        with contextlib.suppress(OSError):
            self.outgoing.write(message(what))
            self.outgoing.flush()

    def answer(self, until: float) -> Any:
        """Return what is said next; "nobody" once it is too late, "end" once it is all over."""
        try:
            line = self.lines.get(timeout=max(0.0, until - time.monotonic()))
        except queue.Empty:
            return "nobody"
        return read_json(line) if line else "end"

    def close(self) -> None:
        """End it; what holds the other end must be gone by now."""
        while self.reader.is_alive():  # it may be waiting for room in the queue
            with contextlib.suppress(queue.Empty):
                self.lines.get(timeout=0.05)
        for stream in (self.incoming, self.outgoing):
            with contextlib.suppress(OSError):
                stream.close()


def sweep() -> None:
    """Take away the empty folders of graders that were killed a day ago or longer."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > DAY:
                left.rmdir()


class Process:
    """A worker that has run the lesson.

    Attributes:
        forks: whether it makes a sandbox for each of many submissions; else it runs one and ends.
    """

    def __init__(self, setting: dict[str, Any], confined: bool) -> None:
        """Start it and wait until it has run the lesson."""
        sweep()
        self.own_folder = None if confined else tempfile.TemporaryDirectory(prefix=PREFIX)
        folder = self.own_folder.name if self.own_folder else confine.FOLDER
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close)
        self.control, theirs = None, subprocess.PIPE
        if setting["engine"] == "fork":
            self.control, theirs = socket.socketpair()
        self.popen = subprocess.Popen(
            confine.command(confined, forks=self.control is not None),
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=confine.environment(folder),
            cwd="/" if confined else folder,
            start_new_session=sys.platform != "win32",
        )
        told = self.popen.stdin
        if self.control:
            theirs.close()
            told = self.control.makefile("wb")
        self.main = Channel(self.popen.stdout, told)
        self.run: Channel | None = None
        self.forks = self.get_ready(setting | {"folder": folder})

    def get_ready(self, setting: dict[str, Any]) -> bool:
        """Hand over the lesson, wait until its own cells have run; return whether it forks."""
        self.main.send(setting)
        said = self.main.answer(time.monotonic() + START_SECONDS)
        if isinstance(said, dict) and "ready" in said:
            return said.get("forks") is True
        self.errors.seek(0)
        complaint = self.errors.read().decode("utf-8", "replace").strip().splitlines()
        self.close()
        if isinstance(said, dict) and "failed" in said:
            raise EngineError(f"One of the lesson's own cells stops: {said['failed']}")
        last = f" It said: {complaint[-1]}" if complaint else ""
        raise EngineError(f"The process in which submissions run did not start.{last}")

    def begin(self) -> Channel:
        """Return the channel of a new submission."""
        if not self.forks:
            return self.main
        ours, theirs = socket.socketpair()
        with contextlib.suppress(OSError):
            socket.send_fds(self.control, [b"."], [theirs.fileno()])
        theirs.close()
        self.run = Channel(ours.makefile("rb"), ours.makefile("wb"))
        ours.close()
        return self.run

    def end(self, over: bool) -> str:
        """End the submission and return how it had ended.

        Args:
            over: whether it has said its last word, so that it is about to end by itself.

        "" is well, "stopped" by us; else "time", "died", "processes", "memory", "strays", or
        "runner": the worker itself is gone.
        """
        if not self.forks:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(timeout=0.2)
            how = self.how_ended()
            self.close()
            return how
        with contextlib.suppress(OSError):
            self.control.send(OVER if over else STOP)
        said = self.main.answer(time.monotonic() + GRACE_SECONDS)
        how = str(said["ended"]) if isinstance(said, dict) and "ended" in said else "runner"
        if how == "runner":
            self.close()
        elif self.run:
            self.run.close()
        return how

    def how_ended(self) -> str:
        """Return how the process itself has ended, "stopped" if it has not."""
        code = self.popen.poll()
        if code is None:
            return "stopped"
        return "time" if code in (-CPU_SIGNAL, 128 + CPU_SIGNAL) else "died"

    def leave(self) -> None:
        """Let the process end by itself, which it does when nobody talks to it any more."""
        with contextlib.suppress(OSError, subprocess.TimeoutExpired, ValueError):
            self.main.outgoing.close()
            if self.control:
                self.control.close()
            self.popen.wait(timeout=LEAVING_SECONDS)

    def close(self) -> None:
        """End the process and all that belongs to it."""
        self.kill()
        for channel in (self.main, self.run):
            if channel:
                channel.close()
        if self.control:
            self.control.close()
        self.errors.close()
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


def read_json(said: bytes) -> Any:
    """Return what a line says, nothing where it is not JSON."""
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return {}
