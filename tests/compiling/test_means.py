"""Means of values: what fills a field before scoring, and counts in what is taken of the population afterwards."""

from __future__ import annotations

import pytest

from scorekit.compiling.means import policy
from tests.building import BAD, NA, NUMBER, TEXT, TRUTH, criterion, fault_of, outcome_of, plan_of, points, reasons, said


def test_a_policy_is_known_by_its_name_and_its_grouping() -> None:
    assert policy("zero") == ("zero", None)
    assert policy("mean-points") == ("mean-points", None)
    assert policy({"mean": "values"}) == ("mean-values", None)
    assert policy({"mean": "points", "within": []}) == ("mean-points", ())


def test_a_blank_takes_the_mean_of_the_values_and_is_scored_by_it() -> None:
    """指标取平均: the mean value goes through the rule; a mean of points would be another figure."""
    shape = {"a": criterion({"shortfall": {"target": 10, "step": 2, "deduct": 1}}, 5, missing="mean-values")}
    found = outcome_of(shape, {"category": ["甲", "甲", "甲", "乙", "乙"], "a": [10, 4, None, 8, None]}, categories=["甲", "乙"])
    assert points(found, "a") == [5, 2, 4, 4, 4]
    assert reasons(found, "a")[2:] == ["MISSING_AS_MEAN", "PART", "MISSING_AS_MEAN"]


def test_what_does_not_apply_takes_the_mean_of_those_to_whom_it_does() -> None:
    shape = {"none": TRUTH, "a": criterion(not_applicable_if="none", not_applicable={"mean": "values", "within": []}, missing="incomplete")}
    columns = {"category": ["甲", "乙", "乙", "甲"], "none": [False, False, True, None], "a": [4, 8, 10, 6]}
    found = outcome_of(shape, columns, categories=["甲", "乙"])
    assert points(found, "a") == [4, 8, 6, None]
    assert reasons(found, "a") == ["PART", "PART", "NOT_APPLICABLE_MEAN", "MISSING"]


def test_a_cell_that_says_not_applicable_is_filled_by_that_policy_only() -> None:
    na = criterion(not_applicable="mean-values", missing="incomplete")
    assert points(outcome_of({"a": na}, {"a": [4, NA, None]}), "a") == [4, 4, None]
    blank = criterion(missing="mean-values")
    assert reasons(outcome_of({"a": blank}, {"a": [4, NA, None]}), "a") == ["PART", "NOT_APPLICABLE", "MISSING_AS_MEAN"]


def test_what_was_filled_counts_in_later_figures() -> None:
    """The mean of squares counts the blank as the mean, so that it is not what it would be without it."""
    shape = {
        "a": criterion(missing="mean-values", points=100),
        "f": {"x-derive": {"over": "sum", "of": "a"}},
        "n": {"x-derive": {"over": "count", "of": "a"}},
        "b": criterion({"mark": {"of": "f"}}, 100, {}),
        "c": criterion({"mark": {"of": "n"}}, 100, {}),
        "d": criterion({"mark": {"of": "a * 2"}}, 100, {}),
    }
    found = outcome_of(shape, {"a": [4, 8, None]})
    assert points(found, "b") == [18, 18, 18]
    assert points(found, "c") == [3, 3, 3]
    assert points(found, "d") == [8, 16, 12]
    assert found.population["fill:a"]["groups"] == [{"group": [], "n": 2, "value": "6"}]


def test_a_derived_value_is_filled_as_any_other() -> None:
    shape = {
        "x": NUMBER,
        "y": NUMBER,
        "rate": {
            "x-derive": "x / y",
            "x-unit": "percent",
            "x-criterion": {"points": 10, "rule": {"pro_rata": {}}, "missing": "mean-values"},
        },
    }
    found = outcome_of(shape, {"x": [1, 3, None], "y": [4, 4, 4]})
    assert points(found, "rate") == [2.5, 7.5, 5]


def test_nobody_with_a_value_leaves_the_blank_a_blank() -> None:
    found = outcome_of({"a": criterion(missing="mean-values")}, {"a": [None, BAD]})
    assert reasons(found, "a") == ["MISSING", "INVALID"]


def test_filled_values_are_compared_with_others() -> None:
    shape = {"a": criterion({"place_points": {"prices": [10, 8, 5]}}, 10, missing="mean-values")}
    found = outcome_of(shape, {"a": [9, 1, None]})
    assert points(found, "a") == [10, 5, 8]


def test_a_mean_of_values_needs_one_field_of_numbers() -> None:
    error = fault_of({"a": criterion("flag", 5, TRUTH, missing="mean-values")})
    assert "reads no single field of numbers" in said(error.what)
    assert error.where == "rubric.json#/properties/a/x-criterion/missing"
    assert "reads no single field" in said(
        fault_of({"x": NUMBER, "a": criterion({"mark": {"of": "x + 1"}}, 5, {}, not_applicable="mean-values")}).what
    )


def test_one_field_is_filled_in_one_way() -> None:
    error = fault_of(
        {
            "k": TEXT,
            "a": criterion(missing="mean-values"),
            "b": criterion({"mark": {"of": "a"}}, 5, {}, missing={"mean": "values", "within": ["k"]}),
        }
    )
    assert said(error.what).startswith("two criteria fill the field")


@pytest.mark.parametrize("how", ["mean-points", "mean-values"])
def test_policies_come_down_from_the_frame(how: str) -> None:
    plan = plan_of({"a": criterion(), "d": criterion({"each": {"deduct": 1}}, 5, kind="deduction")}, missing=how)
    assert {c.path: c.missing for c in plan.criteria} == {"a": how, "d": "incomplete"}
