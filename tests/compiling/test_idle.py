"""What can never work is found: gaps of levels, fields nobody fills, conditions that never change, clauses behind others."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.checks import checks
from scorekit.compiling.idle import idle
from tests.building import NUMBER, TRUTH, criterion, plan_of, said


def found(properties: dict[str, Any], **frame: Any) -> list[tuple[str, str]]:
    problems = list(idle(plan_of(properties, **frame)))
    assert all(said(p.cure) and p.severity == "warning" for p in problems)
    return [(said(p.what), p.field.removeprefix("rubric.json#")) for p in problems]


def levels(*bounds: tuple[Any, Any], of: str | None = None) -> list[dict[str, Any]]:
    more = {} if of is None else {"of": of}
    return [{"id": f"l{i}", "title": f"L{i}", "at_least": low, "at_most": high, **more} for i, (low, high) in enumerate(bounds)]


ONE = {"a": criterion("mark", 100)}


@pytest.mark.parametrize(
    ("bounds", "decimals", "told"),
    [
        (((90, 100), (81, 89)), 2, "between “L1” (up to 89) and “L0” (from 90) there is a gap"),
        (((90, 100), (81, 89)), 0, None),
        (((90, 100), (80, 90)), 2, "“L1” (up to 90) and “L0” (from 90) overlap: the better counts"),
        (((90, 100), (80, 89.99)), 2, None),
        (((90, None), (81, 89)), 2, None),
    ],
)
def test_levels_with_two_bounds_meet_at_the_digits_of_the_total(bounds: Any, decimals: int, told: str | None) -> None:
    own = [{k: v for k, v in level.items() if v is not None} for level in levels(*bounds)]
    expected = [] if told is None else [(told, "/x-rubric/levels/1")]
    assert found(ONE, levels=own, rounding={"total": {"decimals": decimals}}) == expected


def test_a_figure_of_whole_numbers_leaves_no_gap_between_neighbours() -> None:
    whole = {**ONE, "n": {"type": "integer"}, "x": NUMBER}
    assert found(whole, levels=levels((90, 100), (81, 89), of="n")) == []
    assert len(found(whole, levels=levels((90, 100), (81, 89), of="x"))) == 1


def test_levels_of_different_figures_have_no_common_scale() -> None:
    own = [*levels((90, 100)), {"id": "n", "title": "N", "of": "a", "at_least": 1, "at_most": 2}]
    assert found(ONE, levels=own) == []


def test_a_read_only_field_that_nothing_computes_is_filled_by_nobody() -> None:
    properties = {"n": {**NUMBER, "readOnly": True, "title": "数"}, "a": {"x-criterion": {"points": 10, "rule": {"mark": {"of": "n"}}}}}
    assert found(properties) == [("nobody can fill in “数”: it is readOnly and not computed", "/properties/a/x-criterion")]
    properties["n"]["x-derive"] = "1 + 1"
    assert found(properties) == []


@pytest.mark.parametrize(
    ("condition", "count"), [("1 > 2", 1), ("v", 0), ("rate() < 0.6", 0), ("not (2 > 1)", 1), ("count(children()) > 2", 0)]
)
def test_a_gate_that_reads_nothing_never_changes(condition: str, count: int) -> None:
    assert len(found({**ONE, "v": TRUTH}, gates={"g": {"if": condition, "effect": "not awarded"}})) == count


def test_a_text_that_is_no_option_is_never_equal() -> None:
    properties = {**ONE, "k": {"enum": ["好", "差"], "title": "评价"}}
    gates = {"g": {"if": "k == '坏'", "effect": "not awarded"}}
    assert found(properties, gates=gates) == [("“坏” is no option of “评价”: the comparison never holds", "/x-rubric/gates/g")]
    assert found(properties, gates={"g": {"if": "k in ['好', '差']", "effect": "not awarded"}}) == []
    properties["a"] = criterion("mark", 100, zero_if="k != '坏'")
    assert found(properties) == [("“坏” is no option of “评价”: the comparison never holds", "/properties/a/x-criterion")]


def test_a_clause_behind_one_that_always_applies_never_counts() -> None:
    clauses = {"x": {"rule": {"mark": {}}, "if": "v"}, "y": {"rule": {"mark": {}}}, "z": {"rule": {"flag": {"of": "v"}}}}
    properties = {"v": TRUTH, "a": criterion(None, 10, clauses=clauses, combine="first")}
    assert found(properties) == [("the clause “z” stands behind one that always applies", "/properties/a/x-criterion/clauses/z/rule/flag")]


def test_two_clauses_that_say_the_same_are_one() -> None:
    clauses = {"x": {"rule": {"mark": {}}}, "y": {"rule": {"mark": {}}}, "z": {"rule": {"mark": {}}, "cap": 3}}
    properties = {"a": criterion(None, 10, clauses=clauses, combine="best")}
    assert found(properties) == [("the clause “y” says the same as “x”", "/properties/a/x-criterion/clauses/y/rule/mark")]


def test_the_findings_are_part_of_the_check() -> None:
    plan = plan_of({**ONE, "v": TRUTH}, gates={"g": {"if": "1 > 2", "effect": "not awarded"}})
    assert any("reads nothing" in said(p.what) for p in checks(plan))
