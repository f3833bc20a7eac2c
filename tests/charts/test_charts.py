"""Charts: picture, sentence and table say what the rows say, and nothing else.

The small table is typed here, so that every number expected can be worked out by eye.
"""

import base64
import io
import re
from functools import cache
from itertools import combinations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.image import imread
from two_winds import (
    extrapolation,
    load,
    overtaking,
    quote,
    race,
    ratio,
    report_card,
    rivals,
    score,
    show,
)
from two_winds.charts.common import chart as picture
from two_winds.charts.common.chart import Chart, finished_png, quick_html
from two_winds.charts.common.select import ChartError, read_figures
from two_winds.charts.common.style import PAPER
from two_winds.charts.common.wording import SOURCES_NAMED
from two_winds.texts import quotations as reading
from two_winds.texts.quotations import QuotationError

OUTPUT = """country product year value unit series source grade
SUN steel 1955 40 Mt official alpha A
SUN steel 1956 44 Mt official alpha C
SUN steel 1957 50 Mt official alpha A
SUN steel 1957 47 Mt estimate beta B
SUN steel 1972 110 Mt official gamma B
USA steel 1955 100 Mt official delta A
USA steel 1956 110 Mt official delta A
USA steel 1957 100 Mt official delta A
USA steel 1972 100 Mt official delta A
SUN coal 1957 300 Mt official omega A
USA coal 1957 400 Mt official omega A
SUN coal 1972 700 Mt official omega A
CHN steel 1957 5 Mt official sigma A
CHN steel 1972 20 Mt official sigma A"""
PROMISES = """product target_set announced year low high unit counted_alike source grade
steel speech_1957 1957-11-06 1972 100 120 Mt yes tau A
steel plan 1959-01-27 1965 80 85 Mt yes upsilon A
coal speech_1957 1957-11-06 1972 650 750 Mt yes phi C"""
PEOPLE = """country year value unit series source grade
SUN 1955 200 million official pi A
USA 1955 160 million official pi A
SUN 1956 200 million official pi A
USA 1956 160 million official pi A
SUN 1957 200 million official pi A
USA 1957 150 million official pi A
SUN 1972 250 million official pi A
USA 1972 200 million official pi A
SUN 1973 251 million official chi A
CHN 1957 640 million official psi A
SUN 1957 204 million estimate rho B"""


def typed(text, *changes):
    """A table from words typed above, some of them changed."""
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    table = pd.read_csv(io.StringIO(text), sep=" ")
    table["note"] = ""
    return table


def output(*changes):
    return typed(OUTPUT, *changes)


def promises(*changes):
    return typed(PROMISES, *changes)


def people(*changes):
    return typed(PEOPLE, *changes)


def draw(kind, made=None, promised=None, heads=None):
    """One chart of each kind, of steel."""
    made = output() if made is None else made
    promised = promises() if promised is None else promised
    heads = people() if heads is None else heads
    return {
        "race": lambda: race(made, "steel"),
        "report_card": lambda: report_card(made, promised, ["steel", "coal"], "speech_1957"),
        "ratio": lambda: ratio(made, "steel", heads),
        "rivals": lambda: rivals(made, "steel", "SUN", 1957),
        "extrapolation": lambda: extrapolation(made, "steel", first=1955),
        "overtaking": lambda: overtaking(made, "steel", 0.10, 0.02),
    }[kind]()


KINDS = ["race", "report_card", "ratio", "rivals", "extrapolation", "overtaking"]


def marks(chart):
    """Every mark drawn in the data, as (x, y, filled)."""
    found = []
    for line in chart.figure.axes[0].get_lines():
        if line.get_marker() in ("None", "none", None, ""):
            continue
        filled = line.get_markerfacecolor() not in (PAPER, "none")
        found += [(float(x), float(y), filled) for x, y in line.get_xydata()]
    return found


def words(chart):
    """Every text on the finished picture apart from its title and source line."""
    axes = chart.figure.axes[0]
    legend = axes.get_legend()
    return [text.get_text() for text in [*axes.texts, *(legend.get_texts() if legend else ())]]


# What each chart says


def test_the_race_says_who_was_ahead():
    assert draw("race").sentence == (
        "In steel the USSR was first ahead of the USA in 1972 and stayed ahead to 1972. "
        "Of the 8 figures drawn 1 is unverified (hollow)."
    )


