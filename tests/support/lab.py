"""A real JupyterLab in a real browser, on a copy of the lessons, for test_browser.py."""

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright
from two_winds.course import COURSE

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import set_up

import start

ROOT = set_up.ROOT
ARTEFACTS = Path(__file__).resolve().parents[1] / "artefacts"
PROJECTOR = {"width": 1280, "height": 720}
SECONDS = 1000
PATIENCE = 60 * SECONDS

# --- the browser and the server ---

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge", "microsoft-edge")
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def find_browser() -> str | None:
    """Return a Chromium, Chrome or Edge: the one named by CHROMIUM, or else one installed."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    installed = [*map(shutil.which, PROGRAMS), *filter(os.path.exists, USUAL_PLACES)]
    return next(filter(None, installed), None)


def needed_browser() -> str:
    """Return a browser; without one the test is skipped, but on a build server it fails."""
    program = find_browser()
    if program is None:
        message = "no Chromium, Chrome or Edge here; name one in the variable CHROMIUM"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    return program


@contextlib.contextmanager
def running_browser(program: str):
    """Start a browser and stop it at the end."""
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=program)
        yield browser
        browser.close()


def fresh_environment(folder: Path) -> dict[str, str]:
    """Return the environment start.py gives to JupyterLab, without anybody's own settings."""
    own = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR",
           "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")  # fmt: skip
    places = {name: str(folder / name) for name in (*own, COURSE.elsewhere)}
    return set_up.child_environment() | places


def start_options(folder: Path) -> list[str]:
    """Return the options start.py gives to JupyterLab, for a copy of the lessons in `folder`."""
    options = [option.replace(start.ROOT, str(folder)) for option in start.JUPYTERLAB]
    more = ["--no-browser", "--allow-root", "--LabApp.expose_app_in_browser=True"]
    return [*options, *more, "--ServerApp.port_retries=0"]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Lab:
    """JupyterLab and a browser, both running; see `running_lab`.

    All lessons are opened in one window, one after the other: to start JupyterLab's own program in
    the browser takes longer than to run a lesson.
    """

    def __init__(self, browser: BrowserContext, address: str, token: str, folder: Path) -> None:
        self.browser, self.folder = browser, folder
        self.page = browser.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.log = Log(self.page)
        self.page.goto(f"{address}/lab?token={token}")
        self.page.wait_for_function(LAB_IS_THERE)

    @contextlib.contextmanager
    def opened(self, lesson: Path):
        """Open a fresh copy of a lesson as on the first day; afterwards stop what it started."""
        (self.folder / "notebooks").mkdir(exist_ok=True)
        shutil.copy(lesson, self.folder / "notebooks")
        shutil.rmtree(self.folder / COURSE.elsewhere, ignore_errors=True)
        self.page.set_viewport_size(PROJECTOR)
        opened = Lesson(self.page, lesson, self.log)
        try:
            opened.load()
            yield opened
        except Exception:
            opened.keep_screenshot(f"{lesson.stem}, opening")
            raise
        finally:
            self.page.evaluate(CLOSE)
            self.log.clear()


@contextlib.contextmanager
def running_lab(browser_program: str, folder: Path):
    """Start JupyterLab as start.py does, and a browser; stop both at the end."""
    port, token = free_port(), secrets.token_hex()
    options = [*start_options(folder), f"--ServerApp.port={port}"]
    address = f"http://127.0.0.1:{port}"
    environment = fresh_environment(folder) | {"JUPYTER_TOKEN": token}
    with (folder / "jupyterlab.log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, *options], cwd=folder, env=environment, stdout=log, stderr=log
        )
    try:
        wait_for_server(server, f"{address}/api/status?token={token}", folder / "jupyterlab.log")
        with sync_playwright() as playwright:
            # With a profile Chromium keeps what it made of JupyterLab's program for the next page.
            browser = playwright.chromium.launch_persistent_context(
                folder / "profile", executable_path=browser_program, viewport=PROJECTOR
            )
            yield Lab(browser, address, token, folder)
            browser.close()
    finally:
        server.terminate()
        server.wait()


def wait_for_server(server: subprocess.Popen, address: str, log: Path) -> None:
    """Wait until JupyterLab answers; say what it said where it gives up."""
    end = time.monotonic() + PATIENCE / SECONDS
    while server.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(address):
            return
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text(errors='replace')}")


# --- one lesson in the browser ---

PANEL = "jupyterapp.shell.currentWidget"
LAB_IS_THERE = "() => window.jupyterapp?.restored"
# The status bar says idle before the kernel is connected, so look at the connection itself.
KERNEL_IS_CONNECTED = f"""() => {PANEL}?.sessionContext?.isReady &&
  {PANEL}.sessionContext.session?.kernel?.connectionStatus === "connected"
"""
CELLS_ARE_THERE = f"() => {PANEL}.content.widgets.every(cell => cell.isAttached)"
START_ALL_CELLS = """() => {
  window.finished = false;
  jupyterapp.commands.execute("notebook:run-all-cells").finally(() => window.finished = true);
}"""
# The answer to an empty request comes after everything that was asked for before.
KERNEL_IS_DONE = f"""() => {PANEL}.sessionContext.session.kernel
  .requestExecute({{code: "", silent: true, store_history: false}}).done"""
