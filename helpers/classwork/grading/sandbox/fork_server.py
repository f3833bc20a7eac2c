"""The process that holds the lesson and forks a sandbox for each submission (Linux, confined).

It never reads a line of a student's: each child gets a channel of its own and reads it itself.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
from typing import Any

from classwork.grading.sandbox.limits import MOST_PROCESSES, play_and_exit
from classwork.grading.sandbox.namespaces import LEFT_OTHERS, SIGNALLED, fork_apart
from classwork.grading.sandbox.protocol import LEAVING_SECONDS, OVER, say

FOLDER_BYTES = 64_000_000
PAGE = os.sysconf("SC_PAGE_SIZE")


def can_fork(folder: str) -> bool:
    """Tell whether namespaces can be made here, by making some."""
    trial = fork_apart(lambda: None, folder, FOLDER_BYTES)
    return os.waitstatus_to_exitcode(os.waitpid(trial, 0)[1]) == 0


def serve(stage: Any, setting: dict[str, Any], incoming: int, outgoing: int) -> None:
    """Run one submission after another until the teacher's process has no more.

    On `incoming` comes a byte with the channel of a submission, then OVER or STOP for it. On
    `outgoing` goes a line for each submission: how it ended.
    """
    control = socket.socket(fileno=incoming)
    gc.collect()
    gc.freeze()
    while True:
        asked, channels, *_ = socket.recv_fds(control, 1, 1)
        if not asked:
            return
        for channel in channels:
            before = set(processes())

            def be_the_child(channel: int = channel) -> None:
                control.close()
                os.close(outgoing)
                play_and_exit(stage, setting, channel, channel)

            child = fork_apart(be_the_child, setting["folder"], FOLDER_BYTES)
            os.close(channel)
            say(outgoing, {"ended": watch(child, control, before, setting["memory_mb"])})


def watch(child: int, control: socket.socket, before: set[int], memory_mb: int) -> str:
    """Wait until a submission has ended, or end it; return why it did."""
    handle = os.pidfd_open(child)
    why = ""
    while not why:
        ready = select.select([handle, control], [], [], 0.1)[0]
        if handle in ready:
            break
        if control in ready:
            told = control.recv(1)
            # What it leaves behind is known once its first process has ended.
            leaves = told == OVER and select.select([handle], [], [], LEAVING_SECONDS)[0]
            why = "" if leaves else "stopped"
        else:
            why = too_much(set(processes()) - before, memory_mb)
    if why:
        os.kill(child, signal.SIGTERM)
    os.close(handle)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return why or how_it_ended(code)


def how_it_ended(code: int) -> str:
    """Return how a submission ended, from the exit code of its first process."""
    if code == SIGNALLED + signal.SIGXCPU:
        return "time"
    return {0: "", LEFT_OTHERS: "strays"}.get(code, "died")


def too_much(own: set[int], memory_mb: int) -> str:
    """Return what a submission has too much of, or ""."""
    if len(own) > MOST_PROCESSES:
        return "processes"
    ours = resident(os.getpid())
    more = sum(max(0, resident(process) - ours) for process in own)
    # One process is bounded by the system; this is for several together.
    return "memory" if more > 2 * memory_mb * 2**20 else ""


def processes() -> list[int]:
    """Return the processes that there are."""
    return [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]


def resident(process: int) -> int:
    """Return how much memory a process holds, in bytes; 0 if it has ended meanwhile."""
    try:
        with open(f"/proc/{process}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * PAGE
    except (OSError, IndexError):
        return 0
