"""Order and ranks: columns to sortable codes, and shared ranks 1, 2, 2, 4 within groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column
from scorekit.domain.exact import LIMIT, Exact

Codes = npt.NDArray[np.int64]
Keys = npt.NDArray[np.integer[Any]]
DENSE = 4
"""Keys with at most so many different values a row are counted, not sorted."""
CLOSE = 8
"""Numbers lie close where their span is at most so many times their count."""


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
    if column.why is None or not len(found):
        return found
    return np.where(column.masked, int(found.max()) + 1, found)


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


def distinct(numbers: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], Codes]:
    """The different whole numbers in rising order, and for each row the place of its own among them; linear where they lie close."""
    if numbers.dtype.kind not in "iu" or not len(numbers):
        return _sorted(numbers)
    low, high = int(numbers.min()), int(numbers.max())
    if high - low > CLOSE * len(numbers):
        return _sorted(numbers)
    places = numbers.astype(np.int64) - low
    there = np.zeros(high - low + 1, dtype=bool)
    there[places] = True
    return (np.flatnonzero(there) + low).astype(numbers.dtype), (np.cumsum(there) - 1)[places]


def _sorted(numbers: npt.NDArray[Any]) -> tuple[npt.NDArray[Any], Codes]:
    found, back = np.unique(numbers, return_inverse=True)
    return found, back.reshape(-1)


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


def shared_ranks(groups: Keys, keys: Sequence[Keys]) -> Codes:
    """Rank within each group by the keys in turn (least first): equal keys share the better place, the next is skipped."""
    return standing_before([groups, *keys]) - standing_before([groups]) + 1


def standing_before(keys: Sequence[Keys]) -> Codes:
    """For each row how many rows have lesser keys, the keys compared in turn."""
    whole, span = _packed(keys)
    if whole is None:
        order = np.lexsort(keys[::-1])
        new = np.logical_or.reduce([k[order][1:] != k[order][:-1] for k in keys])
        return _in_order(order, new)
    size = len(whole)
    if span <= DENSE * size:
        counts = np.bincount(whole, minlength=span)
        return (np.cumsum(counts) - counts)[whole]
    bits = size.bit_length()
    if span << bits > LIMIT:
        order = np.argsort(whole)
        ordered = whole[order]
    else:
        # Sorting numbers that carry their row takes a third of the time that finding an order of them does.
        together = np.sort((whole << bits) | np.arange(size))
        order, ordered = together & ((1 << bits) - 1), together >> bits
    return _in_order(order, ordered[1:] != ordered[:-1])


def in_turn(keys: Sequence[Keys], since: int = 0) -> tuple[Codes, list[npt.NDArray[np.bool_]]] | None:
    """Rows in the order of the keys compared in turn, and where a row differs from the one before it.

    Where is said for the keys up to number *since* (from 0) together, then up to the next, and so on to all of them.
    None where 62 bits do not hold all keys together with the row.
    """
    size = len(keys[0])
    if not size:
        return None
    bits, below = [(int(key.max()) - int(key.min())).bit_length() for key in keys], size.bit_length()
    if sum(bits) + below > LIMIT.bit_length() - 1:
        return None
    together = np.zeros(size, dtype=np.int64)
    for key, width in zip(keys, bits, strict=True):
        together <<= width
        together |= key.astype(np.int64, copy=False) - int(key.min())
    together <<= below
    together |= np.arange(size)
    together.sort()
    changes = []
    for place in range(since, len(keys)):
        upper = together >> (below + sum(bits[place + 1 :]))
        changes.append(upper[1:] != upper[:-1])
    together &= (1 << below) - 1
    return together, changes


def _in_order(order: Codes, new: npt.NDArray[np.bool_]) -> Codes:
    """How many rows stand before each, from the rows in their order and where a row differs from the one before it."""
    starts = np.r_[0, np.flatnonzero(new) + 1]
    before = np.empty(len(order), dtype=np.int64)
    before[order] = np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    return before


def _packed(keys: Sequence[Keys]) -> tuple[Codes | None, int]:
    """The keys as one number from 0 that sorts as they do, and below what it is; None where 62 bits are too few."""
    whole, span = np.zeros(len(keys[0]), dtype=np.int64), 1
    if not len(whole):
        return whole, span
    for key in keys:
        low, high = int(key.min()), int(key.max())
        width = high - low + 1
        if span * width > LIMIT:
            return None, 0
        own = key.astype(np.int64, copy=False)
        own = own if low == 0 else own - low
        whole = own if span == 1 else whole * width + own
        span *= width
    return whole, span
