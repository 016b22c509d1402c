"""Workbooks as they come in: what is shown is what is read, and what readers disagree on is refused with its address."""

from __future__ import annotations

import datetime
import struct
from decimal import Decimal

import pytest
import xlsxwriter
from scorekit_plugins.readers import merges, sifting, workbook
from scorekit_plugins.readers import package as package_room
from scorekit_plugins.readers import sheet as sheet_room
from scorekit_plugins.readers.headings import letter

from scorekit.domain.intake import Percent, Unreadable
from scorekit.words import say
from tests.intake import HEAD, TYPES, cell, digits, package, problems_of, read_with, sheet_xml, zipped

STYLE = 's="1"'
HEADERS = ("单位名称", "人数", "日期", "入会率", "合格", "满意度", "组织/满意度", "服务/满意度")


def book(path, rows, **sheets):
    """A workbook written by XlsxWriter: rows of cells of the sheet 表, and others by name."""
    with xlsxwriter.Workbook(path) as made:
        percent = made.add_format({"num_format": "0.00%"})
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for name, content in {"表": rows, **sheets}.items():
            sheet = made.add_worksheet(name)
            for r, row in enumerate(content):
                for c, value in enumerate(row):
                    if isinstance(value, Percent):
                        sheet.write_number(r, c, float(value.fraction), percent)
                    elif isinstance(value, datetime.datetime):
                        sheet.write_datetime(r, c, value, day)
                    elif value is not None:
                        sheet.write(r, c, value)
    return path


def read(*paths, headers=HEADERS):
    return read_with(workbook, *paths, headers=headers)


def test_cells_come_as_they_are_meant(tmp_path):
    rows = [
        ["单位名称", "人数", "入会率", "日期", "合格"],
        ["甲", 12, Percent(Decimal("0.9228")), datetime.datetime.fromisoformat("2026-07-30"), True],
        ["乙", 12.5, 0.9228, datetime.datetime.fromisoformat("2026-07-30 14:30"), False],
    ]
    [found] = read(book(tmp_path / "a.xlsx", rows))
    assert found.columns == {
        "单位名称": ("甲", "乙"),
        "人数": (12, 12.5),
        "入会率": (Percent(Decimal("0.9228")), 0.9228),
        "日期": (datetime.date(2026, 7, 30), "2026-07-30 14:30:00"),
        "合格": (True, False),
    }
    assert (found.sheet, found.row, found.letters["合格"], found.problems) == ("表", [2, 3], "E", ())


