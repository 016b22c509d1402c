"""What a copy would lose is found out by what is kept; ordinary forms are kept whole."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.table import Table
from scorekit_plugins.annotators import whole

from scorekit.words import say

from .returning import altered, made

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
SHEET, BOOK, STYLES, STRINGS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def lost(path: Path) -> str:
    found = whole.lost(path)
    return "" if found is None else say(found, "en")


def image() -> dict[str, Any]:
    return {"image_data": io.BytesIO(PIXEL)}


def chart(book: Any, sheet: Any) -> None:
    drawn = book.add_chart({"type": "column"})
    drawn.add_series({"values": "=表!$C$3:$C$4"})
    sheet.insert_chart("E2", drawn)


WRITTEN: dict[str, tuple[Callable[[Any, Any], object], str]] = {
    "a chart": (chart, "chart or picture"),
    "a picture": (lambda b, s: s.insert_image("E2", "a.png", image()), "chart or picture"),
    "a text box": (lambda b, s: s.insert_textbox("E2", "text"), "chart or picture"),
    "a shape of a form": (lambda b, s: s.insert_button("E2", {"macro": "x"}), "form control"),
    "a picture in a cell": (lambda b, s: s.embed_image("E2", "a.png", image()), "a"),
    "a picture behind the cells": (lambda b, s: s.set_background(io.BytesIO(PIXEL)), "chart or picture"),
    "a picture in the header": (
        lambda b, s: s.set_header("&L&G", {"image_left": "a.png", "image_data_left": io.BytesIO(PIXEL)}),
        "chart or picture",
    ),
    "a sparkline": (lambda b, s: s.add_sparkline("E2", {"range": "表!C3:C4"}), "newer feature"),
    "a data bar of 2010": (lambda b, s: s.conditional_format("C3:C4", {"type": "data_bar", "data_bar_2010": True}), "newer feature"),
    "a dynamic array": (lambda b, s: s.write_dynamic_array_formula("E2", "=SORT(C3:C4)"), "a part named"),
    "a sheet that is a chart": (lambda b, s: b.add_chartsheet().set_chart(_charted(b)), "a"),
    "ignored dates of a table from outside": (lambda b, s: s.protect("", {}) or s.unprotect_range("A1:A2"), "protectedRanges"),
}


def _charted(book: Any) -> Any:
    drawn = book.add_chart({"type": "column"})
    drawn.add_series({"values": "=表!$C$3:$C$4"})
    return drawn


@pytest.mark.parametrize("name", WRITTEN)
def test_what_openpyxl_would_drop_is_named(name: str, tmp_path: Path) -> None:
    write, words = WRITTEN[name]
    assert words in lost(made(tmp_path / "a.xlsx", write))


PARTS = {
    "customXml/item1.xml": "custom XML",
    "xl/pivotTables/pivotTable1.xml": "pivot table",
    "xl/pivotCache/pivotCacheDefinition1.xml": "pivot table",
    "xl/slicers/slicer1.xml": "slicer",
    "xl/timelines/timeline1.xml": "slicer",
    "xl/threadedComments/threadedComment1.xml": "threaded comments",
    "xl/persons/person.xml": "threaded comments",
    "xl/embeddings/oleObject1.bin": "embedded object",
    "xl/activeX/activeX1.xml": "form control",
    "xl/ctrlProps/ctrlProp1.xml": "form control",
    "xl/connections.xml": "data connection",
    "xl/queryTables/queryTable1.xml": "data connection",
    "xl/media/image1.png": "chart or picture",
    "xl/charts/chart1.xml": "chart or picture",
    "xl/metadata.xml": "xl/metadata.xml",
    "xl/cellimages.xml": "xl/cellimages.xml",
    "xl/richData/rdrichvalue.xml": "xl/richData",
    "xl/webextensions/taskpanes.xml": "xl/webextensions",
    "xl/theme/_rels/theme1.xml.rels": "xl/theme/_rels",
    "docMetadata/LabelInfo.xml": "docMetadata",
    "whatever.bin": "whatever.bin",
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_not_known_to_be_kept_is_named(part: str, tmp_path: Path) -> None:
    assert PARTS[part] in lost(altered(made(tmp_path / "a.xlsx"), {part: "<x/>"}))


END = "</worksheet>"
ELEMENTS: dict[str, tuple[str, str, str, str]] = {
    "dropdowns from another sheet": (
        SHEET,
        END,
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {X14}/></extLst></worksheet>',
        "newer",
    ),
    "a control": (
        SHEET,
        END,
        f'<mc:AlternateContent {MC}><mc:Choice Requires="x14"/></mc:AlternateContent></worksheet>',
        "AlternateContent",
    ),
    "an object": (SHEET, END, "<oleObjects><oleObject/></oleObjects></worksheet>", "embedded"),
    "controls": (SHEET, END, "<controls/></worksheet>", "form control"),
    "views of several people": (SHEET, END, "<customSheetViews/></worksheet>", "customSheetViews"),
    "watched cells": (SHEET, END, "<cellWatches/></worksheet>", "cellWatches"),
    "what is not known": (SHEET, END, '<x xmlns="urn:x"/></worksheet>', "part named “x”"),
    "a value of metadata": (SHEET, '<c r="A1"', '<c cm="1" r="A1"', "newer kind"),
    "a value of a picture": (SHEET, '<c r="A1"', '<c vm="1" r="A1"', "newer kind"),
    "a table of formulas": (SHEET, "<v>12</v>", '<f t="dataTable" ref="B4"/><v>12</v>', "data table"),
    "a pivot selection": (SHEET, 'workbookViewId="0"/>', 'workbookViewId="0"><pivotSelection/></sheetView>', "pivot"),
    "views of the book": (BOOK, "</workbook>", "<customWorkbookViews/></workbook>", "customWorkbookViews"),
    "caches of the book": (BOOK, "</workbook>", "<pivotCaches/></workbook>", "pivot"),
    "an extension of the book": (BOOK, "</workbook>", '<extLst><ext uri="{1}"/></extLst></workbook>', "newer"),
    "an extension of the styles": (STYLES, "</styleSheet>", '<extLst><ext uri="{1}"/></extLst></styleSheet>', "newer"),
    "what styles do not hold": (STYLES, "</styleSheet>", "<more/></styleSheet>", "more"),
    "pronunciation": (STRINGS, "<si><t>", '<si><rPh sb="0" eb="1"><t>x</t></rPh><t>', "pronunciation"),
    "no XML": (SHEET, END, "", "cannot be read"),
}


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_that_is_not_known_to_be_kept_is_named(name: str, tmp_path: Path) -> None:
    part, old, new, words = ELEMENTS[name]
    assert words in lost(altered(made(tmp_path / "a.xlsx"), changes={part: (old, new)}))


def test_shapes_beside_comments_are_controls(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", lambda b, s: s.write_comment("A1", "note"))
    assert lost(path) == ""
    vml = "xl/drawings/vmlDrawing1.vml"
    assert "form control" in lost(altered(path, changes={vml: ('ObjectType="Note"', 'ObjectType="Checkbox"')}))


def test_shapes_in_another_encoding_are_not_believed(tmp_path: Path) -> None:
    path = altered(made(tmp_path / "a.xlsx"), {"xl/drawings/vmlDrawing1.vml": "\0<x/>"})
    assert "form control" in lost(path)


def test_a_large_workbook_is_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = made(tmp_path / "a.xlsx")
    monkeypatch.setattr(whole, "LARGEST", 100)
    assert "more cells" in lost(path)


HUGE = {
    "merged cells": ("<pageMargins", '<mergeCells><mergeCell ref="A9:XFD1048576"/></mergeCells><pageMargins'),
    "many merged cells": ("<pageMargins", "<mergeCells>" + '<mergeCell ref="E9:F99999"/>' * 3 + "</mergeCells><pageMargins"),
    "a link": ("<pageMargins", '<hyperlinks><hyperlink ref="A9:XFD1048576" location="A1"/></hyperlinks><pageMargins'),
}


@pytest.mark.parametrize("name", HUGE)
def test_areas_of_which_openpyxl_would_make_every_cell_are_not_copied(name: str, tmp_path: Path) -> None:
    assert "larger merged cells" in lost(altered(made(tmp_path / "a.xlsx"), changes={SHEET: HUGE[name]}))


def test_an_area_that_is_none_is_not_copied(tmp_path: Path) -> None:
    change = ("<pageMargins", '<mergeCells><mergeCell ref="A9:everywhere"/></mergeCells><pageMargins')
    assert "area" in lost(altered(made(tmp_path / "a.xlsx"), changes={SHEET: change}))


def test_a_huge_table_is_not_copied(tmp_path: Path) -> None:
    path = made(tmp_path / "a.xlsx", lambda b, s: s.add_table("E1:F3"))
    assert "larger" in lost(altered(path, changes={"xl/tables/table1.xml": ('ref="E1:F3"', 'ref="E1:XFD1048576"')}))


def test_what_is_no_package_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04")
    assert "cannot be read" in lost(tmp_path / "a.xlsx")


KEPT: dict[str, Callable[[Any, Any], object]] = {
    "comments": lambda b, s: s.write_comment("A1", "note"),
    "a dropdown": lambda b, s: s.data_validation("B3", {"validate": "list", "source": ["是", "否"]}),
    "a format of conditions": lambda b, s: s.conditional_format("C3", {"type": "2_color_scale"}),
    "merged cells": lambda b, s: s.merge_range("A1:C1", "自评表"),
    "a link": lambda b, s: s.write_url("E1", "https://example.org"),
    "a filter": lambda b, s: s.autofilter("A2:C4"),
    "a rich text": lambda b, s: s.write_rich_string("E1", "red ", b.add_format({"bold": True}), "bold"),
    "a table": lambda b, s: s.add_table("E1:F3"),
    "breaks": lambda b, s: s.set_h_pagebreaks([3]),
    "protection": lambda b, s: s.protect("x"),
    "ignored errors": lambda b, s: s.ignore_errors({"number_stored_as_text": "A1:A9"}),
    "names": lambda b, s: b.define_name("x", "=表!$A$1"),
    "properties": lambda b, s: b.set_custom_property("KSOProductBuildVer", "2052-12.1"),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_ordinary_forms_hold_is_kept(name: str, tmp_path: Path) -> None:
    assert lost(made(tmp_path / "a.xlsx", KEPT[name])) == ""


def test_what_excel_and_wps_write_in_every_workbook_is_no_loss(tmp_path: Path) -> None:
    x15 = 'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"'
    book = (
        f'<mc:AlternateContent {MC}><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="urn:x" url="C:\\"/></mc:Choice></mc:AlternateContent>'
        f'<extLst><ext uri="{{140A7094-0E35-4892-8432-C4D2E57EDEB5}}" {x15}><x15:workbookPr chartTrackingRefBase="1"/></ext>'
        '<ext uri="{B58B0392-4F1F-4190-BB64-5DF3571DCE5F}"/>'
        '<ext xmlns:loext="http://schemas.libreoffice.org/" uri="{7626C862-2A13-11E5-B345-FEFF819CDC9F}">'
        '<loext:extCalcPr stringRefSyntax="ExcelA1"/></ext></extLst></workbook>'
    )
    styles = f'<extLst><ext uri="{{EB79DEF2-80B8-43e5-95BD-54CBDDF9020C}}" {X14}><x14:slicerStyles/></ext></extLst></styleSheet>'
    sheet = '<phoneticPr fontId="1" type="noConversion"/><ignoredErrors/></worksheet>'
    path = altered(
        made(tmp_path / "a.xlsx"),
        {"xl/printerSettings/printerSettings1.bin": "x", "xl/calcChain.xml": "<calcChain/>"},
        {BOOK: ("</workbook>", book), STYLES: ("</styleSheet>", styles), SHEET: (END, sheet)},
    )
    assert lost(path) == ""


def test_a_table_in_a_style_of_its_own_is_not_copied_unlike_the_style_alone(tmp_path: Path) -> None:
    styles = '<tableStyles count="1"><tableStyle name="own" count="0"/></tableStyles>'
    for name, tables, words in (("a.xlsx", 0, ""), ("b.xlsx", 1, "style of its own")):
        book = Workbook()
        book.active.append(["单位名称", "人数"])
        book.active.append(["甲", "1"])
        for _ in range(tables):
            book.active.add_table(Table(displayName="t", ref="A1:B2"))
        book.save(tmp_path / name)
        assert lost(tmp_path / name) == ""
        with zipfile.ZipFile(tmp_path / name) as package:
            [old] = re.findall(r"<tableStyles[^>]*/>", package.read(STYLES).decode())
        assert words in lost(altered(tmp_path / name, changes={STYLES: (old, styles)}))
