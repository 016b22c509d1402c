"""Every formula of a track, and every part of a formula: for what must be asked of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scorekit.domain.formula import EACH, Lookup, Node, Over, parts
from scorekit.domain.plan import CriterionPlan, ListPlan, SectionPlan, Track
from scorekit.domain.rubric import Rounding
from scorekit.domain.rule import Band, Knot


def walked(node: Node, lists: bool = True) -> Iterator[Node]:
    """A formula and all that it is made of, outermost first; without *lists* not what is said of each element of a list."""
    yield node
    if lists or not isinstance(node, Over):
        for part in parts(node):
            yield from walked(part, lists)


def lookups(node: Node) -> Iterator[Lookup]:
    """The lookups in a formula."""
    return (n for n in walked(node) if isinstance(n, Lookup))


def nodes_of(value: Any) -> list[Node]:
    """The formula trees inside one argument of a clause."""
    if isinstance(value, (tuple, Band, Knot)):
        return [n for v in value for n in nodes_of(v)]
    if isinstance(value, dict):
        return [n for v in value.values() for n in nodes_of(v)]
    return [value] if hasattr(value, "__dataclass_fields__") and not isinstance(value, Rounding) else []


def criterion_nodes(criterion: CriterionPlan) -> list[Node]:
    """All formulas of one criterion but its weight, which only its section reads."""
    own = (criterion.full, criterion.floor, criterion.ceiling, criterion.zero_if, criterion.only_for, criterion.not_applicable_if)
    found = [n for n in own if n is not None]
    found += [n for nodes in criterion.means.values() for n in nodes]
    for clause in criterion.clauses:
        found += [n for n in (clause.cap, clause.condition, clause.waived_if, clause.where, *clause.within) if n is not None]
        found += [n for _, value in clause.arguments.values() for n in nodes_of(value)]
    return found


def bounds_of(section: SectionPlan) -> list[Node]:
    """The formulas by which a section is combined and bounded, bonuses and deductions apart."""
    own = [n for n in (section.cap, section.floor, section.scale_to) if n is not None]
    return own + [n for _, value in section.settings.values() for n in nodes_of(value)]


def other_nodes(track: Track) -> list[Node]:
    """The formulas of a track that stand neither in a criterion nor in a gate nor in a derived value."""
    found: list[Node | None] = [n for r in track.rankings for n in r.nodes()]
    found += [n for levels in (track.levels, *(ladder.levels for ladder in track.ladders)) for level in levels for n in level.nodes()]
    found += [n for s in track.sections for n in (s.full, s.weight, s.bonus_cap, s.deduction_cap, *bounds_of(s))]
    found += [track.floor, *(c.weight for c in track.criteria)]
    return [*(n for n in found if n is not None), *track.caps.values(), *(n for g in track.groups.values() for n in g.nodes)]


def track_nodes(track: Track) -> list[Node]:
    """Every formula of a track; those of records stand in an ``Over`` of their list."""
    found = [n for _, n in track.derived] + [n for g in track.gates for n in g.nodes()] + other_nodes(track)
    found += [n for c in track.criteria for n in criterion_nodes(c)]
    found += [Over(EACH, path, n, None) for matter in track.matters for path, pair in matter.lists.items() for n in pair]
    return found + [
        Over(EACH, path, n, None) for path, plan in track.lists.items() for n in (*figure_nodes(plan), *track_nodes(plan.track))
    ]


def figure_nodes(plan: ListPlan) -> list[Node]:
    """The formulas that make one figure of what a record's criteria give."""
    return [n for n in (plan.cap, plan.floor, plan.multiplier) if n is not None]
