"""What is asked for: the blanks (and what failed) that leave a unit without a total or a gate undecided, each with its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.deciding import Notice
from scorekit.domain.extras import strays
from scorekit.domain.formula import Constant, Lookup, Name, Node, Result, names
from scorekit.domain.lacking import Blank, blank_fields, fields_of, lacking, titled
from scorekit.domain.marks import Panel, Records
from scorekit.domain.naming import folded
from scorekit.domain.plan import ClausePlan, CriterionPlan, Plan, Track
from scorekit.domain.printing import plain
from scorekit.domain.reasons import REASON_WORDS
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Places, Problem, Reason, ScoreSheet, Severity, Submissions
from scorekit.domain.tracks import Rows, track_rows
from scorekit.domain.unlisted import unlisted
from scorekit.domain.walking import criterion_nodes, lookups, nodes_of, track_nodes, walked
from scorekit.errors import T, Text


class _Item(NamedTuple):
    """A criterion or gate as people know it, and the fields it reads."""

    name: str
    path: str
    reads: tuple[str, ...]


def blanks(plan: Plan, submissions: Submissions, sheet: ScoreSheet, known: Iterable[Problem]) -> tuple[Problem, ...]:
    """One error for each blank field without which a unit is incomplete, unless *known* problems name its cell already.

    One warning for each blank that made an item of the base count 0, or for which a record is left out of a sum or mean.
    Also one for each unit at which a rule failed, and for each figure that cannot be had from what was submitted.
    """
    asked = _Asked(plan, submissions, {(p.file, p.sheet, p.cell, p.field) for p in known})
    for track, rows in track_rows(plan, submissions):
        derived = {spec.path: node for spec, node in track.derived}
        for criterion in track.criteria:
            points = sheet.points.get(criterion.spec.path)
            if points is not None and points.why is not None:
                item = _Item(_named(criterion.spec.no, criterion.spec.title), criterion.spec.path, _submitted(criterion.reads, derived))
                _of_criterion(asked, criterion, item, points, rows)
        for gate in track.gates:
            item = _Item(_named(gate.spec.no, gate.spec.title), gate.spec.id, _submitted(gate.reads, derived))
            for row in rows[sheet.reasons["gate:" + gate.spec.id][rows] == Reason.GATE_OPEN].tolist():
                if not asked.of_fields(row, item) and (want := asked.lacking(row, item.reads, track)):
                    what = T("“{item}” cannot be judged without {lacking}", item=item.name, lacking=want)
                    asked.add(row, (*item.reads, item.path)[0], what, T("fill it in"))
        _of_tables(asked, track, rows, sheet)
        for criterion in track.criteria:  # last: a cell without which a gate is open is no mere warning
            if criterion.spec.kind == "base":
                _of_zero(asked, criterion, sheet, derived, rows, track)
        _of_strays(asked, track, sheet, rows)
        _of_records(asked, track, rows)
    return tuple(asked.found)


def _of_strays(asked: _Asked, track: Track, sheet: ScoreSheet, rows: Rows) -> None:
    """One warning for each deduction that falls on the total because nothing of the section it is charged to applies."""
    titles = {s.path: s.title for s in track.standard.sections}
    for spec in (c.spec for c in track.criteria if c.spec.charge_to):
        taken = sheet.points[spec.path].spread(sheet.size)
        lost = np.asarray(strays(spec, sheet).values, dtype=bool) & ~taken.masked & (taken.values.num < 0)
        for row in rows[lost[rows]].tolist():
            what = T("nothing of “{section}” applies, so “{item}” is taken from the total", section=titles[spec.charge_to], item=spec.title)
            cure = T("see whether the section applies to the unit")
            asked.found.append(Problem("warning", what, cure, asked.submissions.unit[row], asked.submissions.file(row), field=spec.path))


def strangers(submissions: Submissions, notice: Notice | None) -> tuple[Problem, ...]:
    """One warning for each unit that the notice says is only assessed and that handed nothing in."""
    if notice is None:
        return ()
    written: Mapping[str, Sequence[str]] = notice.document.get("assess_only", {})
    asked = {name: folded(name) for name in written.get("units", ())}
    known = set(submissions.key.take(submissions.key.among(asked.values())))
    absent = [name for name in written.get("units", ()) if asked[name] not in known]
    cure = T("compare the name in the notice with those in the submissions")
    return tuple(
        Problem("warning", T("the notice says of “{name}” that it is only assessed, and no submission has that name", name=name), cure)
        for name in absent
    )


def _of_criterion(asked: _Asked, criterion: CriterionPlan, item: _Item, points: Column, rows: Rows) -> None:
    """What a criterion without points asks for, unit by unit."""
    codes = np.zeros(len(points), dtype=np.uint8) if points.why is None else points.why
    for row in rows[(codes[rows] >= Why.MISSING) & (codes[rows] != Why.INVALID)].tolist():
        code = Reason(int(codes[row]))
        if code == Reason.ERROR:
            rules = {c.rule.name: c.rule.plugin for c in criterion.clauses}
            named = [T("{rule} of the plugin {plugin}", rule=rule, plugin=plugin) for rule, plugin in sorted(rules.items())]
            what = T("the rule failed at “{item}”: {rules}", item=item.name, rules=named)
            asked.add(row, item.path, what, T("tell the author of the plugin; the other units are scored"))
        elif not asked.of_fields(row, item):
            what = T("“{item}” cannot be scored: {reason}", item=item.name, reason=REASON_WORDS[code])
            asked.add(row, item.path, what, T("look at what was entered for it"))
    if set(criterion.reads) <= set(item.reads) and not any(
        isinstance(n, (Lookup, Result)) for f in criterion_nodes(criterion) for n in walked(f)
    ):
        _of_rule(asked, criterion, item, codes, rows)


def _of_rule(asked: _Asked, criterion: CriterionPlan, item: _Item, codes: np.ndarray, rows: Rows) -> None:
    """What the form allows and the rule of an item that reads nothing but fields does not: outside a range, a grade without a price.

    It is said at the field that the rule goes by, with the range that holds for the unit where there is one.
    """
    entered = [p for clause in criterion.clauses for p in _gone_by(clause) if p in item.reads]
    for row in rows[codes[rows] == Why.INVALID].tolist():
        if not asked.any_invalid(row, item.reads):
            what = T("what was entered for “{item}” is not what its rule allows", item=item.name)
            for clause in criterion.clauses:
                if (band := asked.band(row, clause)) is not None:
                    what = T("what was entered for “{item}” is not what its rule allows: {band}", item=item.name, band=band)
            asked.add(row, (*entered, *item.reads, item.path)[0], what, T("look at the clause for what may be entered"))


def _gone_by(clause: ClausePlan) -> list[str]:
    """The fields that the first parameter of a clause's rule reads."""
    first = next(iter(clause.arguments.values()), (None, None))[1]
    return [first] if isinstance(first, str) else sorted(p for n in nodes_of(first) for p in names(n))


