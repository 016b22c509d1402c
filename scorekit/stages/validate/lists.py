"""Lists of records and panels of marks: columns within a column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.intake import Entry, Unreadable
from scorekit.domain.marks import Panel, Records
from scorekit.domain.remembered import remembered
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Severity, Value, blank_column
from scorekit.errors import T, Text

from . import repair
from .fields import checked
from .match import Slot
from .report import Report, Rows
from .units import masked

_VOTES: Mapping[str, Any] = {"type": "integer", "minimum": 0}
"""What is demanded of a number of votes, whatever the form says of it."""


def panel(spec: FieldSpec, cells: Mapping[Slot, Sequence[Any]], size: int, report: Report, lost: frozenset[Slot], in_sheet: bool) -> Panel:
    """The marks of a panel: one column a rater, missing where there is none."""
    raters = spec.raters or tuple(sorted(r for p, r in cells if p == spec.path and r)) or ("",)
    blank = Column.of("" if spec.mark_kind == "text" else 0)
    marks = []
    for rater, own in zip(raters, _mark_fields(spec, raters), strict=True):
        slot = (spec.path, rater)
        if slot in lost:
            marks.append(blank_column(blank, size, Why.INVALID))
        elif slot in cells:
            marks.append(checked(cells[slot], own, report, in_sheet))
            if spec.blank and spec.source == "panel":
                _note_words(marks[-1], cells[slot], own.path, report)
        else:
            marks.append(blank_column(blank, size, Why.MISSING))
    return Panel(raters, tuple(marks), spec.panel.roles)


@remembered
def _mark_fields(spec: FieldSpec, raters: tuple[str, ...]) -> tuple[FieldSpec, ...]:
    """The marks of each rater as a field of their own."""
    schema = spec.schema.get("additionalProperties")
    schema = schema if isinstance(schema, Mapping) else {}
    schema = {**_VOTES, **schema} if spec.source == "survey" else schema
    return tuple(replace(spec, path=f"{spec.path}@{r}", kind=spec.mark_kind, schema=schema, required=False) for r in raters)


def _note_words(marks: Column, cells: Sequence[Any], path: str, report: Report) -> None:
    """Keep the words that stand for no mark (回避): a rater who wrote one did not forget the unit."""
    for row in np.flatnonzero(marks.why == Why.MISSING).tolist() if marks.why is not None else ():
        if isinstance(cells[row], str) and (word := cells[row].strip()):
            report.raw.setdefault((row, path), word)


def votes_judged(fields: Sequence[FieldSpec], columns: Mapping[str, Value], report: Report) -> dict[str, Value]:
    """Columns in which a survey with more votes than people who were asked is invalid, and reported."""
    found = dict(columns)
    for spec in fields:
        votes, asked = columns[spec.path], columns.get(spec.panel.invited)
        if isinstance(votes, Panel) and isinstance(asked, Column):
            cast = sum((m.filled(m.masked, 0) for m in votes.marks), Column.of(0)).spread(len(votes))
            more = cast > asked
            rows = np.asarray(more.values, dtype=bool) & ~more.masked
            for row in np.flatnonzero(rows).tolist():
                [given], [most] = (c.take(slice(row, row + 1)).listed() for c in (cast, asked))
                what = T("“{title}” has {votes} votes, and only {asked} were asked", title=spec.title, votes=given, asked=most)
                report.add(row, spec.path, "error", what, T("count the votes again"), str(given))
            found[spec.path] = masked(votes, rows)
    return found


def records(cells: Sequence[Any], spec: FieldSpec, report: Report) -> Records:
    """Lists of objects as flat columns; a list that is no list is invalid, one not handed in is missing."""
    lists, why = _lists(cells, spec, report)
    rows = [r for r, found in enumerate(lists) for _ in found]
    entries = [e for found in lists for e in found]
    offsets = np.concatenate([[0], np.cumsum([len(found) for found in lists])]).astype(np.int64)
    inner = _Inner(report, rows, entries, spec.path, [i for found in lists for i in range(len(found))])
    flat = [_flat(e) for e in entries]
    columns = {}
    for name, item in _own(spec).items():
        columns[name] = _item(item, name, flat, inner)
    _note_unknown(spec, flat, inner)
    _count_checked(spec, offsets, why, report)
    at = Column.texts([_place(e) for e in entries]) if any(isinstance(e, Entry) for e in entries) else None
    return Records(offsets, columns, why if why.any() else None, at=at)


def _own(spec: FieldSpec) -> dict[str, FieldSpec]:
    """The fields of a record that are handed in, by their names in it."""
    return {i.path[len(spec.path) + 1 :]: i for i in spec.items if i.derive is None}


def _place(entry: Any) -> str:
    """The sheet (or file) and row of a record; empty where it stands with its unit."""
    return f"{entry.sheet or entry.file}!{entry.row}" if isinstance(entry, Entry) else ""


def _item(item: FieldSpec, name: str, flat: Sequence[Mapping[str, Any]], inner: _Inner) -> Value:
    """One field of all records: a column, the marks of a panel, or a list of each record's own."""
    if item.kind == "records":
        return records([f.get(name) for f in flat], item, inner)
    if item.kind != "panel":
        return checked([f.get(name) for f in flat], item, inner, False)
    given = dict.fromkeys(key[len(name) + 1 :] for f in flat for key in f if key.startswith((f"{name}.", f"{name}@")))
    cells = {(item.path, r): [f.get(f"{name}.{r}", f.get(f"{name}@{r}")) for f in flat] for r in given}
    return panel(item, cells, len(flat), inner, frozenset(), False)


