"""Whether a table is the one that was published: its fingerprint stands in datapackage.json."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from two_winds.datasets.description import stamp

PACKAGE = "datapackage.json"
CHANGED = "The file {name}.csv was changed since it was published; ask whoever changed it how."


def fingerprint(path: Path) -> str:
    """Return the fingerprint of a table's file, the same whatever its line ends are."""
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def is_changed(name: str, folder: Path) -> bool:
    """Tell whether a published table has been changed; a teacher's own table was not published."""
    package = folder / PACKAGE
    known = published(package, stamp(package)).get(name)
    return known is not None and known != fingerprint(folder / f"{name}.csv")


@lru_cache(maxsize=8)
def published(package: Path, state: object) -> dict[str, str]:
    """Return the fingerprints of all tables as published, read anew when the file has changed."""
    if state is None:
        return {}
    resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
    return {one["name"]: one["hash"] for one in resources if "hash" in one}
