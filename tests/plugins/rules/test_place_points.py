"""Place points: a price for each place among the units of a group."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.rules.place_points import place_points

from scorekit.plugin import column
from tests.plugins.cohort import ENDS, GROUPS, before, listed
from tests.plugins.columns import n, points

PRICES = (column(10), column(8), column(6))


def test_a_shared_place_takes_the_better_price_and_the_next_is_skipped() -> None:
    assert points(place_points.function(n(50, 90, 70, 90, 10), prices=PRICES)) == [0, 10, 6, 10, 0]
    assert points(place_points.function(n(50, 90, 70, 90, 10), prices=PRICES, beyond=column(1))) == [1, 10, 6, 10, 1]


def test_the_lowest_may_come_first() -> None:
    assert points(place_points.function(n(3, 1, 2), prices=PRICES, first="low")) == [6, 10, 8]


def test_one_unit_alone_is_first_and_nobody_is_nobody() -> None:
    assert points(place_points.function(n(3), prices=PRICES)) == [10]
    assert points(place_points.function(n(), prices=PRICES)) == []


def test_units_that_tie_share_the_mean_of_their_places_or_the_worse_of_them() -> None:
    values = n(50, 90, 70, 90, 10)
    assert points(place_points.function(values, prices=PRICES, ties="mean")) == [0, 9, 6, 9, 0]
    assert points(place_points.function(values, prices=PRICES, ties="worse")) == [0, 8, 6, 8, 0]
    assert points(place_points.function(n(1, 1, 1, 1), prices=PRICES, ties="mean", beyond=column(2))) == [6.5] * 4
    assert points(place_points.function(n(1, 1, 1, 1), prices=PRICES, ties="worse", beyond=column(2))) == [2] * 4


@given(GROUPS, ENDS, st.sampled_from(["better", "mean", "worse"]))
def test_it_is_what_counting_gives(values: list[Fraction], first: str, ties: str) -> None:
    table = [10, 8, 6] + [1] * len(values)
    wanted = []
    for value in values:
        better, tied = before(values, value, first), values.count(value)
        held = table[better : better + tied]
        wanted.append(held[0] if ties == "better" else held[-1] if ties == "worse" else Fraction(sum(held), tied))
    assert listed(place_points.function(n(*values), prices=PRICES, beyond=column(1), first=first, ties=ties)) == wanted


def test_where_all_tie_the_points_of_all_places_are_shared_out() -> None:
    """The sum of the points given is that of the places held."""
    found = listed(place_points.function(n(5, 5, 3), prices=PRICES, ties="mean"))
    assert sum(found) == 24
