"""Formulas that reach out of their workbook: to a program, a web address or another file, as soon as somebody opens it."""

from __future__ import annotations

import re

_TEXT = re.compile(r'"(#?)[^"]*"')
_BOOK = re.compile(r"'[^']*\[[^\]]*\][^']*'!|\[[^\[\]]+\][^\s!,;()'\"+*/&=<>^-]*!")
_CALLS = re.compile(
    r"(?<![\w.])(?:_xl\w+\.)*(?:HYPERLINK(?=\s*\((?!\s*\"#))|WEBSERVICE|RTD|DDE|CALL|REGISTER(?:\.ID)?|EXEC|IMAGE|STOCKHISTORY|"
    r"SQL\.REQUEST|CUBE\w+|IMPORT(?:XML|HTML|DATA|FEED|RANGE))\s*\(",
    re.IGNORECASE,
)
"""Calls by which a formula fetches, sends or starts something; a link to a place of the same workbook (``#…``) is none."""


def reaches_out(formula: str) -> bool:
    """Whether a formula, with or without its ``=``, reaches out of the workbook it stands in."""
    bare = _TEXT.sub(r'"\1"', formula)
    return "|" in bare or bool(_BOOK.search(bare) or _CALLS.search(bare))
