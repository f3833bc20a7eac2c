"""The Great Leap drawn: steps by date, claims told from what was made, estimates never averaged."""

import pandas as pd
import pytest
from figures import figures_in
from two_winds import ladder_desk, load
from two_winds.charts.common.select import ChartError
from two_winds.charts.great_leap.claims_of_1958 import behind_britain, claimed
from two_winds.charts.great_leap.famine import death_rates, excess_deaths
from two_winds.charts.great_leap.ladder import ladder, places
from two_winds.charts.great_leap.levy import harvest_and_levy


@pytest.fixture(scope="module")
def leap():
    return load("great_leap")


@pytest.fixture(scope="module")
def targets():
    return load("leap_targets")


def target(announced, low, high, grade="A", year=1962):
    return {
        "product": "steel",
        "announced": announced,
        "year": year,
        "low": low,
        "high": high,
        "occasion": f"said in {announced}",
        "source": "HAND",
        "grade": grade,
    }


def made(year, value, series="official", country="CHN", product="steel", **more):
    row = {"country": country, "product": product, "year": year, "value": value, "unit": "Mt"}
    return row | {"series": series, "source": "HAND", "grade": "A", "bound": ""} | more


# --- the ladder ---


def test_steps_stand_in_the_order_of_their_dates():
    rows = pd.DataFrame([target("1958-08", 80, 80), target("1957-11-18", 10, 15, "C")])
    chart = ladder(rows, pd.DataFrame([made(1962, 6.67)]), 1962)
    assert chart.table["low"].tolist() == [10, 80]
    assert chart.sentence.startswith(
        "Steel for 1962, in million tonnes: 10\u201315 (18 November 1957); "
        "step 2 of 2: 80 (August 1958), said in 1958-08. Made in 1962: 6.7."
    )
    assert "1 is unverified" in chart.sentence


def test_two_targets_of_one_month_do_not_stand_on_each_other():
    # A month is 1/12 of a year: thirds of it are at 1/36 and 2/36 after the first of November.
    where = places(pd.DataFrame([target("1958-11", 16, 16), target("1958-11", 21, 21)]))
    assert where == pytest.approx([1958 + 10 / 12 + 1 / 36, 1958 + 10 / 12 + 2 / 36], abs=1e-3)


def test_fewer_steps_keep_the_scales(targets, leap):
    part, whole = ladder(targets, leap, 1962, steps=2), ladder(targets, leap, 1962)
    assert len(part.table) == 2
    assert part.figure.axes[0].get_ylim() == whole.figure.axes[0].get_ylim()
    assert part.figure.axes[0].get_xlim() == whole.figure.axes[0].get_xlim()


def test_of_1958_only_the_usable_steel_is_drawn_and_called_so(targets, leap):
    words = [text.get_text() for text in ladder(targets, leap, 1958).figure.axes[0].texts]
    assert "good steel: 8" in words
    words = [text.get_text() for text in ladder(targets, leap, 1962).figure.axes[0].texts]
    assert "made in 1962: 6.7" in words


def test_of_1959_good_steel_stands_beside_all_steel_because_the_target_left_out_native_steel(
    targets, leap
):
    texts = ladder(targets, leap, 1959).figure.axes[0].texts
    words = [text.get_text().replace("\n", " ") for text in texts]
    assert {"good steel: at least 12.8", "with native steel: 13.9"} <= set(words)


def test_a_guess_is_drawn_and_told(targets, leap):
    chart = ladder(targets, leap, 1962, guess=100)
    assert chart.sentence.endswith("You had predicted 100.")
    assert chart.figure.axes[0].get_ylim()[1] > 100


def test_a_year_without_target_is_refused(targets, leap):
    with pytest.raises(ChartError, match="No steel target for 1999"):
        ladder(targets, leap, 1999)


# --- claimed and made ---


def test_claims_are_told_apart_from_what_was_found(leap):
    steel, grain = claimed(leap, "steel").sentence, claimed(leap).sentence
    assert figures_in(steel) == [1958, 11, 11.1, 8] and "of use" in steel
    assert figures_in(grain) == [1958, 250, 425, 198, 200] and "found later" in grain
    assert set(claimed(leap).table["kind"]) == {"claimed", "revised"}
    assert claimed(leap).table["grade"].isin(["A", "B"]).all()


def test_an_unverified_claim_is_not_put_into_words():
    rows = [made(1958, 9, "claimed"), made(1958, 99, "claimed", grade="C"), made(1958, 3, "usable")]
    sentence = claimed(pd.DataFrame(rows), "steel").sentence
    assert "For 1958 9 million tonnes of steel were claimed; of use: 3." in sentence
    assert "99" not in sentence