def _of_tables(asked: _Asked, track: Track, rows: Rows, sheet: ScoreSheet) -> None:
    """An error for each key for which a table has no row, in what is invalid for that reason."""
    derived = {spec.path: node for spec, node in track.derived}
    nodes = [n for n in track_nodes(track) if any(True for _ in lookups(n))]
    if not nodes:
        return
    scope = TrackScope(track, asked.submissions.take(rows), sheet.take(rows))
    late = {id(n) for levels in (track.levels, *(a.levels for a in track.ladders)) for level in levels for n in level.nodes()}
    late |= {id(n) for ranking in track.rankings for n in ranking.nodes()}
    everyone, stopped = np.ones(len(rows), dtype=bool), _stopped(track, scope)
    found = [u for node in nodes for u in unlisted(node, scope, everyone if id(node) in late else stopped, len(rows))]
    for each in found:
        path = next(iter(_submitted(each.reads, derived)), "")
        what = T("the table “{table}” has no row for {key}", table=each.table.title, key=each.key)
        asked.add(int(rows[each.row]), path, what, T("correct the entry, or ask for the row to be added to the standard"))


def _stopped(track: Track, scope: TrackScope) -> np.ndarray:
    """Units of which something may be invalid: they have no total, a gate is open, or an item counts 0 for want of a value."""
    total = scope.sheet.totals["total"]
    rows = np.zeros(len(scope.submissions), dtype=bool) if total.why is None else total.why >= Why.INVALID
    for gate in track.gates:
        rows = rows | (scope.sheet.reasons["gate:" + gate.spec.id] == Reason.GATE_OPEN)
    for criterion in track.criteria:
        rows = rows | (scope.sheet.reasons[criterion.spec.path] == Reason.MISSING_AS_ZERO)
    return rows


