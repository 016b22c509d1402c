"""Sentences said of many rows, not yet put together: exporters that have a quicker way join them in theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, SupportsIndex, overload

import numpy as np
import numpy.typing as npt

from scorekit.domain.ordering import distinct
from scorekit.words import Pieces, spelt

Rows = npt.NDArray[np.int64]
Objects = npt.NDArray[Any]
_BITS = 62


class Numerals(Sequence[str]):
    """Whole numbers, read as a tuple of their digits is."""

    __slots__ = ("numbers",)

    def __init__(self, numbers: npt.NDArray[Any]) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, row: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> Numerals: ...
    def __getitem__(self, row: SupportsIndex | slice) -> str | Numerals:
        return Numerals(self.numbers[row]) if isinstance(row, slice) else str(int(self.numbers[row]))

    def __iter__(self) -> Iterator[str]:
        return map(str, self.numbers.tolist())


Sentence = tuple[Rows, Pieces]
"""The places in which a sentence stands, and its pieces, those that vary with one text for each place."""


class Page:
    """The sentences of *size* rows, each row's in the order in which they were added.

    ``slots`` holds them so that no row has two in one slot.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self.slots: list[list[Sentence]] = []
        self._taken = np.zeros(size, dtype=bool)
        """Which rows have a sentence in the last slot."""

    def add(self, places: Rows, pieces: Pieces | str) -> None:
        """Add a sentence to each of some rows."""
        if not len(places):
            return
        if not self.slots or bool(self._taken[places].any()):
            self.slots.append([])
            self._taken[:] = False
        self.slots[-1].append((places, [pieces] if isinstance(pieces, str) else pieces))
        self._taken[places] = True

    @property
    def silent(self) -> npt.NDArray[np.bool_]:
        """Which rows have no sentence at all."""
        found = np.ones(self.size, dtype=bool)
        for slot in self.slots:
            for places, _ in slot:
                found[places] = False
        return found

    def texts(self, between: str) -> list[str]:
        """The sentences of each row, joined."""
        if not self.slots:
            return [""] * self.size
        columns: list[Objects] = []
        there = np.zeros(self.size, dtype=np.int64)  # a bit for each of the columns in which a row has a sentence
        for slot in self.slots:
            if len(columns) == _BITS:
                columns, there = [_joined(columns, there, between)], (there > 0).astype(np.int64)
            column: Objects = np.empty(self.size, dtype=object)
            for places, pieces in slot:
                column[places] = spelt(pieces, len(places))
                there[places] |= 1 << len(columns)
            columns.append(column)
        listed: list[str] = _joined(columns, there, between).tolist()
        return listed


def _joined(columns: Sequence[Objects], there: Rows, between: str) -> Objects:
    """Rows with sentences in the same columns are joined together."""
    patterns, back = distinct(there)
    order = np.argsort(back.astype(np.min_scalar_type(len(patterns))), kind="stable")
    edges = np.cumsum(np.bincount(back, minlength=1))[:-1]
    found: Objects = np.full(len(there), "", dtype=object)
    for pattern, rows in zip(patterns.tolist(), np.split(order, edges), strict=True):
        parts = [column[rows].tolist() for place, column in enumerate(columns) if pattern >> place & 1]
        if parts:
            found[rows] = parts[0] if len(parts) == 1 else list(map(between.join, zip(*parts, strict=True)))
    return found
