"""To mean: points in proportion to the mean of a group."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from scorekit_plugins.rules.to_mean import to_mean

from scorekit.plugin import column
from tests.plugins.cohort import ENDS, POSITIVE, listed, mean
from tests.plugins.columns import n, points, whys


def test_the_mean_has_the_points_and_the_others_in_proportion() -> None:
    assert points(to_mean.function(n(1, 2, 3), points=column(8))) == [4, 8, 12]
    assert points(to_mean.function(n(2.5, 2, 1.5, 2), points=column(6), first="low")) == [4.8, 6, 8, 6]


def test_there_is_no_proportion_to_nought_or_less() -> None:
    assert whys(to_mean.function(n(-1, 1), points=column(8))) == ["DIVIDED_BY_ZERO"] * 2
    assert whys(to_mean.function(n(-3, 1), points=column(8))) == ["OUT_OF_DOMAIN"] * 2
    assert whys(to_mean.function(n(0, 2), points=column(8), first="low")) == ["DIVIDED_BY_ZERO", "PRESENT"]


@given(POSITIVE, ENDS)
def test_it_is_what_plain_fractions_give(values: list[Fraction], first: str) -> None:
    middle = mean(values)
    wanted = [8 * (v / middle if first == "high" else middle / v) for v in values]
    assert listed(to_mean.function(n(*values), points=column(8), first=first)) == wanted
