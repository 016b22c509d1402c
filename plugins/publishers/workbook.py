"""公示名单.xlsx: the public list on paper, A4, as it is put up."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from scorekit.plugin import PublicList, Publisher, cell_text, hookimpl, xml_text

FILE = "公示名单.xlsx"
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
"""A fixed date, so that equal lists are equal bytes."""
_A4, _LONGEST = 9, 32_000
_LEAST = {"rank": 7, "unit": 24, "category": 12, "total": 9, "level": 12, "award": 18, "status": 10}
_WIDEST = 46


def render(found: PublicList) -> bytes:
    """The workbook."""
    import xlsxwriter  # type: ignore[import-untyped]

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _OPTIONS) as book:
        book.set_properties({"title": xml_text(found.title)[:255], "comments": xml_text(found.subject)[:255], "created": _CREATED})
        _fill(book, book.add_worksheet(FILE.partition(".")[0]), found)
    return made.getvalue()


def _fill(book: Any, sheet: Any, found: PublicList) -> None:
    last = max(1, len(found.names) - 1)
    for column, name in enumerate(found.names):
        wide = max((2 * len(row[column]) for row in found.rows), default=0)
        sheet.set_column(column, column, min(_WIDEST, max(_LEAST.get(name, 12), wide + 2)))
    row = 0
    for text, size in ((found.title, 18), (found.result, 15), *((line, 11) for line in found.lines)):
        style = {"font_name": "黑体" if size > 11 else "宋体", "font_size": size, "align": "center" if size > 11 else "left"}
        _across(sheet, row, last, text, book.add_format({**style, "text_wrap": True, "valign": "vcenter"}))
        sheet.set_row(row, size * 2)
        row += 1
    body = {"font_name": "宋体", "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True}
    head = book.add_format({**body, "bold": True, "align": "center"})
    middle, left = book.add_format({**body, "align": "center"}), book.add_format({**body, "align": "left"})
    for column, text in enumerate(found.heads):
        sheet.write_string(row, column, _legible(text), head)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row, row)
    for texts in found.rows:
        row += 1
        for column, (name, text) in enumerate(zip(found.names, texts, strict=True)):
            sheet.write_string(row, column, _legible(text), left if name == "unit" else middle)
    _below(book, sheet, row + 2, last, found.below)
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
    sheet.ignore_errors({"number_stored_as_text": f"A1:{chr(65 + last)}{row + 1}"})


def _below(book: Any, sheet: Any, row: int, last: int, lines: Sequence[str]) -> None:
    """What is filled in by hand."""
    for place, text in enumerate(lines):
        _across(sheet, row + place, last, text, book.add_format({"font_name": "宋体", "font_size": 11, "align": "left"}))


def _across(sheet: Any, row: int, last: int, text: str, style: Any) -> None:
    sheet.merge_range(row, 0, row, last, "", style)
    sheet.write_string(row, 0, _legible(text), style)


def _legible(text: str) -> str:
    """A text that a cell can hold."""
    return cell_text(text.encode("utf-8", "replace").decode("utf-8")[:_LONGEST])


@hookimpl
def scorekit_publishers() -> list[Publisher]:
    """Offer the workbook."""
    return [Publisher("workbook", FILE, render, "公示名单.xlsx, to be printed and put up")]
