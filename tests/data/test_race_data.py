"""The tables of lessons 00, 04, 05 and 07 agree with each other and with what their sources say.

Expected values were worked out when the sources were read, not taken from these tables.
"""

import math

import pandas as pd
import pytest
from two_winds import score
from two_winds.charts.common.select import read_figures
from two_winds.datasets import load

TABLES = (
    "coastline",
    "famine_estimates",
    "farm_targets",
    "farming",
    "firsts",
    "great_leap",
    "growth_rates",
    "institutions",
    "launch_counts",
    "launches",
    "leap_targets",
    "leap_timeline",
    "missiles",
    "prices_1962",
    "satellites",
)


@pytest.mark.parametrize("name", TABLES)
def test_only_numbers_may_be_left_out(name):
    table = load(name)
    assert not table.select_dtypes(exclude="float").isna().any(axis=None)


@pytest.mark.parametrize("name", ["farming", "great_leap"])
def test_a_quantity_has_one_official_figure_a_year_at_most(name):
    table = load(name).query("series == 'official'")
    assert table[table.duplicated(["country", "product", "year"], keep=False)].empty


# --- launches ---


def tally(launches, country):
    """Attempts, successes and partial successes of a country."""
    outcome = launches[launches["country"] == country]["outcome"]
    return len(outcome), (outcome == "success").sum(), (outcome == "partial").sum()


def test_to_the_end_of_1958_seven_rockets_were_aimed_at_the_moon_and_eight_reached_orbit():
    early = load("launches").query("date_utc < '1959'")
    early = early.astype({"country": str, "target": str})
    assert early["target"].value_counts().to_dict() == {"earth": 24, "moon": 7}
    reached = early.query("target == 'earth' and outcome == 'success'").groupby("country").size()
    assert reached.to_dict() == {"SUN": 3, "USA": 5}


def test_attempts_to_the_end_of_1958():
    launches = load("launches").query("date_utc < '1959'")
    assert tally(launches, "SUN") == (7, 3, 0)
    assert tally(launches, "USA") == (24, 6, 1)


def test_attempts_to_the_end_of_1961_and_success_rates_almost_equal():
    launches = load("launches")
    assert tally(launches, "SUN")[:2] == (29, 14)
    assert tally(launches, "USA")[:2] == (113, 59)
    assert len(launches) == 142


def test_payload_placed_by_the_end_of_1958_in_tonnes():
    launches = load("launches").query("date_utc < '1959' and outcome != 'failure'")
    mass = launches.groupby("country", observed=True)[["payload_mass_kg", "mass_in_orbit_kg"]].sum()
    assert mass.loc["SUN"].div(1000).round(1).tolist() == [1.9, 9.7]
    assert mass.loc["USA", "payload_mass_kg"] / 1000 == pytest.approx(0.13, abs=0.03)
    assert mass.loc["USA", "mass_in_orbit_kg"] / 1000 == pytest.approx(3.8, abs=0.1)


def test_the_second_list_judges_eleven_flights_otherwise():
    launches = load("launches")
    both = launches[launches["other_list"] != "not listed"]
    assert len(both) == 133
    assert (both["outcome"].astype(str) != both["other_list"].astype(str)).sum() == 11


def test_only_failures_lack_a_designator_a_mass_and_an_orbit():
    launches = load("launches")
    failed = launches["outcome"] == "failure"
    assert launches.loc[failed, "perigee_km"].isna().all()
    assert launches.loc[~failed, ["payload_mass_kg", "mass_in_orbit_kg"]].notna().all(axis=None)
    assert (launches.loc[~failed, "designator"] != "").all()


def test_dates_that_differ_by_the_clock():
    launches = load("launches").set_index("payload")
    assert launches.loc["Sputnik 1", ["date_utc", "time_utc"]].tolist() == [
        "1957-10-04",
        "19:28:34",
    ]
    assert launches.loc["Explorer 1", "date_utc"] == "1958-02-01"
    assert launches.loc["Vanguard TV3", ["date_utc", "outcome"]].tolist() == [
        "1957-12-06",
        "failure",
    ]


