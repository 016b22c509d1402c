"""Room for results is found before anything is widened, and machine words are left only where they must be."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from scorekit.domain.exact import LIMIT, Exact
from scorekit.domain.room import share_den


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


def test_small_numbers_are_kept_in_32_bits_and_leave_them_in_time() -> None:
    small = Exact.of([30_000, -30_000])
    assert small.num.dtype == np.int32
    product = small * small
    assert (product.num.dtype, product.fractions()) == (np.int32, [9 * 10**8] * 2)
    assert (product * product).fractions() == [81 * 10**16] * 2
