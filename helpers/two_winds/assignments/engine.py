"""Having a submission run in another process, and bearing with whatever that process does."""

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
from dataclasses import dataclass, field
from typing import Any

from two_winds.assignments import confine
from two_winds.assignments.runner import CPU_SIGNAL, LENGTH, MOST_SAID

ONCE_BYTES = 16
START_SECONDS = 120
GRACE_SECONDS = 10
# A busy machine, or a cell that waits: by the clock it may take so many times its limit.
BY_THE_CLOCK = 3
CELLS_WORTH = 6
LEAVING_SECONDS = 3
LONGEST_LINE = 500_000
MOST_HEARD = 2 * MOST_SAID


class EngineError(RuntimeError):
    """The process in which submissions run does not start, or the lesson itself does not run."""


@dataclass
class Limits:
    """What one submission may use.

    Attributes:
        seconds: of the processor, for one cell. By the clock it may take three times as long, and
            the whole submission six times as long as a cell.
        memory_mb: memory on top of what the lesson itself takes, in MiB.
    """

    seconds: int = 20
    memory_mb: int = 1024

    @property
    def cell(self) -> float:
        """Return how many seconds one cell may take by the clock."""
        return self.seconds * BY_THE_CLOCK

    @property
    def whole(self) -> float:
        """Return how many seconds a submission may take by the clock."""
        return self.cell * CELLS_WORTH


@dataclass
class Run:
    """What came of running a submission once.

    Attributes:
        values: for each exercise the values it had, one after the other, as `capture.plain` says.
        stopped: for each cell that an error stopped, what was said, by the cell's number.
        ended: whether all cells were run.
        at: the cell at work when the run was cut short, or None.
        why: why it was: "time", "whole" (of all cells), "died", "flood", "processes" or "runner"
            (the process that keeps watch was gone).
        strays: how many processes it left behind.
        took: how many seconds it took, without what starting a process took.
    """

    values: dict[str, list[Any]] = field(default_factory=dict)
    stopped: dict[int, dict[str, Any]] = field(default_factory=dict)
    ended: bool = False
    at: int | None = None
    why: str = ""
    strays: int = 0
    took: float = 0


class Engine:
    """Runs submissions one after another, in a process that is started again when it must be."""

    def __init__(self, setting: dict[str, Any], limits: Limits, kind: str) -> None:
        """Prepare.

        Args:
            setting: the lesson: `given` cells and names of `exercises`, as `playing.Stage` says.
            limits: what one submission may use.
            kind: "fork" or "fresh".
        """
        self.kind, self.limits = kind, limits
        self.confined = confine.can_confine()
        self.setting = setting | {
            "engine": kind,
            "confined": self.confined,
            "memory_mb": limits.memory_mb,
            "seconds": limits.seconds,
        }
        self.process: Process | None = None

    def close(self) -> None:
        """End the process."""
        if self.process:
            self.process.close()
        self.process = None

    def run(self, request: dict[str, Any], left: float) -> Run:
        """Run one submission and return what came of it.

        Args:
            request: what `work.as_request` gives.
            left: how many seconds it may take by the clock.

        Raises:
            EngineError: if the lesson's own cells stop, or no process can be started.
        """
        run = self.try_run(request, left)
        if run.why == "runner" and run.at is None:
            # It was gone before the first cell: no fault of this submission.
            run = self.try_run(request, left)
        return run

    def try_run(self, request: dict[str, Any], left: float) -> Run:
        """Run one submission, in a new process if there is none."""
        if self.process is None:
            self.process = Process(self.setting, self.confined)
        began = time.monotonic()
        once = self.process.send(json.dumps(request).encode())
        run = Hearing(self.process, once, self.limits.cell, began + left).listen()
        run.took = time.monotonic() - began
        if self.kind == "fresh" or run.why == "runner":
            self.close()
        return run


class Process:
    """One runner: what it is told and what it answers."""

    def __init__(self, setting: dict[str, Any], confined: bool) -> None:
        """Start it and wait until it has run the lesson."""
        self.serves = setting["engine"] == "fork"
        self.own_folder = None if confined else tempfile.TemporaryDirectory(prefix="two_winds_")
        folder = self.own_folder.name if self.own_folder else confine.FOLDER
        self.said = 0
        self.errors = tempfile.TemporaryFile()
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


class Hearing:
    """Listening to one submission, with an eye on the clock."""

    def __init__(self, process: Process, once: str, seconds: float, whole: float) -> None:
        """Start the clock; `whole` is when the submission must be over."""
        self.process, self.once, self.seconds, self.whole = process, once, seconds, whole
        self.run = Run()
        self.cell = time.monotonic() + seconds + GRACE_SECONDS

    def listen(self) -> Run:
        """Return what came of the submission, once it is over in one way or another."""
        while True:
            who, said = self.process.answer(self.once, min(self.whole, self.cell))
            if who == "child":
                self.note(said)
            elif who == "nobody":
                return self.stop("time" if self.cell <= self.whole else "whole")
            elif who == "end":
                return self.finish("runner" if self.process.serves else self.process.how_ended())
            elif self.process.serves:
                self.run.strays = said.get("strays", 0)
                return self.finish(said.get("over", "runner"))

    def note(self, said: Any) -> None:
        """Keep what a child says, as far as it makes sense."""
        if not isinstance(said, dict):
            return
        number = said.get("cell", said.get("begin"))
        if said.get("end") is True:
            self.run.ended, self.cell = True, time.monotonic() + LEAVING_SECONDS
        elif type(number) is not int:
            return
        elif "begin" in said:
            self.run.at, self.cell = number, time.monotonic() + self.seconds
        elif isinstance(said.get("values"), dict):
            for name, value in said["values"].items():
                self.run.values.setdefault(name, []).append(value)
        elif isinstance(said.get("stopped"), dict):
            self.run.stopped[number] = said["stopped"]
        else:
            self.run.stopped.pop(number, None)

    def stop(self, why: str) -> Run:
        """Have the submission ended, and return what came of it until then."""
        if self.process.serves:
            self.process.send(b"", self.once)
            until = time.monotonic() + GRACE_SECONDS
            while (who := self.process.answer(self.once, until)[0]) == "child":
                pass
            if who != "runner":
                return self.finish("runner")
        return self.finish(why)

    def finish(self, why: str) -> Run:
        """Return the run; why it was cut short matters only if it had not come to its end."""
        self.run.why = why if why == "runner" or not self.run.ended else ""
        return self.run


def read_json(said: str) -> Any:
    """Return what a line says, nothing where it is not JSON."""
    try:
        return json.loads(said)
    except (ValueError, RecursionError):
        return {}
