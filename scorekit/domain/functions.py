"""The functions and operators of formulas, over whole columns: exact where that is possible, else at ten decimals."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.exact import Exact

DECIMALS = Decimal("1e-10")
SPARE = Decimal("1e-30")
HIGHEST = 20
"""Whole powers up to this are exact; others are real powers."""
GREATEST = 40
"""Real functions go up to e to this power."""
FARTHEST = 10**7
"""Days from 1970 beyond which no calendar is asked."""
LAST = Exact.one(FARTHEST)
MOST_BITS = 4096
"""A figure whose reduced fraction needs more is out of range, so that no formula can use up the machine."""


def _if(condition: Column, then: Column, otherwise: Column) -> Column:
    size = max(len(condition), len(then), len(otherwise))
    return then.spread(size).where(condition.spread(size), otherwise.spread(size))


def _coalesce(first: Column, *more: Column) -> Column:
    result = first
    for other in more:
        if result.why is None:
            return result
        size = max(len(result), len(other))
        a, b = result.spread(size), other.spread(size)
        assert a.why is not None
        blank = (a.why > 0) & (a.why < Why.INVALID)
        why = np.where(blank, np.uint8(0) if b.why is None else b.why, a.why)
        whole = Column(a.kind, a.values).where(Column("truth", ~blank), Column(b.kind, b.values))
        result = Column(a.kind, whole.values, why if why.any() else None)
    return result


def _pick(least: bool) -> Callable[..., Column]:
    def pick(*columns: Column) -> Column:
        return reduce(lambda a, b: a.where(a <= b if least else a >= b, b), columns)

    return pick


def _round(value: Column, decimals: Column | None = None) -> Column:
    return value.minted(0 if decimals is None else int(decimals.values.fractions()[0]))


def _real(function: Callable[[Decimal], Decimal], within: Callable[[Fraction], bool]) -> Callable[[Column], Column]:
    """A real function at ten decimals, the same on every machine; outside its range the result is missing with a reason."""
    return lambda value: _each(lambda v: at_ten(function, v) if within(v) else Why.OUT_OF_DOMAIN, value)


def power(base: Column, exponent: Column) -> Column:
    """Whole powers exactly, others at ten decimals; which of them it is never depends on the other rows."""
    powers = exponent.values.fractions()
    if len(powers) == 1 and _whole(powers[0]):
        return base ** int(powers[0]) + (exponent - exponent)
    return _each(_raised, base, exponent)


def _raised(base: Fraction, exponent: Fraction) -> Fraction | Why:
    if _whole(exponent):
        return base ** int(exponent) if base or exponent >= 0 else Why.DIVIDED_BY_ZERO
    if base <= 0:
        return Fraction(0) if not base and exponent > 0 else Why.OUT_OF_DOMAIN
    with localcontext(prec=50):
        reached = abs(_decimal(base).ln() * _decimal(exponent))
    return at_ten(lambda b, e: b**e, base, exponent) if reached <= GREATEST else Why.OUT_OF_DOMAIN


def powers(bases: Sequence[Column], exponents: Sequence[Column]) -> Column:
    """The product of powers, row by row: exact where every exponent is whole, else taken once at ten decimals.

    A base below 0 has none but whole powers together with other whole ones; 0 to a power below 0 is a division by 0.
    """
    return bounded(_each(_product, *bases, *exponents))


def _product(*values: Fraction) -> Fraction | Why:
    half = len(values) // 2
    pairs = [(b, e) for b, e in zip(values[:half], values[half:], strict=True) if e]
    if any(not b and e < 0 for b, e in pairs):
        return Why.DIVIDED_BY_ZERO
    if all(_whole(e) for _, e in pairs):
        return math.prod((b ** int(e) for b, e in pairs), start=Fraction(1))
    if any(b < 0 for b, _ in pairs):
        return Why.OUT_OF_DOMAIN
    return _at_ten_product(pairs) if all(b for b, _ in pairs) else Fraction(0)


def _at_ten_product(pairs: Sequence[tuple[Fraction, Fraction]]) -> Fraction | Why:
    """By logarithms with digits to spare; a tie is one still after the digits to spare are rounded off."""
    with localcontext(prec=60):
        reached = sum((_decimal(b).ln() * _decimal(e) for b, e in pairs), Decimal(0))
        if abs(reached) > GREATEST:
            return Why.OUT_OF_DOMAIN
        return Fraction(reached.exp().quantize(SPARE, ROUND_HALF_UP).quantize(DECIMALS, ROUND_HALF_UP))


def _whole(power: Fraction) -> bool:
    return power.denominator == 1 and abs(power) <= HIGHEST


def at_ten(function: Callable[..., Decimal], *values: Fraction) -> Fraction:
    """A real function of some numbers at ten decimals, rounded half up."""
    bits = max(max(v.numerator.bit_length(), v.denominator.bit_length()) for v in values)
    with localcontext(prec=50 + bits // 3):
        return Fraction(function(*map(_decimal, values)).quantize(DECIMALS, ROUND_HALF_UP))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _each(function: Callable[..., Fraction | Why], *columns: Column) -> Column:
    """A function taken row by row, once for equal values; what is masked is not asked."""
    size = max(len(c) for c in columns)
    known: dict[tuple[Fraction, ...], Fraction | Why] = {}
    why = np.maximum.reduce([np.broadcast_to(np.uint8(0) if c.why is None else c.why, (size,)) for c in columns])
    values: list[Fraction] = []
    for row, arguments in enumerate(zip(*(c.spread(size).values.fractions() for c in columns), strict=True)):
        found: Fraction | Why = Why(int(why[row]))
        if not why[row]:
            found = known[arguments] if arguments in known else known.setdefault(arguments, function(*arguments))
        why[row] = found if isinstance(found, Why) else Why.PRESENT
        values.append(Fraction(0) if isinstance(found, Why) else found)
    return Column("number", Exact.of(values), why if why.any() else None)


def bounded(column: Column) -> Column:
    """Out of range where the exact figure is longer than any that an assessment needs."""
    exact = column.values
    if column.kind != "number" or not exact.wide or max(exact.peak, exact.dpeak).bit_length() <= MOST_BITS:
        return column
    values = exact.fractions()
    beyond = np.array([max(v.numerator.bit_length(), v.denominator.bit_length()) > MOST_BITS for v in values], dtype=bool)
    kept = Exact.of(Fraction(0) if b else v for v, b in zip(values, beyond.tolist(), strict=True))
    return Column("number", kept, column.why, column.unit).masked_where(beyond, Why.OUT_OF_DOMAIN)


def _sign(value: Column) -> Column:
    return Column("number", Exact.integers(np.sign(value._exact().num).astype(np.int64)), value.why)


def _mod(value: Column, by: Column) -> Column:
    """What is left of *value* after whole multiples of *by*; of its sign."""
    return value - by * (value / by).floor()


def _calendar(unit: str) -> Callable[[Column], Column]:
    """The year, or the month or day within the next greater unit, of dates."""

    def part(value: Column) -> Column:
        days = value.values.floor().within(-LAST, LAST).num.astype(np.int64).astype("datetime64[D]")
        if unit == "Y":
            return Column("number", Exact.integers(days.astype("datetime64[Y]").astype(np.int64) + 1970), value.why)
        months = days.astype("datetime64[M]")
        count = months.astype(np.int64) % 12 if unit == "M" else (days - months.astype("datetime64[D]")).astype(np.int64)
        return Column("number", Exact.integers(count + 1), value.why)

    return part


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "+": lambda a, b: bounded(a + b),
    "-": lambda a, b: bounded(a - b),
    "*": lambda a, b: bounded(a * b),
    "/": lambda a, b: bounded(a / b),
    "**": lambda a, b: bounded(power(a, b)),
    "negative": lambda a: -a,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "not": lambda a: ~a,
    "in": lambda value, *options: reduce(lambda a, b: a | b, (value == o for o in options)),
    "min": _pick(least=True),
    "max": _pick(least=False),
    "abs": abs,
    "round": _round,
    "floor": lambda a: a.floor(),
    "ceil": lambda a: a.ceil(),
    "clip": lambda a, low, high: a.clip(low, high),
    "if": _if,
    "coalesce": _coalesce,
    "given": lambda value: value.given(),
    "sign": _sign,
    "mod": lambda a, b: bounded(_mod(a, b)),
    "year": _calendar("Y"),
    "month": _calendar("M"),
    "day": _calendar("D"),
    "sqrt": _real(lambda v: v.sqrt(), lambda v: v >= 0),
    "ln": _real(lambda v: v.ln(), lambda v: v > 0),
    "exp": _real(lambda v: v.exp(), lambda v: v <= GREATEST),
}

ARITY: Mapping[str, tuple[int, int]] = {
    "abs": (1, 1), "round": (1, 2), "floor": (1, 1), "ceil": (1, 1), "clip": (3, 3), "if": (3, 3), "given": (1, 1),
    "sqrt": (1, 1), "ln": (1, 1), "exp": (1, 1), "min": (1, 40), "max": (1, 40), "coalesce": (2, 40),
    "sign": (1, 1), "mod": (2, 2), "year": (1, 1), "month": (1, 1), "day": (1, 1),
}  # fmt: skip
