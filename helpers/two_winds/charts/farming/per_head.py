"""Meat, milk and butter per head: the pairs of 1957, the roads to level, and what came."""

from __future__ import annotations

import pandas as pd
from classwork.ground.errors import among
from matplotlib.axes import Axes

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.common.select import (
    ChartError,
    draw_country,
    explain_hollow,
    in_year,
    is_verified,
    official,
    part_labels,
    unverified_note,
)
from two_winds.charts.common.style import (
    COLOURS,
    COUNTRIES,
    INK,
    MARKERS,
    grid_on_x,
    label,
    new_figure,
    number,
    source_line,
)

SAID = 1956
GUESSED = 1970
FOODS = ["meat", "milk", "butter"]


def said(farming: pd.DataFrame, food: str) -> pd.DataFrame:
    """Return the pair that the speech of May 1957 named for 1956: a row a country.

    Args:
        farming: rows as `load("farming")` gives them.
        food: "meat", "milk" or "butter".

    Raises:
        ChartError: if the table holds no such pair.
    """
    rows = farming[
        (farming["product"] == f"{food}_per_head")
        & (farming["series"] == "contemporary")
        & (farming["year"] == SAID)
    ]
    if set(rows["country"]) != {"SUN", "USA"}:
        raise ChartError(f"No pair of {SAID} for {food!r}. {among('food', food, FOODS)}")
    return rows.astype({"country": str}).sort_values("country")


@lesson_helper
def three_pairs(farming: pd.DataFrame) -> Chart:
    """Return the three pairs of the speech, each as a share of the American figure.

    Args:
        farming: rows as `load("farming")` gives them.

    Returns:
        A chart; its table has a row a food: food, USSR and USA in kilograms a head, share in per
        cent.

    Raises:
        ChartError: if a pair is missing.
    """
    pairs = {food: said(farming, food).set_index("country")["value"] for food in FOODS}
    table = pd.DataFrame(
        {
            "food": FOODS,
            "USSR, kg": [pairs[food]["SUN"] for food in FOODS],
            "USA, kg": [pairs[food]["USA"] for food in FOODS],
        }
    )
    table["share, per cent"] = 100 * table["USSR, kg"] / table["USA, kg"]
    title = f"As said in May 1957: kilograms a head in {SAID}, America = 100"
    figure, axes = new_figure(height=4.6)
    axes.set_position((0.11, 0.26, 0.72, 0.58))
    for place, row in enumerate(table[::-1].itertuples(index=False)):
        _draw_pair(axes, place, *row)
    axes.set_yticks(range(len(FOODS)), [food.capitalize() for food in FOODS[::-1]], size=16)
    grid_on_x(axes)
    axes.set_xlim(0, 104)
    axes.set_ylim(-0.6, len(FOODS) - 0.3)
    axes.set_xlabel("per cent of the American figure", size=13, color=INK)
    sentence = _pairs_in_words(table)
    rows = pd.concat([said(farming, food) for food in FOODS])
    source = source_line(rows)
    return Chart(figure, title, source, f"Dot chart. {title}. {sentence}", sentence, table)


def _pairs_in_words(table: pd.DataFrame) -> str:
    told, shares = [], []
    for food, ussr, usa, share in table.itertuples(index=False):
        told.append(f"{food} {ussr:g} against {usa:g}")
        shares.append(f"{number(round(share))} for {food}")
    return (
        f"The speech named for {SAID}, in kilograms a head, USSR against USA: {'; '.join(told)}. "
        f"In per cent of the American figure that is {', '.join(shares)}."
    )


def _draw_pair(axes: Axes, place: int, _food: str, ussr: float, usa: float, share: float) -> None:
    axes.plot([share, 100], [place, place], color=COLOURS["promise"], linewidth=2, zorder=1)
    for country, at, kilograms in (("SUN", share, ussr), ("USA", 100, usa)):
        colour = COLOURS[country]
        axes.plot([at], [place], MARKERS[country], color=colour, markersize=15)
        words = f"{COUNTRIES[country]} {kilograms:g} kg"
        side = {"ha": "right"} if country == "SUN" else {"ha": "left"}
        gap = -2 if country == "SUN" else 2
        label(axes, at + gap, place, words, colour, size=15, weight="bold", **side)


