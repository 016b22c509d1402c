"""Min-max: points by the place between the least and the greatest of a group."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from scorekit_plugins.rules.min_max import min_max

from scorekit.plugin import column
from tests.plugins.cohort import ENDS, GROUPS, listed
from tests.plugins.columns import n, points, whys


def test_the_best_has_all_points_the_worst_none_and_the_others_their_part() -> None:
    assert points(min_max.function(n(30, 20, 5), points=column(10))) == [10, 6, 0]
    assert points(min_max.function(n(30, 20, 5), points=column(10), first="low")) == [0, 4, 10]


def test_where_all_are_alike_there_is_no_place_unless_the_rubric_gives_points() -> None:
    assert whys(min_max.function(n(7, 7), points=column(10))) == ["DIVIDED_BY_ZERO"] * 2
    assert points(min_max.function(n(7, 7), points=column(10), alike=column(8))) == [8, 8]
    assert points(min_max.function(n(7, 8), points=column(10), alike=column(8))) == [0, 10]
    assert points(min_max.function(n(), points=column(10))) == []


@given(GROUPS, ENDS)
def test_it_is_what_plain_fractions_give(values: list[Fraction], first: str) -> None:
    low, high = min(values), max(values)
    wanted = [None if low == high else 10 * ((v - low) if first == "high" else (high - v)) / (high - low) for v in values]
    assert listed(min_max.function(n(*values), points=column(10), first=first)) == wanted
