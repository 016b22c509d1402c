"""A pandas DataFrame as a table of submissions."""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from scorekit.domain.intake import RawTable
from scorekit.errors import InputError, T

if TYPE_CHECKING:
    import pandas

NAME = "DataFrame"


def from_frame(frame: pandas.DataFrame) -> RawTable:
    """One unit a row, columns by field path, title or alias; numbers, truths and dates stay typed arrays.

    NaN, NA, NaT and None are missing. Rows are numbered from 1. Raises InputError where a column's name stands twice.
    """
    names = [str(name) for name in frame.columns]
    twice = next((n for n in names if names.count(n) > 1), None)
    if twice is not None:
        raise InputError(T("the column “{name}” stands twice", name=twice), NAME, T("keep one of them"))
    columns = {name: _cells(frame.iloc[:, i]) for i, name in enumerate(names)}
    size = len(frame)
    return RawTable(columns, (NAME,), np.zeros(size, dtype=np.int32), np.arange(1, size + 1))  # type: ignore[arg-type]


def _cells(series: pandas.Series[Any]) -> Any:
    missing = series.isna().to_numpy()
    kind = series.dtype.kind if hasattr(series.dtype, "kind") else "O"
    if kind in "biuf":
        numbers = np.asarray(series.fillna(False if kind == "b" else 0) if missing.any() else series)
        numbers = numbers.astype(f"{kind}8" if kind in "iuf" else bool)
        return np.ma.MaskedArray(numbers, mask=missing) if missing.any() else numbers
    if kind == "M" and getattr(series.dtype, "tz", None) is None:
        times = series.to_numpy()
        days = times.astype("datetime64[D]")
        if bool((days[~missing] == times[~missing]).all()):
            return days
    return [_plain(v) for v in series.tolist()]


def _plain(value: Any) -> Any:
    """A single value as a reader would give it."""
    if isinstance(value, (list, dict)):
        return value
    if value is None or (isinstance(value, float) and math.isnan(value)) or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ") if value.time() != datetime.time() else value.date()
    return value.item() if isinstance(value, np.generic) else value
