"""Playing a lesson as a class would: elsewhere, offline, each cell twice, then the answers."""

import asyncio
import base64
import functools
import io
import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import nbformat
import numpy as np
from classwork.lesson.answer_key import key_of
from classwork.lesson.exercises import COMMENT
from classwork.lesson.refresh import clean, text_of
from forked_kernel import FORKED
from lessons import FENCE, PICTURE, kinds
from matplotlib.image import imread
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from two_winds.course import COURSE

FOLDER = "Урок истории 1957"
KERNELS_AT_ONCE = 2

# The interpreter reports every look-up and connection that Python code asks for; the kernel's own
# talk with us goes through a library in C and is not seen. Noted too is what a lesson swallows.
NO_NETWORK = """
def _guard():
    import sys
    asked = sys.modules["asked"] = type(sys)("asked")
    asked.attempts = []
    def hook(event, details):
        if not event.startswith("socket."):
            return
        loopback = "127.0.0.1" in str(details) or "::1" in str(details)
        if event[7:] in (
            "connect", "sendto", "sendmsg", "getaddrinfo", "gethostbyname", "gethostbyaddr"
        ) and not (sys.platform == "win32" and loopback):
            asked.attempts.append(event)
            raise OSError("A test has cut the network.")
    sys.addaudithook(hook)
_guard()
del _guard
"""
# What a cell gives the second time is compared without its pixels, so none need be drawn.
AGAIN = "# once more\n"
LIFT_PENS = f"""
import two_winds.charts.common.chart as _chart
_pens = _chart.finished_png, _chart.bare_png
def _lift_pens(cell):
    again = cell.raw_cell.startswith({AGAIN!r})
    _chart.finished_png, _chart.bare_png = [lambda _: b"no pixels"] * 2 if again else _pens
get_ipython().events.register("pre_run_cell", _lift_pens)
"""
ATTEMPTS = "import asked, json\nprint(json.dumps(asked.attempts))"
# A student who folds out one solution has perhaps answered nothing before.
ALONE = """
def _alone(source):
    try:
        exec(source, dict(globals()))
    except Exception as error:
        return repr(error)
"""
# What the text tells a student to run, with placeholders such as `start` left aside.
TRY = """
def _try(source):
    import ast, builtins, contextlib, io
    tree = ast.parse(source, mode="eval")
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    functions = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call)
                 and isinstance(n.func, ast.Name)}
    known = set(globals()) | set(dir(builtins))
    if functions - known:
        return f"there is no {sorted(functions - known)}"
    if names - known:
        return None
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            eval(source, dict(globals()))
    except Exception as error:
        return repr(error)
"""


def run(cells, folder):
    """Run cells in a kernel of their own and return them; an error in one is an error here.

    What is answered in them is noted in the folder, not in the user's own.
    """
    notebook = new_notebook(cells=cells)
    resources = {"metadata": {"path": str(folder)}}
    # A kernel may send what is printed in pieces; how many is chance.
    options = FORKED | {"timeout": 120, "kernel_name": "python3", "coalesce_streams": True}
    client = NotebookClient(notebook, resources=resources, **options)
    environment = os.environ | {COURSE.elsewhere: str(folder / "my_work")}
    asyncio.run(client.async_execute(env=environment))
    return notebook.cells


def printed(cell):
    """Return what a cell has printed."""
    return "".join(output.get("text", "") for output in cell.outputs)


def comparable(outputs):
    """Return outputs without what differs from run to run: counts, widget numbers, pixels."""
    found = []
    for output in outputs:
        kept = {name: output[name] for name in ("output_type", "name", "text") if name in output}
        data = {k: v for k, v in output.get("data", {}).items() if "widget-view" not in k}
        found.append(kept | {k: PICTURE.sub("IMAGE", v) for k, v in data.items()})
    return found


def pictures(cell):
    """Return the pictures in a cell's outputs, as arrays of pixels."""
    html = "".join(output.get("data", {}).get("text/html", "") for output in cell.outputs)
    return [imread(io.BytesIO(base64.b64decode(data))) for data in PICTURE.findall(html)]


def look_alike(one, other):
    """Tell whether two pictures show the same; the edge of a letter may be a shade off."""
    if one.shape != other.shape:
        return False
    differing = (np.abs(one - other) > 0.15).any(axis=-1).sum()
    return differing <= 20


