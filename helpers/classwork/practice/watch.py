"""What stands in the cells now: which answers come from a cell that stopped, and first slips.

In Jupyter each cell that runs is looked at, without changing it. Where a cell stopped, the names
that it would have given a value keep their old one, and `check` must not judge that. Elsewhere, as
in a grader, nothing is watched.
"""

from __future__ import annotations

import html
import re
from typing import Any

from classwork.practice import slips

ASSIGNED = re.compile(r"^([^\W\d]\w*)\s*=(?!=)", re.MULTILINE)
FOLDED = (
    '<details><summary>What Python says</summary><pre style="white-space:pre-wrap">{words}</pre>'
    "</details>"
)
COLOUR = re.compile(r"\x1b\[[0-9;]*m")

_stopped: set[str] = set()


def stopped(name: str) -> bool:
    """Tell whether the last cell that would have given a name its value stopped instead."""
    return name in _stopped


def note_cell(source: str, success: bool) -> None:
    """Remember of the names that a cell assigns whether it came to its end."""
    names = set(ASSIGNED.findall(source))
    if success:
        _stopped.difference_update(names)
    else:
        _stopped.update(names)


def begin() -> None:
    """Watch the cells of this Jupyter kernel, if it is one; once is enough."""
    shell = jupyter_shell()
    if shell is None or getattr(shell, "_classwork_watches", False):
        return
    shell._classwork_watches = True
    shell.events.register("post_run_cell", cell_has_run)
    shell._showtraceback = in_plain_words(shell, shell._showtraceback)


def jupyter_shell() -> Any:
    """Return IPython's shell where a Jupyter kernel runs this, else None."""
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    shell = get_ipython()
    return shell if hasattr(shell, "kernel") else None


def cell_has_run(result: Any) -> None:
    """Take note of a cell that has just run."""
    if result.info is not None and result.info.raw_cell:
        note_cell(result.info.raw_cell, result.success)


def in_plain_words(shell: Any, show: Any) -> Any:
    """Return what shows an error: a common first slip in plain words, Python's own folded below."""

    def shown(etype: type, error: BaseException, lines: list[str]) -> None:
        try:
            words = slips.explain(error, cell_of(shell))
        except Exception:
            # Whatever is odd about an error, the student must see it.
            words = ""
        if not words:
            show(etype, error, lines)
            return
        show(etype, error, [words])
        told = COLOUR.sub("", "\n".join(lines))
        bundle = {"text/html": FOLDED.format(words=html.escape(told)), "text/plain": told}
        shell.display_pub.publish(bundle)

    return shown


def cell_of(shell: Any) -> str:
    """Return the source of the cell that is running."""
    parent = shell.get_parent() or {}
    return str(parent.get("content", {}).get("code", ""))
