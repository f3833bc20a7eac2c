"""What is wrong with a lesson when it is run: each cell twice, then the solutions."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from classwork.lesson.answer_key import CAPTURE, NO_MISTAKES, captured, client_of
from classwork.lesson.exercises import Exercise, LessonError
from classwork.lint.leaks import gives_away, leaks
from classwork.lint.tags import Fault
from classwork.lint.variants import Tried, faults_of_variants, variants_made
from classwork.practice.check import is_blank, same

SECONDS = 60
LEFT_ASIDE = re.compile(r"data:image/[^\"')]*|0x[0-9a-f]+")


def faults_of_a_run(notebook: Any, todo: list[Exercise], folder: Path) -> list[Fault]:
    """Return what is wrong with a lesson when it is run.

    Args:
        notebook: the lesson; it is left as it is.
        todo: its exercises.
        folder: where the lesson's kernel works.
    """
    own = [(n, c) for n, c in enumerate(notebook.cells, start=1) if c.cell_type == "code"]
    twice = [(number, fresh(cell), fresh(cell)) for number, cell in own]
    solved = [(exercise, solving_cells(exercise)) for exercise in todo]
    varied = {exercise.name: variants_made(notebook, exercise) for exercise in todo}
    cells = [cell for _, *pair in twice for cell in pair]
    cells += [cell for _, several in solved for cell in several]
    # Variants come last, since they change what the lesson's names stand for.
    cells += [c for made in varied.values() for m in made if isinstance(m, list) for c in m]
    try:
        run_all(cells, folder)
    except DeadKernelError:
        return [(0, "Python stopped while the lesson ran. Is there an exit() in a cell?")]
    faults = [fault for number, *pair in twice for fault in faults_of_cell(number, *pair)]
    faults += [f for number, first, _ in twice for f in left_over(number, notebook, first)]
    for exercise, several in solved:
        number = number_of(notebook, f"solution:{exercise.name}")
        faults += [(number, words) for words in faults_of_solving(exercise, several)]
        shown = given_by(several[1])
        if shown and not exercise.free_text:
            faults += leaks(notebook, exercise, shown["expected"])
            values = [value_of_variant(made) for made in varied[exercise.name]]
            told = faults_of_variants(exercise.name, shown["expected"], values)
            faults += [(number, words) for words in told]
    return faults


def left_over(number: int, notebook: Any, run: Any) -> Iterator[Fault]:
    """Yield a fault where a check's cell still says what it said to somebody's answer."""
    saved = notebook.cells[number - 1]
    is_check = any(tag.startswith("check:") for tag in saved.metadata.get("tags", []))
    if is_check and saved.outputs and comparable(saved) != comparable(run):
        yield number, "What the check said to an answer is saved. Run the lesson once more."


def value_of_variant(made: list[Any] | LessonError) -> Tried:
    """Return what a variant gives."""
    if isinstance(made, LessonError):
        return Tried(error=str(made))
    if trouble := error_in(made[1]):
        return Tried(error=f"{trouble}.")
    shown = given_by(made[2])
    return Tried(shown["expected"] if shown else None)


def fresh(cell: Any) -> nbformat.NotebookNode:
    """Return a code cell that has not been run, with the same tags."""
    return new_code_cell(cell.source, metadata=copy.deepcopy(cell.metadata))


def solving_cells(exercise: Exercise) -> list[nbformat.NotebookNode]:
    """Return the cells that solve an exercise twice and then make its typical mistakes.

    They are: the solution, what it gives, both once more, the mistakes, what they give.
    """
    once = [exercise.solution, NO_MISTAKES + CAPTURE.format(name=exercise.name)]
    mistakes = [NO_MISTAKES + exercise.mistakes, CAPTURE.format(name=None)]
    return list(map(new_code_cell, [*once, *once, *mistakes]))


def run_all(cells: list[nbformat.NotebookNode], folder: Path) -> None:
    """Run cells in one kernel, past those that fail; what takes too long is interrupted.

    Raises:
        nbclient.exceptions.DeadKernelError: if a cell ends the kernel.
    """
    patience = {"timeout": SECONDS, "interrupt_on_timeout": True, "allow_errors": True}
    client_of(new_notebook(cells=cells), folder, **patience).execute()


def faults_of_cell(number: int, first: Any, second: Any) -> Iterator[Fault]:
    """Yield what is wrong with a cell of the lesson that has been run twice."""
    if trouble := error_in(first):
        exercise = any(tag.startswith("exercise:") for tag in first.metadata.get("tags", []))
        untouched = " An exercise must run as long as nobody has answered it." if exercise else ""
        yield number, f"The cell fails: {trouble}.{untouched}"
    elif trouble := error_in(second):
        yield number, f"The cell fails when it is run a second time: {trouble}."
    elif comparable(first) != comparable(second):
        yield number, "The cell gives something else when it is run a second time."


def error_in(cell: Any) -> str:
    """Return the error that a cell ended with, in a line, or nothing."""
    for output in cell.outputs:
        if output.output_type == "error":
            if output.ename == "KeyboardInterrupt":
                return f"it takes more than {SECONDS} seconds"
            return f"{output.ename}: {output.evalue}".splitlines()[0].rstrip(".: ")
    return ""


def comparable(cell: Any) -> list[Any]:
    """Return what a cell printed and showed, without pictures, addresses and numbers of widgets."""
    found = []
    for output in cell.outputs:
        shown = {kind: text for kind, text in output.get("data", {}).items() if "text" in kind}
        found.append(LEFT_ASIDE.sub("", json.dumps([output.get("text", ""), shown])))
    return found


def faults_of_solving(exercise: Exercise, cells: list[Any]) -> Iterator[str]:
    """Yield what is wrong with a solution and its typical mistakes, once they have been run.

    Args:
        exercise: the exercise.
        cells: those of `solving_cells`, run.
    """
    solution, shown, solution_again, shown_again, mistakes, shown_mistakes = cells
    if trouble := error_in(solution):
        yield f"The solution of {exercise.name} fails: {trouble}."
        return
    if trouble := error_in(solution_again):
        yield f"The solution of {exercise.name} fails when it is run a second time: {trouble}."
    first, second = given_by(shown), given_by(shown_again)
    fault = fault_of_value(exercise, first, second)
    if fault:
        yield fault
    if trouble := error_in(mistakes):
        yield f"The typical mistakes of {exercise.name} fail: {trouble}."
    elif given_by(shown_mistakes) is None:
        yield f"The typical mistakes of {exercise.name} must be pairs: (wrong value, what to say)."
    elif not fault and not exercise.free_text:
        yield from faults_of_mistakes(first["expected"], given_by(shown_mistakes)["mistakes"])


def given_by(cell: Any) -> dict[str, Any] | None:
    """Return what CAPTURE has printed; None if it could not, the value being of another kind."""
    return None if error_in(cell) else captured(cell)


def fault_of_value(exercise: Exercise, first: Any, second: Any) -> str:
    """Return why a check would not find the solution's value correct, or nothing."""
    name = exercise.name
    if first is None or isinstance(first["expected"], dict):
        return (
            f"The check cannot compare what the solution gives. Make {name} a number, a word, "
            "True or False, or a list of them."
        )
    expected = first["expected"]
    if is_blank(expected):
        return f"The solution leaves {name} empty."
    if exercise.free_text:
        return "" if isinstance(expected, str) else f"{name} has a rubric, so it must be text."
    if not same(expected, expected):
        return f"The solution gives {expected}, which the check finds equal to nothing."
    if second is None or not same(second["expected"], expected):
        return f"The solution gives {name} another value when it is run a second time."
    return ""


def faults_of_mistakes(expected: Any, mistakes: list[Any]) -> Iterator[str]:
    """Yield typical mistakes that are none, that repeat another, or whose words say too much."""
    for place, (value, words) in enumerate(mistakes):
        if is_blank(value) or same(value, expected):
            what = "is no answer" if is_blank(value) else "is the right answer"
            yield f"A typical mistake {what}, so nobody will read: {words}"
        elif any(same(value, earlier) for earlier, _ in mistakes[:place]):
            yield f"Two typical mistakes have the same value, so nobody will read: {words}"
        elif gives_away(words, expected, value):
            yield f"What is said to a typical mistake gives the answer away: {words}"


def number_of(notebook: Any, tag: str) -> int:
    """Return the number of the cell with a tag."""
    cells = enumerate(notebook.cells, start=1)
    return next(number for number, cell in cells if tag in cell.metadata.get("tags", []))
