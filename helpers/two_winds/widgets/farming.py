"""The farm desk: press a target for meat on a herd, and see the next years."""

from __future__ import annotations

from two_winds.argument_checks import lesson_helper
from two_winds.charts.common.chart import Chart
from two_winds.charts.farming.herd import herd_campaign
from two_winds.widgets.frame import Desk, choice, number_and_slider

LONGEST = 4


@lesson_helper
def herd_desk(share: float = 37, growth: float = 33, pressed: int = 1) -> Desk:
    """Return a desk with a model herd: ordinary slaughter, a target, how long it is pressed.

    Args:
        share: how many of 100 animals are slaughtered in an ordinary year.
        growth: how much more meat the target wants, in per cent a year.
        pressed: for how many years it is pressed, 0 to 4.

    Returns:
        A desk; put it last in a cell to show it.
    """
    ordinary, ordinary_row = number_and_slider("Slaughtered, % of the herd", 20, 45, 1, share)
    target, target_row = number_and_slider("Target: more meat, % a year", 0, 220, 1, growth)
    length = choice(
        "Target pressed for",
        [(f"{n} year" if n == 1 else f"{n} years", n) for n in range(LONGEST + 1)],
        pressed,
        "pressed",
    )

    def draw(share: float, growth: float, pressed: int) -> Chart:
        return herd_campaign(share / 100, growth / 100, pressed)

    controls = {"share": ordinary, "growth": target, "pressed": length}
    return Desk("herd_desk", controls, draw, [ordinary_row, target_row, length])
