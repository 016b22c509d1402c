"""Policies that take the mean of a group: of points, after scoring, or of values, which fill the field before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scorekit.compiling.arguments import Formulas
from scorekit.compiling.figures import groups
from scorekit.domain.formula import Call, Figure, Name, Node
from scorekit.domain.plan import CriterionPlan, FillPlan
from scorekit.domain.rubric import CriterionSpec, FieldSpec, Standard
from scorekit.errors import RubricError, T

POLICIES = ("missing", "not_applicable")
Within = tuple[str, ...] | None


def policy(raw: Any) -> tuple[str, Within]:
    """A policy as its name (``mean-points`` …) and, of a mean, in what the units of a group are alike."""
    if isinstance(raw, str):
        return raw, None
    return f"mean-{raw['mean']}", tuple(raw["within"]) if "within" in raw else None


def group_means(spec: CriterionSpec, formulas: Formulas, standard: Standard) -> dict[str, tuple[Node, ...]]:
    """For each policy of a criterion that takes a mean, the formulas in which the units of a group are alike."""
    return {
        key: groups(spec.means.get(key), formulas, standard, spec.base, f"{spec.pointer}/{key}")
        for key in POLICIES
        if getattr(spec, key).startswith("mean-")
    }


def fills(criteria: Sequence[CriterionPlan], fields: Mapping[str, FieldSpec]) -> dict[str, FillPlan]:
    """The fields that a mean of values fills. Raises RubricError where there is no number to fill, or two ways to do it."""
    found: dict[str, FillPlan] = {}
    for criterion in criteria:
        spec = criterion.spec
        taken = [key for key in POLICIES if getattr(spec, key) == "mean-values"]
        if not taken:
            continue
        clause = criterion.clauses[0]
        first = clause.arguments[clause.rule.first.name][1]
        field = fields.get(first.path) if isinstance(first, Name) else None
        if not isinstance(first, Name) or field is None or field.kind != "number":
            what = T("“{title}” reads no single field of numbers that a mean of values could fill", title=spec.title)
            raise RubricError(what, f"{spec.pointer}/{taken[0]}", T("let it read one, or take the mean of points"))
        fill = _fill(criterion, first, field, taken)
        if found.setdefault(first.path, fill) != fill:
            what = T("two criteria fill the field “{title}” in different ways", title=field.title)
            raise RubricError(what, f"{spec.pointer}/{taken[0]}", T("let both have the same policies"))
    return found


def _fill(criterion: CriterionPlan, first: Name, field: FieldSpec, taken: Sequence[str]) -> FillPlan:
    """How one criterion's field is filled: with the mean of the units to which the criterion applies."""
    absent = criterion.not_applicable_if
    conditions = [n for n in (criterion.only_for, None if absent is None else Call("not", (absent,))) if n is not None]
    where = conditions[0] if len(conditions) == 1 else Call("and", tuple(conditions)) if conditions else None
    figure = Figure(f"fill:{first.path}", "mean", first, criterion.means[taken[0]], where)
    return FillPlan(
        title=field.title,
        node=figure,
        missing="missing" in taken,
        invalid="missing" in taken and criterion.spec.invalid == "as-missing",
        not_applicable="not_applicable" in taken,
        absent=absent,
    )
