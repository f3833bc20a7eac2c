"""Running cells, the lesson's and then a student's, and passing on what the answers became.

This runs in a process that knows no expected answer. Whatever a student's code does to it can only
spoil that student's own answers.
"""

from __future__ import annotations

import ast
import asyncio
import contextlib
import inspect
import json
import os
import random
from collections.abc import Callable
from importlib import import_module
from typing import Any

from classwork.grading.sandbox.serialise import plain
from classwork.practice.slips import explain

LONGEST_MESSAGE = 300
LONGEST_FRAME = 200_000
Send = Callable[[dict[str, Any]], None]


class NoShell:
    """In the place of IPython's shell: whatever is asked of it, it does nothing."""

    def __getattr__(self, _name: str) -> Callable[..., list]:
        return lambda *_arguments, **_options: []


class Stage:
    """The names among which cells run, and how they stood at each exercise of the lesson.

    Attributes:
        names: the names and their values.
        as_given: for each exercise, the names that the lesson had given by then.
    """

    def __init__(self, given: list[dict[str, str]], exercises: list[str]) -> None:
        """Run the lesson's own cells.

        Args:
            given: pairs of `code` and `exercise`, the one whose cell it is or "".
            exercises: the names of all exercises; they are never among the names given.

        Raises:
            LookupError: if one of the cells stops; the message says which and why.
        """
        self.exercises = exercises
        self.as_given: dict[str, dict[str, Any]] = {}
        self.names = {"__name__": "__main__", "get_ipython": NoShell, "display": nothing}
        self.names |= dict.fromkeys(exercises) | {"received": nothing}
        for number, cell in enumerate(given, start=1):
            stopped = run_cell(cell["code"], self.names, f"given {number}")
            if stopped:
                raise LookupError(f"{stopped['kind']}: {stopped['message']}\n{cell['code']}")
            if cell["exercise"]:
                self.names[cell["exercise"]] = None
                self.as_given[cell["exercise"]] = {
                    name: value for name, value in self.names.items() if name not in exercises
                }

    def restore(self, exercise: str) -> None:
        """Give the lesson's names the values that they had at an exercise."""
        self.names.update(self.as_given.get(exercise, {}))


def hush(switch: str) -> None:
    """Set a course's switch "module:NAME", after which it draws no pictures."""
    module, _, name = switch.partition(":")
    if module:
        setattr(import_module(module), name, True)


def nothing(*_arguments: Any, **_options: Any) -> None:
    """Do nothing: in the place of what shows something to a reader."""


def play(stage: Stage, request: dict[str, Any], send: Send, seconds: int) -> None:
    """Run a student's cells in their order, and pass on each answer as soon as it is there.

    A cell that stopped is tried once more at the end: perhaps the cells were put out of order.

    Args:
        stage: the names that the lesson gives.
        request: what `student_cells.as_request` gives.
        send: passes on what happens: `begin` a cell, `values`, `stopped`, and `end`.
        seconds: how long the processor may be busy with one cell.
    """
    process, dump = os.getpid(), json.dumps
    random.seed(1957)
    cells = [(cell, cell["opens"]) for cell in request["cells"]]
    for turn in (1, 2):
        stopped = []
        for cell, opens in cells:
            if opens and request["restoring"]:
                stage.restore(cell["group"])
            bound_processor_time(seconds)
            if play_cell(stage, cell, request["substitutes"], send, dump):
                stopped.append((cell, True))
            if os.getpid() != process:  # a student's fork, which must not go on in our name
                os._exit(0)
        cells = stopped if turn == 1 else []
    send({"end": True})


def bound_processor_time(seconds: int) -> None:
    """Have the system end this process once it has been busy for so many seconds more.

    The system counts in whole seconds, so that it may be half a second less or more.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = round(used.ru_utime + used.ru_stime + seconds)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def play_cell(
    stage: Stage, cell: dict[str, Any], substitutes: dict[str, Any], send: Send, dump: Callable
) -> bool:
    """Run one of the student's cells; return whether an error stopped it."""
    number = cell["number"]
    for name, value in substitutes.items():
        stage.names[name] = list(value) if isinstance(value, list) else value
    send({"begin": number})
    stopped = run_cell(cell["code"], stage.names, f"cell {number}")
    values = {name: plain(stage.names.get(name)) for name in cell["look_at"]}
    if len(dump(values)) > LONGEST_FRAME:
        values = {name: {"kind": "value too long to be an answer"} for name in values}
    send({"values": values, "cell": number})
    send({"stopped": stopped, "cell": number})
    return stopped is not None


def run_cell(code: str, names: dict[str, Any], title: str) -> dict[str, Any] | None:
    """Run the code of one cell; return None, or what stopped it: kind, message and line."""
    try:
        run = compile(code, title, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        if run.co_flags & inspect.CO_COROUTINE:
            asyncio.run(eval(run, names))
        else:
            exec(run, names)
    except BaseException as error:  # a student's exit() must not end the pile
        return description_of(error, title, code)
    return None


def description_of(error: BaseException, title: str, code: str) -> dict[str, Any]:
    """Return what a student is told of an error; its text may be the student's own code."""
    line = error.lineno if isinstance(error, SyntaxError) else None
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == title:
            line = step.tb_lineno
        step = step.tb_next
    try:
        message = error.msg if isinstance(error, SyntaxError) else str(error)
    except BaseException:
        message = ""
    message = "" if message == "None" else message[:LONGEST_MESSAGE]
    try:
        plainly = explain(error, code)[:LONGEST_MESSAGE]
    except BaseException:
        plainly = ""
    kind = type(error).__name__
    return {"kind": kind, "message": message, "line": line, "plainly": plainly}
