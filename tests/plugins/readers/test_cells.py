"""A cell is what its XML says in one way only; anything else is nobody's value, or stops the sheet with its address."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet._reader import WorkSheetParser
from scorekit_plugins.readers.cells import SheetParser, Shown
from scorekit_plugins.readers.package import Refused

from scorekit.domain.intake import Unreadable
from scorekit.words import say
from tests.intake import sheet_xml

SHOWN = Shown(4, frozenset({1, 3}), frozenset({3}))
TEXTS = ["甲", "乙"]


def parsed(rows: str, *, results: bool = False, shown: Shown = SHOWN, **more: str) -> list[tuple[int, list[dict[str, Any]]]]:
    return list(SheetParser(io.BytesIO(sheet_xml(rows, **more).encode()), TEXTS, shown, results).parse())


def value(cell: str, **more: Any) -> Any:
    """The value of the one cell; what is wrong with it, in English, where it has none."""
    [(_, [found])] = parsed(f'<row r="1">{cell}</row>', **more)
    told = found["value"]
    return say(told.what, "en") if isinstance(told, Unreadable) else told


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ('<c r="A1"><v>12</v></c>', 12),
        ('<c r="A1"><v> 1.5e1 </v></c>', 15.0),
        ('<c r="A1" t="n"><v>-.5</v></c>', -0.5),
        ('<c r="A1" t="s"><v>1</v></c>', "乙"),
        ('<c r="A1" t="str"><v>丙_x000D_</v></c>', "丙\r"),
        ('<c r="A1" t="inlineStr"><is><t>丁</t></is></c>', "丁"),
        ('<c r="A1" t="inlineStr"><is><r><t>丁</t></r><r><t>戊</t></r><rPh><t>x</t></rPh></is></c>', "丁戊"),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="b"><v>false</v></c>', False),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1" t="d"><v>2026-07-30</v></c>', datetime.datetime.fromisoformat("2026-07-30")),
        ('<c r="A1" s="1"><v>46233</v></c>', datetime.datetime.fromisoformat("2026-07-30")),
        ('<c r="A1" s="1"><v>59</v></c>', datetime.datetime.fromisoformat("1900-02-28")),
        ('<c r="A1" s="1"><v>61</v></c>', datetime.datetime.fromisoformat("1900-03-01")),
        ('<c r="A1" s="3"><v>1.5</v></c>', datetime.timedelta(days=1.5)),
        ('<c r="A1"><f>1+1</f><v>99</v></c>', "=1+1"),
        ('<c r="A1"/>', None),
        ('<c r="A1" t="s"><v/></c>', None),
        ('<c r="A1"><v>5</v><extLst><x/></extLst></c>', 5),
    ],
)
def test_a_cell_is_what_it_says(cell: str, meant: Any) -> None:
    assert value(cell) == meant


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ('<c r="A1"><v>NaN</v></c>', "“NaN” is no number"),
        ('<c r="A1"><v>INF</v></c>', "“INF” is no number"),
        ('<c r="A1"><v>1_0</v></c>', "“1_0” is no number"),
        ('<c r="A1"><v>９</v></c>', "“９” is no number"),
        ('<c r="A1"><v>1,5</v></c>', "“1,5” is no number"),
        ('<c r="A1" t="s"><v>2</v></c>', "the workbook has no text of the number “2”"),
        ('<c r="A1" t="s"><v>-1</v></c>', "the workbook has no text of the number “-1”"),
        ('<c r="A1" t="b"><v>2</v></c>', "“2” is neither true nor false"),
        ('<c r="A1" t="d"><v>2026-02-31</v></c>', "“2026-02-31” is no date"),
        ('<c r="A1" t="zz"><v>1</v></c>', "the cell is of a kind that does not fit its value: zz"),
        ('<c r="A1"><is><t>1</t></is></c>', "the cell is of a kind that does not fit its value: n"),
        ('<c r="A1"><v>1</v><v>2</v></c>', "the cell holds several values, and programs disagree which counts"),
        ('<c r="A1"><v>1<b/>2</v></c>', "the cell holds several values, and programs disagree which counts"),
        ('<c r="A1"><v>1</v><is><t>2</t></is></c>', "the cell holds several values, and programs disagree which counts"),
        ('<c r="A1" t="inlineStr"><v>1</v></c>', "the cell holds several values, and programs disagree which counts"),
        (
            '<c r="A1" t="inlineStr"><is><t>1</t><t>2</t></is></c>',
            "the text is written in several pieces that programs put together differently",
        ),
        ('<c r="A1" s="4"><v>1</v></c>', "the cell has a format that the workbook does not hold"),
        ('<c r="A1" s="-1"><v>1</v></c>', "the cell has a format that the workbook does not hold"),
        ('<c r="A1" s="1"><v>60</v></c>', "“60” is the number of no day"),
        ('<c r="A1" s="1"><v>-1</v></c>', "“-1” is the number of no day"),
        ('<c r="A1" s="1"><v>1e300</v></c>', "“1e300” is the number of no day"),
    ],
)
def test_what_cannot_be_told_is_nobodys_value(cell: str, why: str) -> None:
    assert value(cell) == why


def test_the_29th_of_february_1900_is_a_day_like_others_where_days_are_counted_from_1904() -> None:
    assert value(
        '<c r="A1" s="1"><v>60</v></c>', shown=Shown(2, frozenset({1}), epoch=CALENDAR_MAC_1904)
    ) == datetime.datetime.fromisoformat("1904-03-01")


def test_without_styles_any_style_will_do() -> None:
    assert value('<c r="A1" s="7"><v>5</v></c>', shown=Shown()) == 5


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ('<row r="0"/>', "a row of a sheet has the number “0”"),
        ('<row r="-1"/>', "a row of a sheet has the number “-1”"),
        ('<row r="2.0"/>', "a row of a sheet has the number “2.0”"),
        ('<row r="２"/>', "a row of a sheet has the number “２”"),
        ('<row r="1"><x/></row>', "row 1 of a sheet holds something that is no cell"),
        ('<row r="1"><row r="2"/></row>', "row 1 of a sheet holds something that is no cell"),
        ('<row r="1"><c r="a1"/></row>', "a cell of a sheet has the address “a1”, where there is none"),
        ('<row r="1"><c r="$A$1"/></row>', "a cell of a sheet has the address “$A$1”, where there is none"),
        ('<row r="1"><c r="XFE1"/></row>', "a cell of a sheet has the address “XFE1”, where there is none"),
        ('<row r="1"><c r="A01"/></row>', "a cell of a sheet has the address “A01”, where there is none"),
        ('<row r="1"><c r=""/></row>', "a cell of a sheet has the address “”, where there is none"),
        ('<row r="1048577"/>', "the workbook has more than 2000000 used cells, or parts of that size"),
        ("<c/>", "the workbook is damaged or cut short"),
    ],
)
def test_a_place_that_is_none_stops_the_sheet(rows: str, what: str) -> None:
    with pytest.raises(Refused) as refused:
        parsed(rows)
    assert say(refused.value.what, "en") == what


@pytest.mark.parametrize("area", ["H:H", "A1:B", "XFE1:XFF2", "", "x", "A0:B1"])
def test_a_merge_of_no_cells_stops_the_sheet(area: str) -> None:
    with pytest.raises(Refused, match="merged cells"):
        parsed("", after=f'<mergeCells><mergeCell ref="{area}"/></mergeCells>')


def test_merges_hidden_rows_and_columns_are_known_at_the_end() -> None:
    rows = '<row r="3" hidden="1"><c r="C3"><v>1</v></c></row><row r="4"/>'
    xml = sheet_xml(
        rows,
        before='<cols><col min="2" max="3" hidden="1"/><col min="9"/></cols>',
        after='<mergeCells><mergeCell ref="B5:A3"/></mergeCells>',
    )
    found = SheetParser(io.BytesIO(xml.encode()), (), Shown())
    assert [n for n, _ in found.parse()] == [3, 4]
    [merge] = found.merged_cells.mergeCell
    assert (merge.coord, merge.min_row, merge.max_row, merge.min_col, merge.max_col) == ("B5:A3", 3, 5, 1, 2)
    assert [a["min"] for a in found.column_dimensions.values()] == ["2"]
    assert list(found.row_dimensions) == ["3"]


def test_results_are_as_they_were_stored() -> None:
    assert value('<c r="A1"><f>1+1</f><v>NaN</v></c>', results=True) == "NaN"
    assert value('<c r="A1"><f>1+1</f></c>', results=True) is None


def test_two_sheets_in_one_part_and_other_roots_are_damaged() -> None:
    for xml in (
        sheet_xml("", after="<sheetData/>"),
        sheet_xml("").replace("worksheet", "workbook"),
        sheet_xml("").replace("sheetData", "x"),
    ):
        with pytest.raises(Refused, match="damaged"):
            list(SheetParser(io.BytesIO(xml.encode()), (), Shown()).parse())


numbers = st.one_of(
    st.integers(-(10**15), 10**15).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=Decimal("-1e12"), max_value=Decimal("1e12")).map(lambda d: f"{d:f}"[:40]),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
)
cells = st.one_of(
    st.builds(lambda n, s: f'<c{{}} s="{s}"><v>{n}</v></c>', numbers, st.sampled_from([0, 2])),
    st.builds(lambda i: f'<c{{}} t="s"><v>{i}</v></c>', st.integers(0, 1)),
    st.builds(lambda t: f'<c{{}} t="inlineStr"><is><t>{t}</t></is></c>', st.text("甲乙 a1", max_size=4)),
    st.builds(lambda b: f'<c{{}} t="b"><v>{b}</v></c>', st.integers(0, 1)),
    st.builds(lambda d: f'<c{{}} s="1"><v>{d}</v></c>', st.integers(61, 2958465)),
    st.just("<c{}/>"),
)


@given(st.lists(st.lists(cells, max_size=5), max_size=5), st.booleans())
def test_what_others_would_not_doubt_is_what_openpyxl_reads(rows: list[list[str]], placed: bool) -> None:
    xml = ""
    for r, row in enumerate(rows, 1):
        made = "".join(cell.format(f' r="{chr(65 + c)}{r}"' if placed else "") for c, cell in enumerate(row))
        xml += f'<row r="{r}">{made}</row>' if placed else f"<row>{made}</row>"
    theirs = WorkSheetParser(io.BytesIO(sheet_xml(xml).encode()), TEXTS, date_formats={1, 3}, timedelta_formats={3})
    ours = [(n, [(c["row"], c["column"], c["value"]) for c in row]) for n, row in parsed(xml)]
    assert ours == [(n, [(c["row"], c["column"], c["value"]) for c in row]) for n, row in theirs.parse()]


def test_a_time_that_is_shown_without_seconds_is_what_is_shown() -> None:
    shown = Shown(3, frozenset({1, 2}), clocks=frozenset({1}))
    entered = (3 * 60 + 5) / 1440
    assert value(f'<c r="A1" s="1"><v>{entered!r}</v></c>', shown=shown) == "3:05"
    assert value(f'<c r="A1" s="2"><v>{entered!r}</v></c>', shown=shown) == datetime.time(3, 5)
    assert value(f'<c r="A1" s="1"><v>{185.2 / 86400!r}</v></c>', shown=shown) == datetime.time(0, 3, 5, 200000)
