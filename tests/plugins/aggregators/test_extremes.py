"""Minimum and maximum: the worst or the best of what applies counts alone."""

from __future__ import annotations

from scorekit_plugins.aggregators.extremes import scorekit_aggregators

from tests.plugins.children import NA, children, combined

MINIMUM, MAXIMUM = scorekit_aggregators()
FOUND = children(([80, NA, NA, 5], 100, 1), ([90, 90, NA, 7], 50, 1), ([85, 60, NA, 6], 80, 1))


def test_the_lowest_counts() -> None:
    assert combined(MINIMUM, FOUND) == ([80, 60, None, 5], [50, 50, None, 50])


def test_the_highest_counts() -> None:
    assert combined(MAXIMUM, FOUND) == ([90, 90, None, 7], [100, 80, None, 100])


def test_where_all_applies_nothing_is_masked() -> None:
    earned, full = MINIMUM.function(children(([1, 4], 5, 1), ([2, 3], 5, 1)))
    assert (earned.why, full.why) == (None, None)
    assert earned.listed() == [1, 3]
