"""A column of cells that still stand in the bytes of their file: read one by one when asked, or whole columns at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pickle import PickleBuffer
from typing import Any, SupportsIndex

import numpy as np
import numpy.typing as npt

from scorekit.domain.digits import SPARE, Bytes, Digits, Places, digits, tails

MOST = 16
"""Distinct texts for which a column is read as codes."""
_NONE = np.uint64(0)
_BUFFERS = 5
"""The protocol of pickle from which on bytes may be kept apart, without a copy."""


class Block:
    """Bytes of a file with spare room around them, so that words may be read at their edges."""

    __slots__ = ("array", "raw")

    def __init__(self, content: bytes) -> None:
        self._hold(b"\0" * SPARE + content + b"\0" * SPARE)

    def _hold(self, raw: bytes) -> None:
        self.raw = raw
        self.array: Bytes = np.frombuffer(raw, dtype=np.uint8)

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[Any, ...]:
        return _block, (PickleBuffer(self.raw) if int(protocol) >= _BUFFERS else self.raw,)


def _block(raw: Any) -> Block:
    """The block of these bytes, spare room included."""
    found = Block.__new__(Block)
    found._hold(bytes(raw))
    return found


def _spans(block: Block, starts: npt.NDArray[Any], lengths: npt.NDArray[Any], read: Callable[[bytes], Any]) -> Spans:
    """The cells that begin at *starts* and have so many bytes."""
    begun = starts.astype(np.int64)
    return Spans(block, begun, begun + lengths, read)


def _narrow(numbers: Places) -> npt.NDArray[Any]:
    """Numbers from 0 on in the narrowest integers that hold them."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))


class Spans(Sequence[Any]):
    """Cells from ``starts`` to ``ends`` (exclusive) in the bytes of a block; ``read`` makes a cell of its bytes.

    It is a sequence of cells like any other; what knows it may read numbers and few distinct texts without making them.
    """

    __slots__ = ("_digits", "block", "ends", "read", "starts")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, block: Block, starts: Places, ends: Places, read: Callable[[bytes], Any]) -> None:
        self.block, self.starts, self.ends, self.read = block, starts, ends, read
        self._digits: tuple[Digits | None] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return _spans, (self.block, _narrow(self.starts), _narrow(self.ends - self.starts), self.read)

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return self.take(row).listed()
        return self.read(self.block.raw[self.starts[row] : self.ends[row]])

    def __iter__(self) -> Iterator[Any]:
        return iter(self.listed())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.listed() == list(other)

    def listed(self) -> list[Any]:
        """All cells."""
        raw, read = self.block.raw, self.read
        return [read(raw[a:b]) for a, b in zip(self.starts.tolist(), self.ends.tolist(), strict=True)]

    def take(self, rows: Any) -> Spans:
        """The cells named by an index, a truth array or a slice."""
        found = Spans(self.block, self.starts[rows], self.ends[rows], self.read)
        known = self._digits and self._digits[0]
        if known:
            found._digits = (Digits(known.num[rows], known.decimals, None if known.blank is None else known.blank[rows]),)
        return found

    def digits(self) -> Digits | None:
        """All cells as plain decimal numbers or blanks; None where one is anything else."""
        if self._digits is None:
            self._digits = (digits(self.block.array, self.starts, self.ends),)
        return self._digits[0]

    def few(self) -> tuple[list[Any], npt.NDArray[np.intp]] | None:
        """The distinct cells and which of them stands in each row; None where there are many, or long ones."""
        lengths = self.ends - self.starts
        longest = int(lengths.max(initial=0))
        if longest > 16:
            return None
        words = [tails(self.block.array, self.ends, lengths, _NONE)]
        if longest < 8:  # a byte 0 in a cell is no end of it, so its length counts, too: it has a byte of its own then
            words[0] |= lengths.view(np.uint64)
        else:
            words += [lengths.view(np.uint64), *([tails(self.block.array, self.ends - 8, lengths - 8, _NONE)] if longest > 8 else [])]
        codes = np.zeros(len(self), dtype=np.uint8)
        cells: list[Any] = []
        unmet = np.ones(len(self), dtype=bool)
        row = 0
        while len(self) and unmet[row]:
            if len(cells) == MOST:
                return None
            same = np.logical_and.reduce([word == word[row] for word in words]) if len(words) > 1 else words[0] == words[0][row]
            codes |= same.view(np.uint8) * np.uint8(len(cells))
            unmet &= ~same
            cells.append(self[row])
            row = int(unmet.argmax())
        return cells, codes.astype(np.intp)
