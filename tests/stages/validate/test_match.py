"""Columns find their fields by path, by section and title, by title or alias: the first tier that knows a word decides, and none guesses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.stages.validate.match import Dictionary, header_words, long_headings, matched, misplaced
from tests.building import NUMBER, criterion, plan_of, said, section

PANEL = {"type": "object", "title": "评委打分", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["张", "李"]}}
SURVEY = {"type": "object", "title": "测评", "x-source": {"who": "survey", "options": ["满意", "不满意"]}}
FIELDS = {
    "organisation": {
        **section({
            "members": {**NUMBER, "title": "会员人数", "x-unit": "人", "x-form": {"aliases": ["会员数"]}},
            "rate": {"title": "入会率", "x-unit": "percent", "x-derive": "members / 100"},
            "total": {**NUMBER, "title": "合计"},
        }),
        "title": "组织建设",
    },
    "rights": {**section({"total": {**NUMBER, "title": "合计"}, "paid": {**NUMBER, "title": "缴费率", "x-unit": "percent"}}), "title": "维护职能"},
    "marks": PANEL,
    "survey": SURVEY,
    "a": criterion({"mark": {"of": "organisation.members"}}, 10, {}),
}  # fmt: skip
PLAN = plan_of(FIELDS)


def told(*columns: str) -> list[tuple[str, str]]:
    return [(severity, said(what)) for _, severity, what, _ in matched(PLAN, columns).remarks]


@pytest.mark.parametrize(
    ("header", "slot"),
    [
        ("organisation.members", ("organisation.members", "")),
        ("organisation/members", ("organisation.members", "")),
        ("组织建设/会员人数", ("organisation.members", "")),
        ("会员人数", ("organisation.members", "")),
        ("会员数", ("organisation.members", "")),
        ("会 员 人 数", ("organisation.members", "")),
        ("会员人数（人）", ("organisation.members", "")),
        ("*会员人数", ("organisation.members", "")),
        ("会员人数(必填)", ("organisation.members", "")),
        ("缴费率（%）", ("rights.paid", "")),
        ("组织建设/合计", ("organisation.total", "")),
        ("marks@张", ("marks", "张")),
        ("marks.李", ("marks", "李")),
        ("评委打分@张", ("marks", "张")),
        ("评委打分/李", ("marks", "李")),
        ("张", ("marks", "张")),
        ("满意票数", ("survey", "满意")),
        ("投票不满意", ("survey", "不满意")),
        ("不满意", ("survey", "不满意")),
    ],
)
def test_a_header_fills_the_field_whose_word_it_is(header: str, slot: tuple[str, str]) -> None:
    found = matched(PLAN, [header])
    assert (found.headers, found.remarks, found.lost) == ({slot: header}, [], {})


def test_a_remark_that_is_not_the_unit_makes_another_word() -> None:
    found = matched(PLAN, ["会员人数（万元）"])
    assert found.headers == {}
    assert found.lost == {("organisation.members", ""): ("会员人数（万元）",)}
    assert told("会员人数（万元）") == [("error", "the column “会员人数（万元）” is given in 万元, and 人 is asked for; it is not read")]
    assert told("会员人数（上年）") == [("warning", "“会员人数（上年）” is no field of the form and is not read")]
    assert matched(PLAN, ["会员人数（万元）", "会员人数"]).headers == {("organisation.members", ""): "会员人数"}


MONEY = plan_of({"income": {**NUMBER, "title": "收入", "x-unit": "万元"}, "count": {**NUMBER, "title": "次数"}, "a": criterion()})


def test_a_column_headed_in_another_unit_of_money_is_turned_and_told() -> None:
    found = matched(MONEY, ["收入（元）", "次数(次)"])
    assert found.headers == {("income", ""): "收入（元）", ("count", ""): "次数(次)"}
    assert found.written == {("income", ""): "元"}
    assert [(s, said(w)) for _, s, w, _ in found.remarks] == [("repair", "the column “收入（元）” is given in 元 and read as 万元")]
    assert matched(MONEY, ["收入（万元）"]).written == {}
    [(_, severity, what, cure)] = matched(MONEY, ["次数（元）"]).remarks
    assert (severity, said(cure)) == ("error", "turn the figures into the unit that is asked for, and head the column “次数”")
    assert said(what) == "the column “次数（元）” is given in 元, and a number without a unit is asked for; it is not read"


def test_what_another_column_fills_already_is_not_suggested() -> None:
    [(_, _, _, cure)] = matched(PLAN, ["女会员人数"]).remarks
    assert said(cure) == "did you mean “会员人数”? Otherwise leave the column out"
    [(_, _, _, cure)] = matched(PLAN, ["会员人数", "女会员人数"]).remarks
    assert said(cure) == "leave the column out, or use a title of the form"
    [(_, _, _, cure)] = matched(PLAN, ["会员人数", "女会员人数"], in_sheet=False).remarks
    assert said(cure) == "did you mean “会员人数”? Otherwise leave the column out"


@pytest.mark.parametrize(
    "header", ["1、会员人数", "（一）会员人数", "会员人数【人】", "3.会员人数（单位：人）", "组织建设/2.会员人数", "会员人数（名）"]
)
def test_numbers_marks_and_units_around_a_title_do_not_hide_it(header: str) -> None:
    found = matched(PLAN, [header])
    assert (found.headers, found.remarks) == ({("organisation.members", ""): header}, [])


def test_a_word_of_two_fields_fills_neither() -> None:
    found = matched(PLAN, ["合计", "会员人数"])
    assert found.headers == {("organisation.members", ""): "会员人数"}
    assert set(found.lost) == {("organisation.total", ""), ("rights.total", "")}
    assert told("合计") == [("error", "“合计” may mean several fields: organisation.total, rights.total")]


def test_a_clear_header_beside_an_unclear_one_still_fills_its_field() -> None:
    found = matched(PLAN, ["合计", "维护职能/合计"])
    assert found.headers == {("rights.total", ""): "维护职能/合计"}
    assert set(found.lost) == {("organisation.total", "")}


def test_two_columns_for_one_field_fill_it_not_at_all() -> None:
    found = matched(PLAN, ["会员人数", "会员数"])
    assert (found.headers, found.lost) == ({}, {("organisation.members", ""): ("会员人数", "会员数")})
    assert told("会员人数", "会员数") == [("error", "several columns fill the field “会员人数”: 会员人数, 会员数")]


def test_what_is_computed_is_not_taken() -> None:
    assert told("入会率") == [("warning", "“入会率” is computed; what was entered is not used")]
    assert matched(PLAN, ["入会率"]).headers == {}


def test_an_unknown_column_is_told_with_the_nearest_word_and_a_serial_number_quietly() -> None:
    [(_, severity, _, cure)] = matched(PLAN, ["会员人敉"]).remarks
    assert (severity, said(cure)) == ("warning", "did you mean “会员人数”? Otherwise leave the column out")
    [(_, severity, _, cure)] = matched(PLAN, ["完全不同的东西"]).remarks
    assert said(cure) == "leave the column out, or use a title of the form"
    assert told("序号") == [("repair", "the column “序号” is not read")]


def test_remarks_stand_in_the_order_of_the_columns() -> None:
    order = ["合计", "不知道", "入会率", "备注"]
    assert [header for header, *_ in matched(PLAN, order).remarks] == order


def test_a_panel_without_names_takes_whatever_rater_stands_behind_its_path() -> None:
    plan = plan_of({"m": {"type": "object", "additionalProperties": NUMBER, "x-source": {"who": "panel"}}, "a": criterion()})
    assert Dictionary(plan).slots("m@王评委") == {("m", "王评委")}
    assert Dictionary(plan).slots("m.王评委") == {("m", "王评委")}
    assert Dictionary(plan).slots("m@") == set()
    assert Dictionary(plan).slots("王评委") == set()


def test_a_panel_is_what_a_header_means_that_names_no_rater_and_no_score() -> None:
    known = Dictionary(PLAN)
    found = known.panel("评委打分")
    assert found is not None
    assert found.kind == "panel"
    for header in ("评委打分@张", "张", f"own:{found.path}", "评委打分/自评分", "会员人数", "不知道", ""):
        assert known.panel(header) is None


def test_in_a_rubric_without_a_panel_no_header_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Dictionary(plan_of({"a": criterion()}))
    monkeypatch.setattr(known, "slots", None, raising=False)
    assert known.panel("评委打分") is None


def test_words_of_records_and_of_long_tables_are_words_of_headers() -> None:
    listed = {"type": "array", "title": "荣誉", "items": {"type": "object", "properties": {"level": {"type": "string", "title": "级别"}}}}
    plan = plan_of({"h": listed, "a": criterion()}, long={"unit": "单位", "item": "项目", "value": "数值"})
    assert long_headings(plan) == ("单位", "项目", "数值")
    assert {"级别", "level", "h.level", "单位", "数值", "单位名称"} <= header_words(plan)
    assert long_headings(PLAN) == ()


def test_an_object_where_a_single_value_is_asked_for_is_told_by_the_field() -> None:
    fields = {f.path: f for f in PLAN.fields}
    found = list(misplaced(["organisation.members.value", "marks.张", "organisation.members", "x.y"], fields))
    assert found == [("organisation.members.value", "organisation.members")]


@given(st.permutations(["会员人数", "缴费率", "组织建设/合计", "张", "李", "满意", "序号", "未知列"]))
def test_the_order_of_columns_never_changes_what_they_fill(columns: list[Any]) -> None:
    found = matched(PLAN, columns)
    assert found.headers == matched(PLAN, sorted(columns)).headers
    assert len(found.headers) == 6
