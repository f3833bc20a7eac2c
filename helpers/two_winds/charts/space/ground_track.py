"""A satellite over the map: its track on the turning Earth, and when a place could have seen it.

The first ten minutes, in which the rocket climbs, do not count as sight.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.select import ChartError
from two_winds.charts.common.style import COLOURS, INK, PAPER, chart_helper, label, new_figure
from two_winds.charts.common.wording import date_in_words, number, source_line
from two_winds.charts.space.places import BAIKONUR, PLACES, coordinates, place_of
from two_winds.models.orbits import (
    RADIUS_KM,
    ground_track,
    heights,
    mean_distance,
    period_minutes,
    speed_km_s,
    with_gaps,
    wrapped,
)
from two_winds.models.sight import first, horizon, sights

RING = "A ring round it, inside which the satellite is above the horizon"
WEEKS, STEP_MIN, TURNS, CLIMB_MIN = 3, 1.0, 3, 10.0


def orbit_of(satellites: pd.DataFrame, satellite: str) -> pd.Series:
    """Return the row with the heights and the tilt of a satellite on the day of its launch.

    Args:
        satellites: rows as `load("satellites")` gives them.
        satellite: a satellite of that table, such as "Sputnik 1".

    Raises:
        ChartError: if the table holds no such row.
    """
    rows = satellites[
        (satellites["satellite"] == satellite)
        & (satellites["orbit_on"].astype(str) == satellites["launched"].astype(str))
        & satellites[["perigee_km", "apogee_km", "inclination_deg"]].notna().all(axis=1)
    ]
    if rows.empty:
        known = among("satellite", satellite, satellites["satellite"])
        raise ChartError(f"No orbit of {satellite!r} on its first day in this table. {known}")
    return rows.iloc[0]


def launch_of(launches: pd.DataFrame, satellite: str) -> pd.Series:
    """Return the row of the launch of a satellite from Baikonur, with its time to the second.

    Args:
        launches: rows as `load("launches")` gives them.
        satellite: its payload, such as "Sputnik 1".

    Raises:
        ChartError: if the table holds no such launch.
    """
    rows = launches[
        (launches["payload"] == satellite) & launches["site"].str.startswith("Baikonur")
    ]
    if rows.empty:
        raise ChartError(f"No launch of {satellite!r} from Baikonur in this table.")
    return rows.iloc[0]


@chart_helper
def track(
    coastline: pd.DataFrame,
    satellites: pd.DataFrame,
    launches: pd.DataFrame,
    satellite: str = "Sputnik 1",
    place: str = "New York",
    where: tuple[float, float] | None = None,
    orbit: tuple[float, float, float] | None = None,
) -> Chart:
    """Return the first turns of a satellite over the map, and when a place could see it: a model.

    Args:
        coastline: rows as `load("coastline")` gives them.
        satellites: rows as `load("satellites")` gives them.
        launches: rows as `load("launches")` gives them, for the time of the launch.
        satellite: one launched from Baikonur, such as "Sputnik 1".
        place: name of the place from which to look.
        where: its latitude and longitude, if it is none of `PLACES`.
        orbit: lowest height, highest height and tilt to try instead of the real ones.

    Returns:
        A chart; its table has a row for every fifth minute: minutes, time_utc, latitude, longitude.

    Raises:
        ChartError: if a table lacks the satellite, or `place` is unknown and `where` not given.
        OrbitError: if there is no such orbit.
    """
    row, launch = orbit_of(satellites, satellite), launch_of(launches, satellite)
    where = place_of(place) if where is None else where
    orbit = orbit or (row["perigee_km"], row["apogee_km"], row["inclination_deg"])
    lowest, highest, tilt = orbit
    start = datetime.fromisoformat(f"{launch['date_utc']}T{launch['time_utc']}")
    height = mean_distance(lowest, highest) - RADIUS_KM
    minutes = np.arange(0, WEEKS * 7 * 1440, STEP_MIN)
    path = ground_track(minutes, lowest, highest, tilt, BAIKONUR)
    turns = int(TURNS * period_minutes(lowest, highest) / STEP_MIN)
    high = heights(minutes, lowest, highest)
    day = (start - datetime(start.year, 1, 1)).total_seconds() / 86400 + minutes / 1440
    up = minutes >= CLIMB_MIN
    above, seen = (first(some & up, minutes) for some in sights(path, high, where, day))
    shown = slice(0, turns, int(5 / STEP_MIN))
    table = pd.DataFrame({"minutes": minutes[shown]})
    table["time_utc"] = [f"{start + timedelta(minutes=m):%d %b %H:%M}" for m in minutes[shown]]
    table["latitude"], table["longitude"] = (degrees[shown].round(1) for degrees in path)

    figure, axes = new_figure(height=5, box=(0.065, 0.17, 0.915, 0.725))
    xs, ys = [], []
    for _, line in coastline.groupby("line", observed=True, sort=False):
        xs += [*line["longitude"], np.nan]
        ys += [*line["latitude"], np.nan]
    axes.plot(xs, ys, "-", color="#9A9A9A", linewidth=1)
    axes.axhline(0, color="#CCCCCC", linewidth=1)
    axes.set_xlim(-180, 180)
    axes.set_ylim(-75, 85)
    axes.set_xticks([-120, -60, 0, 60, 120], ["120 W", "60 W", "0", "60 E", "120 E"])
    axes.set_yticks([-60, -30, 0, 30, 60], ["60 S", "30 S", "0", "30 N", "60 N"])
    axes.grid(visible=False)
    _draw_track(axes, path[0][:turns], path[1][:turns], turns // TURNS)
    _draw_place(axes, place, where, horizon(height))

    told = place if PLACES.get(place) == where else f"{place} ({coordinates(where)})"

    sentence = _turn_in_words(orbit, satellite) + _sight_in_words(told, above, seen, start)
    title = f"{satellite} over the map: the first {TURNS} turns (a model)"
    source = source_line(satellites.loc[[row.name]], launches.loc[[launch.name]], coastline)
    return make_chart("World map", figure, title, sentence, table, source=source)


def _turn_in_words(orbit: tuple[float, float, float], satellite: str) -> str:
    lowest, highest, tilt = orbit
    fast, slow = (speed_km_s(h, lowest, highest) for h in (lowest, highest))
    speed = f"{fast:.1f}" if f"{fast:.1f}" == f"{slow:.1f}" else f"{slow:.1f} to {fast:.1f}"
    return (
        f"{satellite}, {number(lowest)} to {number(highest)} km high, tilted by {tilt:g} degrees: "
        f"one turn takes {period_minutes(lowest, highest):.1f} minutes, at {speed} km a second."
    )


def _sight_in_words(place: str, above: float | None, seen: float | None, start: datetime) -> str:
    """Return when a place first has the satellite above its horizon, and first can see it."""
    if above is None:
        return f" In {WEEKS} weeks it never comes above the horizon of {place}."
    words = f" In the model it first comes above the horizon of {place} {_moment(start, above)}"
    if seen is None:
        return f"{words}; in {WEEKS} weeks never in a dark sky while the satellite is in sunlight."
    if seen == above:
        return f"{words}, and can be seen there at once: dark sky, satellite in sunlight."
    return f"{words}; it can first be seen there {_moment(start, seen)}."


def _moment(start: datetime, minutes: float) -> str:
    """Return a moment after the launch in words.

    >>> _moment(datetime(1957, 10, 4, 19, 28, 34), 5)
    'on 4 October 1957 at 19:33 UTC'
    """
    when = start + timedelta(minutes=minutes)
    return f"on {date_in_words(when.date().isoformat())} at {when:%H:%M} UTC"


def _draw_track(axes: Axes, north: np.ndarray, east: np.ndarray, turn: int) -> None:
    """Draw the turns with their numbers, and an arrow where each begins."""
    colour = COLOURS["SUN"]
    shown = with_gaps(east)
    for place in range(TURNS):
        part = slice(place * turn, (place + 1) * turn + 1)
        style = ("-", "--", ":")[place % 3]
        low, top = -north[part].min(), north[part].max()
        words = f"Turn {place + 1}, a wave between {low:.0f} degrees south and {top:.0f} north"
        axes.plot(shown[part], north[part], style, color=colour, linewidth=2.4, label=words)
        at = place * turn + turn // 3
        while np.isnan(shown[at - 5 : at + 4]).any():
            at += 4
        look = {"arrowstyle": "-|>", "color": colour, "lw": 2, "mutation_scale": 20}
        ends = {"xy": (east[at + 2], north[at + 2]), "xytext": (east[at], north[at])}
        axes.annotate("", **ends, arrowprops=look)
        box = {"boxstyle": "circle,pad=0.2", "facecolor": PAPER, "edgecolor": colour}
        look = {"ha": "center", "bbox": box, "weight": "bold"}
        label(axes, east[at - 4], north[at - 4], str(place + 1), colour, **look)
    axes.plot([east[0]], [north[0]], "o", color=colour, markersize=9)
    label(axes, east[0] + 4, north[0] - 4, "launch", colour, weight="bold")


def _draw_place(axes: Axes, name: str, where: tuple[float, float], reach: float) -> None:
    """Draw the place, and the ring inside which the satellite is above its horizon."""
    north, east = where
    turn = np.radians(np.arange(0, 361, 3))
    here, far = np.radians(north), np.radians(reach)
    up = np.arcsin(np.sin(here) * np.cos(far) + np.cos(here) * np.sin(far) * np.cos(turn))
    side = np.arctan2(
        np.sin(turn) * np.sin(far) * np.cos(here), np.cos(far) - np.sin(here) * np.sin(up)
    )
    ring = with_gaps(wrapped(east + np.degrees(side)))
    axes.plot(ring, np.degrees(up), "-", color=COLOURS["USA"], linewidth=1.8, label=RING)
    axes.plot([east], [north], "s", color=INK, markersize=9, label=f"A square: {name}")
    edge = "right" if east > 150 else "left" if east < -150 else "center"
    box = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 1}
    label(axes, east, north - 7, name, INK, weight="bold", ha=edge, bbox=box)
