"""Where the alliance was tried: the places of its quarrels on one map."""

from __future__ import annotations

import pandas as pd

from two_winds.charts.common.chart import Chart
from two_winds.charts.common.map import places_map
from two_winds.charts.common.style import chart_helper

# Each place with the side on which its name stands.
SIDES = {
    "Beijing": "left",
    "Quemoy": "left",
    "Taipei": "right",
    "Tacheng": "right",
    "Ghulja": "below",
    "Zhenbao (Damansky)": "left",
}
BOX = (72.0, 145.0, 20.0, 55.0)
NAMES = {
    "USSR": (96, 53.2),
    "China": (104, 33),
    "Mongolia": (102, 45),
    "India": (78, 24.5),
    "Xinjiang": (85, 40),
    "Pacific": (138, 27),
}


@chart_helper(coast="east_asia", places="map_places")
def quarrel_map(coast: pd.DataFrame, places: pd.DataFrame) -> Chart:
    """Return a map of China and its neighbours with the places of the quarrels, 1958 to 1969.

    Args:
        coast: rows as `load("east_asia")` gives them.
        places: rows as `load("map_places")` gives them.

    Returns:
        A chart; its table has a row a place: name, Chinese name, longitude, latitude, note.

    Raises:
        ChartError: if none of the places is there.
    """
    shown = places[places["place"].isin(SIDES)]
    sentence = (
        "Ghulja and Tacheng, in Xinjiang, lie at the western end of the long border, the island of "
        "Zhenbao or Damansky at its eastern end. Quemoy faces Taiwan. Borders as they are today."
    )
    title = "Where the alliance was tried, 1958 to 1969"
    return places_map(coast, shown, BOX, title, sentence, SIDES, NAMES)
