"""The pictures of lesson 04 on rows typed by hand and on the real tables, and its desk."""

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
    missile_flights,
    orbit_desk,
    polls,
    track,
)
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.wording import number
from two_winds.charts.space import ground_track as sky
from two_winds.charts.space import places
from two_winds.charts.space.places import PLACES


def tried(country, date, outcome, payload="X", target="earth"):
    return {
        "country": country,
        "date_utc": date,
        "outcome": outcome,
        "payload": payload,
        "target": target,
    }


LAUNCHES = pd.DataFrame(
    [
        tried("SUN", "1957-10-04", "success", "Sputnik 1"),
        tried("USA", "1957-12-06", "failure", "Vanguard TV3"),
        tried("SUN", "1958-01-05", "failure"),
        tried("USA", "1958-01-07", "partial"),
        tried("USA", "1958-01-09", "success"),
        tried("USA", "1958-01-12", "success", "Probe", "moon"),
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


def test_attempts_count_both_sides_up_to_the_day_and_a_moon_rocket_apart():
    chart = attempts(LAUNCHES, 75)
    assert chart.table.to_dict("list") == {
        "side": ["USSR", "USA"],
        "attempts": [2, 3],
        "success": [1, 1],
        "partial": [0, 1],
        "failure": [1, 1],
        "aimed beyond": [0, 1],
    }
    assert chart.sentence == (
        "Into orbit round the Earth up to 31 December 1958: USSR 1 of 2; USA 1 of 3. Together 2 of "
        "5, 40 per cent. Aimed at the Moon besides: 1. You had predicted 75 per cent."
    )


def test_every_attempt_has_its_mark_and_a_moon_rocket_a_ring():
    axes = attempts(LAUNCHES).figure.axes[0]
    marks = [line for line in axes.lines if len(line.get_xdata()) == 1]
    assert sorted(line.get_marker() for line in marks) == sorted(["o", "x", "x", "s", "s", "o"])
    assert [line.get_fillstyle() for line in marks].count("none") == 1


def test_five_american_satellites_were_in_orbit_by_the_end_of_1958_and_not_six():
    early = attempts(load("launches")).table
    counted = early[["attempts", "success", "aimed beyond"]].to_numpy().tolist()
    assert counted == [[4, 3, 3], [20, 5, 4]]


def test_a_warhead_that_broke_up_is_a_flight_of_its_own_kind():
    table = missile_flights(load("missiles")).table.set_index("missile")
    assert table.loc["R-7"].tolist() == [10, 4, 1, 6]
    assert table.loc["Atlas"].tolist() == [16, 8, 0, 8]


def test_polls_tell_who_was_put_ahead_before_and_after():
    table = polls(load("opinion")).table.set_index("country")
    assert table["lead, November 1957"].to_dict() == {
        "Britain": -38,
        "France": -38,
        "Italy": -14,
        "West Germany": 4,
    }
    assert (table["lead, October 1958"] > 0).all()
    with pytest.raises(ChartError, match="1958-10"):
        polls(load("opinion").query("asked != '1958-10'"))


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


FIRSTS = pd.DataFrame(
    {
        "country": ["SUN", "USA", "USA", "USA", "FRA"],
        "date": ["1957-10-04", "1958-02-01", "1960-04-01", "1961-05-05", "1965-11-26"],
        "kind": ["satellite", "satellite", "application", "human", "satellite"],
        "ruling": ["counted", "counted", "counted", "one country", "counted"],
    }
)


def test_firsts_count_by_the_rule_and_without_the_kinds_left_out():
    chart = firsts_by_kind(FIRSTS)
    assert chart.table.to_numpy().tolist() == [["satellite", 1, 1], ["use on Earth", 0, 1]]
    assert firsts_by_kind(FIRSTS, without=["application"]).table["USA"].sum() == 1
    with pytest.raises(ChartError, match="No kind 'moons'"):
        firsts_by_kind(FIRSTS, without=["moons"])


def test_who_leads_in_firsts_hangs_on_one_kind():
    firsts = load("firsts")
    whole, without = firsts_by_kind(firsts), firsts_by_kind(firsts, without=["application"])
    assert whole.table["USSR"].sum() < whole.table["USA"].sum()
    assert without.table["USSR"].sum() > without.table["USA"].sum()
    listed = set(firsts[firsts["ruling"] == "counted"]["mission"])
    assert {"Venera 4", "Zond 5", "Soyuz 4 and Soyuz 5", "Explorer 6", "GRAB-1"} <= listed


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: attempts(LAUNCHES, until="1950"), "No attempts up to 1950"),
        (lambda: masses(SATELLITES, ["Moon"]), "No mass of 'Moon'"),
        (lambda: launch_race(COUNTS, "mine"), "No list 'mine'"),
        (lambda: coverage(COUNTS, "mine"), "No list 'mine'"),
        (lambda: firsts_by_kind(load("firsts"), 1950), "No firsts"),
        (
            lambda: track(*[load(n) for n in ("coastline", "satellites", "launches")], place="Oz"),
            "No place 'Oz'",
        ),
        (lambda: sky.orbit_of(load("satellites"), "Vanguard TV3"), "No orbit of 'Vanguard TV3'"),
        (lambda: sky.launch_of(load("launches"), "Explorer 1"), "from Baikonur"),
    ],
)
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
    assert "Turn 3, a wave between 65 degrees south and 65 north." in chart.alt


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


@pytest.mark.parametrize("module", [places, sky], ids=lambda module: module.__name__)
def test_the_examples_in_the_documentation_are_true(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert result.failed == 0
