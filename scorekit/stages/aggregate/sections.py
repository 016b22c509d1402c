"""Gates asked, and sections combined from their children: capped, zeroed, put on their scale, rounded."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.combining import ZERO, base_of, called, made, masked
from scorekit.domain.formula import evaluate
from scorekit.domain.plan import GatePlan, SectionPlan, below
from scorekit.domain.rubric import Rounding
from scorekit.domain.rule import Children
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reason


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
    points, full, aside, base = made(section, scope)
    points, full = _on_full_marks(section, scope, points, full, aside, len(points))
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


def _set_aside(section: SectionPlan, scope: TrackScope) -> bool:
    """Whether some unit has no points for some item below the section, or no figure of a section that counts in it."""
    if any(scope.sheet.sections[s].why is not None for s in section.sections if s in scope.track.based):
        return True
    return any(
        scope.sheet.points[c.spec.path].why is not None
        for c in scope.track.criteria
        if c.spec.kind == "base" and below(c.spec.section, section.spec.path)
    )


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
    base = base_of(section, scope)
    plans = {s.spec.path: s for s in scope.track.sections}
    parts = tuple(
        _stated_below(plans[n], scope, size) if n in plans else _without(f, p)
        for n, p, f in zip(base.names, base.points, base.full, strict=True)
    )
    _, full = called(section, replace(base, points=parts, full=parts), scope, size)
    return full if section.cap is None else full.clip(None, evaluate(section.cap, scope))


def _stated_below(section: SectionPlan, scope: TrackScope, size: int) -> Column:
    """What a section counts for in the one above it: its stated full marks, on the scale that it is put on."""
    full = _stated(section, scope, size)
    return full if section.scale_to is None else _converted(full, full, evaluate(section.scale_to, scope))[1]


def _blocked_out(points: Column, base: Children) -> Column:
    """Without a figure for units of which an item has none and no policy gives one."""
    graver = [column.why * (column.why >= Why.MISSING) for column in base.points if column.why is not None]
    return masked(points, np.maximum.reduce(graver)) if graver else points


def _without(full: Column, points: Column) -> Column:
    """Full marks, masked only where the item is no part of the unit's standard."""
    whole = Column("number", full.spread(len(points)).values, full.spread(len(points)).why)
    return (
        whole
        if points.why is None
        else masked(whole, np.where(points.why == Why.NOT_PART, np.uint8(Why.NOT_APPLICABLE), np.uint8(Why.PRESENT)))
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
