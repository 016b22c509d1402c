"""Sheets of rankings by other groups than the categories, and further rankings and ladders as columns of the ranking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from scorekit_plugins.exporters import workbook_places
from scorekit_plugins.exporters.workbook import write

from tests.building import NUMBER, TEXT, criterion, outcome_of

SHAPE = {"a": criterion("mark", 100), "n": {**NUMBER, "title": "人数"}, "area": {**TEXT, "title": "片区"}}
COLUMNS: dict[str, list[Any]] = {
    "unit": ["甲", "乙", "丙"],
    "category": ["企业", "企业", "机关"],
    "a": [90, 80, 70],
    "n": [5, 5, 7],
    "area": ["东", "西", "东"],
}
RANKINGS = {
    "big": {"title": "人数榜", "by": "n", "within": ["area"], "ends": 1, "tie_break": [{"by": "a", "title": "得分"}]},
    "own": {"title": "类内榜", "by": "n"},
    "all": {"title": "全体榜", "by": "points()", "within": []},
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("book")
    ladders = {"size": {"title": "规模", "of": "n", "levels": [{"id": "x", "title": "大", "at_least": 6}]}}
    write(outcome_of(SHAPE, COLUMNS, categories=["企业", "机关"], rankings=RANKINGS, ladders=ladders), folder)
    return openpyxl.load_workbook(folder / "ranking.xlsx")


def rows(sheet: Any) -> list[list[Any]]:
    return [[c for c in row if c is not None] for row in sheet.iter_rows(values_only=True) if any(c is not None for c in row)]


def test_a_ranking_by_other_groups_has_a_sheet_of_its_own_best_first(book: Any) -> None:
    found = rows(book["人数榜"])
    assert found[0] == ["考核标准"]
    assert found[1:] == [
        ["人数榜"],
        ["只排前 1 名；相同的比得分（高者在前）"],
        ["分组", "名次", "单位", "类别", "比较的数"],
        ["东", "1", "丙", "机关", "7"],
        ["西", "1", "乙", "企业", "5"],
    ]


def test_one_of_all_units_together_has_no_groups(book: Any) -> None:
    assert rows(book["全体榜"])[2:] == [
        ["名次", "单位", "类别", "比较的数"],
        ["1", "甲", "企业", "90"],
        ["2", "乙", "企业", "80"],
        ["3", "丙", "机关", "70"],
    ]


def test_of_very_many_only_the_first_places_are_shown_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_places, "MOST_UNITS", 3)
    size = 8
    columns = {"unit": [f"甲{i}" for i in range(size)], "category": ["企业"] * size, "a": [1, 9, 9, 3, 8, 5, 5, 2], "n": [1] * size}
    columns["area"] = ["东", "西"] * (size // 2)
    rankings = {"area": {"title": "片区榜", "by": "a", "within": ["area"]}, "all": {"title": "全体榜", "by": "a", "within": []}}
    write(outcome_of(SHAPE, columns, categories=["企业", "机关"], rankings=rankings), tmp_path)
    book = openpyxl.load_workbook(tmp_path / "ranking.xlsx")
    found, whole = rows(book["片区榜"]), rows(book["全体榜"])
    assert found[2] == ["每组只列前 1 名，8 个单位中列出 2 个；全部单位见同一文件夹中的 standings.csv / standings.parquet"]
    assert [row[:3] for row in found[4:]] == [["东", "1", "甲2"], ["西", "1", "甲1"]]
    assert [row[:2] for row in whole[4:]] == [["1", "甲1"], ["1", "甲2"], ["3", "甲4"]]


def test_a_first_place_shared_by_too_many_is_still_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_places, "MOST_UNITS", 1)
    monkeypatch.setattr(workbook_places, "MOST_ROWS", 2)
    columns = {"unit": ["丙", "乙", "甲"], "category": ["企业"] * 3, "a": [9, 9, 9], "n": [1] * 3, "area": ["东"] * 3}
    write(outcome_of(SHAPE, columns, categories=["企业", "机关"], rankings={"all": {"title": "全体榜", "by": "a", "within": []}}), tmp_path)
    found = rows(openpyxl.load_workbook(tmp_path / "ranking.xlsx")["全体榜"])
    assert "3 个单位中列出 2 个" in found[2][0]
    assert len(found) == 6


def test_one_within_the_categories_has_none_for_it_is_a_column_of_the_ranking(book: Any) -> None:
    assert "类内榜" not in book.sheetnames
    sheet = book["排名表-企业"]
    head, first = ([c.value for c in sheet[place]] for place in (4, 5))
    at = {title: place for place, title in enumerate(head)}
    assert [first[at[t]] for t in ("单位", "等次（规模）", "名次（人数榜）", "名次（类内榜）", "名次（全体榜）")] == [
        "甲",
        "未达标",
        "—",
        "1",
        "1",
    ]
