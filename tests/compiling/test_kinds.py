"""Parts of formulas that do not fit together are refused when the rubric is compiled, not when it meets the data."""

from __future__ import annotations

from typing import Any

import pytest

from tests.building import DATE, NUMBER, TEXT, TRUTH, criterion, fault_of, outcome_of, plan_of, points, said, section

LISTS = {"type": "array", "items": {"type": "object", "properties": {"level": TEXT, "share": NUMBER, "on": DATE, "won": TRUTH}}}
PANEL = {"type": "object", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["甲", "乙"]}}
FIELDS: dict[str, Any] = {"n": NUMBER, "t": TRUTH, "w": TEXT, "d": DATE, "e": DATE, "honours": LISTS, "other": LISTS, "marks": PANEL}


def kind_of(text: str) -> str:
    """The kind of a formula over the fields above."""
    plan = plan_of({**FIELDS, "x": {"x-derive": text}, "a": criterion(points=None)})
    return next(f.kind for f in plan.fields if f.path == "x")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1", "number"),
        ("'x'", "text"),
        ("2026-01-01", "date"),
        ("n + n", "number"),
        ("t + n", "number"),
        ("d - e", "number"),
        ("d + 3", "date"),
        ("3 + d", "date"),
        ("d - 3", "date"),
        ("d < e", "truth"),
        ("w == 'x'", "truth"),
        ("t == false", "truth"),
        ("d in [2026-01-01]", "truth"),
        ("not t and t or n > 1", "truth"),
        ("if(t, w, 'x')", "text"),
        ("coalesce(d, e)", "date"),
        ("min(d, e)", "date"),
        ("max(n, 1)", "number"),
        ("clip(d, e, 2026-01-01)", "date"),
        ("round(n / 3, 2) + floor(n) + sqrt(n) ** 2 - abs(-n)", "number"),
        ("given(w)", "truth"),
        ("year(d) + mod(n, 2) + sign(n)", "number"),
        ("nth(honours, on, 1)", "date"),
        ("nth(honours, share, n)", "number"),
        ("distinct(honours, level)", "number"),
        ("trimmed(marks, 1)", "number"),
        ("given(honours)", "truth"),
        ("given(marks)", "truth"),
        ("given(n / 0)", "truth"),
        ("count(honours)", "number"),
        ("sum(honours, share, level == w)", "number"),
        ("max(honours, on)", "date"),
        ("any(honours, won)", "truth"),
        ("all(honours, share > n)", "truth"),
        ("median(marks) + count(marks)", "number"),
        ("outcome(a)", "text"),
        ("points(a)", "number"),
    ],
)
def test_a_derived_value_is_of_the_kind_its_formula_gives(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("n + w", "a number is needed, not a text"),
        ("w * 2", "a number is needed, not a text"),
        ("-w", "a number is needed, not a text"),
        ("d + e", "a date and a date cannot be put together by “+”"),
        ("3 - d", "a number and a date cannot be put together by “-”"),
        ("d - w", "a number is needed, not a text"),
        ("d + t", "a number is needed, not yes or no"),
        ("abs(d)", "a number is needed, not a date"),
        ("n == w", "a number and a text cannot be compared"),
        ("t == 1", "yes or no and a number cannot be compared"),
        ("w in [1, 2]", "a text and a number cannot be compared"),
        ("w < 'x'", "a number is needed, not a text"),
        ("d > 5", "a date and a number cannot be compared"),
        ("t > false", "a number is needed, not yes or no"),
        ("n and t", "yes or no is needed, not a number"),
        ("not n", "yes or no is needed, not a number"),
        ("if(n, 1, 2)", "yes or no is needed, not a number"),
        ("if(t, 1, 'x')", "a number and a text cannot be compared"),
        ("coalesce(n, w)", "a number and a text cannot be compared"),
        ("min(w, 'x')", "a number is needed, not a text"),
        ("round(n, n)", "the digits of round() are a whole number from 0 to 10"),
        ("round(n, 1.5)", "the digits of round() are a whole number from 0 to 10"),
        ("round(n, 11)", "the digits of round() are a whole number from 0 to 10"),
        ("round(n, 'x')", "the digits of round() are a whole number from 0 to 10"),
        ("honours", "“honours” is a list: take count, sum, max … over it"),
        ("marks + 1", "“marks” is a list: take count, sum, max … over it"),
        ("given(honours + 1)", "“honours” is a list: take count, sum, max … over it"),
        ("honours.share", "“honours.share” stands in every record: take count, sum, max … over the list “honours”"),
        ("sum(other, honours.share)", "“honours.share” stands in every record: take count, sum, max … over the list “honours”"),
        ("sum(honours)", "sum needs what to take of each record of “honours”"),
        ("sum(honours, level)", "a number is needed, not a text"),
        ("sum(honours, on)", "a number is needed, not a date"),
        ("any(honours, share)", "yes or no is needed, not a number"),
        ("count(honours, share)", "yes or no is needed, not a number"),
        ("sum(honours, count(other))", "inside a list only the record's own lists and marks can be taken, and “other” is none"),
        ("ahead(n)", "ahead() compares units that are tied: it stands only in a tie key"),
        ("if(among(w), 1, 0)", "among() compares units that are tied: it stands only in a tie key"),
        ("any(marks)", "any needs what to ask of each mark, for example mark >= 60"),
        ("count(marks, mark)", "yes or no is needed, not a number"),
        ("mean(marks, rater)", "a number is needed, not a text"),
        ("sum(marks, mark, rater)", "yes or no is needed, not a text"),
        ("best(honours, share, 1.5)", "the number of best() is a whole number from 0 on"),
        ("nth(honours, share, 0)", "the number of nth() is a whole number from 1 on"),
        ("trimmed(marks, -1)", "the number of trimmed() is a whole number from 0 on"),
        ("worst(honours, share, w)", "a number is needed, not a text"),
        ("best(honours, on, 1)", "a number is needed, not a date"),
        ("deviation(honours, level)", "a number is needed, not a text"),
        ("year(n)", "a date is needed, not a number"),
        ("mod(w, 2)", "a number is needed, not a text"),
        ("rate(a)", "“a” has no full marks, so rate() says nothing of it"),
        ("full(a)", "“a” has no full marks, so full() says nothing of it"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(text: str, what: str) -> None:
    error = fault_of({**FIELDS, "x": {"x-derive": text}, "a": criterion(points=None)})
    assert said(error.what) == f"the parts of the formula “{text}” do not fit together: {what}"
    assert error.where == "rubric.json#/properties/x/x-derive"


@pytest.mark.parametrize(
    ("spec", "pointer", "what"),
    [
        ({"zero_if": "n"}, "zero_if", "“n” gives a number, and yes or no is needed here"),
        ({"only_for": "w"}, "only_for", "“w” gives a text, and yes or no is needed here"),
        ({"not_applicable_if": "d"}, "not_applicable_if", "“d” gives a date, and yes or no is needed here"),
        ({"points": "t"}, "points", "“t” gives yes or no, and a number is needed here"),
        ({"floor": "w"}, "floor", "“w” gives a text, and a number is needed here"),
        ({"ceiling": "w"}, "ceiling", "“w” gives a text, and a number is needed here"),
    ],
)
def test_conditions_are_truths_and_amounts_are_numbers(spec: dict[str, Any], pointer: str, what: str) -> None:
    error = fault_of({**FIELDS, "a": criterion(**spec)})
    assert (said(error.what), error.where) == (what, f"rubric.json#/properties/a/x-criterion/{pointer}")


def test_the_parts_of_a_clause_are_named_where_they_stand() -> None:
    for key, text in (("if", "n"), ("waived_if", "n"), ("cap", "w")):
        error = fault_of({**FIELDS, "a": {"x-criterion": {"points": 5, "clauses": {"一": {"rule": {"mark": {"of": "n"}}, key: text}}}}})
        assert error.where == f"rubric.json#/properties/a/x-criterion/clauses/一/{key}"


def test_gates_levels_caps_and_sections_are_checked_alike() -> None:
    a = {"a": criterion()}
    gate = {"x-criterion": {"kind": "gate", "require": "n", "effect": "not awarded"}}
    assert fault_of({**FIELDS, **a, "g": gate}).where.endswith("/properties/g/x-criterion/require")
    assert fault_of({**FIELDS, **a}, gates={"g": {"if": "w", "effect": "not awarded"}}).where.endswith("/x-rubric/gates/g/if")
    assert fault_of({**FIELDS, **a}, levels=[{"id": "x", "title": "x", "if": "n"}]).where.endswith("/x-rubric/levels/0/if")
    assert fault_of({**FIELDS, **a}, levels=[{"id": "x", "title": "x", "of": "w", "at_least": 1}]).where.endswith("/x-rubric/levels/0/of")
    assert fault_of({**FIELDS, **a}, levels=[{"id": "x", "title": "x", "at_most": "t"}]).where.endswith("/x-rubric/levels/0/at_most")
    assert fault_of({**FIELDS, **a}, caps={"bonus": "w"}).where.endswith("/x-rubric/caps/bonus")
    assert fault_of({**FIELDS, **a}, caps={"groups": {"g": "w"}}).where.endswith("/x-rubric/caps/groups/g")
    assert fault_of({**FIELDS, "s": section(a, weight="w")}).where.endswith("/properties/s/x-criterion/weight")
    assert fault_of({**FIELDS, **a}, rank={"tie_break": [{"by": "honours"}]}).where.endswith("/x-rubric/rank/tie_break/0/by")


def test_a_declared_type_must_be_what_the_formula_gives() -> None:
    error = fault_of({**FIELDS, "x": {"type": "number", "x-derive": "n > 1"}, "a": criterion()})
    assert said(error.what) == "“n > 1” gives yes or no, and a number is needed here"
    assert plan_of({**FIELDS, "x": {"type": "boolean", "x-derive": "n > 1"}, "a": criterion()})


def test_derived_values_rest_on_one_another_in_any_order() -> None:
    shape = {
        "z": {"x-derive": "y and t"},
        "y": {"x-derive": "x > 1"},
        "x": {"x-derive": "n / 2"},
        "n": NUMBER,
        "t": TRUTH,
        "a": criterion({"flag": {"of": "z"}}, 5, {}),
    }
    assert points(outcome_of(shape, {"n": [1, 4], "t": [True, True]}), "a") == [0, 5]


def test_a_circle_of_derived_values_is_named_by_its_path() -> None:
    for kind in ({}, {"type": "array"}):
        error = fault_of({"x": {**kind, "x-derive": "y + 1"}, "y": {"x-derive": "z * 2"}, "z": {"x-derive": "x"}, "a": criterion()})
        assert said(error.what) in (
            "these read one another in a circle: x → y → z → x",
            "“y + 1” gives a number, and a list is needed here",
        )


def test_a_field_beside_a_rule_must_be_what_the_rule_takes() -> None:
    error = fault_of({"honours": {**LISTS, "x-criterion": {"points": 5, "rule": {"mark": {}}}}})
    assert said(error.what) == "the parts of the formula “honours” do not fit together: “honours” is a list: take count, sum, max … over it"
