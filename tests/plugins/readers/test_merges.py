"""Heads merged over several columns (where more than one of them holds values, none is chosen), and heads that stand again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from scorekit_plugins.readers import workbook

from scorekit.domain.intake import Unreadable
from scorekit.words import say
from tests.intake import problems_of, read_with

HEADERS = ("单位名称", "人数", "次数")


def members(path: Path, merged: str, *rows: list[Any]) -> list[Any]:
    """What is read under 人数."""
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.active.merge_cells(merged)  # type: ignore[union-attr]
    book.save(path / "a.xlsx")
    [found] = [t for t in read_with(workbook, path / "a.xlsx", headers=HEADERS) if len(t)]
    return list(found.columns["人数"])


@pytest.mark.parametrize("behind", [["次数"], []])
def test_of_several_columns_with_values_under_one_head_none_is_chosen(tmp_path: Path, behind: list[str]) -> None:
    rest = [3] if behind else []
    found = members(tmp_path, "B1:C1", ["单位名称", "人数", None, *behind], ["甲", 4, 5, *rest], ["乙", 4, None, *rest])
    assert all(isinstance(c, Unreadable) for c in found)
    assert say(found[0].what, "en") == "the head “人数” stands over several columns with values: B, C"


def test_one_column_with_values_under_a_wide_head_is_read(tmp_path: Path) -> None:
    rows = (["单位名称", "人数", None, "次数"], ["甲", 4, None, 3], ["乙", 5, None, 3], ["注：如实填写", None, "见附件", None])
    assert members(tmp_path, "B1:C1", *rows) == [4, 5]


def test_a_head_over_others_is_no_column(tmp_path: Path) -> None:
    rows = (["单位名称", "基本情况", None], [None, "人数", "次数"], ["甲", 4, 5])
    assert members(tmp_path, "B1:C1", *rows) == [4]


def test_a_unit_that_gave_nothing_but_its_name_is_no_title_of_a_head_that_stands_again(tmp_path: Path) -> None:
    book = Workbook()
    for row in (["单位名称", "人数"], ["甲", 1], ["乙", None], ["单位名称", "人数"], ["丙", 3]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(tmp_path / "a.xlsx")
    [found] = read_with(workbook, tmp_path / "a.xlsx", headers=HEADERS)
    assert list(found.columns["单位名称"]) == ["甲", "乙", "丙"]
    assert problems_of([found]) == ["repair A4: the header stands here once more; the row is left out"]
