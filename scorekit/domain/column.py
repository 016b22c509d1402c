"""A column of values, each present or masked with the reason why it is not there."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from typing import Any, Literal, Union

import numpy as np
import numpy.typing as npt

from scorekit.domain.exact import Exact, Truths, stacked
from scorekit.domain.masks import Why, Whys, beside, first_of, missing
from scorekit.domain.room import spread

Kind = Literal["number", "truth", "text", "date"]
EPOCH = datetime.date(1970, 1, 1)
_NONE = np.zeros(1, dtype=np.uint8)
Scalar = Union[int, Fraction, Decimal, str, bool, datetime.date]
Operand = Union["Column", Scalar]


class Column:
    """Values of one kind (number, truth, text, date), one a row, with a mask; a constant has one row.

    Arithmetic and comparison are exact and row by row; what is masked in an operand is masked in the result.
    ``&``, ``|`` and ``~`` are three-valued: false & unknown is false.
    """

    __slots__ = ("_places", "kind", "unit", "values", "why")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, kind: Kind, values: Any, why: Whys | None = None, unit: str | None = None) -> None:
        self.kind = kind
        self.values = values
        self.why = why
        self.unit = unit
        self._places: tuple[tuple[str, ...], npt.NDArray[Any]] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.kind, self.values, self.why, self.unit)

    def __len__(self) -> int:
        values = self.values
        return len(values.num if isinstance(values, Exact) else values)

    def __repr__(self) -> str:
        return f"Column({self.kind}, {self.listed()!r})"

    # ---------------------------------------------------------------- making

    @classmethod
    def of(cls, value: Scalar | None) -> Column:
        """A constant; None is a missing number."""
        if value is None:
            return cls("number", Exact.one(0), np.array([Why.MISSING], dtype=np.uint8))
        if isinstance(value, bool):
            return cls("truth", np.array([value]))
        if isinstance(value, str):
            return cls("text", np.array([value], dtype=object))
        if isinstance(value, datetime.date):
            return cls("date", Exact.one((value - EPOCH).days))
        return cls("number", Exact.one(value if isinstance(value, (int, Fraction)) else Fraction(value)))

    @classmethod
    def numbers(cls, values: Iterable[int | Fraction | Decimal | None]) -> Column:
        """Exact numbers, None where missing."""
        listed = list(values)
        return cls("number", Exact.of(0 if v is None else Fraction(v) for v in listed), missing(listed))

    @classmethod
    def truths(cls, values: Iterable[bool | None]) -> Column:
        """Truths, None where missing."""
        listed = list(values)
        return cls("truth", np.array([bool(v) for v in listed], dtype=bool), missing(listed))

    @classmethod
    def texts(cls, values: Iterable[str | None]) -> Column:
        """Texts, None where missing."""
        listed = list(values)
        column: npt.NDArray[Any] = np.empty(len(listed), dtype=object)
        column[:] = ["" if v is None else v for v in listed]
        return cls("text", column, missing(listed))

    @classmethod
    def dates(cls, values: Iterable[datetime.date | None]) -> Column:
        """Dates, None where missing."""
        listed = list(values)
        return cls("date", Exact.of(0 if v is None else (v - EPOCH).days for v in listed), missing(listed))

    @classmethod
    def array(cls, values: npt.NDArray[Any], why: Whys | None = None) -> Column:
        """From an array of integers, floats (taken at 10 decimals; NaN is invalid) or truths."""
        if values.dtype == bool:
            return cls("truth", values, why)
        if values.dtype.kind in "iu":
            return cls("number", Exact.integers(values), why)
        finite = np.isfinite(values)
        if finite.all():
            return cls("number", Exact.floats(values), why)
        bad = np.where(finite, np.uint8(0), np.uint8(Why.INVALID))
        return cls("number", Exact.floats(np.where(finite, values, 0)), bad if why is None else np.where(why > 0, why, bad))

    # ---------------------------------------------------------------- arithmetic

    def __add__(self, other: Operand) -> Column:
        b = column(other)
        kind: Kind = "date" if "date" in (self.kind, b.kind) else "number"
        return Column(kind, self._exact() + b._exact(), _both(self, b))

    def __sub__(self, other: Operand) -> Column:
        b = column(other)
        kind: Kind = "date" if self.kind == "date" and b.kind != "date" else "number"
        return Column(kind, self._exact() - b._exact(), _both(self, b))

    def __mul__(self, other: Operand) -> Column:
        b = column(other)
        return Column("number", self._exact() * b._exact(), _both(self, b))

    def __truediv__(self, other: Operand) -> Column:
        b = column(other)
        below = b._exact()
        quotient = self._exact().divided(below)
        why = _both(self, b)
        if not below.num.all():
            mark = beside((below.num == 0).view(np.uint8) * np.uint8(Why.DIVIDED_BY_ZERO), len(quotient))
            why = mark if why is None else first_of(why, mark)
        return Column("number", quotient, why)

    def __pow__(self, power: int) -> Column:
        result = Column.of(1)
        for _ in range(abs(power)):
            result = result * self
        return (result if power >= 0 else 1 / result).masked_like(self)

    def __radd__(self, other: Scalar) -> Column:
        return column(other) + self

    def __rsub__(self, other: Scalar) -> Column:
        return column(other) - self

    def __rmul__(self, other: Scalar) -> Column:
        return column(other) * self

    def __rtruediv__(self, other: Scalar) -> Column:
        return column(other) / self

    def __neg__(self) -> Column:
        return Column("number", -self._exact(), self.why)

    def __abs__(self) -> Column:
        return Column("number", abs(self._exact()), self.why)

    def floor(self) -> Column:
        """The greatest whole number not above."""
        return Column("number", self._exact().floor(), self.why)

    def ceil(self) -> Column:
        """The least whole number not below."""
        return Column("number", self._exact().ceil(), self.why)

    def minted(self, decimals: int, mode: str = "half-up") -> Column:
        """Rounded to *decimals* digits; what is minted is the figure for all that follows."""
        return Column("number", self._exact().minted(decimals, mode), self.why, self.unit)

    def clip(self, low: Operand | None = None, high: Operand | None = None) -> Column:
        """Not below *low* and not above *high*."""
        least, most = None if low is None else column(low), None if high is None else column(high)
        values = self._exact()
        if least is None:
            values = values if most is None else values.at_most(most._exact())
        else:
            values = values.at_least(least._exact()) if most is None else values.within(least._exact(), most._exact())
        closed = Column(self.kind, values, self.why)
        for bound in (least, most):
            if bound is not None and (bound.why is not None or (closed.why is not None and len(bound) != 1)):
                closed = Column(self.kind, values, _both(closed, bound))
        return closed

    # ---------------------------------------------------------------- order

    def __lt__(self, other: Operand) -> Column:
        b = column(other)
        return Column("truth", self._exact().less(b._exact()), _both(self, b))

    def __le__(self, other: Operand) -> Column:
        b = column(other)
        return Column("truth", self._exact().less_equal(b._exact()), _both(self, b))

    def __gt__(self, other: Operand) -> Column:
        b = column(other)
        return Column("truth", b._exact().less(self._exact()), _both(b, self))

    def __ge__(self, other: Operand) -> Column:
        b = column(other)
        return Column("truth", b._exact().less_equal(self._exact()), _both(b, self))

    def __eq__(self, other: object) -> Column:  # type: ignore[override]
        b = column(other)  # type: ignore[arg-type]
        if self.kind in ("number", "date") and b.kind in ("number", "date"):
            same = self._exact().equal(b._exact())
        elif self.kind == b.kind:
            same = np.asarray(self.values == b.values, dtype=bool)
        else:
            raise TypeError(f"{self.kind} and {b.kind} cannot be compared")
        return Column("truth", same, _both(self, b))

    def __ne__(self, other: object) -> Column:  # type: ignore[override]
        return ~(self == other)

    def where(self, condition: Column, other: Operand) -> Column:
        """Self where *condition* is true, *other* where it is false, masked where it is unknown."""
        b = column(other)
        holds = condition._truth()
        if self.kind in ("number", "date"):
            picked: Any = self._exact().choose(holds, b._exact())
        else:
            picked = np.where(holds, self.values, b.values)
        if self.why is None and b.why is None and condition.why is None:
            return Column(self.kind, picked)
        mine, theirs, asked = (_NONE if c.why is None else c.why for c in (self, b, condition))
        found = theirs if mine is theirs else theirs + (mine - theirs) * holds
        why = asked if found is _NONE else first_of(asked, found)
        return Column(self.kind, picked, beside(why, len(picked)))

    def looked_up(self, table: Mapping[str, Column], otherwise: Column | None = None) -> Column:
        """The entry of *table* for each text; a text that has none gets *otherwise*, and without it is invalid."""
        if self.kind != "text":
            raise TypeError(f"a {self.kind} is not looked up: a text is needed")
        rest = Column("number", Exact.one(0), np.array([Why.INVALID], dtype=np.uint8)) if otherwise is None else otherwise
        entries = [*table.values(), rest]
        lines = {text: line for line, text in enumerate(table)}
        which = np.fromiter(map(lines.get, self.values.tolist(), repeat(len(table))), dtype=np.intp, count=len(self))
        if all(len(e) == 1 for e in entries):
            found = stack(entries).take(which)
        else:
            found = rest
            for line, entry in enumerate(table.values()):
                found = entry.where(Column("truth", which == line), found)
        mine, theirs = (_NONE if c.why is None else c.why for c in (self, found))
        why = first_of(mine, theirs)
        return Column(found.kind, found.values, beside(why, len(found)) if why.any() else None)

    def places(self, words: tuple[str, ...]) -> npt.NDArray[Any]:
        """Where each text stands among *words*: past the last where it is none of them or masked. It is sought once."""
        kept = self._places
        if kept is None or kept[0] != words:
            known = {word: place for place, word in enumerate(words)}
            kind = np.int16 if len(words) < 2**15 else np.int64
            found = np.fromiter(map(known.get, self.values.tolist(), repeat(len(words))), dtype=kind, count=len(self))
            if self.why is not None:
                found[self.why > 0] = len(words)
            kept = self._places = words, found
        return kept[1]

    # ---------------------------------------------------------------- truth

    def __and__(self, other: Operand) -> Column:
        b = column(other)
        return Column("truth", self._truth() & b._truth(), _kleene(self, b, False))

    def __or__(self, other: Operand) -> Column:
        b = column(other)
        return Column("truth", self._truth() | b._truth(), _kleene(self, b, True))

    def __invert__(self) -> Column:
        return Column("truth", ~self._truth(), self.why)

    # ---------------------------------------------------------------- masks

    @property
    def masked(self) -> Truths:
        """Where there is no value."""
        return np.zeros(len(self), dtype=bool) if self.why is None else self.why > 0

    def given(self) -> Column:
        """True where there is a value: the only question about blanks."""
        return Column("truth", ~self.masked)

    def masked_where(self, rows: Column | Truths, why: Why) -> Column:
        """With *rows* (an array, or a column of truths) masked for the reason *why*; rows masked already keep theirs."""
        if isinstance(rows, Column):
            rows = rows._truth() & ~rows.masked
        if not rows.any():
            return self
        whole = self.spread(len(rows))
        mark = beside(rows * np.uint8(why), len(whole))
        return Column(self.kind, whole.values, mark if whole.why is None else first_of(whole.why, mark), self.unit)

    def masked_like(self, other: Column) -> Column:
        """Masked also where *other* is, for its reason."""
        if other.why is None:
            return self
        whole = self.spread(len(other))
        return Column(self.kind, whole.values, _both(whole, other), self.unit)

    def filled(self, rows: Truths, value: Scalar) -> Column:
        """With *value* present in *rows*."""
        if not rows.any():
            return self
        constant, values = column(value), self.values
        if not isinstance(values, Exact):
            values = np.where(rows, constant.values, values)
        else:
            values = constant._exact().choose(rows, values) if value else values.kept(~rows)
        return Column(self.kind, values, None if self.why is None else self.why * ~rows, self.unit)

    # ---------------------------------------------------------------- rows

    def take(self, rows: Any) -> Column:
        """The rows named by an index or a truth array."""
        values = self.values.take(rows) if isinstance(self.values, Exact) else self.values[rows]
        return Column(self.kind, values, None if self.why is None else self.why[rows], self.unit)

    def spread(self, size: int) -> Column:
        """A constant as a column of *size* rows; a column is itself."""
        if size == 1 or len(self) != 1:
            return self
        values = self.values.spread(size) if isinstance(self.values, Exact) else spread(self.values, size)
        return Column(self.kind, values, None if self.why is None else spread(self.why, size), self.unit)

    def listed(self) -> list[Fraction | bool | str | datetime.date | None]:
        """The values as Python objects, None where masked; numbers as Fractions."""
        values: Sequence[Any]
        if self.kind == "date":
            values = [EPOCH + datetime.timedelta(days=int(v)) for v in self._exact().fractions()]
        elif self.kind == "number":
            values = self.values.fractions()
        else:
            values = self.values.tolist()
        return [None if m else v for v, m in zip(values, self.masked.tolist(), strict=True)]

    def _exact(self) -> Exact:
        values = self.values
        if isinstance(values, Exact):
            return values
        if self.kind == "truth":
            return Exact.integers(values)
        raise TypeError(f"a {self.kind} is no number")

    def _truth(self) -> Truths:
        if self.kind != "truth":
            raise TypeError(f"a {self.kind} is no truth")
        return np.asarray(self.values, dtype=bool)


def column(value: Operand) -> Column:
    """A column as it is, anything else as a constant."""
    if isinstance(value, Column):
        return value
    if isinstance(value, float):
        value = Fraction(str(value))
    return Column.of(value)


def where(condition: Column, then: Operand, otherwise: Operand) -> Column:
    """*then* where *condition* is true, *otherwise* where it is false, masked where it is unknown."""
    return column(then).where(condition, otherwise)


def stack(parts: Sequence[Column]) -> Column:
    """Columns of one kind one under the other."""
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    values = stacked([p.values for p in parts]) if isinstance(first.values, Exact) else np.concatenate([p.values for p in parts])
    if all(p.why is None for p in parts):
        return Column(first.kind, values, None, first.unit)
    whys = [np.zeros(len(p), dtype=np.uint8) if p.why is None else p.why for p in parts]
    return Column(first.kind, values, np.concatenate(whys), first.unit)


def _both(a: Column, b: Column) -> Whys | None:
    """Masked where either is; the graver reason counts."""
    mine, theirs = a.why, b.why
    if mine is None and theirs is None:
        return None
    rows, others = len(a), len(b)
    size = max(rows, others) if rows and others else 0
    merged: Whys = theirs if mine is None else mine if theirs is None else np.maximum(mine, theirs)  # type: ignore[assignment]
    return beside(merged, size)


def _kleene(a: Column, b: Column, decides: bool) -> Whys | None:
    """The mask of a three-valued and (decided by False) or or (decided by True)."""
    why = _both(a, b)
    if why is None:
        return None
    decided = ((a._truth() == decides) & ~a.masked) | ((b._truth() == decides) & ~b.masked)
    return np.asarray(why * ~decided, dtype=np.uint8)


__all__ = ["EPOCH", "Column", "Kind", "Operand", "Scalar", "Why", "Whys", "column", "stack", "where"]
