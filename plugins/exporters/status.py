"""How far a round has come, as 进度表: ``status.xlsx`` for people, ``status.csv`` with the same columns."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scorekit.plugin import Exporter, Outcome, Progress, T, Text, csv_texts, hookimpl, progress, say

from .workbook_paper import LINE, SLACK, TALLEST, legible, width

WIDTHS = (5, 24, 8, 8, 18)
NARROW, LAST = 7, 34
LEFT = (1, 4)
"""The columns of texts of any length, beside the last."""
LISTED = 20_000
"""How many units the workbook lists; ``status.csv`` has all."""
YES, NO, NOTHING = "√", "", "—"
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "use_zip64": True,
}


def write(outcome: Outcome, folder: Path) -> list[str]:
    """Write both files into *folder*."""
    found = progress(outcome, outcome.register)
    heads, rows = _heads(found, outcome.lang), list(_rows(found, outcome.lang))
    _csv(folder / "status.csv", heads, rows)
    _workbook(folder / "status.xlsx", outcome, heads, rows)
    return ["status.csv", "status.xlsx"]


def _heads(found: Progress, lang: str) -> list[str]:
    def words(text: Text) -> str:
        return say(text, lang)

    first = [T("number in the list"), T("unit"), T("category"), T("area"), T("own submission")]
    last = [T("errors"), T("warnings"), T("missing")]
    return [*map(words, first), *(s.name or words(T("office")) for s in found.sources), *map(words, last)]


def _rows(found: Progress, lang: str) -> Iterator[list[str]]:
    owed = [found.owing(s) for s in found.sources]
    for row, unit in enumerate(found.unit):
        own = found.file[row] or (say(T("not sent"), lang) if not found.sent[row] else "")
        cells = [_told(int(s.given[row]), int(s.asked[row])) for s in found.sources]
        lacking = [] if found.sent[row] else [say(T("own submission"), lang)]
        lacking += [s.name or say(T("office"), lang) for s, o in zip(found.sources, owed, strict=True) if o[row]]
        marks = [say(T("not in the register"), lang)] if found.unknown[row] else []
        marks += [say(T("sent twice"), lang)] if found.twice[row] else []
        lead = [str(row + 1), unit, found.category[row], found.area[row], own]
        yield [*lead, *cells, str(found.errors[row]), str(found.warnings[row]), "、".join([*marks, *lacking])]


def _told(given: int, asked: int) -> str:
    """How much of what is owed is there."""
    return NOTHING if not asked else YES if given >= asked else f"{given}/{asked}" if given else NO


def _csv(path: Path, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    lines = [",".join(csv_texts(cells)) + "\n" for cells in (heads, *rows)]
    path.write_text("".join(lines), encoding="utf-8-sig", errors="backslashreplace", newline="")


def _workbook(path: Path, outcome: Outcome, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    import xlsxwriter  # type: ignore[import-untyped]
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

    try:
        with xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": str(path.parent)}) as book:
            book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})  # fixed, so that equal results are equal bytes
            _fill(book, outcome, heads, rows)
    except FileCreateError as fault:  # no OSError, though it holds one
        raise fault.args[0] if isinstance(fault.args[0], OSError) else OSError(str(fault)) from fault


def _fill(book: Any, outcome: Outcome, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    body = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
    cell, middle = book.add_format(body), book.add_format({**body, "align": "center"})
    head = book.add_format({**body, "bold": True, "align": "center", "bg_color": "#E7E7E7"})
    title = book.add_format({"font_name": "黑体", "font_size": 16, "align": "center"})
    sheet = book.add_worksheet(say(T("progress"), outcome.lang))
    widths = [*WIDTHS, *[NARROW] * (len(heads) - len(WIDTHS) - 1), LAST]
    _page(sheet, widths)
    sheet.merge_range(0, 0, 0, len(heads) - 1, "", title)
    sheet.write_string(0, 0, f"{outcome.plan.rubric.title} {say(T('progress'), outcome.lang)}", title)
    sheet.set_row(0, 30)
    for number, row in enumerate([heads, *rows[:LISTED]], 1):
        sheet.set_row(number, _height(row, widths))  # not every program finds that out by itself
        for column, text in enumerate(legible(row)):
            sheet.write_string(number, column, text, head if number == 1 else cell if column in LEFT or column == len(row) - 1 else middle)
    if len(rows) > LISTED:
        left_off = T("The first {count} units; all are in {file}.", count=LISTED, file="status.csv")
        sheet.write_string(LISTED + 2, 1, say(left_off, outcome.lang))


def _page(sheet: Any, widths: Sequence[float]) -> None:
    """A4 landscape, one page wide, the head on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.repeat_rows(1)
    sheet.freeze_panes(2, 2)
    sheet.set_footer("&C&P / &N")
    for column, wide in enumerate(widths):
        sheet.set_column(column, column, wide)


def _height(row: Sequence[str], widths: Sequence[float]) -> float:
    """As high as the longest text of a row needs, in points."""
    lines = max(math.ceil(width(text) / (wide * SLACK)) for text, wide in zip(row, widths, strict=True))
    return min(TALLEST, LINE * max(1, lines) + 5)


@hookimpl
def scorekit_exporters() -> list[Exporter]:
    """The exporter of this module."""
    return [Exporter("status", ("status",), write, "who has sent what, and what is missing, as a workbook and CSV")]
