"""Forms that nobody generated, their items one under another: each value by its title, at its own cell, or a line that says why not."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scorekit_plugins.readers.headings import heading
from scorekit_plugins.readers.label_values import items_down, read_items

from scorekit.catalogue import discover
from scorekit.domain.intake import Unreadable
from scorekit.domain.naming import folded
from scorekit.words import say
from tests.layouts import FIELDS, SECTIONS, TITLES, meant, plan, read, shown, units, values_of

CATALOGUE = discover(third_party=False)
PLAN = plan(CATALOGUE)
WORDS = frozenset({"unit", "单位名称", "会员人数", "职工人数", "满意度", "组织/满意度", "经费/满意度", "类别"})
NAMES = ("unit", "单位名称")


def found(*rows: list[Any], names: tuple[str, ...] = NAMES) -> tuple[dict[str, list[tuple[Any, str]]], list[str]]:
    """Values with their cells by label, and what was told."""
    table = read_items(list(enumerate(rows, 1)), names, WORDS, "a.xlsx", "表")
    values = {n: [(v, table.elsewhere[n][i].cell) for i, v in enumerate(cells)] for n, cells in table.columns.items()}
    return values, [f"{p.severity} {p.cell} {say(p.what, 'en')}" for p in table.problems]


def test_a_label_has_its_value_beside_it() -> None:
    assert found(["单位名称", "甲厂工会"], ["会员人数", 120], ["职工人数", None]) == (
        {"单位名称": [("甲厂工会", "B1")], "会员人数": [(120, "B2")], "职工人数": [(None, "B3")]},
        [],
    )


def test_labels_may_stand_in_pairs_and_hold_their_value_behind_a_colon() -> None:
    values, told = found(["单位名称：甲厂工会", None, "类别", "企业"], ["会员人数：", None, 120, None], ["职工人数", 3, "满意度", None])
    assert values == {
        "单位名称": [("甲厂工会", "A1")], "类别": [("企业", "D1")], "会员人数": [(120, "C2")], "职工人数": [(3, "B3")], "满意度": [(None, "D3")],
    }  # fmt: skip
    assert told == []


def test_a_label_right_behind_another_is_not_its_value() -> None:
    values, _ = found(["单位名称", "类别", "企业"], ["会员人数", 3])
    assert values == {"单位名称": [(None, "A1")], "类别": [("企业", "C1")], "会员人数": [(3, "B2")]}


def test_an_own_score_is_no_value_where_there_is_none_beside_it() -> None:
    values, told = found(["项目", "自评分", "备注"], ["单位名称：甲厂工会", None, None], ["会员人数", 5, "未填"])
    assert values == {"单位名称": [("甲厂工会", "A2")], "会员人数": [(None, "A3")]}
    assert told[-1] == "repair  these columns hold no values of units and are not read: B, C"


def test_units_across_are_named_above_or_by_their_own_item() -> None:
    wanted = {"会员人数": [(1, "B2"), (2, "C2")], "职工人数": [(3, "B3"), (4, "C3")]}
    items = (["会员人数", 1, 2, 3], ["职工人数", 3, 4, 7])
    values, told = found(["项目", "甲厂工会", "乙厂工会", "合计"], *items)
    assert values == {"unit": [("甲厂工会", "B1"), ("乙厂工会", "C1")], **wanted}
    assert told[0] == "repair D1 the column “合计” is a total and no unit; it is left out"
    values, _ = found(["单位名称", "甲厂工会", "乙厂工会"], *[row[:3] for row in items])
    assert values == {"单位名称": [("甲厂工会", "B1"), ("乙厂工会", "C1")], **wanted}


def test_the_column_headed_for_values_is_taken_and_the_others_are_told() -> None:
    values, told = found(
        ["条款", "指标", "计量单位", "满分", "填报值", "自评分"],
        ["1", "单位名称", None, None, "甲厂工会", None],
        ["2", "会员人数", "人", 5, 120, 4],
    )
    assert values == {"单位名称": [("甲厂工会", "E2")], "会员人数": [(120, "E3")]}
    assert told == [
        "repair  the rows above the header are taken as a title: 1",
        "repair  these columns hold no values of units and are not read: A, C, D, F",
    ]


def test_where_several_cells_stand_beside_a_label_none_is_chosen() -> None:
    values, _ = found(["单位名称", "甲厂工会"], ["会员人数", 120, 130])
    [(value, cell)] = values["会员人数"]
    assert isinstance(value, Unreadable)
    assert (say(value.what, "en"), cell) == ("several cells stand beside “会员人数”: B2, C2", "B2")


@pytest.mark.parametrize("above", [[["单位名称", "甲厂工会"]], [["考核表"], ["单位名称", "甲厂工会"]]])
def test_of_columns_headed_otherwise_the_one_that_is_filled_is_not_taken_for_the_value(above: list[list[Any]]) -> None:
    values, _ = found(
        *above, ["项目", "目标值", "2026年"], ["会员人数", 10, 8], ["一、组织"], ["职工人数", 3, None], ["满意度", None, None]
    )
    for name, what in (
        ("会员人数", "several cells stand beside “会员人数”: {}"),
        ("职工人数", "each of these columns may hold the value of “职工人数”: 目标值, 2026年"),
    ):
        [(value, cell)] = values[name]
        assert isinstance(value, Unreadable)
        row = cell.lstrip("BC")
        assert say(value.what, "en") == what.format(f"B{row}, C{row}")
    assert values["满意度"][0][0] is None
    assert values["单位名称"][0][0] == "甲厂工会"


def test_a_head_below_the_unit_names_the_column_of_the_values() -> None:
    values, _ = found(["单位名称", "甲厂工会"], ["项目", "满分", "填报值", "得分"], ["会员人数", 10, None, 8], ["职工人数", 10, 3, 9])
    assert values == {"单位名称": [("甲厂工会", "B1")], "会员人数": [(None, "C3")], "职工人数": [(3, "C4")]}


def test_a_column_headed_otherwise_is_taken_where_it_alone_holds_values() -> None:
    values, _ = found(
        ["项目", "单位", "我厂", "说明"], ["单位名称", None, "甲厂工会", None], ["会员人数", "人", 8, "见附件"], ["职工人数", "人", 9, None]
    )
    assert [v[0][0] for v in values.values()] == ["甲厂工会", 8, 9]


def test_a_title_of_two_sections_is_known_by_the_section_to_its_left() -> None:
    values, _ = found(["组织", "单位名称", "甲厂工会"], [None, "满意度", 90], ["经费", "满意度", 80])
    assert (values["组织/满意度"], values["经费/满意度"]) == ([(90, "C2")], [(80, "C3")])


def test_a_label_that_stands_twice_is_read_from_neither_place() -> None:
    values, told = found(["单位名称", "甲厂工会"], ["会员人数", 1], ["会员人数", 2])
    assert "会员人数" not in values
    assert told == ["error A2 “会员人数” stands several times: A2, A3"]


def test_what_is_no_label_and_no_value_is_told() -> None:
    _, told = found(["考核表"], ["单位名称", "甲厂工会"], ["会员人数", 1], ["别的", 2], ["注：如实填写"], ["填表人（签字）：张三"])
    assert sorted(told) == [
        "repair  the rows above the header are taken as a title: 1",
        "repair A5 the row “注：如实填写” is a note and no unit; it is left out",
        "repair A6 the row “填表人（签字）：张三” is a note and no unit; it is left out",
        "warning A4 “别的” is no field of the form and is not read",
    ]


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([["单位名称", "会员人数"], ["甲厂工会", 1]], False),
        ([["单位名称", "项目", "数"], ["甲厂工会", "会员人数", 1]], False),
        ([["单位名称", "会员人数", "职工人数"], ["会员人数", "满意度", "类别"]], False),
        ([["单位名称", "甲厂工会"], ["会员人数", 1]], True),
        ([["项目", "甲厂工会"], ["类别", "企业"], ["会员人数", 1]], True),
        ([["表"], ["单位名称：甲厂工会"], ["会员人数：1"]], True),
        ([["说明"], ["单位名称怎样填"]], False),
    ],
)
def test_a_table_is_of_items_where_more_titles_stand_under_one_another_than_in_any_row(rows: list[list[Any]], wanted: bool) -> None:
    assert items_down(rows, heading(rows, WORDS), WORDS) == wanted
    assert not items_down(rows, heading(rows, frozenset()), frozenset())


def test_all_words_are_folded() -> None:
    assert all(folded(w) == w for w in (*WORDS, *NAMES))


# -------------------------------------------------------------------- whole files


def lines(submissions: list[Any], across: bool, how: str, section: bool, draw: random.Random) -> list[list[Any]]:
    """A table with an item a line: of the first unit alone, or with a column for each."""
    named = [(p, t) for p, t in zip(FIELDS, TITLES, strict=True) if not across or p != "unit" or draw.random() < 0.5]
    rows: list[list[Any]] = []
    if not any(p == "unit" for p, _ in named):
        rows.append([*([None] if section else []), "项目", *(u["unit"] for u in submissions)])
    elif draw.random() < 0.5:
        rows.append(["2026年度考核表"])
    for path, title in named:
        over = SECTIONS.get(path.partition(".")[0])
        name = f"{over}/{title}" if title == "满意度" and not section else title
        rows.append([*([over] if section else []), name, *(shown(u[path], path, how) for u in submissions)])
    return [*rows, ["填表人：张三"]]


def written(folder: Path, form: str, rows: list[list[Any]]) -> Path:
    if form == "csv":
        with (folder / "a.csv").open("w", encoding="utf-8-sig", newline="") as target:
            csv.writer(target).writerows([["" if c is None else str(c) for c in row] for row in rows])
        return folder / "a.csv"
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "a.xlsx")
    return folder / "a.xlsx"


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 2**32), form=st.sampled_from(["xlsx", "csv"]), across=st.booleans(), section=st.booleans(),
    how=st.sampled_from(["typed", "text", "wide", "unit"]),
)  # fmt: skip
def test_a_table_on_its_side_gives_the_values_that_were_entered(
    tmp_path_factory: Any, seed: int, form: str, across: bool, section: bool, how: str
) -> None:
    draw = random.Random(seed)
    submissions = units(draw, draw.randrange(2, 5) if across else 1)
    path = written(tmp_path_factory.mktemp("items"), form, lines(submissions, across, how, section, draw))
    got, problems = read(path, PLAN, CATALOGUE)
    assert values_of(got) == [meant(u) for u in submissions]
    assert {p.severity for p in problems} <= {"repair"}, [say(p.what, "en") for p in problems]
    at = [got.source(row, ["organisation.members"]) for row in range(len(got))]
    assert len(set(at)) == len(submissions)


def test_merged_values_are_told_and_what_they_hide_is_given_to_nobody(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["项目", "甲厂工会", "乙厂工会"], ["类别", "企业", None], ["会员人数", 1, 2]):
        book.active.append(row)  # type: ignore[union-attr]
    book.active.merge_cells("B2:C2")  # type: ignore[union-attr]
    book.save(tmp_path / "a.xlsx")
    found_, problems = read(tmp_path / "a.xlsx", PLAN, CATALOGUE)
    assert [u["category"] for u in values_of(found_)] == ["企业", None]
    told = [f"{p.severity} {p.cell} {say(p.what, 'en')}" for p in problems]
    assert "warning B2:C2 the cells B2:C2 are merged; only the first of them has a value" in told


def test_of_a_form_of_one_unit_a_fault_stands_at_its_own_cell(tmp_path: Path) -> None:
    path = written(tmp_path, "xlsx", [["单位名称", "甲厂工会", "类别", "企业"], ["会员人数", "约120", "职工人数", 130]])
    _, problems = read(path, PLAN, CATALOGUE)
    assert [(p.severity, p.sheet, p.cell) for p in problems] == [("error", "Sheet", "B2")]
