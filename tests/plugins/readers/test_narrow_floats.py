"""Floats of 32 bits: the decimals that they show, by arithmetic what a walk through their texts gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scorekit_plugins.readers.narrow_floats import few_digits, widened

NARROW = st.floats(width=32)
USUAL = st.one_of(NARROW, st.integers(-(10**7), 10**7).map(lambda n: float(np.float32(n / 1000))), st.integers(0, 80).map(lambda n: n / 8))


def by_text(narrow):
    return narrow.astype(str).astype(np.float64)


def same(found, expected):
    return bool(((found == expected) | (np.isnan(found) & np.isnan(expected))).all())


@given(st.lists(USUAL, max_size=12))
@example([0.5, 1e-5, 0.1, 3e38, -0.3])
@example([8388608.0, 0.1, 0.30000001192092896])
def test_each_float_becomes_the_decimal_that_its_text_shows(values):
    narrow = np.array(values, dtype=np.float32)
    assert same(widened(narrow), by_text(narrow))


@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_thousand_floats_of_each_size_are_those_of_their_texts(seed):
    draw = np.random.default_rng(seed)
    for power in range(-6, 9):
        narrow = (draw.random(7000) * 10.0**power).astype(np.float32)
        assert same(widened(narrow), by_text(narrow))


def test_any_pattern_of_bits_is_taken_as_its_text_says():
    bits = np.random.default_rng(5).integers(0, 2**32, 20_000, dtype=np.uint32).view(np.float32)
    with np.errstate(invalid="ignore"):
        assert same(widened(bits), by_text(bits))


def test_floats_of_16_bits_are_taken_as_their_texts_say():
    narrow = np.array([0.1, 1.5, 0.1, 2048.0], dtype=np.float16)
    assert widened(narrow).tolist() == [0.1, 1.5, 0.1, 2048.0]


SHORT = st.tuples(st.integers(-(10**6), 10**6), st.integers(0, 6)).map(lambda n: float(np.float32(n[0] / 10 ** n[1])))


@given(st.lists(st.one_of(SHORT, NARROW), max_size=12))
@example([-0.0, 1.5])
@example([float("inf"), float("nan")])
@example([0.1, 999_999.0, -0.000001])
def test_few_digits_are_the_numerators_of_what_the_texts_show(values):
    narrow = np.array(values, dtype=np.float32)
    found = few_digits(narrow)
    if found is None:  # nothing is said of these
        return
    num, decimals = found
    assert [int(n) / 10**decimals for n in num] == by_text(narrow).tolist()
    assert num.dtype == np.int32


@given(st.lists(st.integers(1 - 10**6, 10**6 - 1), min_size=1, max_size=12), st.integers(0, 6))
def test_numbers_of_six_digits_are_few_digits(numbers, decimals):
    narrow = np.array([n / 10**decimals for n in numbers], dtype=np.float32)
    num, found = few_digits(narrow)
    assert [int(n) * 10 ** (decimals - found) for n in num] == numbers


def test_halves_and_tenths_of_a_long_column_are_few_digits_whatever_stands_far_down():
    assert few_digits(np.arange(1000, dtype=np.float32) / 2)[1] == 1
    late = np.full(1000, 0.5, dtype=np.float32)
    late[900] = 0.125
    num, decimals = few_digits(late)
    assert (decimals, num[0], num[900]) == (3, 500, 125)
    late[901] = 1 / 3
    assert few_digits(late) is None
    assert few_digits(late.astype(np.float16)) is None


def test_a_zero_below_zero_as_rounding_leaves_it_is_zero_and_costs_no_column_its_short_way():
    assert np.rint(np.float32(-0.2)).tobytes() == np.float32(-0.0).tobytes()
    num, decimals = few_digits(np.array([-0.0, 1.5, -0.5], dtype=np.float32))
    assert (num.tolist(), decimals) == ([0, 15, -5], 1)
