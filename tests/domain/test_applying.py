"""Whom a criterion is for."""

from __future__ import annotations

import numpy as np

from scorekit.domain.applying import apart, asked
from scorekit.domain.column import Column, Why
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import ScoreSheet
from tests.building import TRUTH, criterion, plan_of, units


def test_a_condition_that_is_unknown_leaves_it_unknown_whether_the_criterion_applies() -> None:
    truth = Column.truths([True, False, None])
    assert asked(truth, True, Why.NOT_APPLICABLE).tolist() == [Why.NOT_APPLICABLE, 0, Why.MISSING]
    assert asked(truth, False, Why.NOT_PART).tolist() == [0, Why.NOT_PART, Why.MISSING]


def test_a_unit_is_apart_where_the_criterion_does_not_apply_or_is_no_part_of_its_standard() -> None:
    plan = plan_of({"x": TRUTH, "y": TRUTH, "a": criterion(not_applicable_if="x", only_for="y"), "b": criterion()})
    scope = TrackScope(plan.tracks[0], units(plan, {"x": [True, True, False, False], "y": [True, False, True, None]}), ScoreSheet(4))
    of = {c.spec.path: c for c in plan.tracks[0].criteria}
    found = apart(of["a"], scope, 4)
    assert found is not None
    assert found.tolist() == [Why.NOT_APPLICABLE, Why.NOT_PART, 0, Why.MISSING]
    assert apart(of["b"], scope, 4) is None


def test_a_void_unit_counts_for_nobody() -> None:
    from dataclasses import replace

    plan = plan_of({"b": criterion()})
    table = replace(units(plan, {"b": [1, 2]}), void=np.array([False, True]))
    found = apart(plan.tracks[0].criteria[0], TrackScope(plan.tracks[0], table, ScoreSheet(2)), 2)
    assert found is not None
    assert found.tolist() == [0, Why.INVALID]
