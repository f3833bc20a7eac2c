"""Places to look from, and the place of the launch.

Places: coordinates of the IANA time zone database, file zone1970.tab, which is in the public
domain, rounded to a tenth of a degree. Baikonur: 45.965 north, 63.305 east, as encyclopaedias
print it.
"""

from __future__ import annotations

from classwork.ground.errors import among

from two_winds.charts.common.select import ChartError

BAIKONUR = (45.965, 63.305)
PLACES = {
    "Anchorage": (61.2, -149.9),
    "Belgrade": (44.8, 20.5),
    "Berlin": (52.5, 13.4),
    "Buenos Aires": (-34.6, -58.5),
    "Cairo": (30.1, 31.2),
    "Chicago": (41.9, -87.7),
    "Havana": (23.1, -82.4),
    "Hong Kong": (22.3, 114.2),
    "Johannesburg": (-26.2, 28.0),
    "Kolkata": (22.5, 88.4),
    "Lagos": (6.5, 3.4),
    "London": (51.5, -0.1),
    "Los Angeles": (34.1, -118.2),
    "Mexico City": (19.4, -99.2),
    "Moscow": (55.8, 37.6),
    "New York": (40.7, -74.0),
    "Paris": (48.9, 2.3),
    "Shanghai": (31.2, 121.5),
    "Sydney": (-33.9, 151.2),
    "Tokyo": (35.7, 139.7),
    "Warsaw": (52.2, 21.0),
}


def place_of(place: str) -> tuple[float, float]:
    """Return latitude and longitude of a place, or raise ChartError."""
    if place not in PLACES:
        raise ChartError(f"No place {place!r}. {among('place', place, PLACES)} Or give `where`.")
    return PLACES[place]


def coordinates(where: tuple[float, float]) -> str:
    """Return latitude and longitude as people write them.

    >>> coordinates((40.7, -74.0)), coordinates((-33.9, 151.2))
    ('40.7 N, 74 W', '33.9 S, 151.2 E')
    """
    (north, east) = (round(number, 1) for number in where)
    return f"{abs(north):g} {'N' if north >= 0 else 'S'}, {abs(east):g} {'E' if east >= 0 else 'W'}"
