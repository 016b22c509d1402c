"""Groups of units: all that are alike in some columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column
from scorekit.domain.marks import Records
from scorekit.domain.ordering import codes

Codes = npt.NDArray[np.int64]
NOWHERE = -1
"""The group of a unit of which nobody knows where it belongs."""


def grouped(keys: Sequence[Column], size: int) -> Codes:
    """The group of each of *size* units as a number from 0 on, units alike in all *keys* together; without keys all are one group.

    A unit that lacks a key is in no group (``NOWHERE``).
    """
    found = np.zeros(size, dtype=np.int64)
    known = np.ones(size, dtype=bool)
    for key in keys:
        whole = key.spread(size)
        known &= ~whole.masked
        _, mine = np.unique(codes(whole), return_inverse=True)
        _, found = np.unique(found * (int(mine.max(initial=0)) + 1) + mine, return_inverse=True)
    if not known.all():
        _, found[known] = np.unique(found[known], return_inverse=True)
        found[~known] = NOWHERE
    return found


def gathered(groups: Codes, there: npt.NDArray[np.bool_], count: int) -> tuple[Codes, Records]:
    """The rows of those units that are *there*, group after group in their own order, and where each of *count* groups begins."""
    rows = np.flatnonzero(there & (groups != NOWHERE))
    rows = rows[np.argsort(groups[rows], kind="stable")]
    lengths = np.bincount(groups[rows], minlength=count)
    return rows, Records(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), {})


__all__ = ["NOWHERE", "gathered", "grouped"]
