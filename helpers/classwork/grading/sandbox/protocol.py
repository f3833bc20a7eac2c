"""What the teacher's process and the one that runs submissions say to each other.

What is told is a length, in LENGTH digits, and so many bytes of JSON. What is answered are lines
of JSON. Each submission has a channel of its own, which ends with the processes that hold it.
"""

from __future__ import annotations

import json
import os
from typing import Any

LENGTH = 16
PIECE = 65_536
MOST_SAID = 4_000_000
# What the fork server is told of a submission: that it has said its last word and may leave by
# itself, or that it is to be ended at once.
OVER, STOP = b"o", b"s"
LEAVING_SECONDS = 5


def message(what: dict[str, Any]) -> bytes:
    """Return what is told, as bytes."""
    body = json.dumps(what).encode()
    return f"{len(body):0{LENGTH}}".encode() + body


def take_over(standard: int, mode: int) -> int:
    """Return a descriptor of our own for a standard stream, which is then turned to nothing."""
    own = os.dup(standard)
    nothing = os.open(os.devnull, mode)
    os.dup2(nothing, standard)
    os.close(nothing)
    return own


def read_message(incoming: int) -> Any:
    """Return what is told, or end with the teacher's process."""
    return json.loads(read_exactly(incoming, int(read_exactly(incoming, LENGTH))))


def read_exactly(incoming: int, length: int) -> bytes:
    """Return so many bytes, or end the process where there are no more."""
    read = b""
    while len(read) < length:
        piece = os.read(incoming, min(PIECE, length - len(read)))
        if not piece:
            os._exit(0)
        read += piece
    return read


def say(outgoing: int, what: dict[str, Any]) -> None:
    """Write one line of what is answered; end the process where nobody reads any more."""
    data = f"{json.dumps(what)}\n".encode()
    try:
        while data:
            data = data[os.write(outgoing, data) :]
    except OSError:
        os._exit(0)
