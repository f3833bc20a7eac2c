"""The tables are what their descriptions say, their sources resolve, and their figures agree."""

import csv
import io
import re
import runpy
from collections import Counter
from html.parser import HTMLParser

import pandas as pd
import pytest
from frictionless import Package
from two_winds.datasets import FOLDER, DatasetError, cite, load, passport
from two_winds.datasets.description import describe, describe_sources, measures_of

DATASETS = sorted({path.stem for path in FOLDER.glob("*.csv")} - {"sources"})
DESCRIPTIONS = {name: describe(name, FOLDER) for name in DATASETS}
FILES = DESCRIPTIONS | {"sources": describe_sources(FOLDER)}
SOURCES = list(csv.DictReader(io.StringIO((FOLDER / "sources.csv").read_text("utf-8"))))


def rows_of(name):
    """The rows of a file as plain text, read without the package's own reader."""
    return list(csv.DictReader(io.StringIO((FOLDER / f"{name}.csv").read_text("utf-8"))))


def keys_of(row):
    """The keys of all sources that a row names: the one it rests on, then the further ones."""
    further = row.get("more_sources") or ""
    return [row["source"], *(key for key in further.split("; ") if key)]


# --- files against their descriptions ---


def test_the_data_package_is_valid():
    report = Package(str(FOLDER / "datapackage.json")).validate()
    assert report.flatten(["type", "rowNumber", "fieldName", "note"]) == []


def test_every_csv_file_is_described():
    described = {path.stem for path in FOLDER.glob("*.yaml")}
    assert described - {"measures"} == {path.stem for path in FOLDER.glob("*.csv")}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_plain_utf8_with_unix_line_ends_and_no_needless_quotes(name):
    data = (FOLDER / f"{name}.csv").read_bytes()
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(csv.reader(io.StringIO(data.decode())))
    assert data.decode() == written.getvalue()
    assert not data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", FILES)
def test_columns_stand_in_the_order_of_the_description_and_rows_in_that_of_the_key(name):
    rows = rows_of(name)
    assert list(rows[0]) == list(FILES[name].columns)
    key = FILES[name].key
    keys = [tuple(row[part] for part in key) for row in rows]
    assert keys == sorted(keys)
    assert [key for key, times in Counter(keys).items() if times > 1] == []


# --- sources and grades ---


def test_every_source_is_used_and_every_use_has_a_source():
    used = {key for name in DATASETS for row in rows_of(name) for key in keys_of(row)}
    assert used == {source["source"] for source in SOURCES}


def test_a_further_source_is_not_the_first_one_again_nor_named_twice():
    for name in DATASETS:
        for row in rows_of(name):
            assert len(set(keys_of(row))) == len(keys_of(row)), (name, row)


def test_short_citations_are_short_and_tell_sources_apart():
    shorts = [source["short"] for source in SOURCES]
    assert [short for short in shorts if len(short) > 40] == []
    assert len(set(shorts)) == len(shorts)


@pytest.mark.parametrize("name", DATASETS)
def test_a_row_is_of_grade_c_exactly_when_it_was_recalled(name):
    kinds = {source["source"]: source["kind"] for source in SOURCES}
    rows = rows_of(name)
    assert [r for r in rows if (r["grade"] == "C") != (kinds[r["source"]] == "memory")] == []


def test_the_page_of_unverified_figures_is_current():
    page = runpy.run_path(str(FOLDER.parent / "tools" / "unverified.py"))["page"]
    assert (FOLDER / "UNVERIFIED.md").read_text("utf-8") == page(), (
        "run: python tools/unverified.py"
    )


def test_the_page_of_unverified_figures_counts_every_row_of_grade_c():
    page = (FOLDER / "UNVERIFIED.md").read_text("utf-8")
    for name in DATASETS:
        count = sum(row["grade"] == "C" for row in rows_of(name))
        assert f"## {name}: {count} of {len(rows_of(name))} rows" in page


# --- figures against each other ---


@pytest.mark.parametrize("name", ["production", "population"])
def test_a_quantity_has_one_official_figure_a_year_at_most(name):
    table = load(name)
    official = table[table["series"] == "official"]
    key = [column for column in ("country", "product", "year") if column in table]
    assert official[official.duplicated(key, keep=False)].empty


