"""The split: means before and after, rows told by whom, votes with a quotation to show."""

import pandas as pd
import pytest
from two_winds import class_vote, load, turning_desk
from two_winds.charts.common.select import ChartError
from two_winds.charts.split.counts import thermometer, withdrawn
from two_winds.charts.split.turning import CANDIDATES, before_and_after, turning_years
from two_winds.charts.split.votes import split_votes

VOTES = [("deng_1963", 1956, "began"), ("westad_breakdown", 1960, "past mending")]


def event(year, score, theme="ideology", title="An event", grade="A"):
    return {
        "date_start": str(year),
        "event": f"{title}{year}".lower(),
        "title": title,
        "theme": theme,
        "score": score,
        "score_reason": "typed by hand",
        "source": "HAND",
        "grade": grade,
    }


@pytest.fixture
def events():
    """Before 1957: 2 and 1; from 1957 on: -3 and 0; from 1960 on: 0 alone."""
    return pd.DataFrame(
        [event(1950, 2), event(1956, 1), event(1958, -3), event(1963, 0, "nuclear")]
    )


@pytest.fixture(scope="module")
def exchange():
    return load("exchange")


@pytest.fixture(scope="module")
def quotations():
    return load("quotations")


# --- before and after ---


def test_the_fall_is_the_mean_before_less_the_mean_from_the_year_on(events):
    table = turning_years(events).table.set_index("year")
    assert table.loc[1957, "fall"] == pytest.approx(1.5 - -1.5)  # (2 + 1) / 2, (-3 + 0) / 2
    assert table.loc[1960, "fall"] == pytest.approx(0 - 0)  # (2 + 1 - 3) / 3, 0 / 1
    assert list(table.loc[1957, ["events before", "events after"]]) == [2, 2]


def test_an_event_of_the_year_itself_lies_after_the_cut(events):
    table = turning_years(events).table.set_index("year")
    assert list(table.loc[1956, ["events before", "events after"]]) == [1, 3]
    assert table.loc[1956, "fall"] == pytest.approx(2 - -2 / 3)


def test_the_sentence_names_all_years_of_the_largest_fall_and_calls_it_a_judgement(events):
    said = turning_years(events, years=(1957, 1958, 1960)).sentence
    assert "cuts at 1957, 1958: 3.0 points" in said
    assert "judgements of this package, which are no measurements" in said


def test_a_theme_counts_alone_and_an_empty_side_is_refused(events):
    table = turning_years(events, "ideology", (1957,)).table
    assert table.loc[0, "fall"] == pytest.approx(1.5 - -3)
    with pytest.raises(ChartError, match="No event in or after 1960"):
        turning_years(events, "ideology", (1960,))
    with pytest.raises(ChartError, match="theme can be: ideology, nuclear"):
        turning_years(events, "weather")


def test_the_cut_says_both_means_and_what_was_judged_worst_that_year(events, exchange):
    chart = before_and_after(events, exchange, 1958)
    assert "Before 1958: 2 events, mean judgement +1.5" in chart.sentence
    assert "1958 and after: 2 events, mean judgement -1.5: a fall of 3.0." in chart.sentence
    assert "Judged worst in 1958: An event (-3)." in chart.sentence
    assert list(chart.table["score"]) == [-3]


def test_a_year_without_harm_names_nothing_worst(events, exchange):
    assert "Judged worst" not in before_and_after(events, exchange, 1963).sentence


# --- the thermometer, and who counts ---


def test_the_thermometer_says_in_words_only_what_was_read(exchange):
    chart = thermometer(exchange, 500)
    read = chart.table[chart.table["grade"] != "C"]
    assert list(read["value"]) == [950, 233]
    assert "950 in 1959 and 233 in 1962" in chart.sentence
    assert "Your guess for 1962 was 500." in chart.sentence
    assert "Of the 40 figures drawn 38 are unverified (hollow)." in chart.sentence


def test_without_trade_there_is_no_thermometer(exchange):
    with pytest.raises(ChartError, match="No Soviet exports"):
        thermometer(exchange[exchange["indicator"] == "credits"])


def test_each_number_of_1960_stands_beside_the_one_who_tells_it(exchange):
    table = withdrawn(exchange).table
    told = set(zip(table["who"], table["low"], table["high"], strict=True))
    assert told == {
        ("Chinese count", 1390, 1390),
        ("Soviet letter", 1500, 1500),
        ("US estimate", 2000, 3000),
        ("Chinese count", 343, 343),
        ("Chinese count", 257, 257),
    }


# --- votes ---


def test_a_vote_needs_a_quotation_and_a_question(quotations):
    with pytest.raises(ChartError, match="read one first"):
        split_votes(quotations, [("nobody_1999", 1956, "began")])
    with pytest.raises(ChartError, match="There are: began, past mending, final rupture"):
        split_votes(quotations, [("deng_1963", 1956, "whenever")])


def test_votes_are_listed_by_question_and_the_class_is_counted(quotations):
    said = split_votes(quotations, VOTES, {1958: 4, 1960: 4, 1963: 1}).sentence
    assert "began: 1956; past mending: 1960." in said
    assert "The class: 9 votes, most of them (4) for 1958, 1960." in said
    assert "The class has not voted yet." in split_votes(quotations, VOTES).sentence
    assert "The class: 1 vote, for 1957." in split_votes(quotations, VOTES, {1957: 1}).sentence


def test_a_voter_is_named_with_the_year_of_the_words(quotations):
    assert list(split_votes(quotations, VOTES).table["who"]) == [
        "Deng Xiaoping (1963)",
        "Odd Arne Westad (1998)",
    ]


# --- the desk and the ballot ---


def test_every_control_of_the_desk_changes_the_picture(exchange):
    desk = turning_desk(load("events"), exchange)
    for control, new in (("year", 1960), ("theme", "military")):
        before = desk.picture.value
        desk.controls[control].value = new
        assert desk.picture.value != before
    assert "military only" in desk.view().title


def test_the_desk_shows_words_where_a_side_is_empty(exchange):
    desk = turning_desk(load("events"), exchange, 1956)
    desk.controls["theme"].value = "space"
    assert "No event before 1956" in desk.picture.value
    assert "<img" not in desk.picture.value


def test_the_ballot_has_a_box_a_candidate_and_counts(quotations):
    ballot = class_vote(quotations, VOTES)
    assert [int(name) for name in ballot.controls] == list(CANDIDATES)
    ballot.controls["1960"].value = 17
    ballot.controls["1956"].value = 5
    assert "The class: 22 votes, most of them (17) for 1960." in ballot.view().sentence
