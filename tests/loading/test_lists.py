"""Lists of records in sheets and files of their own: joined by the unit's key, and nothing lost on the way."""

from __future__ import annotations

import pytest

from scorekit.domain.intake import RawTable, Unreadable
from scorekit.domain.tables import Problem
from scorekit.errors import T
from scorekit.loading.lists import list_words, with_lists
from scorekit.loading.pooling import pooled
from scorekit.stages.validate import validate
from tests.intake import plan_of, said, table

LIST = {
    "type": "array", "title": "荣誉", "x-form": {"aliases": ["获奖情况"]}, "items": {"type": "object", "properties": {
        "level": {"type": "string", "title": "级别"}, "n": {"type": "integer", "title": "数量", "x-form": {"aliases": ["件数"]}}}},
}  # fmt: skip
PLAN = plan_of({"n": {"type": "integer", "title": "人数"}, "extra": {"type": "object", "title": "加分", "properties": {"h": LIST}}})
PATH = "extra.h"


def units(names, name="a.xlsx", **more):
    return table({"单位名称": list(names), "类别": ["企业"] * len(names), **more}, sheet="表", name=name)


def records(columns, sheet="荣誉", name="a.xlsx"):
    return table(columns, sheet=sheet, name=name)


def joined(*tables, plan=PLAN):
    found = list(with_lists(tables, plan))
    return found, said(p for t in found for p in t.problems)


def listed(found):
    return [None if c is None else [dict(e) for e in c] for c in found.columns[PATH]]


def test_records_come_to_their_unit_and_a_unit_without_one_has_none():
    sheet = records({"单位名称": ["乙", "Ａ 公司", "乙"], "级别": ["省级", "市级", "县级"], "件数": [1, 2, None]})
    [found, *_], problems = joined(units(["甲", "乙", "a公司"]), sheet)
    assert listed(found) == [[], [{"level": "省级", "n": 1}, {"level": "县级", "n": None}], [{"level": "市级", "n": 2}]]
    entry = found.columns[PATH][1][1]
    assert (entry.file, entry.sheet, entry.row, entry.letters) == ("a.xlsx", "荣誉", 4, {"level": "B", "n": "C"})
    assert problems == []


def test_without_a_list_anywhere_the_column_is_not_made():
    [found], _ = joined(units(["甲"]))
    assert PATH not in found.columns


def test_a_sheet_is_known_by_title_alias_path_or_last_name():
    for name in ("荣 誉", "获奖情况", "extra.h", "extra/h", "H"):
        [found, *_], _ = joined(units(["甲"]), records({"单位名称": ["甲"], "级别": ["省级"]}, name))
        assert listed(found) == [[{"level": "省级"}]]
    assert "获奖情况" in list_words(PLAN)


def test_a_file_is_known_by_its_name():
    file = table({"单位名称": ["甲"], "级别": ["省级"]}, name="x/荣誉.csv")
    [found, *_], _ = joined(units(["甲", "乙"]), file)
    assert listed(found) == [[{"level": "省级"}], []]


def test_a_list_beside_one_workbooks_units_says_nothing_of_anothers():
    own = records({"单位名称": ["甲"], "级别": ["省级"]}, name="a.xlsx")
    found, _ = joined(units(["甲"], "a.xlsx"), own, units(["乙"], "b.xlsx"))
    assert [listed(t) for t in found] == [[[{"level": "省级"}]], [None]]


def test_a_workbook_of_one_unit_needs_no_name_beside_its_records():
    own = records({"级别": ["省级"]}, name="a.xlsx")
    found, problems = joined(units(["甲"], "a.xlsx"), own, units(["乙", "丙"], "b.xlsx"), records({"级别": ["县级"]}, name="b.xlsx"))
    assert listed(found[0]) == [[{"level": "省级"}]]
    assert problems == ["error A2: the record of “荣誉” names no unit"]


def test_records_of_nobody_are_problems():
    sheet = records({"单位名称": ["丁", None, "甲"], "级别": ["省级"] * 3})
    _, problems = joined(units(["甲"]), sheet)
    assert problems == [
        "error A3: the record of “荣誉” names no unit",
        "error A2: the record of “荣誉” belongs to no unit that was submitted",
    ]


