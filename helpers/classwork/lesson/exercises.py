"""Reading a lesson's exercises from the tags of its cells.

    exercise:ID:POINTS   a code cell in which the student answers, `ID = None` until then
    check:ID             a code cell that calls check("ID", ID)
    solution:ID          a folded Markdown cell, see below
    rubric:ID            a Markdown cell for an answer in words that no program can judge
    teacher              a cell for the teacher alone
    self-study           what is true only of the lesson itself, not of a copy to hand in: hints,
                         how far one is, key points

A solution cell holds a fenced Python block that gives the name ID its right value, and then, each
after its heading in bold: why it matters, hints as a list, and typical mistakes as a second Python
block, `mistakes = [(wrong value, "what to say to it"), ...]`. Last of all it may hold variants, in
an HTML comment (`<!--` ... `-->`) so that whoever unfolds the solution does not read them: a list
of which each line is one variant, what is replaced by what:

    **Variants.**

    - 1950 → 1960, seven → five
    - Soviet → American, `"SUN"` → `"USA"`

Whole words are replaced, all at once, in the task, in the exercise's cell and in the solution.
Between backticks stands what holds a comma.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

FENCE = re.compile(r"```python\n(.*?)```", re.DOTALL)
WHY = "**Why it matters.**"
HINTS = "**Hints.**"
MISTAKES = "**Typical mistakes.**"
VARIANTS = "**Variants.**"
SELF_STUDY = "self-study"
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LABEL = re.compile(r"\*\*(.+?)\*\*\s*(.*)", re.DOTALL)
PART = r"\s*(`[^`]+`|[^`,→]+?)\s*"
REPLACEMENT = re.compile(rf"{PART}→{PART}(?:,|$)")

SOLUTION = f"""<details><summary>Show a solution</summary>

```python
{{solution}}
```

{WHY} {{why}}

{HINTS}

{{hints}}

{MISTAKES}

```python
{{mistakes}}
```

</details>"""


class LessonError(ValueError):
    """A lesson's tags or a solution cell are not as they must be; the message says where."""


@dataclass
class Exercise:
    """One exercise of a lesson.

    Attributes:
        name: the ID, which is also the name of the student's variable.
        points: what it is worth.
        solution: Python that gives the name its right value.
        mistakes: Python that makes a list `mistakes` of pairs (wrong value, what to say), or "".
        why: why it matters, said after a right answer.
        hints: from the gentlest to the plainest.
        free_text: whether the answer is in words, for which the lesson has a rubric.
        variants: for each variant, what is replaced by what.
    """

    name: str
    points: int
    solution: str
    mistakes: str
    why: str
    hints: list[str]
    free_text: bool
    variants: list[dict[str, str]] = field(default_factory=list)


def cells_tagged(notebook: Any, kind: str) -> dict[str, Any]:
    """Return the cells with a tag of this kind ("exercise", "check" ...), by exercise ID."""
    found: dict[str, Any] = {}
    for number, cell in enumerate(notebook.cells, start=1):
        for tag in cell.metadata.get("tags", []):
            parts = tag.split(":")
            if parts[0] != kind:
                continue
            if len(parts) < 2 or not parts[1]:
                raise LessonError(f"Cell {number}: the tag {tag!r} names no exercise.")
            if parts[1] in found:
                raise LessonError(f"Cell {number}: a second cell is tagged {kind}:{parts[1]}.")
            found[parts[1]] = cell
    return found


def exercises(notebook: Any) -> list[Exercise]:
    """Return a lesson's exercises, in the order of the lesson.

    Args:
        notebook: an nbformat notebook.

    Raises:
        LessonError: if an exercise has no points, no check or no solution cell, or a solution cell
            lacks its Python block or the sentence on why it matters.
    """
    checks, solutions = cells_tagged(notebook, "check"), cells_tagged(notebook, "solution")
    rubrics = cells_tagged(notebook, "rubric")
    found = []
    for name, cell in cells_tagged(notebook, "exercise").items():
        for kind, cells in (("check", checks), ("solution", solutions)):
            if name not in cells:
                raise LessonError(f"Exercise {name} has no cell tagged {kind}:{name}.")
        points = points_of(cell, name)
        found.append(read_solution(name, points, solutions[name].source, name in rubrics))
    return found


