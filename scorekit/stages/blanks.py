"""What is asked for: the blanks (and what failed) that leave a unit without a total or a gate undecided, each with its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from scorekit.domain.asking import Asked
from scorekit.domain.column import Column, Why
from scorekit.domain.deciding import Notice
from scorekit.domain.extras import nowhere
from scorekit.domain.formula import Constant, Lookup, Name, Node, Result, names
from scorekit.domain.lacking import Blank, blank_fields, fields_of, groups_lacking, titled
from scorekit.domain.marks import Records
from scorekit.domain.naming import folded
from scorekit.domain.plan import ClausePlan, CriterionPlan, Plan, SectionPlan, Track
from scorekit.domain.printing import plain
from scorekit.domain.problems import Problems
from scorekit.domain.reasons import REASON_WORDS
from scorekit.domain.rubric import CriterionSpec, FieldSpec
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import COUNTED_AS_ZERO, Problem, Reason, ScoreSheet, Submissions
from scorekit.domain.tracks import Rows, track_rows
from scorekit.domain.unlisted import unlisted
from scorekit.domain.walking import criterion_nodes, lookups, nodes_of, track_nodes, walked
from scorekit.errors import T, Text


class _Item(NamedTuple):
    """A criterion or gate as people know it, and the fields it reads."""

    name: str
    path: str
    reads: tuple[str, ...]


def blanks(plan: Plan, submissions: Submissions, sheet: ScoreSheet, known: Iterable[Problem]) -> Problems:
    """One error for each blank field without which a unit is incomplete, unless *known* problems name its cell already.

    One warning for each blank that made an item of the base count 0, or for which a record is left out of a sum or mean.
    Also one for each unit at which a rule failed, and for each figure that cannot be had from what was submitted.
    Each thing is asked of all units, a run of rows after the other, before the next is; errors come before warnings.
    """
    asked, tracks = Asked(plan, submissions, known), [(t, rows) for t, rows in track_rows(plan, submissions) if len(rows)]
    for track, rows in tracks:
        _errors(asked, track, sheet, rows)
    for track, rows in tracks:  # a cell without which a gate is open is no mere warning
        _warnings(asked, track, sheet, rows)
    return asked.found()


def _errors(asked: Asked, track: Track, sheet: ScoreSheet, rows: Rows) -> None:
    """What leaves units of a track without a total or with an open gate, and what no table has a row for."""
    derived = {spec.path: node for spec, node in track.derived}
    for criterion in track.criteria:
        for own in asked.runs(rows):
            points = asked.read(sheet.points, criterion.spec.path)
            if points is not None and points.why is not None:
                _of_criterion(asked, criterion, _item_of(criterion, derived), points.why, own)
    for section in track.sections:
        for own in asked.runs(rows):
            _of_section(asked, track, section, sheet, own)
    for gate in track.gates:
        item = _Item(_named(gate.spec.no, gate.spec.title), gate.spec.id, _submitted(gate.reads, derived))
        for own in asked.runs(rows):
            codes = asked.read(sheet.reasons, "gate:" + gate.spec.id)
            if codes is not None:
                _of_gate(asked, item, own[codes[own] == Reason.GATE_OPEN], track)
    if any(True for n in track_nodes(track) for _ in lookups(n)):
        for own in asked.runs(rows):
            _of_tables(asked, track, own, sheet)


def _warnings(asked: Asked, track: Track, sheet: ScoreSheet, rows: Rows) -> None:
    """What counts 0, falls on the total or is left out of a sum, without leaving a unit of a track without a figure."""
    derived = {spec.path: node for spec, node in track.derived}
    for criterion in track.criteria:
        for own in asked.runs(rows):
            _of_zero(asked, criterion, sheet, _item_of(criterion, derived), own, track)
    for path, listed in track.lists.items():
        for spec in listed.track.standard.criteria:
            for own in asked.runs(rows):
                _of_record_items(asked, path, spec, sheet, own)
    for spec in (c.spec for c in track.criteria if c.spec.charge_to):
        for own in asked.runs(rows):
            _of_stray(asked, track, spec, sheet, own)
    for field in (f for f in track.standard.fields if f.kind == "records"):
        for own in asked.runs(rows):
            _of_records(asked, track, field, own)


def _item_of(criterion: CriterionPlan, derived: Mapping[str, Node]) -> _Item:
    """A criterion with all that it rests on, the fields by which its units are grouped included."""
    groups = sorted({p for clause in criterion.clauses for node in clause.within for p in names(node)})
    reads = (*criterion.reads, *(p for p in groups if p not in criterion.reads))
    return _Item(_named(criterion.spec.no, criterion.spec.title), criterion.spec.path, _submitted(reads, derived))


def _of_stray(asked: Asked, track: Track, spec: CriterionSpec, sheet: ScoreSheet, rows: Rows) -> None:
    """One warning for each deduction that falls on the total because nothing of the section it is charged to applies."""
    titles = {s.path: s.title for s in track.standard.sections}
    taken, figure = asked.read(sheet.points, spec.path), asked.read(sheet.sections, spec.charge_to)
    if taken is None or figure is None:
        return
    lost = np.asarray(nowhere(figure).values, dtype=bool) & ~taken.masked & (taken.values.num < 0)
    what = T("nothing of “{section}” applies, so “{item}” is taken from the total", section=titles[spec.charge_to], item=spec.title)
    asked.remark(rows[lost[rows]], spec.path, what, T("see whether the section applies to the unit"))


def strangers(submissions: Submissions, notice: Notice | None) -> Sequence[Problem]:
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


def _of_criterion(asked: Asked, criterion: CriterionPlan, item: _Item, codes: np.ndarray, rows: Rows) -> None:
    """What a criterion without points asks for."""
    mine = rows[(codes[rows] >= Why.MISSING) & (codes[rows] != Why.INVALID)]
    failed = codes[mine] == Reason.ERROR
    if failed.any():
        rules = {c.rule.name: c.rule.plugin for c in criterion.clauses}
        named = [T("{rule} of the plugin {plugin}", rule=rule, plugin=plugin) for rule, plugin in sorted(rules.items())]
        what = T("the rule failed at “{item}”: {rules}", item=item.name, rules=named)
        asked.add(mine[failed], item.path, what, T("tell the author of the plugin; the other units are scored"))
    mine = mine[~failed]
    mine = mine[~_of_fields(asked, mine, item)]
    for code in np.unique(codes[mine]).tolist():
        what = T("“{item}” cannot be scored: {reason}", item=item.name, reason=REASON_WORDS[Reason(code)])
        asked.add(mine[codes[mine] == code], item.path, what, T("look at what was entered for it"))
    if set(criterion.reads) <= set(item.reads) and not any(
        isinstance(n, (Lookup, Result)) for f in criterion_nodes(criterion) for n in walked(f)
    ):
        _of_rule(asked, criterion, item, rows[codes[rows] == Why.INVALID])


def _of_section(asked: Asked, track: Track, section: SectionPlan, sheet: ScoreSheet, rows: Rows) -> None:
    """What leaves a section (or the total) without a figure although each of its items has one, or does not apply."""
    figure = asked.read(sheet.sections, section.spec.path)
    if figure is None or figure.why is None:
        return
    mine = rows[(figure.why[rows] >= Why.MISSING) & (figure.why[rows] < Why.INVALID)]
    parts = [asked.read(sheet.points, c.spec.path) for c in track.criteria if c.spec.path in section.criteria and c.spec.kind == "base"]
    for part in (*parts, *(asked.read(sheet.sections, path) for path in section.sections)):
        if part is not None and part.why is not None:
            mine = mine[part.why[mine] < Why.MISSING]
    title = section.spec.title if section.spec.path else T("the total")
    for code in np.unique(figure.why[mine]).tolist():
        what = T("“{section}” has no figure: {reason}", section=title, reason=REASON_WORDS[Reason(code)])
        cure = T("look at the points of its items, and at how the standard combines them")
        asked.add(mine[figure.why[mine] == code], section.spec.path, what, cure)


def _of_fields(asked: Asked, rows: Rows, item: _Item, zero: bool = False) -> np.ndarray:
    """Ask for the blank fields that an item reads; whether there is any, or one that is reported as invalid."""
    answered = np.zeros(len(rows), dtype=bool)
    for path in item.reads if len(rows) else ():
        why = asked.why(path, rows)
        answered |= why >= Why.MISSING
        title = asked.fields[path].title
        what = T("“{title}” is empty; without it “{item}” cannot be judged", title=title, item=item.name)
        if zero:
            what = T("“{title}” is empty; “{item}” counts 0", title=title, item=item.name)
        asked.add(rows[why == Why.MISSING], path, what, T("fill it in"), "warning" if zero else "error", blank=True)
    return answered


def _lacking(asked: Asked, rows: Rows, paths: Sequence[str], track: Track) -> Iterator[tuple[Rows, list[Text]]]:
    """Some units by what is blank in the marks and records that an item rests on."""
    if not len(rows):
        return
    codes = [np.zeros(len(rows), dtype=np.int64)]
    words: list[list[list[Text]]] = [[[]]]
    for path in paths:
        spec, value = asked.fields.get(path), asked.column(path)
        if spec is not None and value is not None:
            read = fields_of(track_nodes(track), path) if isinstance(value, Records) else ()
            code, said = groups_lacking(value, spec, rows, read)
            codes.append(code)
            words.append(said)
    _, first, group = np.unique(np.stack(codes, axis=1), axis=0, return_index=True, return_inverse=True)
    order = np.argsort(group.reshape(-1), kind="stable")
    ends = np.cumsum(np.bincount(group.reshape(-1)))
    for at, own in zip(first.tolist(), np.split(rows[order], ends[:-1]), strict=True):
        yield own, [t for code, said in zip(codes, words, strict=True) for t in said[int(code[at])]]


def _of_rule(asked: Asked, criterion: CriterionPlan, item: _Item, rows: Rows) -> None:
    """What the form allows and the rule of an item that reads nothing but fields does not: outside a range, a grade without a price.

    It is said at the field that the rule goes by, with the range that holds for the unit where there is one.
    """
    entered = [p for clause in criterion.clauses for p in _gone_by(clause) if p in item.reads]
    for path in item.reads if len(rows) else ():
        rows = rows[asked.gravest(path, rows) < Why.INVALID]  # what is invalid by itself is reported as such; a void unit's is, too
    bands = [_bands(asked, clause, rows) for clause in criterion.clauses] or [([None] * len(rows), lambda _: None)]
    groups: dict[tuple[str | None, ...], list[int]] = {}
    for row, chosen in zip(rows.tolist(), zip(*(b[0] for b in bands), strict=True), strict=True):
        groups.setdefault(chosen, []).append(row)
    for chosen, own in groups.items():
        what = T("what was entered for “{item}” is not what its rule allows", item=item.name)
        for (_, words), grade in zip(bands, chosen, strict=True):
            if grade is not None and (band := words(grade)) is not None:
                what = T("what was entered for “{item}” is not what its rule allows: {band}", item=item.name, band=band)
        asked.add(np.array(own), (*entered, *item.reads, item.path)[0], what, T("look at the clause for what may be entered"))


def _bands(asked: Asked, clause: ClausePlan, rows: Rows) -> tuple[Sequence[str | None], Callable[[str], Text | None]]:
    """The grade of each unit's mark, None where the rule has no ranges; and from a grade to the range within which the mark must lie."""
    ranges = next((value for param, value in clause.arguments.values() if param.kind == "ranges" and value), None)
    grade = clause.arguments.get("grade", (None, None))[1]
    if ranges is None or not isinstance(grade, Name):
        return [None] * len(rows), lambda _: None
    column = asked.column(grade.path)
    own = column.take(rows) if isinstance(column, Column) else None
    chosen = [""] * len(rows) if own is None else ["" if m else str(v) for v, m in zip(own.values, own.masked, strict=True)]

    def words(grade: str) -> Text | None:
        ends = [n.value for n in ranges.get(grade, ()) if isinstance(n, Constant)]
        return T("{grade} {low}–{high}", grade=grade, low=plain(ends[0])[0], high=plain(ends[1])[0]) if len(ends) == 2 else None

    return chosen, words


