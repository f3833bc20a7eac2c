"""The tables on the alliance: counts that must agree, words that must be brief, claims covered."""

import csv
import io
import shutil
import unicodedata
from collections import Counter

import pytest
from matplotlib.ft2font import FT2Font
from two_winds.charts.common.style import HAN
from two_winds.datasets import FOLDER, DatasetError, load, passport, read_table

TABLES = ["arsenals", "claims", "events", "exchange", "glossary", "parties", "people"]
TABLES += ["positions", "texts"]
TAUGHT = ["01", "02", "03", "04", "05", "06", "07", "08"]


# --- what holds for all of them ---


@pytest.mark.parametrize("name", TABLES)
def test_grade_a_rests_on_a_primary_source(name):
    text = (FOLDER / "sources.csv").read_text("utf-8")
    kinds = {row["source"]: row["kind"] for row in csv.DictReader(io.StringIO(text))}
    table = load(name)
    assert {kinds[key] for key in table["source"][table["grade"] == "A"]} <= {"primary"}


def test_the_font_on_board_draws_every_chinese_character_that_a_picture_may_hold():
    on_board = set(FT2Font(str(HAN)).get_charmap())
    # Documents and quotations are shown as text of the page, in the reader's own fonts.
    shown_as_text = {"documents", "quotations"}
    drawn = [path for path in FOLDER.glob("*.csv") if path.stem not in shown_as_text]
    text = "".join(path.read_text("utf-8") for path in drawn)
    assert {
        sign for sign in text if "\u4e00" <= sign <= "\u9fff" and ord(sign) not in on_board
    } == (set()), "run: python tools/make_font.py"


def test_counts_in_the_passports_are_those_of_the_tables():
    parties, people, exchange, glossary = map(load, ["parties", "people", "exchange", "glossary"])
    heads = ((parties["signed_manifesto"] == "yes") & (parties["head"] != "")).sum()
    assert f"known for {heads} of the 64 parties" in flat("parties")
    recalled = (people["years_grade"] == "C").sum()
    assert f"recalled for {recalled} of the {len(people)}" in flat("people")
    assert f"except for {in_words(len(people) - recalled)} people" in flat("people")
    assert f"{(exchange['grade'] == 'C').sum()} rows are recalled" in flat("exchange")
    assert f"{(glossary['grade'] == 'C').sum()} Chinese terms" in flat("glossary")


def flat(name):
    """A passport as one line of text."""
    return " ".join(repr(passport(name)).split())


def in_words(number):
    return {4: "four"}[number]


# --- events ---


def test_every_event_has_a_lesson_and_every_lesson_of_the_alliance_its_stretch():
    events = load("events")
    assert len(events) == events["event"].nunique()
    lessons = Counter(number for cell in events["lessons"] for number in cell.split("; "))
    assert set(lessons) <= set(TAUGHT)
    assert all(lessons[number] >= 10 for number in ("01", "02", "03", "08"))


def test_an_event_ends_after_it_begins_and_within_the_twenty_years():
    events = load("events")
    ended = events[events["date_end"] != ""]
    assert (ended["date_start"] < ended["date_end"]).all()
    assert events["date_start"].min() >= "1949"
    assert events["date_start"].max() < "1970"


def test_scores_use_the_whole_scale_and_each_has_its_reason():
    events = load("events")
    assert set(events["score"]) == set(range(-3, 4))
    assert (events["score_reason"].str.len() > 5).all()
    assert "teaching judgement" in flat("events")


def test_the_years_of_the_quarrel_hold_events_of_both_signs():
    events = load("events")
    years = events[events["date_start"].str[:4].isin(["1958", "1959"])]
    assert {"commerce_treaty", "seventy_eight_plants"} <= set(years["event"][years["score"] > 0])
    assert {"yudin_outburst", "sample_bomb_stopped"} <= set(years["event"][years["score"] < 0])


# --- Moscow, November 1957 ---


