"""Place points: a price for each place among the units of a group."""

from __future__ import annotations

from scorekit_plugins.rules.place_points import place_points

from scorekit.plugin import column
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
