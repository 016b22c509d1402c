"""Score: every criterion of one pass, from columns of values to columns of points with a reason for every cell."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache, reduce
from operator import add
from typing import Any

import numpy as np

from scorekit.domain.applying import apart as apart_of
from scorekit.domain.applying import taken_means
from scorekit.domain.calling import contributions, in_question
from scorekit.domain.column import Column, Why
from scorekit.domain.exact import Exact
from scorekit.domain.formula import Constant, Node, evaluate
from scorekit.domain.imputing import imputed
from scorekit.domain.masks import first_of
from scorekit.domain.plan import CriterionPlan, Plan, Track
from scorekit.domain.room import picked
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reason, Reasons, ScoreSheet, Submissions, Value
from scorekit.domain.tracks import by_track

_MISSING, _INVALID, _NOT_APPLICABLE = int(Why.MISSING), int(Why.INVALID), int(Why.NOT_APPLICABLE)
_ZERO, _NONE, _ADDED = int(Reason.ZERO), int(Reason.NONE), int(Reason.ADDED)
_AS_ZERO, _NO_FIGURE = np.uint8(Reason.MISSING_AS_ZERO), np.uint8(Reason.NO_FIGURE_AS_ZERO)
"""As numbers: an array stands beside a member of an enumeration five times as slowly."""


def score(plan: Plan, submissions: Submissions, sheet: ScoreSheet, step: int) -> ScoreSheet:
    """The sheet with points, full marks, reasons and values of all criteria of pass *step*."""

    def work(track: Track, scope: TrackScope) -> ScoreSheet:
        for criterion in track.criteria:
            if criterion.step == step:
                score_criterion(criterion, scope)
        _score_lists(scope, step)
        return scope.sheet

    sheet = by_track(plan, submissions, sheet, work)
    return imputed(plan, submissions, sheet, step) if step else sheet


def _score_lists(scope: TrackScope, step: int) -> None:
    """The criteria of pass *step* of all records, list by list: a record is scored as a submission is."""
    for path, plan in scope.track.lists.items():
        if plan.section is None and not plan.track.lists:
            continue
        inner = scope.within_list(path)
        inner.peers = tuple((peer.within_list(path), rows) for peer, rows in scope.peers if path in peer.track.lists)
        for criterion in plan.track.criteria:
            if criterion.step == step:
                score_criterion(criterion, inner)
        _score_lists(inner, step)
        scope.keep(path)


def score_criterion(criterion: CriterionPlan, scope: TrackScope) -> None:
    """Put one criterion more into the scope's sheet."""
    size = len(scope.submissions)
    path = criterion.spec.path
    mark = evaluate(criterion.full, scope) if criterion.full is not None else None
    apart = apart_of(criterion, scope, size)
    raw, value = _combined(criterion, scope, size, mark, apart)
    raw, emptied = _emptied(criterion, scope, raw)
    closed, clipped = _closed(criterion, scope, raw)
    minted = _minted(criterion, closed)
    reasons = _reasons(criterion, minted, mark, emptied, clipped)
    means = taken_means(criterion, scope)
    if means is not None:
        reasons = picked((means > 0) & ~minted.masked, means, reasons)
    if apart is not None:
        minted, reasons = _set_apart(minted, reasons, apart)
    full = mark.spread(size) if mark is not None else None
    minted, reasons = _policies(criterion, minted, full, reasons)
    scope.add(points={path: minted}, reasons={path: reasons}, values={path: value}, full={} if full is None else {path: full})


def _minted(criterion: CriterionPlan, points: Column) -> Column:
    digits = criterion.spec.rounding
    return points if digits is None else points.minted(digits.decimals, digits.mode)


def _combined(criterion: CriterionPlan, scope: TrackScope, size: int, full: Column | None, apart: Reasons | None) -> tuple[Column, Value]:
    """Start plus clauses (or the best of them), and the first clause's value."""
    parts: list[Column] = []
    value: Value | None = None
    for clause in criterion.clauses:
        points, seen = contributions(clause, criterion.spec, scope, size, apart)
        value = seen if value is None else value
        parts.append(_capped(points, clause.cap, scope) if clause.cap is not None else points)
    total = reduce(add, parts) if criterion.spec.combine == "sum" else _chosen(criterion, parts, scope)
    if criterion.starts_full and full is not None:
        total = full + total
    assert value is not None
    return total, value


def _chosen(criterion: CriterionPlan, parts: list[Column], scope: TrackScope) -> Column:
    """Of the clauses that come into question the best, the worst or the first; nothing where none does."""
    way = criterion.spec.combine
    chosen, found = parts[0], in_question(criterion.clauses[0], scope)
    for clause, part in zip(criterion.clauses[1:], parts[1:], strict=True):
        asked = in_question(clause, scope)
        ahead = part > chosen if way == "best" else part < chosen if way == "worst" else Column.of(False)
        chosen = part.where(asked & (~found | ahead), chosen)
        found = found | asked
    return chosen


def _capped(points: Column, cap: Node, scope: TrackScope) -> Column:
    most = evaluate(cap, scope)
    return points.clip(-most, most)


