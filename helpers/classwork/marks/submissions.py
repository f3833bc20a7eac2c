"""The pile of submissions: every notebook in a folder, in the zips in it, or in one zip.

The pile is read, never written; nothing is unpacked to the disk. What cannot be read, and what is
not a notebook, is named for the teacher to look at.
"""

from __future__ import annotations

import io
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from classwork.grading.read_submission import LARGEST as LARGEST_NOTEBOOK
from classwork.grading.read_submission import UnreadableError, name_written_in
from classwork.lesson.exercises import LessonError
from classwork.marks.spreadsheet import printable
from classwork.marks.students import CANVAS, ENDING, platform_numbers, students_of

MIB = 2**20
LARGEST_ZIP_IN_ZIP = 64 * MIB
LARGEST_UNPACKED = 4096 * MIB
MOST_ENTRIES = 20_000
# In one zip of a class, and in one that a student has handed in.
MOST_NOTEBOOKS, MOST_OF_ONE = 1_000, 20
LONGEST_NAME = 300
# The download from a platform is a zip of what students handed in, among which are zips.
DEEPEST_ZIP = 2
# What a zip says of a file whose time it was not told.
FIRST_YEAR_IN_ZIPS = 1980
LITTER = {".ds_store", "thumbs.db", "desktop.ini"}
LITTER_FOLDERS = {".ipynb_checkpoints", "__macosx"}
Read = Callable[[int], bytes]
Opening = Callable[[], BinaryIO]


@dataclass
class Submission:
    """One notebook that was handed in.

    Attributes:
        student: who handed it in, different for each student.
        file: its place within the pile, a zip counting as a folder.
        read: returns its bytes, or raises UnreadableError.
        number: the platform's number of the student, or "".
        named_late: whether the platform wrote into its name that it came late.
        time: when it was saved or packed, as this machine's clock has it; None where the platform
            itself says what is late, or nobody knows.
    """

    student: str
    file: str
    read: Callable[[], bytes]
    number: str = ""
    named_late: bool = False
    time: datetime | None = None


@dataclass
class Pile:
    """What was handed in.

    Attributes:
        submissions: sorted by student and file.
        remarks: pairs of a file and what a person should know about it.
    """

    submissions: list[Submission] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)


def read_pile(place: Path, lesson: str) -> Pile:
    """Return what lies in a folder or zip.

    Args:
        place: the folder or zip.
        lesson: the stem of the lesson's file.

    Raises:
        LessonError: if there is no such folder or zip, or no notebook in it.
    """
    if not place.exists():
        raise LessonError(f"There is no folder or zip {place}. Is its name spelt so?")
    found = Found()
    if place.is_dir():
        found.add_folder(place)
    elif zipfile.is_zipfile(place):
        found.add_zip("", lambda: place.open("rb"), 1)
    else:
        raise LessonError(f"{place} is neither a folder nor a zip. Name what holds the notebooks.")
    if not found.notebooks:
        first = f" {found.remarks[0][0]}: {found.remarks[0][1]}" if found.remarks else ""
        raise LessonError(f"No file in {place} has a name that ends in .ipynb.{first}")
    return found.as_pile(lesson)


@dataclass
class Found:
    """What has been found so far: how to read each notebook, its time, and remarks."""

    notebooks: dict[str, Callable[[], bytes]] = field(default_factory=dict)
    times: dict[str, datetime | None] = field(default_factory=dict)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def add_folder(self, root: Path) -> None:
        """Add what lies in a folder and the folders in it; links are not followed."""
        for path in walk(root, self.cannot_open):
            file = shown(path.relative_to(root))
            if path.is_symlink():
                self.remarks.append((file, "A link to another place: it was not followed."))
            elif not stat.S_ISREG(path.lstat().st_mode):
                self.remarks.append((file, "Not an ordinary file: it was not opened."))
            elif file.casefold().endswith(".zip"):
                self.add_zip(f"{file}/", lambda path=path: path.open("rb"), 1)
            else:
                self.add_file(file, partial(read_file, path), DEEPEST_ZIP, time_of_file(path))

    def cannot_open(self, error: OSError) -> None:
        """Note a folder that cannot be opened."""
        self.remarks.append((shown(error.filename), f"Cannot be opened: {error.strerror}."))

    def add_file(self, file: str, read: Read, depth: int, time: datetime | None) -> None:
        """Add a file by its kind: a notebook, a zip in a zip, or something else."""
        name = PurePosixPath(file).name.casefold()
        if name in LITTER or name.startswith(("._", "~$", ".~lock.")):
            return
        if ENDING.search(name):
            free = self.free(file)
            self.notebooks[free], self.times[free] = lambda: read(LARGEST_NOTEBOOK), time
        elif name.endswith(".zip") and depth < DEEPEST_ZIP:
            self.add_zip(f"{file}/", lambda: io.BytesIO(read(LARGEST_ZIP_IN_ZIP)), depth + 1, time)
        else:
            self.remarks.append((file, "Not a notebook: it was not graded."))

    def free(self, file: str) -> str:
        """Return a name that no other notebook of the pile has; a zip may hold one twice."""
        number, free = 2, file
        while free in self.notebooks:
            free, number = f"{file} ({number})", number + 1
        return free

    def add_zip(
        self, prefix: str, opening: Opening, depth: int, time: datetime | None = None
    ) -> None:
        """Add what lies in a zip; of a zip in a zip, the time is that of the whole."""
        try:
            with opening() as file, zipfile.ZipFile(file) as archive:
                entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            refuse_bomb(entries, MOST_OF_ONE if depth == DEEPEST_ZIP else MOST_NOTEBOOKS)
        except UnreadableError as error:
            self.remarks.append((prefix.rstrip("/"), str(error)))
            return
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
            words = "Damaged, or not a zip: it cannot be read."
            self.remarks.append((prefix.rstrip("/"), words))
            return
        for entry in entries:
            name = name_in_zip(entry)
            if not LITTER_FOLDERS & {part.casefold() for part in PurePosixPath(name).parts}:
                read = reader_of(opening, entry)
                self.add_file(f"{prefix}{name}", read, depth, time or time_in_zip(entry))

    def as_pile(self, lesson: str) -> Pile:
        """Return what was found, with a student to each notebook."""
        files = sorted(self.notebooks)
        students, remarks = students_of(files, lesson, self.name_in)
        submissions = [Submission(students[file], file, self.notebooks[file]) for file in files]
        named = platform_numbers(files)
        for submission in submissions:
            name = named.get(submission.file)
            submission.time = self.times[submission.file]
            if name:
                submission.number = name["number"]
            if name and name.re is CANVAS:
                submission.named_late, submission.time = name["late"] is not None, None
        submissions.sort(key=lambda s: (s.student.casefold(), s.student, s.file))
        return Pile(submissions, sorted(self.remarks + remarks))

    def name_in(self, file: str) -> str:
        """Return the name that stands on the name line of a notebook, or ""."""
        try:
            return name_written_in(self.notebooks[file]())
        except UnreadableError:
            return ""


