"""Weighted: a sum by weights as given, a mean by the weights of what applies."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.aggregators.weighted import scorekit_aggregators

from scorekit.domain.rubric import Rounding
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


def test_each_weighted_part_is_rounded_before_it_is_added_where_the_rubric_says_so() -> None:
    found = replace(children(([85], 100, n(Fraction(1, 3))), ([85], 100, n(Fraction(2, 3)))), rounding=Rounding(0))
    assert combined(WEIGHTED_SUM, found) == ([28 + 57], [100])
    assert combined(WEIGHTED_MEAN, found) == ([28 + 57], [100])
    thirds = replace(children(*(([50], 100, 1) for _ in range(3))), rounding=Rounding(0))
    assert combined(WEIGHTED_MEAN, thirds)[0] == [51]
    assert combined(WEIGHTED_MEAN, replace(thirds, rounding=None))[0] == [50]


ITEMS = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 9)), min_size=1, max_size=5)


@given(ITEMS)
def test_they_are_the_sums_of_plain_fractions(items) -> None:
    found = children(*(([v], 100, w) for v, w in items))
    whole = sum(v * w for v, w in items)
    assert WEIGHTED_SUM.function(found)[0].listed() == [whole]
    assert WEIGHTED_MEAN.function(found)[0].listed() == [Fraction(whole, sum(w for _, w in items))]


@given(ITEMS)
def test_a_better_item_never_lowers_them(items) -> None:
    better = [(items[0][0] + 1, items[0][1]), *items[1:]]
    for way in (WEIGHTED_SUM, WEIGHTED_MEAN):
        before, after = (way.function(children(*(([v], 100, w) for v, w in i)))[0].listed()[0] for i in (items, better))
        assert before < after  # type: ignore[operator]