def test_the_race_has_both_countries_side_by_side_in_its_table():
    table = draw("race").table
    assert list(table.columns) == ["year", "USSR", "USA"]
    assert table.to_numpy().tolist() == [
        [1955, 40, 100],
        [1956, 44, 110],
        [1957, 50, 100],
        [1972, 110, 100],
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("SUN steel 1972 110", "SUN steel 1972 90"), "behind the USA in every year to 1972."),
        (("SUN steel 1956 44", "SUN steel 1956 111"), "in 1956, and behind again in 1957."),
        (("USA steel 1972 100", "USA steel 1972 140"), "behind the USA in every year to 1972."),
    ],
)
def test_the_race_tells_another_story_when_a_figure_changes(change, said):
    assert said not in draw("race").sentence
    assert said in draw("race", output(change)).sentence


def test_the_race_says_when_one_was_always_ahead():
    ahead = output(("USA steel 1955 100", "USA steel 1955 10"), ("1956 110", "1956 10"))
    ahead.loc[(ahead["country"] == "USA") & (ahead["year"] == 1957), "value"] = 10
    assert race(ahead, "steel").sentence.startswith(
        "In steel the USSR was ahead of the USA in every year from 1955."
    )


def test_level_is_not_called_ahead():
    level = draw("race", output(("SUN steel 1972 110", "SUN steel 1972 100")))
    assert "was first ahead" not in level.sentence


def test_the_race_draws_a_guess_where_it_was_made_and_says_so():
    chart = race(output(), "steel", guess=80)
    assert (1972, 80, True) in marks(chart)
    assert "your guess" in words(chart)
    assert "You had predicted 80 million tonnes for 1972." in chart.sentence
    assert "star, your guess: 80." in chart.alt


def test_the_report_card_names_what_was_kept_and_what_was_not():
    assert draw("report_card").sentence == (
        "Soviet output in 1972. As promised: steel, coal. 1 of the 2 goals are only remembered, "
        "so this is a list of questions, not of findings."
    )
    missed = draw("report_card", output(("coal 1972 700", "coal 1972 600")))
    assert "As promised: steel; below the promise: coal." in missed.sentence
    assert "coal, goal 650\u2013750? million tonnes, reported 600." in missed.alt


def test_the_report_card_has_a_row_a_product():
    table = draw("report_card").table.set_index("product")
    assert table.loc["steel"].to_dict() == {
        "unit": "million tonnes",
        "low": 100,
        "high": 120,
        "reported": 110,
        "verdict": "as promised",
    }


def test_the_report_card_draws_every_goal_from_its_lower_end_on():
    # Steel: 110 of 100; coal: 700 of 650 is 107.7; drawn from below.
    chart = draw("report_card")
    drawn = {(round(x, 1), y) for x, y, _ in marks(chart)}
    assert {(110, 0), (107.7, 1)} <= drawn
    boxes = {(p.get_x(), round(p.get_width(), 1)) for p in chart.figure.axes[0].patches}
    assert boxes == {(100, 15.4), (100, 20)}  # 650 to 750 of 650, 100 to 120 of 100


def test_a_goal_counted_on_another_concept_is_not_judged():
    otherwise = promises(("120 Mt yes", "120 Mt no"))
    chart = draw("report_card", promised=otherwise)
    assert "counted otherwise: steel" in chart.sentence
    assert (110, 0, False) in marks(chart)
    assert "counted otherwise" in words(chart)


def test_the_report_card_takes_another_set_of_promises():
    chart = report_card(output(("SUN steel 1972", "SUN steel 1965")), promises(), ["steel"], "plan")
    assert chart.title == "Goals of 1959 for 1965, and what was reported"
    assert chart.sentence == "Soviet output in 1965. Above the promise: steel."


def test_a_remembered_outcome_is_left_out_of_the_report_card():
    chart = draw("report_card", output(("110 Mt official gamma B", "110 Mt official gamma C")))
    assert "no figure: steel" in chart.sentence


def test_the_score_is_told_in_total_and_per_head():
    # Steel: 110 of 100, per head x 200/250 is 88. Coal: 700, and no American figure.
    chart = score(output(), people())
    assert chart.sentence == (
        "The USSR of 1972 beside the USA of 1972: ahead in 1 of 1 products in total, in 0 of 1 "
        "per head."
    )
    steel = chart.table.set_index("product").loc["steel"]
    assert steel[["total", "per head"]].round(9).tolist() == [110, 88]
    assert pd.isna(chart.table.set_index("product").loc["coal", "total"])
    assert "no pair was read" in words(chart)


