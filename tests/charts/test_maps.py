"""Maps: places where they belong, names that fit, distances."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from two_winds import liaodong_map, load, places_map
from two_winds.charts.common.map import distance_km
from two_winds.charts.common.select import ChartError

BOX = (113, 130, 36, 43)


def maps():
    return [liaodong_map(load("east_asia"), load("map_places"))]


@pytest.mark.parametrize("chart", maps(), ids=lambda chart: chart.title)
def test_no_name_overlaps_another_or_leaves_the_map(chart):
    canvas = FigureCanvasAgg(chart.figure)
    canvas.draw()
    (axes,) = chart.figure.axes
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in axes.texts]
    for place, one in enumerate(boxes):
        assert axes.bbox.x0 <= one.x0 < one.x1 <= axes.bbox.x1
        assert not any(one.overlaps(other) for other in boxes[place + 1 :])


def test_the_two_harbours_lie_closer_together_than_any_city_to_them():
    places = load("map_places")
    near = distance_km(places, "Port Arthur", "Dalian")
    assert 25 < near < 45
    assert all(distance_km(places, "Dalian", city) > 5 * near for city in ("Tianjin", "Pyongyang"))


def test_a_place_that_is_not_there_is_named():
    coast, places = load("east_asia"), load("map_places")
    with pytest.raises(ChartError, match="Outside the map: Taipei"):
        places_map(coast, places[places["place"].isin(["Dalian", "Taipei"])], BOX, "A map", "So.")
    with pytest.raises(ChartError, match="No place 'Atlantis'"):
        distance_km(places, "Dalian", "Atlantis")
    with pytest.raises(ChartError, match="sides can be: above, below, left, right"):
        places_map(
            coast, places[places["place"] == "Dalian"], BOX, "A map", "So.", {"Dalian": "on"}
        )
