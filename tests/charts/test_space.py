"""The pictures of lesson 04 on rows typed by hand and on the real tables, and its explorer."""

import doctest
import re

import numpy as np
import pandas as pd
import pytest
from two_winds import (
    attempts,
    coverage,
    firsts_by_kind,
    launch_race,
    load,
    masses,
    orbit_desk,
    track,
)
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import number
from two_winds.charts.space import firsts as firsts_module
from two_winds.charts.space import ground_track as sky
from two_winds.charts.space import places
from two_winds.charts.space.places import PLACES


def tried(country, date, outcome, payload="X"):
    return {"country": country, "date_utc": date, "outcome": outcome, "payload": payload}


LAUNCHES = pd.DataFrame(
    [
        tried("SUN", "1957-10-04", "success", "Sputnik 1"),
        tried("USA", "1957-12-06", "failure", "Vanguard TV3"),
        tried("SUN", "1958-01-05", "failure"),
        tried("USA", "1958-01-07", "partial"),
        tried("USA", "1958-01-09", "success"),
        tried("FRA", "1958-01-10", "success"),
        tried("USA", "1959-01-01", "success"),
    ]
)
SATELLITES = pd.DataFrame(
    {
        "satellite": ["Ball", "Ball", "Grain"],
        "country": ["SUN", "SUN", "USA"],
        "mass_kg": [84.0, 83.6, 2.09],
        "orbit_on": ["", "1957-10-04", ""],
        "source": ["ROUND", "EXACT", "G"],
        "grade": ["A", "B", "B"],
    }
)


def count(which, country, year, value):
    return {"list": which, "country": country, "year": year, "item": "attempts", "value": value}


COUNTS = pd.DataFrame(
    [
        count("gcat", "SUN", 1962, 2),
        count("gcat", "USA", 1962, 4),
        count("gcat", "SUN", 1963, 4),
        count("gcat", "USA", 1963, 8),
        count("gcat", "SUN", 1964, 9),
        count("gcat", "USA", 1964, 8),
        count("kaggle", "SUN", 1962, 2),
        count("kaggle", "USA", 1962, 4),
        count("kaggle", "SUN", 1963, 4),
        count("kaggle", "USA", 1963, 2),
        count("kaggle", "SUN", 1964, 9),
        count("kaggle", "USA", 1964, 2),
        count("gcat", "FRA", 1964, 1),
    ]
)


@pytest.fixture(scope="module")
def real():
    names = ["coastline", "satellites", "launches"]
    return [load(name) for name in names]


@pytest.fixture
def desk(real):
    return orbit_desk(*real)


def test_attempts_count_both_sides_up_to_the_day_and_no_third():
    chart = attempts(LAUNCHES, 75)
    assert chart.table.to_dict("list") == {
        "side": ["USSR", "USA"],
        "attempts": [2, 3],
        "success": [1, 1],
        "partial": [0, 1],
        "failure": [1, 1],
    }
    assert chart.sentence == (
        "Up to 31 December 1958: USSR 1 of 2 attempts succeeded; USA 1 of 3 attempts succeeded, "
        "1 in part. Together 2 of 5 succeeded, 40 per cent. You had predicted 75 per cent."
    )


def test_every_attempt_has_its_mark():
    axes = attempts(LAUNCHES).figure.axes[0]
    marks = [line.get_marker() for line in axes.lines if len(line.get_xdata()) == 1]
    assert sorted(marks) == sorted(["o", "x", "x", "s", "s"])


def test_attempts_on_the_real_table_are_those_of_the_reference():
    early = attempts(load("launches")).table
    late = attempts(load("launches"), until="1961-12-31").table
    assert early[["attempts", "success", "partial"]].to_numpy().tolist() == [[7, 3, 0], [24, 6, 1]]
    assert late[["attempts", "success"]].to_numpy().tolist() == [[29, 14], [113, 59]]


def test_squares_are_to_scale_and_the_exact_figure_is_drawn():
    chart = masses(SATELLITES, ["Grain", "Ball"])
    assert chart.table["mass_kg"].tolist() == [2.09, 83.6]
    assert chart.table["source"].tolist() == ["G", "EXACT"]
    grain, ball = chart.figure.axes[0].patches
    area = [patch.get_width() * patch.get_height() for patch in (grain, ball)]
    assert area[1] / area[0] == pytest.approx(83.6 / 2.09)
    assert ball.get_width() == pytest.approx(ball.get_height())
    assert "40 times" in chart.sentence


def test_the_masses_of_the_lesson_are_those_of_the_sources():
    names = ["Vanguard TV3", "Vanguard 1", "Explorer 1", "Sputnik 1", "Sputnik 2"]
    found = masses(load("satellites"), names).table["mass_kg"].tolist()
    assert found == pytest.approx([1.36, 1.47, 13.97, 83.6, 508.3])


def test_each_list_says_who_led_in_which_years():
    assert launch_race(COUNTS).sentence == (
        "In this list, 1962 to 1964: USSR 15 and USA 20 attempts. More attempts: "
        "USA 1962 to 1963; USSR 1964."
    )
    assert launch_race(COUNTS, "kaggle").sentence.endswith("USA 1962; USSR 1963 to 1964.")


def test_the_popular_list_shows_a_lead_four_years_early():
    counts = load("launch_counts")
    assert launch_race(counts, "kaggle").sentence.endswith("USSR 1963 to 1975.")
    assert launch_race(counts, "gcat").sentence.endswith("USSR 1967 to 1975.")


