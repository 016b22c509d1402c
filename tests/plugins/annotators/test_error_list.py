"""The sheet that lists problems: its columns, its links, its page, and that nothing in it is live."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from scorekit_plugins.annotators.error_list import fill
from scorekit_plugins.readers.copies import is_list

from scorekit.domain.annotated import Lineage

from .returning import SHA, finding, returned

HOSTILE = ["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://x")', "\t=1", "<script>", "'x", "=cmd|'/c calc'!A0"]


def sheet_of(*findings: Any, places: list[tuple[str, str]] | None = None, **more: Any) -> Any:
    sheet = Workbook().active
    given = returned(Path("甲.xlsx"), *findings, **more)
    fill(sheet, given, places or [("", "")] * len(given.findings))
    return sheet


def texts(sheet: Any, row: int) -> list[Any]:
    return [c.value for c in sheet[row]]


def test_each_problem_is_a_row_of_nine_columns() -> None:
    sheet = sheet_of(finding(), finding("C4", "warning", entered="5", unit="乙"), places=[("表", "B3"), ("表", "C4")])
    assert texts(sheet, 3) == ["序号", "工作表", "单元格", "单位", "栏目", "所填", "问题", "怎样改", "级别"]
    assert texts(sheet, 4) == [1, "表", "B3", "甲单位", "人数", None, "所填不是数", "请填写数", "错误"]
    assert texts(sheet, 5) == [2, "表", "C4", "乙", "人数", "5", "所填不是数", "请填写数", "警告"]


def test_a_cell_is_a_link_within_the_workbook() -> None:
    sheet = sheet_of(finding(), finding(), places=[("乙's 表", "B3"), ("", "")])
    assert (sheet["C4"].hyperlink.location, sheet["C4"].hyperlink.target) == ("'乙''s 表'!B3", None)
    assert sheet["C5"].hyperlink is None


def test_a_range_of_merged_cells_is_named_whole() -> None:
    assert texts(sheet_of(finding("O4:O5"), places=[("表", "O4")]), 4)[2] == "O4:O5"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_others_is_live(text: str, tmp_path: Path) -> None:
    found = finding(text, sheet=text, unit=text, field=text, entered=text, what=text, cure=text)
    sheet = sheet_of(found)
    sheet.parent.save(tmp_path / "a.xlsx")
    row = load_workbook(tmp_path / "a.xlsx").active[4]
    assert [(c.value, c.data_type, c.hyperlink) for c in row[1:8]] == [(text, "s", None)] * 7
    assert all(c.quotePrefix for c in row[1:8]) == (text[0] in "=+-@\t")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_written_and_read_again(text: str) -> None:
    import io

    sheet = sheet_of(finding(what=text))
    file = io.BytesIO()
    sheet.parent.save(file)
    value = load_workbook(file).active["G4"].value
    assert isinstance(value, str) or not text.strip("\r\n\t ")


def test_very_long_texts_are_cut() -> None:
    assert len(texts(sheet_of(finding(entered="长" * 40_000)), 4)[5]) == 2000


def test_it_prints_on_a4_across_with_its_heads_on_every_page() -> None:
    sheet = sheet_of(finding())
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        9,
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert sheet.freeze_panes == "A4"


def test_long_texts_have_rows_high_enough() -> None:
    sheet = sheet_of(finding(), finding(what="问题很长" * 30))
    assert sheet.row_dimensions[5].height > 4 * sheet.row_dimensions[4].height / 2


def test_what_is_not_listed_is_counted() -> None:
    assert texts(sheet_of(finding(), more=12), 5)[0] == "……同一文件另有 12 个问题"


def test_what_is_to_be_done_stands_above_it() -> None:
    assert "请在标出的单元格里改正，把本文件发回" in sheet_of(finding())["A2"].value
    assert "请按本清单改正原文件" in sheet_of(finding(), lineage=Lineage((SHA,)))["A2"].value


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_readers_know_it_again(lang: str) -> None:
    sheet = sheet_of(finding(), lang=lang)
    assert is_list([list(row) for row in sheet.iter_rows(values_only=True)])
