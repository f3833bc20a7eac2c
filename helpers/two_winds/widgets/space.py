"""An orbit to try: change height, tilt and the place you look from, see period, track and sight."""

from __future__ import annotations

from collections.abc import Iterable

import ipywidgets as widgets
import pandas as pd

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.space.ground_track import launch_of, orbit_of, track
from two_winds.charts.space.places import PLACES
from two_winds.models.orbits import LOWEST_KM
from two_winds.widgets.frame import Explorer, choice, number_and_slider

HIGHEST_KM = 36_000
YOURS = "your place"


@lesson_helper
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
    which = _choice_of("Satellite and day of launch", named, satellite, "satellite")
    spot = _choice_of("Look from", [*PLACES, YOURS], place, "place")
    orbit, orbit_rows = _orbit_boxes(*_orbit(satellites, satellite))
    where, where_rows = _place_boxes(*PLACES[place])
    controls = {"which": which, **orbit, "spot": spot, **where}

    def draw(**view: float | str) -> Chart:
        at, path = (view["north"], view["east"]), (view["low"], view["high"], view["lean"])
        name = view["spot"] if PLACES.get(view["spot"]) == at else YOURS
        return track(coastline, satellites, launches, view["which"], name, at, path)

    def real_orbit(_change: object) -> None:
        _set_quietly(desk, orbit.values(), _orbit(satellites, which.value))

    def its_place(_change: object) -> None:
        _set_quietly(desk, where.values(), PLACES.get(spot.value, ()))

    which.observe(real_orbit, names="value")
    spot.observe(its_place, names="value")
    desk = Explorer(controls, draw, [which, *orbit_rows, spot, *where_rows])
    return desk


def _choice_of(name: str, names: list[str], value: str, argument: str) -> widgets.Dropdown:
    return choice(name, [(one, one) for one in names], value, argument)


def _orbit_boxes(lowest: float, highest: float, tilt: float) -> tuple[dict, list]:
    """Return the boxes of an orbit by name, and the rows that show them."""
    low, low_row = number_and_slider("Lowest height, km", LOWEST_KM, HIGHEST_KM, 1, lowest)
    high, high_row = number_and_slider("Highest height, km", LOWEST_KM, HIGHEST_KM, 1, highest)
    lean, lean_row = number_and_slider("Tilt to the equator, degrees", 0, 90, 0.1, tilt)
    return {"low": low, "high": high, "lean": lean}, [low_row, high_row, lean_row]


def _place_boxes(latitude: float, longitude: float) -> tuple[dict, list]:
    """Return the boxes of a place by name, and the rows that show them."""
    north, north_row = number_and_slider("Latitude, north above 0", -90, 90, 0.1, latitude)
    east, east_row = number_and_slider("Longitude, east above 0", -180, 180, 0.1, longitude)
    return {"north": north, "east": east}, [north_row, east_row]


def _set_quietly(desk: Explorer, boxes: Iterable, values: tuple[float, ...]) -> None:
    """Set several boxes without a new picture for each: what led to it draws one for all."""
    for box, value in zip(boxes, values, strict=False):
        box.unobserve(desk.redraw, names="value")
        box.value = value
        box.observe(desk.redraw, names="value")


def _orbit(satellites: pd.DataFrame, name: str) -> tuple[float, float, float]:
    row = orbit_of(satellites, name)
    return float(row["perigee_km"]), float(row["apogee_km"]), float(row["inclination_deg"])


def _can_be_shown(satellites: pd.DataFrame, launches: pd.DataFrame, name: str) -> bool:
    try:
        return bool(len(orbit_of(satellites, name)) and len(launch_of(launches, name)))
    except ChartError:
        return False
