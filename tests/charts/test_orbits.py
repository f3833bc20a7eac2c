"""Orbits against recorded ones, hand-worked ones and a newspaper: period, speed, track, sight."""

import doctest
import math

import numpy as np
import pytest
from two_winds import load
from two_winds.charts.space.passes import passes
from two_winds.charts.space.places import BAIKONUR, PLACES
from two_winds.models import orbits, sight
from two_winds.models.orbits import (
    GRAVITY_KM3_S2,
    RADIUS_KM,
    OrbitError,
    ground_track,
    heights,
    period_minutes,
    plane_turns,
    speed_km_s,
)
from two_winds.models.sight import angle_between, first, horizon, sights, sun_height

SPUTNIK = (214, 938, 65.1)
RECORDED = load("satellites").dropna(subset=["period_min"])
CONSISTENT = RECORDED[RECORDED["source"] != "LAFLEUR"]


@pytest.mark.parametrize("row", list(CONSISTENT.itertuples()), ids=lambda row: row.satellite)
def test_kepler_meets_the_recorded_period_within_a_fifth_of_a_minute(row):
    assert abs(period_minutes(row.perigee_km, row.apogee_km) - row.period_min) < 0.2


def test_the_older_source_for_sputnik_contradicts_itself():
    (row,) = RECORDED[RECORDED["source"] == "LAFLEUR"].itertuples()
    assert row.period_min - period_minutes(row.perigee_km, row.apogee_km) == pytest.approx(
        0.39, abs=0.01
    )


def test_four_times_as_far_out_takes_eight_times_as_long():
    near, far = RADIUS_KM + 1000, 4 * (RADIUS_KM + 1000)
    low, high = near - RADIUS_KM, far - RADIUS_KM
    assert period_minutes(high, high) == pytest.approx(8 * period_minutes(low, low))


def test_only_the_mean_height_counts_for_the_period():
    assert period_minutes(200, 1000) == pytest.approx(period_minutes(600, 600))


def test_equal_areas_in_equal_times_at_both_ends_of_the_orbit():
    fast, slow = (speed_km_s(height, 214, 938) for height in (214, 938))
    assert fast * (RADIUS_KM + 214) == pytest.approx(slow * (RADIUS_KM + 938))
    assert speed_km_s(500, 500, 500) == pytest.approx(math.sqrt(GRAVITY_KM3_S2 / 6878))


@pytest.mark.parametrize(("lowest", "highest"), [(900, 200), (50, 400), (-10, 500)])
def test_an_orbit_upside_down_or_in_the_air_is_refused(lowest, highest):
    with pytest.raises(OrbitError, match="Lowest height"):
        period_minutes(lowest, highest)


def test_a_height_it_never_has_is_refused():
    with pytest.raises(OrbitError, match="never 1000 km"):
        speed_km_s(1000, 214, 938)


@pytest.mark.parametrize("tilt", [45.9, 30, 0, 90.5, -65])
def test_no_orbit_is_tilted_less_than_the_latitude_of_its_launch(tilt):
    with pytest.raises(OrbitError, match="launched at 46 degrees"):
        ground_track(np.array([0.0]), 214, 938, tilt, BAIKONUR)


def test_the_track_begins_at_the_launch_and_heads_north_east():
    north, east = ground_track(np.array([0.0, 1.0]), *SPUTNIK, BAIKONUR)
    assert (north[0], east[0]) == pytest.approx(BAIKONUR)
    assert north[1] > north[0]
    assert east[1] > east[0]


def test_the_track_reaches_the_tilt_on_both_sides_and_no_further():
    north, _ = ground_track(np.arange(0, 97, 0.01), *SPUTNIK, BAIKONUR)
    assert north.max() == pytest.approx(65.1, abs=0.001)
    assert north.min() == pytest.approx(-65.1, abs=0.001)


def test_after_one_turn_it_passes_24_degrees_further_west():
    turn = period_minutes(214, 938)
    north, east = ground_track(np.array([0.0, turn]), *SPUTNIK, BAIKONUR)
    assert north[1] == pytest.approx(north[0])
    by_hand = -360 * turn / 1436.068 - 3.1 * turn / 1440
    assert east[1] - east[0] == pytest.approx(by_hand, abs=0.02)


