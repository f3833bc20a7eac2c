"""The herd of the model, drawn: meat and breeding stock with and without a campaign."""

from __future__ import annotations

import pandas as pd

from two_winds.charts.common.chart import Chart, make_chart
from two_winds.charts.common.lines import draw_line
from two_winds.charts.common.style import COLOURS, Look, chart_helper, legend, two_panels
from two_winds.charts.common.wording import number
from two_winds.models.herd import LONGEST, Year, campaign

SHOWN = 8
SHADE = "#D9D9D9"
LOOKS = {
    "as before": Look(COLOURS["promise"], "s", "--"),
    "by the target": Look(COLOURS["SUN"], "o"),
}


@chart_helper
def herd_campaign(share: float, growth: float, pressed: int) -> Chart:
    """Return what a campaign for meat does to a herd, in the model.

    Args:
        share: fraction of the herd slaughtered in an ordinary year, such as 0.37.
        growth: how much more meat each pressed year must bring than the year before.
        pressed: how many years the target is pressed.

    Returns:
        A chart; its table has a row a year: year, meat and breeding animals, as before and by the
        target, and the breeding animals killed. The herd begins with 100 animals.

    Raises:
        HerdError: for a share or growth that cannot be.
    """
    years = max(SHOWN, min(pressed, LONGEST - 1) + 1)
    ways = {
        "as before": campaign(share, growth, 0, years),
        "by the target": campaign(share, growth, pressed, years),
    }
    table = pd.DataFrame({"year": range(years + 1)})
    for name, told in ways.items():
        table[f"meat, {name}"] = [year.meat for year in told]
        table[f"breeding, {name}"] = [year.breeding for year in told]
    table["breeding animals killed"] = [year.breeding_killed for year in ways["by the target"]]

    names = {"meat": "Meat: slaughtered in the year", "breeding": "Breeding animals, at its start"}

    figure, *panels = two_panels(list(names.values()), height=5.2)
    for axes, what in zip(panels, names, strict=True):
        for way, look in LOOKS.items():
            draw_line(axes, table["year"], table[f"{what}, {way}"], look, words=way)
        axes.set_xticks(table["year"])
        axes.set_xlabel("year of the model")
        axes.set_ylim(bottom=0)
        if pressed:
            axes.axvspan(0.5, pressed + 0.5, color=SHADE, zorder=0)
    legend(panels[0], *LOOKS.items(), ("target pressed", Look(SHADE, "s", "", 13)))

    title = "A model: 100 animals, and a campaign for meat"
    sentence = _sentence(share, growth, ways["as before"], ways["by the target"], pressed)
    source = "A model, not a record: two_winds.models.herd. Nothing in it was counted on a farm."
    return make_chart("Two line charts", figure, title, sentence, table, source=source)


def _sentence(
    share: float, growth: float, before: list[Year], target: list[Year], pressed: int
) -> str:
    """Return in words what the campaign costs: breeding animals, and the meat of the next year."""
    said = f"In this model {number(100 * share)} of 100 animals are slaughtered in an ordinary year"
    if not pressed:
        ends = f"{number(before[0].meat)} to {number(before[-1].meat)}"
        return f"{said}, and no target is pressed: meat goes from {ends}."
    said += f"; then meat must rise by {number(100 * growth)} per cent"
    said += " in one year." if pressed == 1 else f" a year, {pressed} years running."
    missed = [y for y in range(1, pressed + 1) if target[y].meat < target[y].wanted - 1e-9]
    killed = sum(year.breeding_killed for year in target[1 : pressed + 1])
    said += (
        f" The target is missed in year {missed[0]}, although every animal is killed."
        if missed
        else " The target is met"
        + (f" by killing {number(killed)} breeding animals." if killed else " with young alone.")
    )
    after = pressed + 1
    meat, usual = target[after].meat, before[after].meat
    said += f" The year after gives {number(meat)} animals for meat; as before it would give "
    said += f"{number(usual)}."
    total = sum(year.meat for year in target) - sum(year.meat for year in before)
    word = "more" if total >= 0 else "less"
    return f"{said} Over all {len(target)} years the campaign gives {number(abs(total))} {word}."
