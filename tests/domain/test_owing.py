"""Owing: what a unit is asked for follows from what its own standard reads, as far as conditions are known."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.domain.owing import owed, read_by
from scorekit.loading.rubrics import load_rubric
from tests.building import NA, NUMBER, TRUTH, criterion, plan_of, units

STAFF = {**NUMBER, "title": "职工数"}
NAMES = ["一", "二", "三"]


def owing(shape: dict[str, Any], path: str, columns: dict[str, list[Any]], **frame: Any) -> list[bool]:
    plan = plan_of(shape, **frame)
    return owed(plan, units(plan, {"unit": NAMES, **columns}), [path])[path].tolist()


def test_what_a_standard_reads_through_derived_values_is_found():
    plan = compile_plan(load_rubric("model-home", discover(third_party=False)), discover(third_party=False))
    assert {"members", "employees", "organisation.membership"} <= read_by(plan.tracks[0])


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, [True, True, True]),
        ({"only_for": "staff >= 25"}, [True, False, True]),
        ({"not_applicable_if": "staff >= 25"}, [False, True, True]),
        ({"only_for": "double >= 50"}, [True, False, True]),
        ({"only_for": "points(other) >= 5"}, [True, True, True]),
    ],
)
def test_an_item_owes_its_field_where_it_may_apply(conditions: dict[str, str], expected: list[bool]) -> None:
    shape = {"staff": STAFF, "double": {**NUMBER, "x-derive": "staff * 2"}, "other": criterion(), "a": criterion(**conditions)}
    assert owing(shape, "a", {"staff": [30, 10, None], "other": [1, 9, 9]}) == expected


def test_a_field_that_anything_else_reads_is_owed_all_the_same() -> None:
    shape = {"staff": STAFF, "a": criterion(only_for="staff >= 25"), "b": criterion({"flag": {"of": "a > 1"}})}
    assert owing(shape, "a", {"staff": [30, 10, None]}) == [True, True, True]


def test_a_gate_asks_only_those_for_whom_it_is() -> None:
    gates = {"g": {"if": "accident", "effect": "not ranked", "only_for": "staff >= 25"}}
    shape = {"staff": STAFF, "accident": TRUTH, "a": criterion()}
    assert owing(shape, "accident", {"staff": [30, 10, None]}, gates=gates) == [True, False, True]


def test_what_only_another_category_reads_is_not_owed_and_what_nobody_reads_is() -> None:
    variants = {"乙": {"criteria": {"b": None}}}
    shape = {"a": criterion(), "b": criterion(), "spare": NUMBER}
    columns = {"category": ["甲", "乙", "甲"]}
    assert owing(shape, "b", columns, categories=("甲", "乙"), variants=variants) == [True, False, True]
    assert owing(shape, "spare", columns, categories=("甲", "乙"), variants=variants) == [True, True, True]


def test_a_value_that_does_not_apply_decides_nothing() -> None:
    assert owing({"staff": STAFF, "a": criterion(only_for="staff >= 25")}, "a", {"staff": [NA, 10, 30]})[1:] == [False, True]
