"""Forms beside the rubric that is applied: other editions are told, and marks belong to the rater named above them."""

from __future__ import annotations

import pytest

from scorekit.domain.documents import digest
from scorekit.domain.intake import RawTable
from scorekit.loading.forms import of_forms
from tests.intake import plan_of, said, table

PANEL = {
    "type": "object",
    "title": "评委打分",
    "x-source": {"who": "panel", "raters": ["张三", "李·四"]},
    "additionalProperties": {"type": "number"},
}
OPEN = {**PANEL, "title": "公开打分", "x-source": {"who": "panel"}}
PLAN = plan_of({"marks": PANEL, "open": OPEN})
DIGEST = digest(PLAN.rubric.document)


def one(given: RawTable) -> RawTable:
    [found] = of_forms([given], PLAN)
    return found


def form(columns=None, kind="panel", **beside):
    marks = {"form": (kind, ""), "edition": ("1", "A2"), "digest": (DIGEST, "A2"), **beside}
    return table(columns or {"单位名称": ["甲"], "评委打分": [90]}, sheet="打分", beside=marks)


def test_what_is_no_form_passes_as_it_is():
    plain = table({"单位名称": ["甲"]})
    assert one(plain) is plain


@pytest.mark.parametrize("made", [DIGEST, DIGEST[:16]])
def test_a_form_of_this_edition_passes_without_a_word(made):
    assert one(form(kind="unit", digest=(made, "A2"))).problems == ()


def test_another_edition_is_told_once_a_file_naming_both():
    given = form(kind="unit", digest=("f" * 64, "A2"), edition=("0.9", "A2"))
    first, second = of_forms([given, given], PLAN)
    assert said(first.problems) == [
        f"warning A2: the form was made from the edition 0.9 (ffffffff) of the standard; 1 ({DIGEST[:8]}) is applied"
    ]
    assert second.problems == ()


def test_a_code_beside_the_title_of_another_item_is_told_naming_both():
    columns = {"unit": ["甲"], "marks@张三": [1]}
    titles = {"title:unit": ("评委打分@张三", "B5"), "title:marks@张三": ("评委打分@张三", "B6"), "title:open@x": ("随便改的", "B7")}
    assert said(one(form(columns, "unit", **titles)).problems) == [
        "warning B5: beside the code “unit” (单位名称) stands the title “评委打分@张三”; the value is taken by the code"
    ]


def test_marks_are_the_raters_who_is_named_above():
    found = one(form(rater=("张三", "B3")))
    assert dict(found.columns) == {"单位名称": ["甲"], "marks@张三": [90]}
    assert found.letters["marks@张三"] == "B"


def test_a_raters_name_is_compared_folded_and_used_as_the_rubric_has_it():
    assert "marks@李·四" in one(form(rater=("李•四 ", "B3"))).columns


def test_a_rater_whom_the_panel_does_not_have_gives_no_marks():
    found = one(form(rater=("王五", "B3")))
    assert list(found.columns) == ["单位名称"]
    assert said(found.problems) == ["error B3: the panel has no rater “王五”; the marks are given to nobody"]


def test_without_a_rater_nobody_gave_the_marks():
    found = one(form())
    assert list(found.columns) == ["单位名称"]
    assert [s.split(": ")[1] for s in said(found.problems)] == ["the form does not say whose marks it holds"]


def test_a_panel_of_anybody_takes_any_rater():
    found = one(form({"单位名称": ["甲"], "公开打分": [80]}, rater=("王五", "B3")))
    assert list(found.columns) == ["单位名称", "open@王五"]


def test_a_column_that_was_left_blank_is_nobodys_fault():
    found = one(form({"单位名称": ["甲"], "评委打分": [None], "公开打分": [80]}, rater=("王五", "B3")))
    assert list(found.columns) == ["单位名称", "open@王五"]
    assert found.problems == ()


def test_columns_that_name_their_rater_stay_as_they_are():
    found = one(form({"单位名称": ["甲"], "评委打分@张三": [90]}, rater=("李·四", "B3")))
    assert list(found.columns) == ["单位名称", "评委打分@张三"]


def test_the_records_of_a_form_are_left_alone():
    given = form(list=("x", "A2"))
    assert one(given).columns is given.columns


def test_a_rater_named_above_a_sheet_that_is_no_form_gave_its_marks():
    given = table({"单位名称": ["甲"], "评委打分": [90]}, sheet="打分", beside={"rater": ("张三", "B1")})
    assert dict(one(given).columns) == {"单位名称": ["甲"], "marks@张三": [90]}


def test_marks_in_a_sheet_that_names_nobody_are_an_error_and_not_lost_silently():
    found = one(table({"单位名称": ["甲"], "评委打分": [90]}, sheet="打分"))
    assert list(found.columns) == ["单位名称"]
    assert [p.severity for p in found.problems] == ["error"]


def test_whose_marks_nobody_is_said_to_have_given_is_told_at_the_head_of_their_column():
    found = one(table({"单位名称": ["甲"], "评委打分": [90]}, sheet="打分", head=4))
    assert said(found.problems) == ["error B4: the form does not say whose marks it holds"]
    told = one(table({"单位名称": ["甲"], "评委打分": [90]}, sheet="打分", head=4, beside={"rater": ("王五", "B2")}))
    assert said(told.problems) == ["error B2: the panel has no rater “王五”; the marks are given to nobody"]


def test_marks_in_json_are_left_to_the_panel():
    given = RawTable({"unit": ["甲"], "marks": [{"张三": 90}]}, ("a.json",), (0,), (0,))
    assert one(given) is given or dict(one(given).columns) == dict(given.columns)


def test_own_scores_in_a_sheet_are_no_panel():
    given = table({"单位名称": ["甲"], "own:marks": [9]}, sheet="打分")
    assert dict(one(given).columns) == dict(given.columns)