def test_the_score_can_be_kept_against_the_america_of_another_year():
    # 700 of 400 is 175, per head x 150/250 is 105; 110 of 100, per head 66.
    table = score(output(), people(), 1972, against=1957).table.set_index("product")
    assert table.loc["coal", ["total", "per head"]].round(9).tolist() == [175, 105]
    assert table.loc["steel", ["total", "per head"]].round(9).tolist() == [110, 66]


def test_the_score_draws_only_what_was_read_or_reckoned():
    row = "SUN steel 1972 110 Mt official gamma"
    unread = score(output((f"{row} B", f"{row} C")), people()).table.set_index("product")
    assert pd.isna(unread.loc["steel", "total"])
    also = output((f"{row} B", f"{row} C\nSUN steel 1972 120 Mt reckoned gamma B"))
    reckoned = score(also, people()).table.set_index("product")
    assert reckoned.loc["steel", ["total", "reckoned"]].tolist() == [120, True]


def test_the_ratio_is_told_in_total_and_per_head():
    # Total: 40 of 100 is 40, 110 of 100 is 110. Per head: 40 x 160/200 = 32, 110 x 200/250 = 88.
    chart = draw("ratio")
    assert chart.sentence == (
        "Soviet output of steel went from 40 per cent of the American in 1955 to 110 per cent in "
        "1972; per head from 32 to 88 per cent. Ahead in total: first in 1972. "
        "Ahead per head: in no year. "
        "Of the 4 years drawn 1 rests on an unverified figure (hollow)."
    )
    assert list(chart.table.columns) == ["year", "total", "per head"]
    # 1956: 44 of 110 is 40, x 160/200 = 32. 1957: 50 of 100 is 50, x 150/200 = 37.5.
    assert chart.table.round(9).to_numpy().tolist() == [
        [1955, 40, 32],
        [1956, 40, 32],
        [1957, 50, 37.5],
        [1972, 110, 88],
    ]


def test_the_ratio_follows_the_number_of_people():
    fewer = draw("ratio", heads=people(("SUN 1972 250", "SUN 1972 160")))
    assert "per head from 32 to 138 per cent" in fewer.sentence  # 110 x 200/160 = 137.5
    assert "Ahead per head: first in 1972." in fewer.sentence


def test_the_ratio_leaves_out_years_in_which_one_country_has_no_figure():
    made = output(("USA steel 1956 110", "USA steel 1954 110"), ("alpha C", "kappa C"))
    chart = draw("ratio", made)
    assert chart.table["year"].tolist() == [1955, 1957, 1972]
    assert "unverified" not in chart.sentence
    assert "kappa" not in chart.source


def test_rivals_stand_side_by_side_from_the_lowest_up():
    # 50 against 47 is 6.38 per cent more.
    chart = draw("rivals")
    assert chart.sentence == (
        "Steel, USSR, 1957: 2 figures, from 47 to 50 million tonnes, 6.4 per cent apart."
    )
    assert chart.table["value"].tolist() == [47, 50]
    assert chart.table["series"].tolist() == ["estimate", "official"]
    lower = draw("rivals", output(("SUN steel 1957 47", "SUN steel 1957 43")))
    assert "from 43 to 50" in lower.sentence


def test_a_figure_without_a_rival_is_not_called_figures():
    chart = rivals(output(), "steel", "USA", 1957)
    assert chart.sentence == "Steel, USA, 1957: one figure, 100 million tonnes."


def test_a_trend_is_carried_on_and_compared_with_what_came():
    # 40 to 50 in two years is 1.25 in two years, so 1.118034 a year: 11.8 per cent.
    # Fifteen years on: 50 x 1.25 ** 7.5 = 50 x 4.768372 (seven times) x 1.118034 = 266.56.
    # 110 of 266.56 is 41.27 per cent.
    chart = draw("extrapolation")
    assert chart.sentence == (
        "USSR output of steel grew by 11.8 per cent a year from 1955 to 1957. Carried on, that "
        "makes 267 million tonnes in 1972. Reported: 110, 41.3 per cent of the trend. "
        "Of the 4 figures drawn 1 is unverified (hollow)."
    )
    by_year = chart.table.set_index("year")
    assert by_year.loc[1959, "trend"] == pytest.approx(62.5)  # 50 x 1.25
    assert by_year.loc[1961, "trend"] == pytest.approx(78.125)  # 62.5 x 1.25
    assert by_year.loc[1972, "reported"] == 110
    assert pd.isna(by_year.loc[1960, "reported"])
    assert pd.isna(by_year.loc[1955, "trend"])


