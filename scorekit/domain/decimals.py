"""A column of numbers as a typed file gives them: whole numerators over one power of ten, so that nothing is rounded or guessed twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt


class Decimals(Sequence[Any]):
    """Cell *i* is ``num[i] / 10**decimals``, None where ``mask`` holds (None: nowhere).

    It is a sequence of cells like any other, each a float when it is asked for; what knows it takes the numerators.
    """

    __slots__ = ("decimals", "mask", "num")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, num: npt.NDArray[Any], decimals: int, mask: npt.NDArray[np.bool_] | None = None) -> None:
        """*num* are integers below 2**53 in magnitude, so that the floats are those next to the decimals."""
        self.num, self.decimals, self.mask = num, decimals, mask

    def __len__(self) -> int:
        return len(self.num)

    def __getitem__(self, row: Any) -> Any:
        if isinstance(row, slice):
            return self.take(row)
        return None if self.mask is not None and self.mask[row] else int(self.num[row]) / 10**self.decimals

    def __iter__(self) -> Iterator[Any]:
        return iter(self.tolist())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.tolist() == list(other)

    def __reduce__(self) -> tuple[Any, ...]:
        return Decimals, (self.num, self.decimals, self.mask)

    def tolist(self) -> list[Any]:
        """All cells."""
        values: list[Any] = (self.num / 10.0**self.decimals).tolist()
        return values if self.mask is None else [None if m else v for v, m in zip(values, self.mask.tolist(), strict=True)]

    def take(self, rows: Any) -> Decimals:
        """The cells named by an index, a truth array or a slice."""
        return Decimals(self.num[rows], self.decimals, None if self.mask is None else self.mask[rows])
