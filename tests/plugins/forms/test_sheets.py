"""A sheet to fill in: what is locked and what is open, how cells are formatted, how it prints."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from scorekit_plugins.forms.workbook import workbook

from scorekit.plugin import Ask, Form, FormHead, FormLine, FormSheet

HEADS = (FormHead("指标", 20), FormHead("填报值", 12, centred=True), FormHead("代号", 10, small=True))
TEXT, NUMBER, FRACTION, DATE = Ask("text"), Ask("number", least=0), Ask("number", percent=True), Ask("date")


def made(lines, heads=HEADS, **more):
    sheet = FormSheet("申报表", "某某申报表", heads, tuple(lines), "表样：a | 1 | unit | 00", **more)
    form = Form("unit", "a", "1", "0" * 64, "某某申报表", "zh", (sheet,), ("1．说明", "报送至：", "电话："), "填表说明")
    return load_workbook(io.BytesIO(workbook(form)))["申报表"]


def rows(*asks):
    return [FormLine((f"栏{i}", ask, f"f{i}")) for i, ask in enumerate(asks)]


def test_only_what_is_to_be_filled_in_is_open_and_there_is_no_password():
    sheet = made(rows(TEXT, NUMBER))
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert [sheet[c].protection.locked for c in ("A4", "B4", "C4", "A3", "B3")] == [True, False, True, True, True]
    assert not sheet.protection.formatColumns


def test_cells_have_the_format_of_what_is_asked_for():
    choice = Ask("choice", choices=("甲", "乙"))
    sheet = made(rows(TEXT, NUMBER, FRACTION, DATE, choice, Ask("choice", choices=(1, 2))))
    assert [sheet[f"B{r}"].number_format for r in range(4, 10)] == ["@", "General", "0.00%", "yyyy-mm-dd", "@", "General"]


def test_rows_made_ready_are_checked_as_one_range():
    sheet = made(
        [FormLine((TEXT, NUMBER, ""), "ready", times=7), FormLine((TEXT, Ask("number", least=0, value=None), ""), "ready", times=3)]
    )
    assert "B4:B13" in {str(v.sqref) for v in sheet.data_validations.dataValidation}
    assert not sheet.protection.insertRows


def test_what_is_known_already_is_filled_in():
    assert made(rows(Ask("text", value="=甲")))["B4"].value == "=甲"


def test_it_prints_on_a4_one_page_wide_with_heads_on_every_page():
    sheet = made(rows(TEXT))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        9,
        "portrait",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_rows, sheet.freeze_panes) == ("$3:$3", "B4")
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert sheet.oddFooter.left.text == "a 1 0000000000000000"


def test_a_wide_table_goes_on_further_pages_with_its_first_column():
    heads = tuple(FormHead(f"栏{i}", 20) for i in range(30))
    sheet = made([FormLine((TEXT,) * 30, "ready", times=3)], heads)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.print_title_cols) == ("landscape", 4, "$A:$A")


def test_labels_stand_before_the_cell_that_they_ask_for():
    sheet = made(rows(TEXT), beside=(("填报日期：", DATE),))
    assert (sheet["A3"].value, sheet["B3"].protection.locked, sheet["B3"].number_format) == ("填报日期：", False, "yyyy-mm-dd")


def test_headings_reach_over_all_columns_without_merging_any():
    sheet = made([FormLine(("1 组织建设",), "heading"), *rows(TEXT)])
    assert sheet["A4"].value == "1 组织建设"
    assert {str(m) for m in sheet.merged_cells.ranges} == {"A1:C1"}


def test_what_is_signed_stands_below_and_can_be_written_in():
    sheet = made(rows(TEXT), closing=("填表人：",))
    assert (sheet["A5"].value, sheet["A5"].protection.locked) == ("填表人：", False)


def test_what_is_signed_stands_once_where_columns_are_repeated_on_every_page():
    heads = tuple(FormHead(f"栏{i}", 20) for i in range(30))
    sheet = made([FormLine((TEXT,) * 30, "ready", times=3)], heads, closing=("填表人：",))
    assert (sheet["A7"].value, sheet["B7"].value, sheet["B7"].protection.locked) == (None, "填表人：", False)
    assert "B7:H7" in {str(m) for m in sheet.merged_cells.ranges}
