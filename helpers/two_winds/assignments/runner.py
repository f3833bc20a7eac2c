"""The process in which students' code runs. Started by `engine`, within what `confine` allows.

It is told two things on its input: first the lesson, which it runs, then a submission. As the
"fresh" engine it runs one submission and ends. As the "fork" engine it starts a child for each
submission: the child reads it, runs it and passes on what comes of it, while this process keeps
watch and clears up. This process itself never reads a line of a student's.

What is told has a head of HEAD bytes: a number used once, in hexadecimal, and the length of what
follows. What is answered is a line: that number, who speaks ("child" or "runner"), and JSON.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import os
import select
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

ONCE, LENGTH = 32, 16
HEAD = ONCE + LENGTH
PIECE = 65_536
MOST_SAID = 2_000_000
MOST_PROCESSES = 40
LARGEST_FILE = 16_000_000
CPU_SIGNAL = 24
SET_DUMPABLE, SET_CHILD_SUBREAPER = 4, 36


def main() -> None:
    """Run the lesson, then what is asked."""
    incoming, outgoing = take_over(0, os.O_RDONLY), take_over(1, os.O_WRONLY)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_DUMPABLE, 0, 0, 0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    once, body = read_message(incoming)
    setting = json.loads(body)
    try:
        stage = prepare(setting)
    except Exception as error:
        say(outgoing, once, "runner", {"failed": str(error)})
        return
    say(outgoing, once, "runner", {"ready": True})
    os.close(take_over(2, os.O_WRONLY))
    if setting["engine"] == "fork":
        Watch(stage, setting, incoming, outgoing).serve()
    else:
        once, body = read_message(incoming)
        play_and_exit(stage, setting, body, outgoing, f"{once} child ")


def take_over(standard: int, mode: int) -> int:
    """Return a descriptor of our own for a standard stream, which is then turned to nothing."""
    own = os.dup(standard)
    nothing = os.open(os.devnull, mode)
    os.dup2(nothing, standard)
    os.close(nothing)
    return own


def read_message(incoming: int) -> tuple[str, bytes]:
    """Return the number used once and the body of a message, or end with the teacher's process."""
    head = read_exactly(incoming, HEAD)
    return head[:ONCE].decode(), read_exactly(incoming, int(head[ONCE:]))


def read_exactly(incoming: int, length: int) -> bytes:
    """Return so many bytes, or end the process where there are no more."""
    read = b""
    while len(read) < length:
        piece = os.read(incoming, min(PIECE, length - len(read)))
        if not piece:
            os._exit(0)
        read += piece
    return read


def say(outgoing: int, once: str, who: str, what: dict[str, Any]) -> None:
    """Write one line of what is answered."""
    write(outgoing, f"{once} {who} {json.dumps(what)}\n".encode())


def write(outgoing: int, data: bytes) -> None:
    """Write all of some bytes; end the process where nobody reads them any more."""
    try:
        while data:
            data = data[os.write(outgoing, data) :]
    except OSError:
        os._exit(0)


def prepare(setting: dict[str, Any]) -> Any:
    """Import what lessons import, without what draws for a reader, and run the lesson's cells."""
    from two_winds import picture

    for name in ("picture_html", "quick_html", "table_html"):
        setattr(picture, name, lambda *_arguments, **_options: "")
    picture.display = lambda *_arguments, **_options: None
    from two_winds.assignments.playing import Stage

    return Stage(setting["given"], setting["exercises"])


def play_and_exit(
    stage: Any, setting: dict[str, Any], body: bytes, outgoing: int, prefix: str
) -> None:
    """Run one submission and end this process, whatever happens."""
    from two_winds.assignments.playing import play

    # A student's code may put others in the place of these.
    leave, put, dump = os._exit, os.write, json.dumps

    def send(what: dict[str, Any]) -> None:
        data = f"{prefix}{dump(what)}\n".encode()
        while data:
            data = data[put(outgoing, data) :]

    try:
        limit_own_use(setting)
        os.chdir(setting["folder"])
        play(stage, json.loads(body), send, setting["seconds"])
    finally:
        leave(0)


def limit_own_use(setting: dict[str, Any]) -> None:
    """Ask the system to bound memory, size of files and number of processes, where it can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    bounds = {"RLIMIT_CORE": 0, "RLIMIT_FSIZE": LARGEST_FILE}
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text().split()[0])
        bounds["RLIMIT_AS"] = pages * resource.getpagesize() + setting["memory_mb"] * 2**20
        bounds["RLIMIT_NPROC"] = MOST_PROCESSES if setting["confined"] else None
    for name, bound in bounds.items():
        if bound is not None:
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (bound, bound))


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
        why, rest, said, began = "", b"", 0, False
        open_ends = [heard, handle]
        while not why:
            ready = select.select(open_ends, [], [], 0.1)[0]
            if heard in ready:
                piece = os.read(heard, PIECE)
                said += len(piece) + HEAD * piece.count(b"\n")
                rest = self.pass_on(rest + piece, once)
                if piece and not began:
                    # Only now is the submission off our input, and what comes there for us.
                    began = True
                    open_ends.append(self.incoming)
                if not piece:
                    open_ends.remove(heard)
            elif handle in ready:
                why = "ended"
            if self.incoming in ready:
                why = self.stopped(once) or why
            if said > MOST_SAID:
                why = "flood"
            elif not ready and processes() > MOST_PROCESSES:
                why = "processes"
        status, strays = self.clear_up(child, handle, heard)
        if why == "ended":
            why = "time" if os.WIFSIGNALED(status) and os.WTERMSIG(status) == CPU_SIGNAL else "died"
        return why, strays

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


def processes() -> int:
    """Return how many processes there are here; outside a confinement that is the whole machine."""
    return sum(entry.isdigit() for entry in os.listdir("/proc")) if os.getpid() == 1 else 0


def own_children() -> set[int]:
    """Return the processes that are ours to end."""
    me = os.getpid()
    return {int(n) for n in Path(f"/proc/{me}/task/{me}/children").read_text().split()}


def end_children(alone: bool) -> None:
    """End everything else, where everything else is a submission's; else our own children."""
    with contextlib.suppress(ProcessLookupError):
        if alone:
            os.kill(-1, signal.SIGKILL)
        else:
            for child in own_children():
                os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    main()