def test_counts_agree_with_the_launches_one_by_one():
    launches = load("launches").astype({"country": str, "outcome": str})
    launches["year"] = launches["date_utc"].str[:4].astype(int)
    counts = load("launch_counts").query("list == 'gcat' and year <= 1961")
    for row in counts.itertuples():
        chosen = launches[(launches["country"] == row.country) & (launches["year"] == row.year)]
        some = chosen if row.item == "attempts" else chosen[chosen["outcome"] == row.item]
        assert len(some) == row.value, row


def counted(name, country, first, last):
    """Attempts of a country in some years, by one list."""
    counts = load("launch_counts").query("item == 'attempts'")
    chosen = (counts["list"] == name) & (counts["country"] == country)
    return int(counts[chosen & counts["year"].between(first, last)]["value"].sum())


def test_the_popular_list_lacks_more_than_half_of_the_american_launches_only():
    assert (counted("kaggle", "USA", 1963, 1975), counted("gcat", "USA", 1963, 1975)) == (272, 579)
    assert (counted("kaggle", "SUN", 1963, 1975), counted("gcat", "SUN", 1963, 1975)) == (918, 922)


def lead(name):
    """The years in which a list shows the USSR ahead of the USA."""
    years = range(1957, 1976)
    return [y for y in years if counted(name, "SUN", y, y) > counted(name, "USA", y, y)]


def test_the_popular_list_shows_a_soviet_lead_four_years_early():
    assert lead("gcat") == [1957, *range(1967, 1976)]
    assert lead("kaggle") == [1957, *range(1963, 1976)]


def test_the_two_editions_of_the_catalogue_differ_by_eight_launches():
    counts = load("launch_counts").query("item == 'attempts'")
    totals = counts.groupby("list", observed=True)["value"].sum()
    assert (totals["gcat"], totals["jsr_2018"]) == (1770, 1762)


def test_outcomes_add_up_to_attempts():
    wide = load("launch_counts").pivot_table(
        index=["list", "country", "year"], columns="item", values="value", observed=True
    )
    whole = wide[wide["success"].notna()].fillna(0)
    parts = whole[["success", "partial", "failure"]].sum(axis=1)
    assert (parts == whole["attempts"]).all()


# --- satellites ---


def kepler(perigee_km, apogee_km):
    """The period in minutes from the heights, worked here and not by the package."""
    half_axis = 6378.0 + (perigee_km + apogee_km) / 2
    return 2 * math.pi * math.sqrt(half_axis**3 / 398600.4418) / 60


def test_recorded_periods_follow_from_the_heights_within_a_fifth_of_a_minute():
    satellites = load("satellites").query("source == 'NSSDC_COPIES'")
    assert len(satellites) == 5
    for row in satellites.itertuples():
        assert abs(kepler(row.perigee_km, row.apogee_km) - row.period_min) < 0.2, row.satellite


def test_the_one_older_source_contradicts_itself():
    (row,) = load("satellites").query("source == 'LAFLEUR'").itertuples()
    assert row.period_min - kepler(row.perigee_km, row.apogee_km) == pytest.approx(0.38, abs=0.02)


@pytest.mark.parametrize(
    ("satellite", "column", "kilograms"),
    [
        ("Sputnik 1", "mass_kg", 83.6),
        ("Sputnik 1 core stage", "mass_kg", 7790),
        ("Sputnik 2", "mass_kg", 508),
        ("Explorer 1", "mass_in_orbit_kg", 14),
        ("Vanguard 1", "mass_kg", 1.47),
        ("Sputnik 3", "mass_kg", 1327),
    ],
)
def test_a_mass_stands_in_the_table(satellite, column, kilograms):
    satellites = load("satellites")
    assert kilograms in set(satellites[satellites["satellite"] == satellite][column])


def test_satellites_and_launches_agree_on_the_day():
    launches = load("launches").set_index("payload")["date_utc"]
    satellites = load("satellites")
    days = satellites["satellite"].str.removesuffix(" core stage").map(launches)
    assert (days == satellites["launched"]).all()


