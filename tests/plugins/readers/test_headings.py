"""Where a table begins: its header among titles, merged heads and rows of units; letters of columns."""

from __future__ import annotations

from typing import Any

import openpyxl.utils
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.readers import headings
from scorekit_plugins.readers.headings import (
    SEARCHED,
    Heading,
    heading,
    known_word,
    letter,
    opening_words,
    regrouped,
    side_by_side,
    titles_only,
)

WORDS = frozenset({"单位名称", "职工人数", "会员人数", "组织建设/会员人数"})


@given(st.integers(0, 16_383))
def test_a_letter_is_that_of_a_spreadsheet(column: int) -> None:
    assert letter(column) == openpyxl.utils.get_column_letter(column + 1)


def found(*rows: Any, words: frozenset[str] = WORDS) -> Heading | None:
    return heading(rows, words)


def test_the_row_with_most_known_words_is_the_header() -> None:
    rows = (["2026年考核表", None, None], [None, None, None], ["单位名称", "职工人数", "备注"], ["红星工会", 12, ""])
    assert found(*rows) == Heading(("单位名称", "职工人数", "备注"), 2, 2, 2)


def test_of_equal_rows_the_earlier_is_the_header() -> None:
    head = found(["单位名称", "职工人数"], ["单位名称", "职工人数"])
    assert head is not None
    assert (head.first, head.last) == (0, 0)


def test_a_word_that_stands_twice_is_known_once() -> None:
    head = found(["单位名称", "单位名称", "单位名称"], ["单位名称", "职工人数", ""])
    assert head is not None
    assert (head.first, head.known) == (1, 2)


@pytest.mark.parametrize("text", ["单位名称", " 单位名称 ", "单位名称（必填）", "*单位名称", "单 位 名 称"])
def test_a_known_word_is_known_with_marks_and_remarks(text: str) -> None:
    assert known_word(text, WORDS)
    assert not known_word("单位", WORDS)


def test_a_merged_head_above_gives_its_word_to_what_is_not_enough_alone() -> None:
    above = ["单位名称", "组织建设", None, "维护职能"]
    below = [None, "职工人数", "合计", "合计"]
    head = found(above, below, ["红星工会", 1, 2, 3])
    assert head is not None
    assert (head.first, head.last) == (0, 1)
    assert head.names == ("单位名称", "职工人数", "组织建设/合计", "维护职能/合计")


def test_one_row_is_preferred_to_two_that_know_no_more() -> None:
    head = found(["考核表", None], ["单位名称", "职工人数"])
    assert head is not None
    assert (head.first, head.names) == (1, ("单位名称", "职工人数"))


def test_below_a_row_of_known_words_only_nothing_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(headings, "known_word", lambda text, words: asked.append(text) or known_word(text, words))
    rows = (["单位名称", "职工人数"], ["红星工会", "12"], ["单位名称", "职工人数"])
    assert found(*rows) == Heading(("单位名称", "职工人数"), 0, 0, 2)
    assert asked == ["单位名称", "职工人数"]
    assert found(*rows, ["", "", "会员人数"]).known == 3  # a wider row may know more


def test_where_no_word_is_known_there_is_no_header() -> None:
    assert found(["甲", "乙"], ["丙", 3]) is None
    assert found() is None


def test_without_words_to_go_by_the_first_row_filled_with_texts_is_the_header() -> None:
    assert found(["标题", None, None], ["甲", "乙", "丙"], [1, 2, 3], words=frozenset()) == Heading(("甲", "乙", "丙"), 1, 1, 3)
    assert found([1, 2, 3], [4, 5, 6], words=frozenset()) is None


def test_it_is_sought_in_the_first_rows_only() -> None:
    blank = [[None, None]] * SEARCHED
    assert found(*blank, ["单位名称", "职工人数"]) is None
    assert found(*blank[1:], ["单位名称", "职工人数"]) is not None


# -------------------------------------------------------------------- heads of several rows, tables beside one another


def test_a_head_of_three_rows_takes_titles_from_each_of_them() -> None:
    words = frozenset({"单位名称", "会员人数", "组织/满意度", "经费/满意度", "主席"})
    rows = (["单位名称", "考核内容", None, None, "主席"], [None, "组织", None, "经费", None], [None, "会员人数", "满意度", "满意度", None])
    head = found(*rows, ["红星工会", 1, 2, 3, "张三"], words=words)
    assert head is not None
    assert (head.first, head.last) == (0, 2)
    assert head.names == ("单位名称", "会员人数", "组织/满意度", "经费/满意度", "主席")


def test_a_merged_head_ends_where_it_is_merged() -> None:
    words = frozenset({"单位名称", "组织/满意度", "满意度"})
    rows = (["单位名称", "组织", None, None], [None, "人数", "满意度", "满意度"])
    assert regrouped(rows, words, {})[3] == "组织/满意度"
    assert regrouped(rows, words, {(0, 1): 2})[2:] == ("组织/满意度", "满意度")


def test_a_section_above_ends_the_one_below() -> None:
    rows = (["单位名称", "甲", None, "乙"], [None, "一", None, None], [None, "数", "率", "数"])
    assert regrouped(rows, frozenset({"单位名称"}), {}) == ("单位名称", "一/数", "一/率", "乙/数")


def test_tables_beside_one_another_repeat_their_first_title_and_another() -> None:
    assert side_by_side(["序号", "单位名称", "职工人数", "", "序号", "单位名称", "职工人数"], WORDS) == [1, 5]
    assert side_by_side(["单位名称", "满意度", "满意度"], WORDS | {"满意度"}) == []
    assert side_by_side(["单位名称", "职工人数", "单位名称"], WORDS) == []


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["单位名称", "会员人数"], True),
        (["单位名称", "会员人数", "备注", "其他"], True),
        (["单位名称", "会员人数", "备注", "其他", "说明"], False),
        (["单位名称", 3], False),
        (["单位名称", None, 12, "会员人数"], False),
        (["单位名称"], False),
    ],
)
def test_a_row_is_a_header_by_its_titles_alone(cells: list[Any], wanted: bool) -> None:
    assert titles_only(cells, WORDS) == wanted


def test_words_that_begin_with_digits_open_no_header() -> None:
    assert opening_words(frozenset({"单位名称", "35岁以下", "人"})) == {"单位", "序号", "编号", "no"}


def test_a_head_of_one_row_takes_no_row_of_values_in_whatever_words_these_are() -> None:
    words = frozenset({"名称", "打分@张三/优秀", "打分@李四/优秀"})
    rows = (["名称", "打分@张三", "打分@李四"], ["2026", "优秀", "优秀"])
    assert heading(rows, words) == Heading(("名称/2026", "打分@张三/优秀", "打分@李四/优秀"), 0, 1, 2)
    assert heading(rows, words, 1) == Heading(("名称", "打分@张三", "打分@李四"), 0, 0, 1)