def test_a_star_day_high_satellite_over_the_equator_stands_still():
    minutes = np.array([0.0, 300.0, 900.0])
    north, east = ground_track(minutes, 35_786, 35_786, 0.0001, (0.0, 10.0))
    assert np.abs(north).max() < 0.001
    assert east == pytest.approx([10, 10, 10], abs=0.1)


def test_the_plane_turns_westwards_four_degrees_a_day_against_the_sun_as_time_printed():
    # Time, 14 October 1957: "the satellite's orbit shifts around the earth at 4 degrees per day".
    assert plane_turns(*SPUTNIK) - 360 / 365.25 == pytest.approx(-4, abs=0.15)


def test_the_two_nearest_passes_over_moscow_are_those_that_pravda_announced():
    # Pravda, 5 October 1957: "at 1:46 a.m. and at 6:42 a.m. Moscow time".
    table = passes(load("satellites"), load("launches"), "Sputnik 1", "Moscow")
    nearest = table.nsmallest(2, "distance_km").sort_index()["time_there"].tolist()
    assert [time[:6] for time in nearest] == ["05 Oct", "05 Oct"]
    minutes = [int(time[7:9]) * 60 + int(time[10:]) for time in nearest]
    assert minutes == pytest.approx([106, 402], abs=4)


def test_at_both_times_that_pravda_announced_nobody_in_moscow_could_see_it():
    # 1.46 and 6.42 in Moscow are 22.46 and 3.42 universal time: 197 and 493 minutes after launch.
    for minutes, day in ((197.4, 276 + 22.77 / 24), (493.4, 277 + 3.7 / 24)):
        track = ground_track(np.array([minutes]), *SPUTNIK, BAIKONUR)
        high = heights(np.array([minutes]), *SPUTNIK[:2])
        above, seen = sights(track, high, PLACES["Moscow"], np.array([day]))
        assert above.tolist() == [True]
        assert seen.tolist() == [False]


def test_the_satellite_is_lowest_where_it_was_launched_and_highest_half_a_turn_later():
    turn = period_minutes(214, 938)
    assert heights(np.array([0, turn / 2, turn]), 214, 938) == pytest.approx([214, 938, 214])


def test_a_quarter_round_the_earth_is_ninety_degrees():
    assert angle_between(np.array([0.0, 90.0]), np.array([0.0, 0.0]), (0, 0)) == pytest.approx(
        [0, 90]
    )


def test_to_stand_higher_in_the_sky_it_must_be_nearer():
    far = [horizon(576, above) for above in (0, 10, 45, 90)]
    assert far == sorted(far, reverse=True)
    assert far[0] == pytest.approx(math.degrees(math.acos(6378 / 6954)), abs=0.001)
    assert far[-1] == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("day", "north", "expected"),
    [
        (171.5, 0.0, 66.6),  # noon on 21 June at the equator: 90 - 23.4
        (171.5, 23.4, 90.0),  # and over the tropic of Cancer
        (354.5, 60.0, 6.6),  # noon on 21 December at 60 north: 90 - 60 - 23.4
        (171.0, 60.0, -6.6),  # midnight sun of the white nights, just below the horizon
    ],
)
def test_the_sun_stands_where_the_seasons_put_it(day, north, expected):
    assert float(sun_height(day, north, 0.0)) == pytest.approx(expected, abs=1.0)


def test_the_sun_goes_fifteen_degrees_an_hour():
    afternoon, evening = (float(sun_height(79.5 + hour / 24, 0.0, 0.0)) for hour in (3, 6))
    assert afternoon - evening == pytest.approx(45, abs=0.5)


def test_it_is_seen_at_dusk_and_not_by_day_nor_in_the_shadow_of_the_earth():
    over = (np.zeros(3), np.zeros(3))
    noon, dusk, midnight = 79.5, 79.5 + 6.9 / 24, 80.0
    above, seen = sights(over, 600, (0, 0), np.array([noon, dusk, midnight]))
    assert above.tolist() == [True, True, True]
    assert seen.tolist() == [False, True, False]


def test_what_never_happens_has_no_first_time():
    assert first(np.array([False, False]), np.array([0.0, 1.0])) is None


@pytest.mark.parametrize("module", [orbits, sight], ids=lambda module: module.__name__)
def test_the_examples_in_the_documentation_are_true(module):
    result = doctest.testmod(module)
    assert result.attempted >= 5
    assert result.failed == 0