# --- missiles and institutions ---


@pytest.mark.parametrize(
    ("missile", "flights", "successes"),
    [("R-7 ", 10, 4), ("Atlas ", 16, 8), ("Thor DM-18", 23, 14)],
)
def test_flights_of_1957_and_1958(missile, flights, successes):
    missiles = load("missiles").query("date_utc >= '1957' and date_utc < '1959'")
    flown = missiles[missiles["missile"].str.startswith(missile)]
    flown = flown[flown["outcome"].isin(["success", "failure"])]
    assert (len(flown), (flown["outcome"] == "success").sum()) == (flights, successes)


def test_jupiter_c_came_close_a_year_before_sputnik():
    (row,) = load("missiles").query("date_utc == '1956-09-20'").itertuples()
    assert (row.missile, row.altitude_km, row.range_km) == ("Jupiter C", 1097, 5395)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("1957-11-07", "Gaither panel"),
        ("1958-07-29", "National Aeronautics and Space Act"),
        ("1958-09-02", "National Defense Education Act"),
        ("1958-10-01", "NASA"),
    ],
)
def test_an_institution_has_its_day(date, words):
    institutions = load("institutions")
    rows = institutions[institutions["date"] == date]
    assert rows["institution"].str.startswith(words).any()


# --- farming ---


def figure(table, **where):
    """The one value of a table that fits."""
    for column, value in where.items():
        table = table[table[column] == value]
    (value,) = table["value"]
    return value


@pytest.mark.parametrize(
    ("product", "soviet", "american"),
    [
        ("meat_per_head", 32.3, 102.3),
        ("milk_per_head", 245, 343),
        ("butter_per_head", 2.8, 3.8),
    ],
)
def test_the_figures_of_the_speech(product, soviet, american):
    where = {"product": product, "year": 1956, "series": "contemporary"}
    farming = load("farming")
    assert figure(farming, country="SUN", **where) == soviet
    assert figure(farming, country="USA", **where) == american


def test_pounds_and_quarts_of_the_magazine_fit_the_kilograms_of_the_speech():
    pound, quart = 0.45359237, 0.946352946
    printed = {
        ("SUN", "meat_per_head"): 71 * pound,
        ("USA", "meat_per_head"): 226 * pound,
        ("SUN", "milk_per_head"): 259 * quart,
        ("USA", "milk_per_head"): 362.5 * quart,
    }
    for (country, product), converted in printed.items():
        where = {"country": country, "product": product, "series": "contemporary"}
        said = figure(load("farming"), year=1956, **where)
        assert converted == pytest.approx(said, rel=0.004)


def test_milk_per_head_crosses_in_1965_by_one_count_for_both():
    milk = load("farming").query("product == 'milk_per_head' and series == 'fao'")
    wide = milk.astype({"country": str}).pivot(index="year", columns="country", values="value")
    assert list(wide.index) == list(range(1961, 1976))
    assert wide.index[wide["SUN"] > wide["USA"]].min() == 1965
    assert set(milk["grade"]) == {"B"}


def test_the_leningrad_speech_named_years():
    targets = load("farm_targets").query("target_set == 'speech_may_1957'")
    read = targets[targets["product"] == "meat_per_head"].set_index("source")["year"]
    assert read.to_dict() == {
        "CIA_LIVESTOCK_1957": 1960,
        "TIME_1957_06_03": 1961,
        "AKSYUTIN10": 1961,
        "MEDVEDEV": 1962,
    }


def test_butter_per_head_was_level_in_1960():
    butter = load("farming").query("product == 'butter_per_head' and year == 1960")
    assert butter["value"].tolist() == pytest.approx([3.4, 3.4], abs=0.06)


