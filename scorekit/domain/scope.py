"""Where formulas find their names: what was submitted, what is derived from it, and figures already scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from scorekit.domain.chains import Ties
from scorekit.domain.column import Column, Why
from scorekit.domain.counted import across
from scorekit.domain.formula import Node, RecordNames, Scope, Tied, evaluate
from scorekit.domain.lazy import columns
from scorekit.domain.marks import Panel, Records
from scorekit.domain.plan import MatterPlan, Track
from scorekit.domain.roll import Names
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import ListSheet, Reason, Reasons, ScoreSheet, Submissions, Value, blank_column, outcome_of

TOTALS = {"points": "total", "full": "full", "rank": "rank", "exact": "exact", "bonus": "sum:bonus", "deduction": "sum:deduction"}
NOUGHT = Column.of(0)


@dataclass(slots=True)
class TrackScope:
    """Names of one track over one table of units; derived values are computed once, when first read.

    ``peers`` are the scopes of all tracks that have units (this one among them) with their rows, for what compares units
    across tracks.
    """

    track: Track
    submissions: Submissions
    sheet: ScoreSheet
    peers: tuple[tuple[TrackScope, Any], ...] = ()
    fields: Mapping[str, FieldSpec] = field(init=False)
    derived: Mapping[str, tuple[FieldSpec, Node]] = field(init=False)
    known: dict[str, Value] = field(init=False)
    means: dict[str, tuple[Column, Reasons]] = field(init=False)
    inner: dict[str, RecordScope] = field(init=False)
    matters: dict[str, Mapping[str, Column]] = field(init=False)
    ties: Ties | None = None

    def __post_init__(self) -> None:
        self.fields = {f.path: f for f in self.track.standard.fields}
        self.derived = {f.path: (f, n) for f, n in self.track.derived}
        self.known, self.means, self.inner, self.matters = {}, {}, {}, {}
        self.sheet = self.sheet.opened()

    def add(self, **more: Mapping[str, Any]) -> None:
        """Put columns into the scope's own sheet: later criteria and formulas read them."""
        for table, added in more.items():
            getattr(self.sheet, table).update(added)

    def value(self, path: str) -> Value:
        """The column, panel or list of records of a path, one row a unit."""
        if path in self.track.fills and self.track.fills[path].node.key in self.sheet.population:
            return self.filled(path)[0]
        return self._plain(path)

    def _plain(self, path: str) -> Value:
        """The value as it was submitted or derived."""
        if path in self.derived:
            return self._derived(path)
        found = self.submissions.columns.get(path)
        return found if found is not None else blank(self.fields[path], len(self.submissions))

    def filled(self, path: str) -> tuple[Column, Reasons]:
        """A field in which the mean of a group stands where the rubric says so, and for each unit why (0: it has its own)."""
        if path not in self.means:
            fill, value = self.track.fills[path], self._plain(path)
            assert isinstance(value, Column)
            mean = self.figure(fill.node.key)
            own = value.spread(len(mean)).why
            why = np.zeros(len(mean), dtype=np.uint8) if own is None else own
            absent = np.asarray(why == Why.NOT_APPLICABLE, dtype=bool)
            if fill.absent is not None:
                asked = evaluate(fill.absent, RawScope(self, path))
                absent |= np.asarray(asked.values, dtype=bool) & ~asked.masked
            lacking = (why >= Why.MISSING) & ((why < Why.INVALID) | ((why == Why.INVALID) & fill.invalid)) & ~absent
            given = ((lacking & fill.missing) | (absent & fill.not_applicable)) & ~mean.masked
            whole = mean.values.choose(given, value.spread(len(mean)).values)
            codes = np.where(given, np.uint8(0), why)
            reasons = np.where(absent, np.uint8(Reason.NOT_APPLICABLE_MEAN), np.uint8(Reason.MISSING_AS_MEAN))
            column = Column("number", whole, codes if codes.any() else None, value.unit)
            self.means[path] = column, np.where(given, reasons, np.uint8(0))
        return self.means[path]

    def result(self, figure: str, path: str) -> Column:
        """A figure of the score sheet, read after its own rounding; full marks are those that apply."""
        if figure == "rate":
            return self.result("points", path) / self.result("full", path)
        if figure == "outcome":
            return self._outcome(path)
        if figure == "weight":
            return evaluate(self._weight(path), self)
        sheet = self.sheet
        if figure == "base":
            return sheet.sections[""]
        if figure == "left_out":
            return sheet.workings[f"left_out:{path}"] if path not in sheet.points else _left_out(sheet.points[path])
        if not path:
            return sheet.totals[TOTALS[figure]]
        if figure == "rank":
            return sheet.totals[f"rank:{path}"]
        if figure == "points":
            return sheet.points[path] if path in sheet.points else sheet.sections[path]
        return _applying(sheet.full[path], sheet.points[path]) if path in sheet.full else sheet.section_full.get(path, NOUGHT)

    def _weight(self, path: str) -> Node:
        """The weight of a criterion or section within its parent."""
        found = {c.spec.path: c.weight for c in self.track.criteria} | {s.spec.path: s.weight for s in self.track.sections}
        return found[path]

    def figure(self, key: str) -> Column:
        """A figure of the population: the same for all units of a group, or each unit's own place."""
        return self.sheet.population[key]

    def within(self, path: str, records: Records) -> Scope:
        """Where a formula about each record of a list finds its names; the records' scores are those of the sheet."""
        if path not in self.track.lists:  # the children of a section
            return RecordNames(records, path, self)
        if path not in self.inner:
            self.inner[path] = _record_scope(self, path, records)
        return self.inner[path]

    def tied(self, node: Tied) -> Column:
        """What a tie key asks of the units that share a place; missing where it is not known who does."""
        if node.function == "ahead":
            return Column.of(None) if self.ties is None else self.ties.ahead[node.key]
        return self.among(evaluate(node.of, self), np.arange(len(self.submissions)))

    def among(self, named: Column, owners: Any) -> Column:
        """Whether each name is that of a unit tied with its owner."""
        if self.ties is None:
            return Column("truth", np.zeros(len(owners), dtype=bool), np.full(len(owners), Why.MISSING, dtype=np.uint8))
        return self.ties.among(named.spread(len(owners)), owners)

    def within_list(self, path: str) -> RecordScope:
        """The names of each record of a list."""
        records = self.value(path)
        assert isinstance(records, Records)
        self.within(path, records)
        return self.inner[path]

    def keep(self, path: str) -> None:
        """Put the scores of a list's records, as they stand in its scope, into the scope's own sheet."""
        inner = self.inner[path]
        self.add(lists={path: ListSheet(Records(inner.records.offsets, {}, inner.records.why), inner.sheet)})

    def counting(self, path: str) -> Records:
        """A list, of which the records are barred that do not count because another of the same matter does."""
        records = self.value(path)
        assert isinstance(records, Records)
        for matter in self.track.matters:
            if path in matter.lists:
                bars = self._barred(matter)[path]
                records = replace(records, barred=bars if records.barred is None else records.barred | bars)
        return records

    def _barred(self, matter: MatterPlan) -> Mapping[str, Column]:
        """By list, which records do not count for the sake of the matter."""
        if matter.id not in self.matters:
            parts = []
            for path, nodes in matter.lists.items():
                inner = self.within_list(path)
                key, value = (evaluate(node, inner) for node in nodes)
                parts.append((inner.records, key, value))
            self.matters[matter.id] = dict(zip(matter.lists, across(parts), strict=True))
        return self.matters[matter.id]

    def _outcome(self, path: str) -> Column:
        """The outcome word of a criterion, a section or the total; there always is one."""
        if path in self.sheet.reasons:
            codes = self.sheet.reasons[path]
        else:
            why = (self.sheet.sections[path] if path else self.sheet.totals["total"]).why
            codes = np.zeros(len(self.submissions), dtype=np.uint8) if why is None else why
        words = np.array([outcome_of(code) for code in range(256)], dtype=object)
        return Column("text", words[codes])

    def _derived(self, path: str) -> Value:
        """A derived value, after all those that it rests on: however long the chain, none is evaluated inside another."""
        waiting = [path]
        while path not in self.known:
            before = [n for n in self.track.rests[waiting[-1]] if n not in self.known]
            waiting += before
            if not before:
                spec, node = self.derived[waiting[-1]]
                column = evaluate(node, self).spread(len(self.submissions))
                if spec.digits is not None and spec.declared.rounding is not None:
                    column = column.minted(spec.digits, spec.declared.rounding.mode)
                self.known[waiting.pop()] = Column(column.kind, column.values, column.why, spec.unit or None)
        return self.known[path]


