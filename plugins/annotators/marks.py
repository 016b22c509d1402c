"""Marks in a copy: fill and border on the cell, a comment on what is wrong and how to mend it; and marks of an earlier copy taken off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple

from scorekit.plugin import AUTHOR, SEVERITY_WORDS, Finding, Head, T, folded, header_forms, say

from .texts import clean, lines

_RED, _BROWN = "FFC00000", "FF7F6000"
_FILLS = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}
_LINES: Mapping[str, tuple[Any, str]] = {"error": ("thick", _RED), "warning": ("mediumDashed", _BROWN)}
_WIDE, _PIXELS, _LINE, _MOST = 42, 300, 17, 700
"""A comment: half-width characters in a line, its width, the height of a line, its height at the most."""
_RANGE = re.compile(r"([A-Z]{1,3}[1-9]\d{0,6})(?::([A-Z]{1,3}[1-9]\d{0,6}))?")
SEARCHED = 20
"""Rows in which a head is looked for: above the first unit, or from the top where no unit is known."""
_BETWEEN = "\n――――\n"


class Marked(NamedTuple):
    """What is to be marked: the place of each finding (sheet and address, empty where it has none), and the findings of each cell."""

    places: list[tuple[str, str]]
    cells: dict[tuple[str, str], list[Finding]]


def placed(book: Any, findings: Sequence[Finding]) -> Marked:
    """Where each finding stands in the workbook; only errors and warnings are marked."""
    places: list[tuple[str, str]] = []
    cells: dict[tuple[str, str], list[Finding]] = {}
    grids = {sheet.title: _Grid(sheet) for sheet in book.worksheets}
    for finding in findings:
        address = grids[finding.sheet].address(finding) if finding.sheet in grids else ""
        places.append((finding.sheet, address))
        if address and finding.severity != "repair":
            cells.setdefault((finding.sheet, address), []).append(finding)
    return Marked(places, cells)


class _Grid:
    """A sheet in which cells are looked for; its texts are gathered when a head is first asked for."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self._texts: dict[int, list[Any]] | None = None

    def address(self, finding: Finding) -> str:
        """The cell of a finding, in a merged one its first; empty where it has none."""
        found = _RANGE.fullmatch(finding.cell)
        if found is not None:
            area = _merged(self.sheet, found[1])
            return found[1] if area is None else str(area.start_cell.coordinate)
        return self._headed(finding.head) if finding.head is not None else ""

    def _headed(self, head: Head) -> str:
        """The lowest cell above the units (without any: the first) whose text is one of the words; else the lowest text in its column."""
        from openpyxl.utils import column_index_from_string

        rows = range(head.above - 1, max(0, head.above - SEARCHED - 1), -1) if head.above else range(1, SEARCHED + 1)
        column = column_index_from_string(head.column) if head.column else 0
        lowest = ""
        for cell in (c for row in rows for c in self._row(row) if column in (0, c.column)):
            if any(form in head.words for form, _ in header_forms(cell.value)) or folded(cell.value) in head.words:
                return str(cell.coordinate)
            lowest = lowest or (cell.coordinate if column else "")
        return lowest

    def _row(self, row: int) -> list[Any]:
        """The texts of a row from left to right; no cell is made for the looking."""
        if self._texts is None:
            self._texts = {}
            for (number, _), cell in sorted(self.sheet._cells.items()):
                if isinstance(cell.value, str) and cell.value.strip():
                    self._texts.setdefault(number, []).append(cell)
        return self._texts.get(row, [])


def _merged(sheet: Any, address: str) -> Any:
    """The merged cells that a cell is one of; None where it stands alone."""
    from openpyxl.utils.cell import coordinate_to_tuple

    row, column = coordinate_to_tuple(address)
    within = (a for a in sheet.merged_cells.ranges if a.min_row <= row <= a.max_row and a.min_col <= column <= a.max_col)
    return next(within, None)


def mark(book: Any, cells: Mapping[tuple[str, str], Sequence[Finding]], lang: str) -> None:
    """Mark each of the cells, and say in its comment all that was found there."""
    for (title, address), findings in cells.items():
        sheet = book[title]
        worst = "error" if any(f.severity == "error" for f in findings) else "warning"
        for cell, sides in _whole(sheet, address):
            _paint(cell, worst, sides)
        _comment(sheet[address], _told(findings, lang))


