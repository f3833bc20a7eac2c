"""The "fork" engine's watch (Linux): a child for each submission, and order after it."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import select
import shutil
import signal
from pathlib import Path
from typing import Any

from classwork.grading.sandbox.limits import MOST_PROCESSES, play_and_exit
from classwork.grading.sandbox.protocol import (
    HEAD,
    MOST_SAID,
    ONCE,
    PIECE,
    read_exactly,
    say,
    write,
)

SET_DEATH_SIGNAL, SET_CHILD_SUBREAPER = 1, 36


class Watch:
    """Starts a child for each submission, passes on what it says, and clears up after it."""

    def __init__(self, stage: Any, setting: dict[str, Any], incoming: int, outgoing: int) -> None:
        """Take over the lesson as it stands after its own cells."""
        self.stage, self.setting = stage, setting
        self.incoming, self.outgoing = incoming, outgoing
        # What a child leaves behind becomes ours, to be ended.
        ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def serve(self) -> None:
        """Run one submission after another until the teacher's process has no more."""
        gc.collect()
        gc.freeze()
        while True:
            head = read_exactly(self.incoming, HEAD)
            once = head[:ONCE].decode()
            if not int(head[ONCE:]):
                continue  # asked to stop what had just ended by itself
            heard, spoken = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(heard)
                self.be_the_child(spoken, int(head[ONCE:]))
            os.close(spoken)
            why, strays = self.listen(child, heard, once)
            say(self.outgoing, once, "runner", {"over": why, "strays": strays})

    def be_the_child(self, spoken: int, length: int) -> None:
        """Read the submission, shut every door but one, and run it."""
        try:
            os.setsid()
            ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
            body = read_exactly(self.incoming, length)
            os.close(self.incoming)
            os.close(self.outgoing)
            os.write(spoken, b"\n")
            play_and_exit(self.stage, self.setting, body, spoken, "")
        finally:
            os._exit(1)

    def listen(self, child: int, heard: int, once: str) -> tuple[str, int]:
        """Pass on what a child says until it has ended; return why it ended and what it left."""
        handle = os.pidfd_open(child)
        why, rest, said = "", b"", 0
        open_ends = [heard, handle]
        while not why:
            ready = select.select(open_ends, [], [], 0.1)[0]
            if heard in ready:
                piece = os.read(heard, PIECE)
                if not piece:
                    open_ends.remove(heard)
                elif not said:
                    # Only now is the submission off our input, and what comes there for us.
                    open_ends.append(self.incoming)
                said += len(piece) + HEAD * piece.count(b"\n")
                rest = self.pass_on(rest + piece, once)
            elif handle in ready:
                why = "ended"
            if self.incoming in ready:
                why = self.stopped(once) or why
            why = too_much(said, bool(ready)) or why
        status, strays = self.clear_up(child, handle, heard)
        return how_it_ended(status) if why == "ended" else why, strays

    def pass_on(self, data: bytes, once: str) -> bytes:
        """Pass on whole lines, each with who said it; return what is left of the last."""
        *lines, rest = data.split(b"\n")
        head = f"{once} child ".encode()
        write(self.outgoing, b"".join(head + line + b"\n" for line in lines if line))
        return rest

    def stopped(self, once: str) -> str:
        """Return "stopped" if the teacher's process asks for an end of this submission."""
        head = read_exactly(self.incoming, HEAD)
        return "stopped" if head[:ONCE].decode() == once else ""

    def clear_up(self, child: int, handle: int, heard: int) -> tuple[int, int]:
        """End all that a submission started and empty its folder.

        Returns:
            How the child ended, as `os.waitpid` says, and how many processes were left over.
        """
        left, status = own_children() - {child}, 0
        while own_children():
            end_children(self.setting["confined"])
            with contextlib.suppress(ChildProcessError):
                ended, how = os.waitpid(-1, 0)
                status = how if ended == child else status
        os.close(handle)
        os.close(heard)
        for place in Path(self.setting["folder"]).iterdir():
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place, ignore_errors=True)
            else:
                place.unlink(missing_ok=True)
        return status, len(left)


def too_much(said: int, busy: bool) -> str:
    """Return what there is too much of, or ""; processes are counted in quiet moments alone."""
    if said > MOST_SAID:
        return "flood"
    return "processes" if not busy and processes() > MOST_PROCESSES else ""


def how_it_ended(status: int) -> str:
    """Return "time" if the system ended a child for its use of the processor, else "died"."""
    over_time = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU
    return "time" if over_time else "died"


def processes() -> int:
    """Return how many processes there are here; outside a confinement that is the whole machine."""
    return sum(entry.isdigit() for entry in os.listdir("/proc")) if os.getpid() == 1 else 0


def own_children() -> set[int]:
    """Return the processes that are ours to end."""
    me = os.getpid()
    children = Path(f"/proc/{me}/task/{me}/children").read_text(encoding="ascii")
    return {int(number) for number in children.split()}


def end_children(alone: bool) -> None:
    """End everything else, where everything else is a submission's; else our own children."""
    with contextlib.suppress(ProcessLookupError):
        if alone:
            os.kill(-1, signal.SIGKILL)
        else:
            for child in own_children():
                os.kill(child, signal.SIGKILL)
