"""Floats of 32 bits: the decimals that they show, by arithmetic what a walk through their texts gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scorekit_plugins.readers.narrow_floats import widened

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