def _emptied(criterion: CriterionPlan, scope: TrackScope, raw: Column) -> tuple[Column, Any]:
    """A zero-trigger empties the criterion, negative parts included.

    What is invalid stays so until it is mended, and what does not apply has nothing to lose.
    """
    if criterion.zero_if is None:
        return raw, None
    fires = evaluate(criterion.zero_if, scope).spread(len(raw))
    emptied = np.asarray(fires.values, dtype=bool) & ~fires.masked
    if raw.why is not None:
        emptied &= (raw.why < Why.INVALID) & (raw.why != Why.NOT_APPLICABLE) & (raw.why != Why.NOT_PART)
    whole = raw.filled(emptied, 0)
    if fires.why is not None:
        open_rows = fires.masked
        whole = Column(
            "number",
            whole.values,
            np.where(open_rows, np.maximum(fires.why, 0 if whole.why is None else whole.why), 0 if whole.why is None else whole.why).astype(
                np.uint8
            ),
        )
    return whole, emptied


def _closed(criterion: CriterionPlan, scope: TrackScope, raw: Column) -> tuple[Column, Any]:
    """Within floor and ceiling; and where the ceiling cut something off."""
    least, most = (None if end is None else evaluate(end, scope) for end in (criterion.floor, criterion.ceiling))
    if most is None:
        return raw.clip(least, None), None
    if most.why is not None or not raw.values.surely_within(most.values):
        over = most._exact().less(raw.values)
        if most.why is not None or over.any():
            return raw.clip(least, most), over
    if isinstance(raw.values.den, int):
        return raw.clip(least, most), None
    # Nothing is cut off, and to compare costs; but a ceiling below the floor counts.
    crossed = least is not None and bool((least > most).values.any())
    return raw.clip(least, most if crossed else None), None


def _reasons(criterion: CriterionPlan, points: Column, full: Column | None, emptied: Any, clipped: Any) -> Reasons:
    """The reason code of each cell, before policies for what is missing."""
    num = points.values.num
    some = (num > 0).view(np.uint8)
    if criterion.spec.kind == "base" and full is not None:
        # Part is one below zero, and full one below part: two comparisons give the code.
        met = _full_minted(criterion, full).values.less_equal(points.values).view(np.uint8)
        codes, below = _ZERO - some - (met & some), Reason.BELOW_ZERO
    else:
        codes, below = _NONE - some * (_NONE - _ADDED), Reason.TAKEN
    if _may_be_negative(criterion) and (under := num < 0).any():
        codes = picked(under, np.uint8(below), codes)
    if clipped is not None:
        codes = picked(clipped & (codes != _ZERO), np.uint8(Reason.CAPPED), codes)
    if emptied is not None:
        codes = picked(emptied, np.uint8(Reason.EMPTIED), codes)
    return codes if points.why is None else first_of(points.why, codes)


def _full_minted(criterion: CriterionPlan, full: Column) -> Column:
    """Full marks as points are rounded; those that are the same for all are rounded once for all batches."""
    digits = criterion.spec.rounding
    if digits is None or full.why is not None or not full.values.constant:
        return _minted(criterion, full)
    return _rounded(int(full.values.num[0]), full.values.dpeak, digits.decimals, digits.mode)


@lru_cache(maxsize=4096)
def _rounded(num: int, den: int, decimals: int, mode: str) -> Column:
    return Column("number", Exact.one(Fraction(num, den)).minted(decimals, mode))


def _may_be_negative(criterion: CriterionPlan) -> bool:
    """Whether the floor does not keep the points at 0 or above."""
    floor = criterion.floor
    return not (isinstance(floor, Constant) and floor.value.values.num[0] >= 0)


def _policies(criterion: CriterionPlan, points: Column, full: Column | None, reasons: Reasons) -> tuple[Column, Reasons]:
    """What is missing, invalid or does not apply gets the points (or none) that the rubric says."""
    spec = criterion.spec
    if points.why is None:
        return points, reasons
    why = points.why
    top = int(why.max(initial=0))
    if top == 0:
        return Column("number", points.values), reasons
    values = points.values
    if top >= _MISSING and spec.missing in ("zero", "leave-out"):
        missing = why >= _MISSING
        if top >= _INVALID:
            missing &= (why < _INVALID) | ((why == _INVALID) & (spec.invalid == "as-missing"))
        if spec.missing == "zero":
            there = ~missing
            values, why = values.kept(there), why * there.view(np.uint8)
            reasons = picked(missing, _AS_ZERO, reasons)
            if top > _MISSING:
                reasons = picked(missing & (points.why > _MISSING) & (points.why < _INVALID), _NO_FIGURE, reasons)
        else:
            why = picked(missing, np.uint8(Why.NOT_APPLICABLE), why)
    if spec.not_applicable == "full" and full is not None and (lacking := points.why == _NOT_APPLICABLE).any():
        given = Column.of(0) if spec.kind == "deduction" else _minted(criterion, full)
        known = np.uint8(Why.PRESENT) if given.why is None else given.why
        values = values.choose(~lacking, given.values)
        reasons = picked(lacking, np.where(known > 0, known, np.uint8(Reason.NOT_APPLICABLE_FULL)), reasons)
        why = picked(lacking, known, why)
    elif spec.not_applicable == "leave-out":
        why = picked(points.why == _NOT_APPLICABLE, np.uint8(Why.NOT_PART), why)
    return Column("number", values, why if why.any() else None), reasons


def _set_apart(points: Column, reasons: Reasons, apart: Reasons) -> tuple[Column, Reasons]:
    """What does not apply has no points whatever was handed in; what nobody knows to apply is missing at least."""
    before = np.uint8(Why.PRESENT) if points.why is None else points.why
    away = (apart == Why.NOT_PART) | (apart == Why.NOT_APPLICABLE)
    why = picked(away, apart, np.maximum(apart, before))
    return Column("number", points.values, why), picked(apart > 0, why, reasons)
