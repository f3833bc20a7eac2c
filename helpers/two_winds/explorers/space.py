"""An orbit to try: change height, tilt and the place you look from, see period, track and sight."""

from __future__ import annotations

import pandas as pd

from two_winds.charts.rows import ChartError
from two_winds.charts.sky import PLACES, launch_of, orbit_of, track
from two_winds.explorers.frame import Explorer, choice, number_and_slider
from two_winds.models.orbits import LOWEST_KM
from two_winds.picture import Chart

HIGHEST_KM = 36_000
YOURS = "your place"


def orbit_desk(
    coastline: pd.DataFrame,
    satellites: pd.DataFrame,
    launches: pd.DataFrame,
    satellite: str = "Sputnik 1",
    place: str = "New York",
) -> Explorer:
    """Return a desk with an orbit to set and a place to look from.

    Choosing a satellite sets its real heights and tilt; choosing a place sets its latitude and
    longitude. Both can then be changed.

    Args:
        coastline: rows as `load("coastline")` gives them.
        satellites: rows as `load("satellites")` gives them.
        launches: rows as `load("launches")` gives them.
        satellite: the satellite to begin with, one launched from Baikonur.
        place: the place to begin with, one of the places of `charts.sky`.

    Returns:
        An explorer; put it last in a cell to show it.

    Raises:
        ChartError: if the tables hold no orbit of the satellite.
    """
    named = [n for n in satellites["satellite"].unique() if _can_be_shown(satellites, launches, n)]
    which = choice("Satellite and day of launch", [(name, name) for name in named], satellite)
    lowest, highest, tilt = _orbit(satellites, satellite)
    low, low_row = number_and_slider("Lowest height, km", LOWEST_KM, HIGHEST_KM, 1, lowest)
    high, high_row = number_and_slider("Highest height, km", LOWEST_KM, HIGHEST_KM, 1, highest)
    lean, lean_row = number_and_slider("Tilt to the equator, degrees", 0, 90, 0.1, tilt)
    spot = choice("Look from", [(name, name) for name in [*PLACES, YOURS]], place)
    north, north_row = number_and_slider("Latitude, north above 0", -90, 90, 0.1, PLACES[place][0])
    east, east_row = number_and_slider("Longitude, east above 0", -180, 180, 0.1, PLACES[place][1])

    def real_orbit(_change: object) -> None:
        low.value, high.value, lean.value = _orbit(satellites, which.value)

    def its_place(_change: object) -> None:
        if spot.value in PLACES:
            north.value, east.value = PLACES[spot.value]

    def draw(**view: float | str) -> Chart:
        where, orbit = (view["north"], view["east"]), (view["low"], view["high"], view["lean"])
        name = view["spot"] if PLACES.get(view["spot"]) == where else YOURS
        return track(coastline, satellites, launches, view["which"], name, where, orbit)

    which.observe(real_orbit, names="value")
    spot.observe(its_place, names="value")
    controls = {"which": which, "low": low, "high": high, "lean": lean,
                "spot": spot, "north": north, "east": east}  # fmt: skip
    rows = [which, low_row, high_row, lean_row, spot, north_row, east_row]
    return Explorer(controls, draw, rows)


def _orbit(satellites: pd.DataFrame, name: str) -> tuple[float, float, float]:
    row = orbit_of(satellites, name)
    return float(row["perigee_km"]), float(row["apogee_km"]), float(row["inclination_deg"])


def _can_be_shown(satellites: pd.DataFrame, launches: pd.DataFrame, name: str) -> bool:
    try:
        return bool(len(orbit_of(satellites, name)) and len(launch_of(launches, name)))
    except ChartError:
        return False
