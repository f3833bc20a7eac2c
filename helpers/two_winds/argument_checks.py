"""What a helper of the lessons is handed is looked at before the helper begins.

Every helper says in its type hints what it takes: `product: str`, `year: int`. The decorator
`lesson_helper` holds the caller to these hints and answers in a sentence where something else was
given. Nothing is converted and nothing is filled in.
"""

from __future__ import annotations

import functools
import inspect
import math
import re
import types
import typing
from collections.abc import Callable, Collection, Mapping, Sequence
from numbers import Integral, Real
from typing import Any

import pandas as pd
from classwork.ground.errors import ArgumentError, PlainError, among, shown

KINDS = {
    pd.DataFrame: "a table",
    str: "a word between quotation marks",
    int: "a whole number, such as 1957",
    float: "a number, such as 7.5",
    bool: "True or False",
    type(None): "None",
}
PLURALS = {str: "words between quotation marks", int: "whole numbers", float: "numbers"}


def lesson_helper(function: Callable | None = None, **datasets: str) -> Callable:
    """Have a helper look at what it is handed, and answer in plain words where it will not do.

    Args:
        function: the helper.
        datasets: for a table that is not called like its dataset, the dataset's name, such as
            `counts="launch_counts"`; it says which columns the table ought to have.

    Raises:
        ArgumentError: if an argument is missing, too many, misspelt, or of another kind than the
            type hint says; if a table is empty, or lacks a column that the helper looks for; if
            the helper stumbles in a way that nobody foresaw (the cause goes with the error).
    """
    if function is None:
        return functools.partial(lesson_helper, **datasets)
    signature = inspect.signature(function)
    name = function.__name__

    @functools.wraps(function)
    def asked(*given: Any, **named: Any) -> Any:
        try:
            arguments = signature.bind(*given, **named).arguments
        except TypeError:
            raise ArgumentError(what_is_wanted(name, signature, given, named)) from None
        look_at(function, signature, arguments)
        try:
            return function(*given, **named)
        except PlainError:
            raise
        except Exception as error:
            words = what_is_missing(arguments, datasets, error)
            raise ArgumentError(f"{name}(): {words}") from error

    asked.datasets = datasets  # type: ignore[attr-defined]
    return asked


def what_is_wanted(
    name: str, signature: inspect.Signature, given: tuple[Any, ...], named: dict[str, Any]
) -> str:
    """Return what to say where arguments are missing, too many or misspelt."""
    known = signature.parameters
    if comma := torn_numbers(signature, given):
        return f"{name}(): a comma parts two numbers. Write a point within a number: {comma}."
    unknown = [word for word in named if word not in known]
    if unknown:
        return f"{name}() has no argument {unknown[0]!r}. {among('It', unknown[0], known)}"
    needed = [word for word, one in known.items() if one.default is one.empty]
    further = [word for word in known if word not in needed]
    words = f"{name}() needs {', '.join(needed)}" if needed else f"{name}() needs nothing"
    return words + (f", and may be given {', '.join(further)}." if further else ".")


def torn_numbers(signature: inspect.Signature, given: tuple[Any, ...]) -> str:
    """Return the first number that a decimal comma has torn in two, where there are too many."""
    numbers = [type(one) is int for one in given]
    if len(given) <= len(signature.parameters) or numbers.count(True) < 2:
        return ""
    place = next((i for i in range(len(given) - 1) if numbers[i] and numbers[i + 1]), None)
    return "" if place is None else f"{given[place]}.{given[place + 1]}"


def look_at(function: Callable, signature: inspect.Signature, arguments: dict[str, Any]) -> None:
    """Refuse the first argument that is not what its type hint says, or not a usable table."""
    hints = hints_of(function)
    for argument, value in arguments.items():
        several = signature.parameters[argument].kind is inspect.Parameter.VAR_POSITIONAL
        for one in value if several else [value]:
            fault = fault_of(argument, one, hints.get(argument, Any))
            if fault:
                raise ArgumentError(f"{function.__name__}(): {argument} is {fault}.")


@functools.cache
def hints_of(function: Callable) -> dict[str, Any]:
    """Return the type hints of a helper, read once."""
    return typing.get_type_hints(function)


def fault_of(argument: str, value: Any, hint: Any) -> str:
    """Return what is wrong with an argument, or ""."""
    if not fits(value, hint):
        example = f', such as load("{argument}") gives' if hint is pd.DataFrame else ""
        return f"{shown(value)}: it must be {in_words(hint)}{example}"
    if hint in (pd.DataFrame, pd.DataFrame | None) and value is not None and value.empty:
        return "an empty table: it must have rows; look at the filter that made it"
    return ""


def fits(value: Any, hint: Any) -> bool:
    """Tell whether a value is what a type hint says."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return any(fits(value, part) for part in parts)
    if origin is tuple:
        parts = parts[:1] * len(value) if ... in parts and isinstance(value, tuple) else parts
        return is_list(value) and len(value) == len(parts) and all(map(fits, value, parts))
    if origin in (list, Sequence):
        return is_list(value) and all(fits(one, parts[0]) for one in value)
    if origin in (dict, Mapping):
        pairs = value.items() if isinstance(value, Mapping) else [(None, None)]
        return all(fits(key, parts[0]) and fits(one, parts[1]) for key, one in pairs)
    if hint in (int, float):
        whole = Integral if hint is int else Real
        return isinstance(value, whole) and not isinstance(value, bool) and math.isfinite(value)
    return hint is Any or isinstance(value, hint)


def is_list(value: Any) -> bool:
    """Tell whether a value is a list of things, not a word or a table."""
    return isinstance(value, Collection) and not isinstance(value, (str, pd.DataFrame, Mapping))


def in_words(hint: Any) -> str:
    """Return a type hint in words."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return " or ".join(in_words(part) for part in parts)
    if origin is tuple and ... not in parts:
        return f"({', '.join(in_words(part) for part in parts)})"
    if origin in (tuple, list, Sequence):
        return f"a list of {PLURALS.get(parts[0], parts[0].__name__)} in square brackets"
    if origin in (dict, Mapping):
        key, value = (PLURALS.get(part, "answers") for part in parts)
        return f"a dictionary from {key} to {value}"
    return KINDS.get(hint, f"a {getattr(hint, '__name__', str(hint)).lower()}")


def what_is_missing(arguments: dict[str, Any], datasets: dict[str, str], error: Exception) -> str:
    """Return what a helper looked for in vain: a column of a table, or something nobody foresaw."""
    looked_for = set(re.findall(r"'(\w+)'", str(error)))
    for name, table in arguments.items():
        is_table = isinstance(table, pd.DataFrame)
        missing = (
            looked_for & columns_of(datasets.get(name, name)) - set(table.columns)
            if is_table
            else set()
        )
        if missing:
            found = ", ".join(map(str, table.columns))
            return f"{name} has no column {min(missing)!r}. It must have one; it has {found}."
    told = f"{type(error).__name__}: {error}"
    return f"something it needs is not in {', '.join(arguments)} as given ({told})."


@functools.cache
def columns_of(dataset: str) -> set[str]:
    """Return the columns that a dataset is described with; none where there is no such dataset."""
    # Not above: the datasets' own helpers are decorated too.
    from two_winds.datasets import FOLDER, all_names
    from two_winds.datasets.description import describe

    return set(describe(dataset, FOLDER).columns) if dataset in all_names() else set()
