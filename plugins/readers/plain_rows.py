"""Rows of a delimited file told apart by arrays of bytes, whole blocks at a time, where a block is plain.

Plain is what any reader of CSV splits alike: as many cells in every row as there are columns, quotation marks only around
whole cells (doubled within), lines that end in LF or CRLF. Of anything else nothing is said, and the block is read row by row.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorekit.plugin import SPARE, Block

_LONGEST = 131_072
"""Characters that Python's csv module takes for one cell."""
_LINE, _RETURN, _QUOTE = 10, 13, 34
Marks = npt.NDArray[np.bool_]
Grid = npt.NDArray[np.int64]


class Rows(NamedTuple):
    """Where each cell begins and ends in a block (columns × rows), and the bytes behind the last whole row."""

    block: Block
    starts: Grid
    ends: Grid
    rest: bytes


def plain_rows(content: bytes, width: int, delimiter: int) -> Rows | None:
    """The rows of *content*, which ends where a line does; None where it is not plain."""
    returns = b"\r" in content
    if not content or b"\0" in content or (returns and content.count(b"\r") != content.count(b"\r\n")):
        return None
    block = Block(content)
    view = block.array[SPARE:-SPARE]
    lines, quotes = view == _LINE, view == _QUOTE
    ends_at = lines | (view == delimiter)
    quoted = bool(quotes.any())
    if quoted:
        if not _whole_cells(block, quotes, delimiter):
            return None
        outside = np.bitwise_xor.accumulate(quotes.view(np.uint8)) == 0
        lines &= outside
        ends_at &= outside
    places, count = np.flatnonzero(ends_at), int(np.count_nonzero(lines))
    last = int(places[-1]) if len(places) else -1
    if count and not lines[last]:
        last = int(np.flatnonzero(lines)[-1])
        places = places[: np.searchsorted(places, last) + 1]
    if not count or len(places) != count * width or not lines[places[width - 1 :: width]].all():
        return None
    if int(np.diff(places[width - 1 :: width], prepend=-1).max()) > _LONGEST:  # no row is longer, hence no cell
        return None
    starts, ends = _grid(places.reshape(count, width))
    if returns:
        ends[-1] -= block.array.take(ends[-1] - 1) == _RETURN
    if quoted:
        _bared(block, starts, ends)
    return Rows(block, starts, ends, content[last + 1 :])


def _grid(places: Grid) -> tuple[Grid, Grid]:
    """Beginnings and ends of cells by column, from the places of what ends them."""
    ends = np.ascontiguousarray(places.T)
    ends += SPARE
    starts = np.empty_like(ends)
    np.add(ends[:-1], 1, out=starts[1:])
    starts[0, 0] = SPARE
    np.add(ends[-1, :-1], 1, out=starts[0, 1:])
    return starts, ends


def _whole_cells(block: Block, quotes: Marks, delimiter: int) -> bool:
    """Whether quotation marks open only where a cell begins and close only where it ends, or are doubled within one."""
    at = np.flatnonzero(quotes) + SPARE
    before, after = block.array.take(at[0::2] - 1), block.array.take(at[1::2] + 1)
    opened = (before == delimiter) | (before == _LINE) | (before == _QUOTE)
    opened[:1] |= at[0] == SPARE
    closed = (after == delimiter) | (after == _LINE) | (after == _RETURN) | (after == _QUOTE)
    return bool(opened.all() and closed.all())


def _bared(block: Block, starts: Grid, ends: Grid) -> None:
    """Leave the marks around cells out."""
    for column in range(len(starts)):
        marked = (block.array.take(starts[column]) == _QUOTE) & (ends[column] > starts[column])
        if marked.any():
            starts[column] += marked
            ends[column] -= marked
