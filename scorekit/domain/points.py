"""The one rounding function: what a stage rounds is the figure for all that follows."""

from __future__ import annotations

from typing import Any

import numpy as np

MODES = ("half-up", "half-even", "toward-zero", "away-from-zero", "floor", "ceiling")
SURE = 2**53
"""Below it the floor of a float quotient is that of the exact one: too far under a whole number to be rounded up to it."""


def floored(num: Any, den: Any, room: int = SURE) -> Any:
    """Whole numbers not above ``num / den``; *room* bounds ``|num| + den`` from above where it is known.

    *num* is an integer array, *den* a positive integer or an array of them. By an array, floats divide three times as fast.
    """
    if room < SURE and isinstance(den, np.ndarray) and num.dtype != object:
        quotient = num / den
        np.floor(quotient, out=quotient)
        return quotient.astype(num.dtype)
    return num // den


def rounded(num: Any, den: Any, mode: str, room: int = SURE) -> Any:
    """Whole numbers nearest to ``num / den`` by *mode*; arguments as for ``floored``.

    half-up goes by magnitude (−2.5 → −3, 四舍五入); floor and ceiling go by value.
    """
    if mode == "floor":
        return floored(num, den, room)
    if mode == "ceiling":
        return -floored(-num, den, room)
    if mode == "half-up" and isinstance(den, np.ndarray) and room < SURE // 4 and num.dtype != object:
        return _half_up(num, den)
    below = num < 0
    if not below.any():
        return _by_magnitude(num, den, mode, room)
    whole = _by_magnitude(np.abs(num), den, mode, room)
    return whole - 2 * (whole * below)


def _by_magnitude(size: Any, den: Any, mode: str, room: int) -> Any:
    """The rounding of magnitudes."""
    if mode == "toward-zero":
        return floored(size, den, room)
    if mode == "away-from-zero":
        return -floored(-size, den, room)
    if mode == "half-up" and isinstance(den, int) and den % 2 == 0:
        return floored(size + den // 2, den, room)
    doubled = 2 * size + den
    whole = floored(doubled, 2 * den, 3 * room)
    if mode == "half-even":
        tie = doubled == 2 * den * whole
        whole = whole - (tie & (whole % 2 == 1))
    return whole


def _half_up(num: Any, den: Any) -> Any:
    """By floats: a quotient that is no tie lies further from it than both roundings can shift it, and a tie is exact.

    What stands behind the point is cut off as floats become integers.
    """
    quotient = num / den
    quotient += 0.5 if num.min(initial=0) == 0 else np.copysign(0.5, quotient)
    return quotient.astype(num.dtype)
