"""A batch as bytes: columns in the narrowest integers that hold them, each to be read by itself.

An engine that puts batches aside on disk, or takes them from another process, keeps a small head in memory and fetches a
column when it is asked for. Parcels are for processes of one run; they hold pickles and are never read from a user's file.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.exact import Exact
from scorekit.domain.lazy import Columns, Index, Shape, Shapes, rows_of, shape_of
from scorekit.domain.room import width_for
from scorekit.domain.tables import TABLES, Part, ScoreSheet

Place = tuple[int, int, Shape]
"""Where a column stands in the body (start, length), and its kind."""
Fetch = Callable[[int, int], bytes]
"""Gives so many bytes of a body from a start on."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A batch as bytes: ``head`` is small and says where in ``body`` (to be joined) each column stands."""

    head: bytes
    body: tuple[bytes, ...]


def packed(part: Part) -> Parcel:
    """The batch as bytes; a column that stands in several tables is packed once."""
    submissions, sheet, problems = part
    body = _Body()
    index = {"": body.placed(submissions.columns), **{t: body.placed(getattr(sheet, t)) for t in TABLES}}
    bare = replace(submissions, columns={}), ScoreSheet(sheet.size), problems
    return Parcel(_pickled((bare, index)), tuple(body.parts))


def unpacked(head: bytes, fetch: Fetch) -> Part:
    """The batch of a parcel, its columns fetched when they are asked for."""
    (submissions, sheet, problems), index = pickle.loads(head)  # noqa: S301 - of our own making, see above
    tables = {name: _fetched(places, fetch) for name, places in index.items()}
    own = tables.pop("")
    return replace(submissions, columns=own), replace(sheet, **tables), problems


class _Body:
    """The bytes of columns, one after the other."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.known: dict[int, Place] = {}
        self.held: list[Any] = []
        self.size = 0

    def placed(self, table: Mapping[str, Any]) -> dict[str, Place]:
        """Where each column of a table stands now."""
        return {name: self.place(table[name]) for name in table}

    def place(self, column: Any) -> Place:
        """Where one column stands now."""
        if id(column) not in self.known:
            data = _pickled(column)
            self.known[id(column)] = self.size, len(data), shape_of(column)
            self.held.append(column)  # so that its id stays its own
            self.parts.append(data)
            self.size += len(data)
        return self.known[id(column)]


class _Fetched:
    """A column that stands in a body elsewhere."""

    def __init__(self, place: Place, fetch: Fetch) -> None:
        self.place, self.fetch = place, fetch

    def read(self, rows: Index | None = None) -> Any:
        """The column, fetched anew each time, or some of its rows."""
        start, length, _ = self.place
        return rows_of(pickle.loads(self.fetch(start, length)), rows)  # noqa: S301 - of our own making, see above

    def shapes(self) -> Shapes:
        """The kind of the column."""
        return frozenset((self.place[2],))


def _fetched(places: Mapping[str, Place], fetch: Fetch) -> Columns[Any]:
    return Columns({}, {name: _Fetched(place, fetch) for name, place in places.items()})


class _Packer(pickle.Pickler):
    """Pickles integers narrow and what is the same in every row once."""

    def reducer_override(self, obj: Any) -> Any:
        """How arrays and exact columns are packed; NotImplemented for all else."""
        if isinstance(obj, Exact) and not obj.wide:
            den = obj.den if isinstance(obj.den, int) else _narrow(obj.den)
            return _exact, (_narrow(obj.num), den, obj.peak, obj.dpeak)
        if type(obj) is np.ndarray and obj.ndim == 1 and obj.dtype.kind in "biu" and len(obj) > 1 and bool((obj == obj[0]).all()):
            return np.full, (len(obj), obj[0], obj.dtype)
        if type(obj) is np.ndarray and obj.ndim == 1 and obj.dtype == object and len(obj) > 1:
            return _few(obj) or NotImplemented
        return NotImplemented


_LOOKED_AT = 256
"""Texts of a column that are looked at to see whether few different ones stand in it."""


def _few(values: npt.NDArray[Any]) -> tuple[Any, ...] | None:
    """Texts of which many are the same, each once and for every row its number; None for others.

    Read back they are the same few objects in every row: of millions of texts nothing but their places is held.
    """
    listed = values.tolist()
    first = set(listed[:_LOOKED_AT]) if all(type(v) is str for v in listed[:_LOOKED_AT]) else None
    if first is None or len(first) > max(1, min(len(listed), _LOOKED_AT) // 2):
        return None
    known: dict[str, int] = {}
    codes = [known.setdefault(v, len(known)) for v in listed]
    if len(known) > len(listed) // 2 or not all(type(v) is str for v in known):
        return None
    return _texts, (list(known), np.array(codes, dtype=np.min_scalar_type(len(known))))


def _texts(known: list[str], codes: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The texts of all rows."""
    table: npt.NDArray[Any] = np.empty(len(known), dtype=object)
    table[:] = known
    found: npt.NDArray[Any] = table[codes]
    return found


def _narrow(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The integers in the narrowest type that holds them."""
    least, most = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    for width in (np.int8, np.int16, np.int32):
        limits = np.iinfo(width)
        if limits.min <= least and most <= limits.max:
            return values.astype(width)
    return values


def _exact(num: npt.NDArray[Any], den: Any, peak: int, dpeak: int) -> Exact:
    """An exact column from its parcel, in integers as wide as its bounds ask for."""
    width = width_for(max(peak, dpeak))
    return Exact(num.astype(width), den if isinstance(den, int) else den.astype(width), peak, dpeak)


def _pickled(thing: Any) -> bytes:
    out = io.BytesIO()
    _Packer(out, protocol=5).dump(thing)
    return out.getvalue()
