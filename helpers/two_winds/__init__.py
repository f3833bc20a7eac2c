"""Two Winds: 1957 in data. The names that lessons use, each imported only when asked for."""

import logging
from importlib import import_module
from typing import Any

# Where the home folder cannot be written to, matplotlib would say so in red in every lesson.
logging.getLogger("matplotlib").addFilter(lambda note: note.funcName != "_get_config_or_cache_dir")

_HOMES = {
    "lesson_map": "two_winds.start_page.lesson_map",
    "self_check": "two_winds.start_page.self_check",
    "load": "two_winds.datasets",
    "passport": "two_winds.datasets",
    "cite": "two_winds.datasets",
    "show": "two_winds.charts.common.chart",
    "document": "two_winds.texts.documents",
    "quote": "two_winds.texts.quotations",
    "words": "two_winds.texts.glossary",
    "who": "two_winds.texts.glossary",
    "value": "two_winds.charts.common.select",
    "growth_rate": "two_winds.models.growth",
    "project": "two_winds.models.growth",
    "required_rate": "two_winds.models.growth",
    "year_of_overtaking": "two_winds.models.growth",
    "race": "two_winds.charts.production.race",
    "report_card": "two_winds.charts.production.report_card",
    "ratio": "two_winds.charts.production.comparison",
    "rivals": "two_winds.charts.production.comparison",
    "extrapolation": "two_winds.charts.production.growth",
    "overtaking": "two_winds.charts.production.growth",
    "timeline": "two_winds.charts.common.timeline",
    "who_came": "two_winds.charts.moscow.conference",
    "two_conferences": "two_winds.charts.moscow.conference",
    "who_would_sign": "two_winds.charts.moscow.declaration",
    "outcomes": "two_winds.charts.moscow.declaration",
    "real_text": "two_winds.models.declaration",
    "moscow_draft": "two_winds.models.declaration",
    "objections": "two_winds.models.declaration",
    "signatures": "two_winds.models.declaration",
    "relations_curve": "two_winds.charts.alliance.relations",
    "trade": "two_winds.charts.alliance.trade",
    "people_on_the_way": "two_winds.charts.alliance.trade",
    "plants": "two_winds.charts.alliance.aid",
    "loans": "two_winds.charts.alliance.aid",
    "liaodong_map": "two_winds.charts.alliance.liaodong",
    "places_map": "two_winds.charts.common.map",
    "verdicts": "two_winds.charts.source_criticism.claims",
    "moves": "two_winds.charts.source_criticism.questions",
    "docket": "two_winds.charts.source_criticism.rulings",
    "relations": "two_winds.widgets.alliance",
    "warheads": "two_winds.charts.nuclear.arsenals",
    "balance": "two_winds.charts.nuclear.arsenals",
    "feared": "two_winds.charts.nuclear.missiles",
    "beside": "two_winds.texts.compare",
    "written_down": "two_winds.charts.nuclear.print_dates",
    "attempts": "two_winds.charts.space.attempts",
    "masses": "two_winds.charts.space.attempts",
    "firsts_by_kind": "two_winds.charts.space.firsts",
    "launch_race": "two_winds.charts.space.launch_lists",
    "coverage": "two_winds.charts.space.launch_lists",
    "track": "two_winds.charts.space.ground_track",
    "passes": "two_winds.charts.space.passes",
    "period_minutes": "two_winds.models.orbits",
    "speed_km_s": "two_winds.models.orbits",
    "orbit_desk": "two_winds.widgets.space",
    "reading_desk": "two_winds.widgets.nuclear",
    "gosplan_desk": "two_winds.widgets.production",
    "declaration": "two_winds.widgets.moscow",
    "before_and_after": "two_winds.charts.split.turning",
    "turning_years": "two_winds.charts.split.turning",
    "thermometer": "two_winds.charts.split.counts",
    "withdrawn": "two_winds.charts.split.counts",
    "split_votes": "two_winds.charts.split.votes",
    "turning_desk": "two_winds.widgets.split",
    "class_vote": "two_winds.widgets.split",
    "ruling_desk": "two_winds.widgets.source_criticism",
    "three_pairs": "two_winds.charts.farming.per_head",
    "roads": "two_winds.charts.farming.roads",
    "per_head": "two_winds.charts.farming.per_head",
    "plan_1965": "two_winds.charts.farming.plans",
    "grain_counts": "two_winds.charts.farming.plans",
    "price_rises": "two_winds.charts.farming.plans",
    "herd_campaign": "two_winds.charts.farming.herd",
    "herd_desk": "two_winds.widgets.farming",
    "ladder": "two_winds.charts.great_leap.ladder",
    "claimed": "two_winds.charts.great_leap.claims_of_1958",
    "behind_britain": "two_winds.charts.great_leap.claims_of_1958",
    "death_rates": "two_winds.charts.great_leap.famine",
    "excess_deaths": "two_winds.charts.great_leap.famine",
    "reported_up": "two_winds.charts.great_leap.reporting",
    "passed_up": "two_winds.models.reporting",
    "even_addition": "two_winds.models.reporting",
    "left_over": "two_winds.models.reporting",
    "ladder_desk": "two_winds.widgets.great_leap",
    "reporting_desk": "two_winds.widgets.great_leap",
    "predict": "two_winds.widgets.prediction",
    "check": "classwork.practice.check",
    "hint": "classwork.practice.check",
    "progress": "classwork.practice.progress",
    "received": "classwork.practice.received",
}

# They never raise: any answer is answered, and so is a wrong name.
_ANSWER_THEMSELVES = ("check", "hint", "received")

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"two_winds has no {name!r}. It has: {', '.join(sorted(_HOMES))}.")
    helper = getattr(import_module(_HOMES[name]), name)
    return (
        helper
        if name in _ANSWER_THEMSELVES
        else import_module("two_winds.argument_checks").guarded(helper)
    )


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
