"""Rows of units are told from blank lines, totals, notes and headers once more; what is left out is listed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.readers.sifting import Sifter, table, titles_noted

from scorekit.errors import T
from scorekit.plugin import Unreadable
from tests.building import said

NAMES = ("序号", "单位名称", "职工人数")


def sifter(names: tuple[str, ...] = NAMES) -> Sifter:
    return Sifter("a.csv", "表", names)


def told(found: Sifter) -> list[tuple[str, str]]:
    return [(said(p.what), p.cell) for p in found.problems]


@pytest.mark.parametrize("word", ["合计", "总计", " 小 计 ", "合计：", "Total", "平均值"])
def test_a_total_is_no_unit(word: str) -> None:
    found = sifter()
    assert not found.unit(9, [None, word, 120])
    assert told(found) == [(f"the row “{word.strip()}” is a total and no unit; it is left out", "B9")]


@pytest.mark.parametrize("text", ["填表人：张某", "审核:", "制表：李某", "注：以上各数截至年底", "填报日期：2026年"])
def test_a_note_is_no_unit(text: str) -> None:
    found = sifter()
    assert not found.unit(12, [text, None, None])
    assert told(found) == [(f"the row “{text}” is a note and no unit; it is left out", "A12")]


@pytest.mark.parametrize("name", ["合计机械厂工会", "总工会", "注塑厂工会", "人民医院工会", "审计局工会"])
def test_a_unit_that_only_begins_like_one_is_a_unit(name: str) -> None:
    found = sifter()
    assert found.unit(3, [1, name, 5])
    assert told(found) == []


def test_the_header_once_more_is_left_out_and_a_unit_of_that_name_is_not() -> None:
    found = sifter(("单位名称", "职工人数"))
    assert not found.unit(40, ["单位名称", "职工人数"])
    assert found.unit(41, ["单位名称", 12])
    assert told(found) == [("the header stands here once more; the row is left out", "A40")]


def test_a_serial_number_alone_makes_no_unit_and_hides_no_total() -> None:
    found = sifter()
    assert not found.unit(5, [4, None, ""])
    assert not found.unit(6, [5, "合计", 9])
    assert [cell for _, cell in told(found)] == ["B6"]


@pytest.mark.parametrize(
    "cells", [["合计", None, 120], ["合计", 12, 120], ["序号", "单位名称", "职工人数"], ["填表人：张某", "审核：李某", None]]
)
def test_what_stands_under_the_serial_number_may_be_a_total_a_note_or_the_header_once_more(cells: list[Any]) -> None:
    """合计 is often written across both cells, and then stands in the first."""
    found = sifter()
    assert not found.unit(30, cells)
    assert [cell for _, cell in told(found)] == ["A30"]


def test_blank_rows_are_listed_where_units_follow_and_not_at_the_end() -> None:
    found = sifter()
    rows = [
        (2, [1, "甲", 1]),
        (3, [None] * 3),
        (4, ["", " ", None]),
        (5, [2, "乙", 1]),
        (7, [None] * 3),
        (8, [3, "丙", 1]),
        (9, [None] * 3),
    ]
    assert [found.unit(row, cells) for row, cells in rows] == [True, False, False, True, False, True, False]
    found.finish()
    assert told(found) == [("blank rows are left out: 3–4, 7", "")]


def test_formulas_prepared_for_nobody_make_no_unit() -> None:
    nothing, fault = Unreadable("0", T("a formula"), T("enter it")), Unreadable("#N/A", T("a fault"), T("enter it"))
    assert not sifter().unit(3, [1, nothing, fault])
    assert sifter().unit(3, [1, nothing, 5])
    assert sifter().unit(3, [1, Unreadable("12", T("a formula"), T("enter it")), None])


def test_many_blank_rows_are_cut_short() -> None:
    found = sifter()
    for row in range(1, 100, 2):
        found.unit(row, [None] * 3)
        found.unit(row + 1, [1, "甲", 1])
    found.finish()
    [(text, _)] = told(found)
    assert text.endswith("37, 39, …")


def test_rows_above_the_header_are_a_title() -> None:
    found = sifter()
    titles_noted(found, [1, 2, 4])
    titles_noted(found, [])
    assert told(found) == [("the rows above the header are taken as a title: 1–2, 4", "")]


# -------------------------------------------------------------------- tables


def test_rows_become_columns_with_their_letters() -> None:
    made = table(("单位名称", "职工人数"), [("甲", 1), ("乙", 2)], [4, 6], sifter(), frozenset({"单位名称"}))
    assert dict(made.columns) == {"单位名称": ("甲", "乙"), "职工人数": (1, 2)}
    assert (made.letters, list(made.row), made.sheet) == ({"单位名称": "A", "职工人数": "B"}, [4, 6], "表")


def test_a_known_name_that_stands_twice_fills_neither() -> None:
    made = table(("单位名称", "人数", "人 数"), [("甲", 1, 2)], [2], sifter(), frozenset({"人数"}))
    [cell] = made.columns["人数"]
    assert isinstance(cell, Unreadable)
    assert said(cell.what) == "the column “人数” stands twice: B, C"
    unknown = table(("单位名称", "备", "备"), [("甲", 1, 2)], [2], sifter(), frozenset({"人数"}))
    assert list(unknown.columns["备"]) == [1]


def test_values_under_no_header_are_warned_of() -> None:
    made = table(("单位名称", "", ""), [("甲", None, 3)], [2], sifter(), frozenset())
    assert [(p.severity, said(p.what)) for p in made.problems] == [
        ("warning", "these columns have values but no header, and are not read: C")
    ]


@given(st.lists(st.lists(st.none() | st.integers(0, 9) | st.just("红星工会") | st.just("合计"), min_size=3, max_size=3), max_size=12))
def test_every_row_is_a_unit_or_listed_or_blank(rows: list[list[Any]]) -> None:
    """Nothing vanishes: what is neither a unit nor blank stands among the problems with its cell."""
    found = sifter()
    taken = [row for row, cells in enumerate(rows, 2) if found.unit(row, cells)]
    listed = {int(p.cell[1:]) for p in found.problems}
    # The first column is a serial number: alone it makes no unit.
    blank = {row for row, cells in enumerate(rows, 2) if all(c is None for c in cells[1:])}
    assert set(taken) | listed | blank == set(range(2, len(rows) + 2))
    assert not set(taken) & listed


# -------------------------------------------------------------------- what offices add to a table


@pytest.mark.parametrize("word", ["企业小计", "全区合计", "合计（4家）", "小计(企业)", "全市平均", "各单位平均分"])
def test_a_total_of_a_part_or_with_a_remark_is_no_unit(word: str) -> None:
    found = sifter()
    assert not found.unit(9, [None, word, 120])
    assert told(found) == [(f"the row “{word}” is a total and no unit; it is left out", "B9")]


def test_a_total_in_the_column_beside_the_category_is_no_unit() -> None:
    found = sifter(("类别", "单位名称", "职工人数"))
    assert not found.unit(9, ["企业", " 小　计 ", 120])
    assert found.unit(10, ["企业", "小计量厂工会", 120])
    assert [cell for _, cell in told(found)] == ["B9"]


@pytest.mark.parametrize(
    "text",
    [
        "单位负责人（签字）：张三",
        "工会主席（签字）",
        "（盖章）",
        "联系电话：",
        "部门负责人：",
        "审 核 人：",
        "注1.截至年底",
        "示例：某某工会",
        "（示例）某某工会",
    ],
)
def test_signatures_and_examples_are_no_units(text: str) -> None:
    found = sifter()
    assert not found.unit(12, [text, None, None])
    assert [cell for _, cell in told(found)] == ["A12"]


def test_a_note_goes_on_in_lines_that_are_counted_and_a_unit_never_is_one() -> None:
    found = sifter(("单位名称", "职工人数"))
    assert found.unit(2, ["2.棉纺厂工会", None])
    assert not found.unit(3, ["注：1.截至年底", None])
    assert not found.unit(4, ["2.以年报为准", None])
    assert found.unit(5, ["3.棉纺厂工会", 12])
    assert found.unit(6, ["4.毛纺厂工会", None])


def test_a_day_alone_at_the_end_is_a_note() -> None:
    found = sifter()
    assert not found.unit(12, [None, "2026年12月 1日", None])
    assert not found.unit(13, ["年　月　日", None, None])
    assert found.unit(14, [1, "12月1日厂工会", 5])


@pytest.mark.parametrize(
    "cells", [[1, 2, 3], ["1", "2", "3"], ["甲", "乙", 1], ["甲", "1", "2"], ["(1)", "(2)", "(3)"], ["栏次", 1, 2], [" １ ", "２", "３"]]
)
def test_the_numbers_of_columns_under_a_header_are_no_unit(cells: list[Any]) -> None:
    found = sifter()
    assert not found.unit(2, cells)
    assert told(found) == [("the row under the header numbers the columns; it is left out", "A2")]
    assert sifter().unit(2, [1, "甲", 3])
    assert sifter().unit(2, [1, 3, 4])


def test_the_header_of_another_table_ends_the_rows() -> None:
    words = frozenset({"单位名称", "职工人数", "会员人数"})
    found = Sifter("a.csv", "", ("单位名称", "职工人数"), words)
    assert found.unit(2, ["甲厂工会", 12])
    assert not found.unit(3, ["单位名称", "会员人数"])
    assert not found.unit(4, ["乙厂工会", 12])
    assert [(p.severity, p.cell) for p in found.problems] == [("error", "A3")]


def test_one_known_word_alone_is_no_header() -> None:
    found = Sifter("a.csv", "", ("单位名称", "职工人数"), frozenset({"单位名称", "职工人数", "会员人数"}))
    assert found.unit(2, ["会员人数", 12])
    assert found.unit(3, ["会员人数", "不详"])
