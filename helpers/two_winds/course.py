"""What classwork, which serves any subject, must know of this course."""

from pathlib import Path

from classwork.course import MODULES, Course

COURSE = Course(
    root=Path(__file__).resolve().parents[2],
    name="two_winds",
    title="Two Winds",
    keys=Path("helpers/two_winds/keys"),
    elsewhere="TWO_WINDS_MY_WORK",
    data=(Path("datasets"),),
    package="two_winds",
    modules=MODULES | {"two_winds"},
    shows=frozenset({"show", "quote", "passport", "words", "who", "document"}),
    quiet="two_winds.charts.common.chart:QUIET",
    received=("from two_winds import received", "from two_winds.receipt import received"),
    start_page="00_start_here.ipynb",
    template="helpers/two_winds/template",
)
