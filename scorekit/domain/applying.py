"""Whom a criterion is for: the units for which it does not count, and why."""

from __future__ import annotations

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.formula import Name, evaluate
from scorekit.domain.plan import CriterionPlan
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reason, Reasons


def apart(criterion: CriterionPlan, scope: TrackScope, size: int) -> Reasons | None:
    """Why the criterion does not count for a unit: it does not apply, is no part of its standard, or nobody knows (0: it counts)."""
    void = scope.submissions.void
    outside = scope.submissions.outside if any(c.rule.scope == "cohort" for c in criterion.clauses) else None
    if criterion.not_applicable_if is None and criterion.only_for is None and void is None and outside is None:
        return None
    codes = np.zeros(size, dtype=np.uint8)
    if criterion.not_applicable_if is not None:
        codes = asked(evaluate(criterion.not_applicable_if, scope).spread(size), True, Why.NOT_APPLICABLE)
    if criterion.only_for is not None:
        meant = asked(evaluate(criterion.only_for, scope).spread(size), False, Why.NOT_PART)
        codes = np.where(meant == Why.NOT_PART, meant, np.maximum(codes, meant))
    filled = taken_means(criterion, scope)
    if filled is not None:
        codes = np.where((filled == Reason.NOT_APPLICABLE_MEAN) & (codes == Why.NOT_APPLICABLE), np.uint8(0), codes)
    if outside is not None:
        codes = np.where(outside & (codes == 0), np.uint8(Why.NOT_APPLICABLE), codes)  # it is compared with nobody
    return codes if void is None else np.where(void, np.uint8(Why.INVALID), codes)


def taken_means(criterion: CriterionPlan, scope: TrackScope) -> Reasons | None:
    """For each unit the reason for which the criterion reads the mean of a group instead of a value (0: it does not)."""
    first = criterion.clauses[0].arguments[criterion.clauses[0].rule.first.name][1]
    fill = scope.track.fills.get(first.path) if isinstance(first, Name) else None
    if fill is None or fill.node.key not in scope.sheet.population:
        return None
    assert isinstance(first, Name)
    return scope.filled(first.path)[1]


def asked(truth: Column, wanted: bool, why: Why) -> Reasons:
    """*why* where the condition is as *wanted*; where it is unknown, the reason for that."""
    hit = np.where(np.asarray(truth.values, dtype=bool) == wanted, np.uint8(why), np.uint8(Why.PRESENT))
    return hit if truth.why is None else np.where(truth.why > 0, truth.why, hit)