def _of_records(asked: _Asked, track: Track, rows: Rows) -> None:
    """A warning for each blank in a record of which a formula takes the value: that record is left out there."""
    among = np.zeros(len(asked.submissions), dtype=bool)
    among[rows] = True
    nodes = track_nodes(track)
    for path, records in ((s.path, asked.submissions.columns.get(s.path)) for s in track.standard.fields if s.kind == "records"):
        if isinstance(records, Records):
            spec = asked.fields[path]
            titles = titled(spec)
            for blank in blank_fields(records, fields_of(nodes, path, valued=True), among):
                what = T(
                    "“{field}” of record {number} of “{title}” is empty{place}; the record is left out where it is needed",
                    field=titles[blank.field],
                    number=blank.place + 1,
                    title=spec.title,
                    place=f" [{blank.at}]" if blank.at else "",
                )
                asked.of_record(blank, path, what)


def _of_zero(asked: _Asked, criterion: CriterionPlan, sheet: ScoreSheet, derived: Mapping[str, Node], rows: Rows, track: Track) -> None:
    """A warning for each blank that cost an item its points: the policy gives 0, and the unit should know."""
    codes = sheet.reasons.get(criterion.spec.path)
    if codes is None:
        return
    item = _Item(_named(criterion.spec.no, criterion.spec.title), criterion.spec.path, _submitted(criterion.reads, derived))
    for row in rows[codes[rows] == Reason.MISSING_AS_ZERO].tolist():
        if not asked.of_fields(row, item, zero=True):
            want = asked.lacking(row, item.reads, track)
            what = T("“{item}” has no figure from what was submitted and counts 0", item=item.name)
            if want:
                what = T("“{item}” has no figure without {lacking} and counts 0", item=item.name, lacking=want)
            asked.add(row, item.path, what, T("look at what was entered for it"), "warning")


