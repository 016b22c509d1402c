"""Gathers what is found in a table and puts it into words with its place, in the order of rows and fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorekit.domain.intake import Entry, Unreadable
from scorekit.domain.personal import Veils
from scorekit.domain.problems import Problems
from scorekit.domain.roll import Names
from scorekit.domain.sites import field_sites
from scorekit.domain.tables import Places, Problem, Severity
from scorekit.errors import Text

Rows = npt.NDArray[np.int64]
TABLE = -1
"""The row of findings on a table as a whole."""


class _Finding(NamedTuple):
    row: int
    place: int
    severity: Severity
    what: Text
    cure: Text
    path: str
    entry: Entry | None
    file: str


class _Findings(NamedTuple):
    """The same of several rows, after the first *before* single findings."""

    rows: Rows
    place: int
    severity: Severity
    what: Text
    cure: Text
    path: str
    before: int


@dataclass(slots=True)
class Report:
    """Findings of one table; ``order`` is the place of each field in the form, ``raw`` what stood in cells at fault or repaired.

    What stands in fields that are marked as personal is not repeated in words (``veils``).
    """

    places: Places
    order: Mapping[str, int]
    raw: dict[tuple[int, str], str] = field(default_factory=dict)
    veils: Veils = field(default_factory=lambda: Veils(()))
    _found: list[_Finding] = field(default_factory=list)
    _many: list[_Findings] = field(default_factory=list)
    _said: set[tuple[str, str, str, str]] = field(default_factory=set)
    _met: dict[int, Unreadable] = field(default_factory=dict)

    def add(
        self,
        row: int,
        path: str,
        severity: Severity,
        what: Text,
        cure: Text,
        shown: str | None = None,
        entry: Entry | None = None,
        file: str = "",
    ) -> None:
        """Record one finding on a unit's field; *shown* is what stood in the cell, *entry* the record it stands in.

        Of the table as a whole (row ``TABLE``), or of one *file* in it, the same is said once.
        """
        what, cure = self.veils.over(path, what), self.veils.over(path, cure)
        if row == TABLE:
            said = (file, path, what.template, repr(what.params))
            if said in self._said:
                return
            self._said.add(said)
        elif shown is not None and entry is None:
            self.raw.setdefault((row, path), shown)
        self._found.append(_Finding(row, self._place(path), severity, what, cure, path, entry, file))

    def first(self, cell: Unreadable) -> bool:
        """Whether a cell that cannot be read is met for the first time; one fault may cover a row or a column."""
        met = id(cell) in self._met
        self._met[id(cell)] = cell
        return not met

    def many(self, rows: Rows, path: str, severity: Severity, what: Text, cure: Text) -> None:
        """Record the same finding on one field of several units."""
        if len(rows):
            what, cure = self.veils.over(path, what), self.veils.over(path, cure)
            self._many.append(_Findings(rows, self._place(path), severity, what, cure, path, len(self._found)))

    def problems(self, units: Names) -> Problems:
        """All findings as problems, in the order of rows and fields; *units* are the printed names."""
        single = Problems.of([self._problem(f, units) for f in self._found])
        keys = [np.array([(f.row, f.place, 2 * i + 1) for i, f in enumerate(self._found)], dtype=np.int64).reshape(-1, 3)]
        parts = [single]
        for found in self._many:
            sites = field_sites(self.places, found.rows, found.path)
            parts.append(Problems.saying(found.severity, found.what, found.cure, units.take(found.rows), sites))
            keys.append(np.column_stack([found.rows, *(np.full(len(found.rows), n) for n in (found.place, 2 * found.before))]))
        row, place, number = np.concatenate(keys).T
        return Problems.joined(parts).take(np.lexsort((number, place, row)))

    def _place(self, path: str) -> int:
        base = path.partition("@")[0]
        while base and base not in self.order:
            base = base.rpartition(".")[0]
        return self.order.get(base, len(self.order))

    def _problem(self, found: _Finding, units: Sequence[str]) -> Problem:
        row, _, severity, what, cure, path, entry, file = found
        places = self.places
        if row == TABLE:
            return Problem(severity, what, cure, "", file or "".join(places.files[:1]), places.sheet, "", path)
        if entry is not None:
            letter = next((a for name, a in entry.letters.items() if path.endswith("." + name)), "")
            return Problem(severity, what, cure, units[row], entry.file, entry.sheet, f"{letter}{entry.row}", path)
        return Problem(severity, what, cure, units[row], *places.spot(row, path))
