"""The total: base, bonuses and deductions with their caps, plus and minus apart, the floor of 0, rounding, zero-total gates."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any

from scorekit.domain.column import Column, Why
from scorekit.domain.formula import Node, evaluate
from scorekit.domain.plan import Track
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
    exact = total if track.floor is None else total.clip(evaluate(track.floor, scope), None)
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
        "sum:bonus": bonus,
        "sum:deduction": deduction,
    }
    scope.add(totals=totals)


def _sides(track: Track, scope: TrackScope, size: int) -> tuple[Column, Column]:
    """Bonuses and deductions, both as amounts not below 0, capped by item, group, section and in all."""
    extra = [c.spec for c in track.criteria if c.spec.kind in ("bonus", "deduction") and not c.spec.charge_to]
    points = {spec.path: _counted(scope.sheet.points[spec.path]) for spec in extra}
    plus = {path: column.clip(0, None) for path, column in points.items()}
    minus = {path: -column.clip(None, 0) for path, column in points.items()}
    for group, cap in track.groups.items():
        members = [spec.path for spec in extra if spec.group == group]
        for side in (plus, minus):
            _held(side, members, cap, scope)
    for section in track.sections:
        inside = [spec.path for spec in extra if spec.section == section.spec.path or spec.section.startswith(section.spec.path + ".")]
        for side, most in ((plus, section.bonus_cap), (minus, section.deduction_cap)):
            _held(side, inside, most, scope)
    return _summed(plus, track.caps.get("bonus"), scope, size), _summed(minus, track.caps.get("deduction"), scope, size)


def _held(amounts: dict[str, Column], paths: list[str], cap: Node | None, scope: TrackScope) -> None:
    """Hold some items' amounts within a cap, in printed order: what is beyond it is taken from the later ones."""
    if cap is None:
        return
    room = evaluate(cap, scope)
    for path in paths:
        amounts[path] = amounts[path].clip(None, room)
        room = room - amounts[path]


def _summed(amounts: dict[str, Column], cap: Node | None, scope: TrackScope, size: int) -> Column:
    total = reduce(add, amounts.values(), Column.of(0)).spread(size)
    return total if cap is None else total.clip(None, evaluate(cap, scope))


def _counted(points: Column) -> Column:
    """What does not apply adds nothing; what is missing without a policy stays missing."""
    if points.why is None:
        return points
    return points.filled((points.why > Why.PRESENT) & (points.why < Why.MISSING), 0)


def _zeroed(track: Track, scope: TrackScope) -> Any:
    found = None
    for gate in track.gates:
        if gate.spec.effect == "zero total":
            fired = scope.sheet.reasons["gate:" + gate.spec.id] == Reason.GATE_FIRED
            found = fired if found is None else found | fired
    return found
