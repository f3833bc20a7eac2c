"""Every lesson has the same build, says only what is borne out, and is saved clean.

The rules stand in lesson_rules.py. Below, each rule is tried on a lesson that has been spoilt, so
that none of them passes because it looks at nothing.
"""

import copy
import itertools
import re

import nbformat
import pytest
from classwork.lint.leaks import gives_away
from lesson_rules import (
    EVERYWHERE,
    IN_LESSONS,
    KNOWN_NUMBERS,
    american,
    evidence,
    in_order,
    numbers_to_check,
    rounds_to,
)
from lessons import ALL, FENCE, LESSONS, TEACHING, html_of, kinds, read
from two_winds import load

PAIRS = [(rule, lesson) for lesson in ALL for rule in EVERYWHERE]
PAIRS += [(rule, lesson) for lesson in LESSONS for rule in IN_LESSONS]
GUIDE = [
    "Fifty minutes",
    "Fifteen minutes",
    "What students get wrong",
    "What a good answer holds",
    "Rubric for the written claim",
    "Without a computer",
]


def named(thing):
    return getattr(thing, "__name__", None) or thing.name


@pytest.mark.parametrize(("rule", "lesson"), PAIRS, ids=named)
def test_in_every_lesson(rule, lesson):
    faults = list(rule(lesson))
    assert not faults, f"{lesson.path.name}: " + "; ".join(faults)


def test_names_of_exercises_are_used_once():
    names = [exercise.name for lesson in LESSONS for exercise in lesson.exercises]
    assert sorted(names) == sorted(set(names))


def test_a_document_is_long_enough_to_read_and_short_enough_for_an_hour():
    documents = load("documents").set_index("document")["translation"]
    calls = [cell.source for lesson in LESSONS for cell in lesson.part("read")]
    shown = {name for source in calls for name in re.findall(r'document\("(\w+)"', source)}
    assert shown
    lengths = {name: len(documents[name].split()) for name in shown}
    assert {name: n for name, n in lengths.items() if not 120 <= n <= 200} == {}


def test_a_quotation_is_short_enough_to_quote():
    table = load("quotations")
    for text in [*table["text"], *table["translation"]]:
        han = len(re.findall(r"[\u4e00-\u9fff]", text))
        assert len(text.split()) + han / 2 < 60, text


# --- each rule notices what it is there for ---


def replace(old, new):
    """Return a change of the first Markdown or code that holds `old`."""

    def change(notebook):
        cell = next(cell for cell in notebook.cells if re.search(old, cell.source, re.MULTILINE))
        cell.source = re.sub(old, new, cell.source, count=1, flags=re.MULTILINE)

    return change


def replace_all(old, new):
    """Return a change of all Markdown and code that holds `old`."""

    def change(notebook):
        for cell in notebook.cells:
            cell.source = re.sub(old, new, cell.source, flags=re.MULTILINE)

    return change


def desk_shows(kind, value):
    """Return a change of what the desk has left in the saved notebook."""

    def change(notebook):
        cell = next(cell for cell in notebook.cells if "= gosplan_desk(" in cell.source)
        cell.outputs[0].data[kind] = value

    return change


def in_html(old, new):
    """Return a change of the first saved HTML that holds `old`."""

    def change(notebook):
        data = next(data for data in outputs(notebook) if old in data.get("text/html", ""))
        data["text/html"] = data["text/html"].replace(old, new, 1)

    return change