def points_of(cell: Any, name: str) -> int:
    """Return the points in an exercise cell's tag."""
    tag = next(t for t in cell.metadata["tags"] if t.startswith(f"exercise:{name}"))
    points = tag.split(":")[2:]
    if len(points) != 1 or not re.fullmatch("[0-9]+", points[0]):
        raise LessonError(f"The tag {tag!r} needs points at its end, as in exercise:{name}:2.")
    return int(points[0])


def read_solution(name: str, points: int, text: str, free_text: bool) -> Exercise:
    """Return an exercise from the text of its solution cell."""
    variants = variants_of(name, text)
    text = COMMENT.sub("", text)
    blocks = FENCE.findall(text)
    if not blocks:
        raise LessonError(f"The solution of {name} holds no block fenced with ```python.")
    why = section(text, WHY)
    if not why:
        raise LessonError(f"The solution of {name} does not say {WHY}")
    hints = [
        printed(line.removeprefix("- ").strip())
        for line in section(text, HINTS).splitlines()
        if line.startswith("- ")
    ]
    mistakes = blocks[1] if len(blocks) > 1 else ""
    why = printed(" ".join(why.split()))
    return Exercise(name, points, blocks[0], mistakes, why, hints, free_text, variants)


def printed(text: str) -> str:
    """Return a text as it is printed: slanted words stand in quotation marks.

    >>> printed("It says *reported*, and 2 * 3 * 4.")
    'It says "reported", and 2 * 3 * 4.'
    """
    return re.sub(r"(?<![\w*])\*([^\s*`][^*`]*)\*(?![\w*])", r'"\1"', text)


def variants_of(name: str, text: str) -> list[dict[str, str]]:
    """Return what each variant in a solution cell replaces by what."""
    found = []
    for line in section(text, VARIANTS).splitlines():
        if not line.startswith("- "):
            continue
        item = line.removeprefix("- ")
        if REPLACEMENT.sub("", item).strip():
            raise LessonError(
                f"The solution of {name} has a variant that cannot be read: {item!r}. It wants "
                "replacements such as 1950 → 1960, Soviet → American."
            )
        pairs = REPLACEMENT.findall(item)
        found.append({old.strip("`"): new.strip("`") for old, new in pairs})
    return found


def task_of(notebook: Any, name: str) -> Any | None:
    """Return the Markdown cell without a tag directly before an exercise's cell, if there is one.

    A cell that begins with a heading opens a part of the lesson and is no task.
    """
    answer = cells_tagged(notebook, "exercise").get(name)
    if answer is None:
        return None
    place = next(i for i, cell in enumerate(notebook.cells) if cell is answer)
    before = notebook.cells[place - 1] if place else None
    if before is None or before.cell_type != "markdown" or before.metadata.get("tags"):
        return None
    return None if before.source.startswith("#") else before


def label_and_question(task: Any | None) -> tuple[str, str]:
    """Return what a task is called, in bold at its beginning, and what its first paragraph asks."""
    first = task.source.strip().split("\n\n")[0] if task else ""
    found = LABEL.match(first)
    label, question = (found[1], found[2]) if found else ("", first)
    plain = re.sub(r"[*`]|\]\([^)]*\)|\[", "", question)
    return label.strip(" .:"), " ".join(plain.split())


def written_solution(exercise: Exercise) -> str:
    """Return the text of an exercise's solution cell, as `read_solution` reads it, no variants."""
    return SOLUTION.format(
        solution=exercise.solution.strip(),
        why=exercise.why,
        hints="\n".join(f"- {hint}" for hint in exercise.hints),
        mistakes=exercise.mistakes.strip(),
    )


def section(text: str, heading: str) -> str:
    """Return what follows a bold heading, up to the next one or the end of the fold."""
    if heading not in text:
        return ""
    rest = text.split(heading, 1)[1]
    return re.split(r"\n\*\*|\n</details>", rest, maxsplit=1)[0].strip()