def walk(root: Path, cannot_open: Callable[[OSError], None]) -> Iterator[Path]:
    """Yield the files in a folder, and the links, in a fixed order."""
    for folder, subfolders, files in os.walk(root, onerror=cannot_open):
        subfolders[:] = sorted(s for s in subfolders if s.casefold() not in LITTER_FOLDERS)
        links = [s for s in subfolders if Path(folder, s).is_symlink()]
        yield from (Path(folder, name) for name in sorted(files + links))


def shown(path: Path | str) -> str:
    """Return a place within the pile as it is shown, with forward slashes."""
    name = os.fsencode(path).decode("utf-8", "replace")
    return shortened(printable(name.replace(os.sep, "/")))


def shortened(name: str) -> str:
    """Return a name that a cell of a spreadsheet can hold, different for different names."""
    if len(name) <= LONGEST_NAME:
        return name
    ending = ENDING.search(name)
    digest = sha256(name.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{name[: LONGEST_NAME // 2]}...{digest}{ending[0] if ending else ''}"


def read_file(path: Path, most: int) -> bytes:
    """Return a file's bytes, at most so many."""
    try:
        with path.open("rb") as file:
            return no_more_than(most, file.read(most + 1))
    except OSError as error:
        raise UnreadableError(f"Cannot be read: {error.strerror}.") from None


def no_more_than(most: int, data: bytes) -> bytes:
    """Return bytes if there are not too many of them."""
    if len(data) > most:
        raise UnreadableError(f"Larger than {most // MIB} MB: it was not read.")
    return data


def refuse_bomb(entries: list[zipfile.ZipInfo], most_notebooks: int) -> None:
    """Raise UnreadableError for a zip that would unpack to something enormous, or to too many."""
    notebooks = sum(ENDING.search(entry.filename) is not None for entry in entries)
    if notebooks > most_notebooks:
        raise UnreadableError(
            f"{notebooks} notebooks in one zip, more than {most_notebooks}: it was not opened."
        )
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or size > LARGEST_UNPACKED:
        words = f"{len(entries)} files, {size // MIB} MB when unpacked"
        raise UnreadableError(f"The zip is too large ({words}): it was not opened.")


def reader_of(opening: Opening, entry: zipfile.ZipInfo) -> Read:
    """Return what reads one file in a zip."""

    def read(most: int) -> bytes:
        if entry.flag_bits & 0x1:
            raise UnreadableError("Locked with a password: it cannot be read.")
        broken = (OSError, EOFError, NotImplementedError, zlib.error, lzma.LZMAError)
        try:
            with opening() as whole, zipfile.ZipFile(whole) as archive, archive.open(entry) as file:
                return no_more_than(most, file.read(most + 1))
        except (*broken, zipfile.BadZipFile):
            raise UnreadableError("Damaged within the zip: it cannot be read.") from None

    return read


def time_of_file(path: Path) -> datetime | None:
    """Return when a file was saved, by this machine's clock; None where that is no time."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime)
    except (OSError, OverflowError, ValueError):
        return None


def time_in_zip(entry: zipfile.ZipInfo) -> datetime | None:
    """Return the time of a file in a zip; None where it is not a time, or the first there is."""
    try:
        time = datetime(*entry.date_time)
    except ValueError:
        return None
    return time if time.year > FIRST_YEAR_IN_ZIPS else None


def name_in_zip(entry: zipfile.ZipInfo) -> str:
    """Return the name of a file in a zip, relative and with forward slashes.

    A Mac writes names in UTF-8 without saying so; what is left is an old code page that nobody
    can tell, and stays as it is.
    """
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = entry.filename
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return shortened(printable("/".join(parts)))
