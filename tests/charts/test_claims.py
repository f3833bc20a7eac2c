"""The page on trial: verdicts counted and drawn, claims ruled on one by one, topics taught."""

from collections import Counter
from html import escape

import pandas as pd
import pytest
from classwork.ground.errors import PlainError
from classwork.practice.check import read_keys
from ipywidgets import HTML
from lessons import LESSONS
from matplotlib.backends.backend_agg import FigureCanvasAgg
from two_winds import load, moves, ruling_desk, verdicts
from two_winds.charts.common import chart as picture
from two_winds.charts.common.chart import finished_png
from two_winds.charts.common.select import ChartError
from two_winds.charts.source_criticism.claims import LOOKS
from two_winds.charts.source_criticism.questions import MOVES
from two_winds.charts.source_criticism.rulings import docket
from two_winds.models.rulings import RULINGS, RulingError, agreement, share, tally
from two_winds.widgets import source_criticism as desk_module
from two_winds.widgets.source_criticism import rulings_made

# Four claims of two topics, so that every count can be made by eye: 2 confirmed, one of them
# recalled; 1 needs nuance; 1 without a source.
ROWS = [
    ("c01", "space", "It flew.", "fact", "confirmed", "A"),
    ("c02", "space", "It sang <well>.", "fact", "confirmed", "C"),
    ("c03", "space", "It won.", "interpretation", "nuance", "B"),
    ("c04", "great_leap", "It was foreseen.", "attribution", "no_source", "B"),
]
COLUMNS = ["claim", "topic", "paraphrase", "kind", "verdict", "grade"]


@pytest.fixture
def small():
    table = pd.DataFrame(ROWS, columns=COLUMNS)
    table["other_sources_say"] = "Secret evidence on " + table["claim"] + "."
    table["source"], table["more_sources"] = "ALPHA", "BETA"
    table["lesson"], table["move"], table["note"] = "04", "date", ""
    table["cites"] = ["", "A book: 7", "", ""]
    table.attrs["citations"] = {"ALPHA": "First book", "BETA": "Second book"}
    return table


@pytest.fixture(autouse=True)
def nothing_ruled(monkeypatch):
    monkeypatch.setattr(desk_module, "RULED", {})


# --- what the page says is taught ---


def test_every_claim_of_the_page_belongs_to_a_lesson():
    written = {lesson.name[:2] for lesson in LESSONS}
    assert set(load("claims")["lesson"]) <= written


# --- arithmetic ---


def test_verdicts_are_counted_in_their_order():
    assert tally(["no_source", "nuance", "nuance"]) == {
        "confirmed": 0,
        "nuance": 2,
        "disputed": 0,
        "not_read": 0,
        "no_source": 1,
    }
    assert list(tally([])) == list(RULINGS)
    with pytest.raises(RulingError, match="No ruling 'false'. There are: confirmed, nuance"):
        tally(["false"])


def test_a_share_is_of_something():
    assert share(1, 8) == 12.5
    for part, whole in ((1, 0), (3, 2), (-1, 2)):
        with pytest.raises(RulingError):
            share(part, whole)


def test_agreement_counts_only_what_both_have_ruled_on():
    package = {"c01": "confirmed", "c02": "nuance", "c03": "disputed"}
    assert agreement({"c01": "confirmed", "c02": "disputed", "c99": "nuance"}, package) == (1, 2)
    with pytest.raises(RulingError):
        agreement({"c01": "guilty"}, package)


def test_what_the_lesson_says_in_words_is_so():
    claims = load("claims")
    counts = tally(claims["verdict"])
    assert counts["confirmed"] < len(claims) / 2  # "Fewer than half are confirmed as they stand"
    assert counts["nuance"] > len(claims) / 4  # "many need a word changed"
    assert counts["disputed"] == 2  # "only two are disputed"
    assert counts["not_read"] == counts["no_source"] == 4
    good = {
        k: (rows["verdict"] == "confirmed").mean()
        for k, rows in claims.groupby("kind", observed=True)
    }
    assert good["fact"] > good["interpretation"] > good["attribution"]
    assert set(claims["claim"][claims["move"] == "two_as_one"]) == {"c06", "c22", "c37", "c43"}


def test_a_claim_keeps_the_reference_of_its_sentence_and_no_source_means_none_was_given():
    claims = load("claims").set_index("claim")
    assert set(claims.loc[["c11", "c12", "c13"], "cites"]) == {"Tauber 2003: 336"}
    assert claims.loc["c11", "verdict"] == "not_read"
    assert (claims.loc[claims["verdict"] == "not_read", "cites"] != "").all()
    assert (claims.loc[claims["verdict"] == "no_source", "cites"] == "").all()


