"""How the figure of a section comes about before it is put on its full marks; used by the stage and by explanations alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from scorekit.domain.calling import resolved
from scorekit.domain.column import Column, Why
from scorekit.domain.extras import unscaled
from scorekit.domain.formula import Constant, evaluate
from scorekit.domain.plan import CriterionPlan, SectionPlan
from scorekit.domain.rule import Aggregator, Children
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reason, ScoreSheet
from scorekit.errors import PluginError, T, Text

ZERO = Column.of(0)


class Made(NamedTuple):
    """A section's figure and applicable full marks before any conversion, what of it no conversion may change, and its base items."""

    points: Column
    full: Column
    aside: Column
    base: Children


def made(section: SectionPlan, scope: TrackScope) -> Made:
    """The section's items combined, held within its cap and floor, and zeroed by its gates."""
    base = base_of(section, scope)
    points, full = _combined(section, base, scope, len(scope.submissions))
    if section.cap is not None:
        most = evaluate(section.cap, scope)
        points, full = points.clip(None, most), full.clip(None, most)
    if section.floor is not None:
        points = points.clip(evaluate(section.floor, scope), None)
    zeroed = _zeroed(section, scope)
    if zeroed is not None:
        points = points.filled(zeroed & ~points.masked, 0)
    aside = unscaled(section, scope)
    return Made(points, full, aside if zeroed is None else aside.filled(zeroed, 0), base)


def _combined(section: SectionPlan, base: Children, scope: TrackScope, size: int) -> tuple[Column, Column]:
    """Earned and applicable full marks of a section's base items; a section in which nothing applies does not apply itself."""
    if not base.names:
        nothing = ZERO.spread(size)
        return (nothing, nothing) if not section.spec.path else (_nowhere(nothing), _nowhere(nothing))
    open_points = tuple(_excluded(p) for p in base.points)
    full = tuple(_like(f, p) for f, p in zip(base.full, open_points, strict=True))
    earned, applicable = called(section, replace(base, points=open_points, full=full), scope, size)
    whys = [p.why for p in base.points if p.why is not None]
    if len(whys) < len(base.points):
        return earned, applicable
    least, most = np.minimum.reduce(whys), np.maximum.reduce(whys)
    why = np.where(least > 0, np.where(most == Why.NOT_PART, np.uint8(Why.NOT_PART), np.uint8(Why.NOT_APPLICABLE)), np.uint8(Why.PRESENT))
    return _nothing(earned, why), _nothing(applicable, why)


def _nothing(figure: Column, why: Any) -> Column:
    """Where nothing applies, that is the reason, whatever an aggregator makes of nothing."""
    known = np.uint8(Why.PRESENT) if figure.why is None else figure.why
    found = np.where(why > 0, why, known)
    return Column("number", figure.values, found if found.any() else None)


def base_of(section: SectionPlan, scope: TrackScope) -> Children:
    """What stands in the section's base: points with their own reasons, full marks and weights."""
    sheet, items = scope.sheet, scope.track.items
    criteria = [items[c] for c in section.criteria if c in items and items[c].spec.kind == "base"]
    inner = [s for s in section.sections if s in scope.track.based]
    weights = [c.weight for c in criteria] + [s.weight for n in inner for s in scope.track.sections if s.spec.path == n]
    names = (*(c.spec.path for c in criteria), *inner)
    points = [sheet.points[c.spec.path] for c in criteria] + [sheet.sections[s] for s in inner]
    full = [_full(c, sheet) for c in criteria] + [sheet.section_full[s] for s in inner]
    drawn = section.weighter is not None
    counted = tuple(scope.figure(f"weight:{n}") if drawn else evaluate(weight, scope) for n, weight in zip(names, weights, strict=True))
    return Children(names, tuple(points), tuple(full), counted, section.spec.rounding_weighted)


def _full(criterion: CriterionPlan, sheet: ScoreSheet) -> Column:
    """A criterion's full marks; those that are the same for all stay one number."""
    return criterion.full.value if isinstance(criterion.full, Constant) else sheet.full.get(criterion.spec.path, ZERO)


def called(section: SectionPlan, children: Children, scope: TrackScope, size: int) -> tuple[Column, Column]:
    """The aggregator's figure and full marks, held to its contract."""
    aggregator, settings = section.aggregator, resolved(section.settings, scope)
    try:
        earned, full = aggregator.function(children, **settings)
        fits = all(isinstance(c, Column) and c.kind == "number" and len(c) in (1, size) for c in (earned, full))
    except Exception as error:
        raise _refused(aggregator, T("it failed: {error}", error=f"{type(error).__name__}: {error}")) from error
    if not fits:
        raise _refused(aggregator, T("it must return two columns of numbers, one row a unit"))
    return earned.spread(size), full.spread(size)


def _refused(aggregator: Aggregator, what: Text) -> PluginError:
    text = T(
        "the aggregator {name} of the plugin {plugin} broke its contract: {what}", name=aggregator.name, plugin=aggregator.plugin, what=what
    )
    return PluginError(text, aggregator.name, T("correct the plugin, or run with --no-plugins"))


def _nowhere(points: Column) -> Column:
    return masked(points, np.full(len(points), Why.NOT_APPLICABLE, dtype=np.uint8))


def masked(points: Column, why: Any) -> Column:
    """Masked where *why* has a reason, graver ones first."""
    if points.why is not None:
        why = np.maximum(points.why, why)
    return Column("number", points.values, why if why.any() else None)


def _excluded(points: Column) -> Column:
    """Every masked figure as not applicable: the aggregator leaves it out."""
    if points.why is None:
        return points
    return Column(points.kind, points.values, np.where(points.why > 0, np.uint8(Why.NOT_APPLICABLE), np.uint8(0)))


def _like(full: Column, points: Column) -> Column:
    """Full marks, masked where the points are."""
    return full if points.why is None else Column("number", full.spread(len(points)).values, points.why)


def _zeroed(section: SectionPlan, scope: TrackScope) -> Any:
    """Units whose section a gate makes zero."""
    found = None
    for gate in scope.track.gates:
        if gate.spec.does("zero", section.spec.path):
            fired = scope.sheet.reasons["gate:" + gate.spec.id] == Reason.GATE_FIRED
            found = fired if found is None else found | fired
    return found
