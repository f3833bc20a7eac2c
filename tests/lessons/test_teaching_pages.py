"""The teacher's pages keep their word: minutes that can be kept, mistakes that the check knows,
sample answers borne out by the data, a handout that prints on two pages."""

import re

import pytest
from classwork.practice.check import read_keys
from lab import needed_browser, running_browser
from lesson_minutes import WORDS_A_MINUTE, count, first_hour_minutes
from lesson_rules import evidence, numbers_to_check, rounds_to
from lessons import ALL, FIRST_HOUR, LESSONS, TEACHING, kinds, without_code, without_tables
from nbconvert.filters import markdown2html
from two_winds import load

LEVELS = ["Beginning", "Secure", "Strong"]
# A page as a school prints it: paper, margins and letters, nothing else.
PRINT = """<meta charset="utf-8"><style>
@page { size: A4; margin: 18mm; }
body { font: 11pt/1.3 "DejaVu Sans", sans-serif; }
table { border-collapse: collapse; margin: 3mm 0; }
th, td { border: 0.3mm solid; padding: 0.8mm 1.5mm; text-align: left; vertical-align: top; }
</style>"""


def page_of(lesson):
    return (TEACHING / f"{lesson.name}.md").read_text(encoding="utf-8")


def section(page, heading, level="##"):
    """Return what stands below a heading, up to the next one of its level."""
    return re.split(rf"^{level} ", page.split(f"\n{level} {heading}\n")[1], flags=re.MULTILINE)[0]


def handout(page):
    return section(section(page, "Without a computer"), "Handout", "###")


by_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
every_page = pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.name)


# --- minutes ---


def planned(page):
    """Return the minutes that a page plans for each part, by the part's heading."""
    rows = re.findall(r"^\| (\d+) \| ([^|]+?) \|", section(page, "Fifty minutes"), re.MULTILINE)
    return {heading: int(minutes) for minutes, heading in rows}


@by_lesson
def test_each_part_gets_the_minutes_that_were_counted(lesson):
    plan, short = planned(page_of(lesson)), {}
    for part in FIRST_HOUR[1:]:
        heading = lesson.part(part)[0].source.splitlines()[0].removeprefix("## ")
        least = count(lesson, part).minutes
        if heading in plan and least > plan[heading] + 0.5:
            short[heading] = (plan[heading], round(least, 1))
    assert short == {}, f"{lesson.name}: planned and counted minutes"


@by_lesson
def test_the_page_says_how_many_minutes_were_counted(lesson):
    page = section(page_of(lesson), "Fifty minutes")
    stated = re.search(r"counted, not timed.*That\sfills\s(\d+)\sof\sthe\s50", page, re.DOTALL)[1]
    total = first_hour_minutes(lesson)
    assert abs(int(stated) - total) <= 1, f"{total:.1f} minutes were counted, {stated} are stated"


def test_what_is_counted_grows_with_the_text_and_the_exercises():
    lesson = next(lesson for lesson in LESSONS if lesson.name.startswith("06"))
    before = count(lesson, "exercises").minutes

    def read_more(notebook):
        cell = next(c for c in notebook.cells if "part:exercises" in c.metadata.get("tags", []))
        cell.source += "\n\n" + "word " * WORDS_A_MINUTE

    def do_less(notebook):
        del notebook.cells[next(i for i, c in enumerate(notebook.cells) if "exercise" in kinds(c))]

    assert count(lesson.changed(read_more), "exercises").minutes == before + 1
    assert count(lesson.changed(do_less), "exercises").minutes < before


@every_page
def test_the_page_names_the_first_lesson_in_its_own_words(lesson):
    title = lesson.cells[0].source.splitlines()[0].removeprefix("# ")
    words = re.sub(r"^(\d\d) ", r"lesson \1: ", title)
    assert page_of(lesson).splitlines()[0] == f"# Teaching {words}"


def test_the_first_page_is_read_in_the_minutes_it_says():
    texts = [without_tables(without_code(cell.source)) for cell in ALL[0].prose]
    minutes = sum(len(text.split()) for text in texts) / WORDS_A_MINUTE
    assert "the page is read in eight of them" in page_of(ALL[0])
    assert abs(minutes - 8) <= 0.5


