"""The two forms that draw any table: lines over years, and rows named at the left."""

import warnings

import numpy as np
import pandas as pd
import pytest
import two_winds
from classwork.ground.errors import PlainError
from matplotlib.backends.backend_agg import FigureCanvasAgg
from two_winds import load
from two_winds.charts.common.chart import finished_png, picture_html
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import COLOURS, HEIGHT, LETTERS, PAPER, WIDTH, house

# Three tables of strangers: other columns, no grade, no source; Chinese names; ranges with grades.
BIRTHS = pd.DataFrame(
    {
        "when": [1950, 1957, 1965] * 2,
        "born": [20.0, np.nan, 25.0, 30.0, 33.0, 24.0],
        "village": ["Upper Farm"] * 3 + ["A village with a rather long name"] * 3,
    }
)
CITIES = pd.DataFrame({"城市": ["北京", "上海", "武汉"], "人口": [4.0, 6.9, 2.1]})
DEAD = pd.DataFrame(
    {
        "teller": ["a priest", "the mayor", "a ministry"],
        "fewest": [10, 40, 3],
        "most": [30, 40, 5],
        "grade": ["A", "C", "B"],
        "source": ["parish book", "parish book", "annual report"],
    }
)


def foreign_charts():
    return {
        "births": two_winds.lines(BIRTHS, "when", "born", "village"),
        "cities": two_winds.rows(CITIES, "城市", "人口", title="Inhabitants, millions"),
        "dead": two_winds.rows(DEAD, "teller", "fewest", "most"),
    }


@pytest.mark.parametrize("name", ["births", "cities", "dead"])
def test_a_strangers_table_gives_a_whole_chart_without_a_warning(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        chart = foreign_charts()[name]
        assert finished_png(chart).startswith(b"\x89PNG")
    assert chart.title
    assert chart.sentence.endswith(".")
    assert chart.source
    assert len(chart.table) == {"births": 6, "cities": 3, "dead": 3}[name]


@pytest.mark.parametrize("name", ["births", "cities", "dead"])
def test_nothing_written_is_cut_off_or_too_small(name):
    figure = foreign_charts()[name].figure
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    axes = figure.axes[0]
    for text in [*axes.texts, *axes.get_yticklabels()]:
        box = text.get_window_extent(canvas.get_renderer())
        assert box.x0 >= 0, text
        assert box.x1 <= figure.bbox.x1, text
        assert text.get_size() >= LETTERS, text


def test_the_alternative_text_tells_the_lines_and_the_sentence_what_follows():
    chart = foreign_charts()["births"]
    assert "Upper Farm: 20 in 1950, 25 in 1965." in chart.alt
    assert "highest 33 in 1957" in chart.alt
    assert chart.sentence.startswith("Upper Farm rose by 25 per cent from 1950 to 1965.")
    assert "fell by 20 per cent" in chart.sentence
    assert chart.sentence not in picture_html(chart).split("<figcaption")[0]


def test_a_line_is_broken_where_a_figure_is_missing():
    line = foreign_charts()["births"].figure.axes[0].lines[0]
    assert np.isnan(line.get_ydata()).tolist() == [False, True, False]


def test_chinese_rows_are_named_from_top_to_bottom_as_the_table_has_them():
    chart = foreign_charts()["cities"]
    axes = chart.figure.axes[0]
    assert [tick.get_text() for tick in axes.get_yticklabels()] == ["北京", "上海", "武汉"]
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
    assert "上海: 6.9." in chart.alt
    assert chart.sentence == "Highest is 上海 with 6.9, lowest 武汉 with 2.1."


def test_an_unverified_range_is_hollow_and_counted_and_the_sources_are_named():
    chart = foreign_charts()["dead"]
    marks = [line for line in chart.figure.axes[0].lines if line.get_marker() not in ("None", "")]
    fills = [line.get_markerfacecolor() == PAPER for line in marks]
    assert fills == [False, True, False]
    assert "the mayor: 40, hollow." in chart.alt
    assert "Of the 3 figures drawn 1 is unverified (hollow)." in chart.sentence
    assert chart.source == "Sources: parish book; annual report."


def test_a_country_keeps_its_colour_whatever_its_column_is_called():
    steel = load("production").query("product == 'steel' and series == 'official'")
    chart = two_winds.lines(steel.rename(columns={"country": "where"}), "year", "value", "where")
    drawn = {one.get_label()[:3]: one.get_color() for one in chart.figure.axes[0].lines}
    assert drawn["USS"] == COLOURS["SUN"]
    assert drawn["USA"] == COLOURS["USA"]


def test_dates_stand_at_their_day_and_the_scale_names_months():
    days = pd.DataFrame({"day": ["1957-10-04", "1957-11-03"], "kg": [83.6, 508.3]})
    axes = two_winds.lines(days, "day", "kg").figure.axes[0]
    assert axes.lines[0].get_xdata()[0] == pytest.approx(1957.757, abs=0.002)
    ticks = axes.xaxis.get_major_formatter().format_ticks(axes.get_xticks())
    assert "Nov\n1957" in ticks


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (lambda: two_winds.lines(BIRTHS, "when", "village"), "y is 'village'.*must hold numbers"),
        (lambda: two_winds.lines(BIRTHS, "village", "born"), "x is 'village'.*numbers or of dates"),
        (lambda: two_winds.lines(BIRTHS, "when", "born"), "several at 1950.*by="),
        (lambda: two_winds.lines(BIRTHS, "year", "born"), "no column 'year'.*born, village, when"),
        (lambda: two_winds.rows(CITIES, "城市", "城市"), "value is '城市'.*must hold numbers"),
        (
            lambda: two_winds.rows(DEAD.loc[[0] * 7].assign(n=range(7)), "n", "most", by="n"),
            "7 values: no more than 6",
        ),
    ],
)
def test_a_table_that_cannot_be_drawn_is_answered_in_a_sentence(asked, answer):
    with pytest.raises(ChartError, match=answer):
        asked()


@pytest.mark.parametrize(("name", "beginning"), [("a.svg", b"<?xml"), ("a.png", b"\x89PNG")])
def test_a_chart_is_kept_as_a_file_by_its_suffix(name, beginning, tmp_path):
    path = two_winds.save(foreign_charts()["dead"], str(tmp_path / name))
    assert path.read_bytes().startswith(beginning)
    for wrong in ("a.jpg", "nowhere/a.svg"):
        with pytest.raises(PlainError, match=wrong):
            two_winds.save(foreign_charts()["dead"], wrong)


def test_the_house_look_holds_for_a_figure_of_ones_own():
    from matplotlib.figure import Figure

    with house():
        figure = Figure()
        axes = figure.add_subplot()
    assert tuple(figure.get_size_inches()) == (WIDTH, HEIGHT)
    assert [side for side, spine in axes.spines.items() if spine.get_visible()] == ["bottom"]


def test_the_smallest_letters_are_eleven_pixels_high_beside_the_list_of_files():
    shown = LETTERS / 72 * 600 / WIDTH
    assert shown == pytest.approx(11)
