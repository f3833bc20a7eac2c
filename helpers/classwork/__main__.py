"""The command line, called by start.py or as python -m classwork ...; see --help.

What is heavy is imported by the command that needs it, so that --help is there at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import classwork.ground.quick_start  # noqa: F401
from classwork import commands
from classwork.course import CourseError, current

LESSON = "a lesson: its file, or short, such as 06 or 06_overtake_america"
DUE = 'when it is due, such as 2026-12-01 or "2026-12-01 18:00"'
DESCRIPTION = "From a lesson to graded work: hand out, collect, grade, give back."
EXAMPLES = """a round, from beginning to end:
  {command} student 06 --due 2026-12-01
  {command} grade 06 submissions --out marks
  (type points and comments into marks/to_read.csv)
  {command} merge marks
  {command} return marks SHEET.csv

Nothing is ever written into the folder of submissions."""


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    command = current().command
    whole = argparse.ArgumentParser(
        prog=command,
        description=DESCRIPTION,
        epilog=EXAMPLES.format(command=command),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    several = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_editions(several)
    add_authoring(several)
    add_grading(several)
    return whole


def add_editions(several: argparse._SubParsersAction) -> None:
    """Add the commands that write an edition of a lesson."""
    for name, words, do, ending in (
        ("student", "write the edition to hand out, without solutions", commands.student, ".ipynb"),
        ("teacher", "write the key: solved, with rubrics", commands.teacher, ".ipynb"),
        ("gift", "write the exercises as questions of a Moodle quiz", commands.gift, ".txt"),
    ):
        command = add(several, name, words, do)
        command.add_argument("lesson", metavar="LESSON", help=LESSON)
        add_choice(command)
        if name != "gift":
            add_heading(command)
        words = f"default: LESSON_{name}{ending}"
        command.add_argument("--out", type=Path, metavar="FILE", help=words)


def add_authoring(several: argparse._SubParsersAction) -> None:
    """Add the commands for those who write lessons, or grade with nbgrader."""
    command = add(several, "lint", "say what is wrong with a lesson of your own", commands.lint)
    command.add_argument("lesson", metavar="LESSON", help=LESSON)
    words = "run a lesson and save it, with the key that check compares with"
    command = add(several, "refresh", words, commands.refresh)
    command.add_argument("lesson", metavar="LESSON", help=LESSON)
    command = add(several, "new", "write a new lesson with every part explained", commands.new)
    command.add_argument("title", metavar="TITLE", help='such as "The Cuban missile crisis"')
    words = "lay a clean copy of a lesson into my_work, or of all that are not there"
    command = add(several, "fresh", words, commands.fresh)
    command.add_argument("lesson", metavar="LESSON", nargs="?", help=LESSON)
    words = "write a lesson into an nbgrader course"
    command = add(several, "to-nbgrader", words, commands.to_nbgrader)
    command.add_argument("lesson", metavar="LESSON", help=LESSON)
    command.add_argument("course", metavar="COURSE", type=Path, help="the folder of the course")
    add_choice(command)
    add_heading(command)


def add_grading(several: argparse._SubParsersAction) -> None:
    """Add the commands that grade."""
    command = add(several, "grade", "grade a pile of submissions", commands.grade)
    command.add_argument("lesson", metavar="LESSON", help=LESSON)
    words = "the folder or zip with the notebooks, as you downloaded it"
    command.add_argument("submissions", metavar="SUBMISSIONS", type=Path, help=words)
    words = "the folder for the marks; it is made if need be"
    command.add_argument("--out", metavar="MARKS", type=Path, required=True, help=words)
    add_choice(command)
    words = "a submission that was held back and that you have read: run it"
    command.add_argument("--release", metavar="FILE", action="append", default=[], help=words)
    command.add_argument("--due", default="", help=DUE)
    words = "per cent of the points that each begun day costs; without it, late is only said"
    command.add_argument("--late-per-day", metavar="N", type=float, default=0, help=words)
    words = "a table of extra time, pairs and groups: name, number, extra_time, group, handed_in"
    command.add_argument("--people", metavar="PEOPLE.csv", type=Path, help=words)
    words = "make the gradebook anew with the marks in to_read.csv"
    command = add(several, "merge", words, commands.merge)
    words = "a folder of marks; several to put them together, with --out"
    command.add_argument("marks", metavar="MARKS", nargs="+", type=Path, help=words)
    words = "a new folder for the marks of several folders together"
    command.add_argument("--out", metavar="ALL", type=Path, help=words)
    words = "fill in the sheet of marks that Moodle or Canvas gave you"
    command = add(several, "return", words, commands.give_back)
    command.add_argument("marks", metavar="MARKS", type=Path, help="the folder of marks")
    words = "Moodle's grading worksheet or Canvas's gradebook; a filled copy is written beside it"
    command.add_argument("sheet", metavar="SHEET.csv", type=Path, help=words)
    words = "the heading of the column for the marks, where it cannot be told"
    command.add_argument("--column", metavar="HEADING", default="", help=words)


def add(
    several: argparse._SubParsersAction, name: str, words: str, do: commands.Command
) -> argparse.ArgumentParser:
    """Add one command and return its parser."""
    command = several.add_parser(name, help=words, description=words[0].upper() + words[1:] + ".")
    command.set_defaults(do=do)
    return command


def add_choice(command: argparse.ArgumentParser) -> None:
    """Add what chooses exercises and a variant; it must be the same for handing out and grading."""
    words = "only these exercises, such as steel_growth,oil_lead"
    command.add_argument("--only", metavar="IDS", default="", help=words)
    words = "another set of countries, years or products: 1, 2 ..."
    command.add_argument("--variant", metavar="N", type=int, default=0, help=words)


def add_heading(command: argparse.ArgumentParser) -> None:
    """Add what stands at the top of an edition."""
    command.add_argument("--title", default="", help="a title in the place of the lesson's")
    command.add_argument("--due", default="", help=DUE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0, or 1 where something has to be mended."""
    # A console that knows no Cyrillic shall print something else instead, not stop.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    try:
        own = parser()
    except CourseError as error:
        print(error, file=sys.stderr)
        return commands.TO_MEND
    if not (sys.argv[1:] if arguments is None else arguments):
        own.print_help()
        return commands.TO_MEND
    chosen = own.parse_args(arguments)
    return commands.run(chosen)


if __name__ == "__main__":
    sys.exit(main())