def test_another_beginning_is_another_trend():
    chart = draw("extrapolation", output(("SUN steel 1955 40", "SUN steel 1955 50")))
    assert "grew by 0.0 per cent a year" in chart.sentence
    assert "makes 50 million tonnes in 1972" in chart.sentence


def test_a_trend_shows_only_the_years_asked_for():
    # 44 to 50 in one year is 13.6 per cent; fifteen years are cut to three.
    chart = extrapolation(output(), "steel", first=1956, until=1960)
    assert chart.table["year"].tolist() == [1956, 1957, 1958, 1959, 1960]
    assert {mark[0] for mark in marks(chart)} == {1956, 1957}
    assert chart.source == "Sources: alpha."
    assert "Reported" not in chart.sentence
    assert chart.sentence.endswith("Of the 2 figures drawn 1 is unverified (hollow).")


def test_the_year_of_overtaking_is_said_ringed_and_written():
    # The gap of 2 closes by 1.10/1.02 = 1.078431 a year: 1.078431 ** 9 = 1.9732 is not enough,
    # x 1.078431 = 2.1280 is. 1957 + 10 = 1967.
    chart = draw("overtaking")
    assert chart.sentence == (
        "From 1957 at 10.0 per cent a year (USSR) and 2.0 (USA), the USSR overtakes in steel in "
        "1967. As reported, it was first ahead in 1972."
    )
    assert "1967" in "".join(words(chart))
    by_year = chart.table.set_index("year")
    assert by_year.loc[1959, "USSR"] == pytest.approx(60.5)  # 50, 55, 60.5
    assert by_year.loc[1959, "USA"] == pytest.approx(104.04)  # 100, 102, 104.04
    ring = [mark for mark in marks(chart) if mark[0] == 1967]
    assert len(ring) == 1
    assert ring[0][1] == pytest.approx(50 * 1.1**10)


def test_a_chaser_who_is_no_faster_does_not_overtake():
    chart = overtaking(output(), "steel", 0.02, 0.02)
    assert "the USSR does not overtake in steel by 2000." in chart.sentence
    assert chart.table["year"].max() == 2000


def test_overtaking_after_2000_is_not_shown():
    # A gap of 2 closing by 1.01 a year takes ln 2 / ln 1.01 = 69.7 years: 2027.
    assert "does not overtake in steel by 2000." in overtaking(output(), "steel", 0.01, 0).sentence


def test_overtaking_says_when_it_was_never_reported_ahead():
    behind = output(("SUN steel 1972 110", "SUN steel 1972 90"))
    assert "As reported, it was not ahead by 1972." in draw("overtaking", behind).sentence


def test_overtaking_says_how_far_the_reported_line_goes():
    assert any("as reported to 1972" in text for text in words(draw("overtaking")))


# What is true of all of them


@pytest.mark.parametrize("kind", KINDS)
def test_one_changed_figure_changes_sentence_and_alternative_text(kind):
    change = ("SUN steel 1957 50", "SUN steel 1957 61.7")
    if kind == "report_card":
        change = ("SUN steel 1972 110", "SUN steel 1972 61.7")
    if kind in ("race", "ratio"):
        change = ("SUN steel 1972 110", "SUN steel 1972 61.7")
    before, after = draw(kind), draw(kind, output(change))
    assert before.sentence != after.sentence
    assert before.alt != after.alt
    assert not before.table.equals(after.table)


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_handed_in_is_left_as_it_was(kind):
    made, promised, heads = output(), promises(), people()
    draw(kind, made, promised, heads)
    for table, text in ((made, OUTPUT), (promised, PROMISES), (heads, PEOPLE)):
        pd.testing.assert_frame_equal(table, typed(text))


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("race", {"alpha", "gamma", "delta"}),
        ("report_card", {"gamma", "omega", "tau", "phi"}),
        ("ratio", {"alpha", "gamma", "delta", "pi"}),
        ("rivals", {"alpha", "beta"}),
        ("extrapolation", {"alpha", "gamma"}),
        ("overtaking", {"alpha", "gamma", "delta"}),
    ],
)
def test_the_source_line_names_the_sources_of_the_rows_drawn_and_only_those(kind, names):
    line = draw(kind).source
    more = re.search(r"; and (\d+) more \(see the passport\)", line)
    named = set(line.split(";" if not more else "; and")[0].removeprefix("Sources: ").split("; "))
    if not more:
        named = set(line.removeprefix("Sources: ").removesuffix(".").split("; "))
    else:
        named = set(line.removeprefix("Sources: ").split("; and")[0].split("; "))
    assert named <= names
    assert len(named) + (int(more[1]) if more else 0) == len(names)
    assert len(named) <= SOURCES_NAMED == 5