def test_a_product_that_is_not_there_is_refused(leap):
    with pytest.raises(ChartError, match="sugar"):
        claimed(leap, "sugar")
    with pytest.raises(ChartError, match="No claim of 'steel' for 1962"):
        claimed(leap, "steel", 1962)


# --- harvest and levy ---


def test_the_levy_rose_when_the_harvest_fell():
    chart = harvest_and_levy(load("grain_levy"))
    assert figures_in(chart.sentence) == [1958, 1959, 15, 24]
    share = chart.table.set_index("year")["share"]
    assert share[[1958, 1959, 1960]].tolist() == [25.9, 37.7, 32.4]
    assert chart.table.set_index("year").loc[1959, "kg left for each villager"] == 193


def test_one_province_can_be_drawn_and_an_unknown_one_is_refused():
    share = harvest_and_levy(load("grain_levy"), "Shandong", 1957, 1961).table["share"]
    assert share.tolist() == [24.2, 24.8, 35.3, 18.7, 27.4]
    with pytest.raises(ChartError, match="Shandong"):
        harvest_and_levy(load("grain_levy"), "Shandog")
    with pytest.raises(ChartError, match="can be 1952 to 1966"):
        harvest_and_levy(load("grain_levy"), first=1990, last=1995)


def test_china_and_britain_stand_side_by_side(leap, targets):
    chart = behind_britain(leap, targets)
    both = chart.table.dropna()
    assert both.loc[both["China"] > both["Britain"], "year"].tolist() == [1975]
    assert chart.sentence.endswith("Reported were 23.4 and 25.3.")
    with pytest.raises(ChartError, match="1957-11-18"):
        behind_britain(leap, targets[targets["year"] == 1962])


# --- the dead ---


def test_three_death_rates_of_1960_each_under_its_own_name(leap):
    table = death_rates(leap).table.set_index("year")
    assert table.loc[1960].round(1).to_dict() == {
        "registered": 25.4,
        "UN model": 29.8,
        "reconstruction": 44.6,
    }
    with pytest.raises(ChartError):
        death_rates(leap[leap["product"] == "steel"])


def estimate(author, low, high, start=1958, year=1961, grade="A", follows=""):
    row = {"author": author, "published": "", "start": start, "year": year, "low": low}
    row |= {"high": high, "follows": follows, "method": "by hand"}
    return row | {"source": "HAND", "grade": grade}


def test_only_what_was_read_stands_at_the_ends_of_the_range_and_nothing_is_averaged():
    rows = [estimate("One", 4, 5), estimate("Two", 45, 45, 1959), estimate("Three", 1, 99, 1958)]
    rows[2]["grade"] = "C"
    chart = excess_deaths(pd.DataFrame(rows))
    assert "2 estimates, from 4 million (One) to 45 million (Two)." in chart.sentence
    assert chart.table["author"].tolist() == ["One", "Two"]
    assert "2 different stretches of years" in chart.sentence
    assert not {13.5, 20, 50} & set(chart.table["low"])


def test_an_estimate_that_follows_another_is_named_and_not_drawn():
    rows = [estimate("One", 4, 5), estimate("Two", 4, 5, follows="One")]
    chart = excess_deaths(pd.DataFrame(rows))
    assert len(chart.figure.axes[0].get_yticks()) == 1
    assert "Not drawn: 1 that rest on the work of another." in chart.sentence
    assert chart.table["author"].tolist() == ["One", "Two"]


def test_every_estimate_bears_author_year_years_counted_and_method():
    chart = excess_deaths(load("famine_estimates"))
    assert list(chart.table.columns[:3]) == ["author", "published", "counted"]
    assert chart.table["method"].str.len().min() > 3
    for row in chart.table.itertuples():
        if row.follows:
            continue
        assert row.author in chart.alt
        assert row.method in chart.alt


# --- the desk ---


def test_the_desk_climbs_step_by_step_and_starts_anew_with_each_year(targets, leap):
    desk = ladder_desk(targets, leap)
    year, steps = desk.controls["year"], desk.controls["steps"]
    assert (year.value, steps.value) == (1959, 8)
    steps.value = 1
    assert desk.view().table["low"].tolist() == [25]
    for other, many in ((1962, 6), (1958, 7), (1959, 8)):
        year.value = other
        assert (steps.value, steps.max) == (many, many)
        assert len(desk.view().table) == many
