"""Two versions beside each other: what is marked is what differs, in every script, for everyone.

The texts are typed here, short enough to compare by eye.
"""

import html
import io
import re

import pandas as pd
import pytest
from two_winds import beside, load, reading_desk, written_down
from two_winds.charts.nuclear.print_dates import years_between
from two_winds.texts.compare import TextError, as_html, as_text, compare, cut, tells, tokens

ROWS = """
passage|version|speaker|said_on|published|kind|language|text|translation|source|grade|note
tea|early|Ann|1950-05-01||letter|en|Green tea is good.||x|A|
tea|late|Bob|1950-05-01|1960|memoir|en|Green tea was very good!||y|B|Bob was not there
tea|russian|Eva|1950-05|1950|print|ru|Чай был хорош.|Tea was good.|x|A|
tea|zh_one|Li|1950|1999|print|zh|绿茶好，红茶不好。|Green good.|x|A|
tea|zh_two|Wu|1950|2001|print|zh|绿茶很好，红茶好。|Green good.|x|A|
war|only|Ann|1950||letter|en|<b>No</b> & never||x|A|
"""


@pytest.fixture
def typed():
    table = pd.read_csv(io.StringIO(ROWS), sep="|", dtype=str, keep_default_na=False)
    table.attrs["citations"] = {"x": "The X papers", "y": "Bob's book"}
    return table


def only_here(pieces):
    return [text for text, alone in pieces if alone]


def test_words_are_compared_without_capitals_and_punctuation(typed):
    found = compare(typed, "tea", "early", "late")
    assert only_here(found.pieces[0]) == ["is"]
    assert only_here(found.pieces[1]) == ["was very"]
    assert found.shared == 3
    assert found.lengths == (4, 5)


def test_chinese_is_compared_character_by_character(typed):
    found = compare(typed, "tea", "zh_one", "zh_two")
    # 绿茶好红茶不好 and 绿茶很好红茶好 share 绿茶, then 好红茶, then 好 (a single one: by chance).
    assert only_here(found.pieces[0]) == ["不好"]
    assert only_here(found.pieces[1]) == ["很", "好"]
    assert found.language == "zh"
    assert "7 characters" in found.sentence


def test_two_languages_are_compared_in_translation(typed):
    found = compare(typed, "tea", "russian", "late")
    assert found.language == "en"
    assert only_here(found.pieces[0]) == []
    assert only_here(found.pieces[1]) == ["Green", "very"]
    assert "translation" in found.sentence


def test_two_texts_in_one_language_can_be_compared_in_translation(typed):
    found = compare(typed, "tea", "zh_one", "zh_two", translated=True)
    assert found.shared == 2
    assert only_here(found.pieces[0]) == only_here(found.pieces[1]) == []


@pytest.mark.parametrize("translated", [False, True])
def test_nothing_is_lost_and_nothing_added(translated):
    texts = load("texts")
    for passage, rows in texts.groupby("passage", observed=True):
        for one in rows["version"]:
            for other in rows["version"]:
                found = compare(texts, passage, one, other, translated)
                for row, pieces in zip(found.rows, found.pieces, strict=True):
                    whole = "".join(text for text, _ in pieces)
                    assert whole in (row["text"], row["translation"])
                assert one != other or found.shared == found.lengths[0]


def test_numbers_hyphens_and_apostrophes_stay_in_one_word():
    words = [word for _, _, word in tokens("Mao\u2019s 2,700 million half-words don't стоят")]
    assert words == ["mao's", "2,700", "million", "half-words", "don't", "стоят"]


def test_a_single_short_word_does_not_count_as_shared():
    assert not tells(tokens("the"))
    assert tells(tokens("peace"))
    assert tells(tokens("of the"))


def test_text_without_words_is_one_piece():
    assert cut("...", tokens("..."), set()) == [("...", False)]


def test_the_plain_form_brackets_what_stands_in_one_version_only(typed):
    text = as_text(compare(typed, "tea", "early", "late"), {"x": "The X papers"})
    assert "Green tea [is] good." in text
    assert "Green tea [was very] good!" in text
    assert "speaker: Ann; said on: 1 May 1950; published: date not shown; kind: letter" in text
    assert "The X papers (grade A)" in text


def test_the_table_names_its_columns_and_rows_and_marks_without_colour(typed):
    page = as_html(compare(typed, "tea", "early", "late"), {})
    assert "<b><u>is</u></b>" in page
    assert "<b><u>was very</u></b>" in page
    assert "Bold and underlined: only in this version." in page
    assert re.findall(r'scope="col"[^>]*>([^<]+)', page) == ["Version", "early", "late"]
    rows = re.findall(r'scope="row"[^>]*>([^<]+)', page)
    assert rows[:3] == ["Words", "Only here", "Speaker"]
    assert "color" not in page


def test_every_language_is_named_for_a_screen_reader(typed):
    page = as_html(compare(typed, "tea", "russian", "early"), {})
    assert re.search(r'<td lang="ru"[^>]*>Чай был хорош\.</td>', page)
    page = as_html(compare(typed, "tea", "zh_one", "zh_two"), {})
    assert len(re.findall(r'<td lang="zh"', page)) == 4  # words and what stands only here
    assert "In English" in page


def test_words_from_a_table_cannot_become_html(typed):
    page = as_html(compare(typed, "war", "only", "only"), {})
    assert html.escape("<b>No</b> & never") in page
    assert "<b>No" not in page


def test_it_is_displayed_as_html_and_as_text(typed, capsys):
    beside(typed, "tea", "early", "late")
    assert "[was very]" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("passage", "version", "told"),
    [
        ("coffee", "early", "No passage 'coffee'. passage can be: tea, war."),
        ("war", "late", "only"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_ones(typed, passage, version, told):
    with pytest.raises(TextError, match=re.escape(told)):
        beside(typed, passage, version, version)


def test_the_years_between_saying_and_printing(typed):
    # 1960 - 1950 is 10; a letter without a date of print has none.
    chart = written_down(typed, "tea", "late", "early")
    gaps = chart.table.set_index("version")["years between"]
    assert gaps["late"] == 10
    assert pd.isna(gaps["early"])
    assert "1: late, memoir, Bob; 1 May 1950, published 1960, 10 years later." in chart.sentence
    assert "2: early, letter, Ann; 1 May 1950, date of the print not shown." in chart.sentence
    assert years_between(typed.iloc[2]) == 0
    assert "printed in the same year" not in chart.sentence


def test_the_desk_follows_each_of_its_controls():
    desk = reading_desk(load("texts"))
    seen = [desk.picture.value]
    for name, value in (("one", "memoir_russian"), ("other", "denial"), ("passage", "two_winds")):
        desk.controls[name].value = value
        assert desk.picture.value not in seen
        assert "<img" in desk.picture.value
        seen.append(desk.picture.value)


def test_the_desk_offers_the_versions_of_the_passage_chosen():
    texts = load("texts")
    desk = reading_desk(texts)
    for passage in texts["passage"].unique():
        desk.controls["passage"].value = passage
        known = list(texts.loc[texts["passage"] == passage, "version"])
        assert [version for _, version in desk.controls["other"].options] == known
        assert desk.controls["one"].value != desk.controls["other"].value