def test_the_plan_for_1965_fell_short():
    farming, targets = load("farming"), load("farm_targets")
    plan = targets[targets["target_set"] == "seven_year_plan_1959"]
    for product, shortfalls in (("meat", (38,)), ("milk", (27, 31))):
        promised = plan[(plan["product"] == product) & (plan["source"] == "XXI_CONG")]
        made = figure(farming, country="SUN", product=product, year=1965, series="official")
        missing = [100 * (1 - made / promised[end].item()) for end in ("low", "high")]
        for shortfall in shortfalls:
            assert any(abs(part - shortfall) < 1 for part in missing), (product, missing)


def test_two_readings_of_the_plan_agree():
    plan = load("farm_targets").query("target_set == 'seven_year_plan_1959'")
    ranges = plan[plan["grade"] != "C"].groupby("product", observed=True)[["low", "high"]].nunique()
    assert (ranges == 1).all(axis=None)


@pytest.mark.parametrize(("year", "percent"), [(1958, -4.6), (1962, -5.0)])
def test_the_grain_harvest_was_revised_down(year, percent):
    grain = load("farming").query("product == 'grain' and year == @year and grade != 'C'")
    series = grain.set_index("series")["value"]
    change = 100 * (series["revised"] / series["contemporary"] - 1)
    assert change == pytest.approx(percent, abs=0.05)


def test_usable_grain_lies_a_fifth_below_the_official_figure():
    grain = load("farming").query("product == 'grain' and year in (1970, 1972)")
    for _, rows in grain.groupby("year"):
        series = rows.set_index("series")["value"]
        assert 100 * (series["estimate"] / series["revised"] - 1) == pytest.approx(-19.7, abs=0.1)


def test_consumption_stands_near_the_food_balance():
    farming = load("farming").query("country == 'SUN'")
    for year in (1965, 1970, 1975):
        eaten = figure(farming, product="meat_eaten_per_head", year=year)
        supply = figure(farming, product="meat_supply_per_head", year=year)
        assert 1.01 < supply / eaten < 1.07


def test_output_per_head_is_output_divided_by_people():
    farming = load("farming").query("series == 'fao'").astype({"country": str})
    people = load("population").query("series == 'official'").astype({"country": str})
    people = people.set_index(["country", "year"])["value"]
    for product, factor in (("meat", 1000), ("milk", 1000), ("butter", 1)):
        total = farming[farming["product"] == product].set_index(["country", "year"])["value"]
        head = farming[farming["product"] == f"{product}_per_head"]
        head = head.set_index(["country", "year"])["value"]
        both = pd.concat([total * factor / people, head], axis=1, keys=["worked", "given"]).dropna()
        assert len(both) >= 20
        assert (both["worked"] / both["given"] - 1).abs().max() < 0.03


def test_rival_growth_rates_of_the_fifties():
    rates = load("growth_rates").query("start == 1951 and year == 1960 and country == 'SUN'")
    assert rates["value"].min() == 5.2
    multiples = load("growth_rates").query("measure == 'income_multiple'").set_index("estimator")
    ratio = multiples.loc["official", "value"] / multiples.loc["Khanin", "value"]
    assert ratio == pytest.approx(12.8, abs=0.05)


# --- the Leap ---


def ladder(year, product="steel"):
    """The targets for one year, in the order of the month in which they were announced."""
    targets = load("leap_targets")
    targets = targets[(targets["product"] == product) & (targets["year"] == year)]
    return targets.sort_values("announced", kind="stable")


def test_steel_for_1958_rose_from_six_to_almost_eleven():
    steps = ladder(1958)
    assert steps["announced"].between("1958-01", "1958-09").all()
    assert steps.iloc[0]["low"] == 6.248
    assert steps.iloc[-1][["low", "high"]].tolist() == [10.7, 11.5]
    spring = steps[steps["announced"] < "1958-06-19"]
    assert spring["high"].max() < 10.7


def test_steel_for_1962_rose_from_ten_to_eighty_and_came_to_less_than_seven():
    steps = ladder(1962)
    assert steps["low"].tolist() == [10.5, 10, 15, 25, 60, 80]
    made = figure(load("great_leap"), country="CHN", product="steel", year=1962)
    assert made == 6.67
    assert steps["low"].max() / made == pytest.approx(12, abs=0.05)


