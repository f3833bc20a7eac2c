"""Write the tables to take away: one zip for whoever wants the figures and not the lessons.

    python start.py tables

The file two_winds_tables.zip holds every table as CSV with its description, all of them in one
workbook (its first sheet tells what each is, and each sheet begins with the passport),
datapackage.json (Frictionless), croissant.json (MLCommons, with its responsible-AI fields), the
licence and how to cite. The same tables give the same bytes.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

from croissant import croissant
from two_winds.course import CHECKOUT, DATASETS
from two_winds.datasets.frictionless import data_package
from workbook import workbook

FILE = CHECKOUT / "two_winds_tables.zip"
# A zip notes when each file was changed; the first Sputnik is too early for it.
WHEN = (1980, 1, 1, 0, 0, 0)
ABOUT = """Two Winds: the tables

csv/             every table, UTF-8, its description (.yaml) beside it; sources.csv: every work
two_winds.xlsx   all tables in one workbook, the passport of each above its rows
datapackage.json the same for Frictionless tools
croissant.json   the same for machine-learning tools, with what is known of faults and gaps
CITATION.cff     how to cite; cite each row's own source with it
LICENSE          CC BY 4.0 for tables and texts

Each row has a grade. A: read in a source text. B: read in a dataset or a later work, or worked
out by a stated step. C: only remembered, read by nobody here in a source; use it for nothing.
"""


def files() -> dict[str, bytes]:
    """Return every file of the zip by its path."""
    package = data_package(DATASETS)
    for resource in package["resources"]:
        resource["path"] = f"csv/{resource['path']}"
    package["sources"] = [source | {"path": "csv/sources.csv"} for source in package["sources"]]
    found = {
        f"csv/{path.name}": path.read_bytes()
        for path in sorted(DATASETS.iterdir())
        if path.suffix in (".csv", ".yaml")
    }
    found |= {
        "README.txt": ABOUT.encode("utf-8"),
        "two_winds.xlsx": workbook(),
        "datapackage.json": as_json(package),
        "croissant.json": as_json(croissant(found)),
    }
    return found | {name: (CHECKOUT / name).read_bytes() for name in ("CITATION.cff", "LICENSE")}


def as_json(value: object) -> bytes:
    """Return a value as readable JSON."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def as_zip(content: dict[str, bytes]) -> bytes:
    """Return files as a zip, the same bytes each time."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(content):
            entry = zipfile.ZipInfo(path, WHEN)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content[path], zipfile.ZIP_DEFLATED)
    return memory.getvalue()


def main(file: Path = FILE) -> int:
    """Write the zip and say where it is; return the exit code."""
    content = as_zip(files())
    try:
        file.write_bytes(content)
    except OSError as error:
        print(f"{file} cannot be written: {error.strerror}. Close what has it open.")
        return 1
    print(f"The tables are in {file} ({len(content) / 1e6:.1f} MB).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
