"""Best: of several items only the k best count."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.aggregators.best import scorekit_aggregators

from tests.plugins.children import NA, children
from tests.plugins.columns import points, whys

BEST, MEAN = scorekit_aggregators()
FOUND = children(([5, NA, NA, 1], 10, 1), ([7, 7, NA, 1], 20, 1), ([6, NA, NA, -3], 5, 1))
ROWS = st.lists(st.lists(st.one_of(st.none(), st.integers(-9, 9)), min_size=3, max_size=3), min_size=2, max_size=5)


def test_the_k_best_are_added_up_and_where_fewer_apply_all_of_them() -> None:
    earned, full = BEST.function(FOUND, k=2)
    assert (points(earned), points(full)) == ([13, 7, None, 2], [30, 20, None, 30])
    assert whys(earned)[2] == "NOT_APPLICABLE"


def test_their_mean_is_over_as_many_as_there_are() -> None:
    earned, full = MEAN.function(FOUND, k=2)
    assert MEAN.name == "best-mean"
    assert (points(earned), points(full)) == ([6.5, 7, None, 1], [15, 20, None, 15])


def test_more_than_there_are_is_all_of_them() -> None:
    assert points(BEST.function(FOUND, k=9)[0]) == [18, 7, None, -1]


@given(ROWS, st.integers(1, 6))
def test_it_is_what_plain_sorting_gives(rows, k) -> None:
    found = children(*((row, 10, 1) for row in rows))
    for unit in range(3):
        there = sorted((row[unit] for row in rows if row[unit] is not None), reverse=True)[:k]
        assert BEST.function(found, k=k)[0].spread(3).listed()[unit] == (sum(there) if there else None)
        assert MEAN.function(found, k=k)[0].spread(3).listed()[unit] == (Fraction(sum(there), len(there)) if there else None)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=5), st.integers(1, 4))
def test_one_more_counted_never_lowers_it_and_a_better_item_neither(values, k) -> None:
    def figure(items: list[int], most: int) -> Fraction:
        return BEST.function(children(*(([v], 10, 1) for v in items)), k=most)[0].listed()[0]  # type: ignore[return-value]

    assert figure(values, k) <= figure(values, k + 1)
    assert figure(values, k) <= figure([values[0] + 1, *values[1:]], k)