def test_steel_for_1959_rose_and_was_cut():
    lows = ladder(1959)["low"].tolist()
    assert lows[:2] == [25, 27]
    assert lows[-3:] == [18, 13, 12]


def test_claims_for_1958():
    leap = load("great_leap").query("country == 'CHN' and year == 1958")
    claims = leap[leap["series"] == "claimed"]
    assert set(claims[claims["product"] == "grain"]["value"]) == {250, 325, 375, 425}
    assert set(claims[claims["product"] == "steel"]["value"]) == {11, 11.08}
    assert figure(leap, product="steel", series="usable") == 8
    current = figure(leap, product="grain", source="NBS_SINA")
    assert 375 / current == pytest.approx(1.9, abs=0.05)


def test_the_main_line_of_steel_is_the_usable_one_in_1958():
    leap = load("great_leap").query("country == 'CHN' and product == 'steel' and year == 1958")
    series = leap[leap["series"].isin(["official", "usable"])]
    assert series["value"].tolist() == [8, 8]
    assert "usable" in series[series["series"] == "official"]["note"].item()


def test_china_first_passes_britain_in_steel_in_1975():
    steel = load("great_leap").query("product == 'steel' and series == 'official'")
    wide = steel.astype({"country": str}).pivot(index="year", columns="country", values="value")
    wide = wide.dropna()
    assert wide.index[wide["CHN"] > wide["GBR"]].tolist() == [1975]
    assert wide.loc[1975].round(1).to_dict() == {"CHN": 23.9, "GBR": 20.1}
    assert wide.loc[1972].round(1).to_dict() == {"CHN": 23.4, "GBR": 25.3}


def test_british_steel_is_that_of_the_same_compilation_as_soviet_steel():
    assert figure(load("great_leap"), country="GBR", product="steel", year=1957) == 22.047


def test_three_death_rates_of_1960():
    rates = load("great_leap").query("product == 'death_rate' and year == 1960")
    found = rates.set_index("source")["value"].round(1).groupby(level=0).apply(sorted).to_dict()
    assert found == {"BANISTER1984": [25.4, 44.6], "GAPMINDER_CDR": [29.8]}


def test_excess_over_1957_follows_from_the_rates():
    leap = load("great_leap").query("country == 'CHN'")
    people = leap[(leap["product"] == "population") & (leap["series"] == "official")]
    people = people.set_index("year")["value"]
    middle = (people + people.shift()) / 2
    for series, million in (("official", 15.3), ("reconstruction", 25.2)):
        rates = leap[(leap["product"] == "death_rate") & (leap["series"] == series)]
        rates = rates[rates["source"] == "BANISTER1984"].set_index("year")["value"]
        excess = ((rates - rates[1957]) * middle / 1000).loc[1958:1961].sum()
        assert excess == pytest.approx(million, abs=0.3)


def test_famine_estimates_have_author_method_and_a_wide_range():
    famine = load("famine_estimates")
    assert (famine["low"].min(), famine["high"].max()) == (3.66, 55)
    read = famine[famine["grade"] != "C"]
    assert (read["low"].min(), read["high"].max()) == (4, 45)
    assert (famine["method"] != "").all()
    assert (famine["start"] < famine["year"]).all()


def test_unverified_ends_of_the_famine_range_do_not_claim_a_method():
    famine = load("famine_estimates").query("grade == 'C'")
    assert famine["author"].tolist() == ["Sun Jingxian", "Yu Xiguang"]
    assert set(famine["method"]) == {"Not read"}


def test_the_third_plenum_ended_before_mao_left_for_moscow():
    timeline = load("leap_timeline")
    dates = timeline["date"].tolist()
    assert dates == sorted(dates)
    assert {"1957-09-20", "1957-10-09", "1957-11-18", "1957-12-02"} <= set(dates)