def _whole(sheet: Any, address: str) -> Iterator[tuple[Any, frozenset[str]]]:
    """The cells of a cell, which may be merged, each with the sides of the whole that it bears."""
    area = _merged(sheet, address)
    if area is None:
        yield sheet[address], frozenset({"left", "right", "top", "bottom"})
        return
    edges = {"left": area.left, "right": area.right, "top": area.top, "bottom": area.bottom}
    sides: dict[tuple[int, int], set[str]] = {area.top[0]: set()}
    for side, places in edges.items():
        for place in places:
            sides.setdefault(place, set()).add(side)
    for place, own in sides.items():
        yield sheet.cell(*place), frozenset(own)


def _paint(cell: Any, severity: str, sides: frozenset[str]) -> None:
    from openpyxl.styles import PatternFill, Side

    style, colour = _LINES[severity]
    line = Side(style=style, color=colour)
    border = copy(cell.border)
    for side in sides:
        setattr(border, side, line)
    cell.border = border
    cell.fill = PatternFill("solid", fgColor=_FILLS[severity], bgColor=_FILLS[severity])


def _told(findings: Iterable[Finding], lang: str) -> str:
    """All that is wrong with one cell, the same thing once."""
    told: dict[str, None] = {}
    for finding in findings:
        word = say(SEVERITY_WORDS[finding.severity], lang)
        told[say(T("[{severity}] {what}\nHow to mend it: {cure}", severity=word, what=finding.what, cure=finding.cure), lang)] = None
    return clean(_BETWEEN.join(told))


def _comment(cell: Any, text: str) -> None:
    """Put a comment on a cell, below the sender's own where there is one, in a box that shows all of it."""
    from openpyxl.comments import Comment

    own = cell.comment
    whole = f"{own.text}{_BETWEEN}{AUTHOR}:\n{text}" if own is not None else text
    height = min(_MOST, (lines(whole, _WIDE) + 1) * _LINE)
    cell.comment = Comment(whole, AUTHOR if own is None else own.author or AUTHOR, height, _PIXELS)


def show_whole(book: Any) -> None:
    """Give the senders' own comments a box that shows them: their boxes are not kept."""
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            own = getattr(cell, "comment", None)
            if own is not None:
                own.width, own.height = _PIXELS // 2, max(79, min(_MOST, (lines(own.text, _WIDE // 2) + 1) * _LINE))


def unmark(book: Any) -> None:
    """Take off what an earlier copy was marked with: our comments, and the fill and border of marked cells."""
    for sheet in book.worksheets:
        marked = [(at, cell) for at, cell in sheet._cells.items() if _is_marked(cell)]
        for at, cell in marked:
            like = _unmarked_beside(sheet, at)
            cell.fill, cell.border = (copy(like.fill), copy(like.border)) if like is not None else _none()
        for cell in sheet._cells.values():
            _uncomment(cell)


def _is_marked(cell: Any) -> bool:
    fill = cell.fill
    if not cell.has_style or fill.fill_type != "solid":
        return False
    severity = next((s for s, c in _FILLS.items() if fill.fgColor.rgb == c), None)
    if severity is None:
        return False
    style, colour = _LINES[severity]
    sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
    return any(s is not None and s.style == style and s.color is not None and s.color.rgb == colour for s in sides)


def _unmarked_beside(sheet: Any, at: tuple[int, int]) -> Any:
    """The nearest cell in the row, else in the column, that bears no mark; None where there is none."""
    row, column = at
    near = [(row, column + d) for d in (1, -1, 2, -2, 3, -3)] + [(row + d, column) for d in (1, -1, 2, -2, 3, -3)]
    beside = (sheet._cells.get(place) for place in near)
    return next((cell for cell in beside if cell is not None and not _is_marked(cell)), None)


def _none() -> tuple[Any, Any]:
    from openpyxl.styles import Border, PatternFill

    return PatternFill(), Border()


def _uncomment(cell: Any) -> None:
    """Take our part out of a comment; one that is only ours goes."""
    from openpyxl.comments import Comment

    own = getattr(cell, "comment", None)
    if own is None:
        return
    before, _, behind = own.text.partition(f"{_BETWEEN}{AUTHOR}:\n")
    if behind:
        cell.comment = Comment(before, own.author)
    elif own.author == AUTHOR:
        cell.comment = None
