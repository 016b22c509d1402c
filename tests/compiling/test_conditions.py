"""Conditions: one formula, or several of which all or any must hold."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.conditions import condition_spec
from scorekit.domain.rubric import ConditionSpec
from tests.building import NUMBER, criterion, fault_of, plan_of, reasons, said, spelled, units
from tests.building import assessed as assess

SHAPE = {"a": criterion(), "n": NUMBER, "m": NUMBER}


def gate(require: Any) -> Any:
    return plan_of(SHAPE, gates={"g": {"require": require, "effect": "not awarded"}}).tracks[0].gates[0]


@pytest.mark.parametrize(
    ("raw", "parts", "how"),
    [
        ("n > 0", (("", "", "n > 0"),), "all"),
        ({"all": ["n > 0", "m > 0"]}, (("", "/all/0", "n > 0"), ("", "/all/1", "m > 0")), "all"),
        ({"any": {"会员": "n > 0"}}, (("会员", "/any/会员", "n > 0"),), "any"),
    ],
)
def test_a_condition_is_read_with_its_parts(raw: Any, parts: tuple[tuple[str, str, str], ...], how: Any) -> None:
    assert condition_spec(raw) == ConditionSpec(parts, how)


def test_where_there_is_none_there_is_none() -> None:
    assert condition_spec(None) is None


def test_all_or_any_of_the_parts_make_the_whole() -> None:
    both, either = gate({"all": {"会员": "n > 0", "经费": "m > 0"}}), gate({"any": ["n > 0", "m > 0"]})
    assert (spelled(both.condition), [p.title for p in both.parts]) == ("and(>(n, 0), >(m, 0))", ["会员", "经费"])
    assert (spelled(either.condition), len(either.parts)) == ("or(>(n, 0), >(m, 0))", 2)


def test_one_formula_has_no_parts_to_tell_apart() -> None:
    assert gate("n > 0").parts == () == gate({"all": ["n > 0"]}).parts


def test_all_of_and_any_of_hold_as_they_say_and_a_blank_decides_nothing_by_itself() -> None:
    columns = {"a": [1] * 4, "n": [1, 1, 0, None], "m": [1, 0, 0, 1]}
    plans = [plan_of(SHAPE, gates={"g": {"require": {how: ["n > 0", "m > 0"]}, "effect": "not awarded"}}) for how in ("all", "any")]
    found = [reasons(assess(plan, units(plan, columns)), "gate:g") for plan in plans]
    assert found == [
        ["GATE_CLEAR", "GATE_FIRED", "GATE_FIRED", "GATE_OPEN"],
        ["GATE_CLEAR", "GATE_CLEAR", "GATE_FIRED", "GATE_CLEAR"],
    ]


def test_a_fault_names_the_part() -> None:
    error = fault_of(SHAPE, gates={"g": {"require": {"all": {"会员": "x > 0"}}, "effect": "not awarded"}})
    assert error.where == "rubric.json#/x-rubric/gates/g/require/all/会员"
    assert said(error.what) == "the formula “x > 0” cannot be read at character 1: there is no field “x”"


def test_a_levels_conditions_are_told_apart_and_must_all_hold() -> None:
    level = {"id": "x", "title": "优", "if": "n > 0", "all": {"经费": "m > 0"}}
    [found] = plan_of(SHAPE, levels=[level]).tracks[0].levels
    assert found.condition is not None
    assert (spelled(found.condition), [p.title for p in found.parts]) == ("and(>(n, 0), >(m, 0))", ["", "经费"])
