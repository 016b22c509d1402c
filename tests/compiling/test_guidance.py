"""How a form is filled in: what concerns it, the author's notes, and to whom it goes left blank."""

from __future__ import annotations

from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.compiling.form_kinds import fields_of, kinds_of
from scorekit.compiling.guidance import guidance
from scorekit.loading.rubrics import load_rubric
from tests.intake import plan_of

CATALOGUE = discover(third_party=False)


def told(plan, kind="unit", lang="zh"):
    return guidance(plan, kind, fields_of(plan, kind, None), lang)


def test_paragraphs_are_numbered_and_the_last_two_lines_are_left_to_fill_in():
    found = told(plan_of({"a": {"type": "number"}}))
    assert found[0].startswith("1．只填白色")
    assert [line.split("：")[0] for line in found[-2:]] == ["报送至", "联系人、电话"]


def test_the_authors_notes_are_taken_over():
    plan = compile_plan(load_rubric("model-home", CATALOGUE), CATALOGUE)
    for kind in kinds_of(plan):
        text = "\n".join(told(plan, kind))
        assert all(note in text for note in plan.rubric.frame["notes"])


def test_what_a_form_does_not_have_is_not_told():
    plain = "\n".join(told(plan_of({"a": {"type": "string"}})))
    assert "百分数" not in plain
    assert "明细" not in plain
    rich = plan_of(
        {
            "a": {"type": "number", "x-unit": "percent", "x-form": {"not_applicable": ["不适用"]}},
            "l": {"type": "array", "items": {"type": "object", "properties": {}}},
        }
    )
    text = "\n".join(told(rich))
    assert "92.28%" in text
    assert "填：不适用" in text
    assert "明细各有一张工作表" in text


def test_raters_are_told_that_a_blank_is_no_mark():
    plan = compile_plan(load_rubric("model-home", CATALOGUE), CATALOGUE)
    assert any("不是0分" in line for line in told(plan, "panel"))


def test_lists_within_records_are_said_to_need_json():
    inner = {"type": "array", "title": "内表", "items": {"type": "object", "properties": {"x": {"type": "number"}}}}
    plan = plan_of({"l": {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "number"}, "b": inner}}}})
    assert any("内表" in line and "JSON" in line for line in told(plan))


def test_it_is_told_in_english_too():
    assert told(plan_of({"a": {"type": "number"}}), lang="en")[0].startswith("1. Fill in the white cells only.")
