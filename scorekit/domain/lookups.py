"""Lookup tables: rows of keys and a value, found for whole columns at once by equality or by the nearest line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Kind, Why, stack
from scorekit.domain.naming import folded
from scorekit.domain.ordering import codes

Index = npt.NDArray[np.int64]
MATCHES = ("equal", "at_least", "above", "at_most", "below")
"""How a key is matched: equal, or the row whose line a value reaches from above (at_least, above) or below (at_most, below)."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its name and how it is matched."""

    name: str
    match: str = "equal"


@dataclass(frozen=True, slots=True, eq=False)
class LookupTable:
    """A table by which formulas look values up.

    ``cells`` holds for each key the cells of all rows as the rubric has them; ``values`` the value of each row. Where no
    row fits, the result is *otherwise*, and without it invalid. Keys are narrowed in their order: the second is sought
    among the rows that the first leaves.
    """

    id: str
    title: str
    keys: tuple[Key, ...]
    cells: tuple[tuple[Any, ...], ...]
    values: Column
    otherwise: Column | None = None
    file: str = ""
    known: dict[tuple[int, Kind], Column] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.values)

    def lines(self, key: int, kind: Kind) -> Column:
        """The cells of one key as values of a kind. Raises ValueError with the cell that is none."""
        if (key, kind) not in self.known:
            self.known[key, kind] = _typed(self.cells[key], kind)
        return self.known[key, kind]

    def rows(self, keys: Sequence[Column]) -> Index:
        """The row for each unit, −1 where none fits; *keys* are columns of one length, masked rows mean nothing."""
        size = max(len(k) for k in keys)
        group, table = np.zeros(size, dtype=np.int64), np.zeros(len(self), dtype=np.int64)
        for number, (key, asked) in enumerate(zip(self.keys, keys, strict=True)):
            line, place = _places(self.lines(number, asked.kind), asked.spread(size), key.match)
            span = len(self) + 2
            known, table = np.unique(table * span + line, return_inverse=True)
            group = _narrowed(known, group, place, key.match, span)
        row_of = np.full(len(self) + 1, -1, dtype=np.int64)
        row_of[table.reshape(-1)] = np.arange(len(self))
        return np.where(group >= 0, row_of[group], -1)

    def found(self, keys: Sequence[Column]) -> Column:
        """The value for each unit; masked where a key is, invalid where no row fits and the table has no *otherwise*."""
        rows = self.rows(keys)
        none = Column.of(0) if self.otherwise is None else self.otherwise
        offered = stack(
            [self.values, Column(self.values.kind, none.values if self.otherwise is not None else self.values.take([0]).values)]
        )
        result = offered.take(np.where(rows >= 0, rows, len(self)))
        for key in keys:
            result = result.masked_like(key.spread(len(rows)))
        return result if self.otherwise is not None else result.masked_where(rows < 0, Why.INVALID)


def _places(lines: Column, asked: Column, match: str) -> tuple[Index, Index]:
    """Each line's own place among the different lines of a key, and the place that each asked value comes to (−1: none)."""
    if lines.kind == "text":
        names = {text: i for i, text in enumerate(dict.fromkeys(lines.values.tolist()))}
        meant = {text: names.get(folded(text), -1) for text in set(asked.values.tolist())}
        own = np.fromiter((names[t] for t in lines.values.tolist()), dtype=np.int64, count=len(lines))
        return own, np.fromiter((meant[t] for t in asked.values.tolist()), dtype=np.int64, count=len(asked))
    both = codes(Column(lines.kind, stack([lines, Column(lines.kind, asked.values)]).values), high_first=False)
    ordered, own = np.unique(both[: len(lines)], return_inverse=True)
    value = both[len(lines) :]
    if match == "equal":
        place = np.minimum(np.searchsorted(ordered, value), len(ordered) - 1)
        return own.reshape(-1), np.where(ordered[place] == value, place, -1)
    after = np.searchsorted(ordered, value, "right" if match in ("at_least", "below") else "left")
    return own.reshape(-1), after - 1 if match in ("at_least", "above") else after


def _narrowed(known: Index, group: Index, place: Index, match: str, span: int) -> Index:
    """The group of rows that is left for each unit after one key more, −1 where none is; *known* are the groups, sorted."""
    wanted = group * span + place
    if match in ("at_least", "above"):
        found = np.searchsorted(known, wanted, "right") - 1
    else:
        found = np.searchsorted(known, wanted, "left")
    inside = (group >= 0) & (place >= 0) & (found >= 0) & (found < len(known))
    reached = known[np.where(inside, found, 0)]
    fits = reached == wanted if match == "equal" else reached // span == group
    return np.where(inside & fits, found, -1)


def _typed(cells: Sequence[Any], kind: Kind) -> Column:
    """Cells as a column of a kind; texts are folded. Raises ValueError with the first that is none."""
    if kind == "truth":
        return Column.truths([_truth(c) for c in cells])
    if kind == "text":
        return Column.texts([folded(_text(c)) for c in cells])
    if kind == "date":
        return Column.dates([day_of(c) for c in cells])
    return Column.numbers([number_of(c) for c in cells])


def number_of(cell: Any) -> Fraction:
    """A number, or a text that writes one, as in a CSV file. Raises ValueError."""
    if isinstance(cell, (int, Decimal, Fraction)) and not isinstance(cell, bool):
        return Fraction(cell)
    if isinstance(cell, str) and _NUMBER.fullmatch(cell.strip()):
        return Fraction(cell.strip())
    raise ValueError(cell)


def day_of(cell: Any) -> datetime.date:
    """An ISO date. Raises ValueError."""
    if isinstance(cell, str) and _DAY.fullmatch(cell.strip()):
        return datetime.date.fromisoformat(cell.strip())
    raise ValueError(cell)


def _truth(cell: Any) -> bool:
    if isinstance(cell, bool):
        return cell
    raise ValueError(cell)


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    raise ValueError(cell)
