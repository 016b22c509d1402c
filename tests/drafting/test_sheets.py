"""A table of clauses is found under its headings, however offices name them; merged cells and going-on rows belong to what is above."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from scorekit.drafting.sheets import parts_of
from scorekit.errors import InputError
from tests.building import said

HEAD = ["项目", "内容", "分值", "评分办法", "备注"]


def read(*rows: list[Any]) -> tuple[str, Any]:
    return parts_of([("考核表", list(rows))], "t.xlsx")


def test_sections_and_clauses_are_read_in_order() -> None:
    title, parts = read(
        ["某某考核办法"], HEAD, ["一、组织建设（40分）", "入会率", 20, "每少2%扣0.5分", "必备"], [None, "会议", "10分", "每次2分", ""]
    )
    assert title == "某某考核办法"
    [part] = parts
    assert (part.title, part.points) == ("组织建设", Decimal(40))
    assert [(c.content, c.points, c.method, c.note) for c in part.clauses] == [
        ("入会率", Decimal(20), "每少2%扣0.5分", "必备"),
        ("会议", Decimal(10), "每次2分", ""),
    ]


def test_without_a_line_above_the_sheet_s_name_is_the_title() -> None:
    assert read(HEAD, ["甲", "乙", 1, "达标得1分", ""])[0] == "考核表"


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (["考核项目", "考核内容", "标准分", "评分标准"], ["组织建设", "入会率", 5, "达标得5分"]),
        (["一级指标", "二级指标", "三级指标", "分数", "计分办法"], ["组织建设", "基础", "入会率", 5, "达标得5分"]),
        (["序号", "项目", "考核指标", "满分（分）", "扣分标准"], [1, "组织建设", "入会率", 5, "达标得5分"]),
        (["类别", "指标内容", "权重", "考核办法", "说明"], ["组织建设", "入会率", 5, "达标得5分", "无"]),
        (["项 目", "考核 要点", "分 值", "评分 细则"], ["组织建设", "入会率", "5 分", "达标得5分"]),
        (["一级指标（类）", "考核内容及要求", "分", "评分办法（细则）"], ["组织建设", "入会率", "（5分）", "达标得5分"]),
    ],
)
def test_columns_are_known_by_many_names(head: list[Any], row: list[Any]) -> None:
    _, [part] = read(head, row)
    assert (part.title, part.clauses[0].content, part.clauses[0].points, part.clauses[0].method) == ("组织建设", "入会率", 5, "达标得5分")


def test_a_row_that_only_goes_on_belongs_to_the_clause_above() -> None:
    _, [part] = read(HEAD, ["甲", "委员会", 4, "职责不明确扣1分", ""], [None, None, None, "有意见扣2分", ""])
    assert [c.method for c in part.clauses] == ["职责不明确扣1分；有意见扣2分"]


def test_sums_and_empty_rows_are_no_clauses() -> None:
    _, [part] = read(HEAD, ["甲", "乙", 1, "达标得1分", ""], [None] * 5, ["合计", "", 100, "", ""])
    assert len(part.clauses) == 1


def test_rows_under_no_section_stand_under_one() -> None:
    _, [part] = read(["内容", "分值", "评分办法"], ["乙", 1, "达标得1分"])
    assert part.title == "考核内容"


def test_a_sheet_without_such_headings_is_passed_over_and_none_at_all_is_refused() -> None:
    good = [HEAD, ["甲", "乙", 1, "达标得1分", ""]]
    assert parts_of([("封面", [["某某"]]), ("表", good)], "t.xlsx")[0] == "表"
    with pytest.raises(InputError) as caught:
        parts_of([("封面", [["某某"]])], "t.xlsx")
    assert said(caught.value.what) == "there is no table of clauses in the file"
    assert caught.value.where == "t.xlsx"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("二、实操（50%）", ("实操", None, Decimal(50), "")),
        ("六、加分（不超过10分）", ("加分", Decimal(10), None, "bonus")),
        ("附加分\n（5分）", ("附加分", Decimal(5), None, "bonus")),
        ("七、扣分项", ("扣分项", None, None, "deduction")),
        ("名次加减分", ("名次加减分", None, None, "either")),
        ("一、党的建设（含意识形态）", ("党的建设（含意识形态）", None, None, "")),
    ],
)
def test_a_section_s_title_says_points_weight_and_kind(title: str, expected: tuple[Any, ...]) -> None:
    _, [part] = read(HEAD, [title, "乙", 1, "达标得1分", ""])
    assert (part.title, part.points, part.weight, part.clauses[0].kind) == expected
