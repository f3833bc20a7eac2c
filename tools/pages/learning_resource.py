"""What a page says of its lesson to catalogues and search engines, in the words of schema.org.

The words for learning resources are those of LRMI, which schema.org has taken over; names read in
schema-dts 2.1.0, the vocabulary as types. What is said comes from the lesson: its first cell
(title, question, goals, minutes, what to know first) and the notebook's metadata (authors, licence,
what it is about).
"""

from __future__ import annotations

import re
from typing import Any

from page_exercises import as_json
from two_winds.course import CITATION, COURSE
from two_winds.start_page.lesson_map import LINK

CONTEXT = {"@context": "https://schema.org"}
NOTICE = "Texts and tables: CC BY 4.0. Code: MIT."
MARKS = re.compile(r"[*`]")


def course(rows: dict[str, dict[str, Any]]) -> str:
    """Return what the index says of the whole course, as JSON; `rows` are the lessons' headers."""
    parts = [
        {"@type": "LearningResource", "name": row["lesson"], "url": f"{name}.html"}
        for name, row in rows.items()
    ]
    about = {"name": COURSE.title, "inLanguage": "en", "isAccessibleForFree": True}
    said = CONTEXT | {"@type": "Course"} | about
    return as_json(said | {"creditText": CITATION, "copyrightNotice": NOTICE, "hasPart": parts})


def lesson(name: str, header: str, row: dict[str, Any], metadata: dict[str, Any]) -> str:
    """Return what a page says of its lesson, as JSON.

    Args:
        name: the name of its notebook without the ending.
        header: its first cell.
        row: what `lesson_map.read_header` makes of that.
        metadata: the notebook's own.
    """
    said = CONTEXT | {
        "@type": "LearningResource",
        "name": row["lesson"],
        "description": row["question"],
        "url": f"{name}.html",
        "learningResourceType": "lesson",
        "educationalLevel": "upper secondary education",
        "typicalAgeRange": "16-22",
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "about": [{"@type": "Thing", "name": one} for one in metadata.get("about", [])],
        "teaches": goals(header),
        "timeRequired": f"PT{row['minutes']}M",
        "isPartOf": {"@type": "Course", "name": COURSE.title, "url": "index.html"},
        "creditText": CITATION,
        "copyrightNotice": NOTICE,
    }
    if row["know first"] != "nothing":
        said["competencyRequired"] = plain(row["know first"])
    if "license" in metadata:
        said["license"] = metadata["license"]
    if "authors" in metadata:
        said["author"] = [{"@type": "Organization", **one} for one in metadata["authors"]]
    return as_json(said)


def goals(header: str) -> list[str]:
    """Return the goals in a lesson's first cell.

    >>> goals("**Goals.** You can\\n\\n- add *up*;\\n- ask.\\n\\n**Minutes.** 50")
    ['add up', 'ask']
    """
    found = re.search(r"\*\*Goals\.\*\*.*?\n\n((?:- .*\n?(?:  .*\n?)*)+)", header)
    items = re.split(r"^- ", found[1], flags=re.MULTILINE)[1:] if found else []
    return [plain(item).rstrip(";.") for item in items]


def plain(text: str) -> str:
    """Return Markdown of one line as plain words."""
    return MARKS.sub("", LINK.sub(r"\1", " ".join(text.split())))
