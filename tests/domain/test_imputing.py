"""The mean of a group's points: of the units that were scored on the item, rounded as the item is, for those that have none."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.building import BAD, NUMBER, TRUTH, criterion, outcome_of, points, reasons, totals

NONE = {"decimals": 2}


def test_a_unit_to_which_an_item_does_not_apply_gets_the_mean_of_its_category() -> None:
    """未新进人员的,按平均分."""
    shape = {"new": NUMBER, "a": criterion(not_applicable_if="new == 0", not_applicable="mean-points")}
    columns = {"category": ["甲", "甲", "甲", "乙", "乙"], "new": [1, 1, 0, 1, 0], "a": [8, 5, None, 2, 9]}
    found = outcome_of(shape, columns, categories=["甲", "乙"])
    assert points(found, "a") == [8, 5, 6.5, 2, 2]
    assert reasons(found, "a") == ["PART", "PART", "NOT_APPLICABLE_MEAN", "PART", "NOT_APPLICABLE_MEAN"]
    assert totals(found) == [8, 5, 6.5, 2, 2]


def test_a_blank_may_get_the_mean_of_a_grouping_of_its_own() -> None:
    shape = {"k": NUMBER, "a": criterion(missing={"mean": "points", "within": ["k"]})}
    columns = {"category": ["甲", "乙", "甲", "乙"], "k": [1, 1, 2, 1], "a": [4, 8, 9, None]}
    found = outcome_of(shape, columns, categories=["甲", "乙"])
    assert points(found, "a") == [4, 8, 9, 6]
    assert reasons(found, "a")[3] == "MISSING_AS_MEAN"
    every = outcome_of({**shape, "a": criterion(missing={"mean": "points", "within": []})}, columns, categories=["甲", "乙"])
    assert points(every, "a") == [4, 8, 9, 7]


def test_a_grouping_spans_categories_with_standards_of_their_own() -> None:
    shape = {"a": criterion(missing={"mean": "points", "within": []})}
    variants = {"乙": {"criteria": {"a": {"points": 20, "rounding": {"decimals": 0}}}}}
    found = outcome_of(shape, {"category": ["甲", "甲", "乙", "乙"], "a": [4, None, 19, None]}, categories=["甲", "乙"], variants=variants)
    assert points(found, "a") == [4, 11.5, 19, 12]


def test_those_without_points_of_their_own_do_not_count_in_the_mean() -> None:
    """Neither what counts as 0, nor what is invalid; nobody scored leaves the item as it was."""
    shape = {"x": TRUTH, "a": criterion(not_applicable_if="x", not_applicable="mean-points")}
    found = outcome_of(shape, {"x": [False, False, False, True], "a": [6, None, BAD, None]})
    assert points(found, "a") == [6, 0, None, 6]
    alone = outcome_of(shape, {"x": [True, False], "a": [None, None]})
    assert reasons(alone, "a") == ["NOT_APPLICABLE", "MISSING_AS_ZERO"]
    blank = outcome_of({"a": criterion(missing="mean-points")}, {"a": [None, None]})
    assert (reasons(blank, "a"), totals(blank)) == (["MISSING"] * 2, [None, None])


def test_what_reads_the_points_reads_the_mean() -> None:
    shape = {"a": criterion(missing="mean-points"), "b": criterion({"mark": {"of": "points(a) / 2"}}, 10, {})}
    found = outcome_of(shape, {"a": [8, None]})
    assert points(found, "b") == [4, 4]


def test_the_mean_is_rounded_as_the_item_is() -> None:
    found = outcome_of({"a": criterion(missing="mean-points", rounding={"decimals": 1})}, {"a": [1, 1, 0, None]})
    assert points(found, "a") == [1, 1, 0, 0.7]


def test_an_invalid_value_that_counts_as_missing_gets_the_mean() -> None:
    found = outcome_of({"a": criterion(missing="mean-points", invalid="as-missing")}, {"a": [4, BAD]})
    assert points(found, "a") == [4, 4]


@given(st.lists(st.tuples(st.sampled_from("甲乙"), st.integers(0, 9) | st.none()), min_size=1, max_size=8))
def test_it_is_what_plain_fractions_give(rows: list[Any]) -> None:
    shape = {"a": criterion(missing="mean-points", rounding={"decimals": 6})}
    found = outcome_of(shape, {"category": [r[0] for r in rows], "a": [r[1] for r in rows]}, categories=["甲", "乙"])
    for (category, value), got in zip(rows, found.sheet.points["a"].listed(), strict=True):
        others = [v for c, v in rows if c == category and v is not None]
        wanted = Fraction(value) if value is not None else Fraction(sum(others), len(others)) if others else None
        assert got == wanted or (got is not None and wanted is not None and abs(got - wanted) <= Fraction(1, 2 * 10**6))
