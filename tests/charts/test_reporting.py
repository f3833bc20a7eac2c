"""The model of reporting: small additions worked by hand, and what a reader is told instead."""

import pytest
from two_winds import reporting_desk
from two_winds.charts.common.select import ChartError
from two_winds.charts.great_leap.reporting import reported_up
from two_winds.models.reporting import ReportingError, even_addition, left_over, passed_up


def test_each_level_adds_to_what_it_was_told():
    assert passed_up(200, [0.5, 0.0, -0.5]) == pytest.approx([300, 300, 150])
    assert passed_up(100, []) == []


def test_four_levels_that_add_a_fifth_double_a_figure():
    assert passed_up(100, [0.2] * 4)[-1] == pytest.approx(207.36)  # 120, 144, 172.8, 207.36


@pytest.mark.parametrize(
    ("amount", "reported", "levels", "each"),
    [(100, 121, 2, 0.1), (100, 1600, 4, 1.0), (100, 50, 1, -0.5), (7, 7, 3, 0.0)],
)
def test_even_additions_worked_by_hand(amount, reported, levels, each):
    assert even_addition(amount, reported, levels) == pytest.approx(each, abs=1e-12)


def test_even_additions_lead_back_to_the_report():
    each = even_addition(197.65, 375, 4)
    assert passed_up(197.65, [each] * 4)[-1] == pytest.approx(375)


def test_a_levy_on_the_report_is_taken_from_what_is_there():
    assert left_over(100, 207.36, 0.25) == pytest.approx(48.16)  # 100 - 51.84
    assert left_over(100, 401, 0.25) == 0


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: passed_up(0, [0.1]), "amount is 0: it must be a number above 0"),
        (lambda: passed_up(100, [-1]), "an addition is -1"),
        (lambda: even_addition(100, 120, 0), "levels is 0: it must be a whole number"),
        (lambda: left_over(100, 120, 25), "share is 25: it must be a fraction from 0 to 1"),
    ],
)
def test_what_cannot_be_is_refused_in_words(call, words):
    with pytest.raises(ReportingError, match=words.replace(".", r"\.")):
        call()


def test_the_picture_says_that_it_is_a_model_and_sums_up_its_bars():
    chart = reported_up(0.2, 0.25)
    assert chart.title.startswith("A model")
    assert "In this model" in chart.sentence
    assert "model" in chart.source
    places = chart.table.set_index("place")["amount"]
    assert places["province says"] == pytest.approx(207.36)
    assert places["levy"] + places["left"] == pytest.approx(100)
    assert len(reported_up(0.2, 0.25, levels=1).table) == 4  # harvest, brigade, levy, left


def test_a_levy_beyond_the_harvest_is_told():
    chart = reported_up(0.6, 0.25)  # 1.6 ** 4 = 6.5536, a quarter of 655 is 164
    assert chart.sentence.endswith("takes 164: more than there is.")
    assert chart.table["amount"].iloc[-1] == 0


@pytest.mark.parametrize("levels", [0, 5])
def test_the_model_has_four_levels(levels):
    with pytest.raises(ChartError, match="4 levels"):
        reported_up(0.2, 0.25, levels)


@pytest.mark.parametrize(("control", "new"), [("levels", 2), ("addition", 5), ("share", 40)])
def test_the_desk_follows_its_controls(control, new):
    desk = reporting_desk()
    before = desk.picture.value
    desk.controls[control].value = new
    assert desk.picture.value != before
    assert "In this model" in desk.picture.value
