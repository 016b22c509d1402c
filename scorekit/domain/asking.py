"""What is asked of units, a run of rows at a time so that no column is made whole: each cell once, whichever run it is met in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why
from scorekit.domain.lazy import PART, columns
from scorekit.domain.marks import Panel, Records
from scorekit.domain.plan import Plan
from scorekit.domain.problem import Problem, Severity
from scorekit.domain.problems import Problems
from scorekit.domain.roll import Names
from scorekit.domain.sites import Place, Rows, Seen, Sites, Truths, field_sites
from scorekit.domain.tables import Places, Submissions, Value
from scorekit.errors import Text

V = TypeVar("V")
Codes = npt.NDArray[np.uint8]


class Asked:
    """Gathers what is asked for, but for cells that *known* problems name already.

    Rows are those of the ``run`` that is looked at; until there is one it holds all units.
    """

    def __init__(self, plan: Plan, submissions: Submissions, known: Iterable[Problem]) -> None:
        self.submissions = submissions
        self.fields = {f.path: f for f in plan.fields}
        self.run = slice(0, len(submissions))
        self._known, self._seen = Seen(), Seen()
        self._known.add(Problems.of(known).sites)
        self._rows_lacked: dict[str, Truths] = {}
        self._found: list[Problems] = []
        self._open: list[tuple[Problems, Rows]] = []
        self._columns: dict[tuple[Place, str], int] = {}

    def runs(self, rows: Rows) -> Iterator[Rows]:
        """Run after run of all units, those of *rows* (rising) in it, counted from where it begins.

        What is asked for in turn goes through all runs before the next is: so no run hides from another what is graver.
        """
        for start in range(0, len(self.submissions), PART):
            self.run = slice(start, min(start + PART, len(self.submissions)))
            first, last = np.searchsorted(rows, [start, self.run.stop]).tolist()
            if first < last:
                yield rows[first:last] - start
        self.settled()
        self.run = slice(0, len(self.submissions))

    def found(self) -> Problems:
        """All that was asked for."""
        self.settled()
        return Problems.joined(self._found)

    def settled(self) -> None:
        """Put what was asked for since the last time in the order of the rows; what one row was asked for keeps its order."""
        if self._open:
            order = np.argsort(np.concatenate([rows for _, rows in self._open]), kind="stable")
            self._found.append(Problems.joined([p for p, _ in self._open]).take(order))
            self._open, self._columns = [], {}

    def add(
        self,
        rows: Rows,
        path: str,
        what: Text,
        cure: Text,
        severity: Severity = "error",
        blank: bool = False,
        order: Rows | None = None,
    ) -> None:
        """One error (or warning) at a field of each of some units; *order* stands for the rows where these are not in theirs.

        Of a *blank* in a sheet that lacks the column it is said once, of the whole sheet.
        """
        rows = rows + self.run.start
        for part, mine in self._parts(rows):
            places, own = self.submissions.places[part], rows[mine]
            sites = field_sites(places, self.submissions.inner[own], path)
            celled, long = sites.celled(), self._long(places)
            lacked = ~celled & (blank and bool(places.letters))
            keep = ~(self._known.has(sites) | self._seen.has(sites))
            if long and lacked.any():
                keep[lacked] &= self._first_lacked(path, own[lacked])
            once = celled | (lacked & (not long)) | (not places.letters)
            keep[once] &= self._seen.first(sites.take(once))
            self._known.add(sites.take(keep & lacked & (not long)))
            self._mind_columns(own, sites, keep, lacked & (not long), ~(celled | lacked) & bool(places.letters))
            said = severity, what, cure
            for chosen, named in ((keep & lacked & (not long), False), (keep & ~(lacked & (not long)), True)):
                unit = self.submissions.unit.take(own[chosen]) if named else Names.blank(int(chosen.sum()))
                self._say(Problems.saying(*said, unit, sites.take(chosen)), (own if order is None else order[mine])[chosen])

    def remark(self, rows: Rows, path: str, what: Text, cure: Text, sheet: bool = False, order: Rows | None = None) -> None:
        """One warning at a field of each of some units without naming a cell (with *sheet* its sheet), whatever was said before."""
        rows = rows + self.run.start
        for part, mine in self._parts(rows):
            places, own = self.submissions.places[part], rows[mine]
            files, file = np.unique(places.file[self.submissions.inner[own]], return_inverse=True)
            nothing = np.zeros(len(own), dtype=np.int32)
            place = Place(places.sheet if sheet else "", "", path)
            sites = Sites((place,), nothing, tuple(places.files[f] for f in files.tolist()), file.reshape(-1).astype(np.int32), nothing)
            found = Problems.saying("warning", what, cure, self.submissions.unit.take(own), sites)
            self._say(found, own if order is None else order[mine])

    def by_pointer(self, row: int) -> bool:
        """Whether a unit's fields are found by JSON pointer."""
        return not self.submissions.places[int(self.submissions.part[row + self.run.start])].letters

    def why(self, path: str, rows: Rows) -> Codes:
        """Why each unit has no value; of a panel where all marks are without one."""
        column = self.column(path)
        if column is None:
            return np.full(len(rows), Why.MISSING, dtype=np.uint8)
        if isinstance(column, Panel):
            whys = [_why(m, rows) for m in column.marks]
            return np.asarray(np.min(whys, axis=0)) if whys else np.full(len(rows), Why.MISSING, dtype=np.uint8)
        return _why(column, rows)

    def blank(self, paths: Iterable[str], rows: Rows) -> Truths:
        """Whether one of some fields has no value of a unit."""
        found = np.zeros(len(rows), dtype=bool)
        for path in paths if len(rows) else ():
            found |= self.why(path, rows) >= Why.MISSING
        return found

    def gravest(self, path: str, rows: Rows) -> Codes:
        """The gravest code of each unit's value, or of what a panel or list of it holds."""
        column = self.column(path)
        if column is None:
            return np.zeros(len(rows), dtype=np.uint8)
        if not isinstance(column, Records):
            return np.asarray(np.max([_why(m, rows) for m in (column.marks if isinstance(column, Panel) else (column,))], axis=0))
        worst, all_rows = np.zeros(len(column), dtype=np.uint8), np.arange(len(column.owners))
        for value in column.columns.values():
            for inner in value.marks if isinstance(value, Panel) else (value,):
                np.maximum.at(worst, column.owners, _why(inner, all_rows))
        return np.maximum(_why(column, rows), worst[rows])

    def column(self, path: str) -> Value | None:
        """What the units of the run handed in for a field."""
        return self.read(self.submissions.columns, path)

    def read(self, table: Mapping[str, V], name: str) -> V | None:
        """The run of one column of a table that has a row for each unit; None where there is no such column."""
        return columns(table).source(name).read(self.run) if name in table else None

    def _say(self, problems: Problems, order: Rows) -> None:
        if len(problems):
            self._open.append((problems, order))

    def _parts(self, rows: Rows) -> Iterator[tuple[int, Rows]]:
        """The tables in which some units stand, each with the places of its own among them."""
        parts = self.submissions.part[rows]
        if len(rows) and (parts == parts[0]).all():
            yield int(parts[0]), np.arange(len(rows))
            return
        order = np.argsort(parts, kind="stable")
        known, starts = np.unique(parts[order], return_index=True)
        yield from zip(known.tolist(), np.split(order, starts[1:]), strict=len(known) > 0)

    def _long(self, places: Places) -> bool:
        """Whether long tables fill the units' fields: one that a unit lacks is a row that it lacks, not a column of the sheet."""
        return any((spec := self.fields.get(p.partition("@")[0])) is None or spec.result is None for p in places.elsewhere)

    def _mind_columns(self, rows: Rows, sites: Sites, keep: Truths, column: Truths, bare: Truths) -> None:
        """What is said of the whole sheet holds from the row on at which it is met: before it a row says itself what it lacks."""
        for at in np.flatnonzero(column & keep).tolist():
            self._columns[sites.places[sites.place[at]], sites.files[sites.file[at]]] = int(rows[at])
        for at in np.flatnonzero(bare & ~keep).tolist() if self._columns else ():
            keep[at] = rows[at] < self._columns.get((sites.places[sites.place[at]], sites.files[sites.file[at]]), -1)

    def _first_lacked(self, path: str, rows: Rows) -> Truths:
        """Which of some units are met for the first time without a row of a field."""
        known = self._rows_lacked.setdefault(path, np.zeros(len(self.submissions), dtype=bool))
        fresh = ~known[rows]
        known[rows] = True
        return fresh


def _why(value: Column | Records, rows: Rows) -> Codes:
    found: Codes = np.zeros(len(rows), dtype=np.uint8) if value.why is None else value.why[rows]
    return found
