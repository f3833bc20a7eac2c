"""The pages that answer: they say what the notebook says, and lose nothing that was written."""

import csv
import json
import math
import shutil
import time

import numpy as np
import pytest
from barriers import barriers
from bs4 import BeautifulSoup
from classwork.__main__ import main as classwork
from classwork.practice.check import judge, read_keys
from firefox import DOWN, ENTER, SPACE, needed_firefox, running_firefox
from lab import PROJECTOR, needed_browser, running_browser
from lessons import LESSONS
from page_exercises import as_key
from PIL import Image
from playwright.sync_api import expect
from two_winds import growth_rate, load, project, required_rate, value

import reading_copy

KEYS = read_keys()
PHONE = {"width": 360, "height": 720}
LESSON = next(lesson for lesson in LESSONS if lesson.name.startswith("08"))


@pytest.fixture(scope="module")
def folder(written):
    """The pages as on a USB stick, with those for a class at the wall."""
    folder, _ = written
    return folder


@pytest.fixture(scope="module")
def browser():
    with running_browser(needed_browser()) as browser:
        yield browser


@pytest.fixture(scope="module")
def window(browser):
    """A tab without a network, which notes what goes wrong and says yes to what it is asked.

    To open one more would take twice as long as to go on in this one.
    """
    page = browser.new_context(viewport=PROJECTOR, offline=True).new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    page.context.close()


@pytest.fixture
def tab(window):
    """The tab for one test, which may write on what it opens: nothing is kept afterwards."""
    window.complaints.clear()
    yield window
    assert window.complaints == []
    window.evaluate("() => localStorage.clear()")


@pytest.fixture
def page(tab, folder):
    """A lesson's page, opened as on the first day."""
    tab.goto((folder / f"{LESSON.name}.html").as_uri())
    return tab


# --- the same words ---


def near(answer):
    """Return answers in the neighbourhood of one, such as slips lead to."""
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return []
    slips = [answer * 100, answer / 100, answer * 1000, -answer, answer + 100, answer - 100]
    slips += [
        answer + 1,
        answer - 1,
        round(answer),
        round(answer, 1),
        answer * 1.015,
        answer * 1.03,
        answer * 1.004,
        answer * 1.006,
        answer * 0.907,
        answer / 0.907,
    ]
    return slips + ([1 / answer, 10000 / answer] if answer else [])


def grid():
    """Yield (exercise, answer) for every right answer, foreseen mistake and slip of all lessons."""
    for name, key in KEYS.items():
        if key["free_text"]:
            yield name, "It rose by 9 per cent."
            yield name, "It rose."
            continue
        known = [key["expected"], *(mistake for mistake, _ in key["mistakes"])]
        for answer in [*known, key.get("printed", key["expected"])]:
            yield name, answer
            yield from ((name, slip) for slip in near(answer))
        if isinstance(key["expected"], str):
            yield name, key["expected"].upper()
            yield name, f"{key['expected']}."
            yield name, f"({key['expected']}) because it is so"
            yield name, "something else"
        if isinstance(key["expected"], list):
            yield name, key["expected"][1:]
            yield name, [*key["expected"], "something else"]


def test_the_page_says_what_the_notebook_says(page):
    cases = [(name, answer) for name, answer in grid() if not is_nan(answer)]
    keys = {name: as_key(key) for name, key in KEYS.items()}
    told = page.evaluate(
        "([cases, keys]) => cases.map(([name, answer]) => judge(answer, keys[name]))",
        [cases, keys],
    )
    assert len(cases) > 1000
    for (name, answer), verdict in zip(cases, told, strict=True):
        wanted = judge(name, answer, KEYS[name])
        assert verdict["state"] == wanted.state, (name, answer)
        said = verdict["words"].removesuffix(" Need a push? Press Hint.")
        assert said in (wanted.words, f"{wanted.words} {wanted.remedy}"), (name, answer)