def test_the_source_line_uses_the_short_names_that_came_with_the_table():
    made = output()
    made.attrs["citations"] = {"alpha": "Narkhoz 1957", "beta": "CIA 1959"}
    assert draw("rivals", made).source == "Sources: CIA 1959; Narkhoz 1957."


def test_rows_without_a_source_are_said_to_be_typed_by_hand():
    chart = extrapolation(output().drop(columns="source"), "steel", first=1955)
    assert chart.source == "Source: rows typed by hand."


@pytest.mark.parametrize("kind", ["race", "rivals", "extrapolation", "overtaking"])
def test_the_unit_stands_in_the_title(kind):
    assert "million tonnes" in draw(kind).title


def test_the_unit_of_a_comparison_is_named():
    assert "per cent of the American" in draw("ratio").title
    assert draw("report_card").figure.axes[0].get_xlabel() == "lower end of the goal = 100"


@pytest.mark.parametrize(
    ("kind", "change", "mark"),
    [
        ("race", ("SUN steel 1957 50 Mt official alpha A", "1957", 50), (1957, 50)),
        ("extrapolation", ("SUN steel 1957 50 Mt official alpha A", "1957", 50), (1957, 50)),
        ("ratio", ("SUN steel 1957 50 Mt official alpha A", "1957", 50), (1957, 50)),
        ("rivals", ("SUN steel 1957 50 Mt official alpha A", "1957", 50), (50, 1)),
    ],
)
def test_an_unverified_figure_is_drawn_hollow(kind, change, mark):
    row = change[0]
    for grade, filled in (("A", True), ("B", True), ("C", False)):
        chart = draw(kind, output((row, row[:-1] + grade)))
        assert {at[2] for at in marks(chart) if at[:2] == mark} == {filled}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("race", "Of the 8 figures drawn 2 are unverified (hollow)."),
        ("extrapolation", "Of the 4 figures drawn 2 are unverified (hollow)."),
        ("ratio", "Of the 4 years drawn 2 rest on an unverified figure (hollow)."),
        ("rivals", "Of the 2 figures drawn 1 is unverified (hollow)."),
    ],
)
def test_unverified_figures_are_counted_in_the_sentence(kind, said):
    row = "SUN steel 1957 50 Mt official alpha"
    chart = draw(kind, output((f"{row} A", f"{row} C")))
    assert chart.sentence.endswith(said)
    explained = " ".join(words(chart))
    assert "unverified" in explained or kind == "rivals"


def test_nothing_is_called_unverified_where_all_has_been_read():
    made, promised = output(("alpha C", "alpha B")), promises(("phi C", "phi A"))
    for kind in KINDS:
        chart = draw(kind, made, promised)
        assert "nverified" not in chart.sentence + chart.alt, kind
        assert "unverified" not in " ".join(words(chart)), kind


@pytest.mark.parametrize(("grade", "style"), [("A", "-"), ("C", "--")])
def test_the_report_card_draws_an_unverified_promise_as_a_dashed_empty_box(grade, style):
    chart = draw("report_card", promised=promises(("tau A", f"tau {grade}")))
    (box,) = [p for p in chart.figure.axes[0].patches if round(p.get_width(), 6) == 20]
    assert box.get_linestyle() == style
    assert (to_hex(box.get_facecolor()) == PAPER.lower()) == (grade == "C")


# What a teacher reads when something is asked for that is not there

