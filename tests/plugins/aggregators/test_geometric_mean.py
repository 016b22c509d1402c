"""Geometric mean: the root of the product of powers, at 10 decimals."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.aggregators.geometric_mean import scorekit_aggregators

from tests.plugins.children import NA, children, combined
from tests.plugins.columns import n, whys

(MEAN,) = scorekit_aggregators()


def test_the_root_of_the_product() -> None:
    assert combined(MEAN, children(([2, 80, 0], 100, 1), ([8, 80, 90], 100, 1))) == ([4, 80, 0], [100, 100, 100])


def test_it_is_taken_once_at_ten_decimals_the_same_on_every_machine() -> None:
    assert combined(MEAN, children(([2], 10, 1), ([3], 10, 1)))[0] == [2.4494897428]
    assert combined(MEAN, children(([80], 100, Fraction(15, 100)), ([90], 100, Fraction(85, 100))))[0] == [88.4238929162]


def test_weights_are_powers() -> None:
    assert combined(MEAN, children(([2], 10, 3), ([32], 10, 1)))[0] == [4]


def test_what_does_not_apply_has_no_power() -> None:
    found = children(([2, NA, NA], 10, 1), ([8, 8, NA], 10, n(1, 2, 2)))
    assert combined(MEAN, found) == ([4, 8, None], [10, 10, None])
    assert whys(MEAN.function(found)[0])[2] == "NOT_APPLICABLE"


def test_there_is_no_mean_of_figures_below_nought_nor_without_weights() -> None:
    assert whys(MEAN.function(children(([-2, 2], 10, 1), ([8, 8], 10, 1)))[0]) == ["OUT_OF_DOMAIN", "PRESENT"]
    assert whys(MEAN.function(children(([2], 10, 0)))[0]) == ["DIVIDED_BY_ZERO"]


@given(st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_it_lies_between_the_least_and_the_greatest(values) -> None:
    (mean,) = MEAN.function(children(*(([v], 100, 1) for v in values)))[0].listed()
    assert isinstance(mean, Fraction)
    assert min(values) <= mean <= max(values)
    product = 1
    for value in values:
        product *= value
    assert float(mean) == pytest.approx(product ** (1 / len(values)))
