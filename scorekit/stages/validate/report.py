"""Gathers what is found in a table and puts it into words with its place, in the order of rows and fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scorekit.domain.intake import Entry, Unreadable
from scorekit.domain.tables import Places, Problem, Severity
from scorekit.errors import Text


@dataclass(slots=True)
class Report:
    """Findings of one table; ``order`` is the place of each field in the form."""

    places: Places
    order: Mapping[str, int]
    raw: dict[tuple[int, str], str] = field(default_factory=dict)
    _found: list[tuple[int, int, Severity, Text, Text, str, Entry | None]] = field(default_factory=list)
    _said: set[tuple[str, str, str]] = field(default_factory=set)
    _met: dict[int, Unreadable] = field(default_factory=dict)

    def add(
        self, row: int, path: str, severity: Severity, what: Text, cure: Text, shown: str | None = None, entry: Entry | None = None
    ) -> None:
        """Record one finding (row −1: of the table as a whole, said once); *shown* is what stood in the cell."""
        if shown is not None and row >= 0 and entry is None:
            self.raw.setdefault((row, path), shown)
        if row < 0:
            if (path, what.template, repr(what.params)) in self._said:
                return
            self._said.add((path, what.template, repr(what.params)))
        self._found.append((row, self._place(path), severity, what, cure, path, entry))

    def first(self, cell: Unreadable) -> bool:
        """Whether a cell that cannot be read is met for the first time; one fault may cover a row or a column."""
        met = id(cell) in self._met
        self._met[id(cell)] = cell
        return not met

    def _place(self, path: str) -> int:
        base = path.partition("@")[0]
        while base and base not in self.order:
            base = base.rpartition(".")[0]
        return self.order.get(base, len(self.order))

    def problems(self, units: Sequence[str]) -> tuple[Problem, ...]:
        """All findings as problems."""
        ordered = sorted(self._found, key=lambda f: f[:2])
        return tuple(self._problem(row, severity, what, cure, path, entry, units) for row, _, severity, what, cure, path, entry in ordered)

    def _problem(
        self, row: int, severity: Severity, what: Text, cure: Text, path: str, entry: Entry | None, units: Sequence[str]
    ) -> Problem:
        places = self.places
        if row < 0:
            return Problem(severity, what, cure, "", places.files[0] if places.files else "", places.sheet, "", path)
        unit, file = units[row], places.file_of(row)
        if entry is not None:
            name = path.rpartition(".")[2]
            cell = f"{entry.letters[name]}{entry.row}" if name in entry.letters else str(entry.row)
            return Problem(severity, what, cure, unit, entry.file, entry.sheet, cell, path)
        cell = places.cell(row, path)
        if places.letters:
            return Problem(severity, what, cure, unit, file, places.sheet, "" if cell.startswith("/") else cell, path)
        return Problem(severity, what, cure, unit, file, places.sheet, "", cell)