COUNTRIES_THERE = "country can be: CHN, SUN, USA."
NO_STEAL = (
    "No official figures for 'steal' in 'SUN'. Did you mean 'steel'? product can be: coal, steel."
)
REFUSED = {
    "race of an unknown product": (lambda: race(output(), "steal"), NO_STEAL),
    "ratio of an unknown product": (lambda: ratio(output(), "steal", people()), NO_STEAL),
    "trend of an unknown product": (lambda: extrapolation(output(), "steal"), NO_STEAL),
    "overtaking in an unknown product": (lambda: overtaking(output(), "steal", 0.1, 0), NO_STEAL),
    "report card without a promise": (
        lambda: report_card(output(), promises(), ["steel"], "plan_1928"),
        "No target for 'steel' in the set 'plan_1928'. Did you mean 'plan'? "
        "target_set can be: plan, speech_1957.",
    ),
    "trend of an unknown country": (
        lambda: extrapolation(output(), "steel", "France"),
        f"No official figures for 'steel' in 'France'. {COUNTRIES_THERE}",
    ),
    "trend from a year without a figure": (
        lambda: extrapolation(output(), "steel", first=1950),
        "No figure for 'steel' in 1950 or 1957: no trend to carry on. "
        "first and last can be 1955 to 1972.",
    ),
    "rivals of an unknown year": (
        lambda: rivals(output(), "steel", "SUN", 1917),
        "No figure for 'steel', 'SUN', 1917 in this table. year can be 1955 to 1972.",
    ),
    "rivals of an unknown country": (
        lambda: rivals(output(), "steel", "France", 1957),
        f"No figure for 'steel', 'France', 1957 in this table. {COUNTRIES_THERE}",
    ),
    "overtaking without a figure of 1957": (
        lambda: overtaking(output(("USA steel 1957", "USA steel 1958")), "steel", 0.1, 0),
        "No figure for 'steel' in 1957: nothing to start from.",
    ),
}


@pytest.mark.parametrize("asked", REFUSED)
def test_what_is_not_in_the_table_is_refused_in_plain_words(asked):
    ask, message = REFUSED[asked]
    with pytest.raises(ChartError) as error:
        ask()
    assert str(error.value) == message


# On the real tables: the finished picture can be read

PRODUCTS = list(
    dict.fromkeys(load("targets").query("target_set == 'speech_1957'")["product"].astype(str))
)
RATES = [(0.094, 0.022), (0.2, -0.05), (-0.05, 0.2), (0.2, 0.2)]


@cache
def real(kind, product):
    """The charts of one kind and product on the real tables."""
    made, promised, heads = load("production"), load("targets"), load("population")
    if kind == "race":
        guesses = [None, float(promised.query("product == @product")["low"].max())]
        return [race(made, product, guess) for guess in guesses]
    if kind == "overtaking":
        read = all(1957 in set(read_figures(made, product, c)["year"]) for c in ("SUN", "USA"))
        tried = RATES if product in ("steel", "coal") else RATES[:1]
        return [overtaking(made, product, *rates) for rates in tried if read]
    if kind == "ratio":
        return [ratio(made, product, heads)]
    if kind == "extrapolation":
        return [extrapolation(made, product)]
    rows = made[made["product"] == product]
    longest = rows.loc[rows["source"].map(made.attrs["citations"]).str.len().idxmax()]
    counted = rows.groupby(["country", "year"], observed=True).size()
    chosen = [counted.idxmax(), (longest["country"], longest["year"])]
    return [rivals(made, product, *which) for which in chosen]


def labels(figure):
    """Every text on a figure that a reader can see, with its place in pixels."""
    canvas = FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    (axes,) = figure.axes
    found = [*figure.texts, *axes.texts]
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
        found += [axis.label, *(tick.label1 for tick in ticks)]
    if axes.get_legend():
        found += axes.get_legend().get_texts()
    shown = [text for text in found if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in shown]


def finished(chart, monkeypatch):
    """The texts of the picture at the moment it is saved, title and source line among them."""
    caught = []

    def look(figure, *_args, **_options):
        caught.extend(labels(figure))

    with monkeypatch.context() as patch:
        patch.setattr(Figure, "savefig", look)
        patch.setattr(picture, "few_colours", lambda _picture: b"")
        finished_png(chart)
    return caught


