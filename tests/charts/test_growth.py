"""Growth arithmetic against numbers worked by hand, and what a teacher reads when it cannot be."""

import doctest
import importlib
import pkgutil

import pytest
import two_winds
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from two_winds.models.growth import (
    GrowthError,
    NeverOvertakesError,
    growth_rate,
    project,
    required_rate,
    year_of_overtaking,
)

MODULES = [
    module.name
    for module in pkgutil.walk_packages(two_winds.__path__, "two_winds.")
    if not module.name.endswith("__main__")
]
# A slow computer is no fault of the arithmetic.
CALMLY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
QUANTITIES = st.floats(0.01, 100_000)
RATES = st.floats(-0.3, 0.3)
YEARS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("start", "end", "years", "rate"),
    [
        (100, 121, 2, 0.10),  # 100, 110, 121
        (100, 133.1, 3, 0.10),  # 100, 110, 121, 133.1
        (50, 100, 1, 1.0),  # doubled in one year
        (80, 40, 1, -0.5),  # halved in one year
        (200, 128, 2, -0.2),  # 200, 160, 128
        (7, 7, 30, 0.0),  # nothing happened
        (1, 16, 0.5, 255.0),  # fourfold in each quarter: 4 ** 4 = 256 in a year
    ],
)
def test_growth_rate_of_numbers_worked_by_hand(start, end, years, rate):
    assert growth_rate(start, end, years) == pytest.approx(rate, abs=1e-12)


def test_doubling_in_ten_years_takes_seven_per_cent_a_year():
    # ln 2 = 0.693147; a tenth of it is 0.0693147; e to that power, by its series:
    # 1 + 0.0693147 + 0.0024023 + 0.0000555 + 0.0000010 = 1.0717735
    assert required_rate(50, 100, 10) == pytest.approx(0.0717735, abs=1e-7)


@pytest.mark.parametrize(
    ("start", "rate", "years", "end"),
    [
        (100, 0.10, 2, 121),  # 110, 121
        (1000, -0.5, 3, 125),  # 500, 250, 125
        (51, 0.2, 0, 51),  # no time has passed
        (40, 0.05, 4, 48.62025),  # 42, 44.1, 46.305, 48.62025
    ],
)
def test_projection_of_numbers_worked_by_hand(start, rate, years, end):
    assert project(start, rate, years) == pytest.approx(end, rel=1e-12)


@pytest.mark.parametrize(
    ("chaser", "leader", "chaser_rate", "leader_rate", "year"),
    [
        (90, 100, 0.10, 0.05, 1960),  # 99:105, 108.9:110.25, 119.79:115.76
        (50, 100, 1.0, 0.0, 1959),  # 1958: 100 to 100, level is not ahead; 1959: 200 to 100
        (50, 100, 0.5, 0.0, 1959),  # 75, 112.5 against 100
        (100, 400, 0.0, -0.5, 1960),  # 200, 100 (level), 50 against 100
        (101, 100, -0.5, 0.9, 1957),  # in front already
        (100, 100, 0.01, 0.0, 1958),  # level at first, ahead a year later
        (25, 100, 1.0, 0.0, 1960),  # 50, 100 (level), 200
    ],
)
def test_year_of_overtaking_found_by_writing_the_years_out(
    chaser, leader, chaser_rate, leader_rate, year
):
    assert year_of_overtaking(chaser, leader, chaser_rate, leader_rate, 1957) == year


def test_the_answer_starts_from_the_year_given():
    assert year_of_overtaking(50, 100, 0.5, 0.0, 1800) == 1802


@CALMLY
@given(QUANTITIES, QUANTITIES, YEARS)
def test_projecting_the_growth_rate_leads_to_the_end(start, end, years):
    assert project(start, growth_rate(start, end, years), years) == pytest.approx(end, rel=1e-9)


@CALMLY
@given(QUANTITIES, RATES, YEARS)
def test_the_required_rate_is_the_rate_that_was_projected(start, rate, years):
    assert required_rate(start, project(start, rate, years), years) == pytest.approx(rate, abs=1e-9)


@CALMLY
@given(QUANTITIES, QUANTITIES, RATES, RATES)
def test_the_chaser_is_above_in_that_year_and_not_in_the_year_before(
    chaser, leader, chaser_rate, leader_rate
):
    try:
        years = year_of_overtaking(chaser, leader, chaser_rate, leader_rate, 0)
    except NeverOvertakesError:
        return

    def lead(after):
        return project(chaser, chaser_rate, after) / project(leader, leader_rate, after) - 1

    assert lead(years) > -1e-9
    if years > 0:
        assert lead(years - 1) <= 1e-9


