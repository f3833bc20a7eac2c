"""What the teacher's process and the one that runs submissions say to each other.

What is told has a head of HEAD bytes: a number used once, in hexadecimal, and the length of what
follows. What is answered is a line: that number, who speaks ("child" or "runner"), and JSON.
"""

from __future__ import annotations

import json
import os
from typing import Any

ONCE, LENGTH = 32, 16
HEAD = ONCE + LENGTH
PIECE = 65_536
MOST_SAID = 2_000_000


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
