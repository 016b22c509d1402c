"""Which rows of a plain block are units', judged by their first characters; only rows that may be something else are read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.plugin import Spans, folded

from .sifting import NOTED, TOTALS, Sifter

Marks = npt.NDArray[np.bool_]
_DIGITS = b"0123456789"
_LETTERS = bytes(range(65, 91)) + bytes(range(97, 123))
_WIDTHS = {"utf-8": 3, "utf-8-sig": 3, "gb18030": 2}
"""Bytes of a Chinese character."""
_FIRST, _LAST = "\u4e00", "\u9fff"
_NOTED = frozenset(NOTED)


def units_of(sifter: Sifter, columns: Sequence[Spans], first: int, encoding: str) -> Marks:
    """A truth for each row whether it is a unit's; rows are numbered from *first*, the others are listed by the sifter."""
    size = len(columns[0])
    doubtful = ~_certain(columns[0], sifter.title, encoding)
    if sifter.serial == 0:
        doubtful |= ~_certain(columns[1], sifter.title, encoding) if len(columns) > 1 else True
    found = np.ones(size, dtype=bool)
    seen = 0
    for row in np.flatnonzero(doubtful).tolist():
        if row > seen:
            sifter.met()
        found[row] = sifter.unit(first + row, _Row(columns, row))
        seen = row + 1
    if seen < size:
        sifter.met()
    return found


class _Row(Sequence[Any]):
    """The cells of one row, each read when it is asked for."""

    def __init__(self, columns: Sequence[Spans], row: int) -> None:
        self._columns, self._row = columns, row

    def __len__(self) -> int:
        return len(self._columns)

    def __getitem__(self, column: Any) -> Any:
        return self._columns[column][self._row]

    def __iter__(self) -> Iterator[Any]:
        return (column[self._row] for column in self._columns)


def _certain(cells: Spans, title: str, encoding: str) -> Marks:
    """Where a cell is filled and begins as no total, no note and no header does."""
    data = cells.block.array
    lead, second = data.take(cells.starts), data.take(cells.starts + 1)
    begun = _beginnings(title)
    plain = np.zeros(256, dtype=bool)
    plain[[c for c in _DIGITS if chr(c) not in begun]] = True
    sure = plain[lead]
    for letter in _LETTERS:
        low = chr(letter).lower()
        if low in begun or not (lead == letter).any():
            continue
        follows = np.zeros(256, dtype=bool)
        follows[[c for c in _DIGITS + _LETTERS if not any(t.startswith(low + chr(c).lower()) for t in TOTALS)]] = True
        sure |= (lead == letter) & follows[second] & (cells.ends - cells.starts > 1)
    rest = np.flatnonzero((lead >= 0x80) & (cells.ends > cells.starts))
    if len(rest):
        sure[rest] = _chinese(data, cells.starts[rest], begun, encoding)
    return sure & (cells.ends > cells.starts)


def _beginnings(title: str) -> str:
    """The characters with which a folded title may begin, as it is written and taken apart."""
    return "".join(unicodedata.normalize(form, title)[:1] for form in ("NFC", "NFD", "NFKD")) + title[:1].upper()


def _chinese(data: npt.NDArray[np.uint8], starts: npt.NDArray[np.int64], begun: str, encoding: str) -> Marks:
    """Where a text begins with a Chinese character that no total, note or title begins with."""
    width = _WIDTHS[encoding]
    keys = np.zeros(len(starts), dtype=np.int64)
    for place in range(width):
        keys = keys << 8 | data.take(starts + place)
    distinct, places = np.unique(keys, return_inverse=True)
    return np.array([_safe(int(k).to_bytes(width, "big"), begun, encoding) for k in distinct], dtype=bool)[places]


def _safe(key: bytes, begun: str, encoding: str) -> bool:
    try:
        character = key.decode(encoding)
    except UnicodeDecodeError:
        return False
    ours = len(character) == 1 and _FIRST <= character <= _LAST and folded(character) == character
    return ours and character not in begun and character not in _NOTED and not any(t.startswith(character) for t in TOTALS)
