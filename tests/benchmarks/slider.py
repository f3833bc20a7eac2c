"""From a key pressed on a slider to the new picture on the screen, in a real JupyterLab.

Measured in the page itself: from the key to the frame after the new picture is decoded. Beside it
the bare floor: a slider that only swaps two ready pictures of the same size.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))

from lab import Lab, find_browser, running_lab  # noqa: E402

LESSON = ROOT / "notebooks" / "06_overtake_america.ipynb"
MOVES = 60
DESK = ".jp-OutputArea-output > .jupyter-widgets:has(figure):has(.noUi-handle)"
BARE = """
import base64, io
import ipywidgets
from matplotlib.image import imsave

def picture(shade):
    buffer = io.BytesIO()
    imsave(buffer, [[[shade] * 3] * 880] * 410, format="png")
    data = base64.b64encode(buffer.getvalue()).decode()
    return f'<figure><img alt="a shade of grey" src="data:image/png;base64,{data}"></figure>'

pictures = [picture(0.2), picture(0.8)]
slider, shown = ipywidgets.IntSlider(max=200), ipywidgets.HTML(pictures[0])
slider.observe(lambda change: setattr(shown, "value", pictures[change.new % 2]), "value")
ipywidgets.VBox([slider, shown])
"""
WATCH = """desk => {
  window.taken = [];
  let pressed, last = desk.querySelector("img").src;
  desk.addEventListener("keydown", () => { pressed = performance.now(); }, true);
  new MutationObserver(async () => {
    const image = desk.querySelector("img");
    if (!image || image.src === last) return;
    last = image.src;
    await image.decode();
    requestAnimationFrame(() => window.taken.push(performance.now() - pressed));
  }).observe(desk, {subtree: true, childList: true, attributes: true});
}"""
AT_THE_END = "handle => handle.ariaValueNow === handle.ariaValueMax"
AT_THE_START = "handle => handle.ariaValueNow === handle.ariaValueMin"


def moves(lab: Lab, notebook: Path) -> list[float]:
    """Return the milliseconds that each move of the first slider of a notebook took."""
    with lab.opened(notebook) as lesson:
        lesson.run_all()
        desk = lesson.page.locator(DESK).first
        desk.scroll_into_view_if_needed()
        desk.evaluate(WATCH)
        handle, key = desk.locator(".noUi-handle").first, "ArrowRight"
        for count in range(MOVES):
            if handle.evaluate(AT_THE_END):
                key = "ArrowLeft"
            elif handle.evaluate(AT_THE_START):
                key = "ArrowRight"
            handle.press(key)
            lesson.page.wait_for_function("count => window.taken.length > count", arg=count)
        return lesson.page.evaluate("() => window.taken")


def slider_rows() -> list[tuple]:
    """Return the row of the table, or none where there is no browser."""
    program = find_browser()
    if program is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.ipynb"
        # With the lesson's own kernel named in it, or JupyterLab would ask for one.
        metadata = nbformat.read(LESSON, as_version=4).metadata
        cells = [new_code_cell(BARE, id="bare")]
        nbformat.write(new_notebook(cells=cells, metadata=metadata), bare)
        (Path(folder) / "lab").mkdir()
        with running_lab(program, Path(folder) / "lab") as lab:
            ours, floor = (statistics.median(moves(lab, path)) for path in (LESSON, bare))
    return [("slider to pixel, in the browser", ours, floor, "two ready pictures, swapped")]


if __name__ == "__main__":
    for what, ours, floor, how in slider_rows():
        print(f"{what}: {ours:.0f} ms; {how}: {floor:.0f} ms (medians of {MOVES} moves)")
