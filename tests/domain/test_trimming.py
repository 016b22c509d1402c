"""Sums and medians of marks whose ends are dropped are those of the sorted list of each unit."""

from __future__ import annotations

from statistics import median

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.trimming import kept_median_twice, kept_places, kept_sum


@st.composite
def tables(draw):
    raters = draw(st.integers(1, 6))
    row = st.lists(st.one_of(st.none(), st.integers(-9, 9)), min_size=raters, max_size=raters)
    return draw(st.lists(row, min_size=1, max_size=4))


def arrays(rows):
    marks = np.array([[0 if m is None else m for m in row] for row in rows], dtype=np.int64).T
    present = np.array([[m is not None for m in row] for row in rows], dtype=bool).T
    return marks, present, present.sum(axis=0)


def left(row, low, high):
    marks = sorted(m for m in row if m is not None)
    return marks[low : len(marks) - high] if len(marks) > low + high else []


@given(tables(), st.integers(0, 3), st.integers(0, 3))
def test_the_sum_is_that_of_what_is_left(rows, low, high) -> None:
    assert kept_sum(*arrays(rows), low, high).tolist() == [sum(left(row, low, high)) for row in rows]


@given(tables(), st.integers(0, 3), st.integers(0, 3))
def test_the_median_is_that_of_what_is_left(rows, low, high) -> None:
    found = kept_median_twice(*arrays(rows), low, high).tolist()
    assert found == [2 * median(left(row, low, high) or [0]) for row in rows]


@given(st.lists(st.lists(st.integers(-9, 9), min_size=4, max_size=4), min_size=1, max_size=3), st.integers(0, 2), st.integers(0, 2))
def test_without_gaps_no_mark_is_looked_for(rows, low, high) -> None:
    marks, _, _ = arrays(rows)
    assert kept_sum(marks, None, np.array([4]), low, high).tolist() == [sum(left(row, low, high)) for row in rows]


@given(tables(), st.integers(0, 3), st.integers(0, 3))
def test_the_places_that_are_kept_hold_what_is_left(rows, low, high) -> None:
    marks, present, _ = arrays(rows)
    kept = kept_places(np.where(present, marks, 99), present, low, high)
    for row, mine in zip(rows, kept.T.tolist(), strict=True):
        assert sorted(m for m, k in zip(row, mine, strict=True) if k) == left(row, low, high)
