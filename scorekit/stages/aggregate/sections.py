"""Gates asked, and sections combined from their children: capped, zeroed, put on their scale, rounded."""

from __future__ import annotations

from typing import Any

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.formula import evaluate
from scorekit.domain.plan import GatePlan, SectionPlan, Track
from scorekit.domain.rule import Aggregator, Children
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reason
from scorekit.errors import PluginError, T

ZERO = Column.of(0)


def ask(gate: GatePlan, scope: TrackScope) -> None:
    """Put one gate more into the scope's sheet: clear, fired, or open where a blank leaves it undecided."""
    size = len(scope.submissions)
    condition = evaluate(gate.condition, scope).spread(size)
    truth = np.asarray(condition.values, dtype=bool)
    unknown = condition.masked
    if gate.spec.blank == "no":
        truth, unknown = truth & ~unknown, np.zeros(size, dtype=bool)
    fired = truth == gate.spec.fires_when
    codes = np.where(fired, np.uint8(Reason.GATE_FIRED), np.uint8(Reason.GATE_CLEAR))
    name = "gate:" + gate.spec.id
    value = scope.value(gate.reads[0]) if gate.reads else condition
    scope.add(reasons={name: np.where(unknown, np.uint8(Reason.GATE_OPEN), codes)}, values={name: value})


def combine(section: SectionPlan, scope: TrackScope) -> None:
    """Put one section more into the scope's sheet: combined, capped, zeroed by its gates, put on its scale, rounded."""
    size = len(scope.submissions)
    points, full = _combined(section, scope, size)
    if section.cap is not None:
        points = points.clip(None, evaluate(section.cap, scope))
    if section.floor is not None:
        points = points.clip(evaluate(section.floor, scope), None)
    zeroed = _zeroed(section, scope)
    if zeroed is not None:
        points = points.filled(zeroed & ~points.masked, 0)
    if section.spec.rounding is not None:
        points = points.minted(section.spec.rounding.decimals, section.spec.rounding.mode)
    path = section.spec.path
    scope.add(sections={path: points}, section_full={path: full})


def _combined(section: SectionPlan, scope: TrackScope, size: int) -> tuple[Column, Column]:
    """Earned and applicable full marks of a section's base items, re-normalised where the section is a scale."""
    names, points, full, weights = _children(section, scope)
    if not names:
        nothing = ZERO.spread(size).masked_where(np.ones(size, dtype=bool), Why.NOT_APPLICABLE)
        return nothing, nothing
    blocked = _blocked(points)
    open_points = [_excluded(p) for p in points]
    children = Children(names, tuple(open_points), tuple(_like(f, p) for f, p in zip(full, open_points, strict=True)), weights)
    earned, applicable = _called(section.aggregator, children, size)
    if section.spec.scale and any(p.why is not None for p in open_points):
        earned, applicable = _scaled(section, scope, names, points, full, weights, earned, applicable)
    earned = _charged(section, scope, earned)
    return (earned, applicable) if blocked is None else (_blocked_out(earned, blocked), applicable)


def _children(section: SectionPlan, scope: TrackScope) -> tuple[tuple[str, ...], list[Column], list[Column], tuple[Column, ...]]:
    """Names, points, full marks and weights of what stands in the section's base."""
    sheet = scope.sheet
    kinds = {c.spec.path: c.spec.kind for c in scope.track.criteria}
    weight_of = {s.spec.path: s.weight for s in scope.track.sections}
    criteria = [c for c in section.criteria if kinds[c] == "base"]
    sections = [s for s in section.sections if _holds_base(scope.track, s)]
    points = [sheet.points[c] for c in criteria] + [sheet.sections[s] for s in sections]
    full = [sheet.full.get(c, ZERO) for c in criteria] + [sheet.section_full[s] for s in sections]
    weights = (*(Column.of(1) for _ in criteria), *(evaluate(weight_of[s], scope) for s in sections))
    return (*criteria, *sections), points, full, weights