def is_nan(answer):
    return isinstance(answer, float) and math.isnan(answer)


SUMS = {
    "100 * 233 / 950": 100 * 233 / 950,
    "2 ** 3 ** 2": 2**3**2,
    "-2 ** 2": -(2**2),
    "(1 + 2) * -3": (1 + 2) * -3,
    "1e3 / 4": 250,
    "round(12.345, 1)": 12.3,
    "100 * growth_rate(27.3, 51.2, 7)": 100 * growth_rate(27.3, 51.2, 7),
    "project(51.2, 0.05, 15)": project(51.2, 0.05, 15),
    "required_rate(51.2, 102.3, 15)": required_rate(51.2, 102.3, 15),
    'value(production, "SUN", "steel", 1957)': value(load("production"), "SUN", "steel", 1957),
}
REFUSED = {
    "12,3": "Write a point: 12.3.",
    "31.6 %": "Leave out the per cent sign",
    "growth_rate(27,3, 51,2, 7)": "growth_rate needs start, end, years",
    "1 +": "not finished",
    "1 / 0": "divided by 0",
    "steel_1957": "is not known here",
    "fetch('x')": "There is no helper named fetch",
    "constructor(1)": "There is no helper named constructor",
    "a.b": "cannot be read",
    "“9”": "straight quotation marks",
    "9 9": "cannot be read",
}


def test_a_sum_is_worked_out_as_in_the_notebook(page):
    table = load("production").query("series == 'official'")
    tables = {
        "production": {f"{r.country} {r.product} {r.year}": r.value for r in table.itertuples()}
    }
    for text, wanted in SUMS.items():
        found = page.evaluate("([text, tables]) => calculate(text, tables)", [text, tables])
        assert found == pytest.approx(wanted, rel=1e-12), text


def test_what_is_no_sum_is_answered_in_words_and_never_run(page):
    calculate = "try { return String(calculate(text, {})); } catch (slip) { return slip.message; }"
    for text, words in REFUSED.items():
        assert words in page.evaluate(f"text => {{ {calculate} }}", text), text


# --- somebody works on a page ---


def form(page, name):
    return page.locator(f"form.answer[data-exercise={name}]")


def answer(page, name, wanted):
    """Give an answer by the keyboard and press Enter, or the button; return what is said."""
    place = form(page, name)
    if place.get_attribute("data-kind") == "choice":
        place.locator(f"input[value='{wanted}']").check()
        place.get_by_role("button", name="Check").press("Enter")
    elif place.get_attribute("data-kind") == "words":
        place.locator("textarea").fill(wanted)
        place.get_by_role("button", name="Check").press("Enter")
    else:
        place.locator("input").fill(str(wanted))
        place.locator("input").press("Enter")
    return place.get_by_role("status").inner_text()


def test_every_exercise_of_a_first_hour_can_be_answered_and_progress_survives_closing(page):
    for exercise in LESSON.exercises:
        key = KEYS[exercise.name]
        if key["free_text"]:
            assert "Written: 3 words." in answer(page, exercise.name, "It was 1960.")
        elif isinstance(key["expected"], list):
            for name in key["expected"]:
                form(page, exercise.name).locator(f"input[value='{name}']").check()
            form(page, exercise.name).get_by_role("button", name="Check").click()
            assert "Correct." in form(page, exercise.name).get_by_role("status").inner_text()
        else:
            assert "Correct." in answer(page, exercise.name, key["expected"])
    count = len(LESSON.exercises)
    assert f"{count} of {count} done." in page.locator(".ending").inner_text()
    page.reload()
    assert f"{count} of {count} done." in page.locator(".ending").inner_text()
    name = next(e.name for e in LESSON.exercises if KEYS[e.name]["free_text"])
    assert form(page, name).locator("textarea").input_value() == "It was 1960."
    page.get_by_role("button", name="Forget everything on this page").click()
    page.wait_for_load_state()
    assert f"0 of {count} done." in page.locator(".ending").inner_text()
    assert form(page, name).locator("textarea").input_value() == ""


