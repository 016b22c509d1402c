"""A forced spread: a rater who gave a mark to more units than the form allows, within a category."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column
from scorekit.domain.marks import Panel
from scorekit.domain.plan import Plan
from scorekit.domain.printing import shown
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Problem, Submissions
from scorekit.errors import T

NAMED = 10
"""How many of the units are named."""
Words = npt.NDArray[Any]


def over_quota(plan: Plan, submissions: Submissions) -> tuple[Problem, ...]:
    """One error for each rater, mark and category beyond its quota; it names the units. The marks stay as they are."""
    limited = [spec for spec in plan.fields if spec.panel.quota]
    if not limited:
        return ()
    category = submissions.columns.get(plan.base.category)
    words = np.array(shown(category) if isinstance(category, Column) else [""] * len(submissions), dtype=object)
    found: list[Problem] = []
    for spec in limited:
        panel = submissions.columns.get(spec.path)
        if isinstance(panel, Panel):
            for rater, marks in zip(panel.raters, panel.marks, strict=True):
                found += _of_rater(spec, rater, np.array(shown(marks), dtype=object), words, submissions)
    return tuple(found)


def _of_rater(spec: FieldSpec, rater: str, marks: Words, category: Words, submissions: Submissions) -> Iterator[Problem]:
    for mark, most in spec.panel.quota.items():
        rows = np.flatnonzero(marks == mark)
        for name in sorted(set(category[rows].tolist())):
            mine = rows[category[rows] == name].tolist()
            if len(mine) > most:
                units = sorted(submissions.unit.take(mine))
                what = T(
                    "{rater} gave “{mark}” to {count} units, {most} at most are allowed: {units}",
                    rater=rater,
                    mark=mark,
                    count=len(mine),
                    most=most,
                    units=[*units[:NAMED], "…"] if len(units) > NAMED else units,
                )
                cure = T("have the rater give the marks again")
                yield Problem("error", what, cure, file=submissions.file(mine[0]), field=f"{spec.path}@{rater}")
