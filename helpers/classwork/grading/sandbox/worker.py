"""The process in which students' code runs. Started by `process`, within what `bubblewrap` allows.

It is told the lesson, which it runs. Where it can, it then forks a sandbox for each submission;
else it runs one submission itself and ends.
"""

from __future__ import annotations

import contextlib
import ctypes
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
    setting = read_message(incoming)
    if setting["confined"]:
        from classwork.grading.sandbox.namespaces import refuse_keyrings, wait_for

        refuse_keyrings()
    try:
        from classwork.grading.sandbox.execute import Stage, hush

        hush(setting["quiet"])
        with contextlib.chdir(setting["lessons"]):
            stage = Stage(setting["given"], setting["exercises"])
    except Exception as error:
        say(outgoing, {"failed": str(error)})
        return
    forks = False
    if setting["engine"] == "fork":
        from classwork.grading.sandbox.fork_server import can_fork, serve

        forks = can_fork(setting["folder"])
    say(outgoing, {"ready": True, "forks": forks})
    os.close(take_over(2, os.O_WRONLY))
    if forks:
        serve(stage, setting, incoming, outgoing)
        return
    # The system's signal to whoever computes too long would not end this process while it is the
    # first of its namespace.
    if setting["confined"] and (child := os.fork()):
        os._exit(wait_for(child))
    play_and_exit(stage, setting, incoming, outgoing)
