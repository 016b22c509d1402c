"""What the criteria of each record give together: combined as a submission's are, closed, rounded, multiplied."""

from __future__ import annotations

from scorekit.domain.column import Column, Why
from scorekit.domain.extras import sides
from scorekit.domain.formula import evaluate
from scorekit.domain.plan import ListPlan
from scorekit.domain.rubric import Rounding
from scorekit.domain.scope import RecordScope, TrackScope
from scorekit.stages.aggregate.sections import combine


def record(scope: TrackScope, step: int) -> None:
    """Put the sections of pass *step* of all records, and the records that have their figure then, into the scope's sheet."""
    for path, plan in scope.track.lists.items():
        if plan.section is None and not plan.track.lists:
            continue
        inner = scope.within_list(path)
        record(inner, step)
        for section in plan.track.sections:
            if section.step == step:
                combine(section, inner)
        if plan.section is not None and plan.step == step:
            inner.add(totals={"record": _figure(plan, inner)})
        scope.keep(path)


def _figure(plan: ListPlan, scope: RecordScope) -> Column:
    """Base plus bonuses less deductions, within floor and cap, rounded; then times the multiplier, rounded once more."""
    assert plan.section is not None
    assert plan.spec.record is not None
    plus, minus = sides(plan.track, scope)
    points = sum(plus.counted.values(), _base(plan, scope)) - sum(minus.counted.values(), Column.of(0))
    if plan.cap is not None:
        points = points.clip(None, evaluate(plan.cap, scope))
    if plan.floor is not None:
        points = points.clip(evaluate(plan.floor, scope), None)
    points = _rounded(points, plan.spec.record.rounding)
    if plan.multiplier is not None:
        points = points * evaluate(plan.multiplier, scope)
    return _rounded(points, plan.spec.record.multiplied)


def _base(plan: ListPlan, scope: RecordScope) -> Column:
    """What the record's base items give; 0 where it has none, or none applies and something else is scored."""
    base = scope.sheet.sections[plan.spec.path]
    kinds = [c.spec.kind for c in plan.track.criteria]
    if base.why is None or ("base" in kinds and all(kind == "base" for kind in kinds)):
        return base
    return base.filled((base.why > 0) & (base.why < Why.MISSING), 0)


def _rounded(points: Column, stage: Rounding | None) -> Column:
    return points if stage is None else points.minted(stage.decimals, stage.mode)


__all__ = ["record"]