@pytest.mark.parametrize(
    ("exercise", "claim"),
    [("ruling_peng", "c70"), ("ruling_1946", "c69"), ("ruling_meeting", "c06")],
)
def test_the_rulings_asked_for_are_those_of_the_table(exercise, claim):
    verdict = load("claims").set_index("claim").loc[claim, "verdict"]
    assert read_keys()[exercise]["expected"] == RULINGS[verdict]


# --- pictures ---


def test_the_sentence_counts_what_the_rows_hold(small):
    chart = verdicts(small)
    assert chart.sentence.startswith(
        "Of 4 claims: confirmed 2 (50 per cent); needs nuance 1 (25 per cent); disputed 0 (0 per "
        "cent); cited, not read 0 (0 per cent); no source found 1 (25 per cent). The share "
        "confirmed is highest "
        "in space (67 per cent) and lowest in great leap (0 per cent). "
        "Of the verdicts 1 rests on memory alone (hollow)."
    )
    assert "judgements" in chart.sentence
    assert chart.table.to_dict("list") == {
        "topic": ["space", "great_leap"],
        "confirmed": [2, 0],
        "needs nuance": [1, 0],
        "disputed": [0, 0],
        "cited, not read": [0, 0],
        "no source found": [0, 1],
        "claims": [3, 1],
    }


def test_the_picture_of_the_page_adds_up_to_the_page():
    claims = load("claims")
    for by in ("topic", "kind"):
        table = verdicts(claims, by=by).table
        assert table["claims"].sum() == len(claims)
        counted = Counter(claims["verdict"])
        assert {v: table[words].sum() for v, words in RULINGS.items()} == dict(counted)


def test_numbers_on_the_bars_are_those_of_the_rows_and_the_recalled_one_is_hollow(small):
    axes = verdicts(small).figure.axes[0]
    written = sorted(text.get_text().strip() for text in axes.texts)
    wanted = ["0 of 1 confirmed", "1", "1", "1", "1?", "2 of 3 confirmed"]
    assert [text for text in written if not text.startswith("hollow")] == wanted
    hollow = [bar for bar in axes.patches if bar.get_linestyle() == "--"]
    assert len(hollow) == 1
    assert hollow[0].get_width() == 1


def test_a_guess_is_drawn_and_told(small):
    chart = verdicts(small, 62.0)
    assert "star, your guess: 62." in chart.alt
    assert "You had predicted 62 per cent confirmed." in chart.sentence
    star = chart.figure.axes[1].lines[0]
    assert list(star.get_xdata()) == [62.0]
    assert "predicted" not in verdicts(small).sentence


def test_verdicts_are_told_apart_by_more_than_colour():
    assert set(LOOKS) == set(RULINGS)
    for mark in ("hatch", "marker"):
        assert len({getattr(look, mark) for look in LOOKS.values()}) == len(LOOKS)