def _gone_by(clause: ClausePlan) -> list[str]:
    """The fields that the first parameter of a clause's rule reads."""
    first = next(iter(clause.arguments.values()), (None, None))[1]
    return [first] if isinstance(first, str) else sorted(p for n in nodes_of(first) for p in names(n))


def _of_gate(asked: Asked, item: _Item, rows: Rows, track: Track) -> None:
    """What a gate that is open asks for."""
    for own, want in _lacking(asked, rows[~_of_fields(asked, rows, item)], item.reads, track):
        if want:
            what = T("“{item}” cannot be judged without {lacking}", item=item.name, lacking=want)
            asked.add(own, (*item.reads, item.path)[0], what, T("fill it in"))
            continue
        for path in item.reads:
            what = T("“{title}” does not apply; without it “{item}” cannot be judged", title=asked.fields[path].title, item=item.name)
            cure = T("enter a value, or have the standard say for whom “{item}” holds", item=item.name)
            asked.add(own[asked.why(path, own) == Why.NOT_APPLICABLE], path, what, cure)


def _of_tables(asked: Asked, track: Track, rows: Rows, sheet: ScoreSheet) -> None:
    """An error for each key for which a table has no row, in what is invalid for that reason."""
    derived = {spec.path: node for spec, node in track.derived}
    nodes = [n for n in track_nodes(track) if any(True for _ in lookups(n))]
    scope = TrackScope(track, asked.submissions.take(rows + asked.run.start), sheet.take(rows + asked.run.start))
    late = {id(n) for levels in (track.levels, *(a.levels for a in track.ladders)) for level in levels for n in level.nodes()}
    late |= {id(n) for ranking in track.rankings for n in ranking.nodes()}
    everyone, stopped = np.ones(len(rows), dtype=bool), _stopped(track, scope)
    found = [u for node in nodes for u in unlisted(node, scope, everyone if id(node) in late else stopped, len(rows))]
    times: dict[tuple[int, str], int] = {}
    groups: dict[tuple[int, str, str, str], list[tuple[int, int]]] = {}
    for order, each in enumerate(found):
        path = next(iter(_submitted(each.reads, derived)), "")
        times[each.row, path] = times.get((each.row, path), -1) + 1
        groups.setdefault((times[each.row, path], path, each.table.title, each.key), []).append((order, int(rows[each.row])))
    for (_, path, title, key), own in sorted(groups.items(), key=lambda g: g[0][0]):  # what is said first of a cell is what counts
        what = T("the table “{table}” has no row for {key}", table=title, key=key)
        order, mine = np.array(own).T
        asked.add(mine, path, what, T("correct the entry, or ask for the row to be added to the standard"), order=order)
    asked.settled()


