"""Which rows of a plain block are units', judged by their first characters; only rows that may be something else are read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.plugin import Spans, folded

from .sifting import ENDED, NOTED, TOTALS, Sifter

Marks = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
_DIGITS = b"0123456789"
_LETTERS = bytes(range(65, 91)) + bytes(range(97, 123))
_WIDTHS = {"utf-8": 3, "utf-8-sig": 3, "gb18030": 2}
"""Bytes of a Chinese character."""
_FIRST, _LAST = "\u4e00", "\u9fff"
_NOTED = frozenset(NOTED)


def units_of(sifter: Sifter, columns: Sequence[Spans], first: int, encoding: str) -> Marks:
    """A truth for each row whether it is a unit's; rows are numbered from *first*, the others are listed by the sifter."""
    size = len(columns[0])
    first_cells = columns[: 2 if sifter.serial == 0 else 1]
    doubtful = np.logical_or.reduce([~_certain(c, sifter.title, sifter.openings, encoding) for c in first_cells])
    if sifter.serial == 0 and len(columns) == 1:
        doubtful[:] = True
    for cells in columns[len(first_cells) : len(first_cells) + 2]:
        doubtful |= _totals(cells, encoding)
    if sifter.fresh:
        doubtful[: int(np.argmin(doubtful)) + 1] = True
    found = np.ones(size, dtype=bool)
    rows, seen = np.flatnonzero(doubtful).tolist(), 0
    for row in _with_notes(rows, sifter, size):
        if row > seen:
            sifter.met()
        found[row] = sifter.unit(first + row, _Row(columns, row))
        seen = row + 1
        if sifter.ended:
            found[row:] = False
            return found
    if seen < size:
        sifter.met()
    return found


def _with_notes(rows: Sequence[int], sifter: Sifter, size: int) -> Iterator[int]:
    """The *rows*, and each that follows a note: the note may go on there."""
    after = 0
    for row in rows:
        while sifter.noting and after < row:
            yield after
            after += 1
        yield row
        after = row + 1
    while sifter.noting and after < size:
        yield after
        after += 1


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


def _certain(cells: Spans, title: str, openings: frozenset[str], encoding: str) -> Marks:
    """Where a cell is filled and begins and ends as no total, no note and no header does."""
    data = cells.block.array
    lead, second = data.take(cells.starts), data.take(cells.starts + 1)
    begun, words = _beginnings(title), {*(t[:2] for t in TOTALS), *openings}
    plain = np.zeros(256, dtype=bool)
    plain[[c for c in _DIGITS if chr(c) not in begun]] = True
    sure = plain[lead]
    for letter in _LETTERS:
        low = chr(letter).lower()
        if low in begun or not (lead == letter).any():
            continue
        follows = np.zeros(256, dtype=bool)
        follows[[c for c in _DIGITS + _LETTERS if low + chr(c).lower() not in words]] = True
        sure |= (lead == letter) & follows[second] & (cells.ends - cells.starts > 1)
    rest = np.flatnonzero((lead >= 0x80) & (cells.ends > cells.starts))
    if len(rest):
        sure[rest] = _chinese(data, cells.starts[rest], begun, openings, encoding)
    return sure & (cells.ends > cells.starts) & ~_closing(data, cells, encoding)


def _beginnings(title: str) -> str:
    """The characters with which a folded title may begin, as it is written and taken apart."""
    return "".join(unicodedata.normalize(form, title)[:1] for form in ("NFC", "NFD", "NFKD")) + title[:1].upper()


def _chinese(data: npt.NDArray[np.uint8], starts: Places, begun: str, openings: frozenset[str], encoding: str) -> Marks:
    """Where a text begins with a Chinese character that no total, note or title begins with."""
    width = _WIDTHS[encoding]
    distinct, places = np.unique(_keys(data, starts, width), return_inverse=True)
    characters = [_character(int(k), width, encoding) for k in distinct]
    found = np.array([_safe(c, begun) for c in characters], dtype=bool)[places]
    doubtful = np.array([any(o.startswith(c) for o in openings) for c in characters], dtype=bool)[places] & found
    at = np.flatnonzero(doubtful)
    if len(at):  # the second character tells most of them apart
        distinct, places = np.unique(_keys(data, starts[at], 2 * width), return_inverse=True)
        pairs = [_character(int(k), 2 * width, encoding) for k in distinct]
        found[at] = np.array([p is not None and p not in openings for p in pairs], dtype=bool)[places]
    return found


def _keys(data: npt.NDArray[np.uint8], starts: Places, width: int) -> Places:
    keys = np.zeros(len(starts), dtype=np.int64)
    for place in range(width):
        keys = keys << 8 | data.take(starts + place)
    return keys


def _character(key: int, width: int, encoding: str) -> str:
    """What some bytes mean; a character that nothing begins with where they mean nothing."""
    try:
        return key.to_bytes(width, "big").decode(encoding)
    except UnicodeDecodeError:
        return "\0"


def _safe(character: str, begun: str) -> bool:
    ours = len(character) == 1 and _FIRST <= character <= _LAST and folded(character) == character
    return ours and character not in begun and character not in _NOTED and not any(t.startswith(character) for t in TOTALS)


def _closing(data: npt.NDArray[np.uint8], cells: Spans, encoding: str) -> Marks:
    """Where a cell ends as a total or a note may, or with a space or a sign."""
    last = data.take(cells.ends - 1)
    plain = np.zeros(256, dtype=bool)
    plain[[*_DIGITS, *_LETTERS, *range(0x80, 256)]] = True
    found = ~plain[last]
    width = _WIDTHS[encoding]
    signs = [c.encode(encoding.removesuffix("-sig")) for c in ENDED if c > "\x7f"]
    ours = np.zeros(256, dtype=bool)
    ours[[s[-1] for s in signs]] = True
    at = np.flatnonzero(ours[last])
    if len(at):
        found[at] = np.isin(_keys(data, cells.ends[at] - width, width), [int.from_bytes(s, "big") for s in signs])
    return found


def _totals(cells: Spans, encoding: str) -> Marks:
    """Where a cell begins as a total does, or as a text that is read otherwise than it is written may."""
    data = cells.block.array
    begun = [c.encode(encoding.removesuffix("-sig")) for c in {t[0] for t in TOTALS if not t.isascii()}]
    ours = np.zeros(256, dtype=bool)
    ours[[b[0] for b in begun]] = True
    ours[list(b" \t")] = True
    found = ours[data.take(cells.starts)] & (cells.ends > cells.starts)
    at = np.flatnonzero(found)
    if len(at):
        keys = _keys(data, cells.starts[at], _WIDTHS[encoding])
        found[at] = np.isin(keys, [int.from_bytes(b, "big") for b in begun]) | (data.take(cells.starts[at]) < 0x80)
    return found
