"""Does the link that a teacher sends to a class do what the README says?

    python tests/benchmarks/pull_link.py FOLDER

FOLDER is that of classroom_load.py, with a JupyterHub in it. A student opens the link in a browser,
signs in, and must land on the first lesson in a copy of their own. The student then works on a
lesson, the teacher changes that lesson and another, and the student opens the link again: what the
student wrote must be there still, and the teacher's other change must have come. Prints what it
saw; ends with an error where something is otherwise.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import nbformat
from hub import PATIENCE, ROOT, running_hub
from nbformat.v4 import new_code_cell
from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(ROOT / "tests/support"))

from lab import find_browser  # noqa: E402

LINK = "{hub}/hub/user-redirect/git-pull?repo={repo}&branch=main&urlpath={page}"
PAGE = "lab/tree/two-winds/notebooks/00_start_here.ipynb"
BOTH_CHANGED, TEACHER_CHANGED = "06_overtake_america.ipynb", "05_meat_milk_butter.ipynb"
TEACHER = {
    f"GIT_{role}_{what}": f"teacher{'@example.org' if what == 'EMAIL' else ''}"
    for role in ("AUTHOR", "COMMITTER")
    for what in ("NAME", "EMAIL")
}


def git(*arguments: object, folder: Path) -> None:
    """Run a git command in a folder, as the teacher."""
    command = ["git", "-C", folder, *arguments]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | TEACHER)


def published(folder: Path) -> Path:
    """Return a repository to pull from: a copy of this one, its branch called main.

    Its name does not end in .git, since nbgitpuller would give the student's folder that name too.
    """
    copy = folder / "two-winds"
    git("clone", "--bare", "--no-local", ROOT, copy, folder=folder)
    git("branch", "--force", "main", "HEAD", folder=copy)
    return copy


def add_line(lesson: Path, line: str) -> None:
    """Write a new last cell into a lesson."""
    notebook = nbformat.read(lesson, as_version=4)
    notebook.cells.append(new_code_cell(line))
    nbformat.write(notebook, lesson)


def teacher_changes(repository: Path, folder: Path) -> None:
    """Publish a change to two lessons."""
    git("clone", "--branch", "main", repository, "teacher", folder=folder)
    work = folder / "teacher"
    for name in (BOTH_CHANGED, TEACHER_CHANGED):
        add_line(work / "notebooks" / name, "'from the teacher'")
    git("commit", "--all", "--message", "Another exercise", folder=work)
    git("push", "origin", "main", folder=work)


def follow(page: Page, link: str) -> None:
    """Open the link, sign in where asked, and wait until the lesson is there."""
    page.goto(link)
    if "/hub/login" in page.url:
        page.get_by_label("Username").fill("student")
        page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/{PAGE}*")
    page.get_by_role("heading", name="Start here").first.wait_for()


def said(lesson: Path) -> set[str]:
    """Return which of the two have something of theirs in a lesson; it must be a sound one."""
    notebook = nbformat.read(lesson, as_version=4)
    nbformat.validate(notebook)
    sources = [cell.source for cell in notebook.cells]
    return {who for who in ("student", "teacher") if f"'from the {who}'" in sources}


def main(folder: Path) -> None:
    """Play teacher and student once."""
    with running_hub(folder) as hub, sync_playwright() as playwright:
        repository = published(hub.homes)
        repo, place = quote(f"file://{repository}", safe=""), quote(PAGE, safe="")
        link = LINK.format(hub=hub.address, repo=repo, page=place)
        browser = playwright.chromium.launch(executable_path=find_browser())
        page = browser.new_page()
        page.set_default_timeout(1000 * PATIENCE)
        follow(page, link)
        print(f"The link\n  {link}\nlanded on\n  {page.url}")
        lessons = hub.homes / "student" / "two-winds" / "notebooks"
        add_line(lessons / BOTH_CHANGED, "'from the student'")
        teacher_changes(repository, hub.homes)
        follow(page, link)
        browser.close()
        for name in (BOTH_CHANGED, TEACHER_CHANGED):
            print(f"After the second pull {name} holds changes of: {sorted(said(lessons / name))}")
        assert "student" in said(lessons / BOTH_CHANGED), "the student's work is lost"
        assert said(lessons / TEACHER_CHANGED) == {"teacher"}, "the teacher's change did not come"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]).resolve())
