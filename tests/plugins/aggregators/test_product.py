"""Product: factors multiplied, each raised to its weight."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.aggregators.product import scorekit_aggregators

from tests.plugins.children import NA, children, combined
from tests.plugins.columns import whys

(PRODUCT,) = scorekit_aggregators()


def test_factors_are_multiplied() -> None:
    assert combined(PRODUCT, children(([2, 0], 5, 1), ([0.5, 3], 1, 1))) == ([1, 0], [5, 5])


def test_weights_are_powers_and_other_than_whole_ones_are_taken_at_ten_decimals() -> None:
    assert combined(PRODUCT, children(([3], 3, 2), ([4], 4, Fraction(1, 2)))) == ([18], [18])
    ((root,), _) = combined(PRODUCT, children(([2], 2, Fraction(1, 2))))
    assert root == 1.4142135624


def test_what_does_not_apply_is_no_factor() -> None:
    found = children(([2, NA, NA], 5, 1), ([3, 3, NA], 4, 1))
    assert combined(PRODUCT, found) == ([6, 3, None], [20, 4, None])


def test_nought_has_no_power_below_nought_and_a_root_none_below_nought() -> None:
    assert whys(PRODUCT.function(children(([0], 5, -1)))[0]) == ["DIVIDED_BY_ZERO"]
    assert whys(PRODUCT.function(children(([-2], 5, Fraction(1, 2))))[0]) == ["OUT_OF_DOMAIN"]
    assert combined(PRODUCT, children(([-2], 5, 3)))[0] == [-8]


@given(st.lists(st.tuples(st.fractions(0, 3, max_denominator=100), st.integers(0, 3)), min_size=1, max_size=4))
def test_it_is_the_product_of_plain_fractions(items) -> None:
    (found,) = PRODUCT.function(children(*(([v], 1, w) for v, w in items)))[0].listed()
    assert found == prod((v**w for v, w in items), start=Fraction(1))
