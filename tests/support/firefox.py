"""Firefox, told what to do over WebDriver BiDi.

Playwright drives a Firefox of its own building only, and Debian has no geckodriver; but Firefox
itself listens, and a person's keys are few.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from websocket import create_connection

TAB, ENTER, DOWN, SPACE = "\ue004", "\ue006", "\ue015", "\ue00d"
PATIENCE = 60
PROGRAMS = [
    "firefox-esr",
    "firefox",
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    r"C:\Program Files\Mozilla Firefox\firefox.exe",
]
SETTINGS = {
    "browser.download.folderList": 2,
    "browser.download.always_ask_before_handling_new_types": False,
    "browser.download.alwaysOpenPanel": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
}


def needed_firefox() -> str:
    """Return Firefox; without it the test is skipped, but on a build server it fails."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        message = "no Firefox here"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    return program


class Firefox:
    """One tab of Firefox.

    Attributes:
        complaints: what the page called an error.
    """

    def __init__(self, address: str) -> None:
        self.socket = create_connection(
            f"{address}/session", timeout=PATIENCE, suppress_origin=True
        )
        self.numbers = itertools.count(1)
        self.complaints: list[str] = []
        self.do("session.new", capabilities={})
        self.do("session.subscribe", events=["log.entryAdded"])
        # The tab that is there already never has the focus, so that Space would choose nothing.
        self.tab = self.do("browsingContext.create", type="tab")["context"]

    def do(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command; return its result."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self.socket.recv())).get("id") != number:
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] != "info":
                self.complaints.append(answer["params"]["text"])
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['message']}")
        return answer["result"]

    def open(self, page: Path, width: int, height: int) -> None:
        """Open a page from its file in a window of some size."""
        size = {"width": width, "height": height}
        self.do("browsingContext.setViewport", context=self.tab, viewport=size)
        self.do("browsingContext.navigate", context=self.tab, url=page.as_uri(), wait="complete")

    def ask(self, script: str) -> Any:
        """Return what an expression gives on the page."""
        code = f"JSON.stringify({script})"
        where = {"context": self.tab}
        answer = self.do("script.evaluate", expression=code, target=where, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def press(self, keys: str) -> None:
        """Press keys one after the other, as a person at the keyboard does."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": strokes}
        self.do("input.performActions", context=self.tab, actions=[keyboard])

    def go_to(self, selector: str) -> None:
        """Press Tab until an element has the focus."""
        self.press_until(TAB, selector)

    def press_until(self, key: str, selector: str) -> None:
        """Press a key until an element has the focus."""
        for _ in range(300):
            if self.ask(f"document.activeElement.matches({json.dumps(selector)})"):
                return
            self.press(key)
        raise AssertionError(f"{selector} is not reached by keyboard.")

    def wait_for(self, script: str) -> None:
        """Wait until an expression is true on the page."""
        end = time.monotonic() + PATIENCE
        while not self.ask(script):
            if time.monotonic() > end:
                raise AssertionError(f"This does not become true: {script}")


@contextlib.contextmanager
def running_firefox(program: str, folder: Path):
    """Start Firefox with a profile of its own, which saves into folder / "saved"; stop it after."""
    profile, saved = folder / "profile", folder / "saved"
    profile.mkdir()
    saved.mkdir()
    settings = SETTINGS | {"browser.download.dir": str(saved)}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(to)});" for name, to in settings.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    options = ["--headless", "--no-remote", "--remote-debugging-port", "0"]
    log = folder / "firefox.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            [program, *options, "--profile", str(profile)], stdout=file, stderr=file
        )
    try:
        firefox = Firefox(address_in(log, process))
        yield firefox
        firefox.socket.close()
    finally:
        process.terminate()
        process.wait()


def address_in(log: Path, process: subprocess.Popen) -> str:
    """Return where Firefox listens, as it says itself; what it said where it gives up."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        if found := re.search(r"BiDi listening on (ws://\S+)", log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise RuntimeError(f"Firefox did not start:\n{log.read_text(errors='replace')}")
