"""Cut the Chinese subset font that travels with the package.

    python tools/make_font.py /path/to/NotoSansCJK-Regular.ttc

Needs Noto Sans CJK (SIL Open Font License 1.1; Debian package fonts-noto-cjk) and fonttools. The
subset holds every Chinese character found in the lessons, the datasets and the helpers, and is
renamed, as the licence asks of a changed font. The same input gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parent.parent
FONT = ROOT / "helpers" / "two_winds" / "fonts" / "TwoWindsHan.otf"
NAME = "Two Winds Han"
SIMPLIFIED_CHINESE = "Noto Sans CJK SC"


def is_han(character: str) -> bool:
    """Tell whether a character is Chinese writing or Chinese punctuation."""
    return (
        "\u3000" <= character <= "\u303f"
        or "\u3400" <= character <= "\u9fff"
        or ("\uff00" <= character <= "\uffef")
    )


def characters_in_use() -> str:
    """Return every Chinese character in the project's texts, sorted."""
    found: set[str] = set()
    for folder, pattern in (
        ("notebooks", "**/*.ipynb"),
        ("notebooks", "**/*.md"),
        ("datasets", "*"),
        ("helpers", "**/*.py"),
    ):
        for path in (ROOT / folder).glob(pattern):
            if path.is_file():
                found |= set(filter(is_han, path.read_text(encoding="utf-8")))
    return "".join(sorted(found))


def cut(source: Path, text: str) -> None:
    """Write the subset of `source` that draws `text`."""
    with TTCollection(source) as collection:
        fonts = collection.fonts
        font = next(f for f in fonts if f["name"].getDebugName(1) == SIMPLIFIED_CHINESE)
        shrink(font, text)
        font.save(FONT)


def shrink(font: TTFont, text: str) -> None:
    """Take off a font what `text` does not need, and give it its own name."""
    options = subset.Options(layout_features=[], name_IDs=[0, 1, 2, 13, 14], hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text + " ")
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = NAME
    font.recalcTimestamp = False


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    wanted = characters_in_use()
    cut(Path(sys.argv[1]), wanted)
    print(f"{FONT.relative_to(ROOT)}: {len(wanted)} characters, {FONT.stat().st_size} bytes")
