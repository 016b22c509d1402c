"""The total: base, bonuses and deductions with their caps, plus and minus apart, the floor of 0, rounding, zero-total gates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scorekit.domain.column import Column, Why
from scorekit.domain.formula import evaluate
from scorekit.domain.plan import CriterionPlan, Track
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reason


def totalled(track: Track, scope: TrackScope) -> None:
    """Put the totals into the scope's sheet: base, bonus, deduction, total, adjusted (what caps, floors, gates changed) and full."""
    size = len(scope.submissions)
    digits = track.standard.total_rounding
    base = scope.sheet.sections[""]
    bonus, deduction = _sides(track, scope, size)
    total = base + bonus - deduction
    if "total" in track.caps:
        total = total.clip(None, evaluate(track.caps["total"], scope))
    exact = total.clip(0, None)
    total = exact.minted(digits.decimals, digits.mode)
    zeroed = _zeroed(track, scope)
    if zeroed is not None:
        total = total.filled(zeroed & ~total.masked, 0)
    printed = [c.minted(digits.decimals, digits.mode) for c in (base, bonus, deduction)]
    adjusted = total - (printed[0] + printed[1] - printed[2])
    totals = {
        "total": total,
        "exact": exact,
        "base": printed[0],
        "bonus": printed[1],
        "deduction": printed[2],
        "adjusted": adjusted.minted(digits.decimals, digits.mode),
        "full": scope.sheet.section_full[""],
    }
    scope.add(totals=totals)


def _sides(track: Track, scope: TrackScope, size: int) -> tuple[Column, Column]:
    """Bonuses and deductions, both as amounts not below 0, capped by item, group, section and in all."""
    extra = [c for c in track.criteria if c.spec.kind in ("bonus", "deduction") and not c.spec.charge_to]
    zero = Column.of(0).spread(size)
    bonus, deduction = zero, zero
    for group, members in _groups(track, extra):
        plus, minus = zero, zero
        for criterion in members:
            points = _counted(scope.sheet.points[criterion.spec.path])
            plus, minus = plus + points.clip(0, None), minus - points.clip(None, 0)
        cap = track.groups.get(group)
        if cap is not None:
            most = evaluate(cap, scope)
            plus, minus = plus.clip(None, most), minus.clip(None, most)
        bonus, deduction = bonus + plus, deduction + minus
    for section in track.sections:
        bonus = _less_over_cap(bonus, section.bonus_cap, section.spec.path, extra, scope, size, 1)
        deduction = _less_over_cap(deduction, section.deduction_cap, section.spec.path, extra, scope, size, -1)
    if "bonus" in track.caps:
        bonus = bonus.clip(None, evaluate(track.caps["bonus"], scope))
    if "deduction" in track.caps:
        deduction = deduction.clip(None, evaluate(track.caps["deduction"], scope))
    return bonus, deduction


def _groups(track: Track, extra: Iterable[CriterionPlan]) -> list[tuple[str, list[CriterionPlan]]]:
    found: dict[str, list[CriterionPlan]] = {}
    for criterion in extra:
        found.setdefault(criterion.spec.group, []).append(criterion)
    return list(found.items())


def _counted(points: Column) -> Column:
    """What does not apply adds nothing; what is missing without a policy stays missing."""
    if points.why is None:
        return points
    return points.filled((points.why > Why.PRESENT) & (points.why < Why.MISSING), 0)


def _less_over_cap(amount: Column, cap: Any, path: str, extra: list[CriterionPlan], scope: TrackScope, size: int, sign: int) -> Column:
    """The amount without what a section's items have above the section's own cap."""
    if cap is None or not path:
        return amount
    inside = Column.of(0).spread(size)
    for criterion in extra:
        if criterion.spec.section == path or criterion.spec.section.startswith(path + "."):
            points = _counted(scope.sheet.points[criterion.spec.path])
            inside = inside + (points if sign > 0 else -points).clip(0, None)
    over = (inside - evaluate(cap, scope)).clip(0, None)
    return amount - over


def _zeroed(track: Track, scope: TrackScope) -> Any:
    found = None
    for gate in track.gates:
        if gate.spec.effect == "zero total":
            fired = scope.sheet.reasons["gate:" + gate.spec.id] == Reason.GATE_FIRED
            found = fired if found is None else found | fired
    return found
