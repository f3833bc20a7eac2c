"""What the helpers cost, beside what the bare libraries cost in the same run.

    python tests/benchmarks/run.py          all but the tests; about five minutes
    python tests/benchmarks/run.py --all    the run of all tests too

Run by hand; prints one table and judges nothing. Times are medians in milliseconds. Runs of ours
and of the bare floor alternate, so that a busy minute slows both; what takes whole seconds is run
once each. On a machine that does something else at the same time, only the ratio means anything.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from slider import slider_rows
from wholes import all_tests_rows, grading_rows, reading_copy_rows

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
HEAVIEST = ROOT / "notebooks" / "06_overtake_america.ipynb"
NAMES = (
    "load passport quote show value growth_rate project required_rate year_of_overtaking race "
    "report_card ratio rivals extrapolation overtaking gosplan_desk predict check hint"
)
BARE = "import pandas, matplotlib"
DRAWING = "import pandas, matplotlib.figure, matplotlib.backends.backend_agg"
OURS = f"from two_winds import {', '.join(NAMES.split())}"
MEMORY = "print(open('/proc/self/status').read().split('VmRSS:')[1].split()[0])"


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def medians(times: int, *calls: Callable[[], object]) -> list[float]:
    """The median of each call, all of them taking turns."""
    taken = [[timed(call) for call in calls] for _ in range(times)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def python(code: str) -> Callable[[], object]:
    """A call that runs code in a fresh process."""
    return lambda: subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def import_rows() -> list[tuple]:
    nothing, bare, drawing, ours = medians(
        7, python("pass"), python(BARE), python(DRAWING), python(OURS)
    )
    return [
        ("start Python, import the names of lesson 06", ours, bare, BARE),
        ("the same", ours, drawing, DRAWING),
        ("the same", ours, nothing, "start Python"),
    ]


def load_rows() -> list[tuple]:
    import pandas as pd
    from two_winds import datasets

    rows = []
    for name in datasets.all_names():
        path = datasets.FOLDER / f"{name}.csv"
        if name == "sources":
            continue
        ours, bare = medians(7, lambda n=name: datasets.load(n), lambda p=path: pd.read_csv(p))
        rows.append((f"load({name!r})", ours, bare, "pandas.read_csv"))
    return rows


def bare_picture(lines: int, size: tuple, dpi: int) -> None:
    """A figure with so many lines, drawn to PNG with nothing else."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=size, dpi=dpi)
    axes = figure.add_subplot()
    for place in range(lines):
        axes.plot(range(1957, 1979), [place + x for x in range(22)])
    figure.savefig(io.BytesIO(), format="png")


def first_chart_row() -> tuple:
    tables = "from two_winds import load, race; "
    tables += "from two_winds.charts.common.chart import finished_png; "
    tables += "p = load('production'); "
    floor = "from matplotlib.figure import Figure; import io, pandas; "
    floor += "f = Figure(figsize=(11, 6.2)); a = f.add_subplot(); "
    floor += "[a.plot(range(26), range(26)) for _ in range(8)]; f.savefig(io.BytesIO())"
    ours, bare = medians(7, python(tables + "finished_png(race(p, 'steel'))"), python(floor))
    return "fresh process to first chart", ours, bare, "bare figure of 8 lines, fresh process"


def chart_row() -> tuple:
    from two_winds import load, race
    from two_winds.charts.common.chart import picture_html

    made = load("production")
    lines = len(race(made, "steel").figure.axes[0].get_lines())
    ours, bare = medians(
        20,
        lambda: picture_html(race(made, "steel")),
        lambda: bare_picture(lines, (11, 6.2), 100),
    )
    return "a chart, shown", ours, bare, f"bare figure of {lines} lines to PNG"


def redraw_row() -> tuple:
    from two_winds import gosplan_desk, load

    desk = gosplan_desk(load("production"))
    box = desk.controls["ussr"]
    lines = len(desk.view().figure.axes[0].get_lines())

    def move() -> None:
        box.value = box.min if box.value >= box.max - 0.3 else box.value + 0.3

    ours, bare = medians(60, move, lambda: bare_picture(lines, (11, 6.2), 80))
    return "desk: one step of a slider", ours, bare, f"bare figure of {lines} lines to PNG"


def chart_rows() -> list[tuple]:
    return [first_chart_row(), chart_row(), redraw_row()]


def run_notebook(notebook: nbformat.NotebookNode, memory: list[float] | None = None) -> None:
    """Run a notebook; `memory` takes the megabytes its kernel holds at the end."""
    if memory is not None:
        notebook = nbformat.from_dict(notebook)
        notebook.cells = [*notebook.cells, nbformat.v4.new_code_cell(MEMORY)]
    client = NotebookClient(
        notebook,
        timeout=300,
        resources={"metadata": {"path": str(ROOT)}},
        extra_arguments=["--log-level=ERROR"],  # or the kernel's remarks stand among the table
    )
    client.execute()
    if memory is not None:
        memory.append(int(notebook.cells[-1].outputs[0].text) / 1024)


def notebook_of(*cells: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


EMPTY = notebook_of("")


def lesson_rows() -> list[tuple]:
    rows = []
    for path in LESSONS:
        lesson = nbformat.read(path, as_version=4)
        ours, bare = medians(3, lambda n=lesson: run_notebook(n), lambda: run_notebook(EMPTY))
        rows.append((f"lesson {path.stem[:2]}, every cell", ours, bare, "kernel start, empty cell"))
    return rows


def memory_rows() -> list[tuple]:
    if not Path("/proc/self/status").exists():
        return []
    lesson, held, floor = nbformat.read(HEAVIEST, as_version=4), [], []
    for _ in range(3):
        run_notebook(lesson, held)
        run_notebook(notebook_of(BARE), floor)
    at_end, at_least = statistics.median(held), statistics.median(floor)
    return [("memory of the kernel of lesson 06, MB", at_end, at_least, BARE)]


def main(everything: bool) -> None:
    print(f"{'what':46}{'ours':>9}{'bare':>9}{'times':>7}  bare is")
    parts = [import_rows, load_rows, chart_rows, slider_rows, lesson_rows, memory_rows]
    parts += [grading_rows, reading_copy_rows, *([all_tests_rows] if everything else [])]
    for part in parts:
        for what, ours, bare, floor in part():
            print(f"{what:46}{ours:9.1f}{bare:9.1f}{ours / bare:7.1f}  {floor}", flush=True)
    print("Milliseconds where not said otherwise. A row that cannot be had here is left out.")


if __name__ == "__main__":
    main("--all" in sys.argv[1:])