def test_the_first_page_has_all_that_a_lessons_page_has():
    found = [re.findall(r"^## (.*)$", page_of(lesson), re.MULTILINE) for lesson in ALL]
    assert found == [found[0]] * len(ALL)
    for heading, minutes in (("Fifty minutes", 50), ("Fifteen minutes", 15)):
        plan = section(page_of(ALL[0]), heading)
        assert sum(map(int, re.findall(r"^\| (\d+) \|", plan, re.MULTILINE))) == minutes


# --- mistakes ---


def names_of_exercises(lesson):
    """Return the names of a lesson's exercises by what the text calls them."""
    texts = [re.match(r"\*\*((?:Exercise|Exit) \d+)", cell.source) for cell in lesson.cells]
    titles = [match[1] for match in texts if match]
    return dict(zip(titles, [exercise.name for exercise in lesson.exercises], strict=True))


def faults_of_mistakes(page, lesson):
    """Yield the rows on mistakes that do not say what the check says."""
    names = names_of_exercises(lesson)
    rows = [r for r in section(page, "What students get wrong").splitlines() if r.startswith("|")]
    for row in rows[2:]:
        told = re.search(r"\| ((?:Exercise|Exit) \d+): \*(.*?)\* \|", row)
        if not told:
            yield f"names no exercise: {row}"
        elif told[2] not in {words for _, words in read_keys()[names[told[1]]]["mistakes"]}:
            yield f"the check of {told[1]} does not say: {told[2]}"
    if len(rows) - 2 < 5:
        yield f"{len(rows) - 2} mistakes"


@by_lesson
def test_each_mistake_is_one_that_the_check_answers(lesson):
    assert list(faults_of_mistakes(page_of(lesson), lesson)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("You divided by seven", "They divided by seven"),
        (r"\| Exercise 1: ", "| Exercise 2: "),
        (r"\| Exercise 1: \*.*?\* \|", "| |"),
    ],
)
def test_words_that_the_check_does_not_say_are_caught(old, new):
    lesson = next(lesson for lesson in LESSONS if lesson.name.startswith("06"))
    assert list(faults_of_mistakes(re.sub(old, new, page_of(lesson)), lesson))


# --- rubrics ---


def samples(page):
    """Return the sample answers of a page and why each stands at its level."""
    text = section(page, "Rubric for the written claim")
    found = re.findall(
        r'^- \*(\w+)\.\* "(.*?)"\s+\(Here:\s(.*?)\.\)$', text, re.DOTALL | re.MULTILINE
    )
    return {level: (" ".join(answer.split()), why) for level, answer, why in found}


def unfounded(answer, lesson):
    """Return the numbers in an answer that nothing bears out.

    What bears them out: a row of the years named beside them, an output, a solution.
    """
    rows, printed = evidence(lesson)
    solved = [read_keys()[exercise.name]["expected"] for exercise in lesson.exercises]
    printed += [float(value) for value in solved if isinstance(value, int | float)]
    missing = []
    for sentence in re.split(r"(?<=[.;]) ", re.sub(r"\b(\d{4})-\d\d\b", r"\1", answer)):
        years = set(map(int, re.findall(r"\b(?:19|20)\d\d\b", sentence)))
        values = [v for v, year in rows if not years or year in years] + printed
        numbers = numbers_to_check(sentence)
        missing += [n for n in numbers if not any(rounds_to(v, n) for v in values)]
    return missing


@every_page
def test_there_is_one_answer_for_each_level_with_a_reason(lesson):
    found = samples(page_of(lesson))
    assert list(found) == LEVELS
    assert all(why for _, why in found.values())


@every_page
def test_the_answers_rise(lesson):
    lengths = [len(answer.split()) for answer, _ in samples(page_of(lesson)).values()]
    assert lengths == sorted(lengths)
    assert lengths[-1] >= 2 * lengths[0]


