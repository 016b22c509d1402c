"""What belongs to one unit becomes one row: its own submission, the office's sheets, the marks of each rater, the votes of a survey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.finding import NOWHERE, Finder
from scorekit.domain.intake import RawTable, Unreadable
from scorekit.domain.naming import folded
from scorekit.domain.plan import Plan
from scorekit.domain.roll import Names, Rows
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Origin, Problem
from scorekit.errors import T
from scorekit.loading.lists import list_name, list_words
from scorekit.loading.long_tables import is_long
from scorekit.loading.register import keys_of
from scorekit.loading.request import LATEST
from scorekit.loading.verdicts import Marks, Verdict, left_of, part, shared_rows
from scorekit.loading.versions import SetAside, Stamp, latest
from scorekit.loading.waiting import Waiting
from scorekit.stages.validate.match import Slot, dictionary, matched
from scorekit.stages.validate.repair import number as as_number
from scorekit.stages.validate.repair import text_of, with_unit

OTHERS = ("office", "panel", "survey")
_FORMS = ("unit", "units")
_OTHER, _BLANK, _OWN = 0, 1, 2
"""What a row is: of a table that the unit does not fill in; of one that it does, with nothing filled in; its own submission."""


def merged(tables: Iterable[RawTable], plan: Plan, twice: str, alone: bool) -> Iterator[RawTable]:
    """The tables, of each unit one row with all that was filled in for it, each value with the place it came from.

    Tables wait until all of them are there, unless the rubric lets only the unit fill anything in, or *alone* says that there
    is one table only: nothing can be merged then. Many of them wait on disk; only rows of units that stand in several are held
    together. Which file was read first does not show.
    """
    merging = _Merging(plan, twice)
    if (alone or not merging.others) and twice != LATEST:
        yield from (merging.told(table) for table in tables)
        return
    records: list[RawTable] = []
    with closing(Waiting()) as waiting:
        marks: list[Marks] = []
        for table in tables:
            if merging.takes(table):
                waiting.add(own := merging.told(table))
                marks.append(merging.marks(own))
            elif twice == LATEST and list_name(table) in merging.lists:
                records.append(table)
            else:
                yield table
        verdicts = merging.verdicts(waiting, shared_rows(marks))
        yield from merging.aside.without(records, (left for _, left in left_of(waiting, verdicts) if left is not None))
        for whole, left in left_of(waiting, verdicts):
            if left is None:
                merging.problems += [*whole.problems, *_of_columns(plan, whole)]
            else:
                yield left
    if merging.problems:
        yield RawTable({}, (), (), (), problems=tuple(merging.problems))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A value of a unit: where it stands among all rows, and what it is."""

    row: int
    value: Any
    header: str


