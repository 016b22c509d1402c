"""Order and ranks: codes that sort as the values do, shared ranks 1, 2, 2, 4, places and the best, told apart exactly."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column
from scorekit.domain.ordering import best_of, codes, distinct, in_turn, placed, shared_ranks, standing_before

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


# -------------------------------------------------------------------- codes


def ratios(pairs: list[tuple[int, int]]) -> Column:
    """Numbers over denominators of their own."""
    return Column.numbers([n for n, _ in pairs]) / Column.numbers([d for _, d in pairs])


@given(st.lists(maybe, max_size=10), st.booleans(), st.booleans())
def test_codes_sort_as_the_values_do_equal_values_share_one_and_blanks_come_last(values: list[Any], high: bool, uneven: bool) -> None:
    column = Column.numbers(values)
    if uneven:
        column = column * Column.numbers(range(1, len(values) + 1)) / Column.numbers(range(1, len(values) + 1))
    found = codes(column, high).tolist()
    for a, x in zip(values, found, strict=True):
        for b, y in zip(values, found, strict=True):
            if a is None:
                assert b is None or y < x
            elif b is not None:
                assert (x < y, x == y) == ((a > b if high else a < b), a == b)


def test_pairs_of_machine_words_that_floats_cannot_tell_apart_have_codes_of_their_own() -> None:
    pairs = [(10**9, 2 * 10**9 + 1), (10**9 - 1, 2 * 10**9 - 1), (2 * 10**9, 4 * 10**9 + 2)]
    assert len({float(Fraction(*p)) for p in pairs}) == 1
    found = codes(ratios(pairs)).tolist()
    assert found[0] == found[2] < found[1]


def test_numbers_beyond_every_float_are_ordered() -> None:
    assert np.argsort(codes(Column.numbers([10**400, 10**401, Fraction(1, 10**400)]))).tolist() == [1, 0, 2]


@pytest.mark.parametrize(
    ("column", "high", "order"),
    [
        (Column.texts(["乙", "甲", "丙"]), False, [2, 0, 1]),
        (Column.truths([False, True, None]), True, [1, 0, 2]),
        (Column.dates([date(2026, 3, 1), date(2026, 1, 1), None]), False, [1, 0, 2]),
    ],
)
def test_texts_truths_and_dates_have_an_order(column: Column, high: bool, order: list[int]) -> None:
    assert np.argsort(codes(column, high), kind="stable").tolist() == order


@pytest.mark.parametrize("column", [Column.numbers([]), Column.texts([]), ratios([]), Column.truths([])])
def test_nobody_has_no_codes(column: Column) -> None:
    assert len(codes(column)) == 0


# -------------------------------------------------------------------- ranks


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 3)), max_size=12),
    st.sampled_from([1, 2**20, 2**29, 2**40, 2**61]),
)
def test_equal_keys_share_the_better_place_and_the_next_is_skipped(rows: list[tuple[int, int, int]], stretch: int) -> None:
    """Counted, sorted together with their rows, as one number or as several keys: one more than how many of the group stand before."""
    groups, first, second = (np.array([r[i] for r in rows], dtype=np.int64) for i in range(3))
    found = shared_ranks(groups, [first * stretch, second * stretch])
    assert found.tolist() == [1 + sum(g == h and (b, c) < (y, z) for h, b, c in rows) for g, y, z in rows]


@given(st.lists(st.integers(-(2**62), 2**62), max_size=9), st.integers(0, 61))
def test_as_many_stand_before_a_row_as_have_a_lesser_key_however_far_the_keys_lie_apart(values: list[int], shift: int) -> None:
    keys = np.array([v >> shift for v in values], dtype=np.int64)
    assert standing_before([keys]).tolist() == [sum(other < mine for other in keys.tolist()) for mine in keys.tolist()]


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 2), st.integers(0, 1)), min_size=1, max_size=9))
def test_rows_come_in_the_order_of_their_keys_in_turn_and_where_each_changes_is_known(rows: list[tuple[int, int, int]]) -> None:
    found = in_turn([np.array([r[i] for r in rows], dtype=np.int64) for i in range(3)])
    assert found is not None
    order, changes = found
    ordered = [rows[i] for i in order.tolist()]
    assert ordered == sorted(rows)
    for place, change in enumerate(changes, 1):
        assert change.tolist() == [a[:place] != b[:place] for a, b in pairwise(ordered)]


@pytest.mark.parametrize("keys", [[[0, 2**62]], [[0, 2**30], [0, 2**30], [0, 1]], [[]]])
def test_keys_that_62_bits_do_not_hold_and_nobody_are_not_put_in_order_at_once(keys: list[list[int]]) -> None:
    assert in_turn([np.array(k, dtype=np.int64) for k in keys]) is None


def test_a_blank_lies_no_further_off_than_need_be() -> None:
    assert codes(Column.numbers([3, None, 1]), high_first=False).tolist() == [3, 4, 1]


def test_ranks_are_1_2_2_4() -> None:
    assert shared_ranks(np.zeros(4, dtype=np.int64), [codes(Column.numbers([80, 90, 70, 80]))]).tolist() == [2, 1, 4, 2]


# -------------------------------------------------------------------- different numbers


@given(st.lists(st.integers(-9, 9) | st.integers(-(2**62), 2**62), max_size=12), st.sampled_from([np.int64, object]))
def test_different_numbers_are_found_as_by_sorting_them(numbers: list[int], kind: type) -> None:
    found, back = distinct(np.array(numbers, dtype=kind))
    assert found.tolist() == sorted(set(numbers))
    assert found[back].tolist() == numbers


@pytest.mark.parametrize("kind", [np.int8, np.int32, np.uint8])
def test_different_numbers_keep_their_kind(kind: type) -> None:
    found, back = distinct(np.array([100, 7, 100], dtype=kind))
    assert (found.tolist(), found.dtype, back.tolist()) == ([7, 100], kind, [1, 0, 1])
