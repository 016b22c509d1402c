"""Places and the best of a whole column, told apart exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column
from scorekit.domain.ordering import best_of, placed

maybe = st.one_of(st.none(), st.fractions(-5, 5, max_denominator=6), st.integers(-(2**70), 2**70).map(Fraction))


@given(st.lists(maybe, max_size=8), st.sampled_from(["high", "low"]))
def test_equal_values_share_the_better_place_and_a_blank_takes_none(values, first) -> None:
    there = [v for v in values if v is not None]
    before = [None if v is None else sum(w > v if first == "high" else w < v for w in there) for v in values]
    assert placed(Column.numbers(values), first).listed() == [None if b is None else b + 1 for b in before]


@given(st.lists(maybe, max_size=8))
def test_the_best_is_the_greatest_or_the_least_that_is_there(values) -> None:
    there = [v for v in values if v is not None]
    assert best_of(Column.numbers(values)).listed() == [max(there, default=None)]
    assert best_of(Column.numbers(values), "low").listed() == [min(there, default=None)]


@pytest.mark.parametrize("near", [Fraction(1, 10**10), Fraction(1, 10**18), Fraction(1, 10**40)])
def test_values_too_near_for_floats_are_told_apart(near) -> None:
    of = Column.numbers([1, 1 + near, 1]) / 3
    assert placed(of).listed() == [2, 1, 2]
    assert best_of(of).listed() == [(1 + near) / 3]
