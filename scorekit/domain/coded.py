"""A column of few different texts: each row a small number that names one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, SupportsIndex, overload

import numpy as np
import numpy.typing as npt


class Coded(Sequence[str]):
    """Row *i* says ``texts[codes[i]]``; it is read as a tuple of texts is. A text may stand among ``texts`` twice, or be used by no row."""

    __slots__ = ("codes", "texts")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, codes: npt.NDArray[Any], texts: Sequence[str]) -> None:
        """*codes* are whole numbers from 0; they are kept as narrow as *texts* allow."""
        kind: Any = np.uint8 if len(texts) <= 1 << 8 else np.uint16 if len(texts) <= 1 << 16 else np.uint32
        self.codes, self.texts = np.asarray(codes).astype(kind, copy=False), tuple(texts)

    @classmethod
    def of(cls, values: Iterable[str]) -> Coded:
        """From texts; those that are coded already stay as they are."""
        if isinstance(values, Coded):
            return values
        known: dict[str, int] = {}
        codes = [known.setdefault(v, len(known)) for v in values]
        return cls(np.array(codes, dtype=np.int64), tuple(known))

    @classmethod
    def same(cls, text: str, size: int) -> Coded:
        """The same text in every row."""
        return cls(np.zeros(size, dtype=np.uint8), (text,))

    def __len__(self) -> int:
        return len(self.codes)

    @overload
    def __getitem__(self, row: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> Coded: ...
    def __getitem__(self, row: SupportsIndex | slice) -> str | Coded:
        if isinstance(row, slice):
            return Coded(self.codes[row], self.texts)
        return self.texts[int(self.codes[row])]

    def __iter__(self) -> Iterator[str]:
        return iter(self.tolist())

    def __eq__(self, other: object) -> bool:
        return self.tolist() == list(other) if isinstance(other, Sequence) and not isinstance(other, str) else NotImplemented

    def __repr__(self) -> str:
        return f"Coded({self[:3].tolist()}{'…' if len(self) > 3 else ''})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Coded, (self.codes, self.texts)

    def tolist(self) -> list[str]:
        """The text of every row."""
        texts = self.texts
        return [texts[c] for c in self.codes.tolist()]

    def take(self, rows: Any) -> Coded:
        """The rows named by an index, a slice or a truth array."""
        return Coded(self.codes[rows], self.texts)

    def few(self) -> tuple[list[str], npt.NDArray[np.intp]]:
        """The texts that stand in some row, and for each row the number of its own among them."""
        used = np.bincount(self.codes, minlength=len(self.texts)) > 0
        return [t for t, there in zip(self.texts, used.tolist(), strict=True) if there], (np.cumsum(used) - 1)[self.codes]

    def numbered(self, numbers: Mapping[str, int], other: int) -> npt.NDArray[np.int64]:
        """For each row the number of its text, *other* where it has none."""
        found: npt.NDArray[np.int64] = np.array([numbers.get(t, other) for t in self.texts] or [other], dtype=np.int64)[self.codes]
        return found

    def rows(self, text: str) -> npt.NDArray[np.bool_]:
        """Which rows say *text*."""
        return self.numbered({text: 1}, 0) > 0

    def counts(self) -> Counter[str]:
        """How many rows say each text; those in the order in which they first stand here."""
        counted, first = np.bincount(self.codes, minlength=len(self.texts)), np.full(len(self.texts), len(self))
        for code in np.flatnonzero(counted):
            first[code] = int(np.argmax(self.codes == code))
        found: Counter[str] = Counter()
        for code in np.argsort(first, kind="stable").tolist():
            if counted[code]:
                found[self.texts[code]] += int(counted[code])
        return found
