"""The mean of a group's points for units that have none: what the policy "mean of points" gives."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why, stack
from scorekit.domain.formula import Figure, Node, evaluate
from scorekit.domain.grouping import NOWHERE, grouped
from scorekit.domain.plan import CriterionPlan, Plan
from scorekit.domain.population import of_groups
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reason, Reasons, ScoreSheet, Submissions, outcome_of
from scorekit.domain.tracks import track_scopes

Scopes = list[tuple[TrackScope, npt.NDArray[np.int64]]]
_SCORED = np.array([outcome_of(code) == "scored" and code in Reason._value2member_map_ for code in range(256)], dtype=bool)


def imputed(plan: Plan, submissions: Submissions, sheet: ScoreSheet, step: int) -> ScoreSheet:
    """The sheet in which criteria of pass *step* have the mean of the points of the units that were scored on them."""
    asked = {c.spec.path for t in plan.tracks for c in t.criteria if c.step == step and takes_points(c)}
    for path in (c.path for c in plan.criteria if c.path in asked and c.path in sheet.points):
        scopes = track_scopes(plan, submissions, sheet)
        points, reasons = sheet.points[path], sheet.reasons[path]
        scored = _SCORED[reasons] & ~points.masked
        scored &= True if submissions.uncounted is None else ~submissions.uncounted
        for scope, rows in scopes:
            criterion = next((c for c in scope.track.criteria if c.spec.path == path), None)
            for key in POLICIES if criterion is not None else ():
                assert criterion is not None
                if getattr(criterion.spec, key) == "mean-points":
                    mean = _minted(criterion, _mean(scopes, criterion.means[key], sheet.points[path], scored))
                    lacking = np.zeros(len(points), dtype=bool)
                    lacking[rows] = _lacking(criterion, key, sheet.reasons[path][rows])
                    points, reasons = _given(points, reasons, mean, lacking & ~mean.masked, key)
        sheet = sheet.having(points={path: points}, reasons={path: reasons})
    return sheet


def takes_points(criterion: CriterionPlan) -> bool:
    """Whether a criterion gives the mean of the points of others."""
    return any(getattr(criterion.spec, key) == "mean-points" for key in POLICIES)


POLICIES = {"missing": Reason.MISSING_AS_MEAN, "not_applicable": Reason.NOT_APPLICABLE_MEAN}


def _mean(scopes: Scopes, within: tuple[Node, ...], points: Column, scored: npt.NDArray[np.bool_]) -> Column:
    """The mean of the points of each unit's group, beside the unit."""
    back = np.argsort(np.concatenate([rows for _, rows in scopes]), kind="stable")
    keys = [stack([evaluate(key, scope).spread(len(rows)) for scope, rows in scopes]).take(back) for key in within]
    codes = grouped(keys, len(points))
    found = of_groups(Figure("", "mean", None), points, None, codes, scored, int(codes.max(initial=-1)) + 1)
    if not len(found):
        return Column.of(0).spread(len(points)).masked_where(np.ones(len(points), dtype=bool), Why.MISSING)
    return found.take(np.maximum(codes, 0)).masked_where(codes == NOWHERE, Why.MISSING)


def _minted(criterion: CriterionPlan, mean: Column) -> Column:
    digits = criterion.spec.rounding
    return mean if digits is None else mean.minted(digits.decimals, digits.mode)


def _lacking(criterion: CriterionPlan, key: str, reasons: Reasons) -> npt.NDArray[np.bool_]:
    """The units for which the policy speaks."""
    if key == "not_applicable":
        return np.asarray(reasons == Reason.NOT_APPLICABLE, dtype=bool)
    missing = (reasons >= Reason.MISSING) & (reasons < Reason.INVALID)
    if criterion.spec.invalid == "as-missing":
        missing |= reasons == Reason.INVALID
    return np.asarray(missing, dtype=bool)


def _given(points: Column, reasons: Reasons, mean: Column, rows: npt.NDArray[np.bool_], key: str) -> tuple[Column, Reasons]:
    values = mean.values.choose(rows, points.values)
    why = None if points.why is None else np.where(rows, np.uint8(Why.PRESENT), points.why)
    return Column("number", values, why if why is not None and why.any() else None), np.where(rows, np.uint8(POLICIES[key]), reasons)