@lesson_helper
def per_head(farming: pd.DataFrame, food: str, guess: float | None = None) -> Chart:
    """Return output of one food per head, year by year, beside the American mark of the speech.

    Args:
        farming: rows as `load("farming")` gives them.
        food: "meat", "milk" or "butter".
        guess: a prediction for the USSR in 1970, in kilograms, to draw beside it.

    Returns:
        A chart; its table has a row a year and country: year, country, kilograms, grade.

    Raises:
        ChartError: if the table holds no such rows.
    """
    pair = said(farming, food)
    mark = float(pair.set_index("country").loc["USA", "value"])
    lines = [official(farming, f"{food}_per_head", "SUN")]
    if ((farming["product"] == f"{food}_per_head") & (farming["country"] == "USA")
            & (farming["series"] == "official")).any():  # fmt: skip
        lines.append(official(farming, f"{food}_per_head", "USA"))
    figure, axes = new_figure()
    for rows in lines:
        draw_country(axes, rows, str(rows["country"].iloc[0]))
    title = f"{food.capitalize()}: output in kilograms a head"
    part_labels(axes)
    _draw_mark(axes, lines[0], mark)
    if guess is not None:
        _draw_guess(axes, guess, lines[0])
    axes.set_xlim(1949, 1976)
    explain_hollow(axes, *lines)
    sentence = _passed(food, lines[0], mark) + _crossed(lines) + unverified_note(*lines)
    if guess is not None:
        sentence += f" You had predicted {number(guess)} kg for {GUESSED}."
    table = pd.concat(lines)[["year", "country", "value", "grade"]]
    table = table.rename(columns={"value": "kilograms"})
    source = source_line(pair, *lines)
    return Chart(figure, title, source, f"Line chart. {title}. {sentence}", sentence, table)


def _draw_guess(axes: Axes, guess: float, ussr: pd.DataFrame) -> None:
    """Draw a prediction as a star, its words on the side that is away from the line."""
    axes.plot([GUESSED], [guess], MARKERS["guess"], markersize=20, color=COLOURS["guess"])
    reported = in_year(ussr, GUESSED)
    below = reported is not None and guess < reported["value"]
    axes.set_ylim(0, max(axes.get_ylim()[1], guess * 1.16))
    gap = 0.055 * axes.get_ylim()[1] * (-1 if below else 1)
    words = {"weight": "bold", "ha": "center"}
    label(axes, GUESSED, guess + gap, "your guess", COLOURS["guess"], **words)


def _draw_mark(axes: Axes, ussr: pd.DataFrame, mark: float) -> None:
    """Draw the American mark of the speech, its words where the Soviet line does not pass."""
    axes.plot([SAID, 1976], [mark, mark], color=COLOURS["USA"], linewidth=1.3)
    words = f"America's mark of {SAID}, as said: {mark:g}"
    if (ussr[ussr["year"] <= 1965]["value"] > mark).any():
        label(axes, 1976, mark * 0.965, words, COLOURS["USA"], va="top", ha="right")
    else:
        label(axes, SAID, mark * 1.035, words, COLOURS["USA"], va="bottom")
    axes.set_ylim(0, max(axes.get_ylim()[1], mark * 1.16))


def _passed(food: str, ussr: pd.DataFrame, mark: float) -> str:
    """Return when figures that were read first reach the mark, if ever."""
    read = ussr[ussr["grade"] != "C"]
    if read.empty:
        return f"Not one Soviet figure for {food} here has been read in a source."
    above = read[read["value"] > mark]
    if above.empty:
        last = read.iloc[-1]
        return (
            f"Soviet {food}, in figures that were read, never passed the {mark:g} kg of "
            f"America in {SAID}: {number(last['value'])} in {last['year']}."
        )
    first = above.iloc[0]
    before = read[read["year"] < first["year"]].iloc[-1]
    under = read[(read["year"] > first["year"]) & (read["value"] <= mark)]["year"]
    again = f" (but not in {' and '.join(map(str, under))})" if len(under) else ""
    return (
        f"Soviet {food}, in figures that were read, stood at {number(before['value'])} kg in "
        f"{before['year']} and first above America's {mark:g} in {first['year']}{again}."
    )


def _crossed(lines: list[pd.DataFrame]) -> str:
    """Return when one line first lies above the other, and how sure that is."""
    if len(lines) < 2:
        return " There is no yearly American line of the same kind: only the mark of the speech."
    ussr, usa = lines
    for year in sorted(set(ussr["year"]) & set(usa["year"])):
        ours, theirs = in_year(ussr, year), in_year(usa, year)
        if ours["value"] > theirs["value"]:
            sure = is_verified(ours) and is_verified(theirs)
            how = "" if sure else ", but that rests on unverified figures"
            return f" Year against year the USSR first lies above the USA in {year}{how}."
    return " Year against year the USSR never lies above the USA."
