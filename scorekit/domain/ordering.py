"""Order and ranks: columns to sortable codes, and shared ranks 1, 2, 2, 4 within groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column
from scorekit.domain.exact import LIMIT, Exact

Codes = npt.NDArray[np.int64]


def codes(column: Column, high_first: bool = True) -> Codes:
    """Whole numbers that sort as the column does, the first place lowest; a masked row comes last.

    Equal values, and only they, get equal codes.
    """
    if column.kind == "text":
        _, inverse = np.unique(column.values.astype(str), return_inverse=True)
        found = inverse.astype(np.int64)
    elif column.kind == "truth":
        found = column.values.astype(np.int64)
    else:
        found = _exact_codes(column.values)
    found = -found if high_first else found
    return np.where(column.masked, np.iinfo(np.int64).max, found) if column.why is not None else found


def _exact_codes(exact: Exact) -> Codes:
    if isinstance(exact.den, int) and not exact.wide:
        return exact.num.astype(np.int64)
    if exact.wide or not len(exact):
        return _fraction_codes(exact)
    floats = exact.doubles()
    order = np.argsort(floats, kind="stable")
    nearest = floats[order]
    new = np.r_[True, nearest[1:] != nearest[:-1]]
    ordered = exact.take(order)
    before, after = ordered.take(slice(None, -1)), ordered.take(slice(1, None))
    if (~new[1:] & ~before.equal(after)).any():
        return _fraction_codes(exact)
    result = np.empty(len(floats), dtype=np.int64)
    result[order] = np.cumsum(new)
    return result


def _fraction_codes(exact: Exact) -> Codes:
    """By exact comparison: needed only where floats cannot tell two values apart."""
    values = exact.fractions()
    place = {v: i for i, v in enumerate(sorted(set(values)))}
    return np.array([place[v] for v in values], dtype=np.int64)


def placed(of: Column, first: Literal["high", "low"] = "high") -> Column:
    """Each row's place among all, the *first* end first: equal values share the better place and the next is skipped.

    A masked row has no place and takes none.
    """
    there = np.flatnonzero(~of.masked)
    place = np.zeros(len(of), dtype=np.int64)
    place[there] = shared_ranks(np.zeros(len(there), dtype=np.int64), [codes(of.take(there), first == "high")])
    return Column("number", Exact.integers(place), of.why)


def best_of(of: Column, first: Literal["high", "low"] = "high") -> Column:
    """The greatest (*first* "low": the least) value of all that are there, as a constant; missing where none is."""
    there = of.take(np.flatnonzero(~of.masked))
    if not len(there):
        return Column.of(None)
    return Column(of.kind, Exact.one(there.take([int(np.argmin(codes(there, first == "high")))]).values.fractions()[0]))


def shared_ranks(groups: Codes, keys: Sequence[Codes]) -> Codes:
    """Rank within each group by the keys in turn (least first): equal keys share the better place, the next is skipped."""
    size = len(groups)
    ranks = np.zeros(size, dtype=np.int64)
    if not size:
        return ranks
    packed = _packed(groups, keys)
    if packed is None:
        order = np.lexsort([*reversed(keys), groups])
        changes = [k[order][1:] != k[order][:-1] for k in (groups, *keys)]
        starts, new = np.r_[True, changes[0]], np.r_[True, np.logical_or.reduce(changes)]
    else:
        whole, below = packed
        order = np.argsort(whole)
        ordered = whole[order]
        new = np.r_[True, ordered[1:] != ordered[:-1]]
        group = ordered // below
        starts = np.r_[True, group[1:] != group[:-1]]
    place = np.arange(size)
    first = np.maximum.accumulate(np.where(starts, place, 0))
    run = np.maximum.accumulate(np.where(new, place, 0))
    ranks[order] = run - first + 1
    return ranks


def _packed(groups: Codes, keys: Sequence[Codes]) -> tuple[Codes, int] | None:
    """Group and keys as one number that sorts as they do, and the span of the keys in it; None where 62 bits are too few."""
    whole, span, below = groups - int(groups.min()), int(groups.max()) - int(groups.min()) + 1, 1
    for key in keys:
        low, high = int(key.min()), int(key.max())
        width = high - low + 1
        if span * width > LIMIT:
            return None
        whole = whole * width + (key - low)
        span, below = span * width, below * width
    return whole, below
