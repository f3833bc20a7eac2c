"""The reading copy: plain pages from the saved notebooks, whole, without a network, for everybody.

What is looked at in a browser is skipped where there is none, as in test_browser.py.
"""

import doctest
import json
import os
import posixpath
import re
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import finish
import lesson_page as page_maker
import pytest
import reference_pages as page_of_words
from barriers import barriers
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from lab import PROJECTOR, needed_browser, running_browser
from lessons import ALL, LESSONS, PICTURE, TEACHING, html_of, kinds
from two_winds import load, value
from two_winds.charts.common.style import HAN

import reading_copy

TEACHING_PAGES = [f"teaching/{path.stem}.html" for path in sorted(TEACHING.glob("*.md"))]
LESSON_PAGES = [f"{lesson.name}.html" for lesson in ALL]
PAGES = ["index.html", "glossary.html", "timeline.html", "sources.html"]
HANDOUTS = [f"handouts/{lesson.name}.html" for lesson in ALL]
FOR_TEACHERS = [*TEACHING_PAGES, "teaching/index.html"]
PAGES += LESSON_PAGES + HANDOUTS + FOR_TEACHERS
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
MARK = re.compile(r"^\s*(\d+\. |```\w*)")
CHINESE = re.compile(r"[\u3400-\u9fff]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
PHONE, TWICE_AS_LARGE, PAPER = 360, PROJECTOR["width"] // 2, 658


@pytest.fixture(scope="module")
def files(folder):
    """Every file of the reading copy, but for the pages of a class."""
    paths = {path.relative_to(folder).as_posix(): path for path in reading_copy.files_in(folder)}
    return {name: path.read_bytes() for name, path in paths.items() if name[:5] != "class"}


@pytest.fixture(scope="module")
def soups(files):
    """The pages, parsed."""
    names = [name for name in files if name.endswith(".html")]
    return {name: BeautifulSoup(files[name], "html.parser") for name in names}


def words_of(html):
    """Return what is to be read, without regard to line breaks."""
    soup = html if hasattr(html, "get_text") else BeautifulSoup(f"<p>{html}</p>", "html.parser")
    return " ".join(soup.get_text(" ").split())


def squeezed(text):
    """Return a text without spaces: marked languages and line breaks put in some."""
    return "".join(text.split())


def letters(text):
    """Return the letters and digits of a text: marks of Markdown and line breaks do not count."""
    return re.sub(r"\W", "", text)


def html_in(output):
    """Return the HTML of one output."""
    return output.data.get("text/html", "")


def page_of(soups, lesson):
    return soups[f"{lesson.name}.html"]


# The names of schema.org for these types, as read in schema-dts 2.1.0 and on schema.org's own page
# for LearningResource: what a page may say of a lesson.
SCHEMA_ORG = {
    "LearningResource": """about author competencyRequired copyrightNotice creditText description
        educationalLevel inLanguage isAccessibleForFree isPartOf learningResourceType license name
        teaches timeRequired typicalAgeRange url""",
    "Course": """copyrightNotice creditText hasPart inLanguage isAccessibleForFree name url""",
    "Organization": "name",
    "Thing": "name",
}


# --- whole ---


def test_there_is_a_page_for_every_lesson_and_every_teacher(soups):
    assert {f"teaching/{lesson.name}.html" for lesson in LESSONS} <= {*TEACHING_PAGES}
    assert sorted(soups) == sorted(PAGES)
    index = {link["href"] for link in soups["index.html"].find_all("a")}
    assert index >= {*PAGES} - {*HANDOUTS, *FOR_TEACHERS, "index.html"}
    teachers = {f"teaching/{link['href']}" for link in soups["teaching/index.html"].find_all("a")}
    assert teachers >= {*TEACHING_PAGES}


def said_of(soup):
    """Return what a page says of its lesson to catalogues."""
    return json.loads(soup.find("script", type="application/ld+json").string)


def described(thing):
    """Yield each thing in a description, with those within it."""
    if isinstance(thing, dict):
        yield thing
    for part in thing.values() if isinstance(thing, dict) else thing:
        if isinstance(part, dict | list):
            yield from described(part)


def test_a_page_says_what_its_lesson_is_in_the_words_of_schema_org(soups):
    for lesson in LESSONS:
        said = said_of(page_of(soups, lesson))
        header = " ".join(lesson.cells[0].source.replace("*", "").split())
        assert f"# {said['name']}" in header
        assert f"Question. {said['description']}" in header
        assert said["timeRequired"] == "PT50M" and "Minutes. 50" in header
        assert len(said["teaches"]) >= 3 and all(goal in header for goal in said["teaches"])
        assert said["license"] == lesson.notebook.metadata["license"]
        assert [one["name"] for one in said["author"]] == ["The Two Winds authors"]
        assert len(said["about"]) >= 2 and said["url"] == f"{lesson.name}.html"
    whole = said_of(soups["index.html"])
    assert [part["url"] for part in whole["hasPart"]] == [f"{one.name}.html" for one in LESSONS]
    for name in ("index", *(lesson.name for lesson in LESSONS)):
        for thing in described(said_of(soups[f"{name}.html"])):
            known = {"@context", "@type", *SCHEMA_ORG[thing["@type"]].split()}
            assert set(thing) <= known, name
    assert soups["glossary.html"].find("script", type="application/ld+json") is None


def test_no_page_of_a_pupil_leads_to_the_teachers(soups):
    for name in {*PAGES} - {*FOR_TEACHERS}:
        links = [link["href"] for link in soups[name].find_all("a", href=True)]
        assert not [link for link in links if "teaching" in link], name


def test_a_lesson_leads_to_its_handout_and_the_handout_holds_no_answers(soups):
    for lesson in ALL:
        name = f"handouts/{lesson.name}.html"
        assert name in {link["href"] for link in page_of(soups, lesson).find_all("a", href=True)}
        teaching = words_of(soups[f"teaching/{lesson.name}.html"])
        answers = teaching.split(" Answers ")[-1][:80]
        assert len(answers) == 80 and answers not in words_of(soups[name])


@pytest.mark.parametrize("lesson", ALL, ids=lambda lesson: lesson.name)
def test_every_text_and_every_result_of_a_lesson_is_there(soups, lesson):
    shown = letters(words_of(page_of(soups, lesson)))
    for cell in lesson.prose:
        left_out = bool(kinds(cell) & page_maker.LEFT_OUT)
        for line in filter(None, cell.source.splitlines()):
            there = letters(MARK.sub("", LINK.sub(r"\1", line))) in shown
            assert there is not left_out, line
    for cell in lesson.code:
        if kinds(cell) & {"check", "self-study"}:
            continue
        for output in cell.outputs:
            result = output.get("text") or page_maker.STATE.sub("", html_in(output))
            assert letters(words_of(result)) in shown, cell.source


def test_every_saved_picture_is_there_and_none_is_broken(soups, files):
    for lesson in ALL:
        page = page_of(soups, lesson)
        saved = {
            picture["alt"]
            for cell in lesson.code
            for picture in BeautifulSoup(html_of(cell), "html.parser").find_all("img")
        }
        assert saved == {picture["alt"] for picture in page.find_all("img")}
        for picture in page.find_all("img"):
            assert files[picture["src"]].startswith(b"\x89PNG")
            assert picture.find_next("a")["href"] == picture["src"]


def test_what_makes_sense_only_in_jupyterlab_is_left_out(soups):
    for name, soup in soups.items():
        text = words_of(soup)
        for words in ("Not answered yet", "not committed to a guess", "How far are you?"):
            assert words not in text, name
        assert "No description has been provided" not in text, name
        for script in soup.find_all("script"):
            is_data = script.get("type") in ("application/json", "application/ld+json")
            assert is_data or script["src"].endswith(".js"), name


def test_a_cell_for_the_teacher_alone_is_left_out(tmp_path):
    def whisper(notebook):
        notebook.cells[1].metadata["tags"] = ["teacher"]
        notebook.cells[1].source = "xyzzy"

    path = tmp_path / ALL[1].path.name
    page_maker.nbformat.write(ALL[1].changed(whisper).notebook, path)
    lesson = page_maker.read_lesson(path)
    assert not any("xyzzy" in block for block in lesson.first + lesson.second)


def test_the_figures_that_an_exercise_looks_up_stand_beside_it():
    code = 'a = value(production, "SUN", "steel", 1957) / value(production, "USA", "steel", 1957)'
    soup = BeautifulSoup(page_maker.figures(SimpleNamespace(solution=code)), "html.parser")
    rows = [[words_of(cell) for cell in row.find_all("td")] for row in soup.select("tbody tr")]
    ours, theirs = (value(load("production"), c, "steel", 1957) for c in ("SUN", "USA"))
    assert [row[0] for row in rows] == ["USSR", "USA"]
    assert [float(row[3]) for row in rows] == [float(f"{ours:g}"), float(f"{theirs:g}")]
    assert page_maker.figures(SimpleNamespace(solution='a = "b"')) == ""


def test_every_desk_says_that_it_moves(soups):
    for lesson in ALL:
        results = [o for cell in lesson.code for o in cell.outputs if "data" in o]
        moving = [
            o for o in results
            if o.output_type == "execute_result" and PICTURE.search(o.data.get("text/html", ""))
        ]  # fmt: skip
        assert len(page_of(soups, lesson).select(".moves")) == len(moving)


# --- exercises ---


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_hints_and_solutions_are_there_and_folded(soups, lesson):
    page = BeautifulSoup(str(page_of(soups, lesson)), "html.parser")
    folded = squeezed(" ".join(words_of(fold.extract()) for fold in page.find_all("details")))
    open_to_all = squeezed(words_of(page))
    for exercise in lesson.exercises:
        for secret in (exercise.why, *exercise.hints):
            assert squeezed(secret) in folded
            assert squeezed(secret) not in open_to_all
        assert squeezed(exercise.solution) not in open_to_all
    written = [e for e in lesson.exercises if not page_maker.is_choice(e.solution)]
    assert len(page.select(".room")) == len(written)


def test_a_solution_names_the_answer_and_what_else_may_have_been_found(soups):
    lesson = next(lesson for lesson in LESSONS if lesson.name.startswith("06"))
    folds = [words_of(fold) for fold in page_of(soups, lesson).select("details.solution")]
    for exercise, told in zip(lesson.exercises, folds, strict=True):
        key = page_maker.read_keys()[exercise.name]
        if isinstance(key["expected"], float):
            assert f"Answer. {page_maker.number(key['expected'])} " in told
        for _, words in key["mistakes"]:
            assert squeezed(words) in squeezed(told)


def test_a_list_that_a_question_speaks_of_can_be_seen(soups):
    page = page_of(soups, next(lesson for lesson in LESSONS if lesson.name.startswith("06")))
    given = [pre.get_text() for pre in page.find_all("pre") if pre.find_parent("details") is None]
    assert [text for text in given if "heavy_seven" in text and "cement" in text]
    assert not [text for text in given if "= None" in text]


def test_a_lesson_not_refreshed_yet_is_refused_in_plain_words(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(page_maker, "read_keys", dict)
    assert reading_copy.main(tmp_path / "copy") == 1
    assert "is new. First run: python start.py refresh" in capsys.readouterr().out


# --- glossary and timeline ---


def test_the_glossary_holds_every_word_once_with_the_lessons_that_explain_it(soups):
    rows = soups["glossary.html"].select("tbody tr")
    entries = {page_of_words.plain(words_of(row.th)): row for row in rows}
    assert len(entries) == len(rows)
    assert list(entries) == sorted(entries)
    for lesson in LESSONS:
        for row in page_of_words.header_words(lesson.cells[0].source):
            entry = entries[page_of_words.plain(row["English"])]
            assert f"{lesson.name}.html" in {link["href"] for link in entry.find_all("a")}
    for row in load("glossary").to_dict("records"):
        entry = squeezed(entries[page_of_words.plain(row["english"])].get_text())
        assert squeezed(row["meaning"]).rstrip(".") in entry
        assert ("*" in entry) == (row["grade"] == "C")


def test_the_sources_can_be_jumped_to_by_letter(soups):
    page = soups["sources.html"]
    letters_linked = [link.get_text() for link in page.select(".letters a")]
    assert letters_linked == [words_of(heading) for heading in page.find_all("h2")]
    assert len(letters_linked) > 15


def test_the_timeline_holds_every_event_under_its_year(soups):
    events = load("events")
    page = soups["timeline.html"]
    assert len(page.select("ol.events > li")) == len(events)
    for event in events.to_dict("records"):
        item = page.find(id=event["event"]).find_parent("li")
        assert words_of(item.find_parent("section").h2) == event["date_start"][:4]
        assert squeezed(event["description"]) in squeezed(words_of(item))
        assert f"sources.html#{event['source']}" in {a["href"] for a in item.find_all("a")}
        assert ("unverified" in [mark.get_text() for mark in item.find_all("strong")]) == (
            event["grade"] == "C"
        )


# --- links, size, bytes ---


def test_every_link_is_relative_and_leads_somewhere(soups, files):
    for name, soup in soups.items():
        for tag in soup.find_all(["a", "img", "link"]):
            address = urlsplit(tag.get("href") or tag["src"])
            assert not address.scheme and not address.netloc, tag
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), address.path))
            target = name if not address.path else unquote(target)
            assert target in files, (name, tag)
            if address.fragment:
                assert soups[target].find(id=address.fragment), (name, tag)
        ids = [tag["id"] for tag in soup.find_all(id=True)]
        assert len(ids) == len(set(ids)), name


