"""Many columns are added up as one after the other would be."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from operator import add

from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.exact import LIMIT
from scorekit.domain.summing import summed

FIGURES = st.one_of(
    st.none(),
    st.fractions(-100, 100, max_denominator=60),
    st.integers(-(2**63), 2**63),
    st.fractions(-1, 1, max_denominator=10**12),
)


@given(st.integers(1, 4).flatmap(lambda size: st.lists(st.one_of(st.lists(FIGURES, min_size=size, max_size=size), FIGURES), max_size=6)))
def test_the_sum_is_that_of_one_column_after_the_other_and_masked_where_one_of_them_is(given_) -> None:
    parts = [Column.numbers(part) if isinstance(part, list) else Column.of(part) for part in given_]
    before = [part.listed() for part in parts]
    found, wanted = summed(parts), reduce(add, parts, Column.of(0))
    assert found.listed() == wanted.listed()
    assert found.masked.tolist() == wanted.masked.tolist()
    assert [part.listed() for part in parts] == before


def test_of_nothing_the_sum_is_0_and_of_constants_a_constant() -> None:
    assert summed([]).listed() == [0]
    assert summed([Column.of(0), Column.of(Fraction(1, 3)), Column.of(Fraction(1, 6))]).listed() == [Fraction(1, 2)]


def test_the_graver_of_two_reasons_counts() -> None:
    parts = [Column.of(1).spread(2).masked_where(Column.truths([True, True]), why) for why in (Why.MISSING, Why.INVALID)]
    found = summed(parts)
    assert found.why is not None
    assert found.why.tolist() == [Why.INVALID] * 2


def test_a_sum_that_machine_words_do_not_hold_is_exact_all_the_same() -> None:
    parts = [Column.numbers([LIMIT, -LIMIT])] * 5
    assert summed(parts).listed() == [5 * LIMIT, -5 * LIMIT]
