"""Two versions beside each other: what is marked is what differs, in every script, for everyone.

The texts are typed here, short enough to compare by eye.
"""

import html
import io
import re

import pandas as pd
import pytest
from two_winds import compare_texts, load, reading_desk, what_they_say, written_down
from two_winds.charts.nuclear.print_dates import years_between
from two_winds.texts.compare import (
    TextError,
    answers_of,
    as_html,
    as_text,
    compare,
    cut,
    set_beside,
    tells,
    tokens,
)

ROWS = """
passage|version|speaker|said_on|published|earlier_print|kind|comparable|language|text|translation|source|grade|note
tea|early|Ann|1950-05-01|||letter|English|en|Green tea is good.||x|A|
tea|late|Bob|1950-05-01|1960|1951|memoir|English|en|Green tea was very good!||y|B|Bob was not there
tea|russian|Eva|1950-05|1950||print||ru|Чай был хорош.|Tea was good.|x|A|
tea|zh_one|Li|1950|1999||print|Chinese|zh|绿茶好，红茶不好。|Green good.|x|A|
tea|zh_two|Wu|1950|2001||print|Chinese|zh|绿茶很好，红茶好。|Green good.|x|A|
war|only|Ann|1950|||letter|Own|en|<b>No</b> & never||x|A|
"""

CLAIMS = """
passage|version|question|answer|source|grade
tea|early|Which tea?|green|x|A
tea|late|Which tea?|green|y|B
tea|late|How good?|<i>very</i>|y|B
tea|russian|Which tea?|any|x|A
"""


@pytest.fixture
def typed():
    table = pd.read_csv(io.StringIO(ROWS), sep="|", dtype=str, keep_default_na=False)
    table.attrs["citations"] = {"x": "The X papers", "y": "Bob's book"}
    return table


@pytest.fixture
def claims():
    return pd.read_csv(io.StringIO(CLAIMS), sep="|", dtype=str, keep_default_na=False)


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


def test_words_in_two_languages_are_never_compared(typed):
    with pytest.raises(TextError, match="two languages"):
        compare(typed, "tea", "russian", "late")


def test_two_languages_are_set_beside_each_other_by_what_they_claim(typed, claims):
    page, text = set_beside(typed, "tea", "late", "russian", claims)
    rows = re.findall(r'scope="row"[^>]*>([^<]+)', page)
    assert rows == ["Speaker", "Said on", "Printed", "How good?", "Which tea?"]
    assert "<u>" not in page
    assert "&lt;i&gt;very" in page
    assert '<blockquote lang="ru">Чай был хорош.</blockquote>' in page
    assert "How good? does not say" in text
    assert "Words: Tea was good." in text


def test_what_versions_say_stands_in_the_order_of_printing(typed, claims):
    rows = [row for _, row in typed.iloc[:3].iterrows()]
    told = answers_of(rows, "tea", claims)
    assert list(told["version"]) == ["russian", "late", "early"]
    assert list(told.columns) == ["version", "said on", "printed", "How good?", "Which tea?"]
    assert list(told["How good?"]) == ["does not say", "<i>very</i>", "does not say"]
    assert list(told["printed"]) == ["1950", "1960 (earlier print: 1951)", "date not shown"]


def test_the_versions_named_are_told_of_and_all_if_none_is():
    texts = load("texts")
    told = what_they_say(texts, "half_of_mankind", "biographers_2012", "chinese_print")
    assert list(told["version"]) == ["chinese_print", "biographers_2012"]
    all_told = what_they_say(texts, "half_of_mankind")
    assert set(all_told["version"]) == set(
        texts.loc[texts["passage"] == "half_of_mankind", "version"]
    )


def test_nothing_is_lost_and_nothing_added():
    texts = load("texts")
    compared = 0
    for (passage, name), rows in texts.groupby(["passage", "comparable"], observed=True):
        assert not name or rows["language"].nunique() == 1
        for one in rows["version"] if name else ():
            for other in rows["version"]:
                found = compare(texts, passage, one, other)
                for row, pieces in zip(found.rows, found.pieces, strict=True):
                    assert "".join(text for text, _ in pieces) == row["text"]
                assert one != other or found.shared == found.lengths[0]
                compared += 1
    assert compared


def test_the_chronology_leaves_out_what_the_full_print_has():
    # 把帝国主义打死 ... 死掉一半 stands in the print of 1999 and not in the chronology of 2013.
    found = compare(load("texts"), "half_of_mankind", "chinese_print", "chronology_2013")
    assert "死掉一半人" in "".join(only_here(found.pieces[0]))
    assert "一半" not in "".join(text for text, _ in found.pieces[1])


def test_a_memoir_and_the_chinese_print_are_compared_by_claims():
    page, text = set_beside(load("texts"), "half_of_mankind", "memoir_english", "chinese_print")
    assert "Compared by what they claim." in page
    assert "Compared by what they claim." in text
    assert "<u>" not in page


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
    assert "speaker: Ann; said on: 1 May 1950; printed: date not shown; kind: letter" in text
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


def test_every_language_is_named_for_a_screen_reader(typed, claims):
    page, _ = set_beside(typed, "tea", "russian", "early", claims)
    assert '<blockquote lang="ru">Чай был хорош.</blockquote>' in page
    page = as_html(compare(typed, "tea", "zh_one", "zh_two"), {})
    assert len(re.findall(r'<td lang="zh"', page)) == 4  # words and what stands only here
    assert "In English" in page


def test_words_from_a_table_cannot_become_html(typed):
    page = as_html(compare(typed, "war", "only", "only"), {})
    assert html.escape("<b>No</b> & never") in page
    assert "<b>No" not in page


def test_it_is_displayed_as_html_and_as_text(typed, capsys):
    compare_texts(typed, "tea", "early", "late")
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
        compare_texts(typed, passage, version, version)


def test_the_years_between_saying_and_printing(typed):
    # 1960 - 1950 is 10; a letter without a date of print has none.
    chart = written_down(typed, "tea", "late", "early")
    gaps = chart.table.set_index("version")["years between"]
    assert gaps["late"] == 10
    assert pd.isna(gaps["early"])
    assert "late: memoir, Bob; said on 1 May 1950, printed in 1960" in chart.sentence
    assert "named by it: a print of 1951." in chart.sentence
    assert "early: letter, Ann; said on 1 May 1950, print without a date." in chart.sentence
    assert years_between(typed.iloc[2]) == 0


def test_without_a_choice_all_versions_are_told_of(typed):
    chart = written_down(typed, "tea")
    assert list(chart.table["version"]) == ["russian", "late", "zh_one", "zh_two", "early"]
    assert "russian (1950)" in chart.sentence
    assert "zh_two (2001)" in chart.sentence


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