def _stopped(track: Track, scope: TrackScope) -> np.ndarray:
    """Units of which something may be invalid: they have no total, a gate is open, or an item counts 0 for want of a value."""
    total = scope.sheet.totals["total"]
    rows = np.zeros(len(scope.submissions), dtype=bool) if total.why is None else total.why >= Why.INVALID
    for gate in track.gates:
        rows = rows | (scope.sheet.reasons["gate:" + gate.spec.id] == Reason.GATE_OPEN)
    for criterion in track.criteria:
        rows = rows | np.isin(scope.sheet.reasons[criterion.spec.path], COUNTED_AS_ZERO)
    return rows


def _of_records(asked: Asked, track: Track, spec: FieldSpec, rows: Rows) -> None:
    """A warning for each blank in a record of which a formula takes the value: that record is left out there."""
    records, read = asked.column(spec.path), fields_of(track_nodes(track), spec.path, valued=True)
    if not isinstance(records, Records) or not read:
        return
    among = np.zeros(len(records), dtype=bool)
    among[rows] = True
    groups: dict[tuple[int, str, str, bool], list[tuple[int, int]]] = {}
    for order, blank in enumerate(blank_fields(records, read, among)):
        key = blank.place, blank.field, blank.at, asked.by_pointer(blank.row)
        groups.setdefault(key, []).append((order, blank.row))
    for (place, name, at, pointer), own in groups.items():
        _of_blank(asked, asked.fields[spec.path], Blank(0, place, name, at), pointer, *np.array(own).T)
    asked.settled()