OPEN = """async path => { await jupyterapp.commands.execute("docmanager:open", {path}); }"""
# Disposed of, not closed: for a lesson that was run JupyterLab would ask whether to save it.
CLOSE = f"""async () => {{
  await jupyterapp.serviceManager.sessions.shutdownAll();
  {PANEL}.dispose();
}}"""
CELLS = f"() => {PANEL}.content.model.toJSON().cells"
WIDTHS = "pictures => pictures.map(picture => picture.naturalWidth)"
PICTURES_ARE_DECODED = """() => [...document.querySelectorAll(".jp-Notebook img")]
  .every(picture => picture.complete)"""
# JupyterLab lays out what is in sight; this has it lay out every cell, or again as it did.
LAY_OUT = f"""mode => {{
  const notebook = {PANEL}.content;
  const before = notebook.notebookConfig;
  notebook.notebookConfig = {{...before, windowingMode: mode}};
  return before.windowingMode;
}}"""


class Log:
    """What a page says and asks for.

    Attributes:
        complaints: what the browser's console called an error.
        addresses: everything that the page asked for.
    """

    def __init__(self, page: Page) -> None:
        self.complaints: list[str] = []
        self.addresses: list[str] = []
        page.on("console", self.note_complaint)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.addresses.append(request.url))
        page.on("websocket", lambda socket: self.addresses.append(socket.url))

    def note_complaint(self, message) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({urlsplit(message.location['url']).path})")

    def clear(self) -> None:
        self.complaints.clear()
        self.addresses.clear()


class Lesson:
    """A lesson open in JupyterLab.

    Attributes:
        page: the browser's page, to look at and to press keys in.
        log: what it has said and asked for since the lesson was opened.
        words_before_running, widths_before_running: what was to be seen before it was run: the
            text of its results, and how wide each picture is (0 for one that is broken).
    """

    words_before_running = ""
    widths_before_running: tuple[int, ...] = ()

    def __init__(self, page: Page, path: Path, log: Log) -> None:
        self.page, self.path, self.log = page, path, log

    def load(self) -> None:
        """Open the lesson and wait until its kernel answers."""
        self.page.evaluate(OPEN, f"notebooks/{self.path.name}")
        self.page.wait_for_function(KERNEL_IS_CONNECTED)
        # JupyterLab puts in what is out of sight while the browser has nothing else to do: whoever
        # searched the page for it again and again would be kept waiting.
        self.page.wait_for_function(CELLS_ARE_THERE)
        self.settle()

    def saved_cells(self) -> list[dict]:
        """Return the cells in the project's own notebook."""
        return json.loads(self.path.read_text(encoding="utf-8"))["cells"]

    def cells(self) -> list[dict]:
        """Return the cells as they stand now, as they would be saved."""
        return self.page.evaluate(CELLS)

    def look_before_running(self) -> None:
        """Note what a reader sees who has only opened the lesson."""
        usual = self.page.evaluate(LAY_OUT, "none")
        notebook = self.page.locator(".jp-Notebook")
        results = notebook.locator(".jp-OutputArea-output").all_inner_texts()
        self.words_before_running = "\n".join(results)
        self.widths_before_running = notebook.locator("img").evaluate_all(WIDTHS)
        self.page.evaluate(LAY_OUT, usual)

    def run_all(self) -> None:
        """Run every cell and wait until all is shown."""
        self.page.evaluate(START_ALL_CELLS)
        self.page.wait_for_function("() => window.finished", timeout=PATIENCE)
        self.settle()

    def settle(self) -> None:
        """Wait until the kernel has done all it was asked for and the pictures are there."""
        self.page.evaluate(KERNEL_IS_DONE)
        self.page.wait_for_function(PICTURES_ARE_DECODED)

    def cell(self, place: int) -> Locator:
        """Return a cell on the page by its place in the notebook, from 0."""
        return self.page.locator(f'.jp-Cell[data-windowed-list-index="{place}"]')

    def type_into(self, place: int, source: str) -> None:
        """Put a new text into a code cell, as somebody at the keyboard would."""
        self.cell(place).locator(".cm-content").click()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(source)

    def run_cell(self, place: int) -> None:
        """Run one cell with Shift and Enter, and wait until it is done."""
        before = self.cells()[place]["execution_count"]
        self.cell(place).locator(".cm-content").click()
        self.page.keyboard.press("Shift+Enter")
        counted = f"before => ({CELLS})()[{place}].execution_count > before"
        self.page.wait_for_function(counted, arg=before or 0)
        self.settle()

    def show_whole(self, width: int = PROJECTOR["width"]) -> None:
        """Have every cell laid out, also out of sight, in a window of this width."""
        self.page.evaluate(LAY_OUT, "none")
        self.page.set_viewport_size({**PROJECTOR, "width": width})

    def keep_screenshot(self, name: str) -> None:
        """Keep what is to be seen now, for whoever has to find out what went wrong."""
        ARTEFACTS.mkdir(exist_ok=True)
        self.page.screenshot(path=ARTEFACTS / f"{name}.png")
