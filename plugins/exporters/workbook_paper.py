"""The paper of ranking.xlsx: styles, page set-up, headings, and rows of cells written straight through."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from inspect import unwrap
from types import MethodType
from typing import Any, Union

from scorekit.plugin import Column, Outcome, T, Text, cell_text, nearest, say, xml_text

Cell = Union[float, str, None]
A4 = 9
FULL_WIDTH = 200
"""The width of columns that fills an A4 page at the smallest size that can be read."""
LONGEST = 32_000
GREY = "#E7E7E7"
SLACK = 0.9
"""The part of a column's width that surely holds text: programs break lines where they like."""
LINE, TALLEST = 13.5, 400
"""The height of a line of text, and the greatest height of a row, in points."""
_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class Paper:
    """The workbook and what its sheets share. A format is made once however many cells wear it."""

    def __init__(self, book: Any, outcome: Outcome) -> None:
        self.book, self.outcome = book, outcome
        self._styles: dict[tuple[tuple[str, Any], ...], Any] = {}
        self._names: set[str] = set()

    def say(self, text: Text | str) -> str:
        """A text in the run's language."""
        return say(text, self.outcome.lang)

    def style(self, **wanted: Any) -> Any:
        """A format for cells of the body; *wanted* are XlsxWriter's properties."""
        key = tuple(sorted(wanted.items()))
        if key not in self._styles:
            body = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1, "text_wrap": True}
            self._styles[key] = self.book.add_format({**body, **wanted})
        return self._styles[key]

    def points(self, decimals: int, mark: str = "", **wanted: Any) -> Any:
        """A format for points with all their digits; *mark* is printed after them."""
        digits = "0." + "0" * decimals if decimals else "0"
        return self.style(align="center", num_format=f'{digits}"{mark}"' if mark else digits, **wanted)

    def page(self, name: str, widths: Sequence[float], fixed: int = 0, groups: Sequence[int] = ()) -> Page:
        """A new sheet with columns of *widths*, one page wide.

        Where *groups* of columns stand right of the first *fixed* ones and are wider than a page can hold, they go on
        further pages, whole groups if possible, with the *fixed* columns repeated.
        """
        sheet = self.book.add_worksheet(self._free(name))
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.set_default_row(LINE + 5)
        rubric = self.outcome.plan.rubric
        number = self.say(T("Page {page} of {pages}", page="&P", pages="&N"))
        sheet.set_footer(f"&L&8{_footed(rubric.id)} {_footed(rubric.version)}&C&9{number}")
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        starts = page_starts(widths, fixed, groups)
        sheet.fit_to_pages(len(starts) + 1, 0)
        if starts:
            sheet.set_v_pagebreaks(starts)
            sheet.repeat_columns(0, fixed - 1)
            sheet.print_across()
        return Page(self, sheet, tuple(widths), starts[0] if starts else len(widths))

    def _free(self, name: str) -> str:
        """A sheet name that Excel takes and no other sheet has."""
        name = _NAME.sub(" ", name).strip("' ")[:31] or "-"
        tried, again = name, 1
        while tried.casefold() in self._names:
            again += 1
            tried = f"{name[: 29 - len(str(again))]}({again})"
        self._names.add(tried.casefold())
        return tried


