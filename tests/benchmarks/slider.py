"""From a key pressed on a slider to the new picture on the screen, in JupyterLab and on a page.

Measured in the browser itself: from the key to the frame after the new picture is decoded. Beside
JupyterLab the bare floor: a slider that only swaps two ready pictures of the same size. Beside the
lesson's page, whose desk is the same and which needs no Python, JupyterLab in the same run.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Locator

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests/support"), str(ROOT / "tools/pages"), str(ROOT / "tools")]

from finish import finish  # noqa: E402
from lab import PROJECTOR, Lab, find_browser, running_lab  # noqa: E402
from lesson_page import read_lesson  # noqa: E402

import reading_copy  # noqa: E402

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
  const shown = () => desk.querySelector("img, .picture svg");
  const what = picture => picture.src || picture;
  let pressed, last = what(shown());
  desk.addEventListener("keydown", () => { pressed = performance.now(); }, true);
  new MutationObserver(async () => {
    const picture = shown();
    if (!picture || what(picture) === last) return;
    last = what(picture);
    await picture.decode?.();
    requestAnimationFrame(() => window.taken.push(performance.now() - pressed));
  }).observe(desk, {subtree: true, childList: true, attributes: true});
}"""
AT_THE_END = "one => (one.ariaValueNow ?? one.value) === (one.ariaValueMax ?? one.max)"
AT_THE_START = "one => (one.ariaValueNow ?? one.value) === (one.ariaValueMin ?? one.min)"


def moves(desk: Locator, slider: Locator) -> list[float]:
    """Return the milliseconds that each move of a desk's slider took."""
    desk.scroll_into_view_if_needed()
    desk.evaluate(WATCH)
    key = "ArrowRight"
    for count in range(MOVES):
        if slider.evaluate(AT_THE_END):
            key = "ArrowLeft"
        elif slider.evaluate(AT_THE_START):
            key = "ArrowRight"
        slider.press(key)
        desk.page.wait_for_function("count => window.taken.length > count", arg=count)
    return desk.page.evaluate("() => window.taken")


def in_jupyterlab(lab: Lab, notebook: Path) -> list[float]:
    """Return the milliseconds that each move of the first slider of a notebook took."""
    with lab.opened(notebook) as lesson:
        lesson.run_all()
        desk = lesson.page.locator(DESK).first
        return moves(desk, desk.locator(".noUi-handle").first)


def on_a_page(browser: Browser, folder: Path) -> list[float]:
    """Return the milliseconds that each move of the first slider of the lesson's page took."""
    ((name, html),) = reading_copy.lesson_pages([read_lesson(LESSON)]).items()
    (folder / name).write_text(finish(html, {}), encoding="utf-8")
    (folder / "style.css").write_bytes(reading_copy.style())
    for script in ("desks.js", "working.js"):
        shutil.copy(reading_copy.TEMPLATES / script, folder)
    # The page forbids what Playwright needs in order to wait.
    page = browser.new_page(viewport=PROJECTOR, bypass_csp=True)
    page.goto((folder / name).as_uri())
    desk = page.locator(".desk").first
    taken = moves(desk, desk.locator("input[type=range]").first)
    page.close()
    return taken


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
            ours, floor = (statistics.median(in_jupyterlab(lab, one)) for one in (LESSON, bare))
            page = statistics.median(on_a_page(lab.browser, Path(folder)))
    return [
        ("slider to pixel, in JupyterLab", ours, floor, "two ready pictures, swapped"),
        ("slider to pixel, on a page", page, ours, "the same desk in JupyterLab"),
    ]


if __name__ == "__main__":
    for what, ours, floor, how in slider_rows():
        print(f"{what}: {ours:.0f} ms; {how}: {floor:.0f} ms (medians of {MOVES} moves)")
