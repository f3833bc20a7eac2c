"""A map with places named on it: land, sea, borders, and a mark for each place."""

from __future__ import annotations

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt

import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import (
    INK,
    LETTERS,
    PAPER,
    chart_helper,
    font_families,
    label,
    new_figure,
)

LAND, SEA, SHORE = "#F3ECDD", "#DCE8F0", "#6E6A60"
EARTH_RADIUS_KM = 6371
# Where a name stands beside its mark: a step in points, and what of the text touches it.
SIDES = {
    "right": (9, 0, "left", "center"),
    "left": (-9, 0, "right", "center"),
    "above": (0, 9, "center", "bottom"),
    "below": (0, -9, "center", "top"),
}


@chart_helper(coast="east_asia", places="map_places")
def places_map(
    coast: pd.DataFrame,
    places: pd.DataFrame,
    box: tuple[float, float, float, float],
    title: str,
    sentence: str,
    sides: Mapping[str, str] | None = None,
    seas: Mapping[str, tuple[float, float]] | None = None,
) -> Chart:
    """Return a map of a part of East Asia with places named on it.

    Args:
        coast: rows as `load("east_asia")` gives them.
        places: the rows of `load("map_places")` to show.
        box: west, east, south and north edge, in degrees.
        title: what the map shows.
        sentence: what follows from it.
        sides: on which side of its mark a place's name stands, "right" unless given here: "left",
            "above" or "below".
        seas: words to write on the water or the land, with longitude and latitude of their middle.

    Returns:
        A chart; its table has a row a place: name, Chinese name, longitude, latitude, note.

    Raises:
        ChartError: if there is no place, if one lies outside the box, or if a side is unknown.
    """
    west, east, south, north = box
    if places.empty:
        raise ChartError("No place to show on the map.")
    inside = places["longitude"].between(west, east) & places["latitude"].between(south, north)
    if not inside.all():
        outside = ", ".join(places["place"][~inside])
        raise ChartError(
            f"Outside the map: {outside}. It shows {west} to {east} degrees east, "
            f"{south} to {north} degrees north."
        )
    figure, axes = new_figure()
    axes.set_position((0.02, 0.11, 0.96, 0.79))
    axes.set_facecolor(SEA)
    for _, line in coast[coast["kind"] == "land"].groupby("line"):
        look = {"facecolor": LAND, "edgecolor": SHORE, "linewidth": 1.2}
        axes.fill(line["longitude"], line["latitude"], **look)
    for _, line in coast[coast["kind"] == "border"].groupby("line"):
        axes.plot(line["longitude"], line["latitude"], "--", color=SHORE, linewidth=1.4)
    for name, (longitude, latitude) in (seas or {}).items():
        middle = {"ha": "center", "style": "italic"}
        label(axes, longitude, latitude, name, SHORE, **middle)
    for place in places.itertuples():
        _draw_place(axes, place, (sides or {}).get(place.place, "right"))
    _fit(axes, box)
    table = places[["place", "chinese", "longitude", "latitude", "note"]]
    named = f"Named on it: {', '.join(places['place'])}"
    return make_chart("Map", figure, title, sentence, table, coast, places, seen=named)


def distance_km(places: pd.DataFrame, one: str, other: str) -> float:
    """Return how far two places lie apart, in a straight line over the ground, in kilometres.

    The earth is taken for a ball of 6,371 km radius.

    Args:
        places: rows as `load("map_places")` gives them.
        one: a place of the table.
        other: another one.

    Raises:
        ChartError: if the table holds no such place.
    """
    (west, south), (east, north) = _point(places, one), _point(places, other)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def _point(places: pd.DataFrame, name: str) -> tuple[float, float]:
    """Return longitude and latitude of a place in radians."""
    found = places[places["place"] == name]
    if found.empty:
        raise ChartError(f"No place {name!r}. {among('place', name, places['place'])}")
    return radians(found["longitude"].iloc[0]), radians(found["latitude"].iloc[0])


def _draw_place(axes: Axes, place: object, side: str) -> None:
    """Draw one place: a mark, and its name in both tongues beside it."""
    if side not in SIDES:
        raise ChartError(f"No side {side!r} for {place.place}. {among('sides', side, SIDES)}")
    mark = {"color": INK, "markersize": 9, "markeredgecolor": PAPER}
    axes.plot([place.longitude], [place.latitude], "o", **mark)
    name = f"{place.place} {place.chinese}".strip()
    right, up, ha, va = SIDES[side]
    axes.annotate(
        name,
        (place.longitude, place.latitude),
        (right, up),
        textcoords="offset points",
        ha=ha,
        va=va,
        size=LETTERS,
        color=INK,
        family=font_families(),
        weight="bold",
    )


def _fit(axes: Axes, box: tuple[float, float, float, float]) -> None:
    """Show the box, degrees of both directions as long as they are in its middle."""
    west, east, south, north = box
    axes.set_xlim(west, east)
    axes.set_ylim(south, north)
    axes.set_aspect(1 / cos(radians((south + north) / 2)))
    axes.set_xticks([])
    axes.set_yticks([])
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set_visible(True)
