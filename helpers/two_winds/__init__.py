"""Two Winds: 1957 in data. The names that lessons use, each imported only when asked for."""

from importlib import import_module
from typing import Any

_HOMES = {
    "load": "datasets",
    "passport": "datasets",
    "cite": "datasets",
    "show": "picture",
    "quote": "reading",
    "value": "charts.rows",
    "growth_rate": "models.growth",
    "project": "models.growth",
    "required_rate": "models.growth",
    "year_of_overtaking": "models.growth",
    "race": "charts.targets",
    "report_card": "charts.report_card",
    "ratio": "charts.comparison",
    "rivals": "charts.comparison",
    "extrapolation": "charts.growth",
    "overtaking": "charts.growth",
    "timeline": "charts.timeline",
    "gosplan_desk": "explorers.targets",
    "predict": "explorers.prediction",
    "check": "exercises",
    "hint": "exercises",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"two_winds has no {name!r}. It has: {', '.join(sorted(_HOMES))}.")
    return getattr(import_module(f"two_winds.{_HOMES[name]}"), name)
