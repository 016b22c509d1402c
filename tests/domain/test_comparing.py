"""Whom a rule compares: alike in any fields, those of a condition, also across the standards of several categories."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.building import NUMBER, TEXT, assessed, criterion, fault_of, outcome_of, plan_of, points, reasons, said, units

PLACES = {"place_points": {"prices": [10, 8, 5]}}
COLUMNS = {"category": ["甲", "乙", "甲", "乙"], "a": [4, 3, 2, 1], "size": [1, 1, 2, 2]}


def test_units_are_compared_within_their_category_where_nothing_is_said() -> None:
    found = outcome_of({"size": NUMBER, "a": criterion(PLACES)}, COLUMNS, categories=["甲", "乙"])
    assert points(found, "a") == [10, 10, 8, 8]


def test_an_empty_within_compares_all_units() -> None:
    found = outcome_of({"size": NUMBER, "a": criterion(PLACES, within=[])}, COLUMNS, categories=["甲", "乙"])
    assert points(found, "a") == [10, 8, 5, 0]


def test_units_are_compared_within_any_fields() -> None:
    found = outcome_of({"size": NUMBER, "a": criterion(PLACES, within=["size"])}, COLUMNS, categories=["甲", "乙"])
    assert points(found, "a") == [10, 8, 10, 8]
    both = outcome_of({"size": NUMBER, "a": criterion(PLACES, within=["size", "category"])}, COLUMNS, categories=["甲", "乙"])
    assert points(both, "a") == [10, 10, 10, 10]


def test_units_of_categories_with_standards_of_their_own_are_compared_with_one_another() -> None:
    """乙 gives other prices for its places, but the places are those among all."""
    variants = {"乙": {"criteria": {"a": {"rule": {"place_points": {"prices": [1, 2, 3, 4]}}}}}}
    shape = {"size": NUMBER, "a": criterion(PLACES, within=[])}
    found = outcome_of(shape, COLUMNS, categories=["甲", "乙"], variants=variants)
    assert points(found, "a") == [10, 2, 5, 4]


def test_prices_that_differ_from_unit_to_unit_stay_beside_their_own_unit() -> None:
    variants = {"乙": {"title": "乙类标准"}}
    shape = {"size": NUMBER, "a": criterion({"place_points": {"prices": ["size", "10 * size"]}}, 100, within=[])}
    found = outcome_of(shape, {**COLUMNS, "a": [4, 3, 1, 2]}, categories=["甲", "乙"], variants=variants)
    assert points(found, "a") == [1, 10, 0, 0]


def test_a_category_without_the_criterion_is_not_compared() -> None:
    found = outcome_of(
        {"size": NUMBER, "a": criterion(PLACES, within=[]), "b": criterion()},
        {**COLUMNS, "b": [1, 1, 1, 1]},
        categories=["甲", "乙"],
        variants={"乙": {"criteria": {"a": None}}},
    )
    assert points(found, "a") == [10, None, 8, None]


def test_a_condition_leaves_units_out_of_the_comparison() -> None:
    """They have no place, so the criterion does not apply to them; where the condition is unknown it is missing."""
    shape = {"size": NUMBER, "a": criterion(PLACES, where="size > 1", missing="incomplete")}
    found = outcome_of(shape, {"a": [9, 8, 7, 6], "size": [1, 2, 3, None]})
    assert points(found, "a") == [None, 10, 8, None]
    assert reasons(found, "a") == ["NOT_APPLICABLE", "FULL", "PART", "MISSING"]


def test_a_clause_says_for_itself_whom_it_compares() -> None:
    clauses = {"one": {"rule": PLACES, "within": []}, "two": {"rule": PLACES, "where": "size == 1"}}
    found = outcome_of(
        {"size": NUMBER, "a": criterion(None, 20, clauses=clauses)}, {**COLUMNS, "size": [1, 1, 1, 1]}, categories=["甲", "乙"]
    )
    assert points(found, "a") == [20, 18, 13, 8]


def test_a_unit_without_the_key_of_its_group_has_no_place() -> None:
    found = outcome_of({"kind": TEXT, "a": criterion(PLACES, within=["kind"])}, {"a": [3, 2, 1], "kind": ["x", None, "x"]})
    assert points(found, "a") == [10, 0, 8]


def test_a_rule_that_looks_at_one_unit_at_a_time_takes_no_comparison() -> None:
    error = fault_of({"a": criterion("mark", within=[])})
    assert said(error.what) == "the rule mark looks at one unit at a time, so “within” says nothing"
    assert error.where == "rubric.json#/properties/a/x-criterion/within"


rows = st.lists(st.tuples(st.sampled_from("甲乙"), st.integers(0, 3), st.integers(0, 5) | st.none()), min_size=1, max_size=9)


@given(rows, st.randoms())
def test_neither_order_nor_batches_nor_standards_of_other_categories_change_a_comparison(rows: list[Any], chance: Any) -> None:
    """The law of every comparison: the same units give the same points however they come."""
    shape = {"size": NUMBER, "a": criterion(PLACES, missing="incomplete", within=["size"])}
    mixed = rows[:]
    chance.shuffle(mixed)

    def found(given: list[Any], **frame: Any) -> dict[str, Any]:
        plan = plan_of(shape, categories=["甲", "乙"], **frame)
        names = [f"{i}" for i in range(len(rows))]
        order = [rows.index(r) for r in given]
        table = units(plan, {"unit": names, "category": [r[0] for r in given], "size": [r[1] for r in given], "a": [r[2] for r in given]})
        half = len(given) // 2
        parts = [list(range(half)), list(range(half, len(given)))]
        return dict(zip(order, points(assessed(plan, table, batches=[p for p in parts if p]), "a"), strict=True))

    assert found(rows) == found(mixed) == found(rows, variants={"乙": {"title": "乙类标准"}})


@pytest.mark.parametrize("of", ["n", "n / size"])
def test_a_unit_that_is_not_among_the_compared_needs_no_value(of: str) -> None:
    """That it is not meant comes first: a blank or 0/0 is no lack, and nothing is asked for."""
    rule = {"place_points": {"prices": [10, 8, 5], "of": of}}
    shape = {"size": NUMBER, "n": NUMBER, "a": criterion(rule, field={"title": "名次"}, where="size > 0")}
    found = outcome_of(shape, {"size": [1, 0, 0, 1, None], "n": [4, 0, None, None, 2]})
    assert points(found, "a") == [10, None, None, 0, 0]
    assert reasons(found, "a")[:4] == ["FULL", "NOT_APPLICABLE", "NOT_APPLICABLE", "MISSING_AS_ZERO"]
    assert reasons(found, "a")[4] != "NOT_APPLICABLE"


def test_a_clause_applies_to_nobody_outside_its_comparison_whatever_they_handed_in() -> None:
    clauses = {"one": {"rule": PLACES, "where": "size == 1"}}
    shape = {"size": NUMBER, "a": {**NUMBER, "x-criterion": {"points": 10, "clauses": clauses}}}
    found = outcome_of(shape, {"size": [1, 2, 1], "a": [4, None, None]})
    assert reasons(found, "a") == ["FULL", "NOT_APPLICABLE", "MISSING_AS_ZERO"]