# How far a figure may stand from the official one, in per cent: five, or what is known of a source.
USUAL = (-5.0, 5.0)
KNOWN = {
    ("iron_ore", "SUN", "HYDE_IRON", 1970): (-4.9, -4.7),  # the figure of 1969
    ("pig_iron", "SUN", "HYDE_IRON", 1970): (-5.1, -4.9),  # the figure of 1969
    ("pig_iron", "SUN", "HYDE_IRON", 1975): (24, 25),  # an outlier
    ("petroleum", "SUN", "TIME_1956_06_18", 1955): (-7, -6.8),  # barrels at a guessed weight
    ("petroleum", "USA", "EI_2024"): (11, 14),  # with natural gas liquids
    ("natural_gas", "SUN", "EI_2024"): (-5.4, -5.2),  # standardised
    ("natural_gas", "USA", "EI_2024"): (-9.1, -7.8),  # standardised
    ("iron_ore", "SUN", "CLIO_INFRA_IRONORE"): (-13, -10),  # three republics only
    ("electricity", "USA", "ZEIT_1963_43"): (16.5, 17.5),  # gross, all producers
    ("steel", "USA", "TIME_1956_06_18"): (-0.1, 0.1),  # only if the tons are short tons
    ("cement", "SUN", "CDIAC_FF"): (2.5, 3.5),
}


def test_rival_figures_stand_as_far_from_the_official_ones_as_is_known_of_their_sources():
    table = load("production")
    official = table[table["series"] == "official"]
    rivals = table[table["series"] != "official"].merge(official, on=["country", "product", "year"])
    assert not rivals.empty
    for row in rivals.itertuples():
        key = (row.product, row.country, row.source_x, row.year)
        low, high = KNOWN.get(key) or KNOWN.get(key[:3]) or USUAL
        assert low <= 100 * (row.value_x / row.value_y - 1) <= high, key


def test_rival_populations_stand_within_four_per_cent():
    table = load("population")
    official = table[table["series"] == "official"]
    rivals = table[table["series"] != "official"].merge(official, on=["country", "year"])
    assert (rivals["value_x"] / rivals["value_y"] - 1).abs().max() < 0.04


def test_a_jump_of_more_than_a_third_from_one_year_to_the_next_has_a_note():
    table = load("production")
    official = table[table["series"] == "official"]
    for _, line in official.groupby(["country", "product"], observed=True):
        change = line["value"] / line["value"].shift() - 1
        jumps = line[(line["year"].diff() == 1) & (change.abs() > 0.35)]
        assert jumps[jumps["note"] == ""].empty


@pytest.mark.parametrize(
    ("product", "year"),
    [
        ("iron_ore", 1958),
        ("pig_iron", 1970),
        ("steel", 1971),
        ("coal", 1958),
        ("petroleum", 1974),
        ("natural_gas", None),
        ("electricity", None),
        ("cement", 1965),
        ("footwear", 1969),
    ],
)
def test_the_year_in_which_the_soviet_union_is_first_ahead(product, year):
    table = load("production")
    official = table[(table["series"] == "official") & (table["product"] == product)]
    wide = official.pivot(index="year", columns="country", values="value").dropna()
    ahead = wide.index[wide["SUN"] > wide["USA"]]
    assert (ahead.min() if len(ahead) else None) == year


def test_each_set_of_targets_has_one_date_in_the_year_of_its_name():
    targets = load("targets")
    for name, group in targets.groupby("target_set", observed=True):
        (announced,) = group["announced"].unique()
        assert announced[:4] == name[-4:]
        assert (group["year"] > int(announced[:4])).all()


def test_the_speech_names_eleven_products_for_1972():
    speech = load("targets").query("target_set == 'speech_1957'")
    assert len(speech) == speech["product"].nunique() == 11
    assert set(speech["year"]) == {1972}
    assert set(speech["announced"]) == {"1957-11-06"}


# --- what load gives ---

# Before pandas 3 a column of words is one of objects.
TEXT = pd.Series([""]).dtype
TYPES = {"integer": "int64", "number": "float64"}


@pytest.mark.parametrize("name", DATASETS)
def test_columns_have_the_types_that_load_promises(name):
    table = load(name)
    columns = DESCRIPTIONS[name].columns
    assert list(table) == list(columns)
    for column, dtype in table.dtypes.items():
        choices = list(columns[column].choices)
        if choices:
            assert list(dtype.categories) == choices
        else:
            assert dtype == TYPES.get(columns[column].type, TEXT)
    required = [name for name, column in columns.items() if column.required]
    assert not table[required].isna().any(axis=None)
    assert len(table) == len(rows_of(name))


