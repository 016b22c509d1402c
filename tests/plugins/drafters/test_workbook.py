"""Drafts as workbooks: one row a field, nothing taken, no live formula, equal bytes."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from scorekit_plugins.drafters.workbook import render

from scorekit.domain.drafts import Blank, Draft, Proposal, Spot
from scorekit.errors import T


def proposal(field, value, sentence="率达95.5%。", **more):
    return Proposal(field, field, value, str(value), sentence, Spot(paragraph=2, start=2, end=7), more.pop("confidence", "high"), **more)


BLANKS = (
    Blank("unit", "单位名称"),
    Blank("category", "类别", options=("乡镇", "系统")),
    Blank("a.rate", "率", "%"),
    Blank("a.held", "开展"),
    Blank("a.none", "没有", "人"),
)
PROPOSALS = {
    "a.rate": (proposal("a.rate", Decimal("95.5")), proposal("a.rate", 90, confidence="low", unit="%")),
    "a.held": (proposal("a.held", True, cautions=(T("the number is none exactly"),)),),
}
DRAFT = Draft("r", "标准", "1", "d", "总结.docx", "s", BLANKS, PROPOSALS, (proposal("b", 3),))


def book(draft=DRAFT, lang="zh"):
    return openpyxl.load_workbook(io.BytesIO(render(draft, lang)))


def rows(sheet):
    return [[c.value for c in row] for row in sheet.iter_rows(min_row=5)]


def test_every_field_has_a_row_in_the_order_of_the_rubric():
    head, *found = rows(book().worksheets[0])
    assert head == ["栏目", "计量单位", "拟填", "采用", "改填", "依据", "出处", "把握", "注意", "其他候选", "代号"]
    assert [r[-1] for r in found] == ["unit", "category", "a.rate", "a.held", "a.none"]
    assert found[2][:9] == ["率", "%", 95.5, None, None, "率达95.5%。", "第2段 第3–7字", "高", None]
    assert found[2][9] == "90% · 低 · 第2段 第3–7字"
    assert (found[3][2], found[3][8]) == ("是", "是约数")
    assert found[4][2:10] == [None] * 8


def test_nothing_is_taken_and_only_two_columns_are_open():
    sheet = book().worksheets[0]
    assert sheet.protection.sheet
    assert {c.column_letter for row in sheet.iter_rows(min_row=6) for c in row if not c.protection.locked} == {"D", "E"}
    assert all(sheet.cell(r, 4).value is None for r in range(6, 11))


def test_yes_or_no_is_chosen_and_so_are_options():
    found = {str(v.sqref): v.formula1 for v in book().worksheets[0].data_validations.dataValidation}
    assert found == {"D8": '"是,否"', "D9": '"是,否"', "E7": '"乡镇,系统"'}


def test_the_workbook_says_what_it_is():
    made = book()
    assert {p.name: p.value for p in made.custom_doc_props} == {
        "scorekit-rubric": "r",
        "scorekit-version": "1",
        "scorekit-digest": "d",
        "scorekit-form": "draft",
    }
    sheet = made.worksheets[0]
    assert (sheet["A3"].value, sheet["B3"].value, sheet["A4"].value, sheet["B4"].value) == ("工作总结：", "总结.docx", "标准：", "r")
    assert sheet.page_setup.orientation == "landscape"


def test_what_others_fill_in_stands_on_a_sheet_of_its_own():
    assert [s.title for s in book().worksheets] == ["核对", "另外找到"]
    bare = Draft("r", "标准", "1", "d", "总结.docx", "s", BLANKS)
    assert [s.title for s in book(bare).worksheets] == ["核对"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://a")', "http://a.b/c", "mailto:a@b.c", "{=1}", "\t=1", "x\x0by"]
)
def test_what_a_report_says_is_text_and_never_live(text):
    one = proposal("unit", text, text, cautions=(T("{text}", text=text),), matched=(text,))
    data = render(Draft("r", text, "1", "d", text, "s", (Blank("unit", text, text, (text,)),), {"unit": (one, one)}, (one,)), "zh")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {n: package.read(n).decode("utf-8", "replace") for n in package.namelist()}
    assert not any("<f>" in p or "<f " in p for n, p in parts.items() if "worksheets/" in n)
    assert not any("hyperlink" in p for n, p in parts.items() if "worksheets/" in n)


def test_equal_drafts_give_equal_bytes():
    assert render(DRAFT, "zh") == render(DRAFT, "zh")


def test_long_texts_and_numbers_fit_into_cells():
    one = proposal("unit", 10**20, "长" * 40000)
    made = book(Draft("r", "标准", "1", "d", "总结.docx", "s", BLANKS, {"unit": (one,)}))
    assert made.worksheets[0]["C6"].value == str(10**20)
    assert len(made.worksheets[0]["F6"].value) == 4001


def test_it_speaks_english_too():
    assert book(lang="en").worksheets[0]["D5"].value == "take it (yes or no)"


def test_it_prints_on_pages_across_with_every_text_whole():
    long = proposal("unit", "甲", "工会" * 60)
    made = book(Draft("r", "标准", "1", "d", "总结.docx", "s", BLANKS, {"unit": (long,)}, (long,)))
    for sheet in made.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == ("landscape", 9, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    first, second = made.worksheets
    assert first.row_dimensions[6].height == pytest.approx(13.5 * 6 + 2, abs=1)
    assert second.row_dimensions[3].height == pytest.approx(13.5 * 5 + 2, abs=1)
    assert sum(d.width for d in first.column_dimensions.values()) < 185
