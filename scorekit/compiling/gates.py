"""Gates: as a rubric writes them, and compiled; when one fires, as one formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scorekit.compiling.arguments import Formulas
from scorekit.compiling.conditions import condition, condition_spec
from scorekit.domain.formula import Call, Node, constant, names
from scorekit.domain.plan import GatePlan
from scorekit.domain.rubric import ConditionSpec, GateSpec, Standard
from scorekit.errors import RubricError, T

NEVER = ConditionSpec((("", "", "false"),))


def gate_spec(path: str, spec: Mapping[str, Any], title: str, pointer: str, section: str) -> GateSpec:
    """A gate of the document. Raises RubricError where it does not say what happens when it fires."""
    if "effect" not in spec and "require" not in spec:
        what = T("the gate “{title}” does not say what happens when it fires", title=spec.get("title", title))
        raise RubricError(what, pointer, T('add “effect”, for example "not awarded"'))
    return GateSpec(
        id=path,
        no=str(spec.get("no", "")),
        title=spec.get("title", title),
        condition=condition_spec(spec.get("require", spec.get("if"))) or NEVER,
        fires_when="require" not in spec,
        effects=tuple(effects_of(spec.get("effect", "not awarded"))),
        blank=spec.get("blank", "incomplete"),
        pointer=pointer,
        section=section,
        wording=spec.get("wording", ""),
        basis=tuple(spec.get("basis", ())),
        reading=spec.get("reading", ""),
        only_for=spec.get("only_for"),
    )


def effects_of(written: Any) -> Iterator[tuple[str, str]]:
    """One effect or several, each as a name or as a name with its target."""
    for effect in written if isinstance(written, list) else [written]:
        yield (effect, "") if isinstance(effect, str) else next(iter(effect.items()))


def gate_plan(spec: GateSpec, formulas: Formulas, standard: Standard) -> GatePlan:
    """A gate compiled. Raises RubricError where its effect names what is not there."""
    pointer = f"{spec.pointer}/{'if' if spec.fires_when else 'require'}"
    whole, parts = condition(spec.condition, formulas, spec.section, pointer)
    only_for = formulas.maybe_condition(spec.only_for, spec.section, f"{spec.pointer}/only_for")
    targets = {c.path for c in standard.criteria} | {s.path for s in standard.sections}
    levels = {s.id for s in standard.levels} | {standard.below.id}
    for effect, target in spec.effects:
        wanted = targets if effect == "zero" else levels if effect.startswith("level") else None
        if wanted is not None and target not in wanted:
            raise RubricError(
                T("the gate's effect names “{target}”, which is not there", target=target),
                f"{spec.pointer}/effect",
                T("it may be: {names}", names=sorted(wanted)),
            )
    return GatePlan(spec, whole, tuple(sorted(names(whole))), only_for=only_for, parts=parts)


def fires_node(gate: GatePlan) -> Node:
    """When a gate fires, as one formula; a blank counts as no where the gate says so."""
    found = gate.condition
    if gate.spec.blank == "no":
        found = Call("coalesce", (found, constant(False)))
    found = found if gate.spec.fires_when else Call("not", (found,))
    return found if gate.only_for is None else Call("and", (gate.only_for, found))