def _left_out(points: Column) -> Column:
    """1 where an item does not apply to a unit, 0 where it does."""
    nowhere = np.zeros(len(points), dtype=bool) if points.why is None else (points.why > Why.PRESENT) & (points.why < Why.MISSING)
    return Column.array(nowhere.astype(np.int64))


@dataclass(frozen=True, slots=True)
class RawScope:
    """A scope in which one field has only what was submitted: the condition that asks whether to fill it may read it."""

    outer: TrackScope
    path: str

    def value(self, path: str) -> Value:
        """The value of a path, of the one field without what fills it."""
        return self.outer._plain(path) if path == self.path else self.outer.value(path)

    def result(self, figure: str, path: str) -> Column:
        """A figure of the score sheet."""
        return self.outer.result(figure, path)

    def figure(self, key: str) -> Column:
        """A figure of the population."""
        return self.outer.figure(key)

    def within(self, path: str, records: Records) -> Scope:
        """The names of each record of a list."""
        return self.outer.within(path, records)

    def tied(self, node: Tied) -> Column:
        """What a tie key asks of those who share a place."""
        return self.outer.tied(node)


@dataclass(slots=True, kw_only=True)
class RecordScope(TrackScope):
    """Names of the records of one list, one row a record: their own first, then those of the unit beside each of them."""

    outer: TrackScope
    path: str
    records: Records

    def value(self, path: str) -> Value:
        """As of the record; what stands further out is repeated for each."""
        if path.startswith(self.path + "."):
            return TrackScope.value(self, path)
        found: Value = _beside(self.records, self.outer.value(path))
        return found

    def result(self, figure: str, path: str) -> Column:
        """A figure of the record's own scores, or of the unit's; ``record`` is the record's own."""
        if figure == "record" and path == self.path:
            return self.sheet.totals["record"]
        if path.startswith(self.path + "."):
            return TrackScope.result(self, figure, path)
        found: Column = _beside(self.records, self.outer.result(figure, path))
        return found

    def among(self, named: Column, owners: Any) -> Column:
        """Whether each name is that of a unit tied with the one whose record it stands in."""
        return self.outer.among(named, self.records.owners[owners])

    def figure(self, key: str) -> Column:
        """The figure of the unit's population beside each of its records."""
        found: Column = _beside(self.records, self.outer.figure(key))
        return found


