"""When a satellite passed a place, to be laid beside what was printed at the time: a model."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from two_winds.argument_checks import lesson_helper
from two_winds.charts.space.ground_track import CLIMB_MIN, launch_of, orbit_of
from two_winds.charts.space.places import BAIKONUR, place_of
from two_winds.models.orbits import RADIUS_KM, ground_track, mean_distance
from two_winds.models.sight import angle_between, horizon

KM_PER_DEGREE = 111.2
STEP_MIN = 0.25


@lesson_helper
def passes(
    satellites: pd.DataFrame,
    launches: pd.DataFrame,
    satellite: str = "Sputnik 1",
    place: str = "Moscow",
    ahead: int = 3,
    hours: float = 12,
) -> pd.DataFrame:
    """Return each pass of a satellite above the horizon of a place, as the model has it.

    Args:
        satellites: rows as `load("satellites")` gives them.
        launches: rows as `load("launches")` gives them, for the time of the launch.
        satellite: one launched from Baikonur, such as "Sputnik 1".
        place: a name in `PLACES`.
        ahead: how many hours the clocks of the place were ahead of universal time.
        hours: how long after the launch to go on.

    Returns:
        A row a pass: time_utc and time_there of its nearest moment, distance_km over the ground.

    Raises:
        ChartError: if a table lacks the satellite, or the place is unknown.
    """
    row, launch = orbit_of(satellites, satellite), launch_of(launches, satellite)
    lowest, highest = row["perigee_km"], row["apogee_km"]
    start = datetime.fromisoformat(f"{launch['date_utc']}T{launch['time_utc']}")
    minutes = np.arange(CLIMB_MIN, hours * 60, STEP_MIN)
    path = ground_track(minutes, lowest, highest, row["inclination_deg"], BAIKONUR)
    far = angle_between(*path, place_of(place))
    near = (far[1:-1] <= far[:-2]) & (far[1:-1] < far[2:])
    near &= far[1:-1] < horizon(mean_distance(lowest, highest) - RADIUS_KM)
    found = np.flatnonzero(near) + 1
    times = [start + timedelta(minutes=float(minutes[at])) for at in found]
    return pd.DataFrame(
        {
            "time_utc": [f"{time:%d %b %H:%M}" for time in times],
            "time_there": [f"{time + timedelta(hours=ahead):%d %b %H:%M}" for time in times],
            "distance_km": [int(round(KM_PER_DEGREE * far[at], -1)) for at in found],
        }
    )
