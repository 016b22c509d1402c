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
    size = np.abs(num)
    if mode == "toward-zero":
        whole = floored(size, den, room)
    elif mode == "away-from-zero":
        whole = -floored(-size, den, room)
    else:
        doubled = 2 * size + den
        whole = floored(doubled, 2 * den, 3 * room)
        if mode == "half-even":
            tie = doubled == 2 * den * whole
            whole = whole - (tie & (whole % 2 == 1))
    below = num < 0
    return np.where(below, -whole, whole) if below.any() else whole