def _record_scope(outer: TrackScope, path: str, records: Records) -> RecordScope:
    size = int(records.offsets[-1])
    own = {f"{path}.{name}": column for name, column in records.columns.items()}
    around = columns(outer.submissions.columns).mapped(lambda value: _beside(records, value)).having(own)
    void, outside = (None if m is None else m[records.owners] for m in (outer.submissions.void, outer.submissions.outside))
    nowhere = np.zeros(size, dtype=np.int64)
    rows = Submissions(Names.blank(size), Names.blank(size), around, (), nowhere.astype(np.int32), nowhere, void=void, outside=outside)
    known = outer.sheet.lists.get(path)
    track, sheet = outer.track.lists[path].track, ScoreSheet(size) if known is None else known.sheet
    return RecordScope(track=track, submissions=rows, sheet=sheet, outer=outer, path=path, records=records)


def _beside(records: Records, value: Any) -> Any:
    """A unit's value beside each of its records; a constant stays one."""
    return value if isinstance(value, Column) and len(value) == 1 and len(records) != 1 else value.take(records.owners)


def _applying(full: Column, points: Column) -> Column:
    """Full marks, without those of units to whom the criterion does not apply."""
    if points.why is None:
        return full
    return full.masked_where(points.why == Why.NOT_PART, Why.NOT_PART).masked_where(points.why == Why.NOT_APPLICABLE, Why.NOT_APPLICABLE)


def blank(spec: FieldSpec, size: int) -> Value:
    """What a field is where nobody handed it in."""
    if spec.kind == "records":
        inner = {i.path[len(spec.path) + 1 :]: blank(i, 0) for i in spec.items if i.derive is None}
        return Records(np.zeros(size + 1, dtype=np.int64), inner, np.full(size, Why.MISSING, dtype=np.uint8))
    if spec.kind == "panel":
        return Panel(spec.raters or ("",), tuple(_unfilled(spec.mark_kind, size) for _ in spec.raters or ("",)), spec.panel.roles)
    return _unfilled(spec.kind, size)


def _unfilled(kind: str, size: int) -> Column:
    model = {"truth": Column.of(False), "text": Column.of("")}.get(kind, Column.of(0))
    return blank_column(Column(kind, model.values), size, Why.MISSING)  # type: ignore[arg-type]
