"""Sums and medians of the marks of many units at once, the ends dropped: tables of whole numbers, raters × units.

``present`` is None where every mark is there; ``count`` says how many marks each unit has. Of equal marks only as many
are dropped as is said. Where nothing is left, the figure is 0 and is to be masked by the caller.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Marks = npt.NDArray[Any]
Presence = npt.NDArray[np.bool_] | None


def kept_sum(marks: Marks, present: Presence, count: npt.NDArray[Any], low: int, high: int) -> Marks:
    """Each unit's sum without the *low* lowest and *high* highest."""
    ends = np.iinfo(marks.dtype)
    if max(low, high) > 1:
        ordered, place = _ordered(marks, present), np.arange(len(marks))[:, None]
        return np.asarray((ordered * ((place >= low) & (place < count - high))).sum(axis=0, dtype=marks.dtype))
    total = np.asarray(_filled(marks, present, 0).sum(axis=0, dtype=marks.dtype))
    total = total - _filled(marks, present, ends.max).min(axis=0) if low else total
    total = total - _filled(marks, present, ends.min).max(axis=0) if high else total
    return total if present is None else np.asarray(total * (count > low + high))


def kept_median_twice(marks: Marks, present: Presence, count: npt.NDArray[Any], low: int, high: int) -> Marks:
    """Twice each unit's median without the *low* lowest and *high* highest: the sum of the two in the middle."""
    left, ordered = np.maximum(count - low - high, 1), _ordered(marks, present)
    middle = [np.minimum(low + place, len(marks) - 1)[None] for place in ((left - 1) // 2, left // 2)]
    first, second = (np.take_along_axis(ordered, np.broadcast_to(m, (1, ordered.shape[1])), axis=0)[0] for m in middle)
    enough = count > low + high
    return np.asarray(np.where(enough, first, 0) + np.where(enough, second, 0), dtype=marks.dtype)


def kept_places(marks: Marks, present: npt.NDArray[np.bool_], low: int, high: int) -> npt.NDArray[np.bool_]:
    """raters × units: which *marks* are left; those that are not there must be greater than all others."""
    place = np.argsort(np.argsort(marks, axis=0, kind="stable"), axis=0, kind="stable")
    return np.asarray(present & (place >= low) & (place < present.sum(axis=0) - high))


def _ordered(marks: Marks, present: Presence) -> Marks:
    """Each unit's marks from the lowest on; those that are not there come last."""
    return np.sort(_filled(marks, present, np.iinfo(marks.dtype).max), axis=0)


def _filled(marks: Marks, present: Presence, blank: int) -> Marks:
    return marks if present is None else np.where(present, marks, marks.dtype.type(blank))
