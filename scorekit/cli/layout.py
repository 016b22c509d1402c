"""Lines for a terminal in which a Chinese character is two columns wide: measuring, wrapping, tables."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence

_PIECES = re.compile(r"[!-~]+|\s+|.")
_HANGING = frozenset("，。；：、！？）》」』”’…%,.;:!?)]}")
_WIDEST, _NARROWEST = 100, 40


def width(text: str) -> int:
    """How many columns *text* takes on a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, columns: int) -> str:
    """*text* filled with spaces to a number of columns."""
    return text + " " * (columns - width(text))


def line_width() -> int:
    """How wide a line may be on this terminal."""
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))


def wrapped(text: str, columns: int) -> list[str]:
    """*text* in lines of at most so many columns; between Chinese characters a line may end, in a Latin word it may not."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if line and not _HANGING.issuperset(piece) and width((line + piece).rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        if line or not piece.isspace():
            line += piece
    return [*lines, line.rstrip()] if line or not lines else lines


def pairs(rows: Sequence[tuple[str, str]], columns: int, indent: int = 2) -> Iterator[str]:
    """Terms with their explanations beside them, wrapped; a long term has a line of its own."""
    left = min(max((width(term) for term, _ in rows), default=0), columns // 3)
    for term, text in rows:
        lines = wrapped(text, columns - indent - left - 2) if text else [""]
        alone = width(term) > left
        if alone:
            yield " " * indent + term
        yield (" " * indent + padded("" if alone else term, left) + "  " + lines[0]).rstrip()
        for more in lines[1:]:
            yield " " * (indent + left + 2) + more


def table(rows: Sequence[Sequence[str]], indent: int = 0, numbers: Sequence[int] = ()) -> list[str]:
    """Rows of cells under one another, two spaces apart; the columns named in *numbers* end at the right."""
    widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))] if rows else []
    lines = []
    for row in rows:
        cells = [" " * (w - width(c)) + c if i in numbers else padded(c, w) for i, (c, w) in enumerate(zip(row, widths, strict=True))]
        lines.append((" " * indent + "  ".join(cells)).rstrip())
    return lines
