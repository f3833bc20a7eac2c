"""The reader's guess, drawn and told the same way everywhere: a star, and a sentence."""

from __future__ import annotations

from matplotlib.axes import Axes

from two_winds.charts.common.marks import END, draw_mark, write_beside
from two_winds.charts.common.style import COLOURS, MARKERS, Look
from two_winds.charts.common.wording import number

STAR = Look(COLOURS["guess"], MARKERS["guess"], "", 20)


def draw_guess(
    axes: Axes,
    x: float,
    y: float | None,
    guess: float | None,
    above: float = 0,
    words: str = "your guess",
) -> None:
    """Draw a reader's prediction as a star with its words; nothing where nobody guessed.

    Args:
        axes: where to draw.
        x: the place of the star across.
        y: its place up.
        guess: the number predicted, or None.
        above: how many points above the star the words stand (below it if negative); right of it
            if 0, where `part_labels` keeps them clear of names at the ends of lines.
        words: what to write.
    """
    if guess is None:
        return
    draw_mark(axes, x, y, STAR, words=f"star, your guess: {number(guess)}")
    tag = {} if above else {"gid": END}
    write_beside(axes, x, y, words, STAR.colour, 14, above, weight="bold", **tag)


def guess_in_words(guess: float | None, of: str = "") -> str:
    """Return the sentence that holds a guess beside the figure, or "" where nobody guessed.

    >>> guess_in_words(80, "million tonnes for 1972"), guess_in_words(None)
    (' You had predicted 80 million tonnes for 1972.', '')
    """
    return "" if guess is None else f" You had predicted {number(guess)} {of}".rstrip() + "."