def test_coverage_tells_what_a_list_holds_of_the_other():
    chart = coverage(COUNTS)
    assert chart.table["USSR"].tolist() == [100, 100, 100]
    assert chart.table["USA"].tolist() == [100, 25, 25]
    assert (
        "From 1963 the list holds 13 Soviet launches where the catalogue has 13" in chart.sentence
    )
    assert "4 American launches where the catalogue has 16" in chart.sentence


def test_firsts_are_counted_by_kind_and_those_of_one_country_alone_are_named():
    rows = pd.DataFrame(
        {
            "country": ["SUN", "USA", "USA", "FRA"],
            "date": ["1957-10-04", "1958-02-01", "1960-04-01", "1965-11-26"],
            "kind": ["satellite", "satellite", "application", "satellite"],
            "first": ["First satellite", "First US satellite", "First weather picture", "Third"],
        }
    )
    chart = firsts_by_kind(rows)
    assert chart.table.to_numpy().tolist() == [["satellite", 1, 1], ["use on Earth", 0, 1]]
    assert "1 for the USSR and 2 for the USA" in chart.sentence
    assert chart.sentence.endswith("Of the American ones 1 are called first for the USA only.")


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: attempts(LAUNCHES, until="1950"), "No attempts up to 1950"),
        (lambda: masses(SATELLITES, ["Moon"]), "No mass of 'Moon'"),
        (lambda: launch_race(COUNTS, "mine"), "No list 'mine'"),
        (lambda: coverage(COUNTS, "mine"), "No list 'mine'"),
        (lambda: firsts_by_kind(load("firsts"), 1950), "No firsts"),
        (lambda: track(*[load(n) for n in ("coastline", "satellites", "launches")], place="Oz"),
         "No place 'Oz'"),
        (lambda: sky.orbit_of(load("satellites"), "Vanguard TV3"), "No orbit of 'Vanguard TV3'"),
        (lambda: sky.launch_of(load("launches"), "Explorer 1"), "from Baikonur"),
    ],
)  # fmt: skip
def test_what_is_not_in_the_table_is_refused_in_plain_words(ask, said):
    with pytest.raises(ChartError, match=said):
        ask()


def test_the_track_starts_at_the_launch_and_tells_period_and_sight(real):
    chart = track(*real)
    first_row = chart.table.iloc[0]
    assert (first_row["latitude"], first_row["longitude"]) == (46.0, 63.3)
    assert first_row["time_utc"] == "04 Oct 19:28"
    assert "one turn takes 96.2 minutes" in chart.sentence
    assert "above the horizon of New York on 5 October 1957" in chart.sentence
    assert chart.sentence in chart.alt


def test_lines_leave_the_map_at_its_edge_and_do_not_cross_it(real):
    for line in track(*real, place="Sydney").figure.axes[0].lines:
        east = np.asarray(line.get_xdata(), dtype=float)
        if len(east) > 2:
            steps = np.abs(np.diff(east))
            assert not (steps[~np.isnan(steps)] > 180).any()


def test_a_satellite_that_stays_south_is_never_above_a_northern_horizon(real):
    sentence = track(*real, where=(89.0, 0.0), place="the Pole", orbit=(200, 300, 46.0)).sentence
    assert "it never comes above the horizon of the Pole" in sentence


@pytest.mark.parametrize(
    ("control", "new"),
    [("which", "Sputnik 2"), ("low", 400), ("high", 3000), ("lean", 80), ("spot", "Sydney"),
     ("north", 10.0), ("east", -20.0)],
)  # fmt: skip
def test_each_control_changes_picture_and_words(desk, control, new):
    before = desk.picture.value
    desk.controls[control].value = new
    words = [re.sub(r"<[^>]*>", " ", html) for html in (before, desk.picture.value)]
    pictures = [re.search(r"base64,([^\"]+)", html)[1] for html in (before, desk.picture.value)]
    assert words[0] != words[1]
    assert pictures[0] != pictures[1]


def test_choosing_sets_the_numbers_and_changing_them_makes_it_your_place(desk):
    desk.controls["spot"].value = "Moscow"
    assert (desk.controls["north"].value, desk.controls["east"].value) == PLACES["Moscow"]
    assert "horizon of Moscow" in desk.view().sentence
    desk.controls["north"].value = 10.0
    assert "horizon of your place (10 N, 37.6 E)" in desk.view().sentence
    desk.controls["which"].value = "Sputnik 3"
    assert desk.controls["high"].value == 1860


def test_an_impossible_orbit_is_answered_in_words(desk):
    desk.controls["lean"].value = 20
    assert "<img" not in desk.picture.value
    assert "A tilt of 20 degrees is not possible" in desk.picture.value
    desk.controls["lean"].value = 65.1
    desk.controls["low"].value = 2000
    assert f"Lowest height {number(2000).replace(',', '')} km" in desk.picture.value


def test_the_plain_view_is_the_view_the_desk_opens_with(desk, real):
    assert desk.view().sentence == track(*real, "Sputnik 1", "New York").sentence


@pytest.mark.parametrize("module", [places, sky, firsts_module], ids=lambda module: module.__name__)
def test_the_examples_in_the_documentation_are_true(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert result.failed == 0