def test_the_style_sheet_brings_its_font_and_fetches_nothing(files):
    style = files["style.css"].decode()
    assert re.findall(r"url\(\W?(.{15})", style) == ["data:font/otf;ba"[:15]]
    assert "@import" not in style


def test_it_is_light(files, soups):
    assert sum(map(len, files.values())) < 4_000_000
    for name, soup in soups.items():
        assert len(files[name]) < 200_000, name
        pictures = {picture["src"] for picture in soup.find_all("img")}
        assert len(files[name]) + sum(len(files[path]) for path in pictures) < 500_000, name


# --- languages ---


def test_chinese_and_russian_say_their_language(soups):
    for name, soup in soups.items():
        for script, language in ((CHINESE, ("zh",)), (CYRILLIC, ("ru", "sr", "mk", "bg", "uk"))):
            for text in soup.find_all(string=script):
                if text.parent.name != "script":
                    assert text.find_parent(lang=True)["lang"].startswith(language), (name, text)


def test_the_font_on_board_holds_every_chinese_character(soups):
    held = TTFont(HAN).getBestCmap()
    for name, soup in soups.items():
        assert {c for c in CHINESE.findall(soup.get_text()) if ord(c) not in held} == set(), name


# --- for whoever cannot see ---


def test_headings_are_in_order(soups):
    for name, soup in soups.items():
        levels = [int(heading.name[1]) for heading in soup.find_all(re.compile("^h[1-6]$"))]
        assert levels[0] == 1 and levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_picture_has_a_description(soups):
    for name, soup in soups.items():
        for picture in soup.find_all("img"):
            assert len(picture["alt"].split()) >= 5, name