class _Merging:
    """Knows who fills what, and gathers rows under their units."""

    def __init__(self, plan: Plan, twice: str) -> None:
        self.plan, self.twice, self.known = plan, twice, dictionary(plan)
        named = {*plan.base.identity, plan.base.category}
        fields = [f for f in plan.fields if f.path not in named and f.derive is None]
        self.own = {f.path for f in fields if f.source == "unit"}
        self.others = any(f.source in OTHERS for f in fields)
        self.lists = list_words(plan)
        self.aside = SetAside(plan, self.known)
        self.problems: list[Problem] = []
        self._slots: dict[str, Slot | None] = {}

    def slot(self, header: str) -> Slot | None:
        """The one field (and rater) that a header means, or None."""
        if header not in self._slots:
            found = self.known.slots(header)
            self._slots[header] = next(iter(found)) if len(found) == 1 else None
        return self._slots[header]

    def takes(self, table: RawTable) -> bool:
        """Whether a table has units in its rows; lists of records and long tables belong to others."""
        if not len(table) or list_name(table) in self.lists or is_long(table, self.plan):
            return False
        there = {self.slot(h) for h in table.columns}
        return all((p, "") in there for p in self.plan.base.identity)

    def filled_in(self, table: RawTable) -> bool:
        """Whether the unit itself fills the table in."""
        slots = [s for s in map(self.slot, table.columns) if s is not None]
        return table.beside.get("form", ("", ""))[0] in _FORMS or any(path in self.own for path, _ in slots)

    def told(self, table: RawTable) -> RawTable:
        """The table, marked where the unit did not fill it in."""
        if not self.own or not len(table) or not self.takes(table) or self.filled_in(table):
            return table
        return replace(table, sent=[False] * len(table))

    # ---------------------------------------------------------------- one row a unit

    def marks(self, table: RawTable) -> Marks:
        """A number for the unit of each row: those of one unit have the same; 0 where a row names none."""
        key = self._keys(table)
        marks = np.maximum(key.fingerprints(), 1)
        marks[key.lengths == 0] = 0
        return marks

    def _keys(self, table: RawTable) -> Names:
        return keys_of(table, self.plan.base.identity, self.known)

    def verdicts(self, waiting: Waiting, shared: Sequence[Rows]) -> dict[int, Verdict]:
        """What becomes of rows of units that stand in several, by the place of their table; *shared* are those it may be."""
        numbers = [n for n, rows in enumerate(shared) if len(rows)]
        tables = [part(waiting[n], shared[n]) for n in numbers]
        if not tables:
            return {}
        key = Names.joined([self._keys(t) for t in tables])
        unit = Finder(key).rows(key)
        many = np.bincount(unit[unit != NOWHERE], minlength=len(key)) > 1
        several = np.flatnonzero((unit != NOWHERE) & many[np.maximum(unit, 0)])
        if not len(several):
            return {}
        found = _Gathered(self, tables, key, unit, several)
        return {n: found.verdict(place, shared[n]) for place, n in enumerate(numbers)}


