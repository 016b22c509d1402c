"""Conditions: one formula, or several of which all or any must hold, each of which can be told apart afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

from scorekit.compiling.arguments import Formulas
from scorekit.domain.formula import Call, Node
from scorekit.domain.plan import Part
from scorekit.domain.rubric import ConditionSpec

_JOINED = {"all": "and", "any": "or"}


def condition_spec(raw: Any) -> ConditionSpec | None:
    """A condition as a rubric writes it: a formula, {"all": […]} or {"any": {title: formula}}; None where there is none."""
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        return ConditionSpec((("", "", raw),))
    [(how, listed)] = raw.items()
    if isinstance(listed, Mapping):
        return ConditionSpec(tuple((title, f"/{how}/{title}", text) for title, text in listed.items()), how)
    return ConditionSpec(tuple(("", f"/{how}/{i}", text) for i, text in enumerate(listed)), how)


def condition(spec: ConditionSpec, formulas: Formulas, base: str, pointer: str) -> tuple[Node, tuple[Part, ...]]:
    """A condition as one formula, and its parts where it has several."""
    parts = tuple(Part(title, formulas.condition(text, base, pointer + at)) for title, at, text in spec.parts)
    whole = reduce(lambda a, b: Call(_JOINED[spec.how], (a, b)), (p.condition for p in parts))
    return whole, parts if len(parts) > 1 else ()


def conditions(specs: Mapping[str, ConditionSpec | None], formulas: Formulas, base: str) -> tuple[Node | None, tuple[Part, ...]]:
    """Several conditions by their pointers, all of which must hold; those that are not given are left out."""
    whole: Node | None = None
    found: list[Part] = []
    for pointer, spec in specs.items():
        if spec is not None:
            node, parts = condition(spec, formulas, base, pointer)
            found += parts or [Part(spec.parts[0][0], node)]
            whole = node if whole is None else Call("and", (whole, node))
    return whole, tuple(found)