def test_hints_come_one_at_a_time(page):
    exercise = next(e for e in LESSON.exercises if len(e.hints) > 1)
    place = form(page, exercise.name)
    count = len(exercise.hints)
    for place_of, hint in [*enumerate(exercise.hints, 1), (count, exercise.hints[-1])]:
        place.get_by_role("button", name="Hint").click()
        said = place.get_by_role("status").inner_text()
        assert said == f"Hint {place_of} of {count}. {hint}"


def test_where_nothing_can_be_kept_the_page_says_so_and_goes_on(browser, folder):
    page = browser.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden'); }})"
    )
    page.goto((folder / f"{LESSON.name}.html").as_uri())
    exercise = next(e for e in LESSON.exercises if isinstance(KEYS[e.name]["expected"], str))
    assert "Correct." in answer(page, exercise.name, KEYS[exercise.name]["expected"])
    assert "Nothing can be kept here" in page.locator(".ending").inner_text()
    page.close()


def test_where_the_store_is_full_the_page_says_so_and_goes_on(page):
    full = """() => {
      for (let size = 4e6; size >= 1; size = Math.floor(size / 2))
        try { while (true) localStorage.setItem(`other ${localStorage.length}`, "x".repeat(size)); }
        catch { }
    }"""
    page.evaluate(full)
    for done, exercise in enumerate([e for e in LESSON.exercises if chosen(e)][:2], start=1):
        assert "Correct." in answer(page, exercise.name, KEYS[exercise.name]["expected"])
        assert f"{done} of {len(LESSON.exercises)} done. Nothing" in ending(page)


def test_of_a_page_that_is_open_twice_nothing_is_lost(browser, folder):
    context = browser.new_context(offline=True)
    pages = [context.new_page() for _ in range(2)]
    for page in pages:
        page.goto((folder / f"{LESSON.name}.html").as_uri())
        page.on("dialog", lambda dialog: dialog.accept())
    some = [exercise for exercise in LESSON.exercises if chosen(exercise)]
    for page, exercise in zip(pages, some, strict=False):
        answer(page, exercise.name, KEYS[exercise.name]["expected"])
    for page in pages:
        page.reload()
        assert ending(page).startswith("2 of ")
        for exercise in some[:2]:
            assert form(page, exercise.name).locator("input:checked").count() == 1
    # What is forgotten in the one does not come back from the other.
    pages[0].get_by_role("button", name="Forget everything on this page").click()
    pages[0].wait_for_load_state()
    answer(pages[1], some[2].name, KEYS[some[2].name]["expected"])
    pages[0].reload()
    assert ending(pages[0]).startswith("1 of ")
    context.close()


