"""Two Winds: 1957 in data. The names that lessons use, each imported only when asked for."""

import logging
from importlib import import_module
from typing import Any

# Where the home folder cannot be written to, matplotlib would say so in red in every lesson.
logging.getLogger("matplotlib").addFilter(lambda note: note.funcName != "_get_config_or_cache_dir")

_HOMES = {
    "lesson_map": "catalogue",
    "self_check": "health",
    "load": "datasets",
    "passport": "datasets",
    "cite": "datasets",
    "show": "picture",
    "quote": "reading",
    "words": "wordlist",
    "who": "wordlist",
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
    "who_came": "charts.moscow",
    "two_conferences": "charts.moscow",
    "who_would_sign": "charts.declaration",
    "outcomes": "charts.declaration",
    "real_text": "models.declaration",
    "moscow_draft": "models.declaration",
    "objections": "models.declaration",
    "signatures": "models.declaration",
    "relations_curve": "charts.relations",
    "trade": "charts.alliance",
    "people_on_the_way": "charts.alliance",
    "plants": "charts.aid",
    "loans": "charts.aid",
    "verdicts": "charts.claims",
    "moves": "charts.moves",
    "docket": "charts.rulings",
    "relations": "explorers.alliance",
    "warheads": "charts.arsenals",
    "balance": "charts.arsenals",
    "feared": "charts.missiles",
    "beside": "side_by_side",
    "written_down": "charts.reading",
    "attempts": "charts.space",
    "masses": "charts.space",
    "firsts_by_kind": "charts.firsts",
    "launch_race": "charts.launch_lists",
    "coverage": "charts.launch_lists",
    "track": "charts.sky",
    "passes": "charts.passes",
    "period_minutes": "models.orbits",
    "speed_km_s": "models.orbits",
    "orbit_desk": "explorers.space",
    "reading_desk": "explorers.reading",
    "gosplan_desk": "explorers.targets",
    "declaration": "explorers.moscow",
    "before_and_after": "charts.split",
    "turning_years": "charts.split",
    "thermometer": "charts.split_counts",
    "withdrawn": "charts.split_counts",
    "split_votes": "charts.split_votes",
    "turning_desk": "explorers.split",
    "class_vote": "explorers.split",
    "ruling_desk": "explorers.claims",
    "three_pairs": "charts.farming",
    "roads": "charts.farm_roads",
    "per_head": "charts.farming",
    "plan_1965": "charts.farm_plans",
    "grain_counts": "charts.farm_plans",
    "price_rises": "charts.farm_plans",
    "herd_campaign": "charts.herd",
    "herd_desk": "explorers.farming",
    "ladder": "charts.ladder",
    "claimed": "charts.great_leap",
    "behind_britain": "charts.great_leap",
    "death_rates": "charts.famine",
    "excess_deaths": "charts.famine",
    "reported_up": "charts.reporting",
    "passed_up": "models.reporting",
    "even_addition": "models.reporting",
    "left_over": "models.reporting",
    "ladder_desk": "explorers.great_leap",
    "reporting_desk": "explorers.great_leap",
    "predict": "explorers.prediction",
    "check": "exercises",
    "hint": "exercises",
    "progress": "my_progress",
    "received": "receipt",
}

# They never raise: any answer is answered, and so is a wrong name.
_ANSWER_THEMSELVES = ("check", "hint", "received")

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"two_winds has no {name!r}. It has: {', '.join(sorted(_HOMES))}.")
    helper = getattr(import_module(f"two_winds.{_HOMES[name]}"), name)
    return helper if name in _ANSWER_THEMSELVES else import_module("two_winds.door").guarded(helper)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