def outputs(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [output.get("data", {}) for cell in code for output in cell.outputs]


def last_code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"][-1]


def put(name, value):
    """Return a change of one field of the last code cell."""
    return lambda notebook: last_code(notebook).update({name: value})


def add_output(**fields):
    output = nbformat.v4.new_output(**fields)
    return lambda notebook: last_code(notebook).outputs.append(output)


def add_text(text):
    """Return a change that adds a line to the last text of the lesson."""

    def change(notebook):
        cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
        cells[-1].source += f"\n\n{text}"

    return change


def add_code(source, before=None):
    """Return a change that puts a code cell before the first of some kind, or at the end."""

    def change(notebook):
        cell = nbformat.v4.new_code_cell(source)
        ids = [before in c.source for c in notebook.cells] if before else []
        notebook.cells.insert(ids.index(True) if before else len(notebook.cells), cell)

    return change


def drop(condition):
    """Return a change that takes out every cell for which a condition holds."""

    def change(notebook):
        notebook.cells = [cell for cell in notebook.cells if not condition(cell)]

    return change


def swap_parts(notebook):
    places = [i for i, cell in enumerate(notebook.cells) if "part" in kinds(cell)]
    (a, b), cells = places[1:3], notebook.cells
    cells[a], cells[b] = cells[b], cells[a]


def retag(old, new):
    def change(notebook):
        for cell in notebook.cells:
            if old in kinds(cell):
                tags = [tag.replace(old, new) for tag in cell.metadata["tags"]]
                cell.metadata["tags"] = tags

    return change


def show_the_answer_first(notebook):
    """Put the chart that takes up the guess above the question, as in a careless edit."""
    place = next(i for i, cell in enumerate(notebook.cells) if "= predict(" in cell.source)
    cells = notebook.cells
    chart = next(c for c in cells if c.cell_type == "code" and re.search(r"guess\w*\.", c.source))
    source = re.sub(r", \w*guess\w*\.value", "", chart.source)
    cells.insert(place, nbformat.v4.new_code_cell(source, outputs=chart.outputs))


def somebody_was_here(notebook):
    """Leave the progress of whoever has tried the lesson in it."""
    cell = next(cell for cell in notebook.cells if cell.source.startswith("progress("))
    cell.outputs[0].text = cell.outputs[0].text.replace("0 of", "1 of", 1)


def tag_is(kind):
    return lambda cell: kind in kinds(cell)


def picture_after_picture(notebook):
    """Show the first picture of the lesson four times more."""
    cells = notebook.cells
    place = next(i for i, cell in enumerate(cells) if "part:look" in cell.metadata.get("tags", []))
    picture = next(cell for cell in cells[place:] if "<img" in html_of(cell))
    cells[place + 1 : place + 1] = [copy.deepcopy(picture) for _ in range(4)]


def desk_twice(notebook):
    """Follow the desk by a plain cell that shows what it opens with."""
    place = next(i for i, cell in enumerate(notebook.cells) if "= gosplan_desk(" in cell.source)
    again = copy.deepcopy(notebook.cells[place])
    again.source = "show(1)"
    notebook.cells.insert(place + 1, again)


def right_is(letter):
    """Return a change that makes every lettered answer the same."""
    return replace_all(r'= "[a-f]"$', f'= "{letter}"')


def the_longest_is_right(notebook):
    """Make the longest choice of each lettered question the right one."""
    task = None
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and not kinds(cell) & {"solution", "rubric"}:
            task = cell
        if "solution" in kinds(cell) and re.search(r'= "[a-f]"$', cell.source, re.MULTILINE):
            letter = re.search(r'= "([a-f])"$', cell.source, re.MULTILINE)[1]
            longer = rf"\g<0> {'and so on ' * 40}"
            task.source = re.sub(rf"^\W*{letter}\W+\w.*$", longer, task.source, flags=re.MULTILINE)


def long_winded(notebook):
    cell = next(c for c in notebook.cells if "part:investigate" in c.metadata.get("tags", []))
    cell.source += "\n\n" + "word " * 5000


def untag(tag):
    def change(notebook):
        for cell in notebook.cells:
            kept = [one for one in cell.metadata.get("tags", []) if one != tag]
            cell.metadata["tags"] = kept

    return change


BREAKS = [
    ("the_header_is_whole", replace(r"^\*\*Know first", "**Know last")),
    ("the_header_is_whole", replace(r"^\*\*Minutes.*", "")),
    ("the_header_is_whole", replace(r"^# \d\d ", "# ")),
    ("the_header_is_whole", replace(r"(\*\*Question.*)\n", r"\n")),
    ("the_header_has_three_or_four_goals", replace(r"^- .*\n- .*\n", "")),
    ("the_words_come_in_a_table_of_three_languages", replace(r"\| 中文 ", "")),
    ("the_parts_come_in_their_order", swap_parts),
    ("the_parts_come_in_their_order", untag("part:read")),
    ("the_sources_are_met_by_their_short_passport", replace(r"^passport\(", "load(")),
    ("the_sources_are_met_by_their_short_passport", replace(r", short=True", "")),
    ("a_guess_comes_before_its_chart", replace(r"= predict\(", "= print(")),
    ("a_guess_comes_before_its_chart", show_the_answer_first),
    ("the_first_hour_has_at_most_four_pictures", picture_after_picture),
    ("the_desk_is_seen_once", replace(r"gosplan_desk\(p", "show(p")),
    ("the_desk_is_seen_once", desk_shows("text/html", "")),
    ("the_desk_is_seen_once", desk_twice),
    ("one_document_is_read", replace(r"^document\(", "print(")),
    ("the_first_hour_has_four_exercises_and_three_at_the_exit", drop(lambda c: "exit" in c.id)),
    ("the_first_hour_has_four_exercises_and_three_at_the_exit", retag("exercise", "teacher")),
    (
        "the_first_hour_needs_no_code_that_was_not_taught",
        replace(r"(```python\n\w+ = ).*", r"\1[n for n in (1, 2)]"),
    ),
    ("the_first_hour_needs_no_code_that_was_not_taught", add_code("[1, 2][0]", "passport(")),
    ("letters_are_spread", right_is("b")),
    ("the_right_choice_is_not_the_longest", the_longest_is_right),
    ("historians_disagree_and_the_student_takes_a_side", drop(tag_is("rubric"))),
    ("historians_disagree_and_the_student_takes_a_side", replace(r"\| Secure ", "")),
    ("historians_disagree_and_the_student_takes_a_side", replace_all('"{3}', "''")),
    ("progress_is_told_once_to_who_studies_alone", replace(r"^progress\(", "print(")),
    ("progress_is_told_once_to_who_studies_alone", replace(r'^progress\("06', 'progress("07')),
    ("progress_is_told_once_to_who_studies_alone", untag("self-study")),
    ("progress_is_told_once_to_who_studies_alone", somebody_was_here),
    ("hints_are_promised_to_who_studies_alone", add_text('Stuck? `hint("shoes")` helps.')),
    (
        "the_first_hour_leaves_ten_minutes_for_talk",
        replace(r"^## Investigate", "\\g<0>" + " word" * 5000),
    ),
    ("no_code_cell_is_over_ten_lines", add_code("a = 1\n" * 11)),
    ("no_line_of_code_is_too_wide_for_the_projector", add_code("a = " + "1 + " * 30 + "1")),
    ("no_code_names_an_address", add_code('load("https://example.org/a.csv")')),
    ("no_code_names_an_address", add_code('load("www.example.org/a.csv")')),
    ("code_needs_no_comment_and_no_hidden_name", add_code("a = 1  # one")),
    ("code_needs_no_comment_and_no_hidden_name", add_code("_a = 1")),
    (
        "a_solution_leaves_the_names_of_the_lesson_alone",
        replace(r"```python\n", r"\g<0>load = 1\n"),
    ),
    ("a_solution_leaves_the_names_of_the_lesson_alone", add_code('claim = ""')),
    ("cells_are_counted_from_one", put("execution_count", 1)),
    ("cells_are_counted_from_one", put("execution_count", None)),
    ("cells_have_names_that_last", put("id", "0f3a99bc")),
    ("cells_have_names_that_last", put("id", "Chart_1")),
    ("cells_have_names_that_last", put("id", ALL[-1].cells[0].id)),
    ("nothing_of_the_machine_is_saved", put("metadata", {"scrolled": True})),
    ("nothing_of_the_machine_is_saved", add_text("Saved in /home/teacher/lessons.")),
    ("nothing_of_the_machine_is_saved", add_text(r"Saved in C:\Users.")),
    ("nothing_of_the_machine_is_saved", lambda nb: nb.metadata.update(widgets={})),
    ("nothing_of_the_machine_is_saved", in_html("<p>", "<p>(/Users/me/a.csv)")),
    ("no_error_or_warning_is_saved", add_output(output_type="error", ename="KeyError")),
    ("no_error_or_warning_is_saved", add_output(output_type="stream", name="stderr", text="Old")),
    ("what_shows_something_has_shown_it", put("outputs", [])),
    ("the_file_is_as_refresh_writes_it", put("id", "another")),
    ("pictures_are_told_in_words", lambda nb: strip_alt(nb)),
    ("pictures_are_told_in_words", add_text("![](chart.png)")),
    ("pictures_are_told_in_words", add_text("![a chart of steel.png](steel.png)")),
    ("pictures_are_told_in_words", add_text('<img src="steel.png">')),
    (
        "pictures_are_told_in_words",
        add_output(output_type="display_data", data={"image/png": "iVBO"}),
    ),
    ("tables_name_their_columns", in_html("<thead>", "<thead><th></th>")),
    ("headings_skip_no_level", add_text("#### Small print")),
    ("headings_skip_no_level", add_text("# Another title")),
    ("headings_skip_no_level", in_html("<p>", "<h2>Result</h2><p>")),
    ("links_lead_somewhere", add_text("See [the other](99_nowhere.ipynb).")),
    ("links_lead_somewhere", add_text("See [above](#no-such-heading-here).")),
    ("exercises_can_be_answered_wrongly_with_profit", replace(r"^\*\*Hints", "**Nothing")),
    ("exercises_can_be_answered_wrongly_with_profit", replace(r"mistakes = \[[^`]*", "")),
    ("exercises_can_be_answered_wrongly_with_profit", lambda nb: worthless(nb)),
    ("exercises_stand_before_their_check_and_solution", replace(r'^check\("\w+"', 'check("x"')),
    ("exercises_stand_before_their_check_and_solution", replace(r"^</details>$", "")),
    ("spelling_is_british", add_text("The color of labor.")),
    ("spelling_is_british", add_text("Output grew by 5%.")),
    ("numbers_in_the_text_are_borne_out", add_text("In 1957 it was 87.31 million tonnes.")),
    ("numbers_in_the_text_are_borne_out", add_text("It made 1,234,567 pairs of shoes.")),
]


def strip_alt(notebook):
    for data in outputs(notebook):
        if "text/html" in data:
            data["text/html"] = re.sub(r' alt="[^"]*"', "", data["text/html"])


def worthless(notebook):
    cell = next(cell for cell in notebook.cells if "exercise" in kinds(cell))
    cell.metadata["tags"] = [re.sub(r"\d+$", "0", tag) for tag in cell.metadata["tags"]]


RULES = {rule.__name__: rule for rule in EVERYWHERE + IN_LESSONS}
NUMBERED = [pytest.param(*pair, id=f"{pair[0]}-{n}") for n, pair in enumerate(BREAKS)]


@pytest.mark.parametrize(("name", "change"), NUMBERED)
def test_a_spoilt_lesson_is_caught(name, change):
    lesson = next(lesson for lesson in LESSONS if lesson.name.startswith("06"))
    faults = set(RULES[name](lesson.changed(change))) - set(RULES[name](lesson))
    assert faults


def test_every_rule_is_tried():
    assert {name for name, _ in BREAKS} == set(RULES)


@pytest.mark.parametrize("ending", [b"", b"\r\n", b"\n\n"], ids=["none", "windows", "two"])
def test_another_end_of_line_is_caught(ending, tmp_path):
    lesson = LESSONS[0]
    raw = lesson.path.read_bytes()
    text = raw.replace(b"\n", ending) if ending == b"\r\n" else raw.rstrip(b"\n") + ending
    copy = tmp_path / lesson.path.name
    copy.write_bytes(text)
    assert list(RULES["the_file_is_as_refresh_writes_it"](read(copy)))


@pytest.mark.parametrize(
    "text", ["colour", "organised", "the size of a prize", "a computer program"]
)
def test_british_words_pass(text):
    assert american(text) == []


@pytest.mark.parametrize(
    "text", ["the color", "organized", "two percent", "a new program", "industrialization"]
)
def test_american_words_are_caught(text):
    assert len(american(text)) == 1


def test_numbers_to_check_are_no_years_days_or_small_counts():
    text = "On 27 November 1957, 12 men made 1,535.1 and 21 in 0.5 days. 1965, at last."
    assert numbers_to_check(text) == ["1,535.1", "21", "0.5"]


def test_a_number_is_borne_out_by_what_rounds_to_it():
    assert rounds_to(1535.14, "1,535.1")
    assert rounds_to(1535.14, "1,535")
    assert not rounds_to(1535.14, "1,536")
    assert not rounds_to(1535.14, "1,535.2")


def test_a_wrong_number_is_seldom_borne_out_by_chance():
    lesson = next(lesson for lesson in LESSONS if lesson.name.startswith("06"))
    wrong = [f"In 1965 it was {n / 10} million." for n in range(211, 7000, 97)]
    rule = RULES["numbers_in_the_text_are_borne_out"]
    caught = len(list(rule(lesson.changed(add_text(" ".join(wrong))))))
    assert caught > 0.85 * len(wrong)


def test_every_known_number_is_used():
    texts = [cell.source for lesson in LESSONS for cell in lesson.markdown]
    found = set(itertools.chain.from_iterable(map(numbers_to_check, texts)))
    for value in KNOWN_NUMBERS:
        assert any(rounds_to(value, number) for number in found), value


def test_words_that_give_an_answer_away_are_noticed():
    assert gives_away("It is 48.3 per cent.", 48.27, 50)
    assert gives_away('Take "b".', "b", "a")
    assert gives_away("You forgot pig iron.", ["pig_iron", "coal"], ["coal"])
    assert gives_away("Try 1974.", 1974, 1975)
    assert not gives_away("Is coal really there?", ["pig_iron", "coal"], ["coal"])
    assert not gives_away("A little more than 40.", 48.27, 50)
    assert not gives_away("Count from 1957 to 1972.", 1974, 1975)


# --- the teacher's pages ---


def guide_parts(text):
    """Return a teacher's page as {heading: text}."""
    pieces = re.split(r"^## (.*)\n", text, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def tables(text):
    """Return the rows of the tables in some Markdown, as {column: words}, ruling lines left out."""
    found = []
    for block in re.findall(r"(?:^\|.*\n?)+", text, flags=re.MULTILINE):
        lines = [[w.strip() for w in row.strip("|").split("|")] for row in block.splitlines()]
        found.append([dict(zip(lines[0], line, strict=True)) for line in lines[2:]])
    return found


def faults_of_guide(text, lesson):
    """Yield what a teacher would miss on a page."""
    parts = guide_parts(text)
    if not in_order(GUIDE, parts):
        yield f"headings are {list(parts)}; wanted are, in this order, {GUIDE}"
        return
    for heading, minutes in ((GUIDE[0], 50), (GUIDE[1], 15)):
        plan = tables(parts[heading])
        if not plan or sum(int(row["Minutes"]) for row in plan[0]) != minutes:
            yield f"{heading}: the minutes do not make {minutes}"
    planned = [row.get("Part") for plan in tables(parts[GUIDE[0]]) for row in plan]
    if not in_order(planned, headings_of_parts(lesson)):
        yield f"the plan has {planned}, the lesson {headings_of_parts(lesson)}"
    if not tables(parts[GUIDE[2]]) or len(tables(parts[GUIDE[2]])[0]) < 3:
        yield "fewer than three things that students get wrong"
    rubric = tables(parts[GUIDE[4]])
    if not rubric or len(rubric[0][0]) != 4 or len(rubric[0]) < 2:
        yield "the rubric has not three levels"
    in_lesson = [tables(cell.source) for cell in lesson.markdown if "rubric" in kinds(cell)]
    if rubric[:1] not in in_lesson:
        yield "the rubric is not the lesson's"
    for heading in (GUIDE[3], GUIDE[5]):
        if len(parts[heading].split()) < 30:
            yield f"{heading}: says next to nothing"
    # A quotation keeps its own spelling.
    yield from american(re.sub(r"^>.*", "", FENCE.sub("", text), flags=re.MULTILINE))
    yield from unfounded(tables(parts[GUIDE[5]]), evidence(lesson)[0])


def headings_of_parts(lesson):
    """Return the headings that open the parts of a first hour, the title left out."""
    opening = [cell for cell in lesson.first_hour[1:] if "part" in kinds(cell)]
    return [cell.source.splitlines()[0].removeprefix("## ") for cell in opening]


def unfounded(handouts, rows):
    """Yield the figures in tables with a column a year that no table of the lesson has."""
    for row in (row for table in handouts for row in table):
        for year in filter(str.isdigit, row):
            values = [value for value, when in rows if when == int(year)]
            if not any(rounds_to(value, row[year]) for value in values):
                yield f"{row[year]} in {year} is in no table: {row}"


def guide_of(lesson):
    return (TEACHING / f"{lesson.name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("lesson", LESSONS, ids=named)
def test_every_lesson_has_its_teachers_page(lesson):
    assert (TEACHING / f"{lesson.name}.md").exists()
    assert list(faults_of_guide(guide_of(lesson), lesson)) == []


def test_every_teachers_page_has_its_lesson():
    pages = {path.stem for path in TEACHING.glob("[0-9]*.md")}
    assert pages == {lesson.name for lesson in ALL}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"^\| 10 \|", "| 12 |"),
        (r"^## Fifteen", "## Fourteen"),
        (r"^## Without a computer[\s\S]*", "## Without a computer\n\nPrint it.\n"),
        (r"\| Strong \|$", "| Secure |"),
        (r"\| (\d )?Read \|", "| Listen |"),
        (r"(## What students get wrong\n\n.*\n.*\n.*\n)[^#]*", r"\1\n"),
        (r"\Z", "One percent.\n"),
        (r"^(\| Steel, USSR.*?\| )[\d.]+", r"\g<1>29.9"),
    ],
)
def test_a_spoilt_teachers_page_is_caught(old, new):
    lesson = next(lesson for lesson in LESSONS if lesson.name.startswith("06"))
    text = guide_of(lesson)
    spoilt = re.sub(old, new, text, count=1, flags=re.MULTILINE)
    assert spoilt != text
    assert set(faults_of_guide(spoilt, lesson)) - set(faults_of_guide(text, lesson))
