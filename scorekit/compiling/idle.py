"""Parts of a rubric that can never work: gaps between levels, fields that nobody fills, conditions that are always the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from scorekit.compiling.lists import standards
from scorekit.compiling.variants import below
from scorekit.domain.formula import Call, Constant, Name, Node
from scorekit.domain.plan import CriterionPlan, LevelPlan, Plan, Track
from scorekit.domain.rubric import with_items
from scorekit.domain.tables import Problem
from scorekit.domain.walking import criterion_nodes, walked
from scorekit.errors import T, Text


def idle(plan: Plan) -> Iterator[Problem]:
    """The findings, each with its JSON pointer in ``field``."""
    nobody = set(_filled_by_nobody(plan.rubric.document, ""))
    for track in plan.tracks:
        yield from _gaps(track)
        yield from _constant_gates(track)
        yield from _no_options(track)
        for part in standards(track):
            for criterion in part.criteria:
                yield from _unfillable(criterion, part, nobody)
                yield from _hidden(criterion)


def _finding(what: Text, cure: Text, pointer: str) -> Problem:
    return Problem("warning", what, cure, field=pointer)


# -------------------------------------------------------------------- gaps and overlaps


def _gaps(track: Track) -> Iterator[Problem]:
    """Levels with a line at both ends leave no figure between them, and none to two of them."""
    bounded = [s for s in track.levels if _value(s.at_least) is not None and _value(s.at_most) is not None]
    step = _step(track)
    for lower, upper in zip(bounded[1:], bounded, strict=False):
        if str(lower.of) != str(upper.of) or lower.condition is not None or upper.condition is not None:
            continue
        top, bottom = _value(lower.at_most), _value(upper.at_least)
        assert top is not None
        assert bottom is not None
        own = step if str(lower.spec.of) == "points()" else _field_step(lower, track)
        names = {"lower": lower.spec.title, "upper": upper.spec.title}
        if bottom - top > own:
            what = T("between “{lower}” (up to {top}) and “{upper}” (from {bottom}) there is a gap", **names, top=top, bottom=bottom)
            yield _finding(what, T("write only at_least, or let the bounds meet at the digits of the figure"), lower.spec.pointer)
        elif bottom <= top:
            what = T("“{lower}” (up to {top}) and “{upper}” (from {bottom}) overlap: the better counts", **names, top=top, bottom=bottom)
            yield _finding(what, T("write only at_least, or let the bounds meet at the digits of the figure"), lower.spec.pointer)


def _value(node: Node | None) -> Fraction | None:
    return node.value.values.fractions()[0] if isinstance(node, Constant) and node.value.kind == "number" else None


def _step(track: Track) -> Fraction:
    """The smallest difference of two totals: its last digit."""
    return Fraction(1, 10**track.standard.total_rounding.decimals)


def _field_step(level: LevelPlan, track: Track) -> Fraction:
    """One where the figure is a whole number, else nothing: between two figures there is always a third."""
    field = next((f for f in track.standard.fields if isinstance(level.of, Name) and f.path == level.of.path), None)
    return Fraction(field is not None and field.schema.get("type") == "integer")


# -------------------------------------------------------------------- what nobody fills, what is always the same


def _filled_by_nobody(node: Mapping[str, Any], path: str) -> Iterator[str]:
    """Fields that are read-only and computed from nothing."""
    for name, child in below(node).items():
        inner = f"{path}.{name}" if path else name
        if isinstance(child, Mapping):
            source = child.get("x-source")
            given = isinstance(source, Mapping) and source.get("who") == "result"
            if child.get("readOnly") and "x-derive" not in child and not given and "properties" not in child:
                yield inner
            yield from _filled_by_nobody(child, inner)


def _unfillable(criterion: CriterionPlan, track: Track, nobody: set[str]) -> Iterator[Problem]:
    """A criterion that rests on a read-only field which nothing computes is missing for every unit."""
    titles = {f.path: f.title for f in track.standard.fields}
    for path in sorted(nobody.intersection(criterion.reads)):
        what = T("nobody can fill in “{field}”: it is readOnly and not computed", field=titles.get(path, path))
        yield _finding(what, T("give it x-derive, or take readOnly away"), criterion.spec.pointer)


def _constant_gates(track: Track) -> Iterator[Problem]:
    """A gate whose condition reads nothing fires for all or for nobody."""
    for gate in track.gates:
        if all(isinstance(n, (Call, Constant)) for n in walked(gate.condition)):
            what = T("the condition of the gate “{title}” reads nothing: it is the same for every unit", title=gate.spec.title)
            yield _finding(what, T("compare a field or a result, or remove the gate"), gate.spec.pointer)


def _no_options(track: Track) -> Iterator[Problem]:
    """A field compared with a text that is none of its options: never equal."""
    fields = list(with_items(track.standard.fields))
    options = {f.path: [o for o in f.schema["enum"] if isinstance(o, str)] for f in fields if "enum" in f.schema}
    titles = {f.path: f.title for f in fields}
    conditions = [(g.condition, g.spec.pointer) for g in track.gates]
    conditions += [(n, c.spec.pointer) for part in standards(track) for c in part.criteria for n in criterion_nodes(c)]
    for condition, pointer in conditions:
        for node in walked(condition):
            for path, text in _compared(node):
                if options.get(path) and text not in options[path]:
                    what = T("“{text}” is no option of “{field}”: the comparison never holds", text=text, field=titles[path])
                    yield _finding(what, T("it may be: {names}", names=options[path]), pointer)


def _compared(node: Node) -> Iterator[tuple[str, str]]:
    """The fields that a comparison sets beside texts, each with one text."""
    if isinstance(node, Call) and node.function in ("==", "!=", "in"):
        names = [a.path for a in node.arguments if isinstance(a, Name)]
        texts = [a.value.listed()[0] for a in node.arguments if isinstance(a, Constant) and a.value.kind == "text"]
        yield from ((name, str(text)) for name in names for text in texts)


# -------------------------------------------------------------------- clauses behind others


def _hidden(criterion: CriterionPlan) -> Iterator[Problem]:
    """Of clauses of which one counts, those that another always keeps from counting."""
    clauses = criterion.clauses
    if criterion.spec.combine == "first":
        always = next((i for i, c in enumerate(clauses) if c.condition is None and c.waived_if is None), len(clauses))
        for clause in clauses[always + 1 :]:
            what = T("the clause “{clause}” stands behind one that always applies", clause=clause.spec.title or clause.spec.id)
            yield _finding(what, T("put the one without “if” last"), clause.spec.pointer)
    elif criterion.spec.combine in ("best", "worst"):
        seen: dict[str, str] = {}
        for clause in clauses:
            key = (
                f"{clause.rule.name} {sorted(clause.spec.params.items())} {clause.spec.condition} {clause.spec.waived_if} {clause.spec.cap}"
            )
            if key in seen:
                what = T("the clause “{clause}” says the same as “{other}”", clause=clause.spec.id, other=seen[key])
                yield _finding(what, T("remove one of the two"), clause.spec.pointer)
            seen.setdefault(key, clause.spec.id)
