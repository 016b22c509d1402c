"""Which records of a list count: those of a matter, the best, the worst; whole columns of records at a time."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why, Whys, stack
from scorekit.domain.exact import LIMIT, Exact
from scorekit.domain.marks import Records
from scorekit.domain.naming import folded
from scorekit.domain.ordering import in_turn

Marked = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int64]


class Counted(IntEnum):
    """Whether a record counts, and if not, why."""

    COUNTS = 0
    NOT_MEANT = 1
    NO_FIGURE = 2
    SAME_MATTER = 3
    BEYOND = 4
    LIGHTER = 5
    OTHER_LIST = 6


def ordered(values: Column) -> Codes:
    """Integers in the order of the values, equal ones for equal values."""
    exact = values.values
    if isinstance(exact.den, int) and not exact.wide:
        return np.asarray(exact.num, dtype=np.int64)
    numbers = exact.fractions()
    place = {number: code for code, number in enumerate(sorted(set(numbers)))}
    return np.fromiter((place[n] for n in numbers), dtype=np.int64, count=len(numbers))


def coded(keys: Column) -> Codes:
    """The same integer for the same key: texts are compared folded, numbers and dates by value."""
    if keys.kind in ("number", "date"):
        return ordered(keys)
    if keys.kind == "truth":
        return np.asarray(keys.values, dtype=np.int64)
    return np.fromiter(map(_Folded().__getitem__, keys.values.tolist()), dtype=np.int64, count=len(keys))


class _Folded(dict[str, int]):
    """The code of each text, given when it is first met: one for all texts that are the same folded."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}

    def __missing__(self, text: str) -> int:
        self[text] = self.names.setdefault(folded(text), len(self.names))
        return self[text]


def largest(owners: Codes, keys: Codes, values: Column, asked: Marked) -> Marked:
    """Of the *asked* records of one owner with one key the one with the largest amount, plus and minus apart; the first of equals."""
    amounts, minus = ordered(abs(values)), np.asarray(values.values.num < 0, dtype=bool)
    rows = np.flatnonzero(asked)
    order, first = _runs([owners[rows], keys[rows], minus[rows].astype(np.int64), -amounts[rows]])
    found = np.zeros(len(owners), dtype=bool)
    found[rows[order[first]]] = True
    return found


def greatest(records: Records, values: Column, k: int, asked: Marked) -> Marked:
    """Of the *asked* records of each unit the *k* greatest; of equals the first ones."""
    return _leading(records, -ordered(values), k, asked)


def least(records: Records, values: Column, k: int, asked: Marked) -> Marked:
    """Of the *asked* records of each unit the *k* least; of equals the first ones."""
    return _leading(records, ordered(values), k, asked)


def _leading(records: Records, amounts: Codes, k: int, asked: Marked) -> Marked:
    owners, rows = records.owners, np.flatnonzero(asked)
    order, first = _runs([owners[rows], amounts[rows]])
    start = np.flatnonzero(first)
    place = np.arange(len(order)) - np.repeat(start, np.diff(np.r_[start, len(order)]))
    found = np.zeros(len(owners), dtype=bool)
    found[rows[order[place < k]]] = True
    return found


def _runs(keys: list[Codes]) -> tuple[Codes, Marked]:
    """Rows in the order of the keys in turn, of equals the first ones first, and where a run begins that all keys but the last share."""
    found = in_turn(keys, len(keys) - 2)
    if found is None:
        order = np.lexsort(keys[::-1])
        changed = np.logical_or.reduce([key[order][1:] != key[order][:-1] for key in keys[:-1]])
    else:
        order, (changed, _) = found
    return order, np.concatenate([np.ones(min(len(order), 1), dtype=bool), changed])


def across(lists: Sequence[tuple[Records, Column, Column]]) -> list[Column]:
    """One per matter across the lists of the same units (records, their keys, their values): which records do not count.

    Of the records of one unit with one key the largest amount counts, plus and minus apart, ties: the first list's first.
    Unknown where key or value is; what does not apply neither counts nor stands in the way of others.
    """
    sizes = [int(records.offsets[-1]) for records, _, _ in lists]
    keys = stack([key.spread(size) for (_, key, _), size in zip(lists, sizes, strict=True)])
    values = stack([value.spread(size) for (_, _, value), size in zip(lists, sizes, strict=True)])
    owners = np.concatenate([records.owners for records, _, _ in lists])
    why = np.maximum(_whys(keys), _whys(values))
    counts = largest(owners, coded(keys), values, why == 0)
    barred = Column("truth", ~counts & (why == 0), np.where(why >= Why.MISSING, why, np.uint8(0)))
    ends = np.cumsum([0, *sizes])
    return [barred.take(slice(start, end)) for start, end in itertools.pairwise(ends.tolist())]


