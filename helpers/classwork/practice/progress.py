"""What a student has done, kept in the folder my_work: `progress` tells, `note` remembers.

A file a lesson, so that two lessons open at once do not write into each other's. It holds names of
exercises and one word for each, no answers, no dates. Deleting it starts the lesson afresh.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from classwork.course import current
from classwork.ground.atomic_write import write_atomically

# From nothing to done; what is done stays done when a student goes on trying.
STATES = ["tried", "written", "correct"]
IN_WORDS = {None: "not yet", "tried": "tried", "written": "written", "correct": "right"}

_not_kept: dict[str, dict[str, str]] = {}


def progress(lesson: str = "") -> None:
    """Print which exercises of a lesson are right, written, tried or not yet begun.

    Args:
        lesson: the name of its notebook, such as "06_overtake_america".
    """
    points = points_of(lesson)
    if not points:
        print(f"There is no lesson with exercises named {lesson!r}. There are:")
        names = [path.stem for path in sorted(current().notebooks.glob("*.ipynb"))]
        print("\n".join(name for name in names if points_of(name)))
        return
    states = states_of(lesson)
    print(told(points, states), end="\n\n")
    if path_of(lesson) is None or lesson in _not_kept:
        print("Nothing can be kept in the folder my_work, so this is forgotten when you close.")
    else:
        print(f"Kept in my_work/progress/{lesson}.json: these names and states, nothing else.")
        print("Delete that file to start afresh.")


def told(points: dict[str, int], states: dict[str, str]) -> str:
    """Return progress in words and a table.

    Args:
        points: for each exercise, in the order of the lesson, what it is worth.
        states: for those that were tried, one of `STATES`.
    """
    done = [name for name in points if states.get(name) in ("written", "correct")]
    sure = sum(points[name] for name in points if states.get(name) == "correct")
    lines = [f"{len(done)} of {len(points)} done; {sure} of {sum(points.values())} points.", ""]
    wide = max(map(len, points))
    lines.append(f"{'exercise':{wide}}  points  state")
    for name, worth in points.items():
        lines.append(f"{name:{wide}}  {worth:6}  {IN_WORDS[states.get(name)]}")
    return "\n".join([*lines, "", kind_word(points, states)])


def kind_word(points: dict[str, int], states: dict[str, str]) -> str:
    """Return a sentence on what could come next."""
    left = [name for name in points if states.get(name) not in ("written", "correct")]
    if not left:
        return "All done. The points of what you wrote go by its rubric: be your own judge."
    if not states:
        return f"Begin with {left[0]}. A wrong answer costs nothing."
    if len(left) == len(points):
        return f"Tried is more than half of it. hint({left[0]!r}) gives a push."
    return f"Good. Next: {left[0]}; hint({left[0]!r}) gives a push."


def note(lesson: str, exercise: str, state: str) -> None:
    """Remember how far an exercise is; where it cannot be kept, remember it while Python runs.

    Args:
        lesson: the name of the lesson's notebook.
        exercise: the name of the exercise.
        state: one of `STATES`; one that is no further than before changes nothing.
    """
    path = path_of(lesson)
    news = further(_not_kept.pop(lesson, {}), {exercise: state})
    try:
        states = read(path) if path else news
        if further(states, news) != states:
            write_atomically(path, json.dumps(further(states, news), indent=1) + "\n")
    except (OSError, ValueError):
        path = None
    if path is None:
        _not_kept[lesson] = news


def states_of(lesson: str) -> dict[str, str]:
    """Return the state of each exercise of a lesson that was tried, by its name."""
    path = path_of(lesson)
    kept: dict[str, str] = {}
    with contextlib.suppress(OSError, ValueError):
        kept = read(path) if path else {}
    return further(kept, _not_kept.get(lesson, {}))


def further(states: dict[str, str], others: dict[str, str]) -> dict[str, str]:
    """Return the states of both, and for an exercise in both the one that is further."""
    result = dict(states)
    for name, state in others.items():
        result[name] = max(state, result.get(name, state), key=STATES.index)
    return result


def path_of(lesson: str) -> Path | None:
    """Return the file of a lesson; None where there is no folder for a student's work."""
    elsewhere = os.environ.get(current().elsewhere)
    if not elsewhere and not current().notebooks.is_dir():
        return None
    folder = Path(elsewhere) if elsewhere else current().my_work
    return folder / "progress" / f"{lesson}.json"


def read(path: Path) -> dict[str, str]:
    """Return what a file holds, nothing if there is none; a damaged one is set aside.

    Raises:
        OSError: if the file is there and cannot be read or set aside.
    """
    try:
        states = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError):
        states = None
    if isinstance(states, dict) and all(state in STATES for state in states.values()):
        return states
    set_aside(path)
    return {}


def set_aside(path: Path) -> None:
    """Rename a damaged file, beside earlier ones."""
    number, aside = 1, path.with_suffix(".json.damaged")
    while aside.exists():
        number += 1
        aside = path.with_suffix(f".json.damaged{number}")
    path.rename(aside)


def points_of(lesson: str) -> dict[str, int]:
    """Return what each exercise of a lesson is worth, in the order of the lesson.

    Nothing where there is no such lesson, or where its notebook is damaged.
    """
    try:
        cells = json.loads((current().notebooks / f"{lesson}.ipynb").read_bytes())["cells"]
        tags = [tag.split(":") for cell in cells for tag in cell["metadata"].get("tags", [])]
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return {tag[1]: int(tag[2]) for tag in tags if tag[0] == "exercise" and tag[2:]}