def test_no_famine_estimate_stands_twice_under_two_names():
    table = load("famine_estimates").set_index("author")
    assert "US Bureau of the Census" not in table.index
    assert table.loc["Jiang Zhenghua", "low"] == 17
    assert table.loc["Li Chengrui", "low"] == 22
    follows = table[table["follows"] != ""]["follows"].to_dict()
    assert follows == {
        "Becker": "Banister",
        "Rummel, first": "Coale",
        "Rummel, second": "Chang and Halliday",
    }
    assert set(follows.values()) <= set(table.index)


def grain(place, item):
    table = load("grain_levy")
    chosen = (table["place"] == place) & (table["item"] == item)
    return table[chosen].set_index("year")["value"]


def test_the_levy_by_year_as_a_share_of_the_harvest():
    # As Lin and Yang print them: 20.87 for 1956, 25.9 for 1958, 37.7 for 1959, 32.4 for 1960.
    share = 100 * grain("China", "levy") / grain("China", "harvest")
    assert share[[1956, 1958, 1959, 1960]].round(1).tolist() == [20.9, 25.9, 37.7, 32.4]
    assert grain("China", "left_per_villager")[[1957, 1959, 1960]].tolist() == [273, 193, 182]


def test_grain_left_the_country_in_the_worst_years_and_came_in_from_1961():
    net = grain("China", "export") - grain("China", "import")
    assert net[[1958, 1959, 1960]].round(2).tolist() == [2.66, 4.16, 2.66]
    assert net[1961] == pytest.approx(-4.455)


def test_peng_dehuai_was_cleared_by_the_plenum_of_december_1978():
    dates = load("leap_timeline").set_index("date")["event"]
    assert "clears Peng Dehuai" in dates["1978-12"]
    assert not any(date.startswith("1978-11") for date in dates.index)


# --- overtaking, total and per head ---


@pytest.mark.parametrize(
    ("product", "total", "per_head"),
    [
        ("iron_ore", 1958, 1958),
        ("coal", 1958, 1958),
        ("pig_iron", 1970, 1975),
        ("steel", 1971, 1975),
        ("cement", 1965, 1967),
        ("petroleum", 1974, 1975),
        ("electricity", None, None),
    ],
)
def test_the_first_year_ahead_in_total_and_per_head(product, total, per_head):
    people = load("population").query("series == 'official'")
    people = people.pivot(index="year", columns="country", values="value")
    ours, theirs = (
        read_figures(load("production"), product, country).set_index("year")["value"]
        for country in ("SUN", "USA")
    )
    both = ours.index.intersection(theirs.index)
    ratio = (ours / theirs)[both]
    heads = ratio * (people["USA"] / people["SUN"])[both]
    for line, year in ((ratio, total), (heads, per_head)):
        ahead = line.index[line > 1]
        assert (ahead.min() if len(ahead) else None) == year


@pytest.mark.parametrize(
    ("against", "pairs", "total", "per_head"), [(1972, 8, 6, 4), (1957, 7, 7, 2)]
)
def test_in_how_many_goods_the_ussr_of_1972_was_ahead(against, pairs, total, per_head):
    table = score(load("production"), load("population"), 1972, against).table.dropna()
    assert len(table) == pairs
    assert ((table["total"] > 100).sum(), (table["per head"] > 100).sum()) == (total, per_head)


def test_the_goal_for_ore_is_not_held_against_another_ore():
    targets = load("targets").astype({"product": str, "counted_alike": str})
    ore = targets[targets["product"] == "iron_ore"].set_index("target_set")["counted_alike"]
    assert ore[["speech_1957", "leak_1958"]].tolist() == ["no", "no"]


# --- the map ---


def test_coastlines_are_lines_on_the_map_without_a_jump_across_it():
    coast = load("coastline")
    assert coast["point"].is_monotonic_increasing
    assert coast["point"].is_unique
    steps = coast.groupby("line")[["longitude", "latitude"]].diff().abs()
    assert steps.max().max() < 40
    assert coast.groupby("line").size().min() >= 2


def test_the_map_knows_where_the_land_is():
    coast = load("coastline")
    north_of_africa = coast[coast["longitude"].between(9, 11) & coast["latitude"].between(36, 38)]
    assert not north_of_africa.empty