@by_lesson
def test_figures_in_the_answers_are_borne_out(lesson):
    found = samples(page_of(lesson))
    assert {n for answer, _ in found.values() for n in unfounded(answer, lesson)} == set()


@by_lesson
def test_answers_from_secure_on_hold_figures_or_dates(lesson):
    for level in LEVELS[1:]:
        answer = samples(page_of(lesson))[level][0]
        assert len(set(re.findall(r"\d[\d,.]*\d|\d", answer))) >= 2, f"{level}: {answer}"


@by_lesson
def test_the_simplest_answer_has_no_limit_and_the_strong_one_an_exact_one(lesson):
    found = samples(page_of(lesson))
    assert "But" not in found["Beginning"][0]
    assert re.search(r"\bBut\b.*$", found["Secure"][0].split(". ")[-1])
    assert not re.search(r"may be wrong|cannot be sure|sources differ", found["Strong"][0])


def test_a_figure_that_is_in_no_table_is_caught():
    lesson = next(lesson for lesson in LESSONS if lesson.name.startswith("06"))
    assert unfounded("In 1970 it was 624 million tonnes.", lesson) == []
    assert unfounded("In 1970 it was 629.7 million tonnes.", lesson) == ["629.7"]


def test_figures_of_the_first_page_are_borne_out():
    answer = samples(page_of(ALL[0]))["Strong"][0]
    production = load("production").query("product == 'cement' and year == 1965")
    ussr, usa = (production[production["country"] == c]["value"].item() for c in ("SUN", "USA"))
    assert f"{ussr:.0f} million tonnes against {usa:.0f} in the USA" in answer


# --- without a computer ---


def texts_quoted(page):
    """Return (grade, words) of the texts in a handout."""
    pattern = r"^\*\*Text \d\.\*\* .*\(grade ([ABC])\):\n\n((?:^>.*\n)+)"
    found = re.findall(pattern, handout(page), re.MULTILINE)
    return [(grade, " ".join(words.replace(">", " ").split())) for grade, words in found]


def known_texts():
    """Return (grade, words) of everything that the tables quote."""
    tables = (load("quotations"), load("texts"), load("documents"))
    rows = [row for table in tables for row in table.to_dict("records")]
    kinds_of_text = ("text", "original", "translation")
    return {
        (row["grade"], row[key].replace("\u00b6", " "))
        for row in rows
        for key in kinds_of_text
        if key in row
    }


@every_page
def test_a_handout_quotes_word_for_word_with_its_grade(lesson):
    quoted = texts_quoted(page_of(lesson))
    assert quoted
    assert [text for text in quoted if text not in known_texts()] == []
    assert handout(page_of(lesson)).count("**Text ") == len(quoted)


@every_page
def test_a_handout_has_a_table_and_tasks_and_keeps_the_answers_apart(lesson):
    page = page_of(lesson)
    assert handout(page).count("\n| --- |") >= 1
    assert "Answers" not in handout(page)
    assert len(section(section(page, "Without a computer"), "Answers", "###").split()) > 15


def test_events_of_the_first_handout_are_those_of_the_table():
    events = load("events")
    known = set(zip(events["title"], events["grade"], strict=True))
    rows = re.findall(r"^\| (.+?) \| [\w ]*1957 \| ([ABC]) \|$", handout(page_of(ALL[0])), re.M)
    assert len(rows) == 10
    assert set(rows) <= known


def pages_of_paper(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.fixture(scope="module")
def printer():
    """What prints Markdown and returns the number of pages."""
    with running_browser(needed_browser()) as browser:
        page = browser.new_page()

        def print_out(markdown):
            page.set_content(PRINT + markdown2html(markdown))
            return pages_of_paper(page.pdf(prefer_css_page_size=True))

        yield print_out


@every_page
def test_a_handout_prints_on_two_pages(lesson, printer):
    assert printer(handout(page_of(lesson))) <= 2


def test_a_longer_handout_is_caught(printer):
    assert printer("One line.") == 1
    assert printer(handout(page_of(LESSONS[1])) + "\n\nA line.\n" * 60) > 2
