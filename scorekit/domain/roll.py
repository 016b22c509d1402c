"""Millions of names: their texts in one run of bytes, made into words only where someone reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, SupportsIndex, Union, overload

import numpy as np
import numpy.typing as npt

from scorekit.domain.coded import Coded

Rows = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]
BLOCK = 1 << 14
_MARGIN = 8
"""Bytes behind the last text, so that eight can be read from where any text begins."""
_FEW = 256
_ZERO, _NARROW, _MOST_DIGITS = ord("0"), 10, 18
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(29))
"""Odd factors and a shift that spread the bits of a word (as in splitmix64)."""


class Names(Sequence[str]):
    """Texts one after the other in UTF-8, as Arrow has them: name *i* stands in ``data[offsets[i]:offsets[i + 1]]``.

    It is read as a tuple of texts is; each text is made when it is asked for. Half characters are kept as they are.
    """

    __slots__ = ("data", "offsets")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, data: Bytes, offsets: npt.NDArray[Any]) -> None:
        """*offsets* begin with 0; eight bytes more than the last of them must stand in *data*."""
        self.data, self.offsets = data, offsets

    @classmethod
    def of(cls, texts: Iterable[str]) -> Names:
        """Names from texts; those that are names already stay as they are."""
        if isinstance(texts, Names):
            return texts
        listed = texts.tolist() if isinstance(texts, Coded) else list(texts)
        parts = [_encoded(listed[i : i + BLOCK]) for i in range(0, len(listed), BLOCK)]
        return _laid([d for d, _ in parts], [n for _, n in parts])

    @classmethod
    def numerals(cls, whole: npt.NDArray[Any]) -> Names:
        """Whole numbers as they are written."""
        longest = len(str(int(whole.max(initial=0))))
        if not len(whole) or whole.dtype.hasobject or int(whole.min()) < 0 or longest > _MOST_DIGITS:
            return cls.of(map(str, whole.tolist()))
        signs = np.empty((longest, len(whole)), dtype=np.uint8)
        rest: npt.NDArray[np.unsignedinteger[Any]] = whole.astype(np.uint32 if longest < _NARROW else np.uint64)
        lengths = np.ones(len(whole), dtype=np.int64)
        for place in range(longest - 1, -1, -1):
            left = rest // 10
            signs[place] = rest - left * 10 + _ZERO
            rest = left
            lengths += left > 0
        written = signs.T if int(lengths.min()) == longest else signs.T[np.arange(longest) >= longest - lengths[:, None]]
        return _laid([written.reshape(-1)], [lengths])

    @classmethod
    def joined(cls, parts: Sequence[Names]) -> Names:
        """Names one under the other."""
        return parts[0] if len(parts) == 1 else _laid([p.text for p in parts], [p.lengths for p in parts])

    @classmethod
    def blank(cls, size: int) -> Names:
        """As many empty texts."""
        return _laid([], [np.zeros(size, dtype=np.int64)])

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def text(self) -> Bytes:
        """The bytes of all texts."""
        return self.data[: int(self.offsets[-1])]

    @property
    def lengths(self) -> npt.NDArray[Any]:
        """How many bytes each text has."""
        return np.diff(self.offsets)

    @overload
    def __getitem__(self, row: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> Names: ...
    def __getitem__(self, row: SupportsIndex | slice) -> str | Names:
        if isinstance(row, slice):
            first, last, step = row.indices(len(self))
            return self._run(first, max(first, last)) if step == 1 else self.take(np.arange(first, last, step))
        at = range(len(self))[row]
        return self._bytes(at).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), BLOCK):
            yield from self._run(start, min(start + BLOCK, len(self)))._listed()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Names):
            return np.array_equal(self.offsets, other.offsets) and np.array_equal(self.text, other.text)
        if isinstance(other, (tuple, list, Coded)):
            return self.tolist() == list(other)
        return NotImplemented

    def __repr__(self) -> str:
        return f"Names({list(self[:3])}{'…' if len(self) > 3 else ''})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Names, (self.data[: int(self.offsets[-1]) + _MARGIN], self.offsets)

    def tolist(self) -> list[str]:
        """All texts."""
        return list(self)

    def take(self, rows: Any) -> Names:
        """The names at an index, a slice or a truth array."""
        known = isinstance(rows, np.ndarray) and rows.dtype.kind == "i" and int(rows.min(initial=0)) >= 0
        index = rows if known else np.arange(len(self))[rows]
        if not len(index) or (index[-1] - index[0] == len(index) - 1 and bool(np.all(np.diff(index) == 1))):
            return self._run(int(index[0]), int(index[-1]) + 1) if len(index) else self._run(0, 0)
        starts = self.offsets[index].astype(np.int64)
        lengths = self.offsets[1:][index] - starts  # of these rows alone: some of millions are taken again and again
        offsets = _offsets(lengths)
        data = np.zeros(int(offsets[-1]) + _MARGIN, dtype=np.uint8)
        for first in range(0, len(index), BLOCK):
            own = slice(first, first + BLOCK)
            begins = int(offsets[first])
            places = np.repeat(starts[own] - (offsets[:-1][own] - begins), lengths[own])
            places += np.arange(len(places))
            data[begins : begins + len(places)] = self.data[places]
        return Names(data, offsets)

    def fingerprints(self) -> npt.NDArray[np.uint64]:
        """64 bits of each text: equal texts have equal ones, and those of others are as good as never equal."""
        lengths = self.lengths
        found = lengths.astype(np.uint64) * _MIX[1]
        rows, word = np.arange(len(self)), 0
        while len(rows):
            mixed = (found[rows] ^ self._word(rows, word)) * _MIX[0]
            found[rows] = (mixed ^ (mixed >> _MIX[2])) * _MIX[1]
            word += 1
            rows = rows[lengths[rows] > 8 * word]
        return found ^ (found >> np.uint64(32))

    def repeated(self) -> list[list[int]]:
        """The rows of each text (but the empty one) that stands here more than once, in the order of their first."""
        marks = self.fingerprints()
        ordered = np.sort(marks)
        often = ordered[1:][ordered[1:] == ordered[:-1]]
        if not len(often):
            return []
        found: dict[str, list[int]] = {}
        rows = np.flatnonzero(np.isin(marks, often) & (self.lengths > 0))
        for row, text in zip(rows.tolist(), self.take(rows), strict=True):
            found.setdefault(text, []).append(row)
        return [rows for rows in found.values() if len(rows) > 1]

    def among(self, texts: Iterable[str]) -> npt.NDArray[np.bool_]:
        """Which names are one of *texts*."""
        wanted, found = set(texts), np.zeros(len(self), dtype=bool)
        if wanted:
            rows = np.flatnonzero(np.isin(self.fingerprints(), Names.of(wanted).fingerprints()))
            found[rows] = [text in wanted for text in self.take(rows)]
        return found

    def in_order(self, rows: Rows, first: npt.NDArray[np.bool_]) -> tuple[Rows, npt.NDArray[np.bool_]]:
        """*rows* with those of each run sorted by name (code points); ``first`` marks where a run begins, and then a new name.

        Rows of one name keep their order.
        """
        rows, first, word = rows.copy(), first.copy(), 0
        while True:
            tied = self._open(rows, first, word)
            if len(tied) <= _FEW:
                break
            self._sort(rows, first, tied, word)
            word += 1
        self._sort_few(rows, first, tied)
        return rows, first

    def _open(self, rows: Rows, first: npt.NDArray[np.bool_], word: int) -> Rows:
        """The places in runs of several rows, some of which have more than *word* words of eight bytes."""
        starts = np.flatnonzero(first)
        sizes = np.diff(np.append(starts, len(rows)))
        several = np.flatnonzero(np.repeat(sizes > 1, sizes))
        if not word or not len(several):
            return several
        starts = np.flatnonzero(first[several])
        longer = np.maximum.reduceat(self._left(rows[several], word), starts) > 0
        return several[np.repeat(longer, np.diff(np.append(starts, len(several))))]

    def _sort(self, rows: Rows, first: npt.NDArray[np.bool_], tied: Rows, word: int) -> None:
        """Sort the *tied* places of each run by one word, and begin new runs where it differs."""
        keys, ends = self._word(rows[tied], word), np.minimum(self._left(rows[tied], word), 8)
        _sort(rows, first, tied, (ends, keys))

    def _left(self, rows: Rows, word: int) -> Rows:
        """How many bytes each text has behind *word* words of eight."""
        left: Rows = self.offsets[rows + 1].astype(np.int64) - self.offsets[rows] - 8 * word
        return np.maximum(left, 0)

    def _sort_few(self, rows: Rows, first: npt.NDArray[np.bool_], tied: Rows) -> None:
        bounds = [*np.flatnonzero(first[tied]).tolist(), len(tied)]
        for start, end in pairwise(bounds):
            places = tied[start:end]
            texts = {r: self._bytes(r) for r in rows[places].tolist()}
            rows[places] = sorted(texts, key=texts.__getitem__)
            first[places[1:]] = [texts[b] != texts[a] for a, b in pairwise(rows[places].tolist())]

    def _word(self, rows: Rows, word: int) -> npt.NDArray[np.uint64]:
        """Eight bytes of each text, the first the gravest; zeros behind its end."""
        found = np.empty(len(rows), dtype=np.uint64)
        for first in range(0, len(rows), BLOCK):
            own = rows[first : first + BLOCK]
            left = np.minimum(self._left(own, word), 8)
            starts = np.where(left > 0, self.offsets[own].astype(np.int64) + 8 * word, 0)
            words = self.data[starts[:, None] + np.arange(8)].view(">u8").reshape(-1).astype(np.uint64)
            cut = ((8 - left) * 8).astype(np.uint64)
            found[first : first + BLOCK] = np.where(left > 0, (words >> (cut % np.uint64(64))) << (cut % np.uint64(64)), np.uint64(0))
        return found

    def _bytes(self, row: int) -> bytes:
        return self.data[int(self.offsets[row]) : int(self.offsets[row + 1])].tobytes()

    def _run(self, first: int, last: int) -> Names:
        """The names from *first* up to *last*, without copying their texts."""
        if first == 0 and last == len(self):
            return self
        start, end = int(self.offsets[first]), int(self.offsets[last])
        return Names(self.data[start : end + _MARGIN], self.offsets[first : last + 1] - self.offsets[first])

    def _listed(self) -> list[str]:
        text, bounds = self.text.tobytes().decode("utf-8", "surrogatepass"), self.offsets
        if len(text) < int(bounds[-1]):
            bounds = np.concatenate([[0], np.cumsum((self.text & 0xC0) != 0x80)])[bounds]
        return [text[a:b] for a, b in pairwise(bounds.tolist())]


Texts = Union[Names, Coded]


def _encoded(texts: Sequence[str]) -> tuple[Bytes, Rows]:
    """Texts as bytes, and how many each has."""
    whole = "".join(texts)
    characters = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    data = np.frombuffer(whole.encode("utf-8", "surrogatepass"), dtype=np.uint8)
    if len(data) == len(whole):
        return data, characters
    heads = np.append(np.flatnonzero((data & 0xC0) != 0x80), len(data))
    return data, np.diff(heads[np.cumsum(characters)], prepend=0)


def _laid(texts: Sequence[Bytes], lengths: Sequence[npt.NDArray[Any]]) -> Names:
    offsets = _offsets(np.concatenate([np.zeros(0, dtype=np.int32), *lengths]))
    return Names(np.concatenate([*texts, np.zeros(_MARGIN, dtype=np.uint8)]), offsets)


def _offsets(lengths: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Where each text begins, and the end; in 32 bits as long as they hold it."""
    total = int(lengths.sum(dtype=np.int64))
    offsets = np.zeros(len(lengths) + 1, dtype=np.int32 if total < 2**31 else np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def refined(rows: Rows, first: npt.NDArray[np.bool_], keys: npt.NDArray[Any]) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """*rows* with those of each run sorted by their *keys*, as ``Names.in_order`` sorts by name."""
    rows, first = rows.copy(), first.copy()
    sizes = np.diff(np.append(np.flatnonzero(first), len(rows)))
    tied = np.flatnonzero(np.repeat(sizes > 1, sizes))
    _sort(rows, first, tied, (keys[rows[tied]],))
    return rows, first


def _sort(rows: Rows, first: npt.NDArray[np.bool_], tied: Rows, keys: Sequence[npt.NDArray[Any]]) -> None:
    """Sort the *tied* places of each run by their *keys*, the last the gravest, and begin new runs where one differs."""
    order = np.lexsort((*keys, np.cumsum(first[tied])))
    rows[tied] = rows[tied[order]]
    for key in keys:
        first[tied[1:]] |= key[order][1:] != key[order][:-1]


def identities(unit: Iterable[str], key: Iterable[str]) -> tuple[Names, Names]:
    """Names and their keys; keys that are the names are held once."""
    if isinstance(unit, Names) and isinstance(key, Names):
        return unit, key
    names, keys = Names.of(unit), Names.of(key)
    return names, names if names == keys else keys


def each(pairs: Sequence[tuple[Names, Names]], change: Callable[[Sequence[Names]], Names]) -> tuple[Names, Names]:
    """Names and keys of several tables changed in the same way; keys that are the names everywhere stay held once."""
    unit = change([u for u, _ in pairs])
    return unit, unit if all(u is k for u, k in pairs) else change([k for _, k in pairs])
