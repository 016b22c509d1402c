"""To best: points in proportion to the best of a group."""

from __future__ import annotations

import pytest
from scorekit_plugins.rules.to_best import to_best

from scorekit.plugin import column
from tests.plugins.columns import n, points, whys


def test_the_best_has_all_points_and_the_others_their_share() -> None:
    assert points(to_best.function(n(40, 80, 20), points=column(10))) == [5, 10, 2.5]
    assert points(to_best.function(n(40, 80, 20), points=column(10), first="low")) == [5, 2.5, 10]


@pytest.mark.parametrize("first", ["high", "low"])
def test_there_is_no_proportion_to_nought(first) -> None:
    values = n(0, 0, -1) if first == "high" else n(0, 5, 9)
    assert whys(to_best.function(values, points=column(10), first=first)) == ["DIVIDED_BY_ZERO"] * 3


def test_there_is_no_proportion_to_a_best_below_nought_and_none_below_nought_to_a_good_one() -> None:
    assert whys(to_best.function(n(-5, -2), points=column(10))) == ["OUT_OF_DOMAIN"] * 2
    assert points(to_best.function(n(-5, 10), points=column(10))) == [0, 10]
