"""Where this course lies, and what classwork, which serves any subject, must know of it."""

import os
from pathlib import Path

from classwork.course import Course

CITATION = "The Two Winds authors (2026). Two Winds: 1957 in data. Version 2.0.0."
PACKAGE = Path(__file__).resolve().parent
# A checkout has its tables and lessons beside helpers/; an installed copy has them within itself.
CHECKOUT = PACKAGE.parents[1]
IS_CHECKOUT = (CHECKOUT / "datasets" / "sources.csv").is_file()
ROOT = CHECKOUT if IS_CHECKOUT else PACKAGE / "shipped"
DATASETS = ROOT / "datasets"
NOTEBOOKS = ROOT / "notebooks"
# Set to True where nobody looks at pictures: then none is drawn. It stands here so that setting it
# does not import what draws.
QUIET = False

COURSE = Course(
    root=ROOT,
    name="two_winds",
    title="Two Winds",
    command="py start.py" if os.name == "nt" else "python3 start.py",
    keys=PACKAGE / "keys",
    # Into an installed copy nobody writes.
    my_work=(CHECKOUT if IS_CHECKOUT else Path.cwd()) / "my_work",
    elsewhere="TWO_WINDS_MY_WORK",
    data=(Path("datasets"),),
    package="two_winds",
    shows=frozenset({"show", "quote", "passport", "words", "who", "document"}),
    quiet="two_winds.course:QUIET",
    received=("from two_winds import received", "from two_winds.receipt import received"),
    start_page="00_start_here.ipynb",
    template=str(PACKAGE / "lesson_template"),
)
