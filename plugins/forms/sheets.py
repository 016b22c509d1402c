"""One sheet of a form: title, what stands beside the table, heads, rows to be filled in, and what is signed below."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from scorekit.plugin import Ask, Form, FormLine, FormSheet, T, say, xml_text

from .checks import Checks
from .looks import GREY, LINE, PALE, Looks, height, put

MARGINS = {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6, "header": 0.3, "footer": 0.3}
PORTRAIT, LANDSCAPE = 95.0, 165.0
"""The width of columns (in characters) that fills an A4 page at a size that can be read."""
_TALL = 300
_FORMATS = {"text": "@", "date": "yyyy-mm-dd"}
_SMALL = 7


class Maker:
    """Fills one sheet from top to bottom; ``row`` is the next free row."""

    def __init__(self, target: Any, sheet: FormSheet, form: Form, looks: Looks, checks: Checks) -> None:
        self.target, self.sheet, self.form, self.looks, self.checks = target, sheet, form, looks, checks
        total = sum(h.width for h in sheet.heads)
        self.portrait = total <= PORTRAIT
        stretch = min(2.0, PORTRAIT / total) if self.portrait else 1.0
        self.widths = [h.width * stretch for h in sheet.heads]
        self.row = 1
        self.open: list[tuple[str, Ask]] = []
        self.runs: dict[int, tuple[int, int, Ask]] = {}
        self.tall = 0.0

    def fill(self) -> None:
        """Everything on the sheet."""
        for column, width in enumerate(self.widths, 1):
            self.target.column_dimensions[_letter(column)].width = width
        self._title()
        self._beside()
        for line in self.sheet.above:
            self._line(line)
        heads = self.row
        self._heads()
        self.tall = sum(self.target.row_dimensions[r].height or 15 for r in range(1, self.row))
        first = self.row
        for line in self.sheet.lines:
            self._line(line)
        for text in self.sheet.closing:
            self._closing(text)
        self._set_up(heads, first)
        for column in sorted(self.runs):
            self._closed(column)
        self.checks.on(self.target, self.open)

    # ---------------------------------------------------------------- parts

    def _title(self) -> None:
        across = self._across()
        self._merged(self.sheet.title, across, self.looks.font(16, True, "黑体"), "center")
        room = sum(self.widths[:across]) / 1.7
        self.target.row_dimensions[self.row - 1].height = height([(self.sheet.title, room)], 32, 22)
        cell = self.target.cell(self.row, 1)
        put(cell, self.sheet.edition)
        cell.font, cell.alignment = self.looks.font(_SMALL, color="7F7F7F"), self.looks.aligned(wrap=False)
        self.target.row_dimensions[self.row].height = 12
        self.row += 1

    def _across(self) -> int:
        """How many columns stand on the first page."""
        used = 0.0
        for i, width in enumerate(self.widths):
            used += width
            if used > LANDSCAPE:
                return max(i, 1)
        return len(self.widths)

    def _merged(self, text: str, across: int, font: Any, horizontal: str, first: int = 1) -> None:
        cell = self.target.cell(self.row, first)
        put(cell, text)
        cell.font, cell.alignment = font, self.looks.aligned(horizontal)
        if across > first:
            self.target.merge_cells(start_row=self.row, end_row=self.row, start_column=first, end_column=across)
        self.row += 1

    def _beside(self) -> None:
        """The labels, each with an open cell to its right: before the column that is filled in, or at the left edge."""
        lines = [line for line in self.sheet.lines if line.kind == "item"]
        at = next((i for i, c in enumerate(lines[0].cells) if isinstance(c, Ask)), 1) if lines else 1
        for label, answer in self.sheet.beside:
            cell = self.target.cell(self.row, max(at, 1))
            put(cell, label)
            cell.font, cell.alignment = self.looks.font(10, True), self.looks.aligned("right", wrap=False)
            self._answer(self.target.cell(self.row, at + 1), answer)
            self.open.append((f"{_letter(at + 1)}{self.row}", answer))
            self.target.row_dimensions[self.row].height = 20
            self.row += 1

    def _heads(self) -> None:
        for column, head in enumerate(self.sheet.heads, 1):
            cell = self.target.cell(self.row, column)
            put(cell, head.title)
            cell.font, cell.fill = self.looks.font(10, True), self.looks.fill(GREY)
            cell.alignment, cell.border = self.looks.aligned("center"), self.looks.thin
        texts = [(h.title, w) for h, w in zip(self.sheet.heads, self.widths, strict=True)]
        self.target.row_dimensions[self.row].height = height(texts, 26)
        self.row += 1

    def _line(self, line: FormLine) -> None:
        if line.kind == "heading":
            self._heading(line)
            return
        for column, cell in enumerate(line.cells, 1):
            if isinstance(cell, Ask):
                self._opened(column, line.times, cell)
        for _ in range(line.times):
            for column, cell in enumerate(line.cells, 1):
                place = self.target.cell(self.row, column)
                if isinstance(cell, Ask):
                    self._answer(place, cell)
                else:
                    self._label(place, cell, column - 1, line.kind)
            texts = [(c if isinstance(c, str) else c.value or "", self._room(i)) for i, c in enumerate(line.cells)]
            self.target.row_dimensions[self.row].height = height(texts, 22)
            self.row += 1

    def _opened(self, column: int, rows: int, answer: Ask) -> None:
        """Take note that so many cells from here down may be filled in; cells below one another with the same answer are one range."""
        plain = replace(answer, value=None)
        before = self.runs.get(column)
        if before is not None and before[1] == self.row - 1 and before[2] == plain:
            self.runs[column] = (before[0], self.row + rows - 1, plain)
            return
        self._closed(column)
        self.runs[column] = (self.row, self.row + rows - 1, plain)

    def _closed(self, column: int) -> None:
        """The range that was being gathered in a column is at its end."""
        if column in self.runs:
            first, last, answer = self.runs.pop(column)
            letter = _letter(column)
            self.open.append((f"{letter}{first}:{letter}{last}" if last > first else f"{letter}{first}", answer))

    def _room(self, column: int) -> float:
        """The room of a column for its text: small print takes less."""
        small = column < len(self.sheet.heads) and self.sheet.heads[column].small
        return self.widths[column] * (1.45 if small else 1.0)

    def _heading(self, line: FormLine) -> None:
        put(self.target.cell(self.row, 1), line.cells[0] if isinstance(line.cells[0], str) else "")
        for column in range(1, len(self.sheet.heads) + 1):
            cell = self.target.cell(self.row, column)
            cell.font, cell.fill = self.looks.font(10, True), self.looks.fill(GREY if line.depth == 0 else PALE)
            cell.alignment, cell.border = self.looks.aligned(indent=line.depth, wrap=False), self._edge(column)
        self.target.row_dimensions[self.row].height = 20
        self.row += 1

    def _edge(self, column: int) -> Any:
        """The border of a heading's cell: no lines within it."""
        from openpyxl.styles import Border

        thin, last = self.looks.thin, len(self.sheet.heads)
        return Border(
            top=thin.top, bottom=thin.bottom, left=thin.left if column == 1 else None, right=thin.right if column == last else None
        )

    def _label(self, cell: Any, text: str, column: int, kind: str) -> None:
        head = self.sheet.heads[column]
        put(cell, text) if text else None
        if not self.looks.worn(cell, ("label", head.small, head.centred, kind)):
            cell.font = self.looks.font(6.5 if head.small else 9 if kind == "above" else 10, color="595959" if head.small else "000000")
            cell.alignment, cell.border = self.looks.aligned("center" if head.centred else "left"), self.looks.thin
            cell.fill = self.looks.fill(GREY if kind == "computed" else PALE)
            self.looks.wear(cell)

    def _answer(self, cell: Any, answer: Ask) -> None:
        """A cell to be filled in."""
        text = answer.kind == "choice" and all(isinstance(c, str) for c in answer.choices)
        shown = "@" if text else "0.00%" if answer.percent else _FORMATS.get(answer.kind, "General")
        if not self.looks.worn(cell, ("answer", shown, answer.kind)):
            cell.number_format, cell.font = shown, self.looks.font(10)
            cell.border, cell.protection = self.looks.thin, self.looks.unlocked
            cell.alignment = self.looks.aligned("left" if answer.kind == "text" else "center")
            self.looks.wear(cell)
        if answer.value:
            put(cell, answer.value)

    def _closing(self, text: str) -> None:
        """What is signed: on the first page alone, so beside the columns that every page repeats."""
        self.row += 0 if self.sheet.lines else 1
        first = self.sheet.fixed + 1 if self._pages() > 1 else 1
        self._merged(text, self._across(), self.looks.font(10), "left", first)
        self.target.cell(self.row - 1, first).protection = self.looks.unlocked
        self.target.row_dimensions[self.row - 1].height = 2 * LINE + 8

    # ---------------------------------------------------------------- the page

    def _pages(self) -> int:
        """How many pages stand beside one another."""
        return 1 if self.portrait else max(1, math.ceil(sum(self.widths) / (LANDSCAPE + 5)))

    def _set_up(self, heads: int, first: int) -> None:
        target = self.target
        target.page_setup.paperSize = 9
        target.page_setup.orientation = "portrait" if self.portrait else "landscape"
        target.sheet_properties.pageSetUpPr.fitToPage = True
        pages = self._pages()
        target.page_setup.fitToWidth, target.page_setup.fitToHeight = pages, 0
        for side, size in MARGINS.items():
            setattr(target.page_margins, side, size)
        target.print_options.horizontalCentered = pages == 1
        target.print_title_rows = f"{heads}:{heads}"
        if pages > 1:
            target.print_title_cols = f"A:{_letter(self.sheet.fixed)}"
        target.freeze_panes = f"{_letter(self.sheet.fixed + 1)}{first if self.tall <= _TALL else 1}"
        target.oddFooter.left.text = xml_text(f"{self.form.rubric} {self.form.version} {self.form.digest[:16]}").replace("&", "&&")
        target.oddFooter.left.size = _SMALL
        target.oddFooter.center.text = say(T("Page {page} of {pages}", page="&P", pages="&N"), self.form.lang)
        guarded = target.protection
        guarded.sheet = True
        guarded.formatColumns = guarded.formatRows = guarded.sort = guarded.autoFilter = False
        if any(line.kind == "ready" for line in self.sheet.lines):
            guarded.insertRows = guarded.deleteRows = False


def _letter(column: int) -> str:
    """The letter of a column, counted from 1."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
