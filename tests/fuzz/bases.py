"""Good inputs that are to be mutated: workbooks of several writers, tables, objects, rubrics, notices."""

from __future__ import annotations

import datetime
import functools
import io
import json
from pathlib import Path
from random import Random

from tests.hostile.making import HEADER, ROW, cell, packed, parts, row_xml, shared, sheet, sheet_xml, styled

ROOT = Path(__file__).parents[2]
RUBRIC = ROOT / "samples" / "invalid" / "rubric.json"
UNITS = [
    ["新华印刷厂工会", "企业", 80, 76, "2020-03-01", False, 5, 95],
    ["齐心纺织公司工会", "企业", 60, 57, "2020-03-01", False, 5, 90],
    ["市教育局工会", "机关", 1200, 1199, "2001-05-01", True, 0, 66.67],
]
NOTICE = {
    "rubric": "example",
    "period": {"start": "2026-01-01", "end": "2026-12-31"},
    "categories": {"企业": {"seats": 1, "tie": "expand"}, "机关": {"seats": 1}},
    "assess_only": {"units": ["市教育局工会"]},
    "wording": {"result": "考核结果"},
}


def _record(unit: list[object]) -> dict[str, object]:
    return {
        "unit": unit[0],
        "category": unit[1],
        "employees": unit[2],
        "members": unit[3],
        "founded": unit[4],
        "accident": unit[5],
        "work": {"activities": unit[6], "satisfaction": unit[7]},
        "honours": [{"level": "省级"}],
    }


@functools.cache
def _books() -> list[bytes]:
    text = {f"{c}2": f'<c r="{c}2" t="s"><v>{i}</v></c>' for i, c in enumerate("AB")}
    own = {"H2": '<c r="H2" s="1"><v>0.95</v></c>', "E2": '<c r="E2" s="2"><v>43891</v></c>'}
    rows = row_xml(1, HEADER) + "".join(row_xml(i, u) for i, u in enumerate(UNITS, 2))  # type: ignore[arg-type]
    merged = sheet_xml(rows, after='<mergeCells count="1"><mergeCell ref="H3:H4"/></mergeCells>')
    second = sheet_xml(row_xml(1, HEADER) + row_xml(2, ["市财政局工会", *ROW[1:]]))
    formula = {"H2": '<c r="H2"><f>G2*19</f><v>95</v></c>', "G2": cell("G2", 5)}
    return [
        packed(parts()),
        packed(shared(["<t>新华印刷厂工会</t>", "<r><t>企</t></r><r><t>业</t></r>"], text)),
        packed(styled(["0.00%", "yyyy-mm-dd"], own)),
        packed(parts(("自评表", merged), ("补报", second))),
        packed(parts(("自评表", sheet(formula)))),
        _by_openpyxl(),
        _by_xlsxwriter(),
    ]


def _by_openpyxl() -> bytes:
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    table = book.active
    assert table is not None
    table.append(["自评表"])  # type: ignore[union-attr]
    table.append(HEADER)  # type: ignore[union-attr]
    for unit in UNITS:
        table.append(unit)  # type: ignore[union-attr]
    table["A3"].comment = Comment("说明", "x")  # type: ignore[index]
    table["H3"].number_format = "0.0"  # type: ignore[index]
    table.merge_cells("A1:H1")  # type: ignore[union-attr]
    choice = DataValidation(type="list", formula1='"企业,机关"')
    choice.add("B3:B9")
    table.add_data_validation(choice)  # type: ignore[union-attr]
    book.create_sheet("说明").append(["怎样填"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _by_xlsxwriter() -> bytes:
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        table = book.add_worksheet("自评表")
        day, share = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0.0%"})
        table.write_row(0, 0, HEADER)
        for r, unit in enumerate(UNITS, 1):
            table.write_row(r, 0, unit)
            table.write_datetime(r, 4, datetime.datetime.fromisoformat("2020-03-01"), day)
            table.write_number(r, 7, 0.925, share)
        table.freeze_panes(1, 1)
        book.set_custom_property("scorekit-rubric", "example")
    return stream.getvalue()


def workbook(chance: Random) -> bytes:
    """A good workbook."""
    return chance.choice(_books())


def table(chance: Random) -> bytes:
    """A good CSV file in one of the encodings."""
    delimiter = chance.choice(",,,\t;")
    rows = [HEADER, *UNITS]
    text = "\n".join(delimiter.join("否" if v is False else "是" if v is True else str(v) for v in row) for row in rows) + "\n"
    if chance.random() < 0.3:
        text = text.replace("新华印刷厂工会", '"新""华，印刷厂工会"').replace("\n", "\r\n")
    return text.encode(chance.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"]))


def objects(chance: Random) -> bytes:
    """A good JSON file: one unit, or a list."""
    records = [_record(u) for u in UNITS]  # type: ignore[arg-type]
    value = chance.choice([records[0], records])
    return json.dumps(value, ensure_ascii=chance.random() < 0.3, indent=chance.choice([None, 1])).encode(
        chance.choice(["utf-8", "utf-8", "utf-16"])
    )


def lines(chance: Random) -> bytes:
    """A good NDJSON file."""
    return "".join(json.dumps(_record(u), ensure_ascii=chance.random() < 0.3) + "\n" for u in UNITS).encode()  # type: ignore[arg-type]


@functools.cache
def _rubrics() -> list[bytes]:
    shipped = sorted((ROOT / "rubrics").glob("*/rubric.json"), key=lambda p: p.stat().st_size)[:6]
    return [RUBRIC.read_bytes()] * 4 + [p.read_bytes() for p in shipped]


def rubric(chance: Random) -> bytes:
    """A good rubric."""
    return chance.choice(_rubrics())


def notice(chance: Random) -> bytes:
    """A good notice."""
    return json.dumps(NOTICE, ensure_ascii=chance.random() < 0.3).encode()