def test_a_page_that_was_saved_half_is_still_a_page_to_read(page, folder, hand_in, tmp_path):
    half = shutil.copytree(folder, tmp_path / "usb") / "half.html"
    whole = (folder / f"{LESSON.name}.html").read_text(encoding="utf-8")
    data = whole.index('id="lesson"')
    for end in (len(whole) // 3, data - 40, data + 40, data + 4000):
        half.write_text(whole[:end], encoding="utf-8")
        page.goto(half.as_uri())
        assert page.locator("h1").is_visible() and page.locator(".without-script").is_visible()
        assert not page.locator("form.answer").first.is_visible()
    text = hand_in.read_text(encoding="utf-8")
    half.write_text(text[: len(text) // 2], encoding="utf-8")
    page.goto(half.as_uri())
    assert "the page was not saved whole" in page.locator(".without-script").inner_text()


def test_in_the_dark_on_a_phone_and_without_motion_nothing_bars_the_way(browser, folder, hand_in):
    calm = {"color_scheme": "dark", "reduced_motion": "reduce"}
    context = browser.new_context(viewport=PHONE, offline=True, **calm)
    page = context.new_page()
    for path in (folder / f"{LESSON.name}.html", hand_in, folder / f"class/{LESSON.name}.html"):
        page.goto(path.as_uri())
        assert page.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == DARK
        assert page.evaluate("() => document.getAnimations().length") == 0
        assert barriers(page) == []
    context.close()


DARK = "rgb(23, 23, 26)"


def chosen(exercise):
    """Tell whether an exercise is answered by the letter of a choice."""
    return KEYS[exercise.name]["expected"] in [*"abcd"]


def ending(page):
    """Return what a page says at its end."""
    return page.locator(".ending").get_by_role("status").inner_text()


def test_two_lessons_keep_apart(tab, folder):
    first, second = LESSON, next(lesson for lesson in LESSONS if lesson is not LESSON)
    for lesson in (first, second):
        tab.goto((folder / f"{lesson.name}.html").as_uri())
        kept = tab.evaluate("() => Object.keys(localStorage)")
        assert f"two-winds {lesson.name}" not in kept
        exercise = next(e for e in lesson.exercises if isinstance(KEYS[e.name]["expected"], str))
        answer(tab, exercise.name, KEYS[exercise.name]["expected"])
        assert "1 of " in tab.locator(".ending").inner_text()


# --- a guess ---


def test_a_star_stands_on_the_line_of_its_number_and_at_the_edge_where_it_lies_beyond(tab, folder):
    page = tab
    page.goto((folder / "06_overtake_america.html").as_uri())
    source = page.locator("figure[data-guess] img").get_attribute("src")
    pixels = np.asarray(Image.open(folder / source).convert("RGB")).astype(int)
    grey = (abs(pixels - 0xDD).sum(axis=2) < 20).mean(axis=1)
    lines = [place / len(pixels) for place, share in enumerate(grey) if share > 0.4]
    for guess, line in zip((120, 90, 60), lines, strict=False):
        assert height_of_star(page, guess) == pytest.approx(line, abs=0.006), guess
        assert "The star in the picture is your guess." in page.locator(".guess-words").inner_text()
    assert 0.1 < height_of_star(page, 240) < lines[0]
    assert "beyond the scale of the picture" in page.locator(".guess-words").inner_text()


def height_of_star(page, guess):
    """Commit to a guess; return how far down the picture its star stands, as a part of it."""
    page.locator("form.guess input").fill(str(guess))
    page.locator("form.guess input").press("Enter")
    mark = page.locator(".guess-mark").bounding_box()
    picture = page.locator("figure[data-guess] img").bounding_box()
    return (mark["y"] + mark["height"] / 2 - picture["y"]) / picture["height"]


# --- the class at the wall ---

PASSED = """() => {
  const passed = [];
  for (let guess = 0; guess <= 1200; guess++)
    for (let lesson = 1; lesson <= 9; lesson++) {
      const [number, letter] = lineOf(guess, lesson).split(" ");
      const wrong = [];
      [...number].forEach((digit, place) => {
        for (const other of "0123456789") if (other !== digit)
          wrong.push([number.slice(0, place) + other + number.slice(place + 1), lesson]);
        const next = number[place + 1];
        if (next && next !== digit)
          wrong.push([number.slice(0, place) + next + digit + number.slice(place + 2), lesson]);
      });
      for (let other = 1; other <= 9; other++) if (other !== lesson) wrong.push([number, other]);
      for (const [said, where] of wrong)
        if (String(Number(said)) === said && lineOf(Number(said), where).endsWith(letter))
          passed.push([number, said, lesson, where]);
    }
  return passed;
}"""


def test_no_wrong_digit_no_exchange_and_no_other_lesson_fits_the_letter_of_a_line(page):
    assert page.evaluate(PASSED) == []


def test_a_class_sees_its_guesses_above_the_record(browser, folder):
    context = browser.new_context(viewport=PROJECTOR, offline=True)
    pupil, wall = context.new_page(), context.new_page()
    complaints = []
    for one in (pupil, wall):
        one.on("console", lambda message: complaints.append(message.text))
        one.on("pageerror", lambda error: complaints.append(str(error)))
    pupil.goto((folder / "06_overtake_america.html").as_uri())
    lines = {}
    for guess in ("126", "84.5", "200", "60"):
        pupil.locator("form.guess input").fill(guess)
        pupil.locator("form.guess input").press("Enter")
        lines[guess] = pupil.locator("form.guess .line").inner_text().split(": ")[1]
    wall.goto((folder / "class/06_overtake_america.html").as_uri())
    field, said = wall.get_by_label("Lines from the pages"), wall.get_by_role("status")
    assert said.inner_text() == "No guess yet."
    field.focus()
    wall.keyboard.type(lines["126"] + "\n")
    assert said.inner_text() == "Added: 126. 1 guess: 126 million tonnes."
    assert field.input_value() == "" and field.evaluate("field => field === document.activeElement")
    # As from a chat: names, small letters, a decimal comma, no space.
    wall.keyboard.insert_text(f"Anna: {lines['84.5'].replace('.', ',').lower()} Li: ")
    wall.keyboard.insert_text(lines["200"].replace(" ", ""))
    wall.keyboard.press("Enter")
    three = "3 guesses, from 84.5 to 200 million tonnes; in the middle 126."
    assert said.inner_text() == f"Added: 2 lines. {three}"
    wrong = f"{lines['126'].replace('126', '162')} 70"
    wall.keyboard.type(f"{wrong} {lines['126']}\n")
    words = "number and letter do not fit. Ask once more. 70: its letter is missing. Added: 126. "
    assert words in said.inner_text() and field.input_value() == wrong
    rings = wall.locator(".wall .picture path[fill='#ffffff']")
    places = [ring.bounding_box() for ring in rings.all()]
    assert len({(place["x"], place["y"]) for place in places}) == len(places) == 4
    assert [place["x"] for place in places] == sorted(place["x"] for place in places)
    # The record comes when the teacher wants it; both are seen on one screen.
    record = wall.locator(".record img")
    assert not record.is_visible()
    wall.get_by_role("button", name="Show the record").press("Enter")
    ends = record.bounding_box()
    assert places[0]["y"] > 0 and ends["y"] + ends["height"] <= PROJECTOR["height"]
    assert wall.locator(".record .guess-mark").count() == 4
    wall.reload()
    assert said.inner_text().startswith("4 guesses") and not record.is_visible()
    wall.locator(".taken summary").press("Enter")
    wall.get_by_role("button", name="Take out 200").press("Enter")
    assert said.inner_text().startswith("Taken out: 200. 3 guesses, from 84.5 to 126 million")
    assert complaints == []
    assert barriers(wall) == []
    wall.set_viewport_size(PHONE)
    assert wall.evaluate("() => document.documentElement.scrollWidth") <= 360
    wall.on("dialog", lambda dialog: dialog.accept())
    wall.get_by_role("button", name="Forget all").click()
    wall.reload()
    assert said.inner_text() == "No guess yet." and rings.count() == 0
    context.close()


# --- handing in ---

NAMES = ["Anna O'Brien", "Пётр 李小龙"]
IN_FIREFOX = "陈 Zoë"
WORDS = 'He said "no".\nThen: a \\ and \'\'\' and """ and 🛰️, in 1957.'


@pytest.fixture(scope="module")
def hand_in(tmp_path_factory):
    """The page of a student's edition, as a teacher makes it."""
    edition = tmp_path_factory.mktemp("edition") / "08_student.ipynb"
    assert classwork(["student", "08", "--out", str(edition)]) == 0
    assert reading_copy.hand_in([edition]) == 0
    return edition.with_suffix(".html")


def test_the_page_to_hand_in_holds_no_answer(hand_in):
    text = hand_in.read_text(encoding="utf-8")
    for exercise in LESSON.exercises:
        assert exercise.why not in text and exercise.solution.strip() not in text
        assert not [hint for hint in exercise.hints if hint in text]
    assert "http" not in text.split("SIL")[0].replace("http-equiv", "")


@pytest.fixture(scope="module")
def class_folder(tmp_path_factory):
    """What pupils hand in."""
    return tmp_path_factory.mktemp("class")


def data_in(path):
    """Return what a page knows."""
    block = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one("#lesson")
    return json.loads(block.string)


def test_no_guess_and_no_desk_gives_an_answer_away(folder):
    for lesson in LESSONS:
        data = data_in(folder / f"{lesson.name}.html")
        told = json.dumps([data["guesses"], data["desks"]], ensure_ascii=False)
        for exercise in lesson.exercises:
            mistakes = [words for _, words in KEYS[exercise.name]["mistakes"]]
            for secret in (exercise.why, exercise.solution.strip(), *exercise.hints, *mistakes):
                assert secret not in told and json.dumps(secret)[1:-1] not in told


def test_the_page_to_hand_in_takes_the_guess_and_moves_the_desks_as_the_lessons_page(
    tab, folder, hand_in
):
    mine, lessons_own = data_in(hand_in), data_in(folder / f"{LESSON.name}.html")
    assert mine["desks"] == lessons_own["desks"] and mine["desks"]
    assert mine["exercises"] == mine["tables"] == {} and "salt" not in str(mine["guesses"])
    page = tab
    page.goto(hand_in.as_uri())
    page.locator("form.guess input").fill("300")
    page.locator("form.guess input").press("Enter")
    assert "You had predicted 300 million dollars" in page.locator(".guess-words").inner_text()
    desk = page.locator(".desk").first
    before = desk.get_by_role("status").inner_text()
    desk.locator("select").last.select_option(index=2)
    expect(desk.get_by_role("status")).not_to_have_text(before)


def fill_in(page, name, right):
    """Answer every exercise, rightly or not, and save under a name; return the notebook's path."""
    for exercise in LESSON.exercises if right else []:
        expected, place = KEYS[exercise.name]["expected"], form(page, exercise.name)
        kind = place.get_attribute("data-kind")
        if kind == "words":
            place.locator("textarea").fill(WORDS)
        elif kind in ("choice", "list"):
            for one in [expected] if kind == "choice" else expected:
                place.locator(f"input[value='{one}']").check()
        else:
            place.locator("input").fill(str(expected))
    page.get_by_label("Your name").fill(name)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers as a file").click()
    return download.value


def test_a_lesson_in_firefox_by_keyboard_from_the_first_word_to_the_hand_in(
    hand_in, class_folder, tmp_path
):
    name, title = IN_FIREFOX, "document.querySelector('h1').checkVisibility()"
    with running_firefox(needed_firefox(), tmp_path) as firefox:
        firefox.open(hand_in, **PROJECTOR)
        assert firefox.ask(title)
        firefox.go_to("form.guess input")
        firefox.press(f"300{ENTER}")
        assert "You had predicted 300" in firefox.ask(TEXT % ".guess-words")
        before = firefox.ask(TEXT % ".desk [role=status]")
        firefox.go_to(".desk select")
        firefox.press(DOWN)
        firefox.wait_for(f"{TEXT % '.desk [role=status]'} !== {json.dumps(before)}")
        for exercise in LESSON.exercises:
            answer_by_keys(firefox, exercise.name)
        firefox.go_to(".hand-in input")
        firefox.press(name + ENTER)
        said = firefox.ask(TEXT % ".hand-in [role=status]")
        assert said == f"Saved as {name}.ipynb."
        saved = tmp_path / "saved" / f"{name}.ipynb"
        until = time.monotonic() + 10
        while not (saved.exists() and saved.stat().st_size) and time.monotonic() < until:
            time.sleep(0.05)
        # What was written is there when the page is opened again.
        firefox.open(hand_in, **PROJECTOR)
        assert firefox.ask("document.querySelector('.answer textarea').value") == WORDS
        firefox.go_to("[data-cell=ballot] input")
        firefox.press("1")
        firefox.wait_for(
            f"{TEXT % '[data-cell=ballot] [role=status]'}.includes('1 vote, for 1956')"
        )
        assert firefox.complaints == []
    saved.rename(class_folder / saved.name)


TEXT = "document.querySelector('%s').innerText"


def answer_by_keys(firefox, name):
    """Answer an exercise rightly, with nothing but keys."""
    place, expected = f"form[data-exercise={name}]", KEYS[name]["expected"]
    kind = firefox.ask(f"document.querySelector('{place}').dataset.kind")
    if kind == "choice":
        firefox.go_to(f"{place} input")
        firefox.press(SPACE)
        firefox.press_until(DOWN, f"{place} input[value='{expected}']")
    elif kind == "list":
        for one in sorted(expected):
            firefox.go_to(f"{place} input[value='{one}']")
            firefox.press(SPACE)
    elif kind == "words":
        firefox.go_to(f"{place} textarea")
        firefox.press(WORDS.replace("\n", ENTER))
    else:
        firefox.go_to(f"{place} input")
        firefox.press(f"{expected}{ENTER}")
        assert firefox.ask(TEXT % f"{place} [role=status]") == "Received."


def test_what_is_saved_is_graded_like_any_other(browser, hand_in, class_folder, tmp_path):
    # One phone goes from hand to hand: nothing of one pupil may stay for the next.
    context = browser.new_context(viewport=PHONE, offline=True, accept_downloads=True)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(hand_in.as_uri())
    for name, right in [*((name, True) for name in NAMES), ("Empty Page", False)]:
        saved = fill_in(page, name, right)
        assert saved.suggested_filename == f"{name}.ipynb"
        saved.save_as(class_folder / saved.suggested_filename)
        with page.expect_navigation():
            page.get_by_role("button", name="Forget everything on this page").click()
    context.close()
    names = sorted(path.stem for path in class_folder.iterdir() if path.stem != "Empty Page")
    assert {*NAMES} <= {*names} <= {*NAMES, IN_FIREFOX}
    assert classwork(["grade", "08", str(class_folder), "--out", str(tmp_path / "marks")]) == 0
    with (tmp_path / "marks/gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    words = next(e.name for e in LESSON.exercises if KEYS[e.name]["free_text"])
    for name in names:
        mine = [row for row in rows if name in row["student"]]
        others = [row for row in mine if row["exercise"] in KEYS and row["exercise"] != words]
        assert len(others) == len(LESSON.exercises) - 1
        assert {row["verdict"] for row in others} == {"right"}, others
    empty = [row for row in rows if "Empty Page" in row["student"]]
    assert empty and not [row for row in empty if row["verdict"] == "right"]
    notebook = json.loads((class_folder / f"{NAMES[1]}.ipynb").read_text(encoding="utf-8"))
    cell = next(c for c in notebook["cells"] if f"exercise:{words}" in str(c["metadata"]))
    told = {}
    exec("".join(cell["source"]), told)
    assert told[words] == WORDS


def test_without_script_the_page_is_a_page_to_read(browser, folder):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / f"{LESSON.name}.html").as_uri())
    assert not page.locator("form.answer").first.is_visible()
    assert page.locator("details.solution").first.is_visible()
    context.close()


def test_no_element_brings_a_script_or_a_style_of_its_own(folder):
    for path in folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert " style=" not in text.split('<script type="application/json"')[0], path.name
        assert "javascript:" not in text and " onclick" not in text, path.name
        assert "script-src 'self'" in text, path.name


def test_the_data_of_a_page_are_its_lessons_own(folder):
    for lesson in LESSONS:
        data = data_in(folder / f"{lesson.name}.html")
        assert set(data["exercises"]) == {exercise.name for exercise in lesson.exercises}
