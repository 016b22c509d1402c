"""Where values stand, for millions of them: what their addresses have in common is held once, beside each file and number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from scorekit.domain.room import halved
from scorekit.domain.tables import Places, pointer_of

Rows = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
_CELL, _POINTER = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,8})"), re.compile(r"/([1-9][0-9]{0,8})(/.*)", re.DOTALL)
_FILE_BIT = 34
"""From this bit on a key holds the file, below it the number of the row or line."""


class Place(NamedTuple):
    """What addresses have in common. Each one's own number stands behind ``cell``, or as ``/number`` before ``field``, or nowhere."""

    sheet: str = ""
    cell: str = ""
    field: str = ""
    numbered: Literal["", "cell", "field"] = ""

    @property
    def celled(self) -> bool:
        """Whether its addresses name a cell."""
        return bool(self.cell) or self.numbered == "cell"

    def spelt(self, number: int) -> tuple[str, str]:
        """Cell and field of the address with this number."""
        return f"{self.cell}{number}" if self.numbered == "cell" else self.cell, self.field_at(number)

    def field_at(self, number: int) -> str:
        """The field of the address with this number."""
        return f"/{number}{self.field}" if self.numbered == "field" else self.field

    @classmethod
    def of(cls, sheet: str, cell: str, field: str) -> tuple[Place, int]:
        """An address taken apart."""
        if found := _CELL.fullmatch(cell):
            return cls(sheet, found[1], field, "cell"), int(found[2])
        if not cell and (found := _POINTER.fullmatch(field)):
            return cls(sheet, "", found[2], "field"), int(found[1])
        return cls(sheet, cell, field), 0


@dataclass(frozen=True, slots=True)
class Sites:
    """Addresses: row *i* is ``places[place[i]]`` in ``files[file[i]]``, with its own ``number[i]`` (0 where it has none)."""

    places: tuple[Place, ...]
    place: npt.NDArray[np.int32]
    files: tuple[str, ...]
    file: npt.NDArray[np.int32]
    number: npt.NDArray[Any]

    @classmethod
    def of(cls, addresses: Sequence[tuple[str, str, str, str]]) -> Sites:
        """From addresses as (file, sheet, cell, field)."""
        places: dict[Place, int] = {}
        files: dict[str, int] = {}
        rows = np.zeros((len(addresses), 3), dtype=np.int64)
        for row, (file, *address) in enumerate(addresses):
            place, number = Place.of(*address)
            rows[row] = places.setdefault(place, len(places)), files.setdefault(file, len(files)), number
        return cls(tuple(places), rows[:, 0].astype(np.int32), tuple(files), rows[:, 1].astype(np.int32), halved(rows[:, 2]))

    @classmethod
    def joined(cls, parts: Sequence[Sites]) -> Sites:
        """Addresses one under the other."""
        places: dict[Place, int] = {}
        files: dict[str, int] = {}
        place = [_renumbered(p.place, [places.setdefault(k, len(places)) for k in p.places]) for p in parts]
        file = [_renumbered(p.file, [files.setdefault(f, len(files)) for f in p.files]) for p in parts]
        number = [np.zeros(0, dtype=np.int32), *(p.number for p in parts)]
        none = np.zeros(0, dtype=np.int32)
        return cls(tuple(places), np.concatenate([none, *place]), tuple(files), np.concatenate([none, *file]), np.concatenate(number))

    def __len__(self) -> int:
        return len(self.place)

    def take(self, rows: Any) -> Sites:
        """The addresses named by an index or a truth array."""
        return Sites(self.places, self.place[rows], self.files, self.file[rows], self.number[rows])

    def celled(self) -> Truths:
        """Which addresses name a cell."""
        return np.array([p.celled for p in self.places] or [False], dtype=bool)[self.place]


