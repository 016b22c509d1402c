"""Where values came from, a whole column at a time: the addresses that ``Submissions.source`` gives one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Union

import numpy as np

from scorekit.domain.coded import Coded
from scorekit.domain.listing import Rows
from scorekit.domain.tables import Submissions, pointer_of

Piece = Union[str, list[str]]
"""A part of a text of every unit: one that is the same for all of them, or one for each."""


class Addresses:
    """Addresses of the values of some units; columns that were asked for once are kept."""

    def __init__(self, submissions: Submissions, rows: Rows) -> None:
        self.places = submissions.places
        self._part, self._inner = submissions.part[rows], submissions.inner[rows]
        self._parts: list[int] = np.flatnonzero(np.bincount(self._part)).tolist()
        self.numbers = np.zeros(len(self._part), dtype=np.int64)
        """The number of each unit's row in its table."""
        which, files = np.zeros(len(self._part), dtype=np.int64), list[str]()
        for p in self._parts:
            own = self._part == p if len(self._parts) > 1 else slice(None)
            self.numbers[own] = self.places[p].row[self._inner[own]]
            which[own] = self.places[p].file[self._inner[own]] + len(files)
            files += self.places[p].files
        self.file = Coded(which, files)
        self.sheet = Coded(self._part, [place.sheet for place in self.places])
        self._sources: dict[str, list[str]] = {}

    @cached_property
    def part(self) -> list[int]:
        """Among which places each unit's stands."""
        part: list[int] = self._part.tolist()
        return part

    @cached_property
    def inner(self) -> list[int]:
        """Which row of them it is."""
        inner: list[int] = self._inner.tolist()
        return inner

    @cached_property
    def number(self) -> list[int]:
        """The number of each unit's row, to be spelt."""
        number: list[int] = self.numbers.tolist()
        return number

    @cached_property
    def _spelt(self) -> list[str]:
        return list(map(str, self.number))

    @cached_property
    def prefix(self) -> list[str]:
        """What stands before the address of each unit's value within its file: the file, and the sheet if there is one."""
        pairs = zip(self.file.tolist(), self.sheet.tolist(), strict=True)
        return [f"{f}#{s}!" if s else f"{f}#" for f, s in pairs]

    def cells(self, path: str) -> list[str]:
        """The address of each unit's value of *path* within its file."""
        if self.elsewhere(path):
            return [self.places[p].cell(i, path) for p, i in zip(self.part, self.inner, strict=True)]
        spell = {p: speller(self.places[p].letters, path) for p in self._parts}
        return [spell[p](n) for p, n in zip(self.part, self.number, strict=True)]

    def pieces(self, path: str) -> list[Piece] | None:
        """The same in pieces, most of them the same for all units; None where the tables differ too much for it."""
        layouts = {(bool(self.places[p].letters), self.places[p].letters.get(path, "")) for p in self._parts}
        if len(layouts) != 1 or self.elsewhere(path):
            return None
        [(sheet, letter)] = layouts
        if letter:
            return [letter, self._spelt]
        if sheet or not self.numbers.any():
            return [pointer_of(path)]
        return ["/", self._spelt, pointer_of(path)] if self.numbers.all() else None

    def elsewhere(self, path: str) -> bool:
        """Whether some values of *path* stand in another table than their units."""
        return any(path in self.places[p].elsewhere for p in self._parts)

    def sources(self, paths: Sequence[str]) -> list[str]:
        """The places of each unit's values of *paths*, joined by ``; ``."""
        columns = [self._source(p) for p in paths]
        if len(columns) == 1:
            return columns[0]
        return ["; ".join(parts) for parts in zip(*columns, strict=True)] if columns else [""] * len(self.number)

    def _source(self, path: str) -> list[str]:
        if path not in self._sources and self.elsewhere(path):
            self._sources[path] = [self.places[p].source(i, path) for p, i in zip(self.part, self.inner, strict=True)]
        if path not in self._sources:
            self._sources[path] = [a + b for a, b in zip(self.prefix, self.cells(path), strict=True)]
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
