"""Figures of a population: exact, the same as a slow program in plain Fractions gives, and blind to other groups."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.formula import Figure, Name
from scorekit.domain.population import OVER, of_groups, of_units

Values = Sequence[Fraction]


def figure(over: str, **more: Any) -> Figure:
    return Figure("f", over, Name("x"), **more)


def taken(found: Figure, values: Sequence[Any], groups: Sequence[int] | None = None, beside: Sequence[Any] | None = None) -> list[Any]:
    codes = np.array([0] * len(values) if groups is None else groups, dtype=np.int64)
    there = np.array([v is not None for v in values], dtype=bool)
    other = None if beside is None else Column.numbers(beside)
    count = int(codes.max(initial=-1)) + 1
    if found.over in ("rank", "percentile"):
        return of_units(found, Column.numbers(values), codes, there, count).listed()
    return of_groups(found, Column.numbers(values), other, codes, there, count).listed()


# -------------------------------------------------------------------- the slow program


def root(square: Fraction) -> Fraction:
    """The root at ten decimals, half up."""
    scaled = square * 10**22
    return Fraction((math.isqrt(scaled.numerator // scaled.denominator) + 5) // 10, 10**10)


def spread(values: Values) -> Fraction:
    mean = sum(values, Fraction(0)) / len(values)
    return sum(((v - mean) ** 2 for v in values), Fraction(0))


def quantile(values: Values, q: Fraction) -> Fraction:
    ordered, place = sorted(values), q * (len(values) - 1)
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


SLOW: dict[str, Callable[[Values], Any]] = {
    "count": len,
    "sum": lambda v: sum(v, Fraction(0)),
    "mean": lambda v: sum(v, Fraction(0)) / len(v),
    "min": min,
    "max": max,
    "median": median,
    "quantile": lambda v: quantile(v, Fraction(1, 4)),
    "deviation": lambda v: root(spread(v) / len(v)),
    "sample-deviation": lambda v: root(spread(v) / (len(v) - 1)) if len(v) > 1 else None,
}
rationals = st.fractions(-50, 50, max_denominator=12)
units = st.lists(st.tuples(st.integers(0, 2), rationals | st.none()), min_size=1, max_size=14)


@pytest.mark.parametrize("over", SLOW)
@given(units)
def test_each_figure_is_that_of_plain_fractions_over_the_values_that_are_there(over: str, rows: list[tuple[int, Fraction | None]]) -> None:
    found = taken(figure(over, q=Fraction(1, 4)), [v for _, v in rows], [g for g, _ in rows])
    for group in range(max(g for g, _ in rows) + 1):
        values = [v for g, v in rows if g == group and v is not None]
        empty = {"count": 0, "sum": 0}.get(over)
        assert found[group] == (SLOW[over](values) if values else empty)


@given(units)
def test_a_place_counts_those_before_and_a_percentile_those_behind(rows: list[tuple[int, Fraction | None]]) -> None:
    values, groups = [v for _, v in rows], [g for g, _ in rows]
    for first in ("high", "low"):
        places = taken(figure("rank", first=first), values, groups)
        shares = taken(figure("percentile", first=first), values, groups)
        for i, (group, value) in enumerate(rows):
            if value is None:
                continue
            others = [v for j, (g, v) in enumerate(rows) if g == group and v is not None and j != i]
            better = sum((v > value) if first == "high" else (v < value) for v in others)
            worse = sum((v < value) if first == "high" else (v > value) for v in others)
            assert places[i] == better + 1
            assert shares[i] == (Fraction(worse, len(others)) if others else 1)


@given(units, st.randoms())
def test_the_order_of_the_units_does_not_matter(rows: list[tuple[int, Fraction | None]], chance: Any) -> None:
    mixed = rows[:]
    chance.shuffle(mixed)
    for over in ("mean", "median", "quantile", "deviation", "geometric-mean"):
        one, other = (taken(figure(over, q=Fraction(1, 3)), [v for _, v in r], [g for g, _ in r]) for r in (rows, mixed))
        assert one == other


# -------------------------------------------------------------------- by hand


@pytest.mark.parametrize(
    ("method", "wanted"), [("linear", Fraction(7, 4)), ("lower", 1), ("higher", 2), ("nearest", 2), ("midpoint", Fraction(3, 2))]
)
def test_a_quantile_between_two_values_is_found_by_its_method(method: str, wanted: Any) -> None:
    assert taken(figure("quantile", q=Fraction(1, 4), method=method), [2, 4, 1, 3]) == [wanted]


def test_a_correlation_is_one_of_values_in_line_and_none_of_values_that_do_not_vary() -> None:
    assert taken(figure("correlation"), [1, 2, 3], beside=[2, 4, 6]) == [1]
    assert taken(figure("correlation"), [1, 2, 3], beside=[3, 2, 1]) == [-1]
    assert taken(figure("correlation"), [1, 2, 3], beside=[1, 3, 2]) == [Fraction(1, 2)]
    assert taken(figure("correlation"), [1, 2, 3], beside=[5, 5, 5]) == [None]


def test_a_geometric_mean_is_zero_with_a_zero_and_none_below() -> None:
    assert taken(figure("geometric-mean"), [2, 8, 4]) == [4]
    assert taken(figure("geometric-mean"), [1, 2]) == [Fraction("1.4142135624")]
    assert taken(figure("geometric-mean"), [0, 8]) == [0]
    assert taken(figure("geometric-mean"), [-1, 8]) == [None]


def test_of_one_value_there_is_no_sample_deviation() -> None:
    found = of_groups(figure("sample-deviation"), Column.numbers([3]), None, np.array([0]), np.array([True]), 1)
    assert found.why is not None
    assert found.why.tolist() == [Why.TOO_FEW]


def test_truths_count_as_one_and_zero() -> None:
    truths = Column.truths([True, False, True, True])
    found = of_groups(figure("mean"), truths, None, np.zeros(4, dtype=np.int64), np.ones(4, dtype=bool), 1)
    assert found.listed() == [Fraction(3, 4)]


def test_every_figure_can_be_taken() -> None:
    assert all(taken(figure(over), [1, 2], beside=[1, 2]) for over in OVER)
