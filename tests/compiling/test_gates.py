"""Gates: as a rubric writes them, for whom, and when one fires."""

from __future__ import annotations

import pytest

from scorekit.compiling.gates import fires_node, gate_spec
from scorekit.errors import RubricError
from tests.building import NUMBER, TRUTH, criterion, fault_of, outcome_of, plan_of, points, reasons, said, section, spelled, totals

SHAPE = {"a": criterion(), "n": NUMBER, "v": TRUTH}


def test_a_requirement_without_an_effect_bars_from_the_award_and_a_veto_must_name_one() -> None:
    assert gate_spec("g", {"require": "v"}, "必备", "r#/g", "s").effect == "not awarded"
    with pytest.raises(RubricError) as caught:
        gate_spec("g", {"if": "v"}, "否决", "r#/g", "s")
    assert said(caught.value.what) == "the gate “否决” does not say what happens when it fires"


def test_an_effect_that_names_what_is_not_there_is_refused() -> None:
    error = fault_of(SHAPE, gates={"g": {"if": "v", "effect": {"zero": "b"}}})
    assert (said(error.what), error.where) == (
        "the gate's effect names “b”, which is not there",
        "rubric.json#/x-rubric/gates/g/effect",
    )


@pytest.mark.parametrize(
    ("gate", "expected"),
    [
        ({"if": "v", "effect": "not awarded"}, "v"),
        ({"require": "v", "effect": "not awarded"}, "not(v)"),
        ({"if": "v", "blank": "no", "effect": "not awarded"}, "coalesce(v, False)"),
        ({"if": "v", "only_for": "n > 5", "effect": "not awarded"}, "and(>(n, 5), v)"),
    ],
)
def test_when_a_gate_fires_is_one_formula(gate: dict[str, str], expected: str) -> None:
    assert spelled(fires_node(plan_of(SHAPE, gates={"g": gate}).tracks[0].gates[0])) == expected


def test_a_gate_for_some_units_is_no_part_of_the_standard_of_the_others() -> None:
    columns = {"a": [1] * 5, "n": [9, 9, 1, None, None], "v": [True, False, True, True, False]}
    found = outcome_of(SHAPE, columns, gates={"g": {"if": "v", "only_for": "n > 5", "effect": "not awarded"}})
    assert reasons(found, "gate:g") == ["GATE_FIRED", "GATE_CLEAR", "NOT_PART", "GATE_OPEN", "GATE_CLEAR"]
    assert found.standings.status == ("not awarded", "ranked", "ranked", "incomplete", "ranked")


def test_a_gate_for_some_units_makes_an_item_zero_only_for_them() -> None:
    found = outcome_of(
        SHAPE, {"a": [5, 5], "n": [9, 1], "v": [True, True]}, gates={"g": {"if": "v", "only_for": "n > 5", "effect": {"zero": "a"}}}
    )
    assert points(found, "a") == [0, 5]


def test_a_gate_may_read_a_rate_of_a_section_and_a_previous_title() -> None:
    """单项得分率不低于80%; 低一级称号."""
    shape = {"s": section({"a": criterion()}), "title": {"enum": ["无", "先进"], "title": "已获称号"}}
    gates = {
        "least": {"require": "rate(s) >= 0.8", "effect": "not awarded"},
        "before": {"require": "title == '先进'", "effect": "not ranked"},
    }
    found = outcome_of(shape, {"s.a": [9, 7, 9], "title": ["先进", "先进", "无"]}, gates=gates)
    assert (totals(found), found.standings.status) == ([9, 7, 9], ("ranked", "not awarded", "not ranked"))
