"""Having a submission run in another process, and bearing with whatever that process does."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from classwork.grading.sandbox import bubblewrap as confine
from classwork.grading.sandbox.process import GRACE_SECONDS, Channel, EngineError, Process
from classwork.grading.sandbox.protocol import LEAVING_SECONDS

__all__ = ["Engine", "EngineError", "Limits", "Run"]
# A busy machine, or a cell that waits: by the clock it may take so many times its limit.
BY_THE_CLOCK = 3
CELLS_WORTH = 6


@dataclass
class Limits:
    """What one submission may use.

    Attributes:
        seconds: of the processor, for one cell. By the clock it may take three times as long, and
            the whole submission six times as long as a cell.
        memory_mb: memory on top of what the lesson itself takes, in MiB, of all its processes.
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
        values: for each exercise the values it had, one after the other, as `serialise.plain` says.
        stopped: for each cell that an error stopped, what was said, by the cell's number.
        ended: whether all cells were run.
        at: the cell at work when the run was cut short, or None.
        why: why it was: "time", "whole" (of all cells), "died", "flood", "processes", "memory" or
            "runner" (the process that keeps watch was gone).
        strays: whether it left processes behind.
        took: how many seconds it took, without what starting a process took.
    """

    values: dict[str, list[Any]] = field(default_factory=dict)
    stopped: dict[int, dict[str, Any]] = field(default_factory=dict)
    ended: bool = False
    at: int | None = None
    why: str = ""
    strays: bool = False
    took: float = 0


class Engine:
    """Runs submissions one after another, each in a sandbox of its own."""

    def __init__(self, setting: dict[str, Any], limits: Limits, kind: str) -> None:
        """Prepare.

        Args:
            setting: the lesson: `given` cells and names of `exercises`, as `execute.Stage` says.
            limits: what one submission may use.
            kind: "fork" (a sandbox is a fork of one that holds the lesson) or "fresh".
        """
        self.limits = limits
        self.confined = confine.can_confine()
        self.setting = setting | {
            "engine": kind if self.confined else "fresh",
            "confined": self.confined,
            "memory_mb": limits.memory_mb,
            "seconds": limits.seconds,
        }
        self.process: Process | None = None

    def finish(self) -> None:
        """End the process once there is no more to run."""
        if self.process:
            self.process.leave()
            self.process.close()
        self.process = None

    def run(self, request: dict[str, Any], left: float) -> Run:
        """Run one submission and return what came of it.

        Args:
            request: what `student_cells.as_request` gives.
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
        channel = self.process.begin()
        channel.send(request)
        run = listen(channel, self.limits.cell, began + left)
        how = self.process.end(over=run.why == "")
        if how == "runner" or not self.process.forks:
            self.process = None
        run.strays = how == "strays"
        if not run.ended:
            run.why = how if run.why == "" and how not in ("", "stopped", "strays") else run.why
            run.why = run.why or "died"
        run.took = time.monotonic() - began
        return run


def listen(channel: Channel, seconds: float, whole: float) -> Run:
    """Return what came of a submission, once it is over in one way or another.

    Args:
        channel: the submission's.
        seconds: how long one cell may take.
        whole: when all of it must be over.
    """
    run = Run()
    cell = time.monotonic() + seconds + GRACE_SECONDS
    while True:
        said = channel.answer(min(whole, cell))
        if said == "end":
            run.why = "flood" if channel.flooded else ""
            return run
        if said == "nobody":
            run.why = "time" if cell <= whole else "whole"
            return run
        if isinstance(said, dict) and note(run, said):
            cell = time.monotonic() + (LEAVING_SECONDS if run.ended else seconds)


def note(run: Run, said: dict[str, Any]) -> bool:
    """Keep what a submission says, as far as it makes sense; return whether the clock begins anew.

    The end of the last cell may be forged, so that what follows it is heard all the same.
    """
    number = said.get("cell", said.get("begin"))
    if said.get("end") is True:
        run.ended = True
        return True
    if type(number) is not int:
        return False
    elif "begin" in said:
        run.at = number
        return True
    elif isinstance(said.get("values"), dict):
        for name, value in said["values"].items():
            run.values.setdefault(name, []).append(value)
    elif isinstance(said.get("stopped"), dict):
        run.stopped[number] = said["stopped"]
    else:
        run.stopped.pop(number, None)
    return False
