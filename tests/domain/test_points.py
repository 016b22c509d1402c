"""The one rounding function rounds by magnitude or by value as its mode says, with floats only where they are sure."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.points import MODES, SURE, floored, rounded

DECIMAL_MODES = dict(zip(MODES, (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_UP, ROUND_FLOOR, ROUND_CEILING), strict=True))


@given(st.lists(st.integers(-5000, 5000), min_size=1, max_size=8), st.sampled_from([1, 2, 4, 5, 8, 10, 100, 1000]), st.sampled_from(MODES))
def test_every_mode_agrees_with_decimal(nums, den, mode) -> None:
    wanted = [int((Decimal(n) / den).quantize(Decimal(1), rounding=DECIMAL_MODES[mode])) for n in nums]
    for below in (den, np.full(len(nums), den)):
        for room in (SURE, 10_000):
            assert rounded(np.array(nums), below, mode, room).tolist() == wanted
    assert rounded(np.array(nums, dtype=object), den, mode).tolist() == wanted


@pytest.mark.parametrize(("num", "wanted"), [(-25, -3), (25, 3), (-24, -2), (-15, -2), (5, 1), (4, 0)])
def test_half_up_goes_by_magnitude(num, wanted) -> None:
    assert rounded(np.array([num]), 10, "half-up").tolist() == [wanted]


@given(st.lists(st.tuples(st.integers(-(2**52), 2**52), st.integers(1, 2**52 - 1)), min_size=1))
def test_floats_floor_exactly_up_to_their_limit(pairs) -> None:
    num, den = np.array([n for n, _ in pairs]), np.array([d for _, d in pairs])
    room = int(np.abs(num).max() + den.max())
    assert floored(num, den, room).tolist() == [n // d for n, d in pairs]


@given(st.integers(1, 2**26), st.integers(1, 2**26), st.sampled_from([-1, 0, 1]))
def test_floats_floor_exactly_right_beside_a_whole_number(whole, den, off) -> None:
    num = whole * den + off
    assert floored(np.array([num]), np.array([den]), min(num + den, SURE - 1)).tolist() == [num // den]


@given(st.integers(0, 2**24), st.integers(1, 2**24), st.sampled_from([-1, 0, 1]), st.booleans())
def test_floats_round_half_up_exactly_right_beside_a_tie(whole, den, off, below) -> None:
    """The tie after *whole* over twice the denominator, and what lies nearest on either side of it."""
    num = (2 * whole + 1) * den + off
    room = num + 2 * den
    assert room < SURE // 4
    sign = -1 if below else 1
    found = rounded(np.array([sign * num, 0]), np.array([2 * den, 1]), "half-up", room)
    assert found.tolist() == [sign * (whole + (off >= 0)), 0]


def test_beyond_the_limit_of_floats_whole_numbers_divide() -> None:
    num, den = 2**62 - 1, 2**31
    assert floored(np.array([num]), np.array([den]), num + den).tolist() == [num // den]
    assert floored(np.array([10**30], dtype=object), np.array([7], dtype=object), 100).tolist() == [10**30 // 7]