def test_columns_of_a_list_that_are_neither_the_records_nor_the_units_are_reported():
    own = Problem("repair", T("fill it in"), T("fill it in"))
    sheet = RawTable(
        {"单位名称": ["甲"], "类别": ["企业"], "*级别": ["省级"], "颜色": ["红"]},
        ("a.xlsx",),
        (0,),
        (2,),
        "荣誉",
        {"单位名称": "A", "*级别": "C"},
        None,
        (own,),
    )
    [found, *_], problems = joined(units(["甲"]), sheet)
    assert listed(found) == [[{"level": "省级"}]]
    assert problems == ["repair : fill it in", "warning extra.h: “颜色” is no field of the records of “荣誉” and is not read"]


def test_a_list_given_in_two_places_is_used_from_neither():
    inline = units(["甲", "乙", "丙"], 荣誉=[[{"level": "县级"}], None, [{"level": "县级"}]])
    [found, *_], _ = joined(inline, records({"单位名称": ["甲", "乙"], "级别": ["省级"] * 2}))
    first, second, third = found.columns["荣誉"]
    assert isinstance(first, Unreadable)
    assert [dict(e) for e in second] == [{"level": "省级"}]
    assert third == [{"level": "县级"}]


def test_units_of_other_readers_pass_at_once_and_get_the_lists_that_came_before():
    passing = RawTable({"unit": ["甲", "乙"], "category": ["企业"] * 2}, ("a.json", "b.json"), (0, 1), (0, 0))
    file = table({"单位名称": ["甲"], "级别": ["省级"]}, name="荣誉.csv")
    found, problems = joined(file, passing, units(["丙"]), file)
    assert [listed(t) for t in found[:2]] == [[[{"level": "省级"}], []], [[]]]
    assert problems == ["error A2: the record of “荣誉” belongs to no unit that was submitted"]  # the file that came too late


def test_a_list_without_any_unit_is_reported():
    assert joined(records({"级别": ["省级"]}))[1] == ["error A2: the record of “荣誉” names no unit"]


def test_units_are_matched_by_all_parts_of_their_key():
    plan = plan_of(
        {"code": {"type": "integer", "title": "编码"}, "extra": {"type": "object", "title": "加分", "properties": {"h": LIST}}},
        **{"x-rubric": {"unit": ["unit", "code"]}},
    )
    main = table({"单位名称": ["甲", "甲"], "类别": ["企业"] * 2, "编码": [1, 2]})
    found, problems = joined(main, records({"单位名称": ["甲", "甲"], "编码": ["2", 3], "级别": ["省级"] * 2}), plan=plan)
    assert listed(found[0]) == [[], [{"level": "省级"}]]
    assert problems == ["error A3: the record of “荣誉” belongs to no unit that was submitted"]


def test_a_rubric_without_lists_passes_everything_on():
    tables = [units(["甲"])]
    assert list(with_lists(tables, plan_of({}))) == tables


def test_faults_in_joined_records_are_found_in_their_own_sheet():
    sheet = records({"单位名称": ["甲"], "件数": ["x"]}, name="b.xlsx")
    [found, *_], _ = joined(units(["甲"]), sheet)
    [problem] = validate(PLAN, found)[1]
    assert (problem.unit, problem.file, problem.sheet, problem.cell) == ("甲", "b.xlsx", "荣誉", "B2")


def test_problems_that_wait_for_no_units_come_last_of_a_pool():
    loose = RawTable({}, (), (), (), problems=(Problem("error", T("fill it in"), T("fill it in")),))
    found = list(pooled([loose, units(["甲"]), units(["乙"], "b.xlsx")]))
    assert [len(t) for t in found] == [2, 0]
    assert list(pooled([])) == []


def test_units_without_a_name_get_no_records():
    [found, *_], problems = joined(table({"人数": [1]}, sheet="表"), records({"单位名称": ["甲"], "级别": ["省级"]}))
    assert listed(found) == [[]]
    assert problems == ["error A2: the record of “荣誉” belongs to no unit that was submitted"]


MARKED = {
    "type": "array", "title": "各轮", "items": {"type": "object", "properties": {
        "marks": {"type": "object", "title": "裁判打分", "additionalProperties": {"type": "number", "maximum": 10},
            "x-source": {"who": "panel", "raters": ["裁判1", "裁判2"]}},
        "free": {"type": "object", "title": "自由分", "additionalProperties": {"type": "number"}, "x-source": "panel"},
        "net": {"title": "净分", "x-derive": "sum(marks)"}}},
}  # fmt: skip