@pytest.mark.parametrize("name", DATASETS)
def test_the_package_says_how_many_rows_a_table_has(name):
    assert DESCRIPTIONS[name].rows == len(rows_of(name))


def test_a_table_carries_the_short_citation_of_each_of_its_sources():
    table = load("targets")
    assert table.attrs["dataset"] == "targets"
    assert table.attrs["title"] == "Soviet targets announced from 1956 to 1961"
    assert table.attrs["citations"].keys() == set(table["source"])
    later = table[table["year"] == 1960].assign(middle=0)
    assert later.attrs["citations"]["TIME_1956_02_06"] == "Time, 6 February 1956"


def test_changing_a_table_does_not_change_the_next_one_loaded():
    before = load("production")
    before["value"] = 0.0
    before.attrs["citations"].clear()
    after = load("production")
    assert after["value"].min() > 0
    assert after.attrs["citations"]
    pd.testing.assert_frame_equal(after, load("production"))


@pytest.mark.parametrize("ask", [load, passport])
def test_an_unknown_dataset_names_the_nearest_and_all(ask):
    with pytest.raises(DatasetError) as error:
        ask("prodution")
    assert str(error.value) == (
        f"No dataset 'prodution'. Did you mean 'production'? name can be: {', '.join(DATASETS)}."
    )
    with pytest.raises(DatasetError, match=f"^No dataset 'x'. name can be: {DATASETS[0]}, "):
        ask("x")


# --- passports and citations ---

HEADINGS = [
    "What it is",
    "Who counted",
    "Why",
    "How",
    "Known faults",
    "Definitions and units",
    "Licence",
    "Sources",
    "What was altered",
    "Grades",
]


class Words(HTMLParser):
    """The words of a page in reading order, and the headings of its rows."""

    def __init__(self, html):
        super().__init__()
        self.words, self.headings, self.open = [], [], None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.open = "heading" if ("scope", "row") in attrs else tag

    def handle_data(self, data):
        if self.open != "summary":
            self.words += data.split()
        if self.open == "heading":
            self.headings.append(data)


@pytest.mark.parametrize("name", DATASETS)
def test_a_passport_reads_the_same_as_a_table_and_as_text(name):
    shown = passport(name)
    page = Words(shown._repr_html_())
    assert page.headings == HEADINGS
    assert page.words == [word for word in repr(shown).split() if word != "-"]
    assert max(map(len, repr(shown).splitlines())) <= 88


@pytest.mark.parametrize("name", DATASETS)
def test_a_passport_leaves_nothing_empty(name):
    for heading, words in passport(name).entries:
        for line in [words] if isinstance(words, str) else words:
            assert re.search(r"\w{2}", line), heading


@pytest.mark.parametrize("name", DATASETS)
def test_a_passport_counts_the_grades_in_the_table(name):
    text = repr(passport(name))
    grades = Counter(row["grade"] for row in rows_of(name))
    for grade in "ABC":
        assert f"- {grade} ({grades[grade]} of {grades.total()} rows): " in text


@pytest.mark.parametrize("name", ["production", "targets"])
def test_a_passport_defines_every_product_with_its_unit(name):
    lines = dict(passport(name).entries)["Definitions and units"]
    measures = measures_of(DESCRIPTIONS[name], FOLDER)
    products = {(measures[row["product"]].name, row["unit"]) for row in rows_of(name)}
    assert {line.partition("):")[0] for line in lines} == {f"{p} ({unit}" for p, unit in products}


def test_a_citation_is_the_full_reference_with_its_address():
    for source in SOURCES:
        lines = cite(source["source"]).splitlines()
        parts = [source[part] for part in ("citation", "url", "note")]
        assert " ".join(lines).split() == " ".join(parts).split()
        assert source["url"] in [*lines, ""]
        assert all(lines)


def test_a_citation_is_broken_between_words_so_that_jupyterlab_need_not_do_it():
    lines = [line for source in SOURCES for line in cite(source["source"]).splitlines()]
    assert [line for line in lines if len(line) > 90 and " " in line] == []


def test_an_unknown_source_names_the_nearest():
    with pytest.raises(DatasetError, match="^No source 'COW_NMC'. Did you mean 'COW_NMC7'\\? key"):
        cite("COW_NMC")
