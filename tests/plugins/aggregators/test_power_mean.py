"""Means by powers: the harmonic one, and one of any power."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.aggregators.power_mean import scorekit_aggregators

from scorekit.plugin import Children, Column
from tests.plugins.children import NA, children, combined
from tests.plugins.columns import n, points, whys

HARMONIC, POWER = scorekit_aggregators()
ITEMS = st.lists(st.tuples(st.fractions(Fraction(1, 10), 100, max_denominator=20), st.integers(1, 5)), min_size=1, max_size=4)


def powered(p: Any, found: Children) -> list[Any]:
    """The points by one power."""
    return points(POWER.function(found, p=Column.of(p))[0])


def test_weights_over_the_sum_of_weight_by_points() -> None:
    assert HARMONIC.name == "harmonic-mean"
    assert combined(HARMONIC, children(([2, 60], 100, 1), ([6, 60], 100, 1))) == ([3, 60], [100, 100])
    assert combined(HARMONIC, children(([40], 50, 1), ([60], 50, 3)))[0] == [pytest.approx(160 / 3)]


def test_what_does_not_apply_has_no_weight() -> None:
    found = children(([2, NA, NA], 10, 1), ([6, 6, NA], 10, 1))
    assert combined(HARMONIC, found) == ([3, 6, None], [10, 10, None])
    assert whys(HARMONIC.function(found)[0])[2] == "NOT_APPLICABLE"


def test_one_item_at_nought_makes_it_nought_unless_it_has_no_weight() -> None:
    assert combined(HARMONIC, children(([0, 0], 10, n(1, 0)), ([6, 6], 10, 1)))[0] == [0, 6]


def test_there_is_no_mean_below_nought_nor_without_weights() -> None:
    assert whys(HARMONIC.function(children(([-1], 10, 1), ([6], 10, 1)))[0]) == ["OUT_OF_DOMAIN"]
    assert whys(HARMONIC.function(children(([1], 10, 0)))[0]) == ["DIVIDED_BY_ZERO"]


def test_powers_from_the_quadratic_mean_to_the_plain_one() -> None:
    found = children(([1, 0], 10, 1), ([7, 4], 10, 1))
    assert powered(2, found) == [5, 2.8284271247]
    assert powered(1, found) == [4, 2]
    assert powered(-1, found)[1] == 0
    assert powered(Fraction(1, 2), children(([4], 9, 1), ([16], 9, 1))) == [9]


def test_there_is_no_mean_of_power_nought() -> None:
    assert whys(POWER.function(children(([1], 10, 1)), p=Column.of(0))[0]) == ["DIVIDED_BY_ZERO"]


@given(ITEMS)
def test_the_harmonic_mean_is_that_of_plain_fractions_and_lies_between(items) -> None:
    (found,) = HARMONIC.function(children(*(([v], 100, w) for v, w in items)))[0].listed()
    assert found == Fraction(sum(w for _, w in items)) / sum((Fraction(w) / v for v, w in items), Fraction(0))
    assert min(v for v, _ in items) <= found <= max(v for v, _ in items)


@given(ITEMS, st.sampled_from([-2, -1, 1, 2, 3]))
def test_a_power_mean_is_the_root_of_the_mean_of_powers_to_ten_decimals(items, p) -> None:
    (found,) = POWER.function(children(*(([v], 100, w) for v, w in items)), p=Column.of(p))[0].listed()
    mean = sum((Fraction(w) * v**p for v, w in items), Fraction(0)) / sum(w for _, w in items)
    root = (Decimal(mean.numerator) / Decimal(mean.denominator)) ** (Decimal(1) / Decimal(p))
    assert abs(Fraction(root) - found) <= Fraction(1, 10**10)  # type: ignore[operator]