def _holds_base(track: Track, path: str) -> bool:
    """Whether anything below a section counts in the base."""
    return any(c.spec.kind == "base" and (c.spec.section == path or c.spec.section.startswith(path + ".")) for c in track.criteria)


def _called(aggregator: Aggregator, children: Children, size: int) -> tuple[Column, Column]:
    earned, full = aggregator.function(children)
    if len(earned) not in (1, size) or len(full) not in (1, size):
        raise PluginError(T("the aggregator {name} of the plugin {plugin} returned the wrong number of rows", name=aggregator.name, plugin=aggregator.plugin))
    return earned.spread(size), full.spread(size)


def _scaled(
    section: SectionPlan,
    scope: TrackScope,
    names: tuple[str, ...],
    points: list[Column],
    full: list[Column],
    weights: tuple[Column, ...],
    earned: Column,
    applicable: Column,
) -> tuple[Column, Column]:
    """缺项折算: earned ÷ applicable × stated full marks; what is no part of the standard stands in neither."""
    part = [_without(f, p) for f, p in zip(full, points, strict=True)]
    _, stated = _called(section.aggregator, Children(names, tuple(part), tuple(part), weights), len(points[0]))
    stated = _stated(section, scope, stated, points)
    whole = np.asarray((applicable == stated).values, dtype=bool) & ~applicable.masked
    scaled = earned * stated / applicable
    return earned.where(Column("truth", whole | applicable.masked), scaled), stated.where(Column("truth", ~applicable.masked), applicable)


def _stated(section: SectionPlan, scope: TrackScope, summed: Column, points: list[Column]) -> Column:
    """The full marks that the section states; where it states none, those of its items that are part of the standard."""
    if section.full is None:
        return summed
    return evaluate(section.full, scope).spread(len(points[0]))


def _blocked(points: list[Column]) -> Any:
    """Units for which an item has no figure and no policy gives one."""
    found = None
    for column in points:
        if column.why is not None:
            hit = np.where(column.why >= Why.MISSING, column.why, np.uint8(0))
            found = hit if found is None else np.maximum(found, hit)
    return found if found is not None and found.any() else None


def _blocked_out(points: Column, blocked: Any) -> Column:
    why = blocked if points.why is None else np.where(blocked > 0, blocked, points.why)
    return Column(points.kind, points.values, why)


def _excluded(points: Column) -> Column:
    """Every masked figure as not applicable: the aggregator leaves it out."""
    if points.why is None:
        return points
    return Column(points.kind, points.values, np.where(points.why > 0, np.uint8(Why.NOT_APPLICABLE), np.uint8(0)))


def _like(full: Column, points: Column) -> Column:
    """Full marks, masked where the points are."""
    return full if points.why is None else Column("number", full.spread(len(points)).values, points.why)


def _without(full: Column, points: Column) -> Column:
    """Full marks, masked only where the item is no part of the unit's standard."""
    if points.why is None:
        return full
    gone = points.why == Why.NOT_PART
    return Column("number", full.spread(len(points)).values, None).masked_where(gone, Why.NOT_APPLICABLE) if gone.any() else Column("number", full.spread(len(points)).values)


def _charged(section: SectionPlan, scope: TrackScope, earned: Column) -> Column:
    """Deductions that the rubric charges to this section, down to its floor of 0."""
    charged = [c.spec.path for c in scope.track.criteria if c.spec.charge_to == section.spec.path and section.spec.path]
    for path in charged:
        taken = scope.sheet.points[path]
        earned = (earned + Column("number", taken.values)).clip(0, None) if taken.why is None else (earned + taken).clip(0, None)
    return earned


def _zeroed(section: SectionPlan, scope: TrackScope) -> Any:
    """Units whose section a gate makes zero."""
    found = None
    for gate in scope.track.gates:
        if gate.spec.effect == "zero" and gate.spec.target == section.spec.path:
            fired = scope.sheet.reasons["gate:" + gate.spec.id] == Reason.GATE_FIRED
            found = fired if found is None else found | fired
    return found
