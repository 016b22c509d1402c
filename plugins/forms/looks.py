"""How the cells of a form look: fonts, borders and fills that print well in black and white, and rows as high as their text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from copy import copy
from functools import cached_property
from typing import Any

from scorekit.plugin import xml_text

LINE, TALLEST = 13.5, 400
"""The height of a line of text at ten points, and the greatest height of a row, in points."""
SLACK = 0.9
"""The part of a column's width that surely holds text: programs break lines where they like."""
GREY, PALE = "D9D9D9", "F2F2F2"
LONGEST = 32_000


class Looks:
    """The styles of a workbook, each made once: openpyxl compares what it is given with all that there is, cell after cell."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], Any] = {}
        self._asked: tuple[object, ...] = ()

    def worn(self, cell: Any, key: tuple[object, ...]) -> bool:
        """Whether a look is known by its *key*; then the cell has it. Else the cell is given one, and ``wear`` keeps it."""
        self._asked = key
        if key in self._known:
            cell._style = copy(self._known[key])
        return key in self._known

    def wear(self, cell: Any) -> None:
        """Keep the look of a cell for all others that are asked to have it."""
        self._known[self._asked] = copy(cell._style)

    @cached_property
    def thin(self) -> Any:
        """A thin border on all sides."""
        from openpyxl.styles import Border, Side

        side = Side(style="thin", color="000000")
        return Border(left=side, right=side, top=side, bottom=side)

    def font(self, size: float = 10, bold: bool = False, name: str = "宋体", color: str = "000000") -> Any:
        """A font; Chinese offices have these."""
        from openpyxl.styles import Font

        return Font(name=name, size=size, bold=bold, color=color)

    def fill(self, color: str) -> Any:
        """A plain fill."""
        from openpyxl.styles import PatternFill

        return PatternFill("solid", start_color=color, end_color=color)

    def aligned(self, horizontal: str = "left", indent: int = 0, wrap: bool = True) -> Any:
        """Text in the middle of its row, broken where it is long."""
        from openpyxl.styles import Alignment

        return Alignment(horizontal=horizontal, vertical="center", wrap_text=wrap, indent=indent)

    @cached_property
    def unlocked(self) -> Any:
        """The protection of a cell that may be filled in."""
        from openpyxl.styles import Protection

        return Protection(locked=False)


def put(cell: Any, text: str) -> None:
    """Write a text as text, whatever it begins with; what no cell can hold is left out."""
    cell.value = xml_text(text)[:LONGEST]
    if text:
        cell.data_type = "s"


def lines_of(text: str, room: float) -> int:
    """How many lines a text needs in a column with *room* for so many letters."""
    return sum(max(1, math.ceil(wide(part) / max(room, 1))) for part in text.split("\n"))


def wide(text: str) -> int:
    """How wide a text is printed: a Chinese letter is as wide as two others."""
    return len(text) if text.isascii() else len(text.encode("gbk", "replace"))


def height(texts: Sequence[tuple[str, float]], least: float = 18, line: float = LINE) -> float:
    """The height of a row of texts, each with the width of its column."""
    most = max((lines_of(text, width * SLACK) for text, width in texts if text), default=1)
    return min(TALLEST, max(least, line * most + 5))
