"""The sheets of a file as they stand: merged cells filled downwards, hidden sheets left out, encodings recognised."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from scorekit.catalogue import Catalogue, discover
from scorekit.errors import InputError
from scorekit.loading.grids import grids_of
from tests.building import said


@pytest.fixture(scope="module")
def known() -> Catalogue:
    return discover(third_party=False)


def test_a_workbook_gives_its_visible_sheets_with_merged_cells_filled_down(tmp_path: Path, known: Catalogue) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    for row in (["项目", "内容"], ["甲", "一"], [None, "二"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(tmp_path / "t.xlsx")
    assert grids_of(tmp_path / "t.xlsx", known) == [("表", [["项目", "内容"], ["甲", "一"], ["甲", "二"]])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_one_sheet_in_its_own_encoding(tmp_path: Path, known: Catalogue, encoding: str) -> None:
    (tmp_path / "t.csv").write_text("项目,内容\n甲,一\n", encoding=encoding)
    assert grids_of(tmp_path / "t.csv", known) == [("t", [["项目", "内容"], ["甲", "一"]])]


def test_a_damaged_workbook_is_refused(tmp_path: Path, known: Catalogue) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(InputError) as caught:
        grids_of(tmp_path / "t.xlsx", known)
    assert caught.value.where == "t.xlsx"


def test_what_is_not_there_or_has_no_sheets_is_refused(tmp_path: Path, known: Catalogue) -> None:
    with pytest.raises(InputError):
        grids_of(tmp_path / "none.xlsx", known)
    (tmp_path / "t.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        grids_of(tmp_path / "t.json", known)
    assert said(caught.value.what) == "files with the ending “.json” are not read"
    assert ".xlsx" in said(caught.value.cure)
