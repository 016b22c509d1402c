"""A workbook is opened by where its parts lead; what leads nowhere, or to two places, is refused by the sheet's name."""

from __future__ import annotations

import pytest
from scorekit_plugins.readers.opening import opened
from scorekit_plugins.readers.package import Refused

from scorekit.words import say
from tests.hostile.making import MAIN, RELATIONS, SHEET, STYLES, TYPES, WORKBOOK, packed, parts, shared, sheet, styled

TWO = parts(("一", sheet()), ("二", sheet()))


def refused(tmp_path, content) -> str:
    (tmp_path / "a.xlsx").write_bytes(packed(content))
    with pytest.raises(Refused) as found:
        opened(tmp_path / "a.xlsx")
    return say(found.value.what, "en")


def book(tmp_path, content):
    (tmp_path / "a.xlsx").write_bytes(packed(content))
    return opened(tmp_path / "a.xlsx")


def changed(part: str, old: str, new: str) -> dict:
    assert old in str(TWO[part])
    return {**TWO, part: str(TWO[part]).replace(old, new)}


def test_sheets_come_in_their_order_with_what_they_are(tmp_path):
    hidden = changed(WORKBOOK, 'name="二"', 'name="二" state="veryHidden"')
    found = book(tmp_path, hidden)
    assert [(s.title, s.sheet_state, s.part) for s in found.worksheets] == [
        ("一", "visible", SHEET),
        ("二", "veryHidden", "xl/worksheets/sheet2.xml"),
    ]
    assert found.worksheets[0]._get_source().read().startswith(b"<?xml")
    found.close()


@pytest.mark.parametrize(
    ("part", "old", "new", "what"),
    [
        (RELATIONS, "worksheets/sheet2.xml", "worksheets/sheet9.xml", "the sheet “二” leads to no part of the workbook"),
        (
            RELATIONS,
            'Target="worksheets/sheet2.xml"',
            'Target="http://x/" TargetMode="External"',
            "the sheet “二” leads to no part of the workbook",
        ),
        (RELATIONS, "worksheets/sheet2.xml", "../../etc/passwd", "the sheet “二” leads to no part of the workbook"),
        (RELATIONS, "sheet2.xml", "sheet1.xml", "the sheet “二” is another one once more"),
        (RELATIONS, 'Id="rId2"', 'Id="rId1"', "the workbook uses the name “rId1” for two of its parts"),
        (RELATIONS, "relationships/worksheet", "relationships/xlMacrosheet", "the workbook contains macros"),
        (RELATIONS, "<Relationship Id", "<Relation Id", "the workbook is damaged or cut short"),
        (RELATIONS, "relationships/worksheet", "relationships/x", "the workbook is damaged or cut short"),
        (WORKBOOK, ' r:id="rId2"', "", "the sheet “二” leads to no part of the workbook"),
        (WORKBOOK, 'name="二" ', "", "the workbook is damaged or cut short"),
        (WORKBOOK, 'name="二"', 'name="二" state="x"', "the workbook is damaged or cut short"),
        (WORKBOOK, "</sheets>", f"</sheets><definedName>{'a' * 8193}</definedName>", "the workbook is damaged or cut short"),
        (WORKBOOK, "workbook", "x", "the workbook is damaged or cut short"),
        ("_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "the workbook is damaged or cut short"),
    ],
)
def test_a_sheet_that_leads_astray_is_named(tmp_path, part, old, new, what):
    assert refused(tmp_path, changed(part, old, new)) == what


@pytest.mark.parametrize("part", [TYPES, RELATIONS, "_rels/.rels"])
def test_without_what_holds_it_together_a_workbook_is_damaged(tmp_path, part):
    assert refused(tmp_path, {k: v for k, v in TWO.items() if k != part}) == "the workbook is damaged or cut short"


def test_paths_are_taken_as_other_programs_write_them(tmp_path):
    for written in ("/xl/worksheets/sheet2.xml", "worksheets\\sheet2.xml", "./worksheets/../worksheets/Sheet2.XML"):
        assert len(book(tmp_path, changed(RELATIONS, "worksheets/sheet2.xml", written)).worksheets) == 2


def test_charts_and_dialogs_are_no_sheets_of_cells(tmp_path):
    link = str(TWO[RELATIONS]).replace("relationships/worksheet", "relationships/chartsheet", 1)
    found = book(tmp_path, {**TWO, RELATIONS: link})
    assert ([s.title for s in found.worksheets], found.others) == (["二"], ["一"])


def test_formats_say_which_numbers_are_dates_and_percentages(tmp_path):
    codes = ["0.0%", '0"%"', r"0\%", "0_%", "0;0%", "0%;0", "yyyy-mm-dd", "[h]:mm", "[Red]0%", '"月"0', "@"]
    found = book(tmp_path, styled(codes, {}))
    assert {codes[i - 1] for i in found.percents} == {"0.0%", "0%;0", "[Red]0%"}
    assert {codes[i - 1] for i in found.shown.dates} == {"yyyy-mm-dd", "[h]:mm"}
    assert {codes[i - 1] for i in found.shown.durations} == {"[h]:mm"}
    assert found.shown.styles == len(codes) + 1


def test_formats_of_chinese_programs_are_dates(tmp_path):
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="31"/><xf numFmtId="58"/><xf numFmtId="10"/></cellXfs></styleSheet>'
    found = book(tmp_path, {**TWO, STYLES: styles})
    assert (found.shown.dates, found.percents) == (frozenset({1, 2}), frozenset({3}))


def test_texts_and_formats_are_found_by_either_way_and_not_by_two(tmp_path):
    content = shared(["<t>甲</t>"], {})
    assert book(tmp_path, content).texts == ["甲"]
    link = '<Relationship Id="x" Type="x/sharedStrings" Target="{}"/></Relationships>'
    two = {**content, RELATIONS: str(content[RELATIONS]).replace("</Relationships>", link.format("other.xml")), "xl/other.xml": "<sst/>"}
    assert refused(tmp_path, two) == "the workbook is damaged or cut short"
    same = {**content, RELATIONS: str(content[RELATIONS]).replace("</Relationships>", link.format("sharedStrings.xml"))}
    assert book(tmp_path, same).texts == ["甲"]


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path):
    early, late = (
        book(tmp_path, changed(WORKBOOK, "<sheets>", f'<workbookPr date1904="{t}"/><sheets>')).shown.epoch.year for t in ("0", "true")
    )
    assert (early, late) == (1899, 1904)


def test_a_broken_part_leaves_the_file_closed(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(packed({**TWO, WORKBOOK: "<broken"}))
    with pytest.raises(SyntaxError):
        opened(tmp_path / "a.xlsx")
