"""Who handed in a file, told from where it lies: platforms name files and folders each their way.

Moodle     Anna Petrova_12345_assignsubmission_file/lesson.ipynb, or the same in one name
Canvas     petrovaanna_12345_67890_lesson.ipynb, petrovaanna_LATE_12345_67890_lesson.ipynb
JupyterHub, nbgitpuller, nbgrader    anna/lesson.ipynb, anna/06_overtake_america/lesson.ipynb
elsewhere  anna.ipynb
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

MOODLE = re.compile(r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_file(_.*)?")
CANVAS = re.compile(r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<number>\d+)_\d+_.+")
ENDING = re.compile(r"\.ipynb(\.txt|\.json)?$", re.IGNORECASE)


def students_of(
    files: list[str], lesson: str, name_in: Callable[[str], str]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return who handed in each file, and remarks on those who would have had the same name.

    Args:
        files: places within the pile, such as "anna/lesson.ipynb"; a zip counts as a folder.
        lesson: the stem of the lesson's own file, by which nobody is called.
        name_in: returns the name that stands on a file's own name line, or "".
    """
    owners = {file: owner for file in files if (owner := platform_owner(file))}
    rest = [file for file in files if file not in owners]
    by_folder = lies_in_own_folders(rest, lesson)
    folders = own_folders(rest) if by_folder else {}
    for file in rest:
        stem = without_lesson(stem_of(PurePosixPath(file).name), lesson)
        if file not in folders and bears_the_lessons_name(stem, lesson):
            stem = name_in(file) or stem
        owners[file] = folders.get(file) or (stem, str(PurePosixPath(file).parent), file)
    return told_apart(owners)


def platform_owner(file: str) -> tuple[str, str, str] | None:
    """Return the name, the number and the identity that Moodle or Canvas wrote, or None."""
    found = platform_name(file)
    return (found["name"].strip(), found["number"], platform_identity(found)) if found else None


def platform_name(file: str) -> re.Match[str] | None:
    """Return what Moodle or Canvas wrote into a place within the pile, or None."""
    path = PurePosixPath(file)
    # The outermost name is the platform's own; what lies within a student may have named.
    for part in path.parts:
        found = MOODLE.fullmatch(part)
        if not found and (part == path.name or part.casefold().endswith(".zip")):
            found = CANVAS.fullmatch(stem_of(part))
        if found:
            return found
    return None


def platform_numbers(files: list[str]) -> dict[str, re.Match[str]]:
    """Return what the platform wrote into each file's name, where it did.

    A number that several names bear is none of a platform's: it is the year in anna_2026_12_01.
    """
    found = {file: name for file in files if (name := platform_name(file))}
    names = defaultdict(set)
    for name in found.values():
        names[name["number"]].add(name["name"])
    return {file: name for file, name in found.items() if len(names[name["number"]]) == 1}


def platform_identity(found: re.Match[str]) -> str:
    """Return what is the same for all files of one person on a platform."""
    return f"{found['name'].strip()}_{found['number']}"


def stem_of(name: str) -> str:
    """Return a notebook's file name without its ending."""
    return ENDING.sub("", name) or name


def without_lesson(stem: str, lesson: str) -> str:
    """Return a file's stem without the lesson's name, where a student's is left.

    >>> without_lesson("06_overtake_america_student_anna", "06_overtake_america")
    'anna'
    >>> without_lesson("06_overtake_america (1)", "06_overtake_america")
    '06_overtake_america (1)'
    """
    left = re.sub(f"{re.escape(lesson)}(_student)?", "", stem, flags=re.IGNORECASE).strip(" _-")
    return left if any(letter.isalpha() for letter in left) else stem


def bears_the_lessons_name(stem: str, lesson: str) -> bool:
    """Tell whether a file is called as the lesson is, perhaps with a number behind it."""
    return stem.casefold().startswith(lesson.casefold())


def lies_in_own_folders(files: list[str], lesson: str) -> bool:
    """Tell whether most files bear a name that stands in other folders too, or the lesson's."""
    names = Counter(PurePosixPath(file).name.casefold() for file in files)
    own = (lesson.casefold(), f"{lesson}_student".casefold())
    shared = [
        file
        for file in files
        if names[(name := PurePosixPath(file).name.casefold())] > 1 or stem_of(name) in own
    ]
    return 2 * len(shared) > len(files)


def own_folders(files: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    """Return for each file in a folder the folder that tells it from the others, as an owner.

    In submitted/anna/week_6/lesson.ipynb that is anna, if week_6 is in every path.
    """
    by_depth = defaultdict(list)
    for file in files:
        by_depth[len(PurePosixPath(file).parts)].append(PurePosixPath(file))
    owners = {}
    for paths in by_depth.values():
        folders = [path.parent for path in paths]
        while len(set(folders)) > 1 and len({folder.name for folder in folders}) == 1:
            folders = [folder.parent for folder in folders]
        for path, folder in zip(paths, folders, strict=True):
            if folder.name:
                name = folder.name.removesuffix(".zip")
                owners[str(path)] = (name, str(folder.parent), str(folder))
    return owners


def told_apart(
    owners: dict[str, tuple[str, str, str]],
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return names that are each borne by one student only, capitals set aside, and remarks.

    Args:
        owners: for each file a name, what may be put behind it in brackets, and an identity.
    """
    people = {identity: (name, place) for name, place, identity in owners.values()}
    often = Counter(name.casefold() for name, _ in people.values())
    chosen: dict[str, str] = {}
    taken: set[str] = set()
    for identity, (name, place) in sorted(people.items()):
        alone = often[name.casefold()] == 1 or place in ("", ".")
        wanted = name if alone else f"{name} ({place})"
        number, unique = 2, wanted
        while unique.casefold() in taken:
            unique, number = f"{wanted} ({number})", number + 1
        taken.add(unique.casefold())
        chosen[identity] = unique
    remarks = [
        (file, f"Several students are called {name}; this one is listed as {chosen[identity]}.")
        for file, (name, _, identity) in owners.items()
        if often[name.casefold()] > 1
    ]
    return {file: chosen[identity] for file, (_, _, identity) in owners.items()}, remarks
