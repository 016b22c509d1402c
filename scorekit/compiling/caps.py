"""Caps of bonuses and deductions: of groups and of all together, and where only the largest one counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorekit.compiling.arguments import Formulas
from scorekit.domain.formula import Node
from scorekit.domain.plan import GroupPlan


def whole_caps(written: Mapping[str, Any], formulas: Formulas, at: str) -> tuple[dict[str, Node], frozenset[str]]:
    """The caps of all bonuses, all deductions and the total, and the sides of which only the largest counts."""
    caps: dict[str, Node] = {}
    largest = set()
    for name, raw in written.items():
        cap = raw.get("cap") if isinstance(raw, Mapping) else raw
        if cap is not None:
            caps[name] = formulas.number(cap, "", f"{at}/{name}" + ("/cap" if isinstance(raw, Mapping) else ""))
        if isinstance(raw, Mapping) and raw.get("take") == "largest":
            largest.add(name)
    return caps, frozenset(largest)


def group_plan(raw: Any, formulas: Formulas, at: str) -> GroupPlan:
    """A group: one cap for bonuses and deductions each, or one for either side, and whether only the largest counts."""
    if not isinstance(raw, Mapping):
        cap = formulas.number(raw, "", at)
        return GroupPlan(cap, cap)

    def side(name: str) -> Node | None:
        used = name if name in raw else "cap"
        return formulas.maybe_number(raw.get(used), "", f"{at}/{used}")

    return GroupPlan(side("plus"), side("minus"), raw.get("take") == "largest", raw.get("title", ""))
