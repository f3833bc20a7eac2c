"""The page a student gets back: all that was said, nothing that gives an answer away."""

import json
import re
import zipfile
from html.parser import HTMLParser

import pytest
from barriers import barriers
from classwork.grading.results import WRONG, Mark, Result
from classwork.marks.feedback import page_names, row, safe_name
from classwork.marks.gradebook import Line, Sheet
from classwork.marks.merging import merge
from classwork.marks.store import HandIn, Person, Task
from classwork.practice.check import judge, plain, read_keys, same
from lab import needed_browser, running_browser
from marks_lab import grade, hand_in, type_in

HOSTILE = "<script>document.title='taken'</script>\"'&\u202egnp.exe"
ALL_KINDS = {
    "right": {"rate": 13.86, "claim": "In part.", "year": 1974},
    "wrong": {"rate": 7.5, "claim": "No, because\nof bread.", "year": 1975},
    "blank": {},
    "unmarked": {"rate": {"code": "rates = 1"}, "year": {"code": "years = 2"}},
}


class Text(HTMLParser):
    """Collects what a reader sees, and the tags on the page."""

    def __init__(self):
        super().__init__()
        self.seen, self.tags = "", []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.seen += data


def read(path):
    text = Text()
    text.feed(path.read_text(encoding="utf-8"))
    return text


@pytest.fixture
def marks(tmp_path):
    """Pages of students with answers of every kind, some marked by hand."""
    for name, answers in ALL_KINDS.items():
        hand_in(tmp_path / "pile" / f"{name}.ipynb", **answers)
    grade(tmp_path / "pile", tmp_path / "marks")
    type_in(tmp_path / "marks", "wrong", "claim", "2.5", "Good,\nbut <which> figure?")
    type_in(tmp_path / "marks", "unmarked", "year", "1")
    merge(tmp_path / "marks")
    return tmp_path / "marks"


def sheet(student):
    return Sheet(Result(student, "a.ipynb"), [], HandIn([Person(student)]))


def test_the_page_says_what_was_got_what_was_said_and_what_is_open(marks):
    seen = read(marks / "feedback" / "wrong.html").seen
    for words in (
        "Lesson 6: Overtake & pass",
        "wrong",
        "0 of 2",
        "Not quite. That is the growth of coal.",
        "Exercise 1",
        "What about rate\\?",
        "rate = 7.5",
        "No, because\nof bread.",
        "2.5 of 4",
        "Your teacher says: Good,\nbut <which> figure?",
        "Too late.|One year off",
        "2.5 of 7",
        "Everything is marked",
    ):
        assert re.search(words, seen), words
    seen = read(marks / "feedback" / "right.html").seen
    assert "Correct. Steel is not bread." in seen
    assert "not yet marked, of 4" in seen
    assert "3 of 7" in seen and "1 still to be marked" in seen


def test_what_a_teacher_has_marked_no_longer_says_that_she_will_look(marks):
    seen = read(marks / "feedback" / "unmarked.html").seen
    assert seen.count("To be seen.") == 1
    assert seen.count("Marked by your teacher.") == 1


def test_nothing_that_a_student_wrote_is_run_or_breaks_the_page(tmp_path):
    # Windows could not hold a file of that name; a zip can.
    with zipfile.ZipFile(tmp_path / "pile.zip", "w") as archive:
        answers = json.dumps({"claim": HOSTILE, "rate": {"code": HOSTILE}})
        archive.writestr("Max & <b>Li.ipynb", answers)
    grade(tmp_path / "pile.zip", tmp_path / "marks")
    type_in(tmp_path / "marks", "Max & <b>Li", "claim", "1", HOSTILE)
    merge(tmp_path / "marks")
    page = read(tmp_path / "marks/feedback/Max & _b_Li.html")
    assert page.seen.count("<script>document.title='taken'</script>\"'&\ufffdgnp.exe") == 3
    assert "Feedback for Max & <b>Li" in page.seen
    assert not {"script", "b"} & set(page.tags)


def gives_away(seen, expected):
    """Tell whether words hold an expected answer: its number, its word, or all of its list."""
    if isinstance(expected, list):
        return all(gives_away(seen, member) for member in expected)
    if isinstance(expected, str):
        return len(expected) > 1 and re.search(rf"\b{re.escape(plain(expected))}\b", plain(seen))
    numbers = re.findall(r"\d[\d,]*\.?\d*", seen)
    return any(same(float(number.replace(",", "")), float(expected)) for number in numbers)


def test_no_wrong_answer_in_any_lesson_is_told_the_right_one():
    keys = {n: k for n, k in read_keys().items() if not isinstance(k["expected"], bool)}
    told = []
    for name, key in keys.items():
        for wrong, _ in key["mistakes"]:
            mark = Mark(name, 0, 2, WRONG, judge(name, wrong, key).words)
            page = Text()
            page.feed(row(Line(mark, 0, None), Task(name, 2)))
            seen = page.seen.removeprefix(name).removeprefix("0 of 2")
            told += [(name, seen)] if gives_away(seen, key["expected"]) else []
    assert len(keys) > 50
    assert told == []


@pytest.mark.parametrize(
    ("student", "stem"),
    [
        ("Анна Петрова", "Анна Петрова"),
        ("李明", "李明"),
        ('a<b>:c"/\\|?*', "a_b__c______"),
        ("nul", "nul_"),
        ("COM1.x", "COM1.x_"),
        ("..", "student"),
        ("Anna. ", "Anna"),
    ],
)
def test_a_page_has_a_name_that_every_system_allows(student, stem):
    assert safe_name(student) == stem


def test_names_of_pages_are_short_enough_and_never_the_same():
    names = page_names(
        [sheet("毛" * 300), sheet("毛" * 301), sheet("a/b"), sheet("a:B"), sheet("c")]
    )
    assert len({name.casefold() for name in names}) == 5
    assert max(len(name.split("/")[1].encode()) for name in names) < 200


def test_the_pages_pass_the_accessibility_check(marks):
    with running_browser(needed_browser()) as browser:
        page = browser.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        for name in ALL_KINDS:
            page.goto((marks / "feedback" / f"{name}.html").as_uri())
            assert barriers(page) == []
            assert page.locator("h1").count() == 1
        assert all(url.startswith("file:") for url in asked) and len(asked) == len(ALL_KINDS)
