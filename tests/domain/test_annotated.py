"""How a copy is told, and what does and does not change the digest of its values."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.annotated import EARLIER, LIST_HEADS, PROPERTY, Lineage, is_list, values_digest
from scorekit.words import say

A, B, C, D = ("a" * 64, "b" * 64, "c" * 64, "d" * 64)
HEX = st.text("0123456789abcdef", min_size=64, max_size=64)


def digest(*cells: tuple[int, int, str, Any], name: str = "表") -> str:
    return values_digest([(name, cells)])


@given(st.lists(HEX, min_size=1, max_size=6), st.just("") | HEX)
def test_what_a_copy_says_of_itself_is_read_back_three_generations_long(of: list[str], values: str) -> None:
    lineage = Lineage(tuple(of), values)
    assert Lineage.read(lineage.properties()) == Lineage(tuple(of[:3]), values)


@given(st.lists(HEX, min_size=1, max_size=6), HEX)
def test_no_property_is_longer_than_excel_keeps(of: list[str], values: str) -> None:
    assert all(len(text) <= 255 for text in Lineage(tuple(of), values).properties().values())


@pytest.mark.parametrize(
    "properties",
    [{}, {PROPERTY: ""}, {PROPERTY: "yes"}, {PROPERTY: f"{A} {B} {C}"}, {PROPERTY: A.upper()}, {PROPERTY: A, EARLIER: "x"}, {EARLIER: A}],
)
def test_other_properties_are_those_of_no_copy(properties: dict[str, str]) -> None:
    assert Lineage.read(properties) is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_list_of_problems_is_known_by_its_heads_in_any_row(lang: str) -> None:
    heads = [say(h, lang) for h in LIST_HEADS]
    assert is_list([["错误清单"], [], [*heads, "more"]])
    assert not is_list([heads[:-1]])
    assert not is_list([[heads[0], *reversed(heads[1:])]])
    assert not is_list([])


def test_the_chinese_heads_are_those_that_officials_read() -> None:
    assert [say(h, "zh") for h in LIST_HEADS] == ["序号", "工作表", "单元格", "单位", "栏目", "所填", "问题", "怎样改", "级别"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1, 1, "n", 5), (1, 1, "n", 5.0)),
        ((1, 1, "n", 0.1 + 0.2), (1, 1, "n", 0.3)),
        ((1, 1, "s", "a\r\nb"), (1, 1, "inlineStr", "a\nb")),
        ((1, 1, "s", "a_x000D_\nb"), (1, 1, "s", "a\nb")),
        ((1, 1, "f", "=SUM(A1:A2)"), (1, 1, "f", "=SUM(A1,A2)")),
    ],
)
def test_what_programs_change_when_they_save_again_does_not_show(one: Any, other: Any) -> None:
    assert digest(one) == digest(other)


def test_blanks_do_not_show() -> None:
    assert digest((1, 1, "n", 5)) == digest((1, 1, "n", 5), (2, 2, "n", None), (2, 3, "s", ""))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((1, 1, "n", 5), (1, 1, "n", 6)),
        ((1, 1, "n", 5), (1, 2, "n", 5)),
        ((1, 1, "n", 5), (2, 1, "n", 5)),
        ((1, 1, "n", 5), (1, 1, "s", "5")),
        ((1, 1, "n", 1), (1, 1, "b", True)),
        ((1, 1, "s", "=A1"), (1, 1, "f", "=A1")),
        ((1, 1, "s", "#N/A"), (1, 1, "e", "#N/A")),
        ((1, 1, "s", "甲"), (1, 1, "s", "甲 ")),
        ((1, 1, "n", 10**400), (1, 1, "n", 10**401)),
        ((1, 1, "x", "甲"), (1, 1, "s", "甲")),
        ((1, 1, "d", datetime.datetime(2026, 1, 2)), (1, 1, "d", datetime.datetime(2026, 1, 3))),  # noqa: DTZ001
        ((1, 1, "s", "a\n1 2 'number 3'"), (1, 1, "s", "a")),
    ],
)
def test_what_somebody_mended_shows(one: Any, other: Any) -> None:
    assert digest(one) != digest(other)


def test_the_names_of_sheets_and_their_order_show() -> None:
    cells = [(1, 1, "n", 5)]
    assert digest(*cells) != digest(*cells, name="别的表")
    assert values_digest([("a", cells), ("b", [])]) != values_digest([("b", []), ("a", cells)])


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9), st.sampled_from("sn"), st.text() | st.integers()), max_size=6))
def test_any_cells_have_a_digest_of_64_figures(cells: list[Any]) -> None:
    assert len(digest(*cells)) == 64
