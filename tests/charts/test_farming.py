"""Meat, milk and butter: the charts and the desk say what the rows say."""

import itertools

import pandas as pd
import pytest
from two_winds import (
    grain_counts,
    herd_campaign,
    herd_desk,
    like_for_like,
    load,
    plan_1965,
    price_rises,
    roads,
    three_pairs,
)
from two_winds.charts.common.chart import Chart, finished_png, quick_html
from two_winds.charts.common.select import ChartError

ROWS = """country product year value unit series source grade note
SUN meat_per_head 1955 30 kg official alpha B -
SUN meat_per_head 1970 50 kg official alpha B -
SUN meat_per_head 1975 130 kg official alpha C -
SUN meat_per_head 1956 30 kg contemporary beta B -
USA meat_per_head 1956 120 kg contemporary beta B -
SUN milk_per_head 1956 200 kg contemporary beta B -
USA milk_per_head 1956 400 kg contemporary beta B -
SUN milk_per_head 1955 200 kg official alpha B -
SUN milk_per_head 1965 300 kg official alpha B -
SUN milk_per_head 1970 410 kg official alpha B -
USA milk_per_head 1955 390 kg official gamma C -
USA milk_per_head 1965 290 kg official gamma C -
SUN butter_per_head 1956 3 kg contemporary beta B -
USA butter_per_head 1956 4 kg contemporary beta B -
SUN meat_per_head 1961 40 kg fao delta B -
USA meat_per_head 1961 80 kg fao delta B -
SUN meat_per_head 1962 45 kg fao delta B -
USA meat_per_head 1962 75 kg fao delta B -
SUN grain 1958 140 Mt contemporary alpha A -
SUN grain 1958 130 Mt revised alpha A -
SUN grain_discount 1960 -20 percent estimate delta A Average"""
GOALS = """product target_set announced year low high unit source grade note
meat_per_head economists_1957 1957-05-22 1976 120 120 kg beta A -
meat_per_head speech_may_1957 1957-05-22 1958 120 120 kg TIME_1957_06_03 A -"""


def table(text):
    lines = [line.split() for line in text.splitlines()]
    frame = pd.DataFrame(lines[1:], columns=lines[0])
    for column in ("year", "value", "low", "high"):
        if column in frame:
            frame[column] = pd.to_numeric(frame[column])
    return frame


@pytest.fixture
def farming():
    return table(ROWS)


@pytest.fixture(scope="module")
def real():
    return load("farming"), load("farm_targets"), load("prices_1962")


def test_the_pairs_are_shares_of_the_american_figure(farming):
    shares = three_pairs(farming).table.set_index("food")["share, per cent"]
    assert shares.to_dict() == {"meat": 25, "milk": 50, "butter": 75}


def test_a_missing_pair_is_named(farming):
    with pytest.raises(ChartError, match="butter"):
        three_pairs(farming[farming["product"] != "butter_per_head"])


def test_a_road_tells_the_growth_it_needs(farming):
    told = roads(farming, table(GOALS)).table
    # Four times in two years is doubling twice; in twenty years 4 ** (1 / 20) = 1.0718.
    assert told["year"].tolist() == [1958, 1976]
    assert told["per cent a year"].tolist() == [100, 7.2]


def test_a_road_is_a_curve_that_grows_by_the_same_share_each_year(farming):
    road = next(
        line
        for line in roads(farming, table(GOALS)).figure.axes[0].lines
        if line.get_linestyle() == "--"
    )
    height = dict(zip(road.get_xdata(), road.get_ydata(), strict=True))
    assert (height[1956], height[1958]) == pytest.approx((30, 120))
    # Four times in two years: half way it has doubled, a straight road would stand at 75.
    middle = min(height, key=lambda year: abs(year - 1957))
    assert height[middle] == pytest.approx(60, rel=0.05)


def test_both_countries_are_compared_by_one_count_alone(farming):
    chart = like_for_like(farming, ["meat"], 70)
    assert chart.table["meat, per cent"].tolist() == [50, 60]
    assert "meat 50 in 1961 and 60 in 1962" in chart.sentence
    assert "You had predicted 70 for meat in 1962" in chart.sentence
    with pytest.raises(ChartError, match="'milk'"):
        like_for_like(farming, ["milk"])


def test_by_one_count_meat_stayed_at_half_and_milk_passed_america_in_1965(real):
    shares = like_for_like(real[0], ["meat", "milk"]).table.set_index("year")
    assert shares["meat, per cent"].max() < 60
    assert shares.index[shares["milk, per cent"] > 100].min() == 1965


def test_the_plan_of_1959_by_hand(real):
    farming, targets, _ = real
    told = plan_1965(farming, targets).table.set_index("product")
    assert told.loc["meat", "per cent of the plan"] == pytest.approx(62.5)  # 10 of 16
    assert told.loc["milk", "per cent of the plan"] == pytest.approx(72.6)  # 72.6 of 100
    assert plan_1965(*real[:2]).sentence.endswith("Of these 5 goals none was met.")


def test_grain_names_both_figures_and_the_discount(farming):
    sentence = grain_counts(farming).sentence
    assert "1958: 140 announced, 130 later" in sentence
    assert "20 per cent below" in sentence


def test_no_one_who_suffered_is_drawn(real):
    chart = price_rises(real[2])
    assert chart.table["rise in per cent"].tolist() == [30, 25, 35]
    assert not any(word in chart.sentence for word in ("killed", "wounded", "sentenced"))


def test_every_picture_can_be_drawn_and_told(real):
    farming, targets, prices = real
    charts = [three_pairs(farming), roads(farming, targets), plan_1965(farming, targets)]
    charts += [like_for_like(farming, ["meat", "milk"]), like_for_like(farming, ["butter"])]
    charts += [grain_counts(farming), price_rises(prices), herd_campaign(0.37, 0.33, 1)]
    for chart in charts:
        assert isinstance(chart, Chart)
        assert len(chart.alt.split()) > 10
        assert chart.sentence.endswith(".")
        assert finished_png(chart).startswith(b"\x89PNG")


def test_the_model_is_called_a_model_everywhere():
    chart = herd_campaign(0.37, 0.33, 2)
    for words in (chart.title, chart.sentence, chart.alt, chart.source):
        assert "model" in words


# --- the desk ---


def test_each_control_changes_picture_and_words():
    desk = herd_desk()
    for control, new in (("share", 30), ("growth", 210), ("pressed", 3)):
        before = desk.picture.value, desk.view().sentence
        desk.controls[control].value = new
        assert desk.picture.value != before[0], control
        assert desk.view().sentence != before[1], control


def test_every_corner_of_the_desk_can_be_shown():
    desk = herd_desk()
    for corner in itertools.product((20, 45), (0, 220), (0, 4)):
        chart = desk.draw(**dict(zip(desk.controls, corner, strict=True)))
        assert "<img" in quick_html(chart)


def test_every_control_says_what_it_is():
    assert all(control.description for control in herd_desk().controls.values())