def field_sites(places: Places, inner: npt.NDArray[np.integer[Any]], path: str) -> Sites:
    """Where the values of one field stand, of the units in the rows *inner* of their table."""
    letter, number = places.letters.get(path), np.asarray(places.row[inner], dtype=np.int64)
    kinds: tuple[Place, ...]
    if letter is not None:
        kinds, kind = (Place(places.sheet, letter, path, "cell"),), np.zeros(len(inner), dtype=np.int32)
    elif places.letters:
        kinds, kind, number = (Place(places.sheet, "", path),), np.zeros(len(inner), dtype=np.int32), number * 0
    else:
        pointer = pointer_of(path)
        kinds, kind = (Place(places.sheet, "", pointer), Place(places.sheet, "", pointer, "field")), (number != 0).astype(np.int32)
    used, file = np.unique(places.file[inner], return_inverse=True)
    files = tuple(places.files[f] for f in used.tolist())
    found = Sites(kinds, kind, files, file.reshape(-1).astype(np.int32), halved(number))
    return _moved(found, places, inner, path) if path in places.elsewhere else found


def _moved(sites: Sites, places: Places, inner: npt.NDArray[np.integer[Any]], path: str) -> Sites:
    """With the addresses of values that stand in another table than their units."""
    known = places.elsewhere[path]
    origins = {place: known[row] for place, row in enumerate(inner.tolist()) if row in known}
    other = Sites.of([(o.file, o.sheet, o.cell, path) for o in origins.values()])
    index = np.arange(len(sites))
    index[list(origins)] = len(sites) + np.arange(len(origins))
    return Sites.joined([sites, other]).take(index)


_MOST_RUNS = 64
"""Runs of sorted addresses that are looked through before they are made one."""


class Seen:
    """Addresses that were met already."""

    def __init__(self) -> None:
        self._files: dict[str, int] = {}
        self._known: dict[Place, list[Rows]] = {}

    def has(self, sites: Sites) -> Truths:
        """Which of some addresses were met."""
        found, keys = np.zeros(len(sites), dtype=bool), self._keys(sites)
        for code, rows in _by_place(sites):
            runs, own = self._known.get(sites.places[code], ()), keys[rows]
            for known in runs:
                if own.min() <= known[-1] and known[0] <= own.max():
                    found[rows] |= known[np.minimum(np.searchsorted(known, own), len(known) - 1)] == own
        return found

    def add(self, sites: Sites) -> None:
        """Remember some addresses."""
        keys = self._keys(sites)
        for code, rows in _by_place(sites):
            runs = self._known.setdefault(sites.places[code], [])
            runs.append(keys[rows] if _rising(keys[rows]) else np.unique(keys[rows]))
            if len(runs) > _MOST_RUNS:
                runs[:] = [np.unique(np.concatenate(runs))]

    def first(self, sites: Sites) -> Truths:
        """Which of some addresses were not met before, each at its first row; all of them are remembered."""
        fresh, keys = ~self.has(sites), self._keys(sites)
        for _, rows in ((c, r) for c, r in _by_place(sites) if not _rising(keys[r])):
            again = np.ones(len(rows), dtype=bool)
            again[np.unique(keys[rows], return_index=True)[1]] = False
            fresh[rows[again]] = False
        self.add(sites)
        return fresh

    def _keys(self, sites: Sites) -> Rows:
        files = np.array([self._files.setdefault(f, len(self._files)) for f in sites.files] or [0], dtype=np.int64)
        return (files[sites.file] << _FILE_BIT) | sites.number.astype(np.int64)


def _rising(keys: Rows) -> bool:
    """Whether each key is greater than the one before it, as those of rows in their order are."""
    return bool(np.all(keys[1:] > keys[:-1]))


def _by_place(sites: Sites) -> list[tuple[int, Rows]]:
    """The rows of each kind of address that is there."""
    if len(sites.places) == 1:
        return [(0, np.arange(len(sites)))] if len(sites) else []
    return [(code, np.flatnonzero(sites.place == code)) for code in np.flatnonzero(np.bincount(sites.place)).tolist()]


def _renumbered(codes: npt.NDArray[np.int32], new: list[int]) -> npt.NDArray[np.int32]:
    found: npt.NDArray[np.int32] = np.array(new or [0], dtype=np.int32)[codes]
    return found
