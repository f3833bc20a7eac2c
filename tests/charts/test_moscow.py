"""Moscow 1957: counts come from the list, signatures from the judgements, and both can be wrong.

The small tables are typed here, so that every number expected can be worked out by eye.
"""

import io
import re

import pandas as pd
import pytest
from two_winds import load
from two_winds.charts.common.select import ChartError
from two_winds.charts.moscow.conference import COLUMNS, LOOKS, two_conferences, who_came
from two_winds.charts.moscow.declaration import NAMES, others, outcomes, who_would_sign
from two_winds.models.declaration import (
    CLAUSES,
    MOSCOW,
    REAL,
    RULING,
    STANCES,
    DraftError,
    clauses_as_real,
    every_draft,
    moscow_draft,
    objections,
    real_text,
    signatures,
    signs,
    stance,
)
from two_winds.widgets.moscow import declaration_desk

# Of five parties four signed the Manifesto: 2 in Europe, 2 outside; 3 ruled, 2 signed both.
FIVE = """Soviet Union|Eastern Europe and the USSR|yes|yes|yes|list p. 126|A
Yugoslavia|Eastern Europe and the USSR|yes|refused|yes|list p. 126|A
China|Asia|yes|yes|yes|list p. 125|A
Peru|South America|no|not asked|yes|list not read|C
United States|North America|no|not asked|no|claimed secret|B"""
HEADER = "country_name|region|ruling|signed_declaration|signed_manifesto|named|grade"


def five(*changes):
    text = FIVE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    table = pd.read_csv(io.StringIO(f"{HEADER}\n{text}"), sep="|")
    table["source"] = "typed"
    return table


# --- the list ---


def test_the_parties_of_the_small_table_are_counted_by_the_names_read():
    chart = who_came(five())
    assert "3 names were read, 1 of them from outside" in chart.sentence
    assert "3 ruled a country" in chart.sentence
    by_region = chart.table.set_index("region")
    assert list(by_region.loc["Eastern Europe and the USSR"]) == [2, 2, 1]
    assert not {"North America", "South America"} & set(by_region.index)


def test_a_guess_is_set_beside_the_count():
    assert "You had predicted 17 from outside" in who_came(five(), 17).sentence
    assert "predicted" not in who_came(five()).sentence


def test_every_party_is_named_in_the_picture_and_in_words():
    parties = load("parties")
    chart = who_came(parties)
    drawn = [text.get_text() for text in chart.figure.axes[0].texts]
    read = parties[parties["grade"] != "C"]
    signed = read[read["signed_manifesto"] == "yes"]
    assert set(read["country_name"]) <= set(drawn)
    assert all(name in chart.alt for name in signed["country_name"])
    places = [text.get_position() for text in chart.figure.axes[0].texts]
    assert len(places) == len(set(places))


def test_a_recalled_name_is_not_drawn():
    axes = who_came(five()).figure.axes[0]
    assert len(axes.lines) == 4
    assert "Peru" not in [text.get_text() for text in axes.texts]


def test_the_picture_is_the_same_without_the_recalled_names():
    parties = load("parties")
    read = parties[parties["grade"] != "C"]
    assert who_came(parties).sentence == who_came(read).sentence
    assert two_conferences(parties).sentence == two_conferences(read).sentence


def test_every_region_of_the_data_has_its_column():
    assert set(load("parties")["region"]) == {region for column in COLUMNS for region in column}


def test_marks_differ_by_shape_and_not_by_colour_alone():
    shapes = {(look.marker, look.hollow) for look in LOOKS.values()}
    assert len(shapes) == len(LOOKS)


def test_both_conferences_are_counted_from_the_list():
    chart = two_conferences(five(), signed_count=4, later_count=6)
    assert list(chart.table["parties"]) == [3, 4]
    assert list(chart.table["signed"]) == [2, 4]
    assert "1 of their names were not read. Later accounts add 2 and count 6" in chart.sentence
    assert len(chart.figure.axes[0].lines) == 3 + 4 + 2


def test_the_real_list_gives_the_known_numbers():
    # 64 and 12: titles of both texts in Réttur 1958, pp. 125 and 133; 13: Zagoria 1958.
    table = two_conferences(load("parties")).table
    assert list(table["parties"]) == [13, 64]
    assert list(table["signed"]) == [12, 64]


def test_a_list_without_signatures_is_refused():
    with pytest.raises(ChartError, match="no party that signed"):
        who_came(five(("yes|list", "no|list")))


# --- the model ---


def test_the_real_text_is_signed_by_all_but_belgrade():
    assert signatures(real_text()) == 12
    assert [party for party in RULING if not signs(party, real_text())] == ["lcy"]


def test_the_real_text_is_refused_by_nobody_else_than_refused_it():
    parties = load("parties")
    refused = parties.loc[parties["signed_declaration"] == "refused", "country_name"]
    assert [NAMES[p] for p in RULING if not signs(p, REAL)] == list(refused)


