"""Sheets whose cells, rows and merges cannot be taken as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.hostile.cases import Case
from tests.hostile.making import HEADER, ROW, SHEET, book, cell, packed, parts, row_xml, shared, sheet, sheet_xml, styled

SECOND = ["齐心纺织公司工会", "企业", 60, 57, "2020-03-01", False, 5, 90]


def _own(name: str, address: str, xml: str) -> Case:
    return Case(name, lambda: book({address: xml}))


def _rows(name: str, rows: str) -> Case:
    return Case(name, lambda: packed({**parts(), SHEET: sheet_xml(rows)}))


def cases() -> Iterator[Case]:
    """All of them."""
    yield from places()
    yield from rows()
    yield from merges()
    yield from formulas()
    yield from numbers()
    yield from texts()
    yield from formats()


def places() -> Iterator[Case]:
    """Cells given twice, out of order, or nowhere."""
    yield _own("cell-twice", "H2", '<c r="H2"><v>95</v></c><c r="H2"><v>59</v></c>')
    yield _own("cell-three-times", "H2", '<c r="H2"><v>77</v></c><c r="H2"><v>99</v></c><c r="H2"><v>88</v></c>')
    yield _own("cell-twice-once-empty", "H2", '<c r="H2"><v>95</v></c><c r="H2"/>')
    yield _own("cell-out-of-order", "H2", '<c r="H2"><v>95</v></c><c r="B2" t="inlineStr"><is><t>机关</t></is></c>')
    yield _own("cell-of-another-row", "H2", '<c r="H9"><v>95</v></c>')
    yield _own("cell-without-address", "H2", "<c><v>95</v></c>")
    yield _own("cell-without-address-before-one-with", "A2", '<c t="inlineStr"><is><t>新华印刷厂工会</t></is></c>')
    yield _own("cell-address-in-lower-case", "H2", '<c r="h2"><v>95</v></c>')
    yield _own("cell-address-with-dollars", "H2", '<c r="$H$2"><v>95</v></c>')
    yield _own("cell-address-wrong", "H2", '<c r="H-2"><v>95</v></c>')
    yield _own("cell-address-empty", "H2", '<c r=""><v>95</v></c>')
    yield _own("cell-address-range", "H2", '<c r="H2:I2"><v>95</v></c>')
    yield _own("cell-address-with-line-end", "H2", '<c r="H2&#10;"><v>95</v></c>')
    yield _own("cell-column-beyond-the-last", "H2", '<c r="XFE2"><v>95</v></c>')
    yield _own("cell-column-of-many-letters", "H2", f'<c r="{"Z" * 300}2"><v>95</v></c>')
    yield _own("cell-row-zero", "H2", '<c r="H0"><v>95</v></c>')
    yield _own("cell-two-values", "H2", '<c r="H2"><v>95</v><v>59</v></c>')
    yield _own("cell-value-and-text", "H2", '<c r="H2" t="inlineStr"><v>59</v><is><t>95</t></is></c>')
    yield _own("cell-two-texts", "A2", '<c r="A2" t="inlineStr"><is><t>新华印刷厂工会</t></is><is><t>别的工会</t></is></c>')
    yield _own("cell-number-with-text-inside", "H2", '<c r="H2"><v>95</v><is><t>59</t></is></c>')
    yield _own("cell-type-unknown", "H2", '<c r="H2" t="zz"><v>95</v></c>')
    yield _own("cell-style-out-of-range", "H2", '<c r="H2" s="9999"><v>95</v></c>')
    yield _own("cell-style-negative", "H2", '<c r="H2" s="-1"><v>95</v></c>')
    yield _own("cell-style-no-number", "H2", '<c r="H2" s="x"><v>95</v></c>')
    far = row_xml(1, HEADER) + row_xml(2, ROW) + f'<row r="1048576">{cell("XFD1048576", 1)}</row>'
    yield _rows("sheet-first-and-last-cell", far)
    yield Case("sheet-dimension-of-one-cell", lambda: book(before='<dimension ref="A1"/>'))
    yield Case("sheet-dimension-of-everything", lambda: book(before='<dimension ref="A1:XFD1048576"/>'))
    yield Case("sheet-dimension-wrong", lambda: book(before='<dimension ref="nowhere"/>'))
    yield Case("sheet-data-twice", lambda: packed({**parts(), SHEET: _twice()}))
    yield _rows("sheet-without-rows", "")
    yield _rows("cell-outside-rows", row_xml(1, HEADER) + "".join(cell(f"{c}2", 1) for c in "ABC"))
    yield _rows("row-inside-a-row", row_xml(1, HEADER) + f'<row r="2">{row_xml(3, ROW)}</row>')


def _twice() -> str:
    more = f"<sheetData>{row_xml(3, SECOND)}</sheetData>"
    return sheet(after=more)


def rows() -> Iterator[Case]:
    """Numbers of rows."""
    head = row_xml(1, HEADER)
    bare = row_xml(2, ROW)
    yield _rows("row-without-numbers", (head + bare).replace('<row r="1">', "<row>").replace('<row r="2">', "<row>"))
    yield _rows("row-without-numbers-or-addresses", _no_addresses(head + bare))
    yield _rows("row-decreasing", head + row_xml(5, ROW) + row_xml(3, SECOND))
    yield _rows("row-twice", head + bare + row_xml(2, SECOND))
    yield _rows("row-zero", head + bare.replace('r="2"', 'r="0"', 1))
    yield _rows("row-negative", head + bare.replace('r="2"', 'r="-2"', 1))
    yield _rows("row-beyond-the-last", head + bare + row_xml(1048577, SECOND))
    yield _rows("row-number-huge", head + bare + row_xml(10**30, SECOND))
    yield _rows("row-number-no-number", head + bare.replace('r="2"', 'r="two"', 1))
    yield _rows("row-number-with-point", head + bare.replace('r="2"', 'r="2.0"', 1))
    yield _rows("row-number-in-full-width", head + bare.replace('r="2"', 'r="２"', 1))
    yield _rows("row-number-with-underscore", head + row_xml(22, ROW).replace('r="22"', 'r="2_2"', 1))
    yield _rows("row-empty-between", head + '<row r="2"/><row r="3"/>' + row_xml(4, ROW))
    yield _rows("row-empty-twice", head + '<row r="2"/><row r="2"/>' + row_xml(3, ROW))
    yield _rows("row-hidden", head + bare.replace('<row r="2"', '<row r="2" hidden="1"'))
    yield _rows("row-of-height-zero", head + bare.replace('<row r="2"', '<row r="2" ht="0" customHeight="1"'))
    yield Case("column-hidden", lambda: book(before='<cols><col min="8" max="8" hidden="true"/></cols>'))
    yield Case("column-hidden-badly", lambda: book(before='<cols><col min="x" max="8" hidden="1"/></cols>'))
    yield Case("column-hidden-without-bounds", lambda: book(before='<cols><col hidden="1"/></cols>'))
    yield Case("column-hidden-all", lambda: book(before='<cols><col min="1" max="16384" hidden="1"/></cols>'))
    yield Case("column-hidden-to-beyond", lambda: book(before='<cols><col min="1" max="99999999999" hidden="1"/></cols>'))


def _no_addresses(rows_xml: str) -> str:
    import re

    return re.sub(r' r="[A-Z]*[0-9]+"', "", rows_xml)


def merges() -> Iterator[Case]:
    """Merged cells and what lies under them."""
    three = row_xml(3, SECOND)
    for word, areas in {
        "hides-a-value": ["H2:H3"],
        "of-the-whole-sheet": ["A1:XFD1048576"],
        "overlapping": ["G2:H3", "H3:H4"],
        "of-one-cell": ["H2"],
        "reversed": ["H3:H2"],
        "of-a-column": ["H:H"],
        "wrong": ["nonsense"],
        "empty": [""],
        "beyond-the-last": ["XFE1:XFF2"],
        "of-the-head": ["A1:B1"],
        "twice": ["H2:H3", "H2:H3"],
        "ten-thousand": [f"A{r}:B{r}" for r in range(2, 10_002)],
    }.items():
        xml = "<mergeCells>" + "".join(f'<mergeCell ref="{a}"/>' for a in areas) + "</mergeCells>"
        yield Case(f"merge-{word}", lambda xml=xml: book(after=xml, rows=three))
    yield Case("merge-without-area", lambda: book(after="<mergeCells><mergeCell/></mergeCells>"))
    everything = '<mergeCell ref="A1:XFD1048576"/>' * 50_000
    yield Case("merge-fifty-thousand-whole-sheets", lambda: book(after=f"<mergeCells>{everything}</mergeCells>"))


def formulas() -> Iterator[Case]:
    """A formula gives no value, whatever was stored with it."""
    for word, xml in {
        "with-forged-result": "<f>1+1</f><v>100</v>",
        "without-result": "<f>1+1</f>",
        "empty": "<f/><v>100</v>",
        "behind-its-result": "<v>100</v><f>1+1</f>",
        "array": '<f t="array" ref="H2:H3">SUM(A1:A9)</f><v>100</v>',
        "array-huge": '<f t="array" ref="A1:XFD1048576">1</f><v>100</v>',
        "shared": '<f t="shared" ref="H2:H3" si="0">G2*19</f><v>100</v>',
        "shared-without-its-first": '<f t="shared" si="7"/><v>100</v>',
        "data-table": '<f t="dataTable" ref="H2:H3" dt2D="1" dtr="1" r1="A1" r2="B1"/><v>100</v>',
        "data-table-with-odd-key": '<f t="dataTable" evil="1"/><v>100</v>',
        "with-command": "<f>cmd|' /C calc'!A0</f><v>100</v>",
        "with-link": '<f>HYPERLINK("http://127.0.0.1:9/","x")</f><v>100</v>',
        "with-web-service": '<f>WEBSERVICE("http://127.0.0.1:9/")</f><v>100</v>',
        "of-another-workbook": "<f>[1]Sheet1!A1</f><v>100</v>",
        "long": f"<f>{'1+' * 50_000}1</f><v>100</v>",
        "with-result-that-is-no-number": "<f>1+1</f><v>NaN</v>",
    }.items():
        yield _own(f"formula-{word}", "H2", f'<c r="H2">{xml}</c>')
    yield _own("formula-of-a-name", "A2", '<c r="A2" t="str"><f>"新华"&amp;"印刷厂工会"</f><v>新华印刷厂工会</v></c>')
    yield _own("formula-result-is-a-string-index", "H2", '<c r="H2" t="s"><f>A1</f><v>0</v></c>')
    yield _own("formula-written-as-text", "A2", cell("A2", "=cmd|' /C calc'!A0"))
    yield _own("formula-in-the-head", "H1", '<c r="H1" t="str"><f>"满意率"</f><v>满意率</v></c>')
    for word in ("#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "evil"):
        yield _own(f"error-{word.strip('#!?').replace('/', '-').lower()}", "H2", f'<c r="H2" t="e"><v>{word}</v></c>')


def numbers() -> Iterator[Case]:
    """What stands where a number should."""
    for word, digits in {
        "nan": "NaN",
        "inf": "INF",
        "minus-inf": "-INF",
        "infinity": "Infinity",
        "ind": "-1.#IND",
        "huge": "1e999",
        "tiny": "1e-999",
        "of-400-digits": "9" * 400,
        "of-5000-digits": "9" * 5000,
        "of-400-decimals": "0." + "9" * 400,
        "eighteen-digits": "411102199003070012",
        "hexadecimal": "0x5F",
        "underscore": "9_5",
        "full-width": "９５",
        "arabic": "٩٥",
        "comma": "9,5",
        "two-points": "9.5.0",
        "plus": "+95",
        "spaces": "  95 ",
        "no-break-space": "95\u00a0",
        "point-first": ".95",
        "point-last": "95.",
        "leading-zeros": "0095",
        "minus-zero": "-0",
        "percent": "95%",
        "text": "九十五",
        "empty": "",
        "binary-neighbour": "92.499999999999986",
        "exponent-huge": "1E400000000",
    }.items():
        yield _own(f"number-{word}", "H2", f'<c r="H2"><v>{digits}</v></c>')
    yield from _typed("truth", "b", {"1": "1", "2": "2", "true": "true", "minus-one": "-1", "empty": "", "text": "是"}, "F2")
    yield from _typed("date", "d", {"iso": "2020-03-01", "with-time": "2020-03-01T10:00:00Z", "wrong": "2020-02-31", "text": "去年"}, "E2")


def _typed(word: str, kind: str, values: Mapping[str, str], address: str) -> Iterator[Case]:
    for name, value in values.items():
        yield _own(f"{word}-{name}", address, f'<c r="{address}" t="{kind}"><v>{value}</v></c>')


def texts() -> Iterator[Case]:
    """Shared strings, runs, pronunciation, characters that no one sees."""
    named = {"A2": '<c r="A2" t="s"><v>%s</v></c>'}
    for word, index in {
        "out-of-range": "7",
        "negative": "-1",
        "huge": "9" * 30,
        "no-number": "x",
        "fraction": "0.0",
        "underscore": "0_0",
    }.items():
        own = {"A2": named["A2"] % index}
        yield Case(f"string-index-{word}", lambda own=own: packed(shared(["<t>新华印刷厂工会</t>", "<t>别的工会</t>"], own)))
    yield Case("string-index-without-strings", lambda: book({"A2": named["A2"] % 0}))
    zero = {"A2": named["A2"] % 0}
    for word, xml in {
        "in-runs": "<r><t>新华</t></r><r><rPr><b/></rPr><t>印刷厂工会</t></r>",
        "with-pronunciation": '<t>新华印刷厂工会</t><rPh sb="0" eb="2"><t>シンカ</t></rPh><phoneticPr fontId="1"/>',
        "in-runs-with-pronunciation": '<r><t>新华</t></r><r><t>印刷厂工会</t></r><rPh sb="0" eb="2"><t>シンカ</t></rPh>',
        "plain-and-runs": "<t>新华印刷厂工会</t><r><t>别的</t></r>",
        "two-plain": "<t>新华</t><t>印刷厂工会</t>",
        "empty": "<t/>",
        "nothing": "",
        "escaped": "<t>新华_x0041_印刷厂工会</t>",
        "escaped-control": "<t>新华_x0001_印刷厂工会</t>",
        "escape-escaped": "<t>新华_x005F_x0041_印刷厂工会</t>",
        "of-40000-characters": f"<t>{'新' * 40_000}</t>",
        "nested": "<t>新华<b>印刷厂</b>工会</t>",
        "inside-a-string": "<t>新华印刷厂工会</t><si><t>别的工会</t></si>",
        "around-a-string": "<si><t>新华印刷厂工会</t></si>",
    }.items():
        yield Case(f"string-{word}", lambda xml=xml: packed(shared([xml], zero)))
    for word, text in {
        "lines": "新华印刷厂&#10;工会",
        "tabs": "新华印刷厂&#9;工会",
        "returns": "新华印刷厂&#13;工会",
        "zero-width": "新华\u200b印刷厂工会",
        "right-to-left": "新华\u202e会工厂",
        "byte-order-mark": "\ufeff新华印刷厂工会",
        "private-use": "新华\ue000印刷厂工会",
        "non-character": "新华\uffff印刷厂工会",
        "combining": "新华" + "\u0301" * 1000,
        "emoji": "新华👩\u200d🔧工会",
        "only-spaces": "   ",
        "terminal-colour": "新华&#x9b;31m工会",
    }.items():
        yield _own(f"text-{word}", "A2", f'<c r="A2" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')
    yield _own("text-inline-in-runs", "A2", '<c r="A2" t="inlineStr"><is><r><t>新华</t></r><r><t>印刷厂工会</t></r></is></c>')
    yield _own(
        "text-inline-with-pronunciation",
        "A2",
        '<c r="A2" t="inlineStr"><is><t>新华印刷厂工会</t><rPh sb="0" eb="1"><t>シン</t></rPh></is></c>',
    )
    yield _own("text-inline-without-text", "A2", '<c r="A2" t="inlineStr"/>')


def formats() -> Iterator[Case]:
    """Number formats that show another number than the one that is there."""
    for word, (code, value) in {
        "percent": ("0.00%", "0.95"),
        "percent-in-quotes": ('0"%"', "95"),
        "percent-behind-backslash": (r"0\%", "95"),
        "percent-behind-underscore": ("0_%", "95"),
        "percent-only-for-negatives": ("0;0%", "95"),
        "percent-only-for-positives": ("0%;0", "0.95"),
        "percent-twice": ("0%%", "0.95"),
        "thousands": ("0,", "95000"),
        "hides-all": (";;;", "95"),
        "text": ("@", "95"),
        "other-number": ('"100"', "59"),
        "long": ("0" * 5000, "95"),
        "broken": ('"', "95"),
    }.items():
        yield Case(f"format-{word}", lambda code=code, value=value: packed(styled([code], {"H2": f'<c r="H2" s="1"><v>{value}</v></c>'})))
    for word, serial in {
        "day-1": "1", "day-0": "0", "day-59": "59", "day-60": "60", "day-61": "61", "negative": "-5", "last": "2958465",
        "beyond": "2958466", "huge": "1e300", "nan": "NaN", "with-time": "43891.5", "almost-midnight": "43890.9999999999",
    }.items():  # fmt: skip
        yield Case(
            f"date-serial-{word}", lambda serial=serial: packed(styled(["yyyy-mm-dd"], {"E2": f'<c r="E2" s="1"><v>{serial}</v></c>'}))
        )
    yield Case("date-serial-1904", lambda: _epoch("42429", "1"))
    yield Case("date-serial-1904-first", lambda: _epoch("0", "true"))
    yield Case("date-format-in-a-number", lambda: packed(styled(["yyyy-mm-dd"], {"H2": '<c r="H2" s="1"><v>95</v></c>'})))
    yield Case("date-format-in-quotes", lambda: packed(styled(['0"月"', '0"d"'], {"H2": '<c r="H2" s="2"><v>95</v></c>'})))
    yield Case("duration", lambda: packed(styled(["[h]:mm"], {"H2": '<c r="H2" s="1"><v>95</v></c>'})))


def _epoch(serial: str, truth: str) -> bytes:
    from tests.hostile.making import WORKBOOK

    content = styled(["yyyy-mm-dd"], {"E2": f'<c r="E2" s="1"><v>{serial}</v></c>'})
    content[WORKBOOK] = str(content[WORKBOOK]).replace("<sheets>", f'<workbookPr date1904="{truth}"/><sheets>')
    return packed(content)