def _whys(column: Column) -> Whys:
    return np.zeros(len(column), dtype=np.uint8) if column.why is None else column.why


@dataclass(frozen=True, slots=True)
class Choice:
    """Which records of a list count (``codes`` as of ``Counted``), and for each the reason, if any, that nobody knows."""

    of: Records
    codes: Whys
    doubt: Whys

    @property
    def counts(self) -> Marked:
        """Where a record counts."""
        return np.asarray(self.codes == Counted.COUNTS, dtype=bool)

    def only(self, kept: Marked, why: Counted) -> Choice:
        """Of those that count only the *kept* ones; the others do not for the reason *why*."""
        return replace(self, codes=np.where(self.counts & ~kept, np.uint8(why), self.codes))

    def total(self, values: Column) -> Column:
        """For each unit the sum of *values* over the records that count; not known where it is not known which do."""
        values = values.spread(len(self.codes))
        doubt = np.maximum(self.doubt, np.where(self.counts, _whys(values), np.uint8(0)))
        kept = values.values.choose(self.counts, Exact.one(0))
        return self.of.total(Column("number", kept, doubt if doubt.any() else None))

    def number(self) -> Column:
        """How many records count for each unit."""
        return self.of.count(Column("truth", self.counts))

    def product(self, values: Column) -> Column:
        """For each unit the product of *values* over the records that count; of none 1."""
        kept = values.spread(len(self.codes)).filled(~self.counts, 1)
        exact, longest = kept.values, max(1, int(self.of.lengths.max(initial=0)))
        if exact.wide or not isinstance(exact.den, int) or max(exact.peak, exact.den) ** longest > LIMIT:
            found = self.of.reduced(kept, _product).filled(self.of.lengths == 0, 1)
        else:
            raised = exact.den ** self.of.lengths.astype(np.int64)
            num = self.of.segments(np.multiply, exact.num.astype(np.int64), 1)
            found = Column.array(num) / Column.array(np.asarray(raised, dtype=np.int64))
        return found.masked_like(self.total(values))


def choice(of: Records, values: Column, where: Column | None = None, matter: Column | None = None, counted: bool = True) -> Choice:
    """The records that are meant (*where*) and have a figure; of one *matter* the largest; with *counted* none barred by another list."""
    size = len(of.owners)
    asked = Column.of(True).spread(size) if where is None else where.spread(size)
    meant = np.asarray(asked.values, dtype=bool) & ~asked.masked
    why = _whys(values.spread(size))
    codes = np.where(meant, np.where(why > 0, np.uint8(Counted.NO_FIGURE), np.uint8(Counted.COUNTS)), np.uint8(Counted.NOT_MEANT))
    doubt = np.maximum(_whys(asked), np.where(meant & (why >= Why.MISSING), why, np.uint8(0)))
    found = Choice(of, codes, doubt)
    if counted and of.barred is not None:
        bars = of.barred
        found = replace(found, doubt=np.maximum(found.doubt, np.where(found.counts, _whys(bars), np.uint8(0))))
        found = found.only(~np.asarray(bars.values, dtype=bool), Counted.OTHER_LIST)
    if matter is not None:
        keys = matter.spread(size)
        found = replace(found, doubt=np.maximum(found.doubt, np.where(found.counts, _whys(keys), np.uint8(0))))
        found = found.only(largest(of.owners, coded(keys), values.spread(size), found.counts), Counted.SAME_MATTER)
    return found


def worst_deduction(found: Choice, values: Column) -> Choice:
    """Of the records below 0 only the heaviest one of each unit; those above stay."""
    minus = np.asarray(values.spread(len(found.codes)).values.num < 0, dtype=bool)
    heaviest = least(found.of, values.spread(len(found.codes)), 1, found.counts & minus)
    return found.only(heaviest | ~minus, Counted.LIGHTER)


def _product(numbers: Sequence[Any]) -> Any:
    return math.prod(numbers)
