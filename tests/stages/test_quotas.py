"""A forced spread: who gave a mark too often is named with the units, and nothing is taken away."""

from __future__ import annotations

from typing import Any

import numpy as np

from scorekit.domain.column import Why
from scorekit.stages.quotas import over_quota
from scorekit.stages.validate.units import masked
from tests.building import plan_of, said, units


def panel(mark: Any, **source: Any) -> dict[str, Any]:
    return {"type": "object", "title": "互评", "additionalProperties": mark, "x-source": {"who": "panel", "raters": ["甲", "乙"], **source}}


GRADES = panel({"enum": ["优秀", "良好", None]}, quota={"优秀": 1, "良好": 2})


def test_a_rater_over_its_quota_is_named_with_the_units() -> None:
    plan = plan_of({"p": GRADES})
    table = units(plan, {"p": [("优秀", "良好"), ("优秀", "优秀"), ("良好", None)]})
    [problem] = over_quota(plan, table)
    assert said(problem.what) == "甲 gave “优秀” to 2 units, 1 at most are allowed: U1, U2"
    assert (problem.severity, problem.field, problem.file, problem.unit) == ("error", "p@甲", "all.csv", "")


def test_a_quota_is_counted_within_a_category_and_void_units_do_not_count() -> None:
    plan = plan_of({"p": GRADES}, categories=("企业", "机关"))
    marks = [("优秀", None), ("优秀", None), ("优秀", None)]
    table = units(plan, {"category": ["企业", "机关", "机关"], "p": marks})
    assert [p.what.params["units"] for p in over_quota(plan, table)] == [["U2", "U3"]]
    void = table.having({"p": masked(table.columns["p"], np.array([False, False, True]))})
    assert void.columns["p"].marks[0].why.tolist() == [0, 0, Why.INVALID]
    assert over_quota(plan, void) == ()


def test_marks_that_are_numbers_have_quotas_too_and_many_units_are_cut_short() -> None:
    plan = plan_of({"p": panel({"type": ["number", "null"]}, quota={"100": 3})})
    [problem] = over_quota(plan, units(plan, {"p": [(100, 90)] * 12}))
    assert (len(problem.what.params["units"]), problem.what.params["units"][-1], problem.what.params["count"]) == (11, "…", 12)


def test_without_quota_nothing_is_asked() -> None:
    plan = plan_of({"p": panel({"type": ["number", "null"]})})
    assert over_quota(plan, units(plan, {"p": [(100, 90)] * 3})) == ()