class Page:
    """One sheet, written from top to bottom; ``row`` is the next free row, ``headed`` the columns of its first page."""

    def __init__(self, paper: Paper, sheet: Any, widths: tuple[float, ...], headed: int) -> None:
        self.paper, self.sheet, self.widths = paper, sheet, widths
        self.headed = headed
        self.row = 0

    def title(self, text: str, size: int = 18) -> None:
        """A centred heading over the columns of the first page."""
        self._across(text, self.paper.style(font_name="黑体", font_size=size, align="center", border=0), size * 1.9)

    def line(self, text: str, height: float = 0.0, **wanted: Any) -> None:
        """A line over the columns of the first page, as high as its text needs."""
        lines = sum(max(1, math.ceil(width(part) / (sum(self.widths[: self.headed]) * 0.98))) for part in text.split("\n"))
        self._across(text, self.paper.style(align="left", border=0, **wanted), height or LINE * lines + 5)

    def _across(self, text: str, style: Any, height: float) -> None:
        self.sheet.set_row(self.row, height)
        if self.headed > 1:
            self.sheet.merge_range(self.row, 0, self.row, self.headed - 1, "", style)
        self.sheet.write_string(self.row, 0, cell_text(text), style)
        self.row += 1

    def heads(self, texts: Sequence[str], **wanted: Any) -> None:
        """A row of column heads, as high as the longest of them needs."""
        lines = max((math.ceil(width(t) / (w * SLACK)) for t, w in zip(texts, self.widths, strict=True)), default=1)
        self.sheet.set_row(self.row, max(20, LINE * lines + 6))
        style = self.head_style(**wanted)
        for column, text in enumerate(texts):
            self.sheet.write_string(self.row, column, cell_text(text), style)
        self.row += 1

    def head_style(self, **wanted: Any) -> Any:
        """How column heads look: bold, and on light grey where the sheet is one page wide.

        LibreOffice prints the grey of the next page's heads into the margin.
        """
        grey = {"bg_color": GREY} if self.headed == len(self.widths) else {}
        return self.paper.style(**{"bold": True, "align": "center", **grey, **wanted})

    def freeze(self, columns: int = 0, first: int | None = None) -> None:
        """Keep the rows so far in sight, and repeat those from *first* on (the last one if not said) on every printed page."""
        self.sheet.freeze_panes(self.row, columns)
        self.sheet.repeat_rows(self.row - 1 if first is None else first, self.row - 1)

    def fill(self, columns: Sequence[tuple[Sequence[Cell], Sequence[Any]]]) -> None:
        """Rows of cells, given as columns of values and of their formats: floats are numbers, all else is text."""
        number, string, blank = (_bare(self.sheet, name) for name in ("write_number", "write_string", "write_blank"))
        row, places = self.row, range(len(columns))
        self._heights([values for values, _ in columns])
        cells = zip(*(values for values, _ in columns), strict=True)
        formats = zip(*(styles for _, styles in columns), strict=True)
        for line, worn in zip(cells, formats, strict=True):
            for column, value, style in zip(places, line, worn):  # noqa: B905 - as long as one another, and this is where time goes
                if value.__class__ is float:
                    number(row, column, value, style)
                elif value:
                    string(row, column, value, style)
                else:
                    blank(row, column, None, style)
            row += 1
        self.row = row

    def _heights(self, columns: Sequence[Sequence[Cell]]) -> None:
        """Rows as high as their longest text needs; not every program finds that out by itself."""
        lines: dict[int, int] = {}
        for values, wide in zip(columns, self.widths, strict=True):
            room = wide * SLACK
            long: dict[Cell, int] = {text: _lines(text, room) for text in set(values) if text.__class__ is str and len(text) * 2 > room}
            long = {text: needed for text, needed in long.items() if needed > 1}
            for place, needed in enumerate(map(long.get, values) if long else ()):
                if needed is not None and needed > lines.get(place, 1):
                    lines[place] = needed
        for place, needed in lines.items():
            self.sheet.set_row(self.row + place, min(TALLEST, LINE * needed + 5))


def _bare(sheet: Any, name: str) -> Any:
    """A method of a sheet without what is wrapped around it, which only turns names of cells (A1) into numbers, cell by cell."""
    return MethodType(unwrap(getattr(type(sheet), name)), sheet)


def _lines(text: str, room: float) -> int:
    """How many lines a text needs in a column with *room* for so many letters."""
    if "\n" not in text:
        return max(1, math.ceil(width(text) / room))
    return sum(max(1, math.ceil(width(part) / room)) for part in text.split("\n"))


def page_starts(widths: Sequence[float], fixed: int, groups: Sequence[int]) -> list[int]:
    """The columns with which further pages begin; *groups* are the sizes of groups of columns right of the *fixed* ones."""
    left = sum(widths[:fixed])
    starts: list[int] = []
    used, column = left, fixed
    for size in groups:
        whole = sum(widths[column : column + size])
        if used > left and used + whole > FULL_WIDTH:
            starts.append(column)
            used = left
        for place in range(column, column + size):
            if used > left and used + widths[place] > FULL_WIDTH:
                starts.append(place)
                used = left
            used += widths[place]
        column += size
    return starts


def width(text: str) -> int:
    """How wide a text is printed: a Chinese letter is as wide as two others."""
    return len(text) if text.isascii() else len(text.encode("gbk", "replace"))


def widest(texts: Sequence[str], least: float, most: float) -> float:
    """A column's width by its content, within bounds."""
    return min(most, max(least, max(map(width, texts), default=0) / SLACK + 1))


def numbers(column: Column, decimals: int) -> list[float | None]:
    """A column's figures as printed, None where there is none."""
    fixed = column.minted(decimals)
    doubles: list[float] = nearest(fixed).tolist()
    return (
        [None if masked else value for value, masked in zip(doubles, fixed.masked.tolist(), strict=True)]
        if fixed.why is not None
        else list(doubles)
    )


def legible(texts: Sequence[str]) -> list[str]:
    """Texts that a cell can hold: not too long, nothing that has no place in a file, no marks."""
    whole = "".join(texts)
    if max(map(len, texts), default=0) <= LONGEST and "<r>" not in whole and _encodable(whole):
        return list(texts)
    return [cell_text(t.encode("utf-8", "replace").decode("utf-8")[:LONGEST]) for t in texts]


def styled(values: Sequence[Cell], style: Any) -> tuple[Sequence[Cell], Sequence[Any]]:
    """A column of which every cell wears the same format."""
    return values, [style] * len(values)


def joined(parts: Iterator[str]) -> str:
    """Parts of a line, set apart."""
    return "　　".join(p for p in parts if p)


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _footed(text: str) -> str:
    return xml_text(text).replace("&", "&&")[:60]
