"""A sandbox of its own for each submission, made out of one that stands already (Linux).

bubblewrap's sandbox holds the lesson, loaded once. Each submission is a fork of it, with process
and IPC namespaces of its own and a file system in memory that is gone with it; whatever a
submission starts or leaves anywhere ends with its first process.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import platform
import signal
import struct
from collections.abc import Callable

NEW_MOUNTS, NEW_IPC, NEW_PROCESSES = 0x20000, 0x8000000, 0x20000000
NO_SUID_NO_DEVICES = 0x2 | 0x4
DROP_FROM_BOUNDS, NO_NEW_PRIVILEGES, AMBIENT, CLEAR_ALL = 24, 38, 47, 4
CAPABILITIES_VERSION, MOST_CAPABILITIES = 0x20080522, 64
SET_DEATH_SIGNAL = 1
# add_key, request_key and keyctl, by machine, and what a filter of system calls is written in.
KEYRINGS = {
    "x86_64": (0xC000003E, (248, 249, 250)),
    "aarch64": (0xC00000B7, (217, 218, 219)),
}
LOAD, UNLESS_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
SET_FILTER, FILTER_MODE = 22, 2
# How the first process of a submission ends when the submission has left others running.
LEFT_OTHERS = 64
SIGNALLED = 128


class _Header(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


def _system(name: str, *arguments: object) -> None:
    """Call the C library, or raise OSError."""
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), name)


def fork_apart(run: Callable[[], None], folder: str, size: int) -> int:
    """Start the work of `run_apart` and return the process to wait for; SIGTERM ends the work."""
    keeper = os.fork()
    if keeper:
        return keeper
    code = 1
    try:
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        _system("unshare", NEW_PROCESSES)
        first = os.fork()
        if first == 0:
            run_apart(run, folder, size)
        # With its first process all others of the namespace end.
        signal.signal(signal.SIGTERM, lambda *_: os.kill(first, signal.SIGKILL))
        code = os.WEXITSTATUS(os.waitpid(first, 0)[1])
    finally:
        os._exit(code)


def run_apart(run: Callable[[], None], folder: str, size: int) -> None:
    """Be the first process of new namespaces: have another do the work, and end with it.

    Args:
        run: the work.
        folder: where there is room to write, in memory.
        size: how much, in bytes.
    """
    code = 1
    try:
        ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        _system("unshare", NEW_MOUNTS | NEW_IPC)
        room = f"size={size},mode=700".encode()
        _system("mount", b"none", folder.encode(), b"tmpfs", NO_SUID_NO_DEVICES, room)
        drop_capabilities()
        worker = os.fork()
        if worker == 0:
            os.setsid()
            run()
            os._exit(0)
        code = wait_for(worker)
    finally:
        os._exit(code)


def wait_for(worker: int) -> int:
    """Return how a process ended, and reap whatever else ends until then."""
    ended = status = 0
    while ended != worker:
        ended, status = os.waitpid(-1, 0)
    if os.WIFSIGNALED(status):
        return SIGNALLED + os.WTERMSIG(status)
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG)[0]) >= 0:
            if not found:
                return LEFT_OTHERS
    return os.WEXITSTATUS(status)


def refuse_keyrings() -> None:
    """Refuse the calls for the system's keyrings, which outlive whoever writes into them.

    On a machine of another kind than those of `KEYRINGS` nothing is refused.
    """
    if platform.machine() not in KEYRINGS:
        return
    machine, calls = KEYRINGS[platform.machine()]
    steps = [
        (LOAD, 0, 0, 4),
        (UNLESS_EQUAL, 0, len(calls) + 2, machine),  # another machine's calls: all refused
        (LOAD, 0, 0, 0),
        *((UNLESS_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE | errno.EPERM),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = struct.pack("HL", len(steps), ctypes.addressof(code))
    _system("prctl", NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    _system("prctl", SET_FILTER, FILTER_MODE, program, 0, 0)


def drop_capabilities() -> None:
    """Give up every privilege within the sandbox, for good."""
    library = ctypes.CDLL(None)
    for capability in range(MOST_CAPABILITIES):
        library.prctl(DROP_FROM_BOUNDS, capability, 0, 0, 0)
    library.prctl(AMBIENT, CLEAR_ALL, 0, 0, 0)
    _system("capset", ctypes.byref(_Header(CAPABILITIES_VERSION, 0)), (ctypes.c_uint32 * 6)())
    _system("prctl", NO_NEW_PRIVILEGES, 1, 0, 0, 0)
