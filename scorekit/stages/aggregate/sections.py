"""Gates asked, and sections combined from their children: capped, zeroed, put on their scale, rounded."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from scorekit.domain.calling import resolved
from scorekit.domain.column import Column, Why
from scorekit.domain.extras import unscaled
from scorekit.domain.formula import Constant, evaluate
from scorekit.domain.plan import CriterionPlan, GatePlan, SectionPlan, Track
from scorekit.domain.rubric import Rounding
from scorekit.domain.rule import Aggregator, Children
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reason, ScoreSheet
from scorekit.errors import PluginError, T, Text

ZERO = Column.of(0)


def ask(gate: GatePlan, scope: TrackScope) -> None:
    """Put one gate more into the scope's sheet: clear, fired, or open where a blank leaves it undecided."""
    size = len(scope.submissions)
    condition = evaluate(gate.condition, scope).spread(size)
    truth = np.asarray(condition.values, dtype=bool)
    unknown = condition.masked
    if gate.spec.blank == "no" and condition.why is not None:
        truth, unknown = truth & ~unknown, condition.why >= Why.INVALID
    fired = truth == gate.spec.fires_when
    codes = np.uint8(Reason.GATE_CLEAR) + np.asarray(fired, dtype=bool).view(np.uint8)
    if gate.only_for is not None:
        asked = evaluate(gate.only_for, scope).spread(size)
        codes = np.where(np.asarray(asked.values, dtype=bool) | asked.masked, codes, np.uint8(Reason.NOT_PART))
        unknown = (unknown & (codes != Reason.NOT_PART)) | (asked.masked & (codes == Reason.GATE_FIRED))
    name = "gate:" + gate.spec.id
    value = scope.value(gate.reads[0]) if gate.reads else condition
    scope.add(reasons={name: np.where(unknown, np.uint8(Reason.GATE_OPEN), codes)}, values={name: value})


def combine(section: SectionPlan, scope: TrackScope) -> None:
    """Put one section more into the scope's sheet: combined, capped, zeroed by its gates, put on its scale, rounded."""
    size = len(scope.submissions)
    base = _base(section, scope)
    points, full = _combined(section, base, scope, size)
    if section.cap is not None:
        most = evaluate(section.cap, scope)
        points, full = points.clip(None, most), full.clip(None, most)
    if section.floor is not None:
        points = points.clip(evaluate(section.floor, scope), None)
    zeroed = _zeroed(section, scope)
    if zeroed is not None:
        points = points.filled(zeroed & ~points.masked, 0)
    aside = unscaled(section, scope)
    aside = aside if zeroed is None else aside.filled(zeroed, 0)
    points, full = _on_full_marks(section, scope, points, full, aside, size)
    charged = _charged(section, scope, points)
    aside = aside if charged is points else aside + charged - points
    points = _minted(charged, section.spec.rounding)
    path = section.spec.path
    if section.scale_to is not None:
        scope.add(workings={f"earned:{path}": points, f"applicable:{path}": full})
        (points, full), (aside, _) = (_converted(p, full, evaluate(section.scale_to, scope)) for p in (points, aside))
        points = _minted(points, section.spec.rounding_scaled)
    if aside.values.num.any():
        scope.add(workings={f"aside:{path}": aside})
    scope.add(sections={path: _blocked_out(points, base)}, section_full={path: full})


def _minted(points: Column, stage: Rounding | None) -> Column:
    return points if stage is None else points.minted(stage.decimals, stage.mode)


def _converted(points: Column, full: Column, scale: Column) -> tuple[Column, Column]:
    """折合: earned ÷ full × the other scale, where there are full marks."""
    some = full != 0
    return (points * scale / full).where(some, points), scale.where(some, full)


def _combined(section: SectionPlan, base: Children, scope: TrackScope, size: int) -> tuple[Column, Column]:
    """Earned and applicable full marks of a section's base items; a section in which nothing applies does not apply itself."""
    if not base.names:
        nothing = ZERO.spread(size)
        return (nothing, nothing) if not section.spec.path else (_nowhere(nothing), _nowhere(nothing))
    open_points = tuple(_excluded(p) for p in base.points)
    full = tuple(_like(f, p) for f, p in zip(base.full, open_points, strict=True))
    earned, applicable = _called(section, replace(base, points=open_points, full=full), scope, size)
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


def _base(section: SectionPlan, scope: TrackScope) -> Children:
    """What stands in the section's base: points with their own reasons, full marks and weights."""
    sheet = scope.sheet
    mine = [c for c in scope.track.criteria if c.spec.path in section.criteria and c.spec.kind == "base"]
    inner = {s.spec.path: s for s in scope.track.sections if s.spec.path in section.sections and _holds_base(scope.track, s.spec.path)}
    criteria = sorted(mine, key=lambda c: section.criteria.index(c.spec.path))
    sections = [inner[s] for s in section.sections if s in inner]
    parts: list[CriterionPlan | SectionPlan] = [*criteria, *sections]
    names = tuple(part.spec.path for part in parts)
    points = [sheet.points[c.spec.path] for c in criteria] + [sheet.sections[s.spec.path] for s in sections]
    full = [_full(c, sheet) for c in criteria] + [sheet.section_full[s.spec.path] for s in sections]
    drawn = section.weighter is not None
    weights = tuple(scope.figure(f"weight:{n}") if drawn else evaluate(part.weight, scope) for n, part in zip(names, parts, strict=True))
    return Children(names, tuple(points), tuple(full), weights, section.spec.rounding_weighted)