class _Inner(Report):
    """Passes findings on a record to the report of the units, with the record's own place."""

    __slots__ = ("entries", "indexes", "outer", "path", "rows")

    def __init__(self, outer: Report, rows: list[int], entries: list[Any], path: str, indexes: list[int]) -> None:
        super().__init__(outer.places, outer.order)
        self.outer, self.rows, self.entries, self.path, self.indexes = outer, rows, entries, path, indexes

    def first(self, cell: Unreadable) -> bool:
        """As of the outer report."""
        return self.outer.first(cell)

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
        """As of the unit that the record belongs to."""
        own = self.entries[row]
        if isinstance(own, Entry):
            self.outer.add(self.rows[row], path, severity, what, cure, shown, own)
        else:
            name = path[len(self.path) + 1 :]
            self.outer.add(self.rows[row], f"{self.path}.{self.indexes[row]}.{name}", severity, what, cure, shown)

    def many(self, rows: Rows, path: str, severity: Severity, what: Text, cure: Text) -> None:
        """As of the units that the records belong to."""
        for row in rows.tolist():
            self.add(row, path, severity, what, cure)


def _lists(cells: Sequence[Any], spec: FieldSpec, report: Report) -> tuple[list[list[Any]], Any]:
    """Each unit's records, and why there are none."""
    lists: list[list[Any]] = []
    why = np.zeros(len(cells), dtype=np.uint8)
    for row, cell in enumerate(cells):
        if isinstance(cell, list) and all(isinstance(e, dict) for e in cell):
            lists.append(cell)
            continue
        lists.append([])
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            why[row] = Why.MISSING
        else:
            why[row] = Why.INVALID
            what, cure, shown = _no_list(cell, spec)
            report.add(row, spec.path, "error", what, cure, shown)
    return lists, why


def _no_list(cell: Any, spec: FieldSpec) -> tuple[Any, Any, str]:
    if isinstance(cell, Unreadable):
        return cell.what, cell.cure, cell.shown
    what = T("“{title}” must be a list of records", title=spec.title)
    return (
        what,
        T("give one row a record in a sheet or file named “{title}”, with the unit's name beside it", title=spec.title),
        repair.as_written(cell),
    )


def _flat(entry: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """A record with nested names joined by dots."""
    found: dict[str, Any] = {}
    for name, value in entry.items():
        if isinstance(value, dict):
            found.update(_flat(value, f"{prefix}{name}."))
        else:
            found[prefix + name] = value
    return found


def _note_unknown(spec: FieldSpec, flat: Sequence[Mapping[str, Any]], inner: _Inner) -> None:
    own = _own(spec)
    marks = {f"{name}{sign}{rater}" for name, i in own.items() for rater in i.raters for sign in ".@"}
    known, computed = own.keys() | marks, {i.path[len(spec.path) + 1 :]: i.title for i in spec.items if i.derive is not None}
    panels = tuple(f"{name}{sign}" for name, i in own.items() if i.kind == "panel" and not i.raters for sign in ".@")
    said: set[str] = set()
    for row, entry in enumerate(flat):
        for name in entry.keys() - known - said:
            said.add(name)
            if name in computed:
                what, cure = T("“{title}” is computed; what was entered is not used", title=computed[name]), T("leave the column out")
                inner.add(row, f"{spec.path}.{name}", "warning", what, cure)
            elif not name.startswith(panels):
                what = T("“{name}” is no field of the records of “{title}” and is not read", name=name, title=spec.title)
                inner.add(row, f"{spec.path}.{name}", "warning", what, T("leave it out, or use a title of the form"))


def _count_checked(spec: FieldSpec, offsets: Any, why: Any, report: Report) -> None:
    """minItems and maxItems, over the lengths of the lists."""
    lengths = np.diff(offsets)
    for row, what in _wrong_lengths(spec, lengths, why):
        why[row] = Why.INVALID
        report.add(row, spec.path, "error", what, T("look at the list again"), str(int(lengths[row])))


def _wrong_lengths(spec: FieldSpec, lengths: Any, why: Any) -> Iterator[tuple[int, Any]]:
    least, most = spec.schema.get("minItems", 0), spec.schema.get("maxItems")
    for row in np.flatnonzero((lengths < least) & (why == 0)):
        yield int(row), T("the list has fewer than {limit} records", limit=least)
    for row in np.flatnonzero((lengths > most) & (why == 0)) if most is not None else ():
        yield int(row), T("the list has more than {limit} records", limit=most)
