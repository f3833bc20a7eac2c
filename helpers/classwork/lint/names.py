"""Whether the names of a lesson's exercises are its own, and known to `check`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from classwork.course import current
from classwork.lint.tags import Fault, tags_of


def faults_of_names(notebook: Any, path: Path) -> Iterator[Fault]:
    """Yield the exercises that another lesson has too, and those that no key knows yet.

    Args:
        notebook: the lesson.
        path: its file. A copy that still bears a lesson's name is that lesson.
    """
    keys = names_in_keys()
    own = {name for lesson in keys if path.stem.startswith(lesson) for name in keys[lesson]}
    homes = {name: lesson for lesson in keys for name in keys[lesson] if name not in own}
    for tag in tags_of(notebook):
        if tag.kind != "exercise" or tag.name in own:
            continue
        if tag.name in homes:
            yield (
                tag.number,
                f"An exercise of {homes[tag.name]} is called {tag.name} too, and check would "
                "answer for that one. Give this one another name, in all its cells.",
            )
        else:
            yield (
                tag.number,
                f"check does not know {tag.name} yet. Run {current().command} refresh on it.",
            )


def names_in_keys() -> dict[str, set[str]]:
    """Return the names of the exercises in each key, as the files are now."""
    keys = sorted(current().keys.glob("*.json"))
    return {path.stem: set(json.loads(path.read_text(encoding="utf-8"))) for path in keys}
