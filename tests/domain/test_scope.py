"""Where formulas find their names: submitted, derived, and figures already scored."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scorekit.domain.column import Column, Why
from scorekit.domain.marks import Panel, Records
from scorekit.domain.scope import TrackScope, blank
from scorekit.domain.tables import ScoreSheet
from tests.building import (
    BAD,
    DATE,
    NA,
    NUMBER,
    TEXT,
    TRUTH,
    assessed,
    criterion,
    outcome_of,
    plan_of,
    points,
    reasons,
    section,
    totals,
    units,
)

LISTS = {"type": "array", "items": {"type": "object", "properties": {"level": TEXT, "on": DATE, "share": NUMBER, "won": TRUTH}}}
PANEL = {"type": "object", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["甲", "乙"]}}


def of(formula: str, rule: str = "mark", points: Any = 100) -> dict[str, Any]:
    return criterion({rule: {"of": formula}}, points, {})


def test_a_column_that_nobody_handed_in_is_missing_whatever_its_kind() -> None:
    plan = plan_of({"n": NUMBER, "t": TRUTH, "w": TEXT, "d": DATE, "h": LISTS, "m": PANEL, "a": criterion()})
    scope = TrackScope(plan.tracks[0], units(plan, {"a": [1, 2]}), ScoreSheet(2))
    for name, kind in (("n", "number"), ("t", "truth"), ("w", "text"), ("d", "date")):
        found = scope.value(name)
        assert isinstance(found, Column)
        assert (found.kind, found.listed()) == (kind, [None, None])
    lists, marks = scope.value("h"), scope.value("m")
    assert isinstance(lists, Records)
    assert isinstance(marks, Panel)
    assert (len(lists), lists.count().listed(), sorted(lists.columns)) == (2, [None, None], ["level", "on", "share", "won"])
    assert (marks.raters, marks.count().listed()) == (("甲", "乙"), [0, 0])


def test_formulas_over_lists_and_panels_that_nobody_handed_in_are_missing() -> None:
    shape = {"h": LISTS, "m": PANEL, "a": of("count(h) + sum(h, share)"), "b": of("mean(m)"), "c": of("given(h) or given(m)", "flag", 5)}
    found = outcome_of({**shape, "x": criterion(missing="incomplete")}, {"x": [1]})
    assert [reasons(found, k) for k in "ab"] == [["MISSING_AS_ZERO"]] * 2
    assert points(found, "c") == [0]


def test_a_panel_without_raters_is_a_panel_without_marks() -> None:
    plan = plan_of({"m": {"type": "object"}, "a": criterion()})
    found = blank(plan.fields[1], 3)
    assert isinstance(found, Panel)
    assert found.count().listed() == [0, 0, 0]


def test_derived_values_are_computed_once_and_have_their_unit() -> None:
    plan = plan_of({"n": NUMBER, "x": {"x-derive": "n / 2", "x-unit": "percent"}, "y": {"x-derive": "x + x"}, "a": of("x")})
    scope = TrackScope(plan.tracks[0], units(plan, {"n": [1, 3]}), ScoreSheet(2))
    assert scope.value("y").listed() == [1, 3]  # type: ignore[union-attr]
    assert scope.value("x") is scope.value("x")
    assert scope.value("x").unit == "percent"  # type: ignore[union-attr]
    assert scope.value("y").unit is None  # type: ignore[union-attr]


def test_a_figure_is_read_after_its_own_rounding() -> None:
    found = outcome_of({"x": NUMBER, "a": of("x / 3"), "b": of("points(a) * 100"), "c": of("full(a) * rate(a)")}, {"x": [1]})
    assert [points(found, k) for k in "abc"] == [[0.33], [33], [0.33]]


def test_the_full_marks_of_a_section_are_those_that_apply() -> None:
    shape = {"s": section({"a": criterion("mark", 10), "b": criterion("mark", 30)}), "f": of("full(s)"), "r": of("rate(s)", points=None)}
    found = outcome_of(shape, {"s.a": [5, 5], "s.b": [15, NA]})
    assert points(found, "f") == [40, 10]
    assert points(found, "r") == [0.5, 0.5]


def test_a_criterion_that_does_not_apply_has_neither_points_nor_full_marks() -> None:
    shape = {
        "k": NUMBER,
        "a": criterion("mark", 10, only_for="k < 9"),
        "f": {**of("full(a)"), "x-criterion": {**of("full(a)")["x-criterion"], "missing": "incomplete"}},
    }
    found = outcome_of(shape, {"k": [1, 1, 9], "a": [5, NA, 5]})
    assert reasons(found, "f") == ["PART", "NOT_APPLICABLE", "NOT_PART"]


def test_full_marks_may_be_asked_of_what_always_applies() -> None:
    assert points(outcome_of({"a": criterion("mark", 10), "f": of("full(a)")}, {"a": [5]}), "f") == [10]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("outcome(s.a) == 'scored'", [True, True, False, False, False]),
        ("outcome(s.a) in ['missing']", [False, False, True, False, False]),
        ("outcome(s.a) == 'not-applicable'", [False, False, False, True, False]),
        ("outcome(s.a) == 'invalid'", [False, False, False, False, True]),
        ("outcome(s) == 'scored'", [True, True, False, False, False]),
        ("outcome(s) == 'invalid'", [False, False, False, False, True]),
        ("outcome(s) == 'not-applicable'", [False, False, False, True, False]),
        ("outcome(t) == 'scored'", [True] * 5),
    ],
)
def test_the_outcome_of_a_criterion_or_section_can_be_asked(formula: str, expected: list[bool]) -> None:
    shape = {
        "s": section({"a": criterion("mark", 10, missing="incomplete")}),
        "t": section({"b": criterion()}),
        "x": of(formula, "flag", 1),
    }
    found = outcome_of(shape, {"s.a": [5, 0, None, NA, BAD], "t.b": [1] * 5})
    assert points(found, "x") == [int(e) for e in expected]


def test_the_outcome_of_the_total_can_be_asked_by_a_gate() -> None:
    shape = {"a": criterion("mark", 10, missing="incomplete")}
    found = outcome_of(shape, {"a": [5, None]}, gates={"g": {"require": "outcome() == 'scored'", "effect": "not awarded"}})
    assert reasons(found, "gate:g") == ["GATE_CLEAR", "GATE_FIRED"]


def test_what_is_added_to_a_scope_is_read_at_once_and_changes_no_other_sheet() -> None:
    plan = plan_of({"a": criterion()})
    sheet = ScoreSheet(1)
    scope = TrackScope(plan.tracks[0], units(plan, {"a": [1]}), sheet)
    scope.add(points={"a": Column.of(7)})
    assert scope.result("points", "a").listed() == [7]
    assert "a" not in sheet.points


def test_a_gate_reads_totals() -> None:
    found = outcome_of(
        {"a": criterion("mark", 100)}, {"a": [59, 61]}, gates={"g": {"if": "points() < 60 or rate() < 0.6", "effect": "not ranked"}}
    )
    assert (reasons(found, "gate:g"), totals(found)) == (["GATE_FIRED", "GATE_CLEAR"], [59, 61])


def test_a_masked_row_of_an_unknown_condition_keeps_its_reason() -> None:
    plan = plan_of({"a": criterion("mark", 10, zero_if="a < 0")})
    found = assessed(plan, units(plan, {"a": [BAD, NA, 3]}))
    assert reasons(found, "a") == ["INVALID", "NOT_APPLICABLE", "PART"]
    assert found.sheet.points["a"].why is not None
    assert np.array_equal(found.sheet.points["a"].why, [Why.INVALID, Why.NOT_APPLICABLE, 0])
