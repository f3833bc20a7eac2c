"""Liaodong: where Port Arthur and Dalian lie."""

from __future__ import annotations

import pandas as pd

from two_winds.charts.common.chart import Chart
from two_winds.charts.common.map import distance_km, places_map
from two_winds.charts.common.style import chart_helper

SIDES = {"Port Arthur": "left", "Tianjin": "left", "Beijing": "left", "Seoul": "left"}
BOX = (113.4, 129.0, 36.9, 42.5)
SEAS = {"Bohai Sea": (120.1, 39.6), "Yellow Sea": (123.2, 37.9), "Liaodong": (123.3, 40.6)}


@chart_helper(coast="east_asia", places="map_places")
def liaodong_map(coast: pd.DataFrame, places: pd.DataFrame) -> Chart:
    """Return a map of Liaodong and the seas around it.

    Args:
        coast: rows as `load("east_asia")` gives them.
        places: rows as `load("map_places")` gives them.

    Returns:
        A chart; its table has a row a place: name, Chinese name, longitude, latitude, note.

    Raises:
        ChartError: if one of the places is missing.
    """
    apart = round(distance_km(places, "Port Arthur", "Dalian"), -1)
    west, east, south, north = BOX
    inside = places["longitude"].between(west, east) & places["latitude"].between(south, north)
    sentence = (
        f"Port Arthur (Lüshun) and Dalian lie at the end of Liaodong, about {apart:.0f} km apart. "
        "Ships from the Yellow Sea to Tianjin, the port of Beijing, pass them."
    )
    title = "Two harbours at the end of Liaodong"
    return places_map(coast, places[inside], BOX, title, sentence, SIDES, SEAS)
