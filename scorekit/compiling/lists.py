"""The lists of a standard, ready to be read and scored: each with the standard of its own records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Protocol

from scorekit.compiling.arguments import Formulas
from scorekit.domain.formula import Name, Node, Over, results
from scorekit.domain.plan import CriterionPlan, ListPlan, MatterPlan, SectionPlan, Track
from scorekit.domain.rubric import FieldSpec, SectionSpec, Standard
from scorekit.domain.walking import criterion_nodes, figure_nodes, walked
from scorekit.errors import RubricError, T

Derived = Mapping[str, tuple[FieldSpec, Node]]


class Compiler(Protocol):
    """What compiles the parts of one standard."""

    standard: Standard
    formulas: Formulas

    def criteria(self) -> tuple[CriterionPlan, ...]:
        """Its criteria."""

    def section(self, spec: SectionSpec) -> SectionPlan:
        """One of its sections."""

    def of(self, standard: Standard) -> Compiler:
        """The same for the records of a list."""


def list_plans(compiler: Compiler, derived: Derived) -> dict[str, ListPlan]:
    """The lists of records among the fields of a standard, by path."""
    return {f.path: _list_plan(f, compiler, derived) for f in compiler.standard.fields if f.kind == "records"}


def _list_plan(spec: FieldSpec, outer: Compiler, derived: Derived) -> ListPlan:
    assert spec.record is not None
    record, number = spec.record, outer.formulas.maybe_number
    at = record.section.pointer
    scored = bool(record.criteria)
    own = replace(
        outer.standard,
        fields=tuple(derived[f.path][0] if f.path in derived else f for f in spec.items),
        criteria=record.criteria,
        sections=(record.section, *record.sections),
        gates=(),
    )
    compiler = outer.of(own)
    lists = list_plans(compiler, derived)
    criteria = compiler.criteria()
    deepest = sorted(record.sections, key=lambda s: -s.path.count("."))
    sections = tuple(compiler.section(s) for s in (*deepest, record.section)) if scored else ()
    root = sections[-1] if scored else None
    track = Track(
        categories=(),
        standard=own,
        derived=tuple(derived[f.path] for f in spec.items if f.path in derived),
        criteria=criteria,
        sections=sections,
        gates=(),
        levels=(),
        rankings=(),
        caps={},
        groups={},
        steps=0,
        lists=lists,
    )
    plan = ListPlan(
        spec=replace(spec, items=own.fields),
        track=track,
        section=root,
        cap=number(record.cap, spec.path, f"{at}/cap"),
        floor=number(record.floor, spec.path, f"{at}/floor"),
        multiplier=number(record.multiplier, spec.path, f"{at}/multiplier"),
    )
    return replace(plan, reads=tuple(sorted(_read_outside(plan))))


def _read_outside(plan: ListPlan) -> set[str]:
    """The fields outside a list that its records read."""
    nodes = [*figure_nodes(plan), *(n for _, n in plan.track.derived), *(n for c in plan.track.criteria for n in criterion_nodes(c))]
    read = set().union(*(all_names(n) for n in nodes), *(inner.reads for inner in plan.track.lists.values()))
    return {n for n in read if not n.startswith(plan.spec.path + ".")}


def all_names(node: Node) -> set[str]:
    """The paths a formula reads, those in the records of lists among them."""
    return {n.path.partition("@")[0] for n in walked(node) if isinstance(n, (Name, Over))}


def listed(lists: Mapping[str, ListPlan]) -> Iterator[ListPlan]:
    """All lists, those in lists after the ones that they stand in."""
    for plan in lists.values():
        yield plan
        yield from listed(plan.track.lists)


def standards(track: Track) -> Iterator[Track]:
    """The standard of the units, then those of the records of its lists, whose criteria are checked alike."""
    yield track
    yield from (plan.track for plan in listed(track.lists))


def with_steps(lists: Mapping[str, ListPlan], found: Mapping[str, int]) -> dict[str, ListPlan]:
    """The lists with the pass of each of their parts, in an order in which they may read one another."""
    place = {key: i for i, key in enumerate(found)}
    done = {}
    for path, plan in lists.items():
        track = plan.track
        criteria = sorted((replace(c, step=found[c.spec.path]) for c in track.criteria), key=lambda c: (c.step, place[c.spec.path]))
        sections = [replace(s, step=found["section:" + s.spec.path]) for s in track.sections]
        sections.sort(key=lambda s: (s.step, place["section:" + s.spec.path]))
        inner = replace(track, criteria=tuple(criteria), sections=tuple(sections), lists=with_steps(track.lists, found))
        root = next((s for s in sections if s.spec.path == path), None)
        done[path] = replace(plan, track=inner, section=root, step=found["list:" + path])
    return done


def matter_plans(matters: Mapping[str, Any], formulas: Formulas, where: str) -> tuple[MatterPlan, ...]:
    """Where of the records of several lists only one a matter counts. Raises RubricError where a list is none, or keys differ in kind."""
    found = []
    for name, spec in matters.items():
        lists: dict[str, tuple[Node, Node]] = {}
        kinds = set()
        for path, parts in spec["lists"].items():
            at = f"{where}#/x-rubric/matters/{name}/lists/{path}"
            if path not in formulas.names.lists or formulas.names.inside(path.rpartition(".")[0]):
                what = T("“{name}” is no list of records of a unit", name=path)
                raise RubricError(what, at, T("it may be: {names}", names=sorted(formulas.names.lists)))
            key = formulas.value(parts["key"], path, f"{at}/key")
            assert formulas.kinds is not None
            kinds.add(formulas.kinds.of(key, path))
            lists[path] = (key, formulas.number(parts.get("value", "record()"), path, f"{at}/value"))
        if len(kinds) > 1:
            what = T("the keys of the matter “{name}” are of several kinds", name=name)
            raise RubricError(what, f"{where}#/x-rubric/matters/{name}", T("let each key be a text, or each a number"))
        found.append(MatterPlan(name, spec.get("title", name), lists))
    return tuple(found)


def nodes_of_matters(matters: Iterable[MatterPlan], path: str) -> list[Node]:
    """The formulas by which it is found which records of a list count."""
    return [n for m in matters if path in m.lists for pair in m.lists.values() for n in pair]


def reads_results(node: Node, derived: Mapping[str, Node], inside: str) -> bool:
    """Whether a formula rests, maybe through derived values of the record, on what the records of *inside* were scored."""
    if any(path == inside or path.startswith(inside + ".") for _, path in results(node)):
        return True
    inner = [n for n in all_names(node) if n.startswith(inside + ".") and n in derived]
    return any(reads_results(derived[n], {k: v for k, v in derived.items() if k != n}, inside) for n in inner)
