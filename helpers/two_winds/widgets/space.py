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
from two_winds.widgets.frame import LABEL, WIDTH, Desk, choice, number_and_slider

HIGHEST_KM = 36_000
YOURS = "your place"


@lesson_helper
def orbit_desk(
    coastline: pd.DataFrame,
    satellites: pd.DataFrame,
    launches: pd.DataFrame,
    satellite: str = "Sputnik 1",
    place: str = "New York",
) -> Desk:
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
        A desk; put it last in a cell to show it.

    Raises:
        ChartError: if the tables hold no orbit of the satellite.
    """
    named = [n for n in satellites["satellite"].unique() if _can_be_shown(satellites, launches, n)]
    which = _choice_of("Satellite and day of launch", named, satellite, "satellite")
    spot = _choice_of("Look from", [*PLACES, YOURS], place, "place")
    lowest, highest, tilt = _orbit(satellites, satellite)
    low, high = _boxes(
        ("Lowest height, km", LOWEST_KM, HIGHEST_KM, lowest),
        ("Highest height, km", LOWEST_KM, HIGHEST_KM, highest),
    )
    lean, lean_row = number_and_slider("Tilt to the equator, degrees", 0, 90, 0.1, tilt)
    latitude, longitude = PLACES[place]
    north, east = _boxes(
        ("Latitude, north above 0", -90, 90, latitude),
        ("Longitude, east above 0", -180, 180, longitude),
    )
    orbit = {"low": low, "high": high, "lean": lean}
    where = {"north": north, "east": east}
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
    rows = [_row(which, spot), _row(low, high), lean_row, _row(north, east)]
    desk = Desk("orbit_desk", controls, draw, rows)
    return desk


def _row(*controls: widgets.ValueWidget) -> widgets.HBox:
    """Return controls beside each other, below each other where the notebook is narrow."""
    return widgets.HBox(controls, layout={"flex_flow": "row wrap"})


def _choice_of(name: str, names: list[str], value: str, argument: str) -> widgets.Dropdown:
    return choice(name, [(one, one) for one in names], value, argument)


def _boxes(*settings: tuple[str, float, float, float]) -> list[widgets.BoundedFloatText]:
    """Return labelled number boxes: what each is called, lowest and highest value, value."""
    return [
        widgets.BoundedFloatText(
            description=name, min=low, max=high, step=1, value=value, style=LABEL, layout=WIDTH
        )
        for name, low, high, value in settings
    ]


def _set_quietly(desk: Desk, boxes: Iterable, values: tuple[float, ...]) -> None:
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
