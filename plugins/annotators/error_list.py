"""The list of problems as a sheet: one row a problem, to be read on the screen and printed on A4."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scorekit.plugin import LIST_HEADS, LIST_SHEET, SEVERITY_WORDS, Finding, Returned, T, Text, say

from .texts import clean, lines, put

_WIDTHS = (6, 14, 9, 20, 18, 14, 36, 36, 9)
_HEAD = 3
_LINE = 15
_HIGHEST = 400


def fill(sheet: Any, returned: Returned, places: Sequence[tuple[str, str]]) -> None:
    """Write the list into an empty sheet; *places* holds each finding's sheet and cell in this workbook, to be linked to."""
    from openpyxl.styles import Alignment, Font, PatternFill

    lang = returned.lang
    _title(sheet, returned)
    for column, (head, width) in enumerate(zip(LIST_HEADS, _WIDTHS, strict=True), 1):
        cell = sheet.cell(_HEAD, column)
        put(cell, say(head, lang))
        cell.font, cell.border = Font(bold=True), _border()
        cell.fill = PatternFill("solid", fgColor="FFD9D9D9")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[cell.column_letter].width = width
    for number, (finding, place) in enumerate(zip(returned.findings, places, strict=True), 1):
        _line(sheet, _HEAD + number, number, finding, place, lang)
    if returned.more:
        last = sheet.cell(_HEAD + 1 + len(returned.findings), 1)
        put(last, say(T("… and {count} more of the same file", count=returned.more), lang))
    _for_paper(sheet, lang)


def _title(sheet: Any, returned: Returned) -> None:
    """The heading, and below it the file and what is to be done."""
    from openpyxl.styles import Alignment, Font

    lang = returned.lang
    heading = sheet.cell(1, 1)
    put(heading, say(LIST_SHEET, lang))
    heading.font, heading.alignment = Font(bold=True, size=16), Alignment(horizontal="center")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(LIST_HEADS))
    under = sheet.cell(2, 1)
    told = say(T("{file}: {what}", file=returned.file.name, what=_todo(returned)), lang)
    put(under, told)
    under.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(LIST_HEADS))
    sheet.row_dimensions[2].height = (lines(told, sum(_WIDTHS)) + 0.5) * _LINE


def _todo(returned: Returned) -> Text:
    if returned.lineage.values:
        return T("mend the marked cells and send this file back; this sheet need not be filled in, and is not read")
    todo = T("mend the file itself by this list and send that back; this list is not read")
    return todo if returned.why is None else T("{todo} (no marked copy was made: {why})", todo=todo, why=returned.why)


def _line(sheet: Any, row: int, number: int, finding: Finding, place: tuple[str, str], lang: str) -> None:
    from openpyxl.styles import Alignment, Font

    title, address = place
    severity = say(SEVERITY_WORDS[finding.severity], lang)
    where = finding.cell if ":" in finding.cell else address or finding.cell
    texts = ("", finding.sheet, where, finding.unit, finding.field, finding.entered, finding.what, finding.cure, severity)
    heights = [1]
    for column, (text, width) in enumerate(zip(texts, _WIDTHS, strict=True), 1):
        cell = sheet.cell(row, column)
        cell.border = _border()
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if column in (1, 3, 9) else None)
        if column == 1:
            cell.value = number
        elif text:
            put(cell, text)
            heights.append(lines(clean(text), width - 1))
        if column == 9 and finding.severity == "error":
            cell.font = Font(bold=True)
    if address:
        _link(sheet.cell(row, 3), title, address)
    sheet.row_dimensions[row].height = min(_HIGHEST, max(heights) * _LINE + 3)


def _link(cell: Any, title: str, address: str) -> None:
    """A link to a cell of this same workbook."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    quoted = title.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{address}")
    cell.font = Font(color="FF0563C1", underline="single")


def _border() -> Any:
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color="FF000000")
    return Border(left=line, right=line, top=line, bottom=line)


def _for_paper(sheet: Any, lang: str) -> None:
    sheet.freeze_panes = f"A{_HEAD + 1}"
    sheet.print_title_rows = f"{_HEAD}:{_HEAD}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.oddFooter.center.text = say(T("page {page} of {pages}", page="&P", pages="&N"), lang)
