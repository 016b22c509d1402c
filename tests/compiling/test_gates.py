"""Gates: as a rubric writes them, for whom, and when one fires."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.gates import fires_node, gate_spec
from scorekit.compiling.metaschema import check_document
from scorekit.errors import RubricError
from tests.building import (
    NUMBER,
    TRUTH,
    catalogue,
    criterion,
    document,
    fault_of,
    outcome_of,
    plan_of,
    points,
    reasons,
    said,
    section,
    spelled,
    totals,
    why,
)

SHAPE = {"a": criterion(), "n": NUMBER, "v": TRUTH}


def test_a_requirement_without_an_effect_bars_from_the_award_and_a_veto_must_name_one() -> None:
    assert gate_spec("g", {"require": "v"}, "必备", "r#/g", "s").effects == (("not awarded", ""),)
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


def test_a_gate_may_have_several_effects_and_all_of_them_hold() -> None:
    """一票否决且该项不得分."""
    gate = {"if": "v", "effect": [{"zero": "a"}, "not awarded", {"level at most": "fair"}]}
    levels = [{"id": "good", "title": "优", "at_least": 8}, {"id": "fair", "title": "良", "at_least": 5}]
    found = outcome_of(
        {**SHAPE, "b": criterion()}, {"a": [5, 5], "b": [9, 9], "n": [0, 0], "v": [True, False]}, gates={"g": gate}, levels=levels
    )
    assert (points(found, "a"), totals(found)) == ([0, 5], [9, 14])
    assert found.standings.status == ("not awarded", "ranked")
    assert found.standings.level == ("良", "优")
    assert "gate “g”: “a” becomes 0, not awarded, level at most 良" in why(found)


def test_the_gravest_of_several_effects_sets_the_status() -> None:
    gate = {"if": "v", "effect": ["not awarded", "zero total", "not ranked"]}
    found = outcome_of(SHAPE, {"a": [5, 5], "n": [0, 0], "v": [True, False]}, gates={"g": gate})
    assert (totals(found), found.standings.status, found.standings.rank.tolist()) == ([0, 5], ("not ranked", "ranked"), [0, 1])


@pytest.mark.parametrize("effect", [[], ["not awarded", "not awarded"], ["zero"], [{"zero": "x", "level is": "y"}]])
def test_effects_that_say_nothing_or_one_thing_twice_are_refused(effect: list[Any]) -> None:
    with pytest.raises(RubricError) as caught:
        check_document(document(SHAPE, gates={"g": {"if": "v", "effect": effect}}), "r", catalogue())
    assert caught.value.where.startswith("r#/x-rubric/gates/g/effect")


def test_each_of_several_effects_must_name_what_is_there() -> None:
    error = fault_of(SHAPE, gates={"g": {"if": "v", "effect": ["not awarded", {"zero": "x"}]}})
    assert said(error.what) == "the gate's effect names “x”, which is not there"
