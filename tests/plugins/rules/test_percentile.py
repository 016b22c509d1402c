"""Percentile: points by the share of the others that are left behind."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from scorekit_plugins.rules.percentile import percentile

from scorekit.plugin import column
from tests.plugins.cohort import ENDS, GROUPS, after, listed
from tests.plugins.columns import n, points


def test_the_best_has_all_points_and_the_last_none() -> None:
    assert points(percentile.function(n(12, 8, 8, 3, 1), points=column(5))) == [5, 2.5, 2.5, 1.25, 0]
    assert points(percentile.function(n(12, 8, 1), points=column(4), first="low")) == [0, 2, 4]


def test_a_unit_alone_has_all_points() -> None:
    assert points(percentile.function(n(3), points=column(5))) == [5]
    assert points(percentile.function(n(), points=column(5))) == []


@given(GROUPS, ENDS)
def test_it_is_what_counting_gives(values: list[Fraction], first: str) -> None:
    others = len(values) - 1
    wanted = [Fraction(5 * after(values, v, first), others) if others else 5 for v in values]
    assert listed(percentile.function(n(*values), points=column(5), first=first)) == wanted
