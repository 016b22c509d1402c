"""Columns of exact rationals: integer numerators over one or many denominators.

Why not floats: with a target of 0.90 and a step of 0.02, 0.80 misses by exactly five steps, and floats say four.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.points import SURE, floored, rounded
from scorekit.domain.room import (
    LIMIT,
    Bounded,
    aligned,
    extreme,
    held,
    line,
    peak_of,
    picked,
    roomy,
    share_den,
    sides,
    spread,
    times,
    width_for,
)

Truths = npt.NDArray[np.bool_]

FLOAT_DECIMALS = 10
FLOAT_DIGITS = 15
_POWERS = np.array([float(10**d) for d in range(FLOAT_DIGITS)])


class Exact(Bounded):
    """A column of rationals ``num / den`` that never overflows and never rounds unless it is minted."""

    __slots__ = ()

    # ---------------------------------------------------------------- arithmetic

    def __add__(self, other: Exact) -> Exact:
        if not (self.peak and other.peak) and (other.nought or self.nought):
            return self if other.nought else other
        left, right, den, up, down, dpeak = aligned(self, other)
        return Exact(left + right, den, up + down, dpeak)

    def __sub__(self, other: Exact) -> Exact:
        if not other.peak and other.nought:
            return self
        left, right, den, up, down, dpeak = aligned(self, other)
        return Exact(left - right, den, up + down, dpeak)

    def __neg__(self) -> Exact:
        return Exact(-self.num, self.den, self.peak, self.dpeak)

    def __abs__(self) -> Exact:
        return Exact(np.abs(self.num), self.den, self.peak, self.dpeak)

    def __mul__(self, other: Exact) -> Exact:
        for one, many in ((other, self), (self, other)):
            if one.constant:
                return many._scaled(int(one.num[0]), one.dpeak)
        a, b = roomy(self, other, lambda a, b: (max(a.peak, 1) * max(b.peak, 1), a.dpeak * b.dpeak))
        return Exact(a.num * b.num, times(a.den, b.den), a.peak * b.peak, a.dpeak * b.dpeak)

    def _scaled(self, num: int, den: int) -> Exact:
        """Times one rational, cancelled first, so that denominators stay small."""
        common = math.gcd(num, self.den) if isinstance(self.den, int) else 1
        factor, below, peak = num // common, self.dpeak // common * den, self.peak * abs(num // common)
        top = max(peak, abs(factor), below)
        if top > LIMIT or self.wide:
            return self._scaled_where_room_is(num, den)
        a = self.sized(top)
        return Exact(times(a.num, factor), below if isinstance(a.den, int) else times(a.den, den), peak, below)

    def _scaled_where_room_is(self, num: int, den: int) -> Exact:

        def shared(a: Exact) -> int:
            return math.gcd(num, a.den) if isinstance(a.den, int) else 1

        a, _ = roomy(self, self, lambda a, _: (max(a.peak, 1) * abs(num // shared(a)), a.dpeak // shared(a) * den))
        factor = num // shared(a)
        below = times(a.den // shared(a) if isinstance(a.den, int) else a.den, den)
        return Exact(times(a.num, factor), below, a.peak * abs(factor), a.dpeak // shared(a) * den)

    def divided(self, other: Exact) -> Exact:
        """self / other; rows in which *other* is zero are divided by 1 and must be masked by the caller."""
        if other.constant:
            num = int(other.num[0])
            return self._scaled(other.dpeak if num > 0 else -other.dpeak, abs(num)) if num else self

        def shared(a: Exact, b: Exact) -> int:
            return math.gcd(a.den, b.den) if isinstance(a.den, int) and isinstance(b.den, int) else 1

        def bound(a: Exact, b: Exact) -> tuple[int, int]:
            return max(a.peak, 1) * b.dpeak // shared(a, b), a.dpeak // shared(a, b) * max(b.peak, 1)

        a, b = roomy(self, other, bound)
        common = shared(a, b)
        up = times(a.num, b.den // common if isinstance(b.den, int) else b.den)
        down = times(b.num, a.den // common if isinstance(a.den, int) else a.den)
        positive = bool(down.min(initial=1) > 0)
        if not positive:
            down = down + (down == 0)
        if len(up) != len(down):
            up, down = np.broadcast_arrays(up, down)
        if not positive and (down < 0).any():
            up, down = np.where(down < 0, -up, up), np.abs(down)
        return Exact(up, down, a.peak * b.dpeak // common, a.dpeak // common * max(b.peak, 1))

    # ---------------------------------------------------------------- order

    def less(self, other: Exact) -> Truths:
        """Row by row, whether self < other."""
        if other.constant and isinstance(self.den, int):
            return np.asarray(self.num < line(other, self, up=True), dtype=bool)
        if self.constant and isinstance(other.den, int):
            return np.asarray(other.num > line(self, other), dtype=bool)
        left, right = sides(self, other)
        return np.asarray(left < right, dtype=bool)

    def less_equal(self, other: Exact) -> Truths:
        """Row by row, whether self <= other."""
        if other.constant and isinstance(self.den, int):
            return np.asarray(self.num <= line(other, self), dtype=bool)
        if self.constant and isinstance(other.den, int):
            return np.asarray(other.num >= line(self, other, up=True), dtype=bool)
        left, right = sides(self, other)
        return np.asarray(left <= right, dtype=bool)

    def equal(self, other: Exact) -> Truths:
        """Row by row, whether self == other."""
        left, right = sides(self, other)
        return np.asarray(left == right, dtype=bool)

    def choose(self, condition: Truths, other: Exact) -> Exact:
        """Self where *condition* holds, else other."""
        if share_den(self, other):
            left, right, common, up, down, top = aligned(self, other)
            return Exact(picked(condition, left, right), common, max(up, down), top)
        peak, dpeak = max(self.peak, other.peak), max(self.dpeak, other.dpeak)
        a, b = roomy(self, other, lambda a, b: (max(a.peak, b.peak), max(a.dpeak, b.dpeak)))
        den = picked(condition, np.asarray(a.den, dtype=a.num.dtype), np.asarray(b.den, dtype=b.num.dtype))
        return Exact(picked(condition, a.num, b.num), den, peak, dpeak)

    def kept(self, rows: Truths) -> Exact:
        """With 0 where *rows* do not hold."""
        return Exact(self.num * rows, self.den, self.peak, self.dpeak)

    def at_least(self, other: Exact) -> Exact:
        """Row by row, the greater of the two."""
        return self._extreme(other, greater=True) if share_den(self, other) else self.choose(other.less_equal(self), other)

    def at_most(self, other: Exact) -> Exact:
        """Row by row, the lesser of the two."""
        return self._extreme(other, greater=False) if share_den(self, other) else self.choose(self.less_equal(other), other)

    def _extreme(self, other: Exact, greater: bool) -> Exact:
        left, right, den, up, down, dpeak = aligned(self, other)
        return Exact(extreme(left, right, greater), den, max(up, down), dpeak)

    def within(self, low: Exact, high: Exact) -> Exact:
        """Row by row not below *low* and not above *high*; between two constants the figures are as narrow as these."""
        if not (low.constant and high.constant and isinstance(self.den, int)) or self.wide:
            return self.at_least(low).at_most(high)
        den = math.lcm(self.den, low.dpeak, high.dpeak)
        least, most = int(low.num.item()) * (den // low.dpeak), int(high.num.item()) * (den // high.dpeak)
        factor, beyond = den // self.den, abs(least) + abs(most)
        a = self if max(self.peak * factor + beyond, den) <= LIMIT else self.measured()
        top = max(a.peak * factor + beyond, den)
        if top > LIMIT:
            return self.at_least(low).at_most(high)
        return Exact(held(times(a.sized(top).num, factor), least, most), den, max(abs(least), abs(most)), den).narrowed()

    # ---------------------------------------------------------------- whole numbers and rounding

    def floor(self) -> Exact:
        """The greatest whole number not above."""
        return self if self.dpeak == 1 else self._whole(floored(self.num, self.den, self.peak + self.dpeak))

    def ceil(self) -> Exact:
        """The least whole number not below."""
        return self if self.dpeak == 1 else self._whole(-floored(-self.num, self.den, self.peak + self.dpeak))

    def minted(self, decimals: int, mode: str) -> Exact:
        """Rounded to *decimals* digits by *mode*; the denominator is ``10**decimals`` then."""
        scale = 10**decimals
        if isinstance(self.den, int) and not scale % self.den and not self.wide and (top := max(self.peak * scale, scale)) <= LIMIT:
            factor = scale // self.den
            return Exact(times(self.sized(top // self.den).num, factor), scale, self.peak * factor, scale).narrowed()
        units = self._scaled(scale, 1)
        if units.dpeak > 1 or scale > LIMIT:
            units, _ = roomy(units, units, lambda a, _: (3 * (a.peak + a.dpeak), scale))
            units = units._whole(rounded(units.num, units.den, mode, units.peak + units.dpeak))
        return Exact(units.num, scale, units.peak, scale).narrowed()

    def _whole(self, num: npt.NDArray[Any]) -> Exact:
        """Whole numbers near to self; measured where denominators of their own leave open how narrow they are."""
        peak = self.peak // self.den + 1 if isinstance(self.den, int) else peak_of(num)
        return Exact(num, 1, peak, 1).narrowed()

    # ---------------------------------------------------------------- in and out

    @classmethod
    def one(cls, value: Fraction | int) -> Exact:
        """A constant, broadcast against any column."""
        peak, den = abs(value.numerator), value.denominator
        return cls(np.array([value.numerator], dtype=width_for(max(peak, den))), den, peak, den)

    @classmethod
    def of(cls, values: Iterable[Fraction | int]) -> Exact:
        """From exact numbers, one a row, on one common denominator where 62 bits hold it."""
        numbers = [Fraction(v) for v in values]
        common = 1
        for den in {v.denominator for v in numbers}:
            common = math.lcm(common, den)
            if common > LIMIT:
                return cls._ragged(numbers)
        scaled = [v.numerator * (common // v.denominator) for v in numbers]
        peak = max(map(abs, scaled), default=0)
        return cls(np.array(scaled, dtype=width_for(max(peak, common))), common, peak, common)

    @classmethod
    def _ragged(cls, numbers: list[Fraction]) -> Exact:
        """From numbers that fit no common denominator."""
        peak, dpeak = max(abs(v.numerator) for v in numbers), max(v.denominator for v in numbers)
        width = width_for(max(peak, dpeak))
        dens = np.array([v.denominator for v in numbers], dtype=width)
        return cls(np.array([v.numerator for v in numbers], dtype=width), dens, peak, dpeak)

    @classmethod
    def floats(cls, values: npt.NDArray[np.floating[Any]]) -> Exact:
        """From floats, taken at 10 decimals or, where that is fewer, at 15 digits, each by itself; rows must be finite."""
        doubles = values.astype(np.float64, copy=False)
        if np.max(np.abs(doubles), initial=0.0) >= _POWERS[FLOAT_DIGITS - FLOAT_DECIMALS]:
            return cls._great_floats(doubles)
        num = np.rint(doubles * 10.0**FLOAT_DECIMALS).astype(np.int64)
        zeros = _shared_zeros(num)
        return cls.over(num // zeros if zeros > 1 else num, 10**FLOAT_DECIMALS // zeros)

    @classmethod
    def _great_floats(cls, doubles: npt.NDArray[np.float64]) -> Exact:
        """Floats of which some have more than five digits before the point."""
        beyond = np.abs(doubles) >= LIMIT
        if beyond.any():
            near = cls._great_floats(np.where(beyond, 0.0, doubles)).fractions()
            return cls.of(Fraction(v) if far else n for v, far, n in zip(doubles.tolist(), beyond.tolist(), near, strict=True))
        steps = _POWERS[FLOAT_DIGITS - FLOAT_DECIMALS : FLOAT_DIGITS]
        decimals = FLOAT_DECIMALS - np.searchsorted(steps, np.abs(doubles), side="right")
        num = np.rint(doubles * _POWERS[decimals]).astype(np.int64)
        rows = cls(num, _POWERS[decimals].astype(np.int64), LIMIT, LIMIT).reduced()
        common = math.lcm(*np.unique(rows.den).tolist())
        if float(np.max(np.abs(doubles))) * common >= LIMIT / 2:
            return rows
        return cls.over(rows.num * (common // rows.den), common)

    @classmethod
    def integers(cls, values: npt.NDArray[Any]) -> Exact:
        """From an integer or truth array."""
        peak = peak_of(values)
        return cls(values.astype(width_for(peak)), 1, peak, 1) if peak <= LIMIT else cls.of(values.tolist())

    @classmethod
    def over(cls, num: npt.NDArray[Any], den: int) -> Exact:
        """From integers over one denominator, neither beyond ``LIMIT``."""
        return cls(num, den, peak_of(num), den).narrowed()

    def fractions(self) -> list[Fraction]:
        """The exact values, one a row."""
        dens = [self.den] * len(self.num) if isinstance(self.den, int) else self.den.tolist()
        return [Fraction(int(n), int(d)) for n, d in zip(self.num.tolist(), dens, strict=True)]

    def doubles(self) -> npt.NDArray[np.float64]:
        """The nearest floats."""
        a = self if max(self.peak, self.dpeak) <= SURE else self.measured()
        if max(a.peak, a.dpeak) > SURE:
            return np.array([v.numerator / v.denominator for v in a.fractions()], dtype=np.float64)
        return np.asarray(a.num.astype(np.float64) / np.asarray(a.den, dtype=np.float64))

    def take(self, rows: Any) -> Exact:
        """The rows named by an index or a truth array."""
        return Exact(self.num[rows], self.den if isinstance(self.den, int) else self.den[rows], self.peak, self.dpeak)

    def spread(self, size: int) -> Exact:
        """A constant as a column of *size* rows; a column is itself."""
        if len(self.num) != 1 or size == 1:
            return self
        return Exact(spread(self.num, size), self.den, self.peak, self.dpeak)


def _shared_zeros(num: npt.NDArray[Any]) -> int:
    """The greatest power of ten that divides every one of *num*, at most that of the decimals; a few rows are asked before all."""
    power: int = 10**FLOAT_DECIMALS
    for rows in (num[:256], num):
        while power > 1 and (rows // power * power != rows).any():
            power //= 10
    return power


def stacked(parts: list[Exact]) -> Exact:
    """Columns one under the other."""
    peak, dpeak = max(p.peak for p in parts), max(p.dpeak for p in parts)
    if all(isinstance(p.den, int) for p in parts):
        common = math.lcm(*(p.dpeak for p in parts))
        top = max(max(p.peak, 1) * (common // p.dpeak) for p in parts)
        if max(top, common) <= LIMIT:
            nums = [times(p.sized(max(top, common)).num, common // p.dpeak) for p in parts]
            return Exact(np.concatenate(nums), common, top, common)
    if max(peak, dpeak) > LIMIT:
        parts = [p.widened() for p in parts]
    dens = [np.broadcast_to(np.asarray(p.den, dtype=object if p.wide else np.int64), p.num.shape) for p in parts]
    return Exact(np.concatenate([p.num for p in parts]), np.concatenate(dens), peak, dpeak)


__all__ = ["FLOAT_DECIMALS", "LIMIT", "Exact", "Truths", "stacked"]
