"""The total: base, bonuses and deductions with their caps, plus and minus apart, the floor of 0, rounding, zero-total gates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scorekit.domain.column import Column
from scorekit.domain.extras import sides
from scorekit.domain.formula import Node, evaluate
from scorekit.domain.plan import Track
from scorekit.domain.scope import TrackScope
from scorekit.domain.summing import summed
from scorekit.domain.tables import Reason


def totalled(track: Track, scope: TrackScope) -> None:
    """Put the totals into the scope's sheet: base, bonus, deduction, total, adjusted (what caps, floors, gates changed) and full."""
    size = len(scope.submissions)
    digits = track.standard.total_rounding
    base = scope.sheet.sections[""]
    plus, minus = sides(track, scope)
    bonus = _summed(plus.counted, track.caps.get("bonus"), scope, size)
    deduction = _summed(minus.counted, track.caps.get("deduction"), scope, size)
    total = base + bonus - deduction
    if "total" in track.caps:
        total = total.clip(None, evaluate(track.caps["total"], scope))
    exact = total if track.floor is None else total.clip(evaluate(track.floor, scope), None)
    total = exact.minted(digits.decimals, digits.mode)
    zeroed = _zeroed(track, scope)
    if zeroed is not None:
        total, exact = (c.filled(zeroed & ~c.masked, 0) for c in (total, exact))
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


def _summed(amounts: Mapping[str, Column], cap: Node | None, scope: TrackScope, size: int) -> Column:
    total = summed(list(amounts.values())).spread(size)
    return total if cap is None else total.clip(None, evaluate(cap, scope))


def _zeroed(track: Track, scope: TrackScope) -> Any:
    found = None
    for gate in track.gates:
        if gate.spec.does("zero total"):
            fired = scope.sheet.reasons["gate:" + gate.spec.id] == Reason.GATE_FIRED
            found = fired if found is None else found | fired
    return found
