"""A standard as a workbook: one sheet a table, A4, text as text, equal bytes for equal papers."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
from scorekit_plugins.exporters.standard_sheet import scorekit_printers, workbook

from scorekit.plugin import PaperLine, PaperTable, PrintedStandard, SumLine


def paper(*cells: str) -> PrintedStandard:
    lines = (PaperLine(("1", "节"), strong=True), PaperLine(cells or ("1.1", "甲"), depth=1))
    tables = tuple(PaperTable(h, ("条款号", "项目"), (20, 80), lines, centred=(0,)) for h in ("条款", "条款", "等次/线"))
    return PrintedStandard("某某标准", ("id · 版本 1",), tables, "zh")


def opened(made: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made))


def test_each_table_is_a_sheet_of_its_own_name() -> None:
    assert opened(workbook(paper())).sheetnames == ["条款", "条款2", "等次 线"]


def test_title_heading_and_rows_stand_one_under_the_other() -> None:
    sheet = opened(workbook(paper())).worksheets[0]
    assert [[c.value for c in row] for row in sheet.iter_rows()] == [
        ["某某标准 · 条款", None],
        ["id · 版本 1", None],
        ["条款号", "项目"],
        ["1", "节"],
        ["1.1", "甲"],
    ]
    assert sheet["B4"].font.bold
    assert sheet["B5"].alignment.indent == 1


def test_a_sheet_prints_on_a4_one_page_wide_with_its_heading_on_every_page() -> None:
    sheet = opened(workbook(paper())).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
    assert sheet.print_title_rows == "$3:$3"


def test_text_cells_are_text_whatever_they_begin_with() -> None:
    sheet = opened(workbook(paper("=1+1", "http://x.example"))).worksheets[0]
    assert (sheet["A5"].data_type, sheet["A5"].value) == ("s", "=1+1")
    assert sheet["B5"].hyperlink is None


def test_long_texts_get_rows_that_hold_them() -> None:
    short, long = (opened(workbook(paper("1.1", "甲" * n))).worksheets[0].row_dimensions[5].height for n in (4, 200))
    assert long > 4 * short


def test_equal_papers_give_equal_bytes() -> None:
    assert workbook(paper()) == workbook(paper())


def test_the_workbook_is_a_printer_by_its_ending() -> None:
    assert [p.name for p in scorekit_printers()] == ["xlsx"]


def test_derived_values_stand_as_live_formulas_beside_white_cells() -> None:
    lines = (SumLine("会员", "填写"), SumLine("入会率", "会员 ÷ 职工", '=IFERROR(B4/2,"")', percentage=True))
    book = opened(workbook(replace(paper(), sums=lines)))
    sheet = book[book.sheetnames[-1]]
    assert (sheet["A4"].value, sheet["B4"].value, sheet["C5"].value) == ("会员", None, "会员 ÷ 职工")
    assert sheet["B5"].value.text == '=IFERROR(B4/2,"")'
    assert sheet["B5"].number_format == "0.00%"


def test_a_long_way_of_computing_makes_its_row_higher() -> None:
    lines = (SumLine("会员", "填写"), SumLine("入会率", "会员 ÷ 职工" * 20, '=IFERROR(B4/2,"")'))
    sheet = opened(workbook(replace(paper(), sums=lines))).worksheets[-1]
    assert sheet.row_dimensions[5].height > 2 * sheet.row_dimensions[4].height


def test_without_a_formula_there_is_no_such_sheet() -> None:
    lines = (SumLine("会员", "填写"),)
    assert opened(workbook(replace(paper(), sums=lines))).sheetnames == opened(workbook(paper())).sheetnames