def assert_readable(chart, monkeypatch):
    texts = finished(chart, monkeypatch)
    width, height = chart.figure.bbox.width, chart.figure.bbox.height
    assert chart.title in [text for text, _ in texts]
    assert any(text.startswith("Source") for text, _ in texts)
    for text, box in texts:
        below = text.startswith("Source")  # the page grows downwards with a long source line
        assert box.x0 >= 0 and (below or box.y0 >= 0), f"{text!r} is cut off"
        assert box.x1 <= width and box.y1 <= height, f"{text!r} is cut off"
    for (one, first), (other, second) in combinations(texts, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        down = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert across <= 1 or down <= 1, f"{one!r} and {other!r} overlap in {chart.title!r}"


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("kind", ["race", "overtaking", "ratio", "extrapolation", "rivals"])
def test_no_words_overlap_or_are_cut_off(kind, product, monkeypatch):
    for chart in real(kind, product):
        assert_readable(chart, monkeypatch)


@pytest.mark.parametrize("which", list(load("targets")["target_set"].unique()))
def test_no_words_overlap_on_the_report_card(which, monkeypatch):
    promised = load("targets")
    products = promised.loc[promised["target_set"] == which, "product"].astype(str)
    products = products[products.isin(load("production")["product"].astype(str))]
    chart = report_card(load("production"), promised, list(dict.fromkeys(products)), which)
    assert_readable(chart, monkeypatch)


@pytest.mark.parametrize("against", [1957, 1972])
def test_no_words_overlap_on_the_score(against, monkeypatch):
    assert_readable(score(load("production"), load("population"), 1972, against), monkeypatch)


def test_overlapping_words_would_have_been_noticed(monkeypatch):
    chart = draw("race")
    chart.figure.axes[0].text(1972, 110, "one upon")
    chart.figure.axes[0].text(1972, 110, "the other")
    with pytest.raises(AssertionError, match="overlap"):
        assert_readable(chart, monkeypatch)


@pytest.mark.parametrize("product", PRODUCTS)
def test_sentences_on_the_real_tables_hold_no_gaps(product):
    for kind in ("race", "overtaking", "ratio", "extrapolation", "rivals"):
        for chart in real(kind, product):
            told = f"{chart.sentence} {chart.alt} {chart.title}"
            assert not re.search(r"\bnan\b|None|no figure\b(?! is known)|  |_", told), told


# Showing


def handed_over(module, call, *given, **options):
    """What a function hands to the notebook to display."""
    bundles = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "display", lambda bundle, raw: bundles.append(bundle))
        call(*given, **options)
    (bundle,) = bundles
    return bundle


def shown(thing, **options):
    """The bundle that `show` hands to the notebook."""
    return handed_over(picture, show, thing, **options)


def image(markup):
    """The alternative text and the picture of the first image in some HTML."""
    alt = re.search(r'<img [^>]*alt="([^"]+)"', markup)[1]
    data = re.search(r'src="data:image/png;base64,([^"]+)"', markup)[1]
    return alt, imread(io.BytesIO(base64.b64decode(data)), format="png")


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_shown_with_words_and_with_its_table_quickly_and_again(kind):
    chart = draw(kind)
    bundle, quick = shown(chart), quick_html(chart)
    assert chart.figure.texts == []
    alt, pixels = image(bundle["text/html"])
    assert chart.title in alt
    assert "steel" in alt.lower()
    width, height = chart.figure.get_size_inches() * 100
    assert pixels.shape[:2] == (round(height), round(width))
    assert pixels[..., :3].min() < 0.2 < 1 == pixels[..., :3].max()  # ink on white
    assert bundle["text/plain"] == chart.sentence
    assert chart.sentence in bundle["text/html"]
    assert "<table" not in bundle["text/html"]
    assert "http" not in bundle["text/html"]
    # Quickly: title, sentence and source are text.
    alt, pixels = image(quick)
    assert chart.title in alt
    assert pixels[..., :3].min() < 0.2
    text = re.sub(r"<img[^>]*>", "", quick)
    for words_ in (chart.title, chart.sentence, chart.source):
        assert words_ in text
    # Again it is the same, and its table has named columns.
    with_table = shown(chart, table=True)["text/html"]
    assert with_table.startswith(bundle["text/html"])
    rows = with_table.removeprefix(bundle["text/html"])
    headers = re.findall(r"<th[^>]*>(.*?)</th>", rows)
    assert headers == [str(name) for name in chart.table.columns]
    assert all(headers)
    assert rows.count("<tr") == len(chart.table) + 1
    assert quick_html(chart) == quick


def test_missing_figures_are_called_so_in_a_table():
    markup = shown(draw("extrapolation"), table=True)["text/html"]
    assert "<td>NaN" not in markup
    assert "no figure" in markup


def test_a_table_is_shown_with_its_columns_named():
    bundle = shown(pd.DataFrame({"year": [1957], "USSR": [51.2]}))
    assert re.findall(r"<th[^>]*>(.*?)</th>", bundle["text/html"]) == ["year", "USSR"]
    assert re.findall(r"<td[^>]*>(.*?)</td>", bundle["text/html"]) == ["1957", "51.2"]
    assert "51.2" in bundle["text/plain"]