def test_moscow_may_not_have_peaceful_means_alone():
    assert objections("ccp", moscow_draft()) == ["transition"]
    assert signatures(moscow_draft()) == 11  # without Beijing and Belgrade
    assert clauses_as_real(moscow_draft()) == 4


def test_no_draft_has_both_belgrade_and_beijing():
    # Beijing takes only "headed", Belgrade everything but "headed".
    assert not any(signs("lcy", draft) and signs("ccp", draft) for draft in every_draft())


def test_twelve_signatures_can_be_had_with_belgrade_instead_of_beijing():
    draft = REAL | {"leadership": "first", "revisionism": "none", "war": "prevent"}
    assert signatures(draft) == 12
    assert objections("lcy", draft) == []
    assert objections("ccp", draft) == ["leadership"]


def test_followers_sign_only_what_moscow_signs():
    force = REAL | {"transition": "force"}  # refused by Moscow and Belgrade
    assert signatures(force, followers=9) == 2
    assert signatures(REAL, followers=0) == 3


def test_every_judgement_is_about_a_known_wording_and_none_is_two_things():
    for clauses in STANCES.values():
        assert set(clauses) == set(CLAUSES)
        for clause, judged in clauses.items():
            assert judged["refuses"] | judged["unwilling"] <= set(CLAUSES[clause])
            assert not judged["refuses"] & judged["unwilling"]


def test_every_judgement_has_its_sentence_in_the_table():
    positions = load("positions").astype({"issue": str, "actor": str})
    known = set(zip(positions["actor"], positions["issue"], strict=True))
    assert {(actor, clause) for actor in [*STANCES, "declaration"] for clause in CLAUSES} <= known


def test_a_caller_cannot_change_the_real_text():
    real_text()["war"] = "fatal"
    assert real_text() == REAL
    moscow_draft()["war"] = "fatal"
    assert moscow_draft() == MOSCOW


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        ({"leadership": "headed"}, "says nothing on transition"),
        (REAL | {"war": "soon"}, "No wording 'soon' for war. There are: blocs, prevent"),
        (REAL | {"trade": "free"}, "No clause 'trade' in this model"),
    ],
)
def test_a_draft_the_model_does_not_know_is_refused_with_what_there_is(draft, message):
    with pytest.raises(DraftError, match=re.escape(message)):
        clauses_as_real(draft)


def test_an_unknown_party_is_refused():
    with pytest.raises(DraftError, match="No party 'kpd' in this model. It has: cpsu, ccp"):
        stance("kpd", "war", REAL)


# --- the model drawn ---


@pytest.fixture(scope="module")
def tables():
    return load("positions"), load("parties")


def test_the_chart_says_who_refuses_what_and_how_near_the_draft_is(tables):
    chart = who_would_sign(*tables, real_text())
    assert "12 of 13 ruling parties sign" in chart.sentence
    assert "Refused by: Yugoslavia (who leads, danger, war)." in chart.sentence
    assert "5 of 5 clauses" in chart.sentence
    assert "model" in chart.title
    assert "model" in chart.sentence
    assert list(chart.table["as the real text"]) == ["yes"] * 5


def test_marks_on_recalled_or_assumed_ground_are_hollow(tables):
    positions, parties = tables
    axes = who_would_sign(positions, parties).figure.axes[0]
    marks = [line for line in axes.lines if line.get_marker() not in ("None", None, "")]
    hollow = sum(line.get_markerfacecolor() == "#FFFFFF" for line in marks)
    rows = positions[positions["issue"].isin(CLAUSES) & positions["actor"].isin(STANCES)]
    assert len(marks) == 5 * 5
    assert hollow == 5 + (rows["grade"] == "C").sum()  # the followers, and the recalled sentences


def test_the_outcomes_cover_every_draft_once(tables):
    table = outcomes(tables[1])
    assert table["drafts"].sum() == 3 * 3 * 4 * 4 * 3
    assert list(table["signatures"].head(2)) == [12, 12]
    assert list(table["who refuses"].head(2)) == ["Yugoslavia", "China"]


def test_a_table_without_enough_ruling_parties_or_positions_is_refused(tables):
    positions, parties = tables
    with pytest.raises(ChartError, match="needs 4 ruling parties; this table has 3"):
        others(five())
    with pytest.raises(ChartError, match="No position of ccp on cult"):
        who_would_sign(positions[positions["actor"] != "ccp"], parties)


def test_no_wording_is_drawn_over_its_heading(tables):
    for clause, options in CLAUSES.items():
        for option in options:
            chart = who_would_sign(*tables, REAL | {clause: option})
            wordings = [t.get_text() for t in chart.figure.axes[0].texts if "\n" in t.get_text()]
            assert all(words.count("\n") <= 3 for words in wordings), (clause, option)


def test_the_desk_opens_with_moscows_draft_and_follows_its_lists(tables):
    desk = declaration_desk(*tables)
    assert desk.view().sentence == who_would_sign(*tables, moscow_draft()).sentence
    before = desk.picture.value
    desk.controls["transition"].value = "both"
    assert "12 of 13" in desk.picture.value
    assert desk.picture.value != before
    assert list(desk.controls) == list(CLAUSES)
