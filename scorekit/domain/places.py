"""Where values came from, a whole column at a time: the addresses that ``Submissions.source`` gives one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from scorekit.domain.listing import Rows
from scorekit.domain.tables import Submissions, pointer_of


class Addresses:
    """Addresses of the values of some units; columns that were asked for once are kept."""

    def __init__(self, submissions: Submissions, rows: Rows) -> None:
        self.places = submissions.places
        part, inner = submissions.part[rows], submissions.inner[rows]
        parts: list[int] = np.flatnonzero(np.bincount(part)).tolist()
        number, which, files = np.zeros(len(part), dtype=np.int64), np.zeros(len(part), dtype=np.int64), list[str]()
        for p in parts:
            own = part == p
            number[own] = self.places[p].row[inner[own]]
            which[own] = self.places[p].file[inner[own]] + len(files)
            files += self.places[p].files
        self.part: list[int] = part.tolist()
        self.inner: list[int] = inner.tolist()
        self.number: list[int] = number.tolist()
        self.file: list[str] = [files[f] for f in which.tolist()]
        self.sheet: list[str] = [self.places[p].sheet for p in self.part]
        self._parts = parts
        self._prefix = [f"{f}#{s}!" if s else f"{f}#" for f, s in zip(self.file, self.sheet, strict=True)]
        self._sources: dict[str, list[str]] = {}

    def cells(self, path: str) -> list[str]:
        """The address of each unit's value of *path* within its file."""
        if self._elsewhere(path):
            return [self.places[p].cell(i, path) for p, i in zip(self.part, self.inner, strict=True)]
        spell = {p: speller(self.places[p].letters, path) for p in self._parts}
        if len(spell) == 1:
            only = spell[self._parts[0]]
            return [only(n) for n in self.number]
        return [spell[p](n) for p, n in zip(self.part, self.number, strict=True)]

    def _elsewhere(self, path: str) -> bool:
        """Whether some values of *path* stand in another table than their units."""
        return any(path in self.places[p].elsewhere for p in self._parts)

    def sources(self, paths: Sequence[str]) -> list[str]:
        """The places of each unit's values of *paths*, joined by ``; ``."""
        columns = [self._source(p) for p in paths]
        if len(columns) == 1:
            return columns[0]
        return ["; ".join(parts) for parts in zip(*columns, strict=True)] if columns else [""] * len(self.number)

    def _source(self, path: str) -> list[str]:
        if path not in self._sources and self._elsewhere(path):
            self._sources[path] = [self.places[p].source(i, path) for p, i in zip(self.part, self.inner, strict=True)]
        if path not in self._sources:
            self._sources[path] = [a + b for a, b in zip(self._prefix, self.cells(path), strict=True)]
        return self._sources[path]


def speller(letters: Mapping[str, str], path: str) -> Callable[[int], str]:
    """From a row's number to the address of *path*: in a sheet with *letters*, or by JSON pointer where there are none."""
    letter = letters.get(path)
    if letter is not None:
        return lambda number: f"{letter}{number}"
    pointer = pointer_of(path)
    if letters:
        return lambda number: pointer
    return lambda number: f"/{number}{pointer}" if number else pointer
