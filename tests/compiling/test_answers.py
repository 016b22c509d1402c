"""What may be entered in a cell, drawn from a field's schema and said in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scorekit.compiling.answers import answer
from tests.intake import plan_of


def asked(schema, lang="zh"):
    plan = plan_of({"f": {"title": "某栏", **schema}})
    return answer(next(f for f in plan.fields if f.path == "f"), lang, "某栏")


def test_a_number_has_its_bounds():
    found = asked({"type": "number", "minimum": 0, "exclusiveMaximum": 10})
    assert (found.kind, found.least, found.most, found.beyond) == ("number", 0, 10, frozenset({"most"}))
    assert found.asks == "数；不小于0；小于10"


def test_the_tighter_of_two_bounds_counts():
    found = asked({"type": "integer", "minimum": 0, "exclusiveMinimum": 0, "maximum": 5, "exclusiveMaximum": 9})
    assert (found.kind, found.least, found.most, found.beyond) == ("whole", 0, 5, frozenset({"least"}))


def test_a_percentage_is_said_to_be_one_in_either_writing():
    found = asked({"type": "number", "minimum": 0, "maximum": 100, "x-unit": "percent"})
    assert (found.loose, found.percent, found.example) == (True, False, "92.28%")
    assert found.asks == "百分数；不小于0；不大于100；填92.28或92.28%均可"


def test_a_fraction_stands_in_a_cell_of_percentages_with_bounds_as_people_see_them():
    found = asked({"type": "number", "minimum": 0, "maximum": 1, "x-unit": "fraction"})
    assert (found.loose, found.percent, found.least, found.most, found.example) == (False, True, 0, 1, "92.28%")
    assert "不大于100" in found.asks


def test_yes_and_no_are_chosen_in_every_language():
    assert asked({"type": "boolean"}, "en").choices == ("是", "否")


def test_a_truth_that_must_be_true_can_only_be_yes():
    assert asked({"type": "boolean", "const": True}).choices == ("是",)


@pytest.mark.parametrize("options", [["甲", "乙"], [1, 2, 5], [Decimal("0.5"), 1]])
def test_options_are_offered_as_they_are(options):
    found = asked({"enum": options})
    assert (found.kind, found.choices) == ("choice", tuple(options))


def test_few_short_options_are_named_and_many_are_not():
    assert asked({"enum": ["甲", "乙"]}).asks == "选填：甲、乙"
    assert asked({"enum": [f"第{i}片区工会" for i in range(30)]}).asks == "从下拉选项中选择"


def test_words_for_what_does_not_apply_are_taken_beside_the_value():
    found = asked({"type": "number", "x-form": {"not_applicable": ["不适用"], "blank": ["—"]}})
    assert (found.words, found.asks) == (("不适用", "—"), "数；或不适用、—")


def test_a_text_has_its_length_and_a_duration_its_form():
    assert (asked({"type": "string", "minLength": 2, "maxLength": 30}).least, asked({"type": "string", "maxLength": 3}).example) == (
        2,
        "某某某",
    )
    assert asked({"type": ["string", "number"], "x-unit": "duration"}).example == "3:05.20"


def test_a_date_has_an_example():
    assert (asked({"type": "string", "format": "date"}).kind, asked({"type": "string", "format": "date"}).example) == ("date", "2026-07-30")


def test_votes_are_whole_numbers_from_nought_where_nothing_is_said():
    found = asked({"type": "object", "x-source": {"who": "survey", "options": ["满意", "不满意"]}})
    assert (found.kind, found.least) == ("whole", 0)


def test_a_mark_has_the_bounds_of_its_schema():
    marks = {"type": ["number", "null"], "minimum": 60, "maximum": 100}
    found = asked({"type": "object", "x-source": {"who": "panel", "raters": ["甲"]}, "additionalProperties": marks})
    assert (found.kind, found.least, found.most, found.example) == ("number", 60, 100, "80")


def test_grades_are_chosen_and_no_grade_is_none_of_them():
    marks = {"enum": ["优秀", "良好", None]}
    assert asked({"type": "object", "x-source": {"who": "panel"}, "additionalProperties": marks}).choices == ("优秀", "良好")


def test_the_rubrics_own_example_is_shown():
    assert asked({"type": "integer", "examples": [7]}).example == "7"


@pytest.mark.parametrize(
    ("schema", "example"), [({"minimum": 50}, "51"), ({"maximum": 3}, "2"), ({"minimum": 0, "maximum": 1}, "0"), ({}, "12")]
)
def test_an_example_lies_within_the_bounds(schema, example):
    assert asked({"type": "number", **schema}).example == example