class _Gathered:
    """The rows of all tables, those of one unit known to one another. Rows are counted through all tables."""

    def __init__(self, merging: _Merging, tables: list[RawTable], key: Names, unit: Rows, several: Rows) -> None:
        self.merging, self.listed, self.key, self.unit = merging, tables, key, unit
        sizes = [len(t) for t in tables]
        self.starts = np.cumsum([0, *sizes])
        self.table = np.repeat(np.arange(len(tables)), sizes)
        self.kind = np.repeat([_BLANK if merging.filled_in(t) else _OTHER for t in tables], sizes)
        self.keep = np.ones(len(unit), dtype=bool)
        self.base = np.arange(len(unit))
        self.changes: dict[tuple[int, str], dict[int, Any]] = {}
        self.places: dict[tuple[int, str], dict[int, Origin]] = {}
        self._own(several)
        self.rows = self._settled(several)
        self._filled()

    def _own(self, rows: Rows) -> None:
        """Note which rows are a unit's own submission: it filled something in there."""
        for number in np.unique(self.table[rows]).tolist():
            own = rows[self.table[rows] == number]
            for header, cells in self.listed[number].columns.items():
                slot = self.merging.slot(header)
                if slot is not None and slot[0] in self.merging.own:
                    there = np.array([_given(cells[i]) for i in (own - self.starts[number]).tolist()], dtype=bool)
                    self.kind[own[there]] = _OWN

    def _settled(self, rows: Rows) -> Rows:
        """Choose the row that stays of each unit; the rows that count, unit by unit, the chosen one first."""
        order = rows[np.lexsort((rows, -self.kind[rows], self.unit[rows]))]
        bounds = np.flatnonzero(np.diff(self.unit[order], prepend=-2))
        counts = np.add.reduceat((self.kind[order] == _OWN).astype(np.int64), bounds)
        first = order[bounds]
        self.base[order] = np.repeat(first, np.diff(np.append(bounds, len(order))))
        stays = (order == self.base[order]) | (self.kind[order] == _OWN)
        self.keep[order] = stays
        aside = np.zeros(len(self.unit), dtype=bool)
        for start, count in zip(bounds[counts > 1].tolist(), counts[counts > 1].tolist(), strict=True):
            self._twice(order[start : start + count].tolist(), aside)
        order = order[~aside[order]]
        self.keep &= ~aside
        that_count: Rows = order[(self.kind[order] != _OWN) | (order == self.base[order])]
        return that_count

    def _twice(self, rows: list[int], aside: npt.NDArray[np.bool_]) -> None:
        """Of several submissions of one unit set aside all but the latest, where that was asked for and can be told."""
        if self.merging.twice != LATEST:
            return
        best = latest([Stamp.of(self.listed[self.table[r]]) for r in rows])
        if best < 0:
            return
        kept = rows[best]
        self.base[self.base == self.base[kept]] = kept
        self.keep[kept] = True
        for row in rows:
            if row != kept:
                aside[row] = True
                table = self.listed[self.table[row]]
                self.merging.aside.add(table.files[table.file[row - int(self.starts[self.table[row]])]], self.key[row])
                what = T("{old} is set aside: {new} is the later submission of this unit", old=self._at(row).text, new=self._at(kept).text)
                self._note("repair", row, what, T("nothing needs to be done if this is what was meant"))

    # ---------------------------------------------------------------- values

    def _filled(self) -> None:
        """Give each row that stays what stands in the others."""
        absorbed = np.unique(self.table[self.rows[~self.keep[self.rows]]]).tolist()
        slots = dict.fromkeys(s for n in absorbed for h in self.listed[n].columns if (s := self.merging.slot(h)) is not None)
        for slot in slots:
            if slot[0] not in self.merging.plan.base.identity:
                self._fill(slot)

    def _fill(self, slot: Slot) -> None:
        """One field: the one value of each unit; where there are several, all of them must say the same."""
        row, value, header = self._cells(slot)
        if not len(row):
            return
        base = self.base[row]
        order = np.argsort(base, kind="stable")
        bounds = np.flatnonzero(np.diff(base[order], prepend=-1))
        counts = np.diff(np.append(bounds, len(order)))
        for start, count in zip(bounds.tolist(), counts.tolist(), strict=True):
            own = order[start : start + count].tolist()
            if count > 1:
                self._one(slot, [_Cell(int(row[i]), value[i], header[i]) for i in own])
            elif self.base[row[own[0]]] != row[own[0]]:
                self._put(slot, _Cell(int(row[own[0]]), value[own[0]], header[own[0]]), value[own[0]])

    def _cells(self, slot: Slot) -> tuple[Rows, list[Any], list[str]]:
        """All cells of a field that are filled in, in the order of the rows."""
        rows: list[int] = []
        values: list[Any] = []
        headers: list[str] = []
        which = self.table[self.rows]
        for number in np.unique(which).tolist():
            found = [h for h in self.listed[number].columns if self.merging.slot(h) == slot]
            for header in found[:1] if len(found) == 1 else ():
                cells, own = self.listed[number].columns[header], self.rows[which == number]
                unit = self.merging.known.written(header, slot[0])
                for row, inner in zip(own.tolist(), (own - self.starts[number]).tolist(), strict=True):
                    if _given(cells[inner]):
                        rows.append(row)
                        values.append(with_unit(cells[inner], unit))
                        headers.append(header)
        return np.array(rows, dtype=np.int64), values, headers

    def _one(self, slot: Slot, cells: Sequence[_Cell]) -> None:
        """A field that several tables give: the same, or nothing that can be used."""
        cells = sorted(cells, key=lambda c: (self.base[c.row] != c.row, self._at(c.row, c.header).text))
        places = sorted(self._at(c.row, c.header).text for c in cells)
        spec = self.merging.known.spec(slot[0])
        title = "@".join(part for part in (spec.title, slot[1]) if part)
        first = cells[0]
        if all(_same(first.value, c.value, spec) for c in cells[1:]):
            if slot[0] != self.merging.plan.base.category:
                what = T("“{header}” is given several times and the same: {cells}", header=title, cells=places)
                self._note("repair", first.row, what, T("nothing needs to be done"), slot[0])
            if self.base[first.row] != first.row:
                self._put(slot, first, first.value)
            return
        best = latest([Stamp.of(self.listed[self.table[c.row]]) for c in cells]) if self.merging.twice == LATEST else -1
        if best >= 0:
            kept = cells[best]
            what = T("“{header}” is given several times ({cells}); the latest counts", header=title, cells=places)
            self._note("repair", kept.row, what, T("nothing needs to be done if this is what was meant"), slot[0])
            self._put(slot, kept, kept.value)
            return
        what = T("“{header}” is given several times for this unit: {cells}", header=title, cells=places)
        shown = "; ".join(text_of(c.value) for c in cells if not isinstance(c.value, Unreadable))
        self._put(slot, cells[-1], Unreadable(shown, what, T("keep one of them")))

    def _put(self, slot: Slot, cell: _Cell, value: Any) -> None:
        """Let the row that stays have a value from another place."""
        base = int(self.base[cell.row])
        number = int(self.table[base])
        name = f"{slot[0]}@{slot[1]}" if slot[1] else slot[0]
        header = next((h for h in self.listed[number].columns if self.merging.slot(h) == slot), name)
        inner = base - int(self.starts[number])
        if self.merging.known.written(header, slot[0]):
            value = with_unit(value, self.merging.known.spec(slot[0]).unit)
        self.changes.setdefault((number, header), {})[inner] = value
        self.places.setdefault((number, name), {})[inner] = self._at(cell.row, cell.header)

    def _at(self, row: int, header: str = "") -> Origin:
        """The place of a cell, or of a unit's name."""
        number = int(self.table[row])
        table = self.listed[number]
        inner = row - int(self.starts[number])
        if not header:
            header = next(h for h in table.columns if self.merging.slot(h) == (self.merging.plan.base.identity[0], ""))
        slot = self.merging.slot(header)
        path = header if slot is None else f"{slot[0]}@{slot[1]}" if slot[1] else slot[0]
        return table.origin(inner, header, path)

    def _note(self, severity: Any, row: int, what: Any, cure: Any, path: str = "") -> None:
        at = self._at(row)
        base, named = int(self.base[row]), self.merging.plan.base.identity[0]
        table = self.listed[int(self.table[base])]
        header = next(h for h in table.columns if self.merging.slot(h) == (named, ""))
        unit = table.columns[header][base - int(self.starts[int(self.table[base])])]
        place = {"field": at.cell} if at.cell.startswith("/") else {"cell": at.cell, "field": path}
        self.merging.problems.append(Problem(severity, what, cure, text_of(unit), at.file, at.sheet, **place))

    # ---------------------------------------------------------------- giving

    def verdict(self, number: int, rows: Rows) -> Verdict:
        """What becomes of one table, its rows here being some *rows* of the whole."""
        back = rows.tolist()
        changes, places = (
            {name: {back[inner]: cell for inner, cell in found.items()} for (n, name), found in noted.items() if n == number}
            for noted in (self.changes, self.places)
        )
        return Verdict(rows, self.keep[self.starts[number] : self.starts[number + 1]], changes, places)


