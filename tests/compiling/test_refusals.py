"""A rubric that names what is not there, or says one thing twice, is refused with its place."""

from __future__ import annotations

from typing import Any

import pytest

from tests.building import TRUTH, criterion, fault_of, plan_of, said, section

DEDUCTION = {"each": {"deduct": 1}}
GATE = {"if": "v", "effect": "not awarded"}
ITEM = "rubric.json#/properties/a/x-criterion"


@pytest.mark.parametrize(
    ("shape", "frame", "what", "where", "cure"),
    [
        (
            {"a": criterion()},
            {"unit": "units"},
            "the unit is to be known by “units”, which is no field",
            "rubric.json#/x-rubric/unit",
            "did you mean “unit”?",
        ),
        (
            {"a": criterion()},
            {"unit": ["unit", "zzz"]},
            "the unit is to be known by “zzz”, which is no field",
            "rubric.json#/x-rubric/unit",
            "it may be: a, unit",
        ),
        (
            {"a": {"type": "object", "x-source": {"who": "survey", "options": ["满意"], "invited": "asket"}}, "asked": criterion()},
            {},
            "“asket” is no field",
            "rubric.json#/properties/a/x-source/invited",
            "did you mean “asked”?",
        ),
        (
            {"a": {**TRUTH, "x-source": {"who": "result", "run": "r", "figure": "total"}}},
            {},
            "the figure “total” does not fit the type of the field",
            "rubric.json#/properties/a/type",
            "correct the type",
        ),
        (
            {"a": criterion(field={"type": "number", "x-source": {"who": "result", "run": "r", "figure": "total", "key": "zz"}})},
            {},
            "“zz” is no field",
            "rubric.json#/properties/a/x-source/key",
            "it may be: a, unit",
        ),
        (
            {"a": {"type": "string", "x-source": {"who": "result", "run": "r", "figure": "level", "take": "sum"}}},
            {},
            "words have no sum",
            "rubric.json#/properties/a/x-source/take",
            "take one, or count them",
        ),
        (
            {"a": criterion(kind="bonus", group="honour")},
            {"caps": {"groups": {"honours": 5}}},
            "the group “honour” has no cap",
            f"{ITEM}/group",
            "did you mean “honours”?",
        ),
        (
            {"a": criterion(DEDUCTION, kind="deduction", charge_to="t"), "s": section({"b": criterion()})},
            {},
            "there is no section “t” to charge",
            f"{ITEM}/charge_to",
            "it may be: s",
        ),
        (
            {"a": criterion(charge_to="s"), "s": section({"b": criterion()})},
            {},
            "only a deduction is charged to a section",
            f"{ITEM}/charge_to",
            "make it a deduction, or leave this out",
        ),
        (
            {"a": criterion(points=-10)},
            {},
            "full marks of -10 are below 0",
            f"{ITEM}/points",
            "write them as a positive number",
        ),
        (
            {"a": criterion(DEDUCTION, None, start="full")},
            {},
            "it starts from full marks, but has none",
            f"{ITEM}/start",
            "state its points, or start it empty",
        ),
        (
            {"a": criterion(), "v": {**TRUTH, "x-criterion": {"kind": "gate", **GATE}}},
            {"gates": {"v": GATE}},
            "two gates have the id “v”",
            "rubric.json#/x-rubric/gates/v",
            "give each its own",
        ),
        (
            {"a": criterion()},
            {"levels": [{"id": "x", "title": "甲", "at_least": 9}, {"id": "x", "title": "乙"}]},
            "two levels have the id “x”",
            "rubric.json#/x-rubric/levels/1",
            "give each its own",
        ),
        (
            {"a": criterion()},
            {"levels": [{"id": "none", "title": "甲"}]},
            "two levels have the id “none”",
            "rubric.json#/x-rubric/below",
            "give each its own",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused(shape: dict[str, Any], frame: dict[str, Any], what: str, where: str, cure: str) -> None:
    error = fault_of(shape, **frame)
    assert (said(error.what), error.where, said(error.cure)) == (what, where, cure)


@pytest.mark.parametrize(
    ("effect", "target", "names"),
    [({"zero": "b"}, "b", "a, s, s.c"), ({"level at most": "best"}, "best", "good, none"), ({"level is": "low"}, "low", "good, none")],
)
def test_a_gates_effect_must_name_what_is_there(effect: dict[str, str], target: str, names: str) -> None:
    shape = {"a": criterion(), "s": section({"c": criterion()}), "v": TRUTH}
    error = fault_of(shape, gates={"g": {"if": "v", "effect": effect}}, levels=[{"id": "good", "title": "良", "at_least": 5}])
    assert said(error.what) == f"the gate's effect names “{target}”, which is not there"
    assert (error.where, said(error.cure)) == ("rubric.json#/x-rubric/gates/g/effect", f"it may be: {names}")


def test_a_rule_that_does_both_must_say_where_it_starts() -> None:
    error = fault_of({"a": criterion("both_ways")})
    assert (said(error.what), error.where) == ("a rule that both adds and takes needs “start”", f"{ITEM}/start")


def test_without_full_marks_a_rule_that_does_both_starts_from_0() -> None:
    item = criterion("both_ways")
    del item["x-criterion"]["points"]
    [plan] = plan_of({"a": item}).tracks[0].criteria
    assert not plan.starts_full


def test_a_criterion_needs_a_rule() -> None:
    error = fault_of({"a": criterion(None, clauses={})})
    assert said(error.what) == "the criterion “a” has no rule"


@pytest.mark.parametrize("category", [{"category": "kind"}, {"category": "a"}])
def test_the_category_must_be_a_field_with_a_list(category: dict[str, str]) -> None:
    error = fault_of({"a": criterion()}, **category)
    assert said(error.what) == f"the category “{category['category']}” must be a field with an enum"


def test_a_gate_must_say_what_happens() -> None:
    error = fault_of({"a": criterion()}, gates={"g": {"title": "事故", "if": "a > 1"}})
    assert said(error.what) == "the gate “事故” does not say what happens when it fires"
    assert error.where == "rubric.json#/x-rubric/gates/g"


@pytest.mark.parametrize("place", ["field", "item"])
def test_a_pattern_that_may_take_for_ever_is_refused(place: str) -> None:
    node = {"type": "string", "pattern": "^(a+)+$(?=b)"}
    shape = {"w": node} if place == "field" else {"w": {"type": "array", "items": {"type": "object", "properties": {"x": node}}}}
    error = fault_of({**shape, "a": criterion()})
    assert error.where == "rubric.json#/properties/w" + ("" if place == "field" else "/items/properties/x") + "/pattern"


def test_an_ordinary_pattern_is_taken() -> None:
    assert plan_of({"w": {"type": "string", "pattern": "^[A-Z]{2}[0-9]+$"}, "a": criterion()})


def test_where_there_is_nothing_to_choose_from_it_is_said_so() -> None:
    error = fault_of({"a": criterion(kind="bonus", group="honours")})
    assert said(error.cure) == "there is none; leave it out, or define one"