def test_marks_of_a_record_come_from_one_column_a_rater():
    plan = plan_of({"n": {"type": "integer", "title": "人数"}, "r": MARKED})
    columns = {"单位名称": ["甲", "甲"], "裁判打分@裁判1": [8, 9], "裁判2": [7, None], "free@丙": [5, 6], "自由分@丁": [1, None]}
    [found, *_], problems = joined(units(["甲"]), records(columns, "各轮"), plan=plan)
    entries = [dict(e) for e in found.columns["r"][0]]
    assert entries == [
        {"marks@裁判1": 8, "marks@裁判2": 7, "free@丙": 5, "free@丁": 1},
        {"marks@裁判1": 9, "marks@裁判2": None, "free@丙": 6, "free@丁": None},
    ]
    assert problems == []
    submissions, _ = validate(plan, found)
    lists = submissions.columns["r"]
    assert lists.columns["marks"].raters == ("裁判1", "裁判2")
    assert [m.listed() for m in lists.columns["marks"].marks] == [[8, 9], [7, None]]
    assert lists.columns["free"].raters == ("丁", "丙")
    assert lists.at.listed() == ["各轮!2", "各轮!3"]


def test_a_computed_value_of_a_record_is_not_taken_from_the_sheet():
    plan = plan_of({"n": {"type": "integer", "title": "人数"}, "r": MARKED})
    [found, *_], _ = joined(units(["甲"]), records({"单位名称": ["甲"], "裁判1": [8], "净分": [99]}, "各轮"), plan=plan)
    submissions, problems = validate(plan, found)
    assert "net" not in submissions.columns["r"].columns
    assert said(problems) == ["warning C2: “净分” is computed; what was entered is not used"]


def test_records_that_come_after_a_table_of_nothing_but_problems_still_find_their_unit():
    refused = RawTable({}, ("b.xlsx",), (), (), problems=(Problem("error", T("damaged"), T("send it again"), file="b.xlsx"),))
    found, problems = joined(units(["甲"]), refused, records({"单位名称": ["甲"], "级别": ["省级"]}))
    assert [listed(f) for f in found if len(f)] == [[[{"level": "省级"}]]]
    assert problems == ["error : damaged"]


MONEY = plan_of({
    "h": {
        "type": "array", "title": "奖励", "items": {"type": "object", "properties": {
            "n": {"type": "number", "title": "奖金", "x-unit": "元"}, "say": {"type": "string", "title": "名称"}}},
    },
})  # fmt: skip


def prizes(columns):
    """What the records of one unit are worth, and what is said of them."""
    tables = with_lists([units(["甲"]), records({"单位名称": ["甲", "甲"], **columns}, "奖励")], MONEY)
    found = [validate(MONEY, t) for t in tables]
    return found[0][0].columns["h"].columns["n"].listed(), [p for s, problems in found for p in said(problems)]


def test_a_heading_in_another_unit_is_turned_into_the_fields_own():
    amounts, problems = prizes({"奖金（万元）": [3, "500元"]})
    assert amounts == [30000, 500]
    assert "repair C2: “3万元” is read as 30000 元" in [p.replace("B2", "C2") for p in problems]


@pytest.mark.parametrize("heading", ["奖金（人）", "奖金（%）"])
def test_a_heading_in_a_unit_of_another_measure_gives_no_value(heading):
    amounts, problems = prizes({heading: [3, None]})
    assert amounts == [None, None]
    assert sum("it is not read" in p for p in problems) == 1


def test_two_columns_for_one_field_of_a_record_give_no_value():
    amounts, problems = prizes({"奖金": [3, None], "奖金（元）": [30, None]})
    assert amounts == [None, None]
    assert any("several columns fill the field “奖金”: 奖金, 奖金（元）" in p for p in problems)


def test_a_remark_that_is_no_unit_of_the_field_is_not_guessed_away():
    amounts, problems = prizes({"奖金（预计）": [3, 4]})
    assert amounts == [None, None]
    assert "warning h: “奖金（预计）” is no field of the records of “奖励” and is not read" in problems
