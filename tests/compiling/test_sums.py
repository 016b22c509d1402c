"""The derived values of a standard, set out to be recomputed by hand in a spreadsheet."""

from __future__ import annotations

from scorekit.compiling.sums import sums
from scorekit.domain.paper import SumLine
from tests.building import NUMBER, TEXT, criterion, plan_of

SHAPE = {
    "members": {**NUMBER, "title": "会员"},
    "employees": {**NUMBER, "title": "职工"},
    "unread": {**NUMBER, "title": "没有公式读它"},
    "kind": {**TEXT, "title": "类别"},
    "share": {"title": "比例", "x-derive": "rate / 2"},
    "rate": {"title": "入会率", "x-unit": "percent", "x-derive": "members / employees"},
    "big": {"title": "大单位", "x-derive": "kind == '大' and employees > 100"},
    "half": {"title": "得分之半", "x-derive": "points(a) / 2"},
    "a": criterion(),
}


def lines() -> dict[str, SumLine]:
    return {line.title: line for line in sums(plan_of(SHAPE).tracks[0], "zh")}


def test_what_derived_values_read_stands_first_to_be_filled_in() -> None:
    assert [*lines()] == ["会员", "职工", "类别", "入会率", "比例", "大单位", "得分之半"]
    assert {t for t, line in lines().items() if not line.formula} == {"会员", "职工", "类别", "得分之半"}


def test_a_derived_value_follows_what_it_reads_and_names_its_cell() -> None:
    found = lines()
    assert found["入会率"].formula == '=IFERROR((IF(ISBLANK(B4),NA(),B4)/(IF(ISBLANK(B5),NA(),B5))),"")'
    assert found["比例"].formula == '=IFERROR((IF(ISBLANK(B7),NA(),B7)/(2)),"")'
    assert found["入会率"].words == "会员 ÷ 职工"


def test_texts_are_compared_as_texts_and_percentages_are_shown_as_such() -> None:
    found = lines()
    assert 'EXACT(IF(ISBLANK(B6),NA(),B6),"大")' in found["大单位"].formula
    assert [t for t, line in found.items() if line.percentage] == ["入会率"]


def test_what_reads_a_result_is_told_in_words_only() -> None:
    assert lines()["得分之半"] == SumLine("得分之半", "“a”得分 ÷ 2")


def test_a_standard_without_derived_values_has_no_sums() -> None:
    assert sums(plan_of({"a": criterion()}).tracks[0], "zh") == ()
