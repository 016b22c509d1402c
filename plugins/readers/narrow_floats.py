"""Floats of 32 bits as the decimals that they show: 0.1 is 0.1, not the 0.10000000149 that a wider float would make of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

_SAMPLE = 256
_FEW, _SHORT = 6, 10**6
"""Decimals of so few digits are told apart by 32 bits, so that the one a float comes from is its shortest."""
_LEAST, _MOST = 1e-4, 2.0**23
"""Between them a scaled float of 32 bits fits a double exactly up to 12 decimals."""
_DEEPEST, _BLOCK, _RARE = 12, 8192, 8
"""The most decimals; rows that are looked at together; one row of so many is worth being looked at by itself."""
Doubles = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int32]


def few_digits(narrow: npt.NDArray[Any]) -> tuple[Integers, int] | None:
    """Numerators over one power of ten (its exponent) whose quotients are the decimals that *narrow* shows.

    None where six digits do not hold them. Everything is done in 32 bits: a numerator of six digits and the power are whole
    in them, and the quotient is the float next to the decimal. A zero below zero, as rounding leaves it, is 0.
    """
    if narrow.dtype != np.float32:
        return None
    with np.errstate(invalid="ignore", over="ignore"):
        decimals = next((d for d in range(_FEW + 1) if _numerators(narrow[:_SAMPLE], d) is not None), _FEW + 1)
        for more in range(decimals, _FEW + 1):
            found = _numerators(narrow, more)
            if found is not None:
                return found, more
    return None


def _numerators(narrow: npt.NDArray[np.float32], decimals: int) -> Integers | None:
    power = np.float32(10**decimals)
    scaled = np.rint(narrow * power)
    if not (scaled / power == narrow).all() or (len(scaled) and not max(scaled.max(), -scaled.min()) < _SHORT):
        return None
    found: Integers = scaled.astype(np.int32)
    return found


def widened(narrow: npt.NDArray[Any]) -> Doubles:
    """The doubles next to the shortest decimals that are *narrow*; equal to a walk through texts, without texts."""
    if narrow.dtype != np.float32:
        return _by_text(narrow)
    found = np.empty(len(narrow), dtype=np.float64)
    for start in range(0, len(narrow), _BLOCK):  # what is looked at together stays near the processor
        own = slice(start, start + _BLOCK)
        found[own] = _block(narrow[own])
    return found


def _block(narrow: npt.NDArray[Any]) -> Doubles:
    wide = narrow.astype(np.float64)
    size = np.abs(wide)
    with np.errstate(invalid="ignore"):
        near = ((size >= _LEAST) & (size < _MOST)) | (size == 0)
    if near.all():
        return _shortest(narrow, wide)
    found = np.empty_like(wide)
    rows, rest = np.flatnonzero(near), np.flatnonzero(~near)
    found[rows] = _shortest(narrow[rows], wide[rows])
    found[rest] = _by_text(narrow[rest])
    return found


def _shortest(narrow: npt.NDArray[Any], wide: Doubles) -> Doubles:
    """Rounded to as few decimals as still give the same narrow float, row by row.

    The first try has as few decimals as two of them are surely two floats: where such a decimal gives the float back, it is
    the only one that does, and with it the shortest, its zeros left out. Further tries have one more each.
    """
    apart = 2.0 ** (np.frexp(float(np.max(np.abs(wide), initial=0)))[1] - 24)
    decimals = next(d for d in range(_DEEPEST, -1, -1) if 10.0**-d > apart)
    found = _at(wide, decimals)
    same = found.astype(np.float32) == narrow
    while decimals < _DEEPEST and np.count_nonzero(same) * _RARE < (_RARE - 1) * len(same):
        decimals += 1
        bits = found.view(np.int64)  # a choice row by row that no processor has to foretell
        bits ^= (bits ^ _at(wide, decimals).view(np.int64)) & (same.astype(np.int64) - 1)
        same = found.astype(np.float32) == narrow
    rows = np.flatnonzero(~same)
    while len(rows) and decimals < _DEEPEST:
        decimals += 1
        tried = _at(wide[rows], decimals)
        found[rows] = tried
        rows = rows[tried.astype(np.float32) != narrow[rows]]
    return found


def _at(wide: Doubles, decimals: int) -> Doubles:
    scaled: Doubles = wide * 10.0**decimals
    np.rint(scaled, out=scaled)
    scaled /= 10.0**decimals
    return scaled


def _by_text(narrow: npt.NDArray[Any]) -> Doubles:
    """Each distinct float by way of its text."""
    distinct, places = np.unique(narrow, return_inverse=True)
    return np.asarray(distinct.astype(str).astype(np.float64)[places])
