"""Sections, the total among them: read from the document, and made ready to combine what stands in them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from scorekit.catalogue import Catalogue
from scorekit.compiling.arguments import Arguments, Formulas, setting
from scorekit.domain.formula import Node
from scorekit.domain.plan import SectionPlan, WeighingPlan
from scorekit.domain.rubric import ConditionSpec, GateSpec, Rounding, SectionSpec, Standard, Words
from scorekit.domain.rule import Aggregator
from scorekit.errors import RubricError, T

Raw = Mapping[str, Any]


def section_spec(path: str, title: str, spec: Raw, frame: Raw, pointer: str, parent: str, words: Words) -> SectionSpec:
    """A section as its ``x-criterion`` (for the total, ``x-rubric.total``) says; *frame* holds the rubric's stages of rounding."""
    stages = frame.get("rounding", {})
    weights = spec.get("weights", "")
    aggregate, settings = named(spec.get("aggregate", "weighted-mean" if weights else "sum"))
    return SectionSpec(
        path=path,
        no=str(spec.get("no", "")),
        title=title,
        points=spec.get("points"),
        pointer=pointer,
        parent=parent,
        aggregate=aggregate,
        weights=weights,
        settings=settings,
        weight=spec.get("weight", 1),
        cap=spec.get("cap"),
        floor=spec.get("floor"),
        bonus_cap=spec.get("bonus_cap"),
        deduction_cap=spec.get("deduction_cap"),
        scale=bool(spec.get("scale", not path)),
        scale_to=spec.get("scale_to"),
        rounding=None if not path else rounding_of(spec.get("rounding", stages.get("section"))),
        rounding_weighted=rounding_of(spec.get("rounding_weighted", stages.get("weighted"))),
        rounding_scaled=rounding_of(spec.get("rounding_scaled")),
        words=words,
        print=print_digits(spec, frame),
    )


def named(raw: Any) -> tuple[str, Raw]:
    """The name and the parameters of what is written as a name, or as ``{name: parameters}``."""
    if isinstance(raw, str):
        return raw, {}
    [(name, params)] = raw.items()
    return name, params


def scores(spec: Raw) -> bool:
    """Whether the ``x-criterion`` of an object makes it one criterion, not a section of several."""
    return "rule" in spec or "clauses" in spec


def scoring(node: Raw, pointer: str) -> Iterator[str]:
    """The pointers of what scores below an object, gates apart."""
    for name, child in node.get("properties", {}).items():
        at, spec = f"{pointer}/properties/{name}", child.get("x-criterion")
        if spec is not None and spec.get("kind") != "gate":
            yield f"{at}/x-criterion"
        yield from scoring(child, at)


def completed(spec: Raw, defaults: Raw) -> Raw:
    """A criterion with what its section gives all of its criteria; its own keys count, a rule of its own drops the section's."""
    if scores(spec):
        defaults = {k: v for k, v in defaults.items() if k not in ("rule", "clauses")}
    return {**defaults, **spec}


def print_digits(spec: Raw, frame: Raw) -> int | None:
    """The digits of a figure on paper, its own or the rubric's; None where it is printed with all that it has."""
    found = spec.get("print", frame.get("print"))
    return None if found is None else int(found["decimals"])


def rounding_of(spec: Raw | None) -> Rounding | None:
    """A stage of rounding as it is written; none where it is not."""
    return None if spec is None else Rounding(int(spec["decimals"]), spec.get("mode", "half-up"))


def left_out_gate(path: str, title: str, spec: Raw, no: str, pointer: str) -> GateSpec:
    """The bound on the share of full marks that may be left out of a section (of the total) as a gate."""
    return GateSpec(
        id=f"{path}.left_out".removeprefix("."),
        no=no,
        title=f"{title}缺项过多",
        condition=ConditionSpec((("", "", f"left_out({path}) > ({spec['at_most']})"),)),
        fires_when=True,
        effects=((spec.get("effect", "incomplete"), ""),),
        blank="no",
        pointer=f"{pointer}/left_out",
        section=path,
        reading=f"{title}缺项不得超过规定的份额",
    )


def section_plan(spec: SectionSpec, standard: Standard, catalogue: Catalogue, formulas: Formulas) -> SectionPlan:
    """A section ready to combine. Raises RubricError for a fault in a formula, PluginError for an aggregator that is not there."""
    at = spec.pointer
    aggregator = catalogue.find("aggregators", spec.aggregate, f"{at}/aggregate")

    def node(raw: Any, name: str) -> Node | None:
        return formulas.maybe_number(raw, spec.path, f"{at}/{name}")

    return SectionPlan(
        spec=spec,
        criteria=tuple(c.path for c in standard.criteria if c.section == spec.path),
        sections=tuple(s.path for s in standard.sections if s.parent == spec.path and s.path),
        aggregator=aggregator,
        settings=_settings(spec, aggregator, formulas),
        full=node(spec.points, "points"),
        weight=formulas.number(spec.weight, spec.path, f"{at}/weight"),
        cap=node(spec.cap, "cap"),
        floor=node(spec.floor, "floor"),
        bonus_cap=node(spec.bonus_cap, "bonus_cap"),
        deduction_cap=node(spec.deduction_cap, "deduction_cap"),
        scale_to=node(spec.scale_to, "scale_to"),
        weighter=catalogue.find("weighters", spec.weights, f"{at}/weights") if spec.weights else None,
    )


def weighings(sections: Iterable[SectionPlan], standard: Standard) -> tuple[WeighingPlan, ...]:
    """The sections whose children get their weights from the data, with the children of the base that are weighed."""
    base = {c.path: c.title for c in standard.criteria if c.kind == "base"}
    inner = [f"{c.section}." for c in standard.criteria if c.path in base]
    holds = {s.path: s.title for s in standard.sections if any(i.startswith(f"{s.path}.") for i in inner)}
    found = []
    for section in sections:
        if section.weighter is not None:
            children = (*(c for c in section.criteria if c in base), *(s for s in section.sections if s in holds))
            if children:
                key = f"weights:{section.spec.path}"
                found.append(WeighingPlan(key, section.spec.title, section.weighter, children, {c: {**base, **holds}[c] for c in children}))
    return tuple(found)


def _settings(spec: SectionSpec, aggregator: Aggregator, formulas: Formulas) -> Arguments:
    """One argument for each parameter of the aggregator."""
    at = f"{spec.pointer}/aggregate"
    known = {p.name: p for p in aggregator.params}
    for name in spec.settings:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            cure = T("did you mean “{near}”?", near=near[0]) if near else T("it takes: {names}", names=list(known))
            what = T("the aggregator {name} has no parameter “{param}”", name=aggregator.name, param=name)
            raise RubricError(what, f"{at}/{aggregator.name}/{name}", cure)
    found: Arguments = {}
    for name, param in known.items():
        if param.required and name not in spec.settings:
            example = f'{{"{aggregator.name}": {{"{name}": …}}}}'
            what = T("the aggregator {name} needs “{param}”", name=aggregator.name, param=name)
            raise RubricError(what, at, T("write {example}", example=example))
        pointer = f"{at}/{aggregator.name}/{name}"
        found[name] = (param, setting(param, spec.settings, formulas, spec.path, pointer))
        if param.kind == "integer" and spec.settings.get(name, 1) < 1:
            raise RubricError(T("“{found}” is too few", found=spec.settings[name]), pointer, T("write 1 or more"))
    return found
