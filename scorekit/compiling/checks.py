"""What a rubric that loads may still get wrong: full marks that do not add up, sources that are not listed, parts that can never count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from scorekit.compiling.demands import demanded
from scorekit.compiling.idle import idle
from scorekit.compiling.level_checks import level_findings
from scorekit.compiling.lists import standards
from scorekit.compiling.parsing import WORDS
from scorekit.compiling.privacy import unmarked
from scorekit.compiling.reach import needless, unreachable
from scorekit.domain.column import Column
from scorekit.domain.formula import Constant, Name, names
from scorekit.domain.naming import folded
from scorekit.domain.plan import ClausePlan, CriterionPlan, Plan, SectionPlan, Track
from scorekit.domain.rubric import FieldSpec, with_items
from scorekit.domain.rule import Children
from scorekit.domain.tables import Problem
from scorekit.domain.walking import lookups, nodes_of, other_nodes, track_nodes
from scorekit.errors import T, Text

ONE = Column.of(1)


def checks(plan: Plan) -> tuple[Problem, ...]:
    """The findings of ``rubric check``, each with its JSON pointer in ``field``; none where the rubric is sound."""
    found: list[Problem] = []
    for track in plan.tracks:
        found += _rowless(track)
        for part in standards(track):
            found += [*_full_marks(part), *_sources(part, track), *_numbers(part), *unreachable(part)]
            fields = {f.path: f for f in part.standard.fields}
            found += [p for c in part.criteria for p in _criterion(c, fields)]
        found += [_finding(*finding) for finding in level_findings(track)]
    left = list(_to_be_done(plan.rubric.document, f"{plan.rubric.where}#"))
    unread = (p for p in _unread(plan) if p.field not in {todo.field for todo in left})
    found += [*_needless(plan.tracks), *needless(plan.tracks), *_shadowing(plan), *_worded(plan), *unread]
    found += [*left, *idle(plan), *_unasked(plan), *unmarked(plan)]
    return tuple({(p.field, p.what.template, str(sorted(p.what.params.items(), key=str))): p for p in found}.values())


def _to_be_done(node: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    """What a draft leaves to its author (``x-todo``)."""
    for what in node.get("x-todo", ()):
        yield _finding(T("to be done: {what}", what=what), T("do it, then remove it from x-todo"), pointer)
    for name, child in node.get("properties", {}).items():
        if isinstance(child, Mapping):
            yield from _to_be_done(child, f"{pointer}/properties/{name}")


def _finding(what: Text, cure: Text, pointer: str, severity: str = "warning") -> Problem:
    return Problem(severity, what, cure, field=pointer)  # type: ignore[arg-type]


def _constant(node: object) -> Fraction | None:
    return node.value.values.fractions()[0] if isinstance(node, Constant) and node.value.kind == "number" else None


def _full_marks(track: Track) -> Iterator[Problem]:
    """Declared full marks against what the items below give, for each section and the total."""
    for section, summed in _summed(track):
        declared, scale = _constant(section.full), _constant(section.scale_to)
        if declared is None or summed is None or declared == summed or (section.scale_to is not None and declared == scale):
            continue
        name = section.spec.title if section.spec.path else T("the total")
        what = T("“{section}” states {declared} points, its items add up to {found}", section=name, declared=declared, found=summed)
        if track.categories:
            what = T("{categories}: {what}", categories=list(track.categories), what=what)
        yield _finding(what, T("correct the points of the items or of the section"), section.spec.pointer)


def _summed(track: Track) -> Iterator[tuple[SectionPlan, Fraction | None]]:
    """Each section with the full marks that its items give together, None where that is not known or differs."""
    known: dict[str, Fraction | None] = {c.spec.path: _constant(c.full) for c in track.criteria}
    kinds = {c.spec.path: c.spec.kind for c in track.criteria}
    only = {c.spec.path for c in track.criteria if c.only_for is not None}
    for section in track.sections:
        below = [p for p in (*(c for c in section.criteria if kinds[c] == "base"), *section.sections) if known.get(p) is not None]
        declared = _constant(section.full)
        summed = _combined(section, track, [(p, known[p]) for p in below]) if below else None
        if only & set(section.criteria):
            summed = None
        stated = declared if declared is not None else summed
        if section.scale_to is not None:
            stated = _constant(section.scale_to)
        known[section.spec.path] = stated if section.spec.path in track.based else None
        yield section, summed


def _needless(tracks: Sequence[Track]) -> Iterator[Problem]:
    """Caps of sections that their items do not reach in the standard of any category."""
    found = []
    for track in tracks:
        lines = [(s, _constant(s.cap), summed) for s, summed in _summed(track)]
        found.append({s.spec.path: (s, cap, summed) for s, cap, summed in lines if cap is not None and summed is not None and summed < cap})
    for path, (section, cap, summed) in found[0].items():
        if all(path in f for f in found):
            what = T("the cap of {cap} is never reached: the items come to {sum} at most", cap=cap, sum=summed)
            yield _finding(what, T("lower it, or take it out"), f"{section.spec.pointer}/cap")


def _combined(section: SectionPlan, track: Track, parts: list[tuple[str, Fraction | None]]) -> Fraction | None:
    """What the full marks of the items give together; None where that differs from unit to unit."""
    weights = {s.spec.path: s.weight for s in track.sections} | {c.spec.path: c.weight for c in track.criteria}
    settings = {name: value.value if isinstance(value, Constant) else value for name, (_, value) in section.settings.items()}
    if section.weighter is not None or any(nodes_of(value) for value in settings.values()):
        return None
    columns = tuple(Column.of(f or 0) for _, f in parts)
    weight = tuple(w.value if isinstance(w := weights[p], Constant) else ONE for p, _ in parts)
    _, full = section.aggregator.function(Children(tuple(p for p, _ in parts), columns, columns, weight), **settings)
    if full.why is not None:
        return None
    found: Fraction = full.values.fractions()[0]
    cap = _constant(section.cap)
    return found if cap is None else min(found, cap)


def _sources(track: Track, outer: Track) -> Iterator[Problem]:
    """Clauses without a basis, and bases that are not listed; what the criterion of a list says goes for its records."""
    spec = track.standard
    said = [f"{c.path}." for c in outer.standard.criteria if track is not outer and (c.words.basis or c.words.reading)]
    grounded = {c.pointer for c in spec.criteria if c.path.startswith(tuple(said))} if said else set()
    items = [(c.pointer, c.words.basis, c.words.reading) for c in spec.criteria] + [(g.pointer, g.basis, g.reading) for g in spec.gates]
    levels = [*spec.levels, *(s for ladder in spec.ladders for s in ladder.levels)]
    rested = [*((s.pointer, s.words.basis) for s in levels), *((ladder.pointer, ladder.words.basis) for ladder in spec.ladders)]
    for pointer, basis in [*((p, b) for p, b, _ in items), *rested]:
        for entry in basis:
            if entry["source"] not in spec.sources:
                yield _finding(
                    T("the source “{source}” is not listed", source=entry["source"]),
                    T("list it under x-rubric.sources"),
                    f"{pointer}/basis",
                )
    for pointer, basis, reading in items:
        if not basis and not reading and pointer not in grounded:
            yield _finding(T("the clause names neither its basis nor that it is our own reading"), T("add “basis” or “reading”"), pointer)


def _numbers(track: Track) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    spec = track.standard
    for no, path, pointer in [*((s.no, s.path, s.pointer) for s in spec.sections), *((c.no, c.path, c.pointer) for c in spec.criteria)]:
        if no and seen.setdefault(no, path) != path:
            yield _finding(T("the number {no} stands twice", no=no), T("number every item once"), pointer)


def _criterion(criterion: CriterionPlan, fields: Mapping[str, FieldSpec]) -> Iterator[Problem]:
    """A step that takes more than there is, unless the rubric says so, and bands with doubtful lines."""
    full = _constant(criterion.full)
    for clause in criterion.clauses if criterion.spec.beyond != "lost" else ():
        deduct = clause.arguments.get("deduct")
        amount = _constant(deduct[1]) if deduct is not None else None
        if amount is not None and full is not None and amount > full and criterion.spec.kind == "base" and criterion.floor is not None:
            what = T("one step takes {amount} points of {full}: the rest can never count", amount=amount, full=full)
            yield _finding(what, T("lower it, raise the points, or lift the floor (倒扣)"), clause.spec.pointer)
    for clause in criterion.clauses:
        for name, (param, value) in clause.arguments.items():
            if param.kind == "bands":
                yield from _bands(value, f"{clause.spec.pointer}/{name}", full)
        yield from _marks(clause, fields, full)


def _marks(clause: ClausePlan, fields: Mapping[str, FieldSpec], full: Fraction | None) -> Iterator[Problem]:
    """Grades that a panel may give and no table has a number for, and marks that reach beyond the full marks as they stand."""
    spec = fields.get(str(clause.arguments[clause.rule.first.name][1])) if clause.rule.first.kind == "panel" else None
    if spec is None:
        return
    schema = spec.schema.get("additionalProperties")
    schema = schema if isinstance(schema, Mapping) else {}
    for name, (param, table) in clause.arguments.items():
        lacking = [g for g in schema.get("enum", ()) if isinstance(g, str) and g not in table] if param.kind == "table" and table else []
        if lacking:
            what = T("these grades have no number: {names}", names=lacking)
            yield _finding(what, T("give each grade a number"), f"{clause.spec.pointer}/{name}")
    most, out_of = schema.get("maximum"), clause.arguments.get("out_of")
    if out_of is not None and out_of[1] is None and most is not None and full is not None and most > full:
        what = T("marks go up to {most}, and the full marks are {full}: what lies above is cut off", most=most, full=full)
        yield _finding(what, T("write “out_of”: {most}", most=most), clause.spec.pointer)


def _bands(bands: tuple[object, ...], pointer: str, full: Fraction | None) -> Iterator[Problem]:
    lines = [(_constant(b.bound), b.inclusive) for b in bands]  # type: ignore[attr-defined]
    if len(set(lines)) < len(lines):
        yield _finding(T("two bands begin at the same line"), T("remove one of them"), pointer)
    tops = [p for b in bands if (p := _constant(b.points)) is not None]  # type: ignore[attr-defined]
    if full is not None and tops and max(tops) > full:
        yield _finding(
            T("the highest band gives {points} points of {full}", points=max(tops), full=full),
            T("lower it or raise the full marks"),
            pointer,
        )


def _shadowing(plan: Plan) -> Iterator[Problem]:
    """Fields of which another of the same name stands further out: a formula in the section reads the inner one."""
    fields = {f.path: f for f in plan.base.fields}
    for field in plan.base.fields:
        outer = field.section
        while outer:
            outer = outer.rpartition(".")[0]
            other = fields.get(f"{outer}.{field.path.rpartition('.')[2]}".removeprefix("."))
            if other is not None:
                what = T("formulas in the section read “{inner}”, not “{outer}” of the same name", inner=field.path, outer=other.path)
                yield _finding(what, T("rename one of them, or write the whole path"), field.pointer)


def _worded(plan: Plan) -> Iterator[Problem]:
    """Fields whose name a formula takes for a word of its own."""
    for field in plan.base.fields:
        name = field.path.rpartition(".")[2]
        if name in WORDS:
            what = T("a formula takes “{name}” for a word, not for this field", name=name)
            yield _finding(what, T("rename it, or write it in backquotes: `{name}`", name=name), field.pointer)


def _unread(plan: Plan) -> Iterator[Problem]:
    """Fields that nothing reads in any category and that identify nobody."""
    read = {*plan.base.identity, plan.base.category}.union(demanded(plan.rubric.document), *(_read_in(track) for track in plan.tracks))
    read |= {f.panel.invited for f in plan.base.fields if f.panel.invited}
    for field in plan.base.fields:
        if field.path not in read and field.derive is None:
            what = T("nothing reads the field “{title}”", title=field.title)
            yield _finding(what, T("remove it, or keep it as information only"), field.pointer, "repair")


def _rowless(track: Track) -> Iterator[Problem]:
    """Values that a field may have and for which a table in which it is looked up has no row."""
    fields = {f.path: f for f in with_items(track.standard.fields)}
    for lookup in (found for node in track_nodes(track) for found in lookups(node)):
        table = lookup.table
        if table.otherwise is not None:
            continue
        for place, (key, asked) in enumerate(zip(table.keys, lookup.keys, strict=True)):
            spec = fields.get(asked.path) if isinstance(asked, Name) else None
            if spec is None or key.match != "equal" or spec.kind != "text":
                continue
            known = set(table.lines(place, "text").values.tolist())
            lacking = [v for v in spec.schema.get("enum", ()) if isinstance(v, str) and folded(v) not in known]
            if lacking:
                what = T("the table “{table}” has no row for {values} of “{field}”", table=table.id, values=lacking, field=spec.title)
                yield _finding(what, T("add the rows, or “otherwise”"), f"{_frame(track)}/tables/{table.id}")


def _unasked(plan: Plan) -> Iterator[Problem]:
    """Tables that no formula reads in any category."""
    read = {found.table.id for track in plan.tracks for node in track_nodes(track) for found in lookups(node)}
    for name, table in plan.tracks[0].tables.items():
        if name not in read:
            what = T("nothing reads the table “{title}”", title=table.title)
            yield _finding(what, T("remove it, or keep it as information only"), f"{_frame(plan.tracks[0])}/tables/{name}", "repair")


def _frame(track: Track) -> str:
    """The pointer of ``x-rubric``."""
    return track.standard.below.pointer.rpartition("/")[0]


def _read_in(track: Track) -> set[str]:
    """The fields that one track's criteria, formulas and gates read."""
    nodes = [*(n for _, n in track.derived), *(n for g in track.gates for n in g.nodes()), *other_nodes(track)]
    nodes += [n for c in track.criteria for n in (c.floor, c.ceiling, *(clause.cap for clause in c.clauses)) if n is not None]
    nodes += [n for c in track.criteria for clause in c.clauses for n in (*clause.within, clause.where) if n is not None]
    grouping = {name for r in track.rankings for name in r.spec.within}
    return {p for c in track.criteria for p in c.reads}.union(grouping, *(names(n) for n in nodes))