@dataclass
class Played:
    """What came of playing a lesson.

    Attributes:
        first: its code cells as they ran first, `again` as they ran the second time.
        alone: for each exercise, what was wrong with its solution in an untouched lesson, or None.
        said: for each exercise, what the check said to the solution and then to each mistake.
        tried: for each expression in the text, what was wrong with it, or None.
        attempts: the look-ups and connections asked for.
        refreshed: the notebook's file as refresh.py would write it.
        key: the key's file, likewise.
    """

    first: list
    again: list = field(default_factory=list)
    alone: dict = field(default_factory=dict)
    said: dict = field(default_factory=dict)
    tried: dict = field(default_factory=dict)
    attempts: list = field(default_factory=list)
    refreshed: str = ""
    key: str = ""


def told_to_run(lesson):
    """Return the calls in backticks in a lesson's text."""
    text = "\n".join(COMMENT.sub("", FENCE.sub("", cell.source)) for cell in lesson.markdown)
    spans = dict.fromkeys(re.findall(r"`([^`\n]+)`", text))
    return [span for span in spans if "(" in span and parses(span)]


def parses(text):
    try:
        compile(text, "text", "eval")
    except SyntaxError:
        return False
    return True


def play(lesson, folder):
    """Play one lesson, copied alone into a folder, and return what came of it."""
    copy = folder / lesson.path.name
    copy.write_bytes(lesson.path.read_bytes())
    notebook = nbformat.read(copy, as_version=4)
    played = Played(first=[c for c in notebook.cells if c.cell_type == "code"])
    run_and_judge = functools.partial(play_cells, lesson, played)
    if lesson.exercises:
        key = key_of(notebook, lesson.exercises, folder, run_and_judge)
        played.key = text_of(key)
    else:
        run_and_judge(notebook, folder)
    clean(notebook, copy.stem)
    played.refreshed = nbformat.writes(notebook) + "\n"
    return played


def play_cells(lesson, played, notebook, folder):
    """Run a lesson's cells twice each and all that belongs to them; in the place of a plain run."""
    for cell in played.first:
        cell.outputs = []
    added = notebook.cells[len(lesson.cells) :]
    solving, rounded = added[: len(lesson.exercises)], added[len(lesson.exercises) :]
    played.again = [new_code_cell(AGAIN + cell.source) for cell in played.first]
    solutions = {exercise.name: exercise.solution for exercise in lesson.exercises}
    alone = new_code_cell(ALONE + trouble("_alone", solutions))
    tried = new_code_cell(TRY + trouble("_try", {text: text for text in told_to_run(lesson)}))
    checks = [cell.source for cell in played.first if "check" in kinds(cell)]
    judged = [judge(e, text) for e, text in zip(lesson.exercises, checks, strict=True)]
    attempts = new_code_cell(ATTEMPTS)
    run(
        [
            new_code_cell(NO_NETWORK),
            new_code_cell(LIFT_PENS),
            *in_turn(played.first, played.again),
            alone,
            tried,
            *in_turn(solving, judged),
            *rounded,
            attempts,
        ],
        folder,
    )
    played.alone = json.loads(printed(alone).splitlines()[-1])
    played.tried = json.loads(printed(tried).splitlines()[-1])
    names = [exercise.name for exercise in lesson.exercises]
    played.said = {n: printed(c).splitlines() for n, c in zip(names, judged, strict=True)}
    played.attempts = json.loads(printed(attempts))


# What a check says is compared as one line, however long.
ONE_LINE = "import classwork.practice.check as _exercises\n_exercises.LINE = 10_000"


def trouble(function, sources):
    """Return code that prints, as JSON, what a function says of each source."""
    said = f"{{name: {function}(source) for name, source in {sources!r}.items()}}"
    return f"import json as _json\nprint(_json.dumps({said}))"


def judge(exercise, check):
    """Return a cell that has the lesson's check judge the solution, then each typical mistake."""
    mistakes = f"for _wrong, _words in mistakes:\n    check({exercise.name!r}, _wrong)"
    return new_code_cell(f"{ONE_LINE}\n{check}\n{mistakes}")


def in_turn(*lists):
    """Return the members of lists of one length in turn."""
    return [cell for together in zip(*lists, strict=True) for cell in together]


def play_all(lessons, folder):
    """Play lessons, some at a time; return by name what calls for the result of each."""
    with ThreadPoolExecutor(KERNELS_AT_ONCE) as pool:
        return {lesson.name: pool.submit(play, lesson, folder).result for lesson in lessons}
