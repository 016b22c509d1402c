"""Many columns added up: over one denominator all at once, the constants first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce

import numpy as np

from scorekit.domain.column import Column
from scorekit.domain.exact import Exact
from scorekit.domain.masks import beside
from scorekit.domain.room import LIMIT, times, width_for


def summed(parts: Sequence[Column]) -> Column:
    """The sum of columns of numbers, row by row; of none the constant 0. What is masked in one is masked in the sum."""
    values, whys = _together([p._exact() for p in parts]), [p.why for p in parts if p.why is not None]
    return Column("number", values, beside(reduce(np.maximum, whys), len(values)) if whys else None)


def _together(parts: list[Exact]) -> Exact:
    found = [p for p in parts if not p.nought]
    if not any(p.wide or not isinstance(p.den, int) for p in found):
        common = math.lcm(*(p.dpeak for p in found))
        peak = sum(p.peak * (common // p.dpeak) for p in found)
        top = max(peak, common)
        if top <= LIMIT:
            columns = [times(p.sized(top).num, common // p.dpeak) for p in found if not p.constant]
            fixed = sum(int(p.num.item()) * (common // p.dpeak) for p in found if p.constant)
            num = np.add(columns[0], fixed) if columns else np.array([fixed], dtype=width_for(top))
            for column in columns[1:]:
                num += column
            return Exact(num, common, peak, common)
    return reduce(Exact.__add__, found, Exact.one(0))