def test_a_wide_table_has_a_box_with_a_name_of_its_own(soups):
    for soup in soups.values():
        for table in soup.find_all("table"):
            assert all(words_of(head) for head in table.find_all("th"))
            boxed = table.parent.get("role") == "region" and table.parent["tabindex"] == "0"
            assert boxed or len(table.tr.find_all(["td", "th"])) <= 2
        names = [box["aria-label"] for box in soup.select("[role=region]")]
        assert len(names) == len(set(names))


def test_the_examples_in_the_docstrings_hold():
    for module in (finish, page_maker, page_of_words):
        result = doctest.testmod(module)
        assert result.attempted and not result.failed


# --- the folder ---


def test_what_was_made_here_is_replaced_and_what_is_gone_from_it_goes(tmp_path):
    reading_copy.write({"old.html": b"old", "index.html": b"1"}, tmp_path)
    reading_copy.write({"index.html": b"2"}, tmp_path)
    assert (tmp_path / "index.html").read_bytes() == b"2"
    assert not (tmp_path / "old.html").exists()


@pytest.mark.parametrize("made_here_before", [True, False])
@pytest.mark.parametrize("name", ["notes.txt", "index.html", "teaching/my own page.html"])
def test_nothing_of_anybodys_is_lost(tmp_path, made_here_before, name):
    if made_here_before:
        reading_copy.write({"index.html": b"1", "teaching/06.html": b"2"}, tmp_path)
    (tmp_path / "teaching").mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(reading_copy.ReadingCopyError, match="Nothing was changed") as refusal:
        reading_copy.write({"index.html": b"3"}, tmp_path)
    assert str(tmp_path / name).removeprefix(f"{tmp_path}{os.sep}") in str(refusal.value)
    assert (tmp_path / name).read_bytes() == b"mine"


