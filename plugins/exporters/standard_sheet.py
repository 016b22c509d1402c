"""A printed standard as a workbook: one sheet for each table, ready to print on A4."""

from __future__ import annotations

import datetime
import io
import math
import re
from typing import Any

from scorekit.plugin import FIRST_SUM, PaperTable, PrintedStandard, Printer, T, cell_text, hookimpl, say, xml_text

A4 = 9
ACROSS = 92
"""The width of columns that fills an A4 page in portrait, in characters of the standard font."""
LINE = 14.5
SUM_WIDTHS = (30, 14, ACROSS - 44)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
GREY, PALE = "#E7E7E7", "#F3F3F3"


def workbook(paper: PrintedStandard) -> bytes:
    """The bytes of the workbook: equal papers give equal bytes. Text cells are text whatever they begin with."""
    import xlsxwriter  # type: ignore[import-untyped]

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    book.set_properties({"title": xml_text(paper.title)[:255], "created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
    styles = _Styles(book)
    names: set[str] = set()
    for table in paper.tables:
        _sheet(book, paper, table, styles, _free(table.heading, names))
    if any(line.formula for line in paper.sums):
        _sums(book, paper, styles, _free(say(T("sums to try"), paper.lang), names))
    book.close()
    return target.getvalue()


class _Styles:
    """The formats of cells."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.known: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **wanted: Any) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self.known:
            body = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1, "text_wrap": True}
            self.known[key] = self.book.add_format({**body, **wanted})
        return self.known[key]


def _sheet(book: Any, paper: PrintedStandard, table: PaperTable, styles: _Styles, name: str) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_paper(A4)
    sheet.set_portrait()
    sheet.set_margins(left=0.45, right=0.45, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
    widths = [ACROSS * share / 100 for share in table.widths]
    for i, width in enumerate(widths):
        sheet.set_column(i, i, width)
    last = len(widths) - 1
    title = styles.of(font_size=16, bold=True, align="center", border=0)
    under = styles.of(align="center", border=0)
    sheet.merge_range(0, 0, 0, last, f"{paper.title} · {table.heading}", title)
    sheet.set_row(0, 30)
    sheet.merge_range(1, 0, 1, last, "   ".join(paper.under), under)
    for i, column in enumerate(table.columns):
        sheet.write_string(2, i, column, styles.of(bold=True, align="center", bg_color=GREY))
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 0)
    for row, line in enumerate(table.lines, 3):
        lines = 1
        for i, cell in enumerate(line.cells):
            wanted: dict[str, Any] = {"align": "center"} if i in table.centred else {"align": "left"}
            if line.strong:
                wanted |= {"bold": True, "bg_color": PALE}
            if i == table.indented and line.depth:
                wanted["indent"] = line.depth
            sheet.write_string(row, i, cell_text(cell), styles.of(**wanted))
            room = widths[i] - 1 - 2 * line.depth * (i == table.indented)
            lines = max(lines, _lines(cell, room))
        sheet.set_row(row, _height(lines))


def _sums(book: Any, paper: PrintedStandard, styles: _Styles, name: str) -> None:
    """Cells to fill in, and the derived values beside them as live formulas: the only formulas of the workbook, made by scorekit."""
    sheet = book.add_worksheet(name)
    sheet.set_paper(A4)
    sheet.set_margins(left=0.45, right=0.45, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
    for column, width in enumerate(SUM_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, 2, f"{paper.title} · {name}", styles.of(font_size=16, bold=True, align="center", border=0))
    sheet.set_row(0, 30)
    sheet.merge_range(
        1, 0, 1, 2, say(T("fill in the white cells; the grey ones are computed"), paper.lang), styles.of(align="center", border=0)
    )
    for column, head in enumerate((T("field"), T("value"), T("how it is computed"))):
        sheet.write_string(FIRST_SUM - 2, column, say(head, paper.lang), styles.of(bold=True, align="center", bg_color=GREY))
    for row, line in enumerate(paper.sums, FIRST_SUM - 1):
        body: dict[str, Any] = {"align": "right"} | ({"num_format": "0.00%"} if line.percentage else {})
        sheet.write_string(row, 0, cell_text(line.title), styles.of(align="left"))
        if line.formula:
            sheet.write_array_formula(row, 1, row, 1, line.formula, styles.of(bg_color=PALE, **body), "")
        else:
            sheet.write_blank(row, 1, None, styles.of(**body))
        sheet.write_string(row, 2, cell_text(line.words), styles.of(align="left"))
        sheet.set_row(row, _height(max(_lines(line.title, SUM_WIDTHS[0] - 1), _lines(line.words, SUM_WIDTHS[2] - 1))))


def _lines(text: str, room: float) -> int:
    """How many lines a text takes in a cell of that width."""
    return sum(max(1, math.ceil(_wide(part) / max(room, 1))) for part in text.split("\n"))


def _height(lines: int) -> float:
    """The height of a row of that many lines."""
    return min(lines * LINE + 3, 400)


def _wide(text: str) -> float:
    """The width of a text in characters of the standard font; Chinese signs take two and a little."""
    return sum(1.1 if ord(c) < 0x2E80 else 2.15 for c in text)


def _free(name: str, names: set[str]) -> str:
    """A sheet's name that no other has."""
    stem = re.sub(r"[\[\]:*?/\\]", " ", name)[:28] or "1"
    found, number = stem, 2
    while found in names:
        found, number = f"{stem}{number}", number + 1
    names.add(found)
    return found


@hookimpl
def scorekit_printers() -> list[Printer]:
    """The workbook."""
    return [Printer("xlsx", workbook, "a workbook, one sheet for each table, that prints on A4")]
