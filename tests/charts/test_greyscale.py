"""Every chart of every lesson, printed without colour: its series must still be told apart."""

import contextlib
import io
import itertools
import re

import pytest
from lessons import ALL, NOTEBOOKS
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.text import Text
from two_winds.charts.common import chart as picture
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.style import LETTERS, PAPER, WIDTH

# Two shades of grey whose contrast is less than this look the same on a school's printer.
SHADES_APART = 1.5
NOTHING = ("None", "none", "", None)


def shade(colour):
    """Return the relative luminance (WCAG 2) of a colour on white paper, from 0 to 1."""
    *rgb, alpha = to_rgba(colour)
    on_paper = [part * alpha + 1 - alpha for part in rgb]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in on_paper]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast (WCAG 2) of two colours, from 1 to 21."""
    dark, light = sorted(map(shade, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def is_paper(colour):
    """Tell whether a fill leaves the paper as it is."""
    return colour in NOTHING or to_rgba(colour)[3] == 0 or to_rgba(colour) == to_rgba(PAPER)


def marks(axes):
    """Yield (colour, shape) of everything drawn: what it looks like with and without its colour."""
    for line in axes.lines:
        if line.get_transform() != axes.transData:
            continue  # A rule from edge to edge, such as that of zero, is no series.
        if line.get_marker() not in NOTHING:
            fill = line.get_markerfacecolor()
            ink = line.get_markeredgecolor() if is_paper(fill) else fill
            yield ink, ("marker", line.get_marker())
        if line.get_linestyle() not in NOTHING:
            yield line.get_color(), ("line", str(line._dash_pattern[1]))
    for bar in axes.patches:
        fill = bar.get_facecolor()
        ink = bar.get_edgecolor() if is_paper(fill) else fill
        yield ink, ("bar", is_paper(fill), str(bar.get_hatch() or ""), str(bar.get_linestyle()))
    for area in axes.collections:
        for ink in area.get_facecolor():
            yield ink, ("area", area.get_hatch())


def alike(figure):
    """Return the pairs of colours in a figure that nothing but their colour tells apart."""
    found = []
    for axes in figure.axes:
        shapes = {}
        for ink, shape in marks(axes):
            shapes.setdefault(to_rgba(ink), set()).add(shape)
        for (one, its), (other, others) in itertools.combinations(shapes.items(), 2):
            # A line and its markers are one series: one shape of its own is enough.
            if its == others and contrast(one, other) < SHADES_APART:
                found.append((one, other, sorted(its)))
    return found


@pytest.fixture(scope="module")
def drawn():
    """Every chart that the lessons draw, as {lesson: charts}; their pictures are left unsaved."""
    charts, made = {}, Chart.__init__

    def note(chart, *arguments, **named):
        made(chart, *arguments, **named)
        charts[lesson.name].append(chart)

    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(io.StringIO()):
        patch.chdir(NOTEBOOKS)
        patch.setattr(Chart, "__init__", note)
        for name in ("finished_png", "bare_png"):
            patch.setattr(picture, name, lambda _: b"")
        for lesson in ALL:
            charts[lesson.name] = []
            names = {"__name__": "__main__"}
            for cell in lesson.code:
                exec(cell.source, names)
    return charts


@pytest.mark.parametrize("lesson", [lesson.name for lesson in ALL])
def test_without_colour_the_series_of_every_chart_are_told_apart(drawn, lesson):
    assert drawn[lesson], "no chart was drawn"
    found = [(chart.title, *pair) for chart in drawn[lesson] for pair in alike(chart.figure)]
    assert found == []


def drawing(*looks):
    """Return a figure with one line for each look."""
    figure = Figure()
    axes = figure.add_subplot()
    for look in looks:
        axes.plot([1, 2], [3, 4], **look)
    return figure


def test_red_and_green_of_one_shade_are_caught_unless_something_else_tells_them_apart():
    red, green = {"color": "#D00000"}, {"color": "#007A00"}
    assert contrast("#D00000", "#007A00") < SHADES_APART
    assert len(alike(drawing(red, green))) == 1
    assert alike(drawing(red, green | {"linestyle": "--"})) == []
    assert alike(drawing(red | {"marker": "o"}, green | {"marker": "s"})) == []
    assert len(alike(drawing(red | {"marker": "o"}, green | {"marker": "o"}))) == 1
    assert alike(drawing(red, {"color": "#FFA0A0"})) == []


def test_the_contrast_formula_gives_the_known_values():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert shade("#00FF00") == pytest.approx(0.7152)


@pytest.mark.parametrize("lesson", [lesson.name for lesson in ALL])
def test_no_letter_is_smaller_than_eleven_pixels_beside_the_list_of_files(drawn, lesson):
    for chart in drawn[lesson]:
        least = LETTERS / WIDTH * chart.figure.get_figwidth() - 0.01
        for text in chart.figure.findobj(Text):
            small = text.get_text() and text.get_visible() and text.get_size() < least
            assert not small, f"{text.get_text()!r} in {chart.title!r}: {text.get_size()}"


@pytest.mark.parametrize("lesson", [lesson.name for lesson in ALL])
def test_the_alternative_text_describes_and_does_not_repeat_the_sentence(drawn, lesson):
    for chart in drawn[lesson]:
        assert chart.title.rstrip(".") in chart.alt
        for sentence in re.split(r"(?<=[.:;]) ", chart.sentence):
            long = len(sentence.split()) > 6
            assert not (long and sentence in chart.alt), (chart.title, sentence)