def _of_blank(asked: Asked, spec: FieldSpec, blank: Blank, pointer: bool, order: Rows, rows: Rows) -> None:
    """A warning at a record: by pointer where it stands with its unit, at the list where it has a row of its own."""
    what = T(
        "“{field}” of record {number} of “{title}” is empty{place}; the record is left out where it is needed",
        field=titled(spec)[blank.field],
        number=blank.place + 1,
        title=spec.title,
        place=f" [{blank.at}]" if blank.at else "",
    )
    _of_record(asked, spec, blank, pointer, what, T("fill it in"), order, rows)


def _of_record(asked: Asked, spec: FieldSpec, at: Blank, pointer: bool, what: Text, cure: Text, order: Rows, rows: Rows) -> None:
    """Say something of a field of one record of some units, by pointer or at their lists."""
    if pointer:
        asked.add(rows, f"{spec.path}.{at.place}.{at.field}", what, cure, "warning", order=order)
    else:
        asked.remark(rows, spec.path, what, cure, sheet=True, order=order)


def _of_record_items(asked: Asked, path: str, item: CriterionSpec, sheet: ScoreSheet, rows: Rows) -> None:
    """A warning for each item of a record that counts 0 for want of a figure; of what is beside the base only if it was begun."""
    listed, records = asked.read(sheet.lists, path), asked.column(path)
    if listed is None or not isinstance(records, Records) or item.path not in listed.sheet.reasons:
        return
    wanted = COUNTED_AS_ZERO if item.kind == "base" else (Reason.NO_FIGURE_AS_ZERO,)
    among = np.zeros(len(records), dtype=bool)
    among[rows] = True
    groups: dict[tuple[int, str, bool], list[int]] = {}
    for index in np.flatnonzero(np.isin(listed.sheet.reasons[item.path], wanted) & among[records.owners]).tolist():
        row = int(records.owners[index])
        at = "" if records.at is None else str(records.at.values[index])
        groups.setdefault((index - int(records.offsets[row]), at, asked.by_pointer(row)), []).append(row)
    field = asked.fields[path]
    for (place, at, pointer), own in groups.items():
        what = T(
            "“{item}” of record {number} of “{title}”{place} has no figure from what was submitted and counts 0",
            item=item.title,
            number=place + 1,
            title=field.title,
            place=f" [{at}]" if at else "",
        )
        mine = np.array(own)
        blank = Blank(0, place, item.path[len(path) + 1 :], at)
        _of_record(asked, field, blank, pointer, what, T("look at what was entered for it"), mine, mine)
    asked.settled()


def _of_zero(asked: Asked, criterion: CriterionPlan, sheet: ScoreSheet, item: _Item, rows: Rows, track: Track) -> None:
    """A warning for each blank that cost an item its points: the policy gives 0, and the unit should know."""
    codes = asked.read(sheet.reasons, criterion.spec.path)
    if codes is None:
        return
    mine = rows[np.isin(codes[rows], COUNTED_AS_ZERO)]
    extra = criterion.spec.kind != "base"  # of which nothing need be handed in: only what was begun and is not whole is told
    answered = asked.blank(item.reads, mine) if extra else _of_fields(asked, mine, item, zero=True)
    for own, want in _lacking(asked, mine[~answered], item.reads, track):
        if extra and not want:
            continue
        what = T("“{item}” has no figure from what was submitted and counts 0", item=item.name)
        if want:
            what = T("“{item}” has no figure without {lacking} and counts 0", item=item.name, lacking=want)
        asked.add(own, item.path, what, T("look at what was entered for it"), "warning")


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
