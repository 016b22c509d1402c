"""Tiers: the highest band that is reached counts."""

from __future__ import annotations

import pytest
from scorekit_plugins.rules.tiers import tiers

from scorekit.plugin import column
from tests.plugins.columns import bands, n, percent, points

RATES = percent(0.49, 0.5, 0.51, 0.8, 0.95, None)


@pytest.mark.parametrize("turn", [1, -1])
def test_the_highest_band_reached_counts_in_whatever_order_they_stand(turn) -> None:
    lines = bands((">=", 0.8, 8), (">", 0.5, 5))[::turn]
    assert points(tiers.function(RATES, bands=lines)) == [0, 0, 5, 8, 8, None]
    assert points(tiers.function(RATES, bands=lines, otherwise=column(3))) == [3, 3, 5, 8, 8, None]


@pytest.mark.parametrize("turn", [1, -1])
def test_above_a_bound_is_higher_than_from_it_on(turn) -> None:
    lines = bands((">", 0.5, 7), (">=", 0.5, 5))[::turn]
    assert points(tiers.function(RATES, bands=lines)) == [0, 5, 7, 7, 7, None]


def test_the_best_band_may_earn_less() -> None:
    assert points(tiers.function(n(0, 1, 5), bands=bands((">=", 0, 5), (">=", 1, 3), (">=", 5, 0)))) == [5, 3, 0]


@pytest.mark.parametrize("turn", [1, -1])
def test_bounds_may_differ_from_unit_to_unit_and_so_may_their_order(turn) -> None:
    lines = bands((">=", n(10, 30, 10, None), 5), (">", n(20, 20, 10, 5), 8), (">=", n(1, 1, 10, 1), 2))[::turn]
    of = n(25, 35, 11, 7)
    assert points(tiers.function(of, bands=lines)) == [8, 5, 8, None]
    assert points(tiers.function(n(0, 0, 10, None), bands=lines, otherwise=column(1)))[:2] == [1, 1]
