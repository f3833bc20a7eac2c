"""Answers of every kind, for whatever has to answer each of them in words."""

import numpy as np
import pandas as pd


class Stubborn:
    """An answer that cannot be compared with anything, nor shown."""

    def __eq__(self, _other):
        raise RuntimeError("no")

    __hash__ = None
    __str__ = __repr__ = __float__ = __len__ = __iter__ = __eq__


EVERY_KIND = [
    "fifty", "50", "", [], ["steel"], [None], {"a": 1}, {1, 2}, (), 0, -1, 10**400, 1e308, True,
    float("nan"), float("inf"), 1j, b"b", print, pd, np.array([1.0, 2.0]), np.float64(3),
    np.array(3), pd.Series([1, 2]), pd.DataFrame({"year": [1957]}), pd.NA, Ellipsis, object(),
    None, Stubborn(), [Stubborn()],
]  # fmt: skip
