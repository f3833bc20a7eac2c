"""The split: means before and after, rows told by whom, votes with a quotation to show."""

import pandas as pd
import pytest
from classwork.practice.check import read_keys
from figures import figures_in
from two_winds import load, turning_desk, vote_desk
from two_winds.charts.common import chart as picture
from two_winds.charts.common.select import ChartError
from two_winds.charts.split.counts import trade_read, withdrawn
from two_winds.charts.split.quarrels import quarrel_map
from two_winds.charts.split.turning import CANDIDATES, judgements_and_cuts, turning_years
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
    assert "no measurements" in said


def test_a_theme_counts_alone_and_an_empty_side_is_refused(events):
    table = turning_years(events, "ideology", (1957,)).table
    assert table.loc[0, "fall"] == pytest.approx(1.5 - -3)
    with pytest.raises(ChartError, match="No event in or after 1960"):
        turning_years(events, "ideology", (1960,))
    with pytest.raises(ChartError, match="theme can be: ideology, nuclear"):
        turning_years(events, "weather")


# --- what a result owes to the list ---


def test_the_first_list_alone_makes_1958_the_turning_year():
    events = load("events")
    disputed = events["date_start"].str[:4].isin(["1958", "1959"])
    good = events["event"][disputed & (events["score"] > 0)]
    one_sided = judgements_and_cuts(events, dict.fromkeys(good)).table.set_index("year")["fall"]
    whole = turning_years(events).table.set_index("year")["fall"]
    assert one_sided.idxmax() == 1958
    answers = read_keys()
    assert whole.idxmax() == answers["largest_fall"]["expected"] != 1958
    assert (whole.round(1) == whole.max().round(1)).sum() == 1, "the picture shows two alike"
    assert answers["went_well"]["expected"] == len(good)


def test_an_event_can_be_left_out_or_judged_anew(events):
    changed = judgements_and_cuts(events, {"an event1958": None, "an event1956": 3}, years=(1957,))
    row = changed.table.iloc[0]
    assert [row["mean before"], row["mean after"]] == [2.5, 0]  # (2 + 3) / 2, and 0 alone
    assert "3 of 4 events count." in changed.sentence


def test_a_picked_event_is_told_with_its_description(events):
    events["description"] = "Somebody shouts."
    said = judgements_and_cuts(events, {}, "an event1958", (1957,)).sentence
    assert "Picked: An event, 1958. Somebody shouts. It counts as -3" in said
    left_out = judgements_and_cuts(events, {"an event1958": None}, "an event1958", (1957,))
    assert "It is left out; the package's reason: typed by hand." in left_out.sentence


def test_an_event_that_is_not_there_is_named(events):
    with pytest.raises(ChartError, match="No event 'waterloo'"):
        judgements_and_cuts(events, {"waterloo": 3})


# --- trade that was read, places, and who counts ---


def test_only_trade_that_was_read_is_drawn(exchange):
    chart = trade_read(exchange, 500)
    assert set(chart.table["grade"]) <= {"A", "B"}
    assert figures_in(chart.sentence)[-6:] == [950, 1959, 233, 1962, 500, 1962]
    assert "You had predicted 500 million dollars" in chart.sentence


def test_the_map_shows_both_ends_of_the_border_and_the_strait():
    table = quarrel_map(load("east_asia"), load("map_places")).table
    assert {"Beijing", "Quemoy", "Ghulja", "Zhenbao (Damansky)"} <= set(table["place"])


def test_without_trade_there_is_no_picture_of_it(exchange):
    with pytest.raises(ChartError, match="No trade"):
        trade_read(exchange[exchange["indicator"] == "experts"])


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


def test_every_control_of_the_desk_changes_the_picture():
    desk = turning_desk(load("events"))
    for control, new in (("leave_out", "nothing"), ("event", "lushan"), ("counts", 3)):
        before = desk.picture.value
        desk.controls[control].value = new
        assert desk.picture.value != before


def test_the_desk_remembers_how_an_event_was_judged_and_draws_once_a_change(monkeypatch):
    drawn = []
    monkeypatch.setattr(picture, "bare_png", lambda figure: drawn.append(figure) or b"")
    desk = turning_desk(load("events"), "commerce_treaty")
    event, counts = desk.controls["event"], desk.controls["counts"]
    assert counts.value == "out"
    counts.value = 1
    event.value = "lushan"
    assert counts.value == -1
    event.value = "commerce_treaty"
    assert counts.value == 1
    counts.value = "out"
    desk.controls["leave_out"].value = "nothing"
    assert counts.value == 2
    assert len(drawn) == 6


def test_the_ballot_has_a_box_a_candidate_and_counts(quotations):
    ballot = vote_desk(quotations, VOTES)
    assert [int(name) for name in ballot.controls] == list(CANDIDATES)
    ballot.controls["1960"].value = 17
    ballot.controls["1956"].value = 5
    assert "The class: 22 votes, most of them (17) for 1960." in ballot.view().sentence