def test_years_that_are_the_index_of_a_table_are_shown_too():
    markup = shown(pd.DataFrame({"year": [1957], "USSR": [51.2]}).set_index("year"))["text/html"]
    assert re.findall(r"<th[^>]*>(.*?)</th>", markup) == ["year", "USSR"]
    assert re.findall(r"<td[^>]*>(.*?)</td>", markup) == ["1957", "51.2"]


@pytest.mark.parametrize(
    ("thing", "told"), [(None, "None"), ("steel", "'steel'"), (pd.Series([1]), "a Series")]
)
def test_showing_something_else_is_refused(thing, told):
    with pytest.raises(TypeError) as error:
        show(thing)
    assert str(error.value) == f"show(): thing is {told}: it must be a chart or a table."


def test_the_title_and_the_source_line_are_in_the_picture():
    chart = draw("race")
    _, with_words = image(shown(chart)["text/html"])
    chart.title = chart.source = " "
    _, without = image(shown(chart)["text/html"])
    # A palette of its own moves each colour a little; words are ink where there was paper.
    differs = (abs(with_words - without) > 0.3).any(axis=(1, 2))
    height = len(differs)
    assert differs[: height // 8].any()
    assert differs[-height // 8 :].any()
    assert not differs[height // 8 : -height // 8].any()


def test_words_with_signs_of_html_are_shown_as_they_are():
    chart = Chart(Figure(), "a<b", "c & d", 'says "1 < 2"', "e > f", pd.DataFrame())
    for markup in (quick_html(chart), shown(chart)["text/html"]):
        assert 'alt="says &quot;1 &lt; 2&quot;"' in markup
        assert "e &gt; f" in markup
    assert "a&lt;b" in quick_html(chart)
    assert "c &amp; d" in quick_html(chart)


# Quoting


def sayings():
    table = pd.DataFrame(
        {
            "quotation": ["east_wind", "buried"],
            "speaker": ["Mao Zedong", "Nikita Khrushchev"],
            "date": ["1957-11-18", "1956-11"],
            "place": ["Moscow", "Moscow"],
            "language": ["zh-Hans", "en"],
            "text": ["东风压倒西风", "We <will> bury you"],
            "translation": ["The east wind prevails over the west wind.", ""],
            "source": ["WORKS", "PRESS"],
            "grade": ["B", "C"],
            "note": ["", "As the interpreter gave it"],
        }
    )
    table.attrs["citations"] = {"WORKS": "Collected works, vol. 7"}
    return table


def quoted(name):
    return handed_over(reading, quote, sayings(), name)


def test_a_quotation_has_words_translation_speaker_date_and_source():
    bundle = quoted("east_wind")
    for text in bundle.values():
        for part in (
            "东风压倒西风",
            "The east wind prevails over the west wind.",
            "Mao Zedong",
            "Moscow",
            "18 November 1957",
            "Collected works, vol. 7",
            "grade B",
        ):
            assert part in text
    paragraphs = re.findall(r'<p lang="([^"]+)">(.*?)</p>', bundle["text/html"])
    assert [language for language, _ in paragraphs] == ["zh-Hans", "en"]
    assert "东风" in paragraphs[0][1]


def test_a_quotation_in_english_is_given_once_with_its_note():
    bundle = quoted("buried")
    (paragraph,) = re.findall(r'<p lang="([^"]+)">(.*?)</p>', bundle["text/html"])
    assert paragraph[0] == "en"
    assert "We &lt;will&gt; bury you" in paragraph[1]
    assert "We <will> bury you" in bundle["text/plain"]
    assert "November 1956" in bundle["text/plain"]
    assert "PRESS" in bundle["text/plain"]
    assert "As the interpreter gave it" in bundle["text/html"]


def test_an_unknown_quotation_is_refused_with_those_there_are():
    with pytest.raises(QuotationError) as error:
        quote(sayings(), "west_wind")
    assert str(error.value) == (
        "No quotation 'west_wind'. Did you mean 'east_wind'? name can be: buried, east_wind."
    )


def test_every_real_quotation_has_its_words_in_its_own_language():
    quotations = load("quotations")
    for row in quotations.itertuples():
        markup = handed_over(reading, quote, quotations, row.quotation)["text/html"]
        languages = re.findall(r'<p lang="([^"]+)">', markup)
        assert languages == [row.language, "en"][: 1 + bool(row.translation)], row.quotation
        assert row.text, row.quotation