def test_sixty_four_parties_signed_the_manifesto_and_twelve_the_declaration():
    parties = load("parties")
    signed = parties[parties["signed_manifesto"] == "yes"]
    assert len(signed) == 64
    ruling = signed[signed["ruling"] == "yes"]
    assert len(ruling) == 13
    assert Counter(ruling["signed_declaration"]) == {"yes": 12, "refused": 1}
    assert list(ruling["country_name"][ruling["signed_declaration"] == "refused"]) == ["Yugoslavia"]
    assert set(signed["signed_declaration"][signed["ruling"] == "no"]) == {"not asked"}


def test_the_list_of_parties_was_read_but_for_ten_lines():
    parties = load("parties")
    read = Counter(parties["named"])
    assert read == {"list p. 125": 39, "list p. 126": 15, "list not read": 10, "claimed secret": 1}
    recalled = parties[parties["grade"] == "C"]
    assert len(recalled) == 8
    assert set(recalled["named"]) == {"list not read"}


def test_a_country_code_has_three_letters_and_only_two_rows_go_without():
    parties = load("parties")
    without = parties[~parties["country"].str.fullmatch("[A-Z]{3}")]
    assert set(without["country_name"]) == {"Malaya", "Syria and Lebanon"}
    assert set(without["country"]) == {""}
    given = parties["country"][parties["country"] != ""]
    assert given.is_unique


def test_every_actor_has_a_position_on_every_issue():
    positions = load("positions")
    assert len(positions) == positions["issue"].nunique() * positions["actor"].nunique() == 54


# --- numbers that must add up, or are known not to ---


def value(indicator, year, item, **more):
    table = load("exchange")
    chosen = table[(table["indicator"] == indicator) & (table["year"] == year)]
    chosen = chosen[chosen["item"] == item]
    for column, wanted in more.items():
        chosen = chosen[chosen[column] == wanted]
    (row,) = chosen["value"]
    return row


def test_the_three_lists_of_projects_make_156_and_the_fourth_211():
    lists = [
        value("projects", *which)
        for which in ((1950, "first list"), (1953, "added"), (1954, "added"))
    ]
    assert sum(lists) == value("projects", 1954, "sum of the three lists") == 156
    contracted = value("projects", 1956, "contracted by 1956: enterprises")
    assert 156 + value("projects", 1956, "added") == contracted == 211


def test_the_soviet_credits_agree_by_way_of_the_dollar():
    new = value("loans_total", 1964, "all credits")
    assert new * 1.11 * 4 == pytest.approx(8100, rel=0.01)  # 8.1 billion old roubles
    assert new * 1.11 == pytest.approx(2020, rel=0.01)  # what 5,294 million yuan came to


def test_american_warheads_outnumber_soviet_ones_in_every_year():
    warheads = load("arsenals").query("weapon == 'warheads'")
    wide = warheads.pivot(index="year", columns="country", values="high")
    assert list(wide.index) == list(range(1945, 1970))
    assert (wide["USA"] > wide["SUN"]).all()
    assert wide["SUN"].ne(0).idxmax() == 1949
    assert wide["CHN"].ne(0).idxmax() == 1964
    assert set(warheads.query("country == 'USA'")["series"]) == {"official"}
    assert set(warheads.query("country != 'USA'")["series"]) == {"scholar"}


def test_the_missiles_expected_for_1961_shrank_when_they_could_be_seen():
    missiles = load("arsenals").query("weapon == 'icbm' and country == 'SUN' and year == 1961")
    before = missiles.query("series == 'intelligence' and as_of < '1961'")
    after = missiles.query("series == 'intelligence' and as_of > '1961'")
    assert before["low"].min() > after["high"].max()
    counted_later = missiles.query("series == 'scholar'")
    assert counted_later["high"].max() < after["low"].min()


# --- words ---


@pytest.mark.parametrize("name", ["texts", "quotations"])
def test_a_quotation_is_short(name):
    # What Mao said may be told whole; what others have written is quoted briefly.
    for row in load(name).itertuples():
        most = 200 if row.language == "zh" and row.speaker == "Mao Zedong" else 60
        assert len(row.text.split()) < 60
        assert len(row.translation.split()) < most
        if row.language == "zh":
            assert len(row.text) < 2 * most  # about as many English words


