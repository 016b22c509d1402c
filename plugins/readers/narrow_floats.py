"""Floats of 32 bits as the decimals that they show: 0.1 is 0.1, not the 0.10000000149 that a wider float would make of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

_LEAST, _MOST = 1e-4, 2.0**23
"""Between them a scaled float of 32 bits fits a double exactly up to 12 decimals."""
_USUAL, _DEEPEST = 7, 12
Doubles = npt.NDArray[np.float64]


def widened(narrow: npt.NDArray[Any]) -> Doubles:
    """The doubles next to the shortest decimals that are *narrow*; equal to a walk through texts, without texts."""
    wide = narrow.astype(np.float64)
    if narrow.dtype != np.float32:
        return _by_text(narrow)
    if _eighths(wide):
        return wide
    found = np.empty_like(wide)
    with np.errstate(invalid="ignore"):
        near = ((np.abs(wide) >= _LEAST) & (np.abs(wide) < _MOST)) | (wide == 0)
    if near.all():
        return _shortest(narrow, wide)
    rows, rest = np.flatnonzero(near), np.flatnonzero(~near)
    found[rows] = _shortest(narrow[rows], wide[rows])
    found[rest] = _by_text(narrow[rest])
    return found


def _eighths(wide: Doubles) -> bool:
    """Whether all are whole eighths of at most six digits, which are their own shortest decimals."""
    for some in (wide[:256], wide):
        scaled = some * 1000
        if not ((np.rint(scaled) == scaled) & (np.abs(scaled) < 10**6)).all():
            return False
    return True


def _shortest(narrow: npt.NDArray[Any], wide: Doubles) -> Doubles:
    """Rounded to as few decimals as still give the same narrow float, row by row."""
    found = _at(wide, _USUAL)
    same = found.astype(np.float32) == narrow
    _tried(narrow, wide, found, np.flatnonzero(same), range(_USUAL - 1, -1, -1), True)
    _tried(narrow, wide, found, np.flatnonzero(~same), range(_USUAL + 1, _DEEPEST + 1), False)
    return found


def _tried(narrow: npt.NDArray[Any], wide: Doubles, found: Doubles, rows: Any, decimals: range, while_same: bool) -> None:
    """Put into *found* what each number of decimals gives, for as long as it is the same float (or until it is)."""
    for places in decimals:
        if not len(rows):
            return
        tried = _at(wide[rows], places)
        same = tried.astype(np.float32) == narrow[rows]
        found[rows[same]] = tried[same]
        rows = rows[same == while_same]


def _at(wide: Doubles, decimals: int) -> Doubles:
    return np.asarray(np.rint(wide * 10.0**decimals) / 10.0**decimals)


def _by_text(narrow: npt.NDArray[Any]) -> Doubles:
    """Each distinct float by way of its text."""
    distinct, places = np.unique(narrow, return_inverse=True)
    return np.asarray(distinct.astype(str).astype(np.float64)[places])
