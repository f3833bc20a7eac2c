"""A student's value as plain data that can leave the process in which it was made.

Only values of exactly the kinds named here come through as they are. Anything else, above all an
object with a comparison of its own, comes through as the name of its type and can equal nothing.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd

LONGEST_TEXT = 20_000
MOST_MEMBERS = 2_000
LARGEST_BITS = 256
LONGEST_NAME = 60


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it: `None`, truth, number, text, or one of two dictionaries.

    These are `{"members": [...], "kind": "list"}` for a collection and `{"kind": "DataFrame"}` for
    anything that is not compared.
    """
    kind = type(value)
    if value is None or value is ... or kind in (bool, float):
        return None if value is ... else value
    if kind is int:
        return value if value.bit_length() <= LARGEST_BITS else {"kind": "int"}
    if kind is str:
        return value[: LONGEST_TEXT + 1].encode("utf-8", "replace").decode("utf-8")
    if kind in (Decimal, Fraction):
        return as_float(value)
    if kind.__module__ == "numpy" and isinstance(value, np.generic):
        inner = value.item()
        return {"kind": kind.__name__} if isinstance(inner, np.generic) else plain(inner)
    members = members_of(value)
    if members is None or len(members) > MOST_MEMBERS:
        return {"kind": str(kind.__name__)[:LONGEST_NAME]}
    return {"kind": str(kind.__name__)[:LONGEST_NAME], "members": [inside(m) for m in members]}


def as_float(value: Decimal | Fraction) -> Any:
    """Return another kind of number as the float that is compared."""
    try:
        return float(value)
    except (ValueError, OverflowError):
        return {"kind": type(value).__name__}


def members_of(value: Any) -> list[Any] | None:
    """Return the members of a collection of a known kind, None for any other value."""
    kind = type(value)
    if kind in (list, tuple, set, frozenset):
        return list(value)
    if kind in (pd.Series, pd.Index) or (kind is np.ndarray and value.ndim == 1):
        return value.tolist()
    return None


def inside(member: Any) -> Any:
    """Return a member of a collection; collections within collections are not compared."""
    shown = plain(member)
    if isinstance(shown, str):
        return shown[:LONGEST_NAME]
    return {"kind": shown["kind"]} if isinstance(shown, dict) else shown
