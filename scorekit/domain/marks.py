"""What several people or several records say of one unit: panels of marks and lists of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why, stack
from scorekit.domain.exact import LIMIT, Exact
from scorekit.domain.trimming import kept_median_twice, kept_places, kept_sum


@dataclass(frozen=True, slots=True)
class Panel:
    """Marks, units × raters: one column a rater (of numbers, or of texts); a blank mark is no mark, never 0.

    ``roles`` has one entry a rater, or none where no roles are declared. The votes of a survey are a panel of its options.
    """

    raters: tuple[str, ...]
    marks: tuple[Column, ...]
    roles: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.marks[0])

    def take(self, rows: Any) -> Panel:
        """The units named by an index or a truth array."""
        return self.having(m.take(rows) for m in self.marks)

    def having(self, marks: Iterable[Column]) -> Panel:
        """The same raters with other marks."""
        return Panel(self.raters, tuple(marks), self.roles)

    def present(self) -> npt.NDArray[np.bool_]:
        """units × raters: whether there is a mark."""
        return np.array([~m.masked for m in self.marks], dtype=np.bool_).T

    def listed(self) -> Records:
        """The marks that there are as each unit's records: ``mark``, ``rater`` and, where roles are declared, ``role``."""
        units, raters = len(self), len(self.raters)
        whole = stack(self.marks).take(np.arange(units * raters).reshape(raters, units).T.ravel())
        there = np.ones(len(whole), dtype=bool) if whole.why is None else (whole.why == Why.PRESENT) | (whole.why >= Why.INVALID)
        rows = np.flatnonzero(there)
        said = {"rater": self.raters, "role": self.roles or ("",) * raters}
        columns = {name: Column("text", np.array(texts, dtype=object)).take(rows % raters) for name, texts in said.items()}
        offsets = np.concatenate([[0], np.cumsum(there.reshape(units, raters).sum(axis=1))]).astype(np.int64)
        aside = self.not_applicable()
        return Records(offsets, {"mark": whole.take(rows), **columns}, aside * np.uint8(Why.NOT_APPLICABLE) if aside.any() else None)

    def count(self) -> Column:
        """How many marks each unit has."""
        return Column.array(self.present().sum(axis=1))

    def invalid(self) -> npt.NDArray[np.bool_]:
        """Units with a mark that cannot be read."""
        rows = np.zeros(len(self), dtype=np.bool_)
        for marks in self.marks:
            if marks.why is not None:
                rows |= marks.why >= Why.INVALID
        return rows

    def not_applicable(self) -> npt.NDArray[np.bool_]:
        """Units of which every mark says that it does not apply; where only some do, those are no marks."""
        rows = np.full(len(self), not any(m.why is None for m in self.marks))
        for marks in self.marks:
            if marks.why is not None:
                rows &= marks.why == Why.NOT_APPLICABLE
        return rows

    def graded(self, grades: Mapping[str, Column]) -> Panel:
        """Marks that are texts as the numbers that stand for them; a text without one is invalid."""
        return self.having(m.looked_up(grades) for m in self.marks)

    def of_role(self, role: str) -> Panel:
        """The marks of the raters of one role; nobody's where there is none."""
        mine = [i for i, r in enumerate(self.roles) if r == role]
        blank = Column.of(None).spread(len(self)) if len(self) else Column.numbers([])
        return Panel(tuple(self.raters[i] for i in mine) or ("",), tuple(self.marks[i] for i in mine) or (blank,))

    def trimmed_mean(self, drop: int, fewest: int) -> Column:
        """Mean of the marks without the *drop* highest and *drop* lowest, of equal ones only that many.

        Missing where there are fewer than *fewest* marks, or none would be left.
        """
        return self.figure("mean", drop, drop, fewest)

    def figure(self, how: str, low: int = 0, high: int = 0, fewest: int = 0) -> Column:
        """Mean, sum or median of the marks without the *low* lowest and *high* highest, of equal ones only that many.

        Missing where there is no mark, too few where there are fewer than *fewest* or none would be left.
        """
        fewest = max(fewest, low + high + 1)
        table, raters = stack(self.marks).values, len(self.marks)
        peak, dpeak = table.peak * max(raters, 2), table.dpeak * max(raters, 2)
        if table.wide or not isinstance(table.den, int) or max(peak, dpeak) > LIMIT:
            return self._figure_wide(how, low, high, fewest)
        marks = table.sized(max(peak, dpeak)).num.reshape(raters, -1)
        there = None if raters >= fewest and all(m.why is None for m in self.marks) else self.present().T
        count: Any = np.array([raters]) if there is None else there.sum(axis=0)
        if how == "median":
            total: Any = kept_median_twice(marks, there, count, low, high)
            den: Any = 2 * table.den
        else:
            total = kept_sum(marks, there, count, low, high)
            shares = (raters - low - high if there is None else np.maximum(count - low - high, 1)) if how == "mean" else 1
            den = shares * table.den
        dpeak = den if isinstance(den, int) else dpeak
        found = Column("number", Exact(total, den, peak, dpeak).narrowed())
        return found if there is None else self._judged(found, count, fewest)

    def weighted(self, weights: Mapping[str, Column], figure: Callable[[Panel], Column], whole: bool) -> Column:
        """The weighted mean over roles of the *figure* of each role's marks, over the roles that gave a mark.

        With *whole* it is missing where a role of *weights* gave none.
        """
        total, over = Column.of(0), Column.of(0)
        nobody: npt.NDArray[np.bool_] = np.zeros(len(self), dtype=np.bool_)
        for role, weight in weights.items():
            own = self.of_role(role)
            absent = nobody if whole else _without_mark(own)
            own_figure = figure(own)
            total = total + (weight * own_figure).filled(absent, 0)
            over = over + weight.spread(len(self)).filled(absent, 0)
        none = _without_mark(self)
        return (total / over.filled(none, 1)).masked_where(none, Why.MISSING)

    def kept(self, low: int, high: int, by_role: bool = False) -> npt.NDArray[np.bool_]:
        """units × raters: which marks are left without the *low* lowest and *high* highest (of each role)."""
        there, found = self.present().T, np.zeros((len(self.marks), len(self)), dtype=bool)
        order = _ranked(self.marks, there)
        roles = self.roles if by_role else ("",) * len(self.raters)
        for role in dict.fromkeys(roles):
            mine = [i for i, r in enumerate(roles) if r == role]
            found[mine] = kept_places(order[mine], there[mine], low, high)
        return found.T

    def _figure_wide(self, how: str, low: int, high: int, fewest: int) -> Column:
        columns = [m.listed() for m in self.marks]
        found: list[Any] = []
        for row in zip(*columns, strict=True):
            marks: list[Any] = sorted(m for m in row if m is not None)
            kept = marks[low : len(marks) - high]
            found.append(_FIGURES[how](kept) if kept else 0)
        return self._judged(Column.numbers(found), self.present().sum(axis=1), fewest)

    def _judged(self, mean: Column, count: npt.NDArray[Any], fewest: int) -> Column:
        """Masked where a mark is invalid, there is no mark, or there are too few."""
        mean = mean.masked_where(self.invalid(), Why.INVALID)
        mean = mean.masked_where(count == 0, Why.MISSING)
        return mean.masked_where(count < fewest, Why.TOO_FEW)


