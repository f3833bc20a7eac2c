"""A matplotlib picture as SVG in pieces, so that many views of one desk share what they share."""

from __future__ import annotations

from html import escape
from typing import Any

from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.path import Path
from two_winds.charts.common.style import house

ANCHOR = {"left": "start", "center": "middle", "right": "end"}
LETTERS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}
DPI = 100


class Scene:
    """Pieces of SVG, each kept once.

    Attributes:
        pieces: elements of SVG, at 100 dots an inch from the upper left corner.
        size: width and height of the picture that was added last.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.places: dict[str, int] = {}
        self.size: tuple[int, int] = (0, 0)

    def add(self, figure: Figure) -> list[int]:
        """Draw a figure; return the places of its pieces, in the order in which they are drawn."""
        width, height = (round(float(inches) * DPI) for inches in figure.get_size_inches())
        self.size = width, height
        figure.set_dpi(DPI)
        renderer = _Renderer(height)
        with house():
            figure.draw(renderer)
        return [self._place(piece) for piece in renderer.drawn]

    def _place(self, piece: str) -> int:
        if piece not in self.places:
            self.places[piece] = len(self.pieces)
            self.pieces.append(piece)
        return self.places[piece]


class _Renderer(RendererBase):
    """Takes down what matplotlib draws as elements of SVG."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.height, self.drawn = height, []

    def points_to_pixels(self, points: float) -> float:
        return points * DPI / 72

    def get_canvas_width_height(self) -> tuple[float, float]:
        return 1100, self.height

    def draw_path(self, gc: Any, path: Path, transform: Any, rgbFace: Any = None) -> None:  # noqa: N803
        steps = []
        box = gc.get_clip_rectangle()
        clip = (box.x0, box.y0, box.x1, box.y1) if box is not None and rgbFace is None else None
        moved = path.iter_segments(transform, clip=clip, curves=True)
        for points, code in moved:
            if code == Path.CLOSEPOLY:
                steps.append("Z")
                continue
            pairs = zip(points[::2], points[1::2], strict=True)
            places = (f"{x:.1f} {self.height - y:.1f}" for x, y in pairs)
            steps.append(LETTERS[code] + " ".join(places))
        if not steps:
            return
        ink = self._ink(gc)
        fill = _colour(rgbFace) if rgbFace is not None else "none"
        if rgbFace is not None and len(rgbFace) > 3 and rgbFace[3] < 1:
            fill += f'" fill-opacity="{rgbFace[3]:.2g}'
        self.drawn.append(f'<path d="{"".join(steps)}" fill="{fill}"{ink}/>')

    def draw_text(
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False,
        mtext: Any = None,
    ) -> None:  # fmt: skip
        anchor = "start"
        if mtext is not None and angle == 0:
            across, _ = mtext.get_transform().transform(mtext.get_unitless_position())
            anchor, x = ANCHOR[mtext.get_ha()], across
        size = self.points_to_pixels(prop.get_size_in_points())
        bold = ' font-weight="bold"' if prop.get_weight() in ("bold", 700) else ""
        place = f'x="{x:.1f}" y="{y:.1f}"'
        turned = f' transform="rotate({-angle:.0f} {x:.1f} {y:.1f})"' if angle else ""
        self.drawn.append(
            f'<text {place} font-size="{size:.1f}" fill="{_colour(gc.get_rgb())}" '
            f'text-anchor="{anchor}"{bold}{turned}>{escape(s)}</text>'
        )

    def _ink(self, gc: Any) -> str:
        width = self.points_to_pixels(gc.get_linewidth())
        if not width or len(gc.get_rgb()) > 3 and gc.get_rgb()[3] == 0:
            return ""
        _, dashes = gc.get_dashes()
        dashed = ""
        if dashes is not None:
            lengths = " ".join(f"{self.points_to_pixels(part):.1f}" for part in dashes)
            dashed = f' stroke-dasharray="{lengths}"'
        return f' stroke="{_colour(gc.get_rgb())}" stroke-width="{width:.1f}"{dashed}'


def _colour(rgb: Any) -> str:
    return to_hex(rgb[:3])