@pytest.mark.parametrize("by", ["topic", "kind"])
def test_no_words_overlap_on_the_picture_of_the_page(by):
    chart = verdicts(load("claims"), 50, by)
    canvas = FigureCanvasAgg(chart.figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    boxes = [t.get_window_extent(renderer) for a in chart.figure.axes for t in a.texts]
    for place, one in enumerate(boxes):
        assert one.x1 <= chart.figure.bbox.x1
        assert not any(one.overlaps(other) for other in boxes[place + 1 :])


def test_no_claims_or_no_column_is_said(small):
    with pytest.raises(PlainError, match="claims is an empty table"):
        verdicts(small[:0])
    with pytest.raises(ChartError, match="Wants claims with a column 'colour'"):
        verdicts(small, by="colour")


def test_the_docket_keeps_the_package_silent_where_you_have_not_ruled(small):
    silent = docket(small, "c01")
    pixels = finished_png(silent)
    for verdict in RULINGS:
        told = docket(small.assign(verdict=verdict), "c01")
        assert told.sentence == silent.sentence
        assert finished_png(told) == pixels
    ruled = docket(small, "c01", {"c01": "nuance", "c03": "nuance"})
    assert "Your ruling: needs nuance. The package's ruling: confirmed." in ruled.sentence
    assert "Ruled on 2 of 4 claims, alike on 1." in ruled.sentence
    assert list(ruled.table["the package's judgement"]) == ["confirmed", "needs nuance"]


def test_an_unknown_claim_or_ruling_is_refused(small):
    with pytest.raises(ChartError, match="No claim 'c77'"):
        docket(small, "c77")
    with pytest.raises(RulingError):
        docket(small, "c01", {"c02": "maybe"})


def test_every_move_has_its_question_and_its_claims():
    claims = load("claims")
    table = moves(claims)
    assert set(MOVES) == set(claims["move"].cat.categories)
    assert table["claims"].sum() == len(claims)
    assert list(table["claims"]) == sorted(table["claims"], reverse=True)


# --- the desk ---


@pytest.fixture
def unseen(monkeypatch):
    """Have no picture drawn where words alone are looked at."""
    monkeypatch.setattr(picture, "bare_png", lambda _figure: b"")


def controls(desk):
    return (desk.controls[name] for name in ("topic", "claim", "evidence", "ruling", "commit"))


def words_on(desk):
    """Everything that the desk says in words, from top to bottom."""
    return " ".join(part.value for part in desk.box.children[:-1] if isinstance(part, HTML))


@pytest.mark.usefixtures("unseen")
def test_every_claim_can_be_reached_with_its_reference_and_its_evidence_closed():
    claims = load("claims")
    desk = ruling_desk(claims)
    topic, claim, *_ = controls(desk)
    reached = []
    rows = claims.set_index("claim")
    for _, name in topic.options:
        topic.value = name
        offered = [key for _, key in claim.options]
        reached += offered
        for key in offered[:2] + offered[-1:]:
            claim.value = key
            assert escape(rows.loc[key, "paraphrase"]) in words_on(desk)
            assert escape(rows.loc[key, "cites"]) in words_on(desk)
            assert escape(rows.loc[key, "other_sources_say"][:30]) not in words_on(desk)
    assert sorted(reached) == list(claims["claim"])


@pytest.mark.usefixtures("unseen")
def test_the_evidence_opens_when_asked_for_and_the_package_rules_only_after_you(small):
    desk = ruling_desk(small, "c03")
    _, _, evidence, ruling, commit = controls(desk)
    ruling.value = "nuance"
    assert "Secret evidence" not in words_on(desk)
    evidence.value = True
    for words in ("Secret evidence on c03.", "First book", "Second book", "the page names nothing"):
        assert words in words_on(desk)
    assert "The package" not in desk.view().sentence
    assert "Not committed yet" in desk.view().sentence
    commit.value = True
    assert "The package's ruling: needs nuance. Ruled on 1 of 4" in desk.view().sentence


@pytest.mark.usefixtures("unseen")
def test_what_the_page_names_stands_with_the_claim(small):
    assert "For it the page names: A book: 7." in words_on(ruling_desk(small, "c02"))


@pytest.mark.usefixtures("unseen")
def test_a_box_ticked_without_a_ruling_commits_to_nothing(small):
    desk = ruling_desk(small, "c03")
    *_, commit = controls(desk)
    commit.value = True
    assert commit.value is False
    assert rulings_made(small) == {}


@pytest.mark.usefixtures("unseen")
def test_a_ruling_stands_and_is_locked_also_when_the_cell_is_run_again(small):
    desk = ruling_desk(small, "c03")
    _, claim, _, ruling, commit = controls(desk)
    ruling.value = "disputed"
    commit.value = True
    assert ruling.disabled
    assert commit.disabled
    claim.value = "c01"
    assert (ruling.value, commit.value, ruling.disabled) == ("", False, False)
    again = ruling_desk(small, "c03")
    assert again.controls["ruling"].value == "disputed"
    assert again.controls["commit"].value is True
    assert "Secret evidence on c03." in words_on(again)
    assert rulings_made(small) == {"c03": "disputed"}


@pytest.mark.usefixtures("unseen")
def test_a_topic_opens_at_its_first_claim_not_ruled_on(small):
    desk = ruling_desk(small, "c01")
    topic, claim, _, ruling, commit = controls(desk)
    ruling.value = "confirmed"
    commit.value = True
    topic.value = "great_leap"
    assert claim.value == "c04"
    topic.value = "space"
    assert claim.value == "c02"


def test_each_control_changes_the_picture_or_the_words(small):
    desk = ruling_desk(small, "c01")
    topic, claim, evidence, ruling, commit = controls(desk)
    for control, new in (
        (topic, "great_leap"),
        (topic, "space"),
        (claim, "c03"),
        (evidence, True),
        (ruling, "nuance"),
        (commit, True),
    ):
        before = desk.picture.value + words_on(desk)
        control.value = new
        assert desk.picture.value + words_on(desk) != before


def test_words_of_html_are_shown_as_they_are(small):
    desk = ruling_desk(small, "c02")
    assert all(control.description for control in controls(desk))
    assert "It sang &lt;well&gt;." in words_on(desk)
    assert "<well>" not in desk.picture.value


def test_an_unknown_claim_is_refused_before_a_desk_is_built(small):
    with pytest.raises(ChartError, match="No claim 'c77'"):
        ruling_desk(small, "c77")
