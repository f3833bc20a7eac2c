"""Do the browser tests hold when the machine has other things to do?

    python tests/benchmarks/browser_under_load.py [--rounds 20] [--lesson 06]

Runs tests/lessons/test_browser.py so many times, of one lesson or of all, while the processor's
other cores (all but one) count in vain. Says of each round how it went, at the end how many passed.
What pytest said of a round that failed is kept in tests/artefacts, beside the screenshots.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ARTEFACTS = ROOT / "tests" / "artefacts"
COUNT_IN_VAIN = "while True: pass"


@contextlib.contextmanager
def busy_cores(count: int) -> Iterator[None]:
    """Keep so many cores busy."""
    counting = [subprocess.Popen([sys.executable, "-c", COUNT_IN_VAIN]) for _ in range(count)]
    try:
        yield
    finally:
        for process in counting:
            process.kill()
            process.wait()


def passes(place: int, lesson: str) -> bool:
    """Run the browser tests once; keep what was said where they fail."""
    command = [sys.executable, "-m", "pytest", "tests/lessons/test_browser.py", "-q", "-k", lesson]
    start = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8")
    summary = done.stdout.strip().splitlines()[-1]
    print(f"round {place}: {summary} ({time.monotonic() - start:.0f} s)", flush=True)
    if done.returncode:
        ARTEFACTS.mkdir(exist_ok=True)
        (ARTEFACTS / f"round-{place}.txt").write_text(done.stdout, encoding="utf-8")
    return done.returncode == 0


def main() -> int:
    """Run the rounds; return 0 if all passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20, help="how many (20)")
    parser.add_argument("--lesson", default="", help="the beginning of its name, such as 06 (all)")
    chosen = parser.parse_args()
    busy = max(1, (os.cpu_count() or 2) - 1)
    with busy_cores(busy):
        rounds = range(1, chosen.rounds + 1)
        passed = sum(passes(place, chosen.lesson) for place in rounds)
    print(f"{passed} of {chosen.rounds} rounds passed, with {busy} of {busy + 1} cores busy.")
    return 0 if passed == chosen.rounds else 1


if __name__ == "__main__":
    sys.exit(main())
