"""Short ways to write columns in the tests of plugins."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from scorekit.plugin import Band, Column, Knot, Scored, Why, column


def n(*values: Any) -> Column:
    """Numbers, None where missing; decimals may be written as floats."""
    return Column.numbers(None if v is None else Fraction(str(v)) if isinstance(v, float) else v for v in values)


def percent(*values: Any) -> Column:
    """Fractions of a field that is a percentage."""
    plain = n(*values)
    return Column(plain.kind, plain.values, plain.why, "percent")


def bands(*lines: tuple[str, Any, Any]) -> tuple[Band, ...]:
    """Bands from (">=" or ">", bound, points)."""
    return tuple(Band(column(bound), sign == ">=", column(points)) for sign, bound, points in lines)


def knots(*points: tuple[Any, Any]) -> tuple[Knot, ...]:
    """Points of a broken line."""
    return tuple(Knot(column(value), column(price)) for value, price in points)


def table(**prices: Any) -> dict[str, Column]:
    """Prices by text."""
    return {text: column(price) for text, price in prices.items()}


def points(found: Column | Scored) -> list[Any]:
    """The points a rule gave: ints where whole, else floats, None where masked."""
    listed = (found.points if isinstance(found, Scored) else found).listed()
    return [None if v is None else int(v) if v == int(v) else float(v) for v in listed]  # type: ignore[arg-type]


def whys(found: Column | Scored) -> list[str]:
    """The names of the reasons why rows are masked."""
    of = found.points if isinstance(found, Scored) else found
    return ["PRESENT"] * len(of) if of.why is None else [Why(w).name for w in of.why.tolist()]
