"""Warheads, carriers and fears: the numbers drawn are those of the rows, told as what they are.

The rows are typed here, so that every ratio can be worked out by eye.
"""

import pandas as pd
import pytest
from classwork.ground.errors import PlainError
from two_winds import balance, feared, load, warheads

COLUMNS = [
    "country",
    "weapon",
    "year",
    "series",
    "as_of",
    "low",
    "high",
    "told_by",
    "source",
    "grade",
]
ROWS = [
    ("USA", "warheads", 1956, "official", "1956", 80, 80, "USA", "s", "B"),
    ("USA", "warheads", 1957, "official", "1957", 100, 100, "USA", "s", "B"),
    ("SUN", "warheads", 1956, "scholar", "1956", 10, 10, "FAS", "s", "B"),
    ("SUN", "warheads", 1957, "scholar", "1957", 25, 25, "FAS", "s", "B"),
    ("CHN", "warheads", 1956, "scholar", "1956", 0, 0, "FAS", "s", "B"),
    ("CHN", "warheads", 1957, "scholar", "1957", 0, 0, "FAS", "s", "B"),
    ("USA", "bombers", 1957, "scholar", "1957", 30, 30, "NRDC", "t", "B"),
    ("USA", "icbm", 1957, "scholar", "1957", 0, 0, "NRDC", "t", "B"),
    ("SUN", "icbm", 1961, "intelligence", "1960", 100, 100, "CIA, as summarised later", "u", "B"),
    ("SUN", "icbm", 1961, "intelligence", "1961-09", 10, 25, "NIE", "v", "A"),
    ("SUN", "icbm", 1961, "scholar", "1961", 4, 4, "A history", "w", "B"),
    ("SUN", "icbm", 1970, "press", "1970", 900, 900, "Too late", "w", "B"),
]


@pytest.fixture
def typed():
    return pd.DataFrame(ROWS, columns=COLUMNS)


def written(chart):
    return [text.get_text().strip() for axes in chart.figure.axes for text in axes.texts]


def test_the_ratio_of_warheads_is_worked_out(typed):
    # 100 to 25 is four to one.
    chart = warheads(typed)
    assert chart.sentence == (
        "Warheads in 1957: USA 100, USSR 25, China 0. "
        "For each Soviet warhead there were 4 American ones."
    )
    assert chart.table.to_dict("list") == {
        "year": [1956, 1957],
        "USA": [80, 100],
        "USSR": [10, 25],
        "China": [0, 0],
    }


def test_a_guess_is_drawn_and_told(typed):
    chart = warheads(typed, guess=60)
    assert "You had predicted 60 Soviet warheads for 1957." in chart.sentence
    assert "your guess" in written(chart)
    assert "your guess" not in written(warheads(typed))


def test_a_logarithmic_scale_is_explained_and_leaves_out_nought(typed):
    chart = warheads(typed, log=True)
    assert "ten times as many" in chart.title
    assert "nought has no place" in chart.sentence
    assert chart.figure.axes[0].get_yscale() == "log"
    assert not any("China" in text for text in written(chart))
    assert warheads(typed).figure.axes[0].get_yscale() == "linear"


def test_no_figure_and_nought_are_told_apart(typed):
    chart = balance(typed)
    table = chart.table.set_index("weapon")
    assert table.loc["intercontinental missiles", "USA"] == 0
    assert pd.isna(table.loc["strategic bombers", "USSR"])
    assert "Strategic bombers: USA 30, USSR no figure found." in chart.sentence
    assert written(chart).count("USSR no figure found") == 3


def test_fears_and_counts_are_told_apart(typed):
    chart = feared(typed)
    assert chart.sentence == (
        "Estimates of the time: 2. Counts made known later: 1. "
        "For 1961 from 10 to 100 were expected, and 4 were counted."
    )
    assert chart.table["kind"].tolist() == ["feared", "feared", "counted"]
    assert chart.table["told_by"].iloc[0].startswith("CIA")  # of 1960, before 1961
    assert "10\u201325" in written(chart)
    assert "Too late" not in chart.alt


def test_a_range_is_drawn_from_its_lower_to_its_upper_end(typed):
    lines = feared(typed).figure.axes[0].get_lines()
    assert any(list(line.get_xdata()) == [10, 25] for line in lines)


def test_a_changed_figure_changes_what_is_said(typed):
    before = warheads(typed).sentence
    typed.loc[3, ["low", "high"]] = 50
    assert warheads(typed).sentence != before


def test_nothing_to_draw_is_refused(typed):
    for chart in (warheads, balance, feared):
        with pytest.raises(PlainError, match="arsenals is an empty table"):
            chart(typed[typed["source"] == "nowhere"])


def test_the_table_handed_in_is_left_as_it_was(typed):
    before = typed.copy()
    for chart in (warheads, balance, feared):
        chart(typed)
    pd.testing.assert_frame_equal(typed, before)


def test_the_real_table_gives_the_numbers_of_the_source():
    # Our World in Data: 5,543 and 660 in 1957; one Chinese warhead in 1964.
    table = warheads(load("arsenals"), last=1969).table.set_index("year")
    assert table.loc[1957].tolist() == [5543, 660, 0]
    assert table.loc[1964, "China"] == 1