@dataclass
class _Asked:
    """Gathers what is asked for, each cell once."""

    plan: Plan
    submissions: Submissions
    said: set[tuple[str, str, str, str]]
    found: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fields: dict[str, FieldSpec] = {f.path: f for f in self.plan.fields}
        self.nodes: dict[int, list[Node]] = {}

    def of_fields(self, row: int, item: _Item, zero: bool = False) -> bool:
        """Ask for the blank fields that an item reads; whether there is any, or one that is reported as invalid."""
        answered = False
        for path in item.reads:
            why = self._why(row, path)
            if why == Why.MISSING:
                self._blank(row, path, item, zero)
            answered |= why >= Why.MISSING
        return answered

    def lacking(self, row: int, paths: Sequence[str], track: Track) -> list[Text]:
        """What is blank in the marks and records that an item rests on."""
        if id(track) not in self.nodes:
            self.nodes[id(track)] = track_nodes(track)
        nodes = self.nodes[id(track)]
        found = [(self.fields[p], self.submissions.columns.get(p)) for p in paths if p in self.fields]
        return [t for spec, value in found if value is not None for t in lacking(value, spec, row, fields_of(nodes, spec.path))]

    def any_invalid(self, row: int, paths: Sequence[str]) -> bool:
        """Whether a field is invalid by itself, and reported as such; what a whole unit's claim voids is, too."""
        return any(self._gravest(row, path) >= Why.INVALID for path in paths)

    def band(self, row: int, clause: ClausePlan) -> Text | None:
        """The range within which a unit's mark must lie, by its grade; None where the rule has none."""
        ranges = next((value for param, value in clause.arguments.values() if param.kind == "ranges" and value), None)
        grade = clause.arguments.get("grade", (None, None))[1]
        if ranges is None or not isinstance(grade, Name):
            return None
        column = self.submissions.columns.get(grade.path)
        chosen = "" if not isinstance(column, Column) or column.masked[row] else str(column.values[row])
        ends = [n.value for n in ranges.get(chosen, ()) if isinstance(n, Constant)]
        if len(ends) != 2:
            return None
        return T("{grade} {low}–{high}", grade=chosen, low=plain(ends[0])[0], high=plain(ends[1])[0])

    def _gravest(self, row: int, path: str) -> int:
        column = self.submissions.columns.get(path)
        if isinstance(column, Records):
            mine = slice(int(column.offsets[row]), int(column.offsets[row + 1]))
            whys = [c.why[mine] for c in column.columns.values() if c.why is not None]
            return max(0 if column.why is None else int(column.why[row]), *(int(w.max(initial=0)) for w in whys), 0)
        columns = column.marks if isinstance(column, Panel) else () if column is None else (column,)
        return max((0 if c.why is None else int(c.why[row]) for c in columns), default=0)

    def _blank(self, row: int, path: str, item: _Item, zero: bool) -> None:
        """Ask for one field; where a sheet lacks its column, once for the whole sheet."""
        title = self.fields[path].title
        what = T("“{title}” is empty; without it “{item}” cannot be judged", title=title, item=item.name)
        if zero:
            what = T("“{title}” is empty; “{item}” counts 0", title=title, item=item.name)
        self.add(row, path, what, T("fill it in"), "warning" if zero else "error", blank=True)

    def add(self, row: int, path: str, what: Text, cure: Text, severity: Severity = "error", blank: bool = False) -> None:
        """One error (or warning) at a unit's field."""
        file, sheet, at = self._at(row, path)
        no_cell = blank and not at[0] and not self._by_pointer(row)
        no_column = no_cell and not self._spread(row)
        said = (file, sheet, f"@{self.submissions.unit[row]}", path) if no_cell and not no_column else (file, sheet, *at)
        if not {said, (file, sheet, *at)} & self.said:
            if at[0] or self._by_pointer(row) or no_cell:
                self.said.add(said)
            unit = "" if no_column else self.submissions.unit[row]
            self.found.append(Problem(severity, what, cure, unit, file, sheet, *at))

    def _at(self, row: int, path: str) -> tuple[str, str, tuple[str, str]]:
        """File, sheet, and cell with field (or the pointer in the field's place) of a unit's value."""
        if (origin := self._places(row).origin(int(self.submissions.inner[row]), path)) is not None:
            return origin.file, origin.sheet, (origin.cell, path)
        cell = self.submissions.cell(row, path)
        at = ("", cell) if self._by_pointer(row) else ("" if cell.startswith("/") else cell, path)
        return self.submissions.file(row), self.submissions.sheet(row), at

    def _spread(self, row: int) -> bool:
        """Whether long tables fill the unit's fields: one that it lacks is a row that it lacks, not a column of the sheet."""
        elsewhere = self._places(row).elsewhere
        return any((spec := self.fields.get(p.partition("@")[0])) is None or spec.result is None for p in elsewhere)

    def of_record(self, blank: Blank, path: str, what: Text) -> None:
        """One warning at a record: by pointer where it stands with its unit, at the list where it has a row of its own."""
        if self._by_pointer(blank.row):
            self.add(blank.row, f"{path}.{blank.place}.{blank.field}", what, T("fill it in"), "warning")
        else:
            place = (self.submissions.file(blank.row), self.submissions.sheet(blank.row))
            self.found.append(Problem("warning", what, T("fill it in"), self.submissions.unit[blank.row], *place, "", path))

    def _places(self, row: int) -> Places:
        return self.submissions.places[int(self.submissions.part[row])]

    def _by_pointer(self, row: int) -> bool:
        return not self._places(row).letters

    def _why(self, row: int, path: str) -> int:
        column = self.submissions.columns.get(path)
        if column is None:
            return Why.MISSING
        if isinstance(column, Panel):
            whys = [0 if m.why is None else int(m.why[row]) for m in column.marks]
            return min(whys, default=int(Why.MISSING))
        return 0 if column.why is None else int(column.why[row])


def _submitted(reads: Sequence[str], derived: Mapping[str, Node]) -> tuple[str, ...]:
    """The fields that were to be submitted behind those that are read, in their order."""
    found: dict[str, None] = {}
    waiting, seen = list(reversed(reads)), set()
    while waiting:
        path = waiting.pop()
        if path not in derived:
            found[path] = None
        elif path not in seen:
            seen.add(path)
            waiting += sorted(names(derived[path]), reverse=True)
    return tuple(found)


def _named(no: str, title: str) -> str:
    return f"{no} {title}".strip()
