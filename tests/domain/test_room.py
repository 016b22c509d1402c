"""Room for results is found before anything is widened, and machine words are left only where they must be."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.exact import LIMIT, Exact
from scorekit.domain.room import NARROW, SHORT, extreme, halved, held, picked, share_den, width_for


def test_bounds_that_are_only_guessed_are_measured_before_anything_is_widened() -> None:
    loose = Exact(np.array([3, -4]), 10, LIMIT, 10)
    result = loose + Exact.of([Fraction(1, 3), Fraction(1, 7)])
    assert not result.wide
    assert result.fractions() == [Fraction(19, 30), Fraction(-9, 35)]


def test_a_common_factor_is_taken_out_before_anything_is_widened() -> None:
    crowded = Exact(np.array([3 * 2**40, 5 * 2**40]), 2**60, 5 * 2**40, 2**60)
    result = crowded * Exact.of([Fraction(1, 3**10), Fraction(2, 3**11)])
    assert not result.wide
    assert result.fractions() == [Fraction(3, 2**20 * 3**10), Fraction(10, 2**20 * 3**11)]


def test_a_common_factor_of_each_row_is_taken_out_likewise() -> None:
    num, den = np.array([2**50, 3**30]), np.array([2**55, 3**33])
    result = Exact(num, den, 2**55, 3**33) * Exact(num, den, 2**55, 3**33)
    assert not result.wide
    assert result.fractions() == [Fraction(1, 2**10), Fraction(1, 3**6)]


def test_numbers_of_an_empty_column_need_no_room() -> None:
    empty = Exact.of([])
    assert (empty + Exact.one(3)).fractions() == []
    loose = Exact(empty.num.astype(np.int64), 2**61, LIMIT, 2**61)
    assert (loose * Exact(empty.num.astype(np.int64), 2**61 - 1, LIMIT, 2**61 - 1)).fractions() == []
    assert empty.minted(2, "half-up").fractions() == []


def test_wide_numbers_come_back_into_machine_words_once_they_are_rounded() -> None:
    wide = Exact.of([Fraction(10**20, 10**19 + 1)])
    assert wide.wide
    assert not wide.minted(2, "half-up").wide
    assert not wide.floor().wide


def test_zero_stands_over_any_denominator_without_touching_it() -> None:
    rates = Exact.of([1, 2]).divided(Exact.of([3, 7]))
    assert (rates + Exact.one(0)).den is rates.den
    assert (Exact.one(0) - rates).fractions() == [Fraction(-1, 3), Fraction(-2, 7)]
    assert share_den(rates, Exact.one(0))
    assert not share_den(rates, Exact.one(Fraction(1, 2)))


def test_the_smallest_numbers_are_kept_in_16_bits_and_leave_them_in_time() -> None:
    small = Exact.of([100, -100])
    assert small.num.dtype == np.int16
    product = small * small
    assert (product.num.dtype, product.fractions()) == (np.int16, [10**4] * 2)
    assert ((product + product).num.dtype, (product + product).fractions()) == (np.int32, [2 * 10**4] * 2)
    assert (product * product).fractions() == [10**8] * 2
    assert (small * Exact.one(10**12)).fractions() == [10**14, -(10**14)]


@pytest.mark.parametrize(("top", "width"), [(SHORT, np.int16), (NARROW, np.int32), (LIMIT, np.int64), (LIMIT + 1, np.object_)])
def test_integers_are_as_narrow_as_the_greatest_of_them_allows(top, width) -> None:
    assert width_for(top) is width
    assert Exact.integers(np.array([top, -top], dtype=width)).num.dtype == width


INTEGERS = st.lists(st.integers(-(2**14), 2**14), min_size=1, max_size=6)


@given(INTEGERS, st.sampled_from([np.int16, np.int32, object]), st.booleans(), st.booleans(), st.data())
def test_the_greater_or_the_lesser_is_found_whichever_side_is_a_constant(values, width, greater, swapped, data) -> None:
    others = data.draw(st.sampled_from([values[:1], list(reversed(values))]))
    a, b = np.array(values, dtype=width), np.array(others, dtype=width)
    found = extreme(b, a, greater) if swapped else extreme(a, b, greater)
    wanted = others * len(values) if len(others) == 1 else others
    assert found.tolist() == [(max if greater else min)(x, y) for x, y in zip(values, wanted, strict=True)]


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 255), st.integers(0, 255)), min_size=1), st.booleans())
def test_codes_are_picked_whichever_of_them_is_the_greater(rows, one) -> None:
    holds, left, right = (np.array([r[i] for r in rows]) for i in range(3))
    mine = np.uint8(left[0]) if one else left.astype(np.uint8)
    found = picked(holds, mine, right.astype(np.uint8))
    assert found.dtype == np.uint8
    assert found.tolist() == [int(left[0] if one else a) if h else int(b) for h, a, b in zip(holds, left, right, strict=True)]


def test_small_numbers_are_kept_in_32_bits_and_leave_them_in_time() -> None:
    small = Exact.of([30_000, -30_000])
    assert small.num.dtype == np.int32
    product = small * small
    assert (product.num.dtype, product.fractions()) == (np.int32, [9 * 10**8] * 2)
    assert (product * product).fractions() == [81 * 10**16] * 2


@given(INTEGERS, st.integers(-100, 100), st.integers(1, 9), st.integers(1, 9))
def test_what_is_surely_within_a_bound_is_within_it(values, most, den, other) -> None:
    column = Exact.of(Fraction(v, den) for v in values)
    bound = Exact.one(Fraction(most, other))
    if column.surely_within(bound):
        assert not bound.less(column).any()
    assert column.surely_within(Exact.one(2**20))


def test_nothing_is_sure_of_a_bound_that_differs_from_unit_to_unit_or_of_denominators_that_do() -> None:
    assert not Exact.of([1, 2]).surely_within(Exact.of([3, 4]))
    assert not Exact.of([1, 2]).divided(Exact.of([3, 7])).surely_within(Exact.one(9))


@given(INTEGERS, st.sampled_from([np.int16, np.int32, np.int64]), st.integers(-(2**14), 2**14), st.integers(0, 9))
def test_numerators_are_held_within_bounds_without_leaving_their_width(values, width, least, room) -> None:
    found = held(np.array(values, dtype=width), least, least + room)
    assert found.dtype == width
    assert found.tolist() == [min(max(v, least), least + room) for v in values]


@given(INTEGERS, st.integers(-(2**40), 2**40), st.integers(1, 2**20), st.booleans())
def test_a_constant_beside_a_column_gives_what_as_many_of_it_would(values, num, den, swapped) -> None:
    column, one = Exact.of(values), Exact.one(Fraction(num, den))
    many = Exact(one.num.repeat(len(values)), one.den, one.peak, one.dpeak)
    for ask in (Exact.__add__, Exact.__sub__, Exact.at_least, Exact.at_most, Exact.less, Exact.less_equal):
        pairs = [(c, column) if swapped else (column, c) for c in (one, many)]
        found, wanted = (ask(*pair) for pair in pairs)
        if isinstance(found, Exact):
            assert (found.fractions(), found.den) == (wanted.fractions(), wanted.den)
        else:
            assert found.tolist() == wanted.tolist()


@given(st.lists(st.tuples(st.fractions(), st.booleans()), min_size=1))
def test_what_is_kept_stays_as_it_is_and_all_else_is_0(rows) -> None:
    column = Exact.of(v for v, _ in rows)
    found = column.kept(np.array([there for _, there in rows]))
    assert found.fractions() == [v if there else 0 for v, there in rows]
    assert found.den is column.den


@pytest.mark.parametrize(("numbers", "width"), [([0, 2**31 - 1], 4), ([0, 2**31], 8), ([-(2**31) - 1], 8), ([], 4)])
def test_rows_and_lines_are_kept_in_32_bits_where_these_hold_them(numbers, width):
    found = halved(np.array(numbers, dtype=np.int64))
    assert (found.tolist(), found.dtype.itemsize) == (numbers, width)