def _full(criterion: CriterionPlan, sheet: ScoreSheet) -> Column:
    """A criterion's full marks; those that are the same for all stay one number."""
    return criterion.full.value if isinstance(criterion.full, Constant) else sheet.full.get(criterion.spec.path, ZERO)


def _holds_base(track: Track, path: str) -> bool:
    """Whether anything below a section counts in the base."""
    return any(c.spec.kind == "base" and _below(c.spec.section, path) for c in track.criteria)


def _called(section: SectionPlan, children: Children, scope: TrackScope, size: int) -> tuple[Column, Column]:
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


def _set_aside(section: SectionPlan, scope: TrackScope) -> bool:
    """Whether some unit has no points for some item below the section, or no figure of a section that counts in it."""
    if any(scope.sheet.sections[s].why is not None for s in section.sections if _holds_base(scope.track, s)):
        return True
    return any(
        scope.sheet.points[c.spec.path].why is not None
        for c in scope.track.criteria
        if c.spec.kind == "base" and _below(c.spec.section, section.spec.path)
    )


def _below(inner: str, outer: str) -> bool:
    return not outer or inner == outer or inner.startswith(outer + ".")


def _on_full_marks(
    section: SectionPlan, scope: TrackScope, points: Column, full: Column, aside: Column, size: int
) -> tuple[Column, Column]:
    """The figure put on the stated full marks where the section is a scale; the share left out is kept where somebody asks for it."""
    if not (section.spec.scale or section.left_out):
        return points, full
    gaps = _set_aside(section, scope)
    stated = _stated(section, scope, size) if gaps else full
    if section.left_out:
        scope.add(workings={f"left_out:{section.spec.path}": _share(full, stated)})
    return _scaled(points, full, stated, aside) if section.spec.scale and gaps else (points, full)


def _share(full: Column, stated: Column) -> Column:
    """The share of the stated full marks that does not apply; all of it where nothing does."""
    there = full.filled(full.masked, 0)
    return (1 - there / stated).where((stated != 0) & stated.given(), 0)


def _scaled(points: Column, full: Column, stated: Column, aside: Column) -> tuple[Column, Column]:
    """缺项折算: earned ÷ applicable × stated full marks, where some of them apply and some do not; what stands aside is not converted."""
    change = (full != stated) & (full != 0)
    earned = points - aside
    return (earned * stated / full + aside).where(change & (earned > 0), points), stated.where(full != 0, full)


def _stated(section: SectionPlan, scope: TrackScope, size: int) -> Column:
    """The full marks of all that is part of a unit's standard, whether it applies or not."""
    base = _base(section, scope)
    plans = {s.spec.path: s for s in scope.track.sections}
    parts = tuple(
        _stated_below(plans[n], scope, size) if n in plans else _without(f, p)
        for n, p, f in zip(base.names, base.points, base.full, strict=True)
    )
    _, full = _called(section, replace(base, points=parts, full=parts), scope, size)
    return full if section.cap is None else full.clip(None, evaluate(section.cap, scope))


def _stated_below(section: SectionPlan, scope: TrackScope, size: int) -> Column:
    """What a section counts for in the one above it: its stated full marks, on the scale that it is put on."""
    full = _stated(section, scope, size)
    return full if section.scale_to is None else _converted(full, full, evaluate(section.scale_to, scope))[1]


def _blocked_out(points: Column, base: Children) -> Column:
    """Without a figure for units of which an item has none and no policy gives one."""
    graver = [column.why * (column.why >= Why.MISSING) for column in base.points if column.why is not None]
    return _masked(points, np.maximum.reduce(graver)) if graver else points


def _nowhere(points: Column) -> Column:
    return _masked(points, np.full(len(points), Why.NOT_APPLICABLE, dtype=np.uint8))


def _masked(points: Column, why: Any) -> Column:
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


def _without(full: Column, points: Column) -> Column:
    """Full marks, masked only where the item is no part of the unit's standard."""
    whole = Column("number", full.spread(len(points)).values, full.spread(len(points)).why)
    return (
        whole
        if points.why is None
        else _masked(whole, np.where(points.why == Why.NOT_PART, np.uint8(Why.NOT_APPLICABLE), np.uint8(Why.PRESENT)))
    )


def _charged(section: SectionPlan, scope: TrackScope, earned: Column) -> Column:
    """Less the deductions that the rubric charges to this section, down to 0 (or to its own floor)."""
    lowest = ZERO if section.floor is None else evaluate(section.floor, scope)
    for criterion in scope.track.criteria:
        if criterion.spec.charge_to and criterion.spec.charge_to == section.spec.path:
            taken = scope.sheet.points[criterion.spec.path]
            away = np.zeros(len(taken), dtype=bool) if taken.why is None else (taken.why > 0) & (taken.why < Why.MISSING)
            taken = taken.filled(away, 0)
            earned = earned + (-(-taken).clip(None, (earned - lowest).clip(0, None)))
    return earned


def _zeroed(section: SectionPlan, scope: TrackScope) -> Any:
    """Units whose section a gate makes zero."""
    found = None
    for gate in scope.track.gates:
        if gate.spec.does("zero", section.spec.path):
            fired = scope.sheet.reasons["gate:" + gate.spec.id] == Reason.GATE_FIRED
            found = fired if found is None else found | fired
    return found