def test_a_percentage_is_the_number_shown_not_its_binary_neighbour(tmp_path):
    rows = f'<row r="2">{cell("A2", "甲")}{digits("B2", "0.92279999999999995", STYLE)}</row>'
    part = "xl/styles.xml"
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="10"/></cellXfs></styleSheet>'
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
    types = TYPES.replace("</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/></Types>')
    path = package(tmp_path / "a.xlsx", rows, {part: styles, "[Content_Types].xml": types})
    assert read(path)[0].columns["人数"] == (Percent(Decimal("0.9228")),)


def test_titles_totals_notes_and_blank_rows_are_left_out_and_listed(tmp_path):
    rows = [
        ["2026年考核自评表"],
        ["填报单位：某区"],
        ["单位名称", "人数"],
        ["甲", 1],
        [],
        [" ", None],
        ["乙", 2],
        ["合　计", 3],
        ["审核人：某"],
        [],
    ]
    [found] = read(book(tmp_path / "a.xlsx", rows))
    assert found.row == [4, 7]
    assert problems_of([found]) == [
        "repair : the rows above the header are taken as a title: 1–2",
        "repair A8: the row “合　计” is a total and no unit; it is left out",
        "repair A9: the row “审核人：某” is a note and no unit; it is left out",
        "repair : blank rows are left out: 5–6",
    ]


def test_a_wrong_dimension_hides_no_rows(tmp_path):
    rows = "".join(f'<row r="{r}">{cell(f"A{r}", "甲")}{cell(f"B{r}", r)}</row>' for r in range(2, 5))
    [found] = read(package(tmp_path / "a.xlsx", rows, before='<dimension ref="A1"/>'))
    assert found.columns["人数"] == (2, 3, 4)


@pytest.mark.parametrize(
    ("rows", "address"),
    [
        (f'<row r="2">{cell("A2", "甲")}{cell("A2", "乙")}{cell("A2", "丙")}</row>', "A2"),
        (f'<row r="2">{cell("B2", 1)}{cell("A2", "甲")}</row>', "A2"),
        (f'<row r="2">{cell("A2", "甲")}</row><row r="2">{cell("B2", 7)}</row>', "B2"),
        (f'<row r="3">{cell("A3", "甲")}</row><row r="2">{cell("A2", "乙")}</row>', "A2"),
        (f'<row r="2">{cell("A2", "甲")}{cell("B9", 7)}</row>', "B9"),
    ],
)
def test_a_cell_given_twice_is_refused_with_its_address(tmp_path, rows, address):
    [line] = problems_of(read(package(tmp_path / "a.xlsx", rows)))
    assert line == f"error {address}: the cell {address} is given twice or out of order, and programs disagree which value counts"


def test_a_formula_shows_its_stored_result_and_gives_none(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("表")
        sheet.write_row(0, 0, ["单位名称", "人数"])
        sheet.write(1, 0, "甲")
        sheet.write_formula(1, 1, "=1+1", None, 99)
        for row in range(2, 6):
            sheet.write_formula(row, 1, f'=IF(A{row + 1}="","",1)', None, "")
        sheet.write(6, 0, "乙")
        sheet.write_array_formula(6, 1, 6, 1, "{=SUM(A1:A2)}", None, 5)
        sheet.write_formula(7, 0, "=A2", None, "")
        sheet.write_number(7, 1, 4)
        sheet.write_formula(8, 0, "=A2", None, "丙")
        sheet.write_formula(8, 1, "=B2", None, 3)
    [found] = read(path)
    assert found.columns["单位名称"][:2] == ("甲", "乙")
    forged, array = found.columns["人数"][:2]
    assert say(forged.what, "en") == "the cell holds a formula; its stored result “99” is not used"
    assert (forged.shown, array.shown) == ("99", "5")
    assert [c.shown for c in found.columns["单位名称"][2:]] == ["", "丙"]
    assert problems_of([found]) == ["repair : rows in which only formulas stand, none with a result, are left out: 3–6"]


def test_an_error_value_and_a_number_beyond_fifteen_digits_are_unreadable(tmp_path):
    values = ['<c r="B2" t="e"><v>#N/A</v></c>', digits("B3", "123456789012345678"), digits("B4", "1e999"), '<c r="B5"/>']
    rows = "".join(f'<row r="{i}">{cell(f"A{i}", "甲")}{value}</row>' for i, value in enumerate(values, 2))
    [found] = read(package(tmp_path / "a.xlsx", rows))
    *unreadable, blank = found.columns["人数"]
    assert [c.shown for c in unreadable] == ["#N/A", "123456789012345678", "inf"]
    assert blank is None


def test_merged_cells_are_reported_and_what_they_hide_is_given_to_nobody(tmp_path):
    rows = "".join(f'<row r="{r}">{cell(f"A{r}", "甲乙丙丁"[r - 2])}{cell(f"B{r}", r)}</row>' for r in (2, 3, 4))
    merges = '<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="A9:B9"/><mergeCell ref="A1:B1"/><mergeCell ref="D2:E2"/></mergeCells>'
    [found] = read(package(tmp_path / "a.xlsx", rows, after=merges))
    assert found.columns["人数"][0] == 2
    assert found.columns["人数"][2] == 4
    assert say(found.columns["人数"][1].what, "en") == "a value is hidden under the merged cells B2:B3"
    assert problems_of([found]) == ["warning B2:B3: the cells B2:B3 are merged; only the first of them has a value"]


def test_a_merge_of_the_whole_sheet_costs_nothing(tmp_path, monkeypatch):
    rows = f'<row r="2">{cell("A2", "甲")}{cell("B2", 1)}</row>'
    path = package(tmp_path / "a.xlsx", rows, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert isinstance(read(path)[0].columns["人数"][0], Unreadable)
    monkeypatch.setattr(merges, "_MERGES", 1)
    assert problems_of(read(path)) == ["error : the workbook has too many merged cells"]


def test_a_cell_in_the_last_corner_costs_nothing(tmp_path):
    rows = f'<row r="2">{cell("A2", "甲")}{cell("B2", 1)}{cell("XFD2", 1)}</row><row r="1048576">{cell("XFD1048576", 1)}</row>'
    [found] = read(package(tmp_path / "a.xlsx", rows))
    assert found.columns["人数"] == (1,)
    assert problems_of([found]) == ["warning : these columns have values but no header, and are not read: XFD"]


def test_hidden_rows_and_columns_are_read_and_listed(tmp_path):
    rows = (
        f'<row r="2" hidden="1">{cell("A2", "甲")}{cell("B2", 1)}</row><row r="3" hidden="1"/><row r="4" ht="20">{cell("A4", "乙")}</row>'
    )
    [found] = read(package(tmp_path / "a.xlsx", rows, before='<cols><col min="2" max="3" hidden="1"/></cols>'))
    assert found.columns["单位名称"] == ("甲", "乙")
    assert problems_of([found]) == [
        "warning : hidden rows are read like the others: 2",
        "warning : hidden columns are read like the others: B",
        "repair : blank rows are left out: 3",
    ]


def test_every_visible_sheet_with_a_known_header_is_read_and_the_others_are_listed(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name, head in {"表": "单位名称", "说明": "怎样填", "旧": "单位名称", "二": "人数", "空": None}.items():
            sheet = made.add_worksheet(name)
            if head:
                sheet.write_column(0, 0, [head, "甲"])
            if name == "旧":
                sheet.hide()
    tables = read(path)
    assert [t.sheet for t in tables if len(t)] == ["表", "二"]
    assert problems_of(tables) == ["warning : hidden sheets are not read: 旧", "repair : sheets without a known header are not read: 说明"]


def test_a_workbook_without_a_known_header_is_a_problem(tmp_path):
    assert problems_of(read(book(tmp_path / "a.xlsx", [["甲", "乙"], [1, 2]]))) == [
        "error : no header row with a known column name was found"
    ]


def test_two_row_heads_give_section_and_title_where_the_title_is_not_enough(tmp_path):
    rows = [["单位名称", "组织", None, "服务"], [None, "人数", "满意度", "满意度"], ["甲", 1, 2, 3]]
    [found] = read(book(tmp_path / "a.xlsx", rows))
    assert list(found.columns) == ["单位名称", "人数", "组织/满意度", "服务/满意度"]


def test_a_workbook_names_its_rubric_in_a_property(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.set_custom_property("other", "x")
        made.set_custom_property(workbook.RUBRIC, "model-home")
        made.add_worksheet("表").write_column(0, 0, ["单位名称", "甲"])
    assert read(path)[0].rubric == "model-home"


def test_letters_follow_the_alphabet():
    assert [letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_many_rows_come_in_blocks_and_what_is_found_in_several_is_said_once(tmp_path, monkeypatch):
    rows = "".join(
        f'<row r="{r}">{cell(f"A{r}", f"甲{r}")}{cell(f"B{r}", r)}{cell(f"D{r}", 1) if r > 3 else ""}</row>' for r in range(2, 9) if r != 5
    )
    merges = '<mergeCells><mergeCell ref="B3:B4"/></mergeCells>'
    head = f'<row r="1">{cell("A1", "单位名称")}{cell("B1", "人数")}{cell("C1", " ")}{cell("E1", "日期")}</row>'
    path = package(tmp_path / "a.xlsx", parts={"xl/worksheets/sheet1.xml": sheet_xml(head + rows, after=merges)})
    [whole] = read(path)
    monkeypatch.setattr(sifting, "ROWS", 2)
    blocks = read(path)
    assert [list(b.row) for b in blocks] == [[2, 3], [4, 6], [7, 8]]
    for name, column in whole.columns.items():
        assert [c for b in blocks for c in b.columns[name]] == list(column)
    assert problems_of(blocks) == problems_of([whole])
    assert [len(b.problems) for b in blocks] == [3, 0, 0]
    assert all((b.letters, b.sheet, b.files) == (whole.letters, whole.sheet, whole.files) for b in blocks)


def test_a_fault_in_the_last_row_leaves_no_rows_of_the_workbook(tmp_path, monkeypatch):
    monkeypatch.setattr(sifting, "ROWS", 2)
    rows = "".join(f'<row r="{r}">{cell(f"A{r}", f"甲{r}")}</row>' for r in range(2, 9))
    [found] = read(package(tmp_path / "a.xlsx", rows + f'<row r="9">{cell("A9", "乙")}{cell("A9", "丙")}</row>'))
    assert len(found) == 0
    assert "A9 is given twice" in problems_of([found])[0]


def test_the_reader_names_its_ending():
    assert [r.suffixes for r in workbook.scorekit_readers()] == [(".xlsx",)]


# ---------------------------------------------------------------- packages that are not opened

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "the file is empty"),
        (OLE, "the file is an old workbook (.xls or .et) under another name"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "the workbook is protected by a password"),
        (b"<html><table/></html>", "the file is a web page and no workbook"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "the file is a web page and no workbook"),
        (b"unit,members\n", "the workbook is damaged or cut short"),
        (b"PK\x03\x04" + b"\0" * 100, "the workbook is damaged or cut short"),
    ],
)
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(tmp_path, data, what):
    (tmp_path / "a.xlsx").write_bytes(data)
    assert problems_of(read(tmp_path / "a.xlsx")) == [f"error : {what}"]


def test_a_workbook_cut_short_is_damaged(tmp_path):
    path = book(tmp_path / "a.xlsx", [["单位名称"], ["甲"]])
    whole = path.read_bytes()
    for size in (len(whole) // 2, len(whole) - 10):
        path.write_bytes(whole[:size])
        assert problems_of(read(path)) == ["error : the workbook is damaged or cut short"]


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"../evil.xml": "x"}, "the workbook holds a part with a forbidden name: ../evil.xml"),
        ({"/etc/passwd": "x"}, "the workbook holds a part with a forbidden name: /etc/passwd"),
        ({"C:\\evil": "x"}, "the workbook holds a part with a forbidden name: c:/evil"),
        ({"XL/WORKBOOK.xml": "<a/>"}, "the workbook holds two parts of one name: xl/workbook.xml"),
        ({f"x/{i}": "" for i in range(2000)}, "the workbook has more than 2000 parts"),
        ({"xl/vbaProject.bin": "x"}, "the workbook contains macros"),
        ({"xl/externalLinks/externalLink1.xml": "<a/>"}, "the workbook refers to other workbooks"),
        ({"big.bin": bytes(2**21)}, "a part of the workbook unpacks to more than 200 times its size"),
        ({"xl/styles.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "a part of the workbook declares a document type"),
        (
            {"xl/styles.xml": 2 * ("<!-- " + " ".join(map(str, range(120_000))) + "-->") + "<!DOCTYPE a><a/>"},
            "a part of the workbook declares a document type",
        ),
        ({"xl/styles.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, "a part of the workbook declares a document type"),
        ({"xl/styles.xml": b"\x4c\x6f\xa7\x94\x93"}, "a part of the workbook is written in an unusual encoding: xl/styles.xml"),
        (
            {"xl/styles.xml": '<?xml version="1.0" encoding="cp037"?><a/>'},
            "a part of the workbook is written in an unusual encoding: xl/styles.xml",
        ),
        (
            {"xl/workbook.xml": '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'},
            "the workbook is saved as “Strict Open XML”",
        ),
        ({"xl/workbook.xml": "<broken"}, "the workbook is damaged or cut short"),
        ({"xl/worksheets/sheet1.xml": "<broken"}, "the workbook is damaged or cut short"),
    ],
)
def test_a_hostile_package_is_not_opened(tmp_path, parts, what):
    assert problems_of(read(package(tmp_path / "a.xlsx", parts=parts))) == [f"error : {what}"]


def test_a_package_without_a_workbook_is_damaged(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(zipped({"a.xml": "<a/>"}))
    assert problems_of(read(tmp_path / "a.xlsx")) == ["error : the workbook is damaged or cut short"]


def test_two_sheets_of_one_name_are_refused(tmp_path):
    made = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    made += 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    made += '<sheet name="A" sheetId="1" r:id="rId1"/><sheet name="a" sheetId="2" r:id="rId2"/></sheets></workbook>'
    links = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    links += (
        "".join(f'<Relationship Id="rId{i}" Type="x/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in (1, 2)) + "</Relationships>"
    )
    more = {"xl/workbook.xml": made, "xl/_rels/workbook.xml.rels": links, "xl/worksheets/sheet2.xml": sheet_xml(HEAD)}
    assert problems_of(read(package(tmp_path / "a.xlsx", parts=more))) == ["error : two sheets of the workbook have the same name"]


def test_an_encrypted_part_is_a_password(tmp_path):
    path = package(tmp_path / "a.xlsx")
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 8 : at + 10] = struct.pack("<H", 1)
    path.write_bytes(bytes(data))
    assert problems_of(read(path)) == ["error : the workbook is protected by a password"]


TOO_MANY = ["error : the workbook has more than 2000000 used cells, or parts of that size"]


def test_sizes_and_cells_are_bounded(tmp_path, monkeypatch):
    rows = f'<row r="2">{cell("A2", "甲")}{cell("B2", 1)}</row>'
    path = package(tmp_path / "a.xlsx", rows)
    assert problems_of(read(path)) == []
    monkeypatch.setattr(sheet_room, "CELLS", 3)
    assert problems_of(read(path)) == TOO_MANY
    monkeypatch.setattr(package_room, "_TAGS", 5)
    assert problems_of(read(path)) == TOO_MANY
    monkeypatch.setattr(package_room, "LARGEST", 2**10)
    assert problems_of(read(path)) == ["error : the workbook unpacks to more than 0 MB"]


def test_a_row_beyond_the_last_is_refused(tmp_path):
    assert problems_of(read(package(tmp_path / "a.xlsx", '<row r="1048577"/>'))) == TOO_MANY


@pytest.mark.parametrize(
    ("part", "body"), [("xl/worksheets/sheet1.xml", "<row>{}</row>"), ("xl/sharedStrings.xml", "{}"), ("xl/styles.xml", "{}")]
)
def test_tags_that_would_be_held_at_once_are_bounded(tmp_path, part, body):
    filler = "".join(f"<a b='{i}'/>" for i in range(300_001))
    assert problems_of(read(package(tmp_path / "a.xlsx", parts={part: "<x>" + body.format(filler) + "</x>"}))) == TOO_MANY


def test_rows_and_texts_taken_one_by_one_may_be_many(tmp_path):
    strings = "<sst>" + "".join(f"<si><t>{i}</t></si>" for i in range(200_000)) + "</sst>"
    assert problems_of(read(package(tmp_path / "a.xlsx", parts={"xl/sharedStrings.xml": strings}))) == []


def test_a_refused_workbook_stops_no_other(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"")
    book(tmp_path / "b.xlsx", [["单位名称"], ["甲"]])
    tables = read(tmp_path / "b.xlsx", tmp_path / "a.xlsx")
    assert [len(t) for t in tables] == [0, 1]


def test_times_and_durations_come_as_text(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("表")
        sheet.write_row(0, 0, ["单位名称", "人数"])
        sheet.write_row(1, 0, ["甲"])
        sheet.write_number(1, 1, 0.5, made.add_format({"num_format": "hh:mm"}))
        sheet.write_row(2, 0, ["乙"])
        sheet.write_number(2, 1, 0.5, made.add_format({"num_format": "hh:mm:ss"}))
    assert read(path)[0].columns["人数"] == ("12:00", "12:00:00")