@CALMLY
@given(QUANTITIES, QUANTITIES, RATES, RATES, st.floats(0.001, 0.2))
def test_a_faster_chaser_never_overtakes_later(chaser, leader, chaser_rate, leader_rate, more):
    try:
        slow = year_of_overtaking(chaser, leader, chaser_rate, leader_rate, 1957)
    except NeverOvertakesError:
        assume(False)
    assert year_of_overtaking(chaser, leader, chaser_rate + more, leader_rate, 1957) <= slow


@pytest.mark.parametrize("bad", [0, -3])
@pytest.mark.parametrize(
    ("ask", "name"),
    [
        (lambda bad: growth_rate(bad, 100, 7), "start"),
        (lambda bad: growth_rate(100, bad, 7), "end"),
        (lambda bad: growth_rate(100, 200, bad), "years"),
        (lambda bad: required_rate(bad, 100, 7), "start"),
        (lambda bad: required_rate(100, bad, 7), "target"),
        (lambda bad: required_rate(100, 200, bad), "years"),
        (lambda bad: project(bad, 0.1, 7), "start"),
        (lambda bad: year_of_overtaking(bad, 100, 0.1, 0.0, 1957), "chaser"),
        (lambda bad: year_of_overtaking(50, bad, 0.1, 0.0, 1957), "leader"),
    ],
)
def test_what_is_not_a_number_above_zero_is_refused_by_name(ask, name, bad):
    with pytest.raises(GrowthError) as error:
        ask(bad)
    assert str(error.value) == f"{name} is {bad}: it must be a number above zero."


@pytest.mark.parametrize("bad", [-1, -1.5])
@pytest.mark.parametrize(
    ("ask", "name"),
    [
        (lambda bad: project(100, bad, 7), "rate"),
        (lambda bad: year_of_overtaking(50, 100, bad, 0.0, 1957), "chaser_rate"),
        (lambda bad: year_of_overtaking(50, 100, 0.1, bad, 1957), "leader_rate"),
    ],
)
def test_a_rate_that_cannot_be_is_refused_by_name(ask, name, bad):
    with pytest.raises(GrowthError) as error:
        ask(bad)
    assert str(error.value) == (
        f"{name} is {bad!r}: a growth rate is a fraction a year, such as 0.05 for 5 per cent, "
        "and above -1 (which would mean losing everything)."
    )


def test_looking_backwards_is_refused():
    with pytest.raises(GrowthError) as error:
        project(100, 0.1, -1)
    assert str(error.value) == "years is -1: count forwards from the first year, 0 or more."


def test_growth_beyond_any_number_is_refused():
    with pytest.raises(GrowthError) as error:
        project(1, 1.0, 5000)
    assert str(error.value) == "5000 years at 100.0% a year is beyond any number."


@pytest.mark.parametrize(("chaser_rate", "shown"), [(0.02, "2.0%"), (0.01, "1.0%")])
def test_one_who_grows_no_faster_never_overtakes(chaser_rate, shown):
    with pytest.raises(NeverOvertakesError) as error:
        year_of_overtaking(50, 100, chaser_rate, 0.02, 1957)
    assert str(error.value) == (
        "It never overtakes: the one behind grows no faster than the one in front "
        f"({shown} a year against 2.0%)."
    )


def test_more_than_a_thousand_years_is_as_good_as_never():
    # Doubling at a tenth of a per mille a year: ln 2 / ln 1.0001 = 0.6931472 / 0.000099995
    # = 6931.8, so first above in year 6932.
    with pytest.raises(NeverOvertakesError) as error:
        year_of_overtaking(50, 100, 0.0001, 0.0, 1957)
    assert str(error.value) == (
        "It would take 6932 years to overtake: at these rates it as good as never does."
    )


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_documentation_are_true(name):
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_the_documentation_of_growth_style_and_targets_holds_examples():
    for name in (
        "models.growth",
        "charts.common.style",
        "charts.common.promise",
        "charts.common.wording",
        "charts.common.guess",
    ):
        module = importlib.import_module(f"two_winds.{name}")
        assert doctest.testmod(module).attempted > 0, name
