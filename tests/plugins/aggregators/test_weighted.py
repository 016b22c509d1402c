"""Weighted: a sum by weights as given, a mean by the weights of what applies."""

from __future__ import annotations

from scorekit_plugins.aggregators.weighted import scorekit_aggregators

from tests.plugins.children import NA, children, combined
from tests.plugins.columns import n, whys

WEIGHTED_SUM, WEIGHTED_MEAN = scorekit_aggregators()


def test_weights_are_given_by_name() -> None:
    assert (WEIGHTED_SUM.name, WEIGHTED_MEAN.name) == ("weighted-sum", "weighted-mean")


def test_a_weighted_sum_takes_the_weights_as_given() -> None:
    assert combined(WEIGHTED_SUM, children(([80, NA], 100, 0.4), ([90, 90], 100, 0.6))) == ([86, 54], [100, 60])


def test_a_weighted_mean_takes_the_weights_of_what_applies() -> None:
    found = children(([80, NA, NA], 100, 2), ([90, 90, NA], 100, 3))
    assert combined(WEIGHTED_MEAN, found) == ([86, 90, None], [100, 100, None])
    assert whys(WEIGHTED_MEAN.function(found)[0])[2] == "NOT_APPLICABLE"


def test_weights_may_differ_from_unit_to_unit_and_one_that_is_unknown_leaves_no_figure() -> None:
    found = children(([80, 80, 80], 100, n(1, 3, None)), ([100, 100, 100], 100, 1))
    assert combined(WEIGHTED_MEAN, found)[0] == [90, 85, None]
    assert combined(WEIGHTED_SUM, found)[0] == [180, 340, None]
    assert whys(WEIGHTED_SUM.function(found)[0])[2] == "MISSING"


def test_no_weight_at_all_gives_no_mean() -> None:
    assert whys(WEIGHTED_MEAN.function(children(([80], 100, 0)))[0]) == ["DIVIDED_BY_ZERO"]
