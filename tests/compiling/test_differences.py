"""Every change between two rubrics is named once, with its class, its place and both wordings."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from scorekit.compiling.differences import CLASSES, Change, differences
from scorekit.compiling.planning import compile_plan
from scorekit.domain.plan import Plan
from tests.building import NUMBER, TRUTH, catalogue, criterion, document, rubric_of, said, section

PROPERTIES: dict[str, Any] = {
    "s": section(
        {
            "a": criterion({"shortfall": {"target": 0.9, "step": 0.02, "deduct": 0.5}}, 10, wording="甲条", no="1", title="甲"),
            "b": criterion(None, 20, clauses={"x": {"rule": {"mark": {}}}, "y": {"rule": {"each": {"deduct": 1}}}}, start="full"),
            "t": criterion({"flag": {"of": "v"}}, 5),
        },
        points=35,
    ),
    "n": {**NUMBER, "title": "数"},
    "d": {"title": "率", "x-derive": "n / 2"},
    "v": TRUTH,
}
FRAME: dict[str, Any] = {
    "categories": ["企业", "机关"],
    "levels": [{"id": "model", "title": "模范", "at_least": 95}, {"id": "good", "title": "先进", "at_least": 85}],
    "gates": {"accident": {"if": "v", "effect": "not awarded"}},
    "caps": {"bonus": 5},
    "rank": {"tie_break": [{"by": "n"}]},
}


def plan(edit: Any = None) -> Plan:
    found = document(copy.deepcopy(PROPERTIES), **copy.deepcopy(FRAME))
    if edit is not None:
        edit(found)
    return compile_plan(rubric_of(found), catalogue())


def changes(edit: Any, before: Any = None) -> list[Change]:
    return list(differences(plan(before), plan(edit), "en"))


def brief(edit: Any, before: Any = None) -> list[tuple[str, str, str, str]]:
    return [(c.kind, c.path, c.old, c.new) for c in changes(edit, before)]


def spec(found: dict[str, Any], path: str) -> dict[str, Any]:
    node: Any = found
    for name in path.split("."):
        node = node["properties"][name]
    result: dict[str, Any] = node["x-criterion"]
    return result


def setting(path: str, **keys: Any) -> Any:
    def edit(found: dict[str, Any]) -> None:
        spec(found, path).update(keys)

    return edit


def framing(**keys: Any) -> Any:
    def edit(found: dict[str, Any]) -> None:
        found["x-rubric"].update(keys)

    return edit


def test_equal_rubrics_do_not_differ() -> None:
    assert changes(None) == []


def test_numbers_that_are_equal_however_they_are_written_do_not_differ() -> None:
    assert changes(setting("s.a", points=10.0)) == []


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (setting("s.a", wording="乙条"), ("wording", "criteria/s.a", "甲条", "乙条")),
        (setting("s.a", basis=[{"source": "A"}]), ("wording", "criteria/s.a", "", '[{"source":"A"}]')),
        (setting("s.a", points=12), ("points", "criteria/s.a", "10", "12")),
        (setting("s", points=36), ("points", "sections/s", "35", "36")),
        (setting("s.a", missing="incomplete"), ("points", "criteria/s.a", "", "incomplete")),
        (setting("s.a", only_for="v"), ("qualifies", "criteria/s.a", "", "v")),
        (setting("s.a", zero_if="v"), ("thresholds", "criteria/s.a", "", "v")),
        (setting("s.a", rounding={"decimals": 1}), ("qualifies", "criteria/s.a", "", '{"decimals":1}')),
        (framing(caps={"bonus": 6}), ("points", "x-rubric/caps", '{"bonus":5}', '{"bonus":6}')),
        (framing(rounding={"total": {"decimals": 1}}), ("qualifies", "x-rubric/rounding", "", '{"total":{"decimals":1}}')),
        (framing(rank={}), ("qualifies", "x-rubric/rank", '{"tie_break":[{"by":"n"}]}', "{}")),
        (framing(notes=["x"]), ("wording", "x-rubric/notes", "", '["x"]')),
    ],
)
def test_each_key_has_its_class(edit: Any, expected: tuple[str, str, str, str]) -> None:
    assert brief(edit) == [expected]


def test_a_parameter_of_a_rule_is_a_line_or_a_number_of_points() -> None:
    words = "each 0.02 below {}: {} off"
    old = words.format("0.9", "0.5")
    target = {"shortfall": {"target": 0.95, "step": 0.02, "deduct": 0.5}}
    assert brief(setting("s.a", rule=target)) == [("thresholds", "criteria/s.a", old, words.format("0.95", "0.5"))]
    deduct = {"shortfall": {"target": 0.9, "step": 0.02, "deduct": 1}}
    assert brief(setting("s.a", rule=deduct)) == [("points", "criteria/s.a", old, words.format("0.9", "1"))]
    both = {"shortfall": {"target": 0.8, "step": 0.02, "deduct": 1}}
    assert {c.kind for c in changes(setting("s.a", rule=both))} == {"points", "thresholds"}


def test_another_rule_changes_the_points() -> None:
    [found] = changes(setting("s.a", rule={"each": {"deduct": 1}}))
    assert (found.kind, found.title, said(found.what)) == ("points", "1 甲", "method")  # type: ignore[arg-type]


def test_clauses_are_compared_one_by_one() -> None:
    clauses = {"x": {"rule": {"mark": {}}, "cap": 3}, "z": {"rule": {"each": {"deduct": 2}}}}
    found = brief(setting("s.b", clauses=clauses))
    assert [(kind, path) for kind, path, _, _ in found] == [
        ("points", "criteria/s.b/x"),
        ("points", "criteria/s.b/y"),
        ("points", "criteria/s.b/z"),
    ]
    assert (found[1][3], found[2][2]) == ("", "")


def test_a_condition_of_a_clause_is_a_threshold() -> None:
    clauses = {"x": {"rule": {"mark": {}}, "if": "v"}, "y": {"rule": {"each": {"deduct": 1}}, "title": "乙"}}
    assert [(k, p) for k, p, _, _ in brief(setting("s.b", clauses=clauses))] == [
        ("thresholds", "criteria/s.b/x"),
        ("wording", "criteria/s.b/y"),
    ]


def test_criteria_gates_and_levels_that_come_or_go_are_named() -> None:
    def edit(found: dict[str, Any]) -> None:
        del found["properties"]["s"]["properties"]["t"]["x-criterion"]
        found["properties"]["new"] = criterion("mark", 7, title="新")
        found["x-rubric"]["gates"] = {"fraud": {"if": "v", "effect": "zero total"}}
        del found["x-rubric"]["levels"][1]

    found = {(c.kind, c.path, said(c.what)) for c in changes(edit)}  # type: ignore[arg-type]
    assert found == {
        ("points", "criteria/s.t", "removed"),
        ("points", "criteria/new", "added"),
        ("form", "fields/new", "added"),
        ("qualifies", "gates/accident", "removed"),
        ("qualifies", "gates/fraud", "added"),
        ("qualifies", "levels/good", "removed"),
    }


def test_a_gate_is_compared_in_words() -> None:
    gates = {"accident": {"if": "n > 2", "effect": "not ranked"}}
    assert brief(framing(gates=gates)) == [
        ("qualifies", "gates/accident", "v", "数 > 2"),
        ("qualifies", "gates/accident", "not awarded (score and rank stay, the seat passes on)", "not ranked (others move up)"),
    ]


def test_lines_and_order_of_levels_say_who_qualifies() -> None:
    levels = [{"id": "good", "title": "先进", "at_least": 80}, {"id": "model", "title": "模范级", "at_least": 95}]
    assert brief(framing(levels=levels)) == [
        ("qualifies", "levels/good", "85", "80"),
        ("qualifies", "levels", "模范 > 先进", "先进 > 模范级"),
        ("wording", "levels/model", "模范", "模范级"),
    ]


def test_fields_change_the_form_but_a_formula_is_a_threshold_and_a_title_is_wording() -> None:
    def edit(found: dict[str, Any]) -> None:
        found["properties"]["n"] = {"type": "integer", "title": "个数", "minimum": 0}
        found["properties"]["d"]["x-derive"] = "n / 3"

    assert brief(edit) == [
        ("thresholds", "fields/d", "n / 2", "n / 3"),
        ("form", "fields/n", "number", "integer"),
        ("form", "fields/n", "", "0"),
        ("wording", "fields/n", "数", "个数"),
    ]


def test_a_change_that_concerns_some_categories_names_them() -> None:
    [found] = changes(framing(variants={"机关": {"criteria": {"s.a": {"points": 3}}}}))
    assert (found.old, found.new, found.categories) == ("10", "3", ("机关",))


def test_other_categories_are_a_change_of_who_qualifies() -> None:
    def edit(found: dict[str, Any]) -> None:
        found["properties"]["category"]["enum"] = ["企业", "村"]

    found = changes(edit)
    assert ("x-rubric/category", "企业、机关", "企业、村") in [(c.path, c.old, c.new) for c in found]


def test_a_key_that_nobody_told_of_is_reported_all_the_same() -> None:
    before = document(copy.deepcopy(PROPERTIES), **copy.deepcopy(FRAME))
    after = copy.deepcopy(before)
    after["properties"]["s"]["properties"]["a"]["x-criterion"]["brand_new"] = 1
    after["x-rubric"]["brand_new"] = 1
    plans = [compile_plan(rubric_of(d), catalogue()) for d in (before, after)]
    assert [(c.kind, c.path, c.what) for c in differences(plans[0], plans[1], "en")] == [
        ("points", "criteria/s.a", "brand_new"),
        ("points", "x-rubric/brand_new", "brand_new"),
    ]


def test_the_changes_stand_in_the_order_of_the_classes() -> None:
    def edit(found: dict[str, Any]) -> None:
        spec(found, "s.a").update(wording="乙", points=1, only_for="v")

    assert [c.kind for c in changes(edit)] == ["points", "qualifies", "wording"]
    assert list(CLASSES) == ["points", "thresholds", "qualifies", "form", "wording"]


# -------------------------------------------------------------------- the records of lists


def with_prizes(edit: Any = None) -> Any:
    """An edit that puts in a list of scored records, and then changes its node."""

    def both(found: dict[str, Any]) -> None:
        found["properties"]["r"] = {
            "type": "array",
            "title": "获奖",
            "items": {
                "type": "object",
                "properties": {"a": {**NUMBER, "title": "级别", "x-criterion": {"points": 10, "rule": {"mark": {}}}}, "n": {**NUMBER}},
                "x-criterion": {"multiplier": 2},
            },
        }
        if edit is not None:
            edit(found["properties"]["r"]["items"])

    return both


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (lambda i: i["properties"]["a"]["x-criterion"].update(points=8), [("points", "criteria/r.a", "级别", "full marks", "10", "8")]),
        (
            lambda i: i["properties"]["a"]["x-criterion"].update(rule={"each": {"deduct": 1}}),
            [("points", "criteria/r.a", "级别", "method", "级别", "1 off for each 级别")],
        ),
        (lambda i: i["x-criterion"].update(multiplier=3), [("points", "sections/r", "获奖", "factor", "2", "3")]),
        (lambda i: i["properties"].update(n={**NUMBER, "minimum": 1}), [("form", "fields/r.n", "r.n", "minimum", "", "1")]),
        (lambda i: i["properties"].update(m=NUMBER), [("form", "fields/r.m", "r.m", "added", "", "r.m")]),
        (
            lambda i: i.update(required=["n"]),
            [("form", "fields/r", "获奖", "items", '{"type":"object"}', '{"required":["n"],"type":"object"}')],
        ),
    ],
)
def test_what_changes_in_the_records_of_a_list_is_named_by_its_own_path(edit: Any, expected: list[tuple[str, ...]]) -> None:
    found = changes(with_prizes(edit), with_prizes())
    assert [(c.kind, c.path, c.title, said(c.what) if not isinstance(c.what, str) else c.what, c.old, c.new) for c in found] == expected
