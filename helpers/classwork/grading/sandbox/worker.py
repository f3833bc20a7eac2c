"""The process in which students' code runs. Started by `engine`, within what `confine` allows.

It is told two things on its input: first the lesson, which it runs, then a submission. As the
"fresh" engine it runs one submission and ends. As the "fork" engine it starts a child for each
submission: the child reads it, runs it and passes on what comes of it, while this process keeps
watch and clears up. This process itself never reads a line of a student's.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import sys

from classwork.grading.sandbox.limits import play_and_exit
from classwork.grading.sandbox.protocol import read_message, say, take_over

SET_DUMPABLE = 4


def main() -> None:
    """Run the lesson, then what is asked."""
    incoming, outgoing = take_over(0, os.O_RDONLY), take_over(1, os.O_WRONLY)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_DUMPABLE, 0, 0, 0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    once, body = read_message(incoming)
    setting = json.loads(body)
    try:
        from classwork.grading.sandbox.execute import Stage, hush

        hush(setting["quiet"])
        with contextlib.chdir(setting["lessons"]):
            stage = Stage(setting["given"], setting["exercises"])
    except Exception as error:
        say(outgoing, once, "runner", {"failed": str(error)})
        return
    say(outgoing, once, "runner", {"ready": True})
    os.close(take_over(2, os.O_WRONLY))
    if setting["engine"] == "fork":
        from classwork.grading.sandbox.fork_server import Watch

        Watch(stage, setting, incoming, outgoing).serve()
    else:
        once, body = read_message(incoming)
        play_and_exit(stage, setting, body, outgoing, f"{once} child ")