def _without_mark(panel: Panel) -> npt.NDArray[np.bool_]:
    return np.asarray(panel.present().sum(axis=1) == 0, dtype=np.bool_)


_FIGURES: Mapping[str, Callable[[list[Any]], Any]] = {"mean": lambda m: sum(m) / len(m), "sum": sum, "median": median}


def _ranked(marks: Sequence[Column], there: npt.NDArray[np.bool_]) -> npt.NDArray[Any]:
    """raters × units: numbers that stand to each other as the marks do; the greatest of all where there is no mark."""
    table = stack(marks).values
    if not table.wide and isinstance(table.den, int):
        return np.where(there, table.num.reshape(there.shape).astype(np.int64), np.iinfo(np.int64).max)
    listed = table.fractions()
    places = {value: place for place, value in enumerate(sorted(set(listed)))}
    return np.where(there, np.array([places[f] for f in listed], dtype=np.int64).reshape(there.shape), len(places))


class Each(Column):
    """What a formula gives for each record of a list, one row a record; a rule combines it by the list's own operations."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Records:
    """Lists of records: flat columns, and where each unit's records begin and end.

    ``offsets`` has one entry more than there are units; ``why`` masks units whose list was not handed in. A column may
    be a panel's marks or a list of its own, one a record. ``barred`` is true of records that do not count because
    another one of the same matter does; ``at`` says in which sheet and row a record stands, empty where it has none.
    """

    offsets: npt.NDArray[np.int64]
    columns: Mapping[str, Any]
    why: npt.NDArray[np.uint8] | None = None
    barred: Column | None = None
    at: Column | None = None

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> npt.NDArray[np.int64]:
        """How many records each unit has."""
        return np.diff(self.offsets)

    @property
    def owners(self) -> npt.NDArray[np.int64]:
        """The unit's row of each record."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def take(self, rows: Any) -> Records:
        """The units named by an index or a truth array."""
        index = np.arange(len(self))[rows]
        offsets = np.concatenate([[0], np.cumsum(self.lengths[index])]).astype(np.int64)
        picked = self.picked(index)
        taken = {n: c.take(picked) for n, c in self.columns.items()}
        barred, at = (None if c is None else c.take(picked) for c in (self.barred, self.at))
        return Records(offsets, taken, None if self.why is None else self.why[index], barred, at)

    def picked(self, index: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """The places of the records of some units, unit after unit."""
        lengths = self.lengths[index]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        return np.asarray(np.repeat(self.offsets[index] - starts[:-1], lengths) + np.arange(starts[-1]), dtype=np.int64)

    def count(self, counted: Column | None = None) -> Column:
        """How many records, or how many for which *counted* (one truth a record) is true; unknown is masked."""
        if counted is None:
            return self._masked(Column.array(self.lengths))
        return self.total(Column("number", Exact.integers(counted.values), counted.why))

    def total(self, values: Column) -> Column:
        """The sum of *values* (one a record) for each unit; no record is 0."""
        values = values.spread(int(self.offsets[-1]))
        exact, longest = values.values, max(1, int(self.lengths.max(initial=0)))
        if exact.wide or not isinstance(exact.den, int) or exact.peak * longest > LIMIT:
            return self.reduced(values, sum)
        num = exact.sized(exact.peak * longest).num
        sums = Exact(_segment(np.add, num, self.offsets, 0), exact.den, exact.peak * longest, exact.dpeak)
        return self._masked(Column("number", sums, self._worst(values)))

    def best(self, values: Column) -> Column:
        """The greatest of *values* (one a record) for each unit; no record is 0."""
        values = values.spread(int(self.offsets[-1]))
        exact = values.values
        if exact.wide or not isinstance(exact.den, int):
            return self.reduced(values, max)
        tops = np.where(self.lengths > 0, _segment(np.maximum, exact.num, self.offsets, 0), 0)
        return self._masked(Column("number", Exact(tops, exact.den, exact.peak, exact.dpeak), self._worst(values)))

    def best_of_each(self, values: Column, matters: Column) -> Column:
        """For each unit the sum, over its different *matters* (one a record), of the greatest of *values* for that matter."""
        records = int(self.offsets[-1])
        values, matters = values.spread(records).masked_like(matters), matters.spread(records)
        listed = matters.listed()
        codes = {matter: code for code, matter in enumerate(dict.fromkeys(listed))}
        code, owner = np.array([codes[m] for m in listed], dtype=np.int64), self.owners
        order = np.lexsort((code, owner))
        code, owner = code[order], owner[order]
        starts = np.flatnonzero(np.r_[True, (np.diff(owner) != 0) | (np.diff(code) != 0)][:records])
        tops = Records(np.r_[starts, records], {}).best(values.take(order))
        return Records(np.searchsorted(owner[starts], np.arange(len(self) + 1)), {}, self.why).total(tops)

    def segments(self, ufunc: Any, values: npt.NDArray[Any], empty: int) -> npt.NDArray[Any]:
        """Each unit's run of *values* (one a record) reduced by *ufunc*; no record gives *empty*."""
        return _segment(ufunc, values, self.offsets, empty)

    def beside(self, column: Column) -> Column:
        """A unit's figure beside each of its records; a constant stays one."""
        return column if len(column) == 1 else column.take(self.owners)

    def reduced(self, values: Column, reduce: Callable[[list[Any]], Any]) -> Column:
        """What *reduce* makes of each unit's values as fractions, for numbers that 62 bits do not hold; no record is 0."""
        listed = values.values.fractions()
        runs = zip(self.offsets[:-1].tolist(), self.offsets[1:].tolist(), strict=True)
        exact = Exact.of(reduce(listed[start:end]) if end > start else 0 for start, end in runs)
        return self._masked(Column("number", exact, self._worst(values)))

    def _worst(self, values: Column) -> npt.NDArray[np.uint8] | None:
        return None if values.why is None else np.asarray(_segment(np.maximum, values.why, self.offsets, 0), dtype=np.uint8)

    def _masked(self, column: Column) -> Column:
        if self.why is None:
            return column
        why = self.why if column.why is None else np.maximum(self.why, column.why)
        return Column(column.kind, column.values, why)


def records_of(rows: Sequence[Sequence[Mapping[str, Any]] | None], columns: Mapping[str, Sequence[Any]]) -> Records:
    """Records from typed columns and the lists that they came from; None where a list was not handed in."""
    lengths = [0 if r is None else len(r) for r in rows]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    missing = np.array([Why.MISSING if r is None else 0 for r in rows], dtype=np.uint8)
    return Records(offsets, dict(columns), missing if missing.any() else None)


def _segment(ufunc: Any, values: npt.NDArray[Any], offsets: npt.NDArray[np.int64], empty: int) -> npt.NDArray[Any]:
    """Reduce each unit's run of *values*; an empty run gives *empty*."""
    result = np.full(len(offsets) - 1, empty, dtype=values.dtype)
    filled = np.flatnonzero(np.diff(offsets) > 0)
    if len(filled):
        result[filled] = ufunc.reduceat(values, offsets[:-1][filled])
    return result
