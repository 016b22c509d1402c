"""Texts of others in a workbook of ours: they stay texts, whatever they begin with, and hold nothing that a cell cannot."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LONGEST = 2000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def clean(text: str, longest: int = _LONGEST) -> str:
    """*text* without characters that no cell can hold, cut where it is longer than anybody reads."""
    found = _ILLEGAL.sub("\ufffd", text)
    return found if len(found) <= longest else found[: longest - 1] + "…"


def put(cell: Any, text: str) -> None:
    """Write *text* into a cell as a text, also where somebody edits the cell later."""
    cell.value = None
    cell._value, cell.data_type = clean(text), "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True


def width(text: str) -> int:
    """How wide a text is in half-width characters: a Chinese character is two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def lines(text: str, wide: int) -> int:
    """How many lines a text takes where *wide* half-width characters stand in one."""
    return sum(max(1, -(-width(line) // wide)) for line in text.split("\n"))
