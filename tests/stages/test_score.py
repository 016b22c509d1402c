"""Scoring: clauses, start, caps, zero-trigger, floor, ceiling, rounding, and why each cell has its points."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.building import BAD, NA, NUMBER, TEXT, TRUTH, criterion, fault_of, outcome_of, plain, points, reasons, said, totals

SHORT = {"shortfall": {"target": 0.9, "step": 0.02, "deduct": 0.5}}


# -------------------------------------------------------------------- start, clauses, cap


def test_the_start_is_full_where_all_clauses_take() -> None:
    found = outcome_of({"rate": criterion(SHORT, 5)}, {"rate": [0.9, 0.80, 0.1]})
    assert points(found, "rate") == [5, 2.5, 0]
    assert reasons(found, "rate") == ["FULL", "PART", "ZERO"]
    assert totals(found) == [5, 2.5, 0]


def test_the_start_is_empty_where_one_clause_adds() -> None:
    clauses = {"a": {"rule": {"flag": {"of": "met", "points": 4}}}, "b": {"rule": {"each": {"of": "slips", "deduct": 1}}}}
    found = outcome_of(
        {"met": TRUTH, "slips": NUMBER, "a": {"x-criterion": {"points": 5, "clauses": clauses}}},
        {"met": [True, True, False], "slips": [0, 3, 3]},
    )
    assert points(found, "a") == [4, 1, 0]


@pytest.mark.parametrize(("start", "expected"), [("full", [8, 5]), ("empty", [3, 0])])
def test_a_rule_that_does_both_starts_where_the_rubric_says(start: str, expected: list[int]) -> None:
    found = outcome_of({"a": criterion("both_ways", 10, start=start, ceiling=None)}, {"a": [3, 0]} if start == "empty" else {"a": [-2, -5]})
    assert points(found, "a") == expected


def test_bonus_and_deduction_start_at_nought_even_where_all_clauses_take() -> None:
    found = outcome_of({"a": criterion({"each": {"deduct": 2}}, 5, kind="deduction")}, {"a": [0, 1, 9]})
    assert points(found, "a") == [0, -2, -5]
    assert reasons(found, "a") == ["NONE", "TAKEN", "TAKEN"]


def test_each_clause_acts_within_its_own_cap() -> None:
    clauses = {
        "a": {"rule": {"each": {"of": "x", "deduct": 1}}, "cap": 2},
        "b": {"rule": {"each": {"of": "y", "deduct": 1}}, "cap": "limit"},
    }
    found = outcome_of(
        {"x": NUMBER, "y": NUMBER, "limit": NUMBER, "a": {"x-criterion": {"points": 10, "clauses": clauses}}},
        {"x": [9, 1], "y": [9, 9], "limit": [3, 4]},
    )
    assert points(found, "a") == [5, 5]


def test_alternatives_give_their_best() -> None:
    clauses = {"a": {"rule": {"flag": {"of": "x >= 2", "points": 2}}}, "b": {"rule": {"flag": {"of": "y >= 3", "points": 1.5}}}}
    shape = {"x": NUMBER, "y": NUMBER, "a": {"x-criterion": {"points": 2, "combine": "best", "clauses": clauses}}}
    assert points(outcome_of(shape, {"x": [2, 0, 2, 0], "y": [3, 3, 0, 0]}), "a") == [2, 1.5, 2, 0]


def test_an_alternative_whose_condition_fails_is_none() -> None:
    """Of two penalties the lighter counts, but not one that does not come into question."""
    clauses = {"a": {"rule": {"each": {"of": "x", "deduct": 2}}}, "b": {"rule": {"each": {"of": "x", "deduct": 1}}, "if": "small"}}
    shape = {"x": NUMBER, "small": TRUTH, "a": {"x-criterion": {"points": 10, "combine": "best", "clauses": clauses}}}
    assert points(outcome_of(shape, {"x": [3, 3], "small": [True, False]}), "a") == [7, 4]


def test_where_no_alternative_comes_into_question_there_is_nothing_to_add() -> None:
    clauses = {
        "a": {"rule": {"flag": {"of": "x", "points": 2}}, "if": "n > 1"},
        "b": {"rule": {"flag": {"of": "x", "points": 1}}, "if": "n > 2"},
    }
    shape = {"x": TRUTH, "n": NUMBER, "a": {"x-criterion": {"points": 2, "combine": "best", "clauses": clauses}}}
    assert points(outcome_of(shape, {"x": [True] * 4, "n": [1, 2, 3, None]}), "a") == [0, 2, 2, 0]


def test_a_clause_acts_only_if_its_condition_holds() -> None:
    clauses = {"a": {"rule": {"each": {"of": "x", "deduct": 1}}, "if": "strict"}}
    shape = {"x": NUMBER, "strict": TRUTH, "a": {"x-criterion": {"points": 5, "clauses": clauses, "missing": "incomplete"}}}
    found = outcome_of(shape, {"x": [2, 2, None, 2, None], "strict": [True, False, False, None, True]})
    assert points(found, "a") == [3, 5, 5, None, None]
    assert reasons(found, "a") == ["PART", "FULL", "FULL", "MISSING", "MISSING"]


def test_a_waiver_lifts_the_clause_it_names_but_a_blank_never_waives() -> None:
    clauses = {
        "a": {"rule": {"each": {"of": "x", "deduct": 1}}, "waived_if": "excused"},
        "b": {"rule": {"each": {"of": "x", "deduct": 0.5}}},
    }
    shape = {"x": NUMBER, "excused": TRUTH, "a": {"x-criterion": {"points": 5, "clauses": clauses, "missing": "incomplete"}}}
    found = outcome_of(shape, {"x": [2, 2, 2], "excused": [True, False, None]})
    assert points(found, "a") == [4, 2, None]


# -------------------------------------------------------------------- zero-trigger, floor, ceiling


def test_a_zero_trigger_empties_the_criterion_negative_parts_included() -> None:
    clauses = {"a": {"rule": {"each": {"of": "x", "deduct": 3}}}}
    shape = {"x": NUMBER, "none": TRUTH, "a": {"x-criterion": {"points": 5, "clauses": clauses, "floor": None, "zero_if": "none"}}}
    found = outcome_of(shape, {"x": [1, 1, 4, 4, None], "none": [False, True, False, True, True]})
    assert points(found, "a") == [2, 0, -7, 0, 0]
    assert reasons(found, "a") == ["PART", "EMPTIED", "BELOW_ZERO", "EMPTIED", "EMPTIED"]


def test_what_does_not_apply_is_emptied_neither_by_a_zero_trigger_nor_by_a_gate() -> None:
    gates = {"g": {"title": "门", "if": "bad", "effect": {"zero": "b"}}}
    shape = {"bad": TRUTH, "a": criterion("mark", 5, zero_if="bad"), "b": criterion("mark", 5), "c": criterion("mark", 5)}
    found = outcome_of(shape, {"bad": [True, True], "a": [NA, 3], "b": [NA, 3], "c": [4, 4]}, gates=gates)
    assert [reasons(found, k) for k in "ab"] == [["NOT_APPLICABLE", "EMPTIED"]] * 2
    assert totals(found) == [12, 4]


def test_an_unknown_zero_trigger_makes_the_criterion_missing() -> None:
    shape = {"none": NUMBER, "a": criterion("mark", 5, zero_if="none > 0", missing="incomplete")}
    found = outcome_of(shape, {"a": [3, 3, 3, None], "none": [None, BAD, 0, BAD]})
    assert points(found, "a") == [None, None, 3, None]
    assert reasons(found, "a") == ["MISSING", "INVALID", "PART", "INVALID"]


@pytest.mark.parametrize("others", [[], [1], [Fraction(1, n) for n in (1000003, 1000033, 1000037, 1000039)]])
def test_a_ceiling_below_the_floor_counts_whoever_is_in_the_batch(others: list[Any]) -> None:
    """Beside figures without a common denominator, too."""
    found = outcome_of(
        {"k": NUMBER, "a": criterion("mark", "10 - k", rounding=None)}, {"a": [-8, *others], "k": [15, *(1 for _ in others)]}
    )
    assert points(found, "a") == [-5, *others]


def test_floor_and_ceiling_close_a_criterion_and_null_lifts_them() -> None:
    shape = {
        "closed": criterion("both_ways", 5, start="empty"),
        "open": criterion("both_ways", 5, start="empty", floor=None, ceiling=None),
        "own": criterion("both_ways", 5, start="empty", floor=-2, ceiling="closed"),
    }
    found = outcome_of(shape, {"closed": [-9, 3, 9], "open": [-9, 3, 9], "own": [-9, 5, 9]})
    assert points(found, "closed") == [0, 3, 5]
    assert points(found, "open") == [-9, 3, 9]
    assert points(found, "own") == [-9, 3, 9]
    assert reasons(found, "closed") == ["ZERO", "PART", "CAPPED"]


def test_a_ceiling_that_is_not_known_leaves_no_points_whatever_other_units_have() -> None:
    shape = {"top": NUMBER, "a": criterion("mark", 10, ceiling="top", missing="incomplete")}
    assert points(outcome_of(shape, {"a": [3, 3], "top": [None, 5]}), "a") == [None, 3]
    assert points(outcome_of(shape, {"a": [3, 8], "top": [None, 5]}), "a") == [None, 5]


def test_a_base_criterion_without_full_marks_starts_empty_and_has_no_ceiling() -> None:
    found = outcome_of({"a": criterion("mark", None)}, {"a": [1000, 0, -1]})
    assert points(found, "a") == [1000, 0, 0]
    assert reasons(found, "a") == ["ADDED", "NONE", "NONE"]
    assert "a" not in found.sheet.full


def test_a_bonus_with_its_floor_lifted_goes_both_ways() -> None:
    found = outcome_of(
        {"b": criterion("mark", 100), "a": criterion("both_ways", 5, kind="bonus", floor=None)}, {"b": [50] * 3, "a": [-3, 0, 9]}
    )
    assert points(found, "a") == [-3, 0, 5]
    assert reasons(found, "a") == ["TAKEN", "NONE", "CAPPED"]
    assert totals(found) == [47, 50, 55]
    assert totals(found, "bonus") == [0, 0, 5]
    assert totals(found, "deduction") == [3, 0, 0]


def test_full_marks_may_be_a_formula() -> None:
    found = outcome_of({"n": NUMBER, "a": criterion("pro_rata", "n * 2")}, {"n": [1, 5], "a": [0.5, 1]})
    assert points(found, "a") == [1, 10]
    assert plain(found.sheet.full["a"]) == [2, 10]


# -------------------------------------------------------------------- rounding


def test_a_criterion_is_rounded_half_up_to_two_digits_unless_said() -> None:
    found = outcome_of({"a": criterion("mark", 10)}, {"a": [5.545, 5.5449, 0.005]})
    assert points(found, "a") == [5.55, 5.54, 0.01]


def test_half_up_goes_by_magnitude() -> None:
    found = outcome_of({"a": criterion("both_ways", 10, start="empty", floor=None, rounding={"decimals": 0})}, {"a": [-2.5, 2.5, -2.4]})
    assert points(found, "a") == [-3, 3, -2]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("half-up", [3, -3]),
        ("half-even", [2, -2]),
        ("toward-zero", [2, -2]),
        ("away-from-zero", [3, -3]),
        ("floor", [2, -3]),
        ("ceiling", [3, -2]),
    ],
)
def test_every_mode_rounds_as_it_says(mode: str, expected: list[int]) -> None:
    frame = {"rounding": {"criterion": {"decimals": 0, "mode": mode}}}
    found = outcome_of({"a": criterion("both_ways", 10, start="empty", floor=None)}, {"a": [2.5, -2.5]}, **frame)
    assert points(found, "a") == expected


def test_declaring_any_stage_replaces_the_default_so_that_six_thirds_are_exact() -> None:
    """Six criteria of 84.995 ÷ 6 with rounding at the total give 85.00."""
    shape = {f"c{i}": criterion({"mark": {"of": "x / 6"}}, 100, {}) for i in range(6)}
    found = outcome_of({"x": NUMBER, **shape}, {"x": [84.995]}, rounding={"total": {"decimals": 2}})
    assert points(found, "c0") == [Fraction("84.995") / 6]
    assert totals(found) == [85]


def test_what_is_rounded_is_the_figure_for_all_that_follows() -> None:
    found = outcome_of(
        {"x": NUMBER, "a": criterion({"mark": {"of": "x"}}, 10, {}), "b": criterion({"mark": {"of": "points(a) * 100"}}, 1000, {})},
        {"x": [1.005]},
    )
    assert points(found, "b") == [101]


def test_eighty_percent_misses_ninety_by_exactly_five_steps_of_two() -> None:
    assert points(outcome_of({"a": criterion({"shortfall": {"target": 0.9, "step": 0.02, "deduct": 1}}, 10)}, {"a": [0.8]}), "a") == [5]


def test_173_of_200_meet_0_865() -> None:
    found = outcome_of(
        {"x": NUMBER, "y": NUMBER, "a": criterion({"flag": {"of": "x / y >= 0.865"}}, 1, {})}, {"x": [173, 172], "y": [200, 200]}
    )
    assert points(found, "a") == [1, 0]


# -------------------------------------------------------------------- missing, not applicable, invalid


def test_a_text_without_a_price_is_invalid_and_never_a_silent_nought() -> None:
    found = outcome_of({"a": criterion({"priced": {"prices": {"A": 5}}}, 5, TEXT)}, {"a": ["A", "B", None]})
    assert points(found, "a") == [5, None, 0]
    assert reasons(found, "a") == ["FULL", "INVALID", "MISSING_AS_ZERO"]
    assert found.standings.status == ("ranked", "incomplete", "ranked")


@pytest.mark.parametrize(
    ("policy", "expected", "reason", "status"),
    [("zero", 0, "MISSING_AS_ZERO", "ranked"), ("incomplete", None, "MISSING", "incomplete"), ("leave-out", None, "MISSING", "ranked")],
)
def test_a_missing_value_is_treated_as_the_policy_says(policy: str, expected: int | None, reason: str, status: str) -> None:
    found = outcome_of({"a": criterion("mark", 10, missing=policy), "b": criterion("mark", 10)}, {"a": [None, 4], "b": [8, 8]})
    assert points(found, "a") == [expected, 4]
    assert reasons(found, "a") == [reason, "PART"]
    assert found.standings.status == (status, "ranked")
    assert totals(found) == [{"zero": 8, "incomplete": None, "leave-out": 16}[policy], 12]


def test_a_missing_deduction_is_asked_for_and_not_assumed() -> None:
    found = outcome_of(
        {"a": criterion("mark", 10), "d": criterion({"each": {"deduct": 1}}, 5, kind="deduction")}, {"a": [8, 8], "d": [None, 2]}
    )
    assert found.standings.status == ("incomplete", "ranked")
    assert totals(found) == [None, 6]


def test_invalid_leaves_the_unit_incomplete_unless_the_rubric_says_as_missing() -> None:
    shape = {"a": criterion("mark", 10), "b": criterion("mark", 10, invalid="as-missing")}
    found = outcome_of(shape, {"a": [BAD, 5], "b": [5, BAD]})
    assert reasons(found, "a") == ["INVALID", "PART"]
    assert reasons(found, "b") == ["PART", "MISSING_AS_ZERO"]
    assert found.standings.status == ("incomplete", "ranked")


def test_policies_are_inherited_from_rubric_and_section_and_a_criterion_has_its_own() -> None:
    inner = {"b": criterion("mark", 10), "c": criterion("mark", 10, missing="zero")}
    shape = {"a": criterion("mark", 10), "s": {"type": "object", "properties": inner, "x-criterion": {"missing": "leave-out"}}}
    found = outcome_of(shape, {"a": [None], "s.b": [None], "s.c": [None]}, missing="incomplete")
    assert reasons(found, "a") == ["MISSING"]
    assert [found.sheet.points[p].masked[0] for p in ("a", "s.b", "s.c")] == [True, True, False]
    assert found.standings.status == ("incomplete",)


@pytest.mark.parametrize(("policy", "a", "total"), [("renormalise", None, 10), ("full", 5, 10), ("leave-out", None, 5)])
def test_what_does_not_apply_is_treated_as_the_policy_says(policy: str, a: int | None, total: int) -> None:
    shape = {"women": NUMBER, "a": criterion("mark", 5, not_applicable_if="women == 0", not_applicable=policy), "b": criterion("mark", 5)}
    found = outcome_of(shape, {"women": [0, 7], "a": [3, 3], "b": [5, 5]})
    assert points(found, "a") == [a, 3]
    assert totals(found) == [total, 8]


def test_full_marks_given_are_rounded_like_any_points() -> None:
    found = outcome_of({"a": criterion("mark", "10 / 3", not_applicable="full")}, {"a": [NA, 99]})
    assert points(found, "a") == [3.33, 3.33]
    assert reasons(found, "a") == ["NOT_APPLICABLE_FULL", "CAPPED"]


def test_full_marks_that_are_not_known_are_not_given() -> None:
    shape = {"n": NUMBER, "a": criterion("mark", "n", not_applicable="full", missing="incomplete")}
    found = outcome_of(shape, {"a": [NA, 3], "n": [None, 5]})
    assert points(found, "a") == [None, 3]


def test_full_marks_for_what_does_not_apply_are_no_bonus_and_no_deduction() -> None:
    shape = {
        "b": criterion("mark", 100),
        "p": criterion("mark", 5, kind="bonus"),
        "d": criterion({"each": {"deduct": 1}}, 5, kind="deduction"),
    }
    found = outcome_of(shape, {"b": [60], "p": [NA], "d": [NA]}, not_applicable="full")
    assert totals(found) == [60]
    assert totals(found, "bonus") == [0]
    assert totals(found, "deduction") == [0]


def test_a_blank_never_exempts() -> None:
    shape = {"women": NUMBER, "a": criterion("mark", 5, not_applicable_if="women == 0", missing="incomplete")}
    found = outcome_of(shape, {"women": [None, 0, BAD], "a": [3, 3, 3]})
    assert reasons(found, "a") == ["MISSING", "NOT_APPLICABLE", "INVALID"]


def test_only_for_makes_a_criterion_no_part_of_other_units_standard() -> None:
    shape = {"kind": TEXT, "a": criterion("mark", 5, only_for="kind == '工厂'", missing="incomplete"), "b": criterion("mark", 5)}
    found = outcome_of(shape, {"kind": ["工厂", "学校", None], "a": [4, BAD, 4], "b": [5, 5, 5]})
    assert reasons(found, "a") == ["PART", "NOT_PART", "MISSING"]
    assert totals(found) == [9, 5, None]
    assert totals(found, "full") == [10, 5, None] or totals(found, "full")[:2] == [10, 5]


def test_only_for_goes_before_not_applicable() -> None:
    shape = {"k": NUMBER, "a": criterion("mark", 5, only_for="k == 1", not_applicable_if="k == 2"), "b": criterion("mark", 5)}
    assert reasons(outcome_of(shape, {"k": [1, 2], "a": [4, 4], "b": [5, 5]}), "a") == ["PART", "NOT_PART"]


def test_the_graver_reason_counts_where_inputs_differ() -> None:
    shape = {"x": NUMBER, "y": NUMBER, "a": criterion({"mark": {"of": "x + y"}}, 10, {}, missing="incomplete")}
    found = outcome_of(shape, {"x": [None, NA, BAD, 1, 1], "y": [NA, 1, None, 1, None]})
    assert reasons(found, "a") == ["MISSING", "NOT_APPLICABLE", "INVALID", "PART", "MISSING"]


def test_a_division_by_zero_is_missing_with_its_reason() -> None:
    shape = {"x": NUMBER, "a": criterion({"mark": {"of": "1 / x"}}, 10, {}, missing="incomplete")}
    found = outcome_of(shape, {"x": [0, 2]})
    assert reasons(found, "a") == ["DIVIDED_BY_ZERO", "PART"]
    assert found.standings.status == ("incomplete", "ranked")


def test_nobody_is_scored_where_there_is_nobody() -> None:
    found = outcome_of({"a": criterion("mark", 5, zero_if="a < 1", not_applicable_if="a == 2")}, {"a": []})
    assert len(found.standings) == 0
    assert points(found, "a") == []


# -------------------------------------------------------------------- one of several clauses, waivers of a whole criterion


def clauses(**rules: Any) -> dict[str, Any]:
    return {name: {"rule": rule} if "rule" not in rule else rule for name, rule in rules.items()}


def test_of_deductions_only_the_heaviest_counts() -> None:
    """就高不就低: of several penalties for one matter the heaviest alone."""
    shape = {
        **dict.fromkeys("xyz", NUMBER),
        "a": criterion(
            None,
            10,
            {},
            combine="worst",
            clauses=clauses(light={"each": {"of": "x", "deduct": 1}}, grave={"each": {"of": "y", "deduct": 3}}),
        ),
        "b": criterion(
            None,
            10,
            {},
            combine="worst",
            clauses={**clauses(one={"each": {"of": "x", "deduct": 1}}, two={"each": {"of": "y", "deduct": 3}})},
        ),
    }
    found = outcome_of(shape, {"x": [2, 4, 0, 4], "y": [1, 1, 0, None], "z": [0] * 4})
    assert points(found, "a") == [7, 6, 10, 0]
    assert points(found, "b") == points(found, "a")


def test_the_first_clause_whose_condition_holds_counts_alone() -> None:
    first = {
        "done": {"rule": {"mark": {"of": "2"}}, "if": "n >= 2"},
        "doing": {"rule": {"mark": {"of": "1.5"}}, "if": "n >= 1 and m >= 3"},
        "none": {"rule": {"mark": {"of": "0.5"}}},
    }
    shape = {"n": NUMBER, "m": NUMBER, "a": criterion(None, 5, {}, combine="first", clauses=first)}
    found = outcome_of(shape, {"n": [2, 1, 1, 0, None, 2], "m": [0, 3, 0, 9, 3, None]})
    assert points(found, "a") == [2, 1.5, 0.5, 0.5, 0, 2]
    assert reasons(found, "a")[4] == "MISSING_AS_ZERO"


def test_where_no_clause_applies_none_of_them_counts() -> None:
    only = {"x": {"rule": {"mark": {"of": "4"}}, "if": "n == 1"}, "y": {"rule": {"mark": {"of": "5"}}, "if": "n == 2"}}
    for combine in ("first", "worst", "best"):
        shape = {"n": NUMBER, "a": criterion(None, 10, {}, combine=combine, clauses=only)}
        assert points(outcome_of(shape, {"n": [1, 2, 3]}), "a") == [4, 5, 0]


def test_a_waiver_of_the_criterion_lifts_all_that_it_takes_away() -> None:
    both = clauses(give={"mark": {"of": "g"}}, take={"each": {"of": "t", "deduct": 2}}, more={"each": {"of": "t", "deduct": 1}})
    shape = {
        **dict.fromkeys("gtw", NUMBER),
        "a": criterion(None, 10, {}, start="empty", clauses=both, waived_if="w > 0"),
        "d": criterion({"each": {"of": "t", "deduct": 2}}, 10, {}, kind="deduction", waived_if="w > 0"),
    }
    found = outcome_of(shape, {"g": [8] * 3, "t": [2] * 3, "w": [0, 1, None]})
    assert points(found, "a") == [2, 8, 0]
    assert points(found, "d") == [-4, 0, None]
    assert reasons(found, "a")[2] == "MISSING_AS_ZERO"


def test_a_waiver_of_what_only_adds_is_refused() -> None:
    error = fault_of({"w": TRUTH, "a": criterion("mark", waived_if="w")})
    assert said(error.what) == "nothing is taken away in “a”, so nothing can be waived"
    assert error.where.endswith("/x-criterion/waived_if")


@given(st.lists(st.integers(0, 6), min_size=2, max_size=2), st.sampled_from(["worst", "best", "sum"]))
def test_the_worst_is_never_more_than_the_best_and_both_are_what_plain_programs_give(counts: list[int], combine: str) -> None:
    shape = {
        **dict.fromkeys("xy", NUMBER),
        "a": criterion(
            None, 20, {}, combine=combine, clauses=clauses(p={"each": {"of": "x", "deduct": 2}}, q={"each": {"of": "y", "deduct": 3}})
        ),
    }
    found = outcome_of(shape, {"x": [counts[0]], "y": [counts[1]]})
    takes = [-2 * counts[0], -3 * counts[1]]
    assert points(found, "a") == [max(0, 20 + {"worst": min, "best": max, "sum": sum}[combine](takes))]
