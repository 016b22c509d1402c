"""Three hundred workbooks as offices have them, none of which may be refused: of two writers, and of LibreOffice where it is asked."""

from __future__ import annotations

import datetime
import io
import struct
import subprocess
import zlib
from pathlib import Path
from random import Random
from typing import Any

from tests.hostile.making import HEADER

COUNT = 300
_NAMES = ("机械厂", "印刷厂", "纺织公司", "教育局", "财政局", "第一中学", "人民医院", "供电公司")
_FORMATS = ("0.00", "0%", "yyyy-mm-dd", '0"人"', "#,##0.00", "[Red]-0.0;0.0", 'yyyy"年"m"月"d"日"', "@")


def made(number: int) -> bytes:
    """The workbook of a number, always the same."""
    chance = Random(number)
    return (_by_openpyxl if number % 2 else _by_xlsxwriter)(number, chance)


def _rows(chance: Random, count: int, width: int) -> list[list[Any]]:
    found: list[list[Any]] = []
    for i in range(count):
        row: list[Any] = [
            f"{chance.choice(_NAMES)}{i}工会",
            chance.choice(["企业", "机关"]),
            chance.randrange(1, 9999),
            chance.randrange(9999),
        ]
        row += [
            datetime.date(2020, 1, 1) + datetime.timedelta(days=i % 1000),
            chance.random() < 0.1,
            chance.randrange(20),
            chance.random() * 100,
        ]
        row += [chance.choice([None, "", "√", "×", chance.random(), f"说明{i}\n第二行", 411102199003070012]) for _ in range(width)]
        found.append(row)
    return found


def _shape(number: int, chance: Random) -> tuple[int, int, int]:
    """Rows, further columns and sheets; one in a hundred is large, one in thirty is wide, one in fifty empty."""
    if number % 100 == 3:
        return 20_000, 2, 1
    if number % 30 == 7:
        return 20, 300, 1
    if number % 50 == 11:
        return 0, 0, chance.choice([1, 3])
    return chance.choice([1, 3, 10, 60, 200]), chance.choice([0, 0, 5, 40]), chance.choice([1, 1, 1, 2, 5, 30])


def _picture() -> io.BytesIO:
    """A small picture."""
    rows = b"".join(b"\0" + bytes(3 * 20) for _ in range(20))
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 20, 20, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    body = b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks)
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


def _by_openpyxl(number: int, chance: Random) -> bytes:
    import openpyxl
    from openpyxl.chart import BarChart, Reference
    from openpyxl.comments import Comment
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.worksheet.datavalidation import DataValidation

    rows, width, sheets = _shape(number, chance)
    book: Any = openpyxl.Workbook()
    for i in range(sheets):
        table = book.active if not i else book.create_sheet(f"附表{i}")
        if rows:
            table.append([f"{number}年度考核自评表"])
            table.merge_cells(start_row=1, start_column=1, end_row=1, end_column=8)
            table.append([*HEADER, *(f"指标{c}" for c in range(width))])
        for row in _rows(chance, rows, width):
            table.append(row)
        for cell in table[2] if rows else ():
            cell.font, cell.alignment = Font(bold=True, name="宋体"), Alignment(wrap_text=True, horizontal="center")
            cell.fill, cell.border = PatternFill("solid", fgColor="FFEEEEEE"), Border(top=Side("thin"))
        for r in range(3, min(rows, 50) + 3):
            table.cell(r, 8).number_format = chance.choice(_FORMATS)
            table.cell(r, 3).protection = Protection(locked=False)
        if rows and chance.random() < 0.5:
            choice = DataValidation(type="list", formula1='"企业,机关"', sqref="B3:B1048576")
            table.add_data_validation(choice)
            table.conditional_formatting.add("H3:H999", CellIsRule("lessThan", ["60"], fill=PatternFill("solid", bgColor="FFFF0000")))
            table["A3"].comment = Comment("请核对" * 20, "上级工会")
            table["I3"], table["J3"] = "=SUM(C3:D3)", '=IF(A3="","",1)'
            table.freeze_panes, table.auto_filter.ref = "B3", "A2:H9"
            table.column_dimensions["C"].hidden = chance.random() < 0.2
            table.row_dimensions[4].hidden = chance.random() < 0.2
            table.print_title_rows, table.print_area = "2:2", "A1:H99"
            table["A3"].hyperlink = "https://example.org/"
        if rows and number % 5 == 1:
            chart = BarChart()
            chart.add_data(Reference(table, min_col=3, min_row=2, max_row=6), titles_from_data=True)
            table.add_chart(chart, "L2")
    if chance.random() < 0.2:
        book.create_sheet("隐藏").sheet_state = "hidden"
    if chance.random() < 0.2:
        book.create_chartsheet("图")
    if chance.random() < 0.3:
        from openpyxl.workbook.defined_name import DefinedName

        book.defined_names["范围"] = DefinedName("范围", attr_text=f"'{book.worksheets[0].title}'!$A$1:$B$9")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _by_xlsxwriter(number: int, chance: Random) -> bytes:
    import xlsxwriter

    rows, width, sheets = _shape(number, chance)
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "yyyy-mm-dd", "strings_to_numbers": False, "nan_inf_to_errors": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#DDDDDD", "border": 1, "text_wrap": True})
        shown = [book.add_format({"num_format": code}) for code in _FORMATS]
        for i in range(sheets):
            table = book.add_worksheet(f"表{i}" if sheets > 1 else "自评表")
            if rows:
                table.merge_range(0, 0, 0, 7, "考核自评表", head)
                table.write_row(1, 0, [*HEADER, *(f"指标{c}" for c in range(width))], head)
            for r, row in enumerate(_rows(chance, rows, width), 2):
                table.write_row(r, 0, row)
                table.write(r, 7, row[7], chance.choice(shown))
            if rows and chance.random() < 0.5:
                table.data_validation(2, 1, 1048575, 1, {"validate": "list", "source": ["企业", "机关"]})
                table.conditional_format("H3:H999", {"type": "3_color_scale"})
                table.conditional_format("C3:C999", {"type": "icon_set", "icon_style": "3_arrows"})
                table.write_comment(2, 0, "请核对")
                table.write_formula(2, 8, "=SUM(C3:D3)", None, 7)
                table.write_rich_string(3, 0, head, "印刷厂", shown[0], "工会")
                if number % 6 != 2:
                    table.autofilter(1, 0, 9, 7)
                table.freeze_panes(2, 1)
                table.set_column(2, 2, 12, None, {"hidden": chance.random() < 0.2})
                table.set_landscape()
                table.repeat_rows(1)
                table.protect("", {"select_locked_cells": False})
                table.add_sparkline(2, 12, {"range": "A3:D3"})
            if rows and number % 4 == 2:
                table.insert_image(2, 14, "a.png", {"image_data": _picture()})
                chart = book.add_chart({"type": "line"})
                chart.add_series({"values": [table.get_name(), 2, 2, 8, 2]})
                table.insert_chart("L2", chart)
            if rows and number % 6 == 2 and rows < 1000:
                table.add_table(1, 0, rows + 1, 7, {"columns": [{"header": str(h)} for h in HEADER]})
        book.set_custom_property("单位", "某某工会")
        if chance.random() < 0.3:
            book.set_size(2400, 1600)
            book.define_name("范围", f"='{book.worksheets()[0].get_name()}'!$A$1:$B$9")
    return stream.getvalue()


def saved_again(paths: list[Path], into: Path) -> list[Path]:
    """The workbooks as LibreOffice saves them."""
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{into}/profile", "--convert-to", "xlsx", "--outdir", str(into)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=600)
    return [into / p.name for p in paths]
