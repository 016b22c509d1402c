"""status.xlsx and status.csv: one row a unit, who gave what, and what is missing."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from scorekit_plugins.exporters import status

from scorekit.domain.outputs import Outcome
from tests.desk import Desk
from tests.domain.test_progress import desk


@pytest.fixture
def checked(tmp_path: Path) -> Outcome:
    """What checking a desk found, to which much is missing."""
    (tmp_path / "desk").mkdir()
    return desk(tmp_path / "desk").checked()


def sheet_of(folder: Path) -> Worksheet:
    return load_workbook(folder / "status.xlsx").active


def table_of(folder: Path) -> list[list[str]]:
    with open(folder / "status.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_table_has_a_row_for_each_unit_and_a_column_for_each_source(checked: Outcome, tmp_path: Path) -> None:
    assert status.write(checked, tmp_path) == ["status.csv", "status.xlsx"]
    head, *rows = table_of(tmp_path)
    raters = [f"评委{n}" for n in range(1, 8)]
    assert head == ["序号", "单位", "类别", "片区", "自评材料", "部门", *raters, "满意度测评", "错误", "警告", "缺什么"]
    found = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    assert [row[0] for row in rows] == [str(n) for n in range(1, 7)]
    assert {n: found["甲"][n] for n in ("类别", "片区", "自评材料", "部门", "评委1", "评委3")} == {
        "类别": "企业", "片区": "东", "自评材料": "自评.csv", "部门": "2/3", "评委1": "√", "评委3": "",
    }  # fmt: skip
    assert (found["乙"]["错误"], found["丙"]["自评材料"], found["丙"]["部门"]) == ("1", "未报送", "2/3")


def test_the_last_column_names_what_is_missing(checked: Outcome, tmp_path: Path) -> None:
    status.write(checked, tmp_path)
    lacking = {row[1]: row[-1].split("、") for row in table_of(tmp_path)}
    assert lacking["甲"] == ["部门", *(f"评委{n}" for n in range(3, 8))]
    assert lacking["丁"][:2] == ["自评材料", "部门"]
    assert (lacking["外来"][0], lacking["甲二"][0]) == ("不在名册", "交了两份")


def test_the_workbook_holds_the_same_rows_as_text(checked: Outcome, tmp_path: Path) -> None:
    status.write(checked, tmp_path)
    rows = list(sheet_of(tmp_path).iter_rows(min_row=2))
    assert [[c.value or "" for c in row] for row in rows] == table_of(tmp_path)
    assert {c.data_type for row in rows for c in row if c.value is not None} == {"s"}


def test_the_workbook_prints_on_a4_landscape_with_its_head_on_every_page(checked: Outcome, tmp_path: Path) -> None:
    status.write(checked, tmp_path)
    sheet = sheet_of(tmp_path)
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToHeight, sheet.print_title_rows, sheet.freeze_panes) == (0, "$2:$2", "C3")
    assert sheet["A1"].value == "考核标准 进度表"


def test_rows_are_as_high_as_their_longest_text(checked: Outcome, tmp_path: Path) -> None:
    status.write(checked, tmp_path)
    sheet = sheet_of(tmp_path)
    long = {sheet.cell(n, 2).value: sheet.row_dimensions[n].height for n in range(3, 9)}
    assert long["丁"] > long["甲"] * 1.2 > 20


def test_names_that_look_like_formulas_and_links_are_text(tmp_path: Path) -> None:
    names = ["=1+1", "@SUM(A1)", "https://example.org", "-2+3"]
    found = Desk(tmp_path).csv("自评.csv", "单位名称,类别,会员数", *(f"{n},企业,1" for n in names)).checked()
    status.write(found, tmp_path)
    sheet = sheet_of(tmp_path)
    cells = [sheet.cell(n, 2) for n in range(3, 3 + len(names))]
    assert ([c.value for c in cells], {c.data_type for c in cells}, {c.hyperlink for c in cells}) == (names, {"s"}, {None})
    assert [row[1] for row in table_of(tmp_path)[1:]] == ["'=1+1", "'@SUM(A1)", "https://example.org", "'-2+3"]


def test_of_very_many_units_the_workbook_lists_the_first_and_the_table_all(
    checked: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "LISTED", 4)
    status.write(checked, tmp_path)
    assert [c.value for c in sheet_of(tmp_path)["B"]][2:] == [
        *(row[1] for row in table_of(tmp_path)[1:5]),
        "以上是前 4 个单位，全部在 status.csv。",
    ]
    assert len(table_of(tmp_path)) == 1 + 6


def test_it_speaks_english_too(checked: Outcome, tmp_path: Path) -> None:
    status.write(replace(checked, lang="en"), tmp_path)
    assert table_of(tmp_path)[0][:5] == ["number in the list", "unit", "category", "area", "own submission"]


def test_equal_outcomes_give_equal_bytes(checked: Outcome, tmp_path: Path) -> None:
    made = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        made.append([(tmp_path / name / file).read_bytes() for file in status.write(checked, tmp_path / name)])
    assert made[0] == made[1]


def test_a_place_that_cannot_be_written_is_an_os_error(checked: Outcome, tmp_path: Path) -> None:
    (tmp_path / "status.xlsx").mkdir()
    with pytest.raises(OSError, match=r"status\.xlsx"):
        status.write(checked, tmp_path)


def test_the_exporter_writes_the_format_status() -> None:
    assert [(e.name, e.formats) for e in status.scorekit_exporters()] == [("status", ("status",))]
