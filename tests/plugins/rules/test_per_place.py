"""Per place: so many points less for every place behind the first."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from scorekit_plugins.rules.per_place import per_place

from scorekit.plugin import column
from tests.plugins.cohort import ENDS, GROUPS, before, listed
from tests.plugins.columns import n, points

PRICES = {"points": column(10), "deduct": column(1)}


def test_every_place_behind_costs_and_a_shared_place_skips_the_next() -> None:
    assert points(per_place.function(n(90, 99, 95, 95), **PRICES)) == [7, 10, 9, 9]
    assert points(per_place.function(n(90, 99, 95), **PRICES, first="low")) == [10, 8, 9]


def test_it_ends_at_nought() -> None:
    assert points(per_place.function(n(3, 2, 1), points=column(1), deduct=column(1))) == [1, 0, 0]
    assert points(per_place.function(n(), **PRICES)) == []


@given(GROUPS, ENDS)
def test_it_is_what_counting_gives(values: list[Fraction], first: str) -> None:
    assert listed(per_place.function(n(*values), **PRICES, first=first)) == [10 - before(values, v, first) for v in values]
