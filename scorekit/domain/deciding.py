"""What deciding works with: a round's notice, the candidates at the cut line, and the rules for a tie there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.errors import T, Text


@dataclass(frozen=True, slots=True)
class Seats:
    """How many seats a category has, and what a tie at the line does to them."""

    seats: int
    tie: str = "expand"
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """One round's notice (评选通知): seats by category, who is only assessed, and the wording of the result."""

    rubric: str
    categories: Mapping[str, Seats] = field(default_factory=dict)
    period: Mapping[str, str] = field(default_factory=dict)
    assess_only_categories: frozenset[str] = frozenset()
    assess_only_units: frozenset[str] = frozenset()
    award: str = ""
    level: str | None = None
    result: str = "考核结果"
    basis: str = ""
    document: Mapping[str, Any] = field(default_factory=dict)


class Told(Mapping[int, Text]):
    """One text for each of some *rows* (in their order), without an entry for each of them."""

    def __init__(self, rows: npt.NDArray[np.int64], text: Text) -> None:
        self.rows, self.text = rows, text

    def __getitem__(self, row: int) -> Text:
        if row not in self:
            raise KeyError(row)
        return self.text

    def __contains__(self, row: object) -> bool:
        place = int(np.searchsorted(self.rows, row)) if isinstance(row, (int, np.integer)) else len(self.rows)
        return place < len(self.rows) and bool(self.rows[place] == row)

    def __iter__(self) -> Iterator[int]:
        return iter(self.rows.tolist())

    def __len__(self) -> int:
        return len(self.rows)


NOBODY = Told(np.zeros(0, dtype=np.int64), T("nobody"))


@dataclass(frozen=True, slots=True)
class Barred:
    """Units that are out before anything is decided: invalid ones, ones that are only assessed, and incomplete ones, each with a text.

    ``noted`` are texts on units that are not out. By the register those that are not in it (``unknown``), and those that have
    not sent their submission.
    """

    invalid: Mapping[int, Text]
    assess_only: Mapping[int, Text]
    incomplete: Mapping[int, Text] = field(default_factory=dict)
    noted: Mapping[int, Text] = field(default_factory=dict)
    unknown: Told = field(default_factory=lambda: NOBODY)
    not_sent: Told = field(default_factory=lambda: NOBODY)

    def rows(self, size: int) -> npt.NDArray[np.bool_]:
        """Which units are out."""
        found = np.zeros(size, dtype=bool)
        found[[*self.invalid, *self.assess_only, *self.incomplete, *self.unknown, *(r for r in self.not_sent if r < size)]] = True
        return found


@dataclass(frozen=True, slots=True)
class Candidates:
    """The units of one category that may take a seat, best first: rank and name of each, and the seats there are."""

    rank: npt.NDArray[np.int64]
    names: Sequence[str]
    seats: int
    seed: int | None

    def within(self) -> npt.NDArray[np.bool_]:
        """Who would take a seat if a tie at the line were cut by order, which no policy does."""
        return np.arange(len(self.rank)) < self.seats

    def tied(self) -> npt.NDArray[np.bool_]:
        """Who stands exactly on the cut line, where the line cuts through a shared rank; nobody otherwise."""
        if self.seats <= 0 or self.seats >= len(self.rank) or self.rank[self.seats - 1] != self.rank[self.seats]:
            return np.zeros(len(self.rank), dtype=bool)
        return np.asarray(self.rank == self.rank[self.seats - 1])


@dataclass(frozen=True, slots=True)
class Award:
    """A named policy for the cut line: from candidates to who takes a seat, and a text that says what was done."""

    name: str
    function: Callable[[Candidates], tuple[npt.NDArray[np.bool_], Text | None]]
    summary: str = ""
    plugin: str = field(default="", compare=False)
