"""Picking the rows that a chart draws."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd
from classwork.ground.errors import PlainError, among, between

from two_winds.argument_checks import lesson_helper


class ChartError(PlainError):
    """A chart was asked for rows that the table does not hold; the message says which."""


# The grades of a figure that somebody read in a source; C is one that is only remembered.
READ = ("A", "B")


def having(table: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    """Return the rows of a table whose columns hold what is wanted, words as plain strings.

    Args:
        table: any table.
        wanted: for a column what it must hold, or several things of which it must hold one:
            `having(farming, product="grain", country="SUN", grade=READ)`.

    >>> table = pd.DataFrame({"country": ["SUN", "USA", "SUN"], "grade": ["A", "B", "C"]})
    >>> having(table.astype("category"), country="SUN", grade=READ).values.tolist()
    [['SUN', 'A']]
    """
    kept = pd.Series(True, index=table.index)
    for name, want in wanted.items():
        several = isinstance(want, Collection) and not isinstance(want, str)
        kept &= table[name].isin(list(want)) if several else table[name] == want
    rows = table[kept].copy()
    for name, kind in table.dtypes.items():
        if isinstance(kind, pd.CategoricalDtype):
            rows[name] = rows[name].astype(object)
    return rows


def side_by_side(rows: pd.DataFrame, by: str = "country", value: str = "value") -> pd.DataFrame:
    """Return a long table as a wide one: a row a year, a column a country.

    Args:
        rows: as `having` returns them, one for each year and country.
        by: the column whose words become the columns.
        value: the column of figures.

    >>> rows = pd.DataFrame({"year": [1957, 1957], "country": ["SUN", "USA"], "value": [51, 102]})
    >>> side_by_side(rows).reset_index().to_dict("records")
    [{'year': 1957, 'SUN': 51, 'USA': 102}]
    """
    return rows.pivot(index="year", columns=by, values=value).rename_axis(columns=None)


def official(production: pd.DataFrame, product: str, country: str) -> pd.DataFrame:
    """Return one country's official figures for one product, a row a year, in order.

    Args:
        production: rows as `load("production")` gives them.
        product: a product of that table, such as "steel".
        country: "SUN" for the USSR, "USA".

    Raises:
        ChartError: if the table holds no such rows.
    """
    rows = having(production, product=product, country=country, series="official")
    if rows.empty:
        raise ChartError(
            f"No official figures for {product!r} in {country!r}. "
            f"{either(production, product=product, country=country)}"
        )
    return rows.sort_values("year")


def either(table: pd.DataFrame, **wanted: str) -> str:
    """Return what the first argument can be that its column does not hold, or else the last one.

    Args:
        table: has a column named like each of the arguments.
        wanted: the arguments by name.
    """
    unknown = [name for name, given in wanted.items() if given not in set(table[name])]
    name = unknown[0] if unknown else list(wanted)[-1]
    return among(name, wanted[name], table[name].unique())


@lesson_helper
def pick(table: pd.DataFrame, column: str, value: str, columns: list[str]) -> pd.DataFrame:
    """Return the rows of a table in which a column holds a word, and of these a few columns.

    Args:
        table: any table.
        column: the column to look in, such as "country_name".
        value: what it must hold there, such as "China".
        columns: the columns to keep, in this order.

    Raises:
        ChartError: if the table has no such column, or no such word in it.
    """
    for name in (column, *columns):
        if name not in table:
            raise ChartError(
                f"The table has no column {name!r}. {among('It', name, table.columns)}"
            )
    found = table[table[column].astype(str) == value]
    if found.empty:
        raise ChartError(f"No {column} is {value!r}. {among('value', value, table[column])}")
    return found[columns]


@lesson_helper(table="production")
def value(table: pd.DataFrame, country: str, product: str, year: int) -> float:
    """Return one official figure.

    Args:
        table: rows as `load("production")` gives them.
        country: "SUN" for the USSR, "USA".
        product: a product of that table, such as "steel".
        year: the year.

    Returns:
        The figure, in the product's unit.

    Raises:
        ChartError: if the table holds no such figure.
    """
    row = in_year(official(table, product, country), year)
    if row is None:
        known = between("year", official(table, product, country)["year"])
        raise ChartError(f"No official figure for {product!r} in {country!r} in {year}. {known}")
    return float(row["value"])


def in_year(rows: pd.DataFrame, year: int) -> pd.Series | None:
    """Return the one row of that year, or None where there is none."""
    found = rows[rows["year"] == year]
    return None if found.empty else found.iloc[0]


def is_verified(row: pd.Series | None) -> bool:
    """Tell whether somebody read this figure in a source (grade A or B)."""
    return row is not None and row["grade"] in READ


def read_figures(production: pd.DataFrame, product: str, country: str) -> pd.DataFrame:
    """Return what was read of one product in one country, a row a year, in order.

    A year of which no figure was read, but which was reckoned from its neighbours, has the reckoned
    figure; what is only remembered (grade C) is left out.

    Args:
        production: rows as `load("production")` gives them.
        product: a product of that table, such as "steel".
        country: "SUN" for the USSR, "USA".
    """
    rows = read_rows(production, product=product, country=country)
    return rows.sort_values(["year", "series"]).drop_duplicates("year")


def read_rows(production: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    """Return the rows with figures that were read, or reckoned from such; `wanted` as `having`."""
    return having(production, series=["official", "reckoned"], grade=READ, **wanted)