def _given(cell: Any) -> bool:
    """Whether something stands in a cell."""
    if isinstance(cell, (str, list)):
        return bool(cell.strip() if isinstance(cell, str) else cell)
    return cell is not None and cell is not np.ma.masked


def _same(one: Any, other: Any, spec: FieldSpec) -> bool:
    """Whether two cells of a field say the same."""
    if isinstance(one, (list, Unreadable)) or isinstance(other, (list, Unreadable)):
        return bool(one == other)
    return bool(one == other) or _plain(one, spec) == _plain(other, spec)


def _plain(cell: Any, spec: FieldSpec) -> Any:
    """A cell to be compared: a number however it is written and in whichever unit, else a folded text."""
    text = text_of(cell)
    if (spec.mark_kind if spec.kind == "panel" else spec.kind) == "number":
        value = as_number(text, spec.unit).value
        if value is not None:
            return Decimal(value)
    try:
        found = Decimal(folded(text))
    except InvalidOperation:
        return folded(text)
    return found if found.is_finite() else folded(text)


def _of_columns(plan: Plan, table: RawTable) -> Iterator[Problem]:
    """What is to be said of the columns of a table whose rows went to others."""
    for header, severity, what, cure in matched(plan, tuple(table.columns)).remarks:
        yield Problem(severity, what, cure, "", table.files[0], table.sheet, "", header)