def test_what_is_not_english_is_translated_and_nothing_else():
    texts = load("texts")
    assert ((texts["language"] != "en") == (texts["translation"] != "")).all()


def test_each_saying_has_versions_to_compare_none_printed_before_it_was_said():
    texts = load("texts")
    assert (texts.groupby("passage", observed=True).size() >= 3).all()
    printed = texts[texts["published"] != ""]
    assert (printed["published"] >= printed["said_on"].str[:4]).all()
    assert {"memoir", "denial", "edited by the speaker", "unedited interpretation"} <= set(
        texts["kind"]
    )


def test_no_text_is_recalled():
    for name in ("texts", "quotations"):
        assert set(load(name)["grade"]) <= {"A", "B"}


# --- the page on trial ---


def test_all_claims_of_the_page_are_there_in_its_order():
    claims = load("claims")
    assert list(claims["claim"]) == [f"c{number:02d}" for number in range(1, 86)]


def test_every_topic_and_every_move_is_taught_somewhere():
    claims = load("claims")
    assert set(claims["lesson"]) == set(TAUGHT)
    assert set(claims["move"]) == set(claims["move"].cat.categories)
    assert set(claims["verdict"]) == set(claims["verdict"].cat.categories)


def test_a_claim_that_was_not_found_rests_on_no_confirming_source():
    claims = load("claims").set_index("claim")
    assert claims.loc["c14", "move"] == "misprinted_name"
    assert "Taubman" in claims.loc["c14", "other_sources_say"].title()
    lonely = claims[claims["source"] == "CHINAKNOWLEDGE"]
    assert set(lonely["verdict"]) <= {"no_source", "nuance"}


# --- names and terms ---


def test_chinese_is_chinese_and_pinyin_carries_its_tones():
    glossary = load("glossary")
    assert glossary["zh"].str.fullmatch("[\u4e00-\u9fff]+").all()
    assert glossary["ru"].str.contains("[а-яё]").all()
    for text in glossary["pinyin"]:
        marks = {
            unicodedata.name(sign) for sign in unicodedata.normalize("NFD", text) if sign > "~"
        }
        assert marks & {
            "COMBINING MACRON",
            "COMBINING ACUTE ACCENT",
            "COMBINING CARON",
            "COMBINING GRAVE ACCENT",
        }, text


def test_a_life_ends_after_it_begins_and_everybody_was_grown_up_in_1957():
    people = load("people")
    assert (people["died"] > people["born"]).all()
    assert (people["born"] < 1935).all()


# --- damage that only these tables can have ---


@pytest.fixture
def folder(tmp_path):
    """A folder with the table of events, its description and the sources."""
    for name in ("events.yaml", "events.csv", "measures.yaml", "sources.yaml", "sources.csv"):
        shutil.copy(FOLDER / name, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "answer"),
    [
        ("1957-10-04,,", "04/10/1957,,", "'04/10/1957' is a date as a spreadsheet rewrites it"),
        ("1957-10-04,,", "20000,,", "'20000' is a spreadsheet's day number; write 1954-10-03"),
        ("1957-10-04,,", "1957-13,,", "'1957-13' is not a day of the calendar"),
        ("1957-10-04,,", ",,", "column 'date_start': the cell is empty"),
        ("ZHANG98,", "ZHANG89,", "column 'source': 'ZHANG89' is not known here; did you mean"),
        ("; LU_NANQUAN", "; LU_NANKUAN", "column 'more_sources': 'LU_NANKUAN' is not known here"),
        ("; LU_NANQUAN", "; ; LU_NANQUAN", "column 'more_sources': .* has a semicolon too many"),
    ],
)
def test_a_damaged_row_is_refused_in_plain_words(folder, old, new, answer):
    text = (folder / "events.csv").read_text("utf-8")
    assert text.count(old) == 1
    (folder / "events.csv").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DatasetError, match=answer):
        read_table("events", folder)


def test_a_year_alone_is_a_date_where_the_day_is_not_established(folder):
    text = (folder / "events.csv").read_text("utf-8")
    (folder / "events.csv").write_text(text.replace("1957-10-04,,", "1957,,"), "utf-8")
    assert "1957" in set(read_table("events", folder)["date_start"])