# --- in a browser, the network switched off ---


@pytest.fixture(scope="module")
def browser():
    """A browser without a network."""
    with running_browser(needed_browser()) as browser:
        yield browser.new_context(viewport=PROJECTOR, offline=True)


@pytest.fixture(scope="module")
def folder(written):
    """The reading copy as on a USB stick, in a folder whose name needs quoting."""
    folder, _ = written
    return folder


@pytest.fixture(scope="module")
def tab(browser):
    """One tab, which notes what it asks for and what goes wrong."""
    page = browser.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("requestfailed", lambda request: page.complaints.append(request.url))
    page.on("console", lambda message: page.complaints.append(message.text))
    return page


@pytest.fixture(scope="module", params=PAGES)
def page(tab, folder, request):
    """A page of the reading copy, opened from its file."""
    tab.asked.clear()
    tab.complaints.clear()
    tab.goto((folder / request.param).as_uri())
    tab.name = request.param
    return tab


@pytest.fixture
def lesson_page(tab, folder):
    """A lesson with exercises, freshly opened."""
    tab.goto((folder / LESSON_PAGES[6]).as_uri())
    yield tab
    tab.emulate_media(media="null")
    tab.set_viewport_size(PROJECTOR)


WIDTHS = "pictures => pictures.map(picture => picture.naturalWidth)"
OPEN_ALL = "folds => folds.forEach(fold => fold.open = true)"
SMALL_TEXT = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  while (texts.nextNode())
    if (texts.currentNode.data.trim() &&
        parseFloat(getComputedStyle(texts.currentNode.parentElement).fontSize) < 16)
      small.push(texts.currentNode.data);
  return small;
}"""
NEEDED = "() => document.documentElement.scrollWidth"
CUT_OFF = """() => [...document.querySelectorAll("body *")].filter(thing => {
  const {left, right, width} = thing.getBoundingClientRect();
  const cut = width > 1 && (left < 0 || right > innerWidth);
  return cut && !thing.closest(".box, figure, .picture, .skip");
}).map(thing => thing.outerHTML.slice(0, 100))"""


def test_nothing_is_asked_of_any_other_machine(page):
    assert {urlsplit(address).scheme for address in page.asked} <= {"file", "data"}
    assert page.complaints == []
    assert all(page.locator("img").evaluate_all(WIDTHS))


# Handouts are made of the cells of their lessons, and teachers' pages all of one template.
LOOKED_AT = [name for name in PAGES if name not in {*HANDOUTS[1:], *TEACHING_PAGES[1:]}]


@pytest.mark.parametrize("page", LOOKED_AT, indirect=True)
def test_axe_finds_no_barrier(page):
    page.locator("details").evaluate_all(OPEN_ALL)
    assert barriers(page) == []


def test_the_page_need_not_be_scrolled_sideways(page):
    page.locator("details").evaluate_all(OPEN_ALL)
    for width in (PHONE, TWICE_AS_LARGE, PROJECTOR["width"]):
        page.set_viewport_size({"width": width, "height": PROJECTOR["height"]})
        assert page.evaluate(NEEDED) <= width
        assert page.evaluate(CUT_OFF) == [], width


def test_no_text_is_small(page):
    assert page.evaluate(SMALL_TEXT) == []


def test_paper_is_wide_enough(page):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": PAPER, "height": 1000})
    needed = page.evaluate(NEEDED)
    boxes = page.locator(".box").evaluate_all("all => all.map(box => box.scrollWidth)")
    page.emulate_media(media="null")
    page.set_viewport_size(PROJECTOR)
    assert max([needed, *boxes]) <= PAPER


SHEETS = dict.fromkeys(LESSON_PAGES[1:], 6) | dict.fromkeys(HANDOUTS[1:], 2)


@pytest.mark.parametrize("page", SHEETS, indirect=True)
def test_a_first_hour_prints_on_six_sheets_and_its_handout_on_two(page):
    page.locator("details").evaluate_all("folds => folds.forEach(fold => fold.open = false)")
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) <= SHEETS[page.name]


def test_chinese_is_drawn_with_the_font_on_board(tab, folder):
    tab.goto((folder / "glossary.html").as_uri())
    client = tab.context.new_cdp_session(tab)
    client.send("DOM.enable")
    client.send("CSS.enable")
    root = client.send("DOM.getDocument")["root"]["nodeId"]
    query = {"nodeId": root, "selector": "[lang^=zh]"}
    found = client.send("DOM.querySelectorAll", query)["nodeIds"]
    fonts = [
        font["familyName"]
        for node in found
        for font in client.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    ]
    assert len(found) > 50 and set(fonts) == {"Two Winds Han"}


NUMBER_ALL = """things => things.filter(thing => thing.checkVisibility())
  .map((thing, number) => thing.dataset.number = number).length"""
# Of a group of choices the Tab key reaches the first; the arrows lead on from there.
REACHED = "a[href], summary, [tabindex='0'], button, textarea, select, "
REACHED += "input:not([type=radio]), label:first-of-type input[type=radio]"
FOCUS = """() => {
  const here = document.activeElement;
  return [+here.dataset.number, getComputedStyle(here).outlineStyle];
}"""


DOTS = """items => items.map(item => {
  const {width, borderLeftWidth} = getComputedStyle(item, "::before");
  return [parseFloat(width) <= 2 * parseFloat(borderLeftWidth), item.innerText];
})"""


def test_an_unverified_event_has_a_hollow_dot_also_on_paper(tab, folder):
    tab.goto((folder / "timeline.html").as_uri())
    dots = tab.locator("ol.events > li").evaluate_all(DOTS)
    assert len(dots) > 80
    # A border that meets itself: unlike a background it is always printed.
    assert [text for filled, text in dots if filled == ("Grade C" in text)] == []


def test_all_can_be_reached_and_seen_to_be_reached_by_keyboard(lesson_page):
    lesson_page.set_viewport_size({"width": PHONE, "height": 720})
    wanted = lesson_page.locator(REACHED).evaluate_all(NUMBER_ALL)
    for number in range(wanted):
        lesson_page.keyboard.press("Tab")
        reached, outline = lesson_page.evaluate(FOCUS)
        assert reached == number and outline != "none"


def test_a_fold_opens_by_keyboard(lesson_page):
    lesson_page.set_viewport_size({"width": PHONE, "height": 720})
    fold = lesson_page.locator("details.solution").first
    fold.locator("summary").press("Enter")
    assert fold.get_by_text("Why it matters.").is_visible()


def test_on_a_phone_a_row_of_a_table_is_a_card_and_a_picture_keeps_its_letters(lesson_page):
    lesson_page.set_viewport_size({"width": PHONE, "height": 720})
    for box in lesson_page.locator(".box").all():
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
    width = lesson_page.locator("figure img").first.evaluate("image => image.offsetWidth")
    assert width >= 600


def test_the_first_key_leads_to_the_text(lesson_page):
    lesson_page.keyboard.press("Tab")
    lesson_page.keyboard.press("Enter")
    assert lesson_page.evaluate("() => document.activeElement.id") == "main"


def test_on_paper_there_are_exercises_but_neither_code_nor_solutions(lesson_page):
    lesson_page.locator("details").evaluate_all(OPEN_ALL)
    lesson_page.emulate_media(media="print")
    visible = lesson_page.locator("main").inner_text()
    lesson = ALL[6]
    for exercise in lesson.exercises:
        assert squeezed(exercise.why) not in squeezed(visible)
        assert squeezed(exercise.solution) not in squeezed(visible)
        assert not [hint for hint in exercise.hints if hint in visible]
    assert "from two_winds import" not in visible and "Show the" not in visible
    rooms = lesson_page.locator(".room:visible").evaluate_all("all => all.map(r => r.offsetHeight)")
    assert rooms and min(rooms) > 20
    assert visible.count("Exercise ") >= 4
    assert not lesson_page.get_by_role("navigation").first.is_visible()


def test_on_paper_a_rubric_is_open(lesson_page):
    rubric = lesson_page.locator("details:not([class]) table").first
    assert not rubric.is_visible()
    lesson_page.emulate_media(media="print")
    assert rubric.is_visible()


def test_paper_holds_the_first_hour_and_the_second_when_asked(lesson_page):
    second = lesson_page.locator(".second-hour h2").first
    lesson_page.emulate_media(media="print")
    assert not second.is_visible()
    lesson_page.emulate_media(media="screen")
    lesson_page.get_by_label("Print the second hour too").check()
    lesson_page.emulate_media(media="print")
    assert second.is_visible()


def test_on_paper_a_teacher_can_hand_out_the_handout_without_the_answers(tab, folder):
    tab.goto((folder / "teaching/06_overtake_america.html").as_uri())
    tab.emulate_media(media="print")
    begins = "heading => getComputedStyle(heading).breakBefore"
    for heading in ("Handout", "Answers"):
        assert tab.get_by_role("heading", name=heading, exact=True).evaluate(begins) == "page"
    tab.emulate_media(media="null")


def test_without_a_key_a_solution_stays_closed(lesson_page):
    assert not lesson_page.locator("details.solution p").first.is_visible()
    assert lesson_page.locator("details[open]").count() == 0
