"""Writing a file whole or not at all: on a full disk, or when stopped, the old one stays."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write a file beside its place and move it there once it is whole.

    Args:
        path: the file; the folders that it wants are made.
        content: bytes, or a text, which is written in UTF-8 with its line ends as they are.

    Raises:
        OSError: if it cannot be written, or another program holds it open, as a spreadsheet does on
            Windows; what was there before is still there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # With the number of the process, for two of them may write the same file at once.
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        if isinstance(content, str):
            part.write_text(content, encoding="utf-8", newline="")
        else:
            part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        # A full disk does not say where.
        error.filename = error.filename or str(path)
        raise
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
