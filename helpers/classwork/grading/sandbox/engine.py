"""Having a submission run in another process, and bearing with whatever that process does."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from typing import Any

from classwork.grading.sandbox import bubblewrap as confine
from classwork.grading.sandbox.process import LEAVING_SECONDS, EngineError, Process

__all__ = ["Engine", "EngineError", "Limits", "Run"]
GRACE_SECONDS = 10
# A busy machine, or a cell that waits: by the clock it may take so many times its limit.
BY_THE_CLOCK = 3
CELLS_WORTH = 6


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

    def finish(self) -> None:
        """End the process once there is no more to run."""
        if self.process:
            self.process.leave()
        self.close()

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
