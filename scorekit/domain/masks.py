"""Why a value is not there: codes of reasons, one a row, 0 where there is a value."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Whys = npt.NDArray[np.uint8]


class Why(IntEnum):
    """Why a value is not there; where several meet, the greatest counts."""

    PRESENT = 0
    NOT_PART = 1
    NOT_APPLICABLE = 2
    MISSING = 3
    DIVIDED_BY_ZERO = 4
    OUT_OF_DOMAIN = 5
    TOO_FEW = 6
    INVALID = 8
    ERROR = 9


def first_of(why: Whys, other: Whys) -> Whys:
    """The one reason where there is one, else the other: reckoned, since a choice row by row takes ten times as long."""
    return np.asarray(why + other * (why == 0).view(np.uint8), dtype=np.uint8)


def beside(why: Whys, size: int) -> Whys:
    """A reason for each of *size* rows; one reason is that of all."""
    return why if len(why) == size else np.broadcast_to(why, (size,))


def missing(listed: Sequence[object]) -> Whys | None:
    """Missing where the list has None; nothing where it has none of them."""
    mask = np.array([v is None for v in listed], dtype=bool)
    return mask.astype(np.uint8) * np.uint8(Why.MISSING) if mask.any() else None


__all__ = ["Why", "Whys", "beside", "first_of", "missing"]
