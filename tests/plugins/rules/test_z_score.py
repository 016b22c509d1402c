"""Z-score: points by standard deviations from the mean of a group."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from scorekit_plugins.rules.z_score import z_score

from scorekit.plugin import column
from tests.plugins.cohort import GROUPS, listed, mean
from tests.plugins.columns import n, points

STEPS = {"at_mean": column(75), "per_deviation": column(10)}


def test_the_mean_has_its_points_and_each_deviation_its_own() -> None:
    assert points(z_score.function(n(1, 1, 3, 3), **STEPS)) == [65, 65, 85, 85]
    assert points(z_score.function(n(1, 1, 3, 3), **STEPS, first="low")) == [85, 85, 65, 65]


def test_the_sample_deviation_divides_by_one_less() -> None:
    assert points(z_score.function(n(1, 3), **STEPS)) == [65, 85]
    found = listed(z_score.function(n(1, 3), **STEPS, sample=True))
    assert [round(float(v), 4) for v in found] == [67.9289, 82.0711]


def test_where_nothing_varies_all_are_at_the_mean() -> None:
    assert points(z_score.function(n(4, 4), **STEPS)) == [75, 75]
    assert points(z_score.function(n(4), **STEPS)) == [75]
    assert points(z_score.function(n(), **STEPS)) == []


@given(GROUPS)
def test_points_lie_around_the_mean_as_the_values_do(values: list[Fraction]) -> None:
    """Their mean is that of the mean; two units differ in points just as they differ in values, in one proportion."""
    found = listed(z_score.function(n(*values), **STEPS))
    assert mean(found) == 75
    middle = mean(values)
    for value, got in zip(values, found, strict=True):
        assert (got > 75, got < 75) == (value > middle, value < middle)
        assert (got - 75) * (values[0] - middle) == (found[0] - 75) * (value - middle)
