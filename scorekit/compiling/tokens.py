"""The signs and words of a formula, one after the other; what can stand in none is refused where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from scorekit.errors import T, Text

_TOKEN = re.compile(
    r"\s*(?:(?P<date>\d{4}-\d{2}-\d{2})|(?P<number>\d+(?:\.\d+)?)|(?P<quoted>`[^`]+`)|(?P<text>'[^']*')"
    r"|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)|(?P<op>\*\*|==|!=|<=|>=|[-+*/<>(),\[\]]))"
)
_MEANT = {
    "=": "==",
    "×": "*",
    "÷": "/",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "&": "and",
    "|": "or",
    "!": "not",
    "%": "/ 100",
    "（": "(",
    "）": ")",
    "，": ",",
    "＋": "+",
    "－": "-",
    "＊": "*",
    "／": "/",
    "＞": ">",
    "＜": "<",
    "＝": "==",
    "。": ".",
    "‘": "'",
    "’": "'",
    '"': "'",
    "“": "'",
    "”": "'",
}


class FormulaError(Exception):
    """A formula that cannot be read: what is wrong, and the 0-based position in its text."""

    def __init__(self, what: Text, position: int) -> None:
        super().__init__(what.template)
        self.what = what
        self.position = position


class AbsentError(FormulaError):
    """A formula names an item that the standards of other categories have, and this one has not."""


class Token(NamedTuple):
    """One sign, word, number, text or date, with the 0-based position where it stands."""

    kind: str
    text: str
    position: int


def tokens(text: str) -> list[Token]:
    """The signs and words of a formula, a token "end" last. Raises FormulaError at what stands in no formula."""
    found, position = [], 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            start = position + len(text[position:]) - len(text[position:].lstrip())
            raise FormulaError(_stray(text[start]), start)
        kind = match.lastgroup or ""
        found.append(Token(kind, match[kind], match.start(kind)))
        position = match.end()
    return [*found, Token("end", "", len(text))]


def commas(ahead: Sequence[Token]) -> int:
    """How many commas there are up to the bracket that closes, not counting those within further brackets."""
    depth, found = 0, 0
    for token in ahead:
        if token.kind == "op" and token.text in ("(", "["):
            depth += 1
        elif token.kind == "op" and token.text in (")", "]"):
            depth -= 1
        if depth < 0:
            break
        found += depth == 0 and token.text == ","
    return found


def _stray(sign: str) -> Text:
    """What is wrong with a sign that stands in no formula; many come from a Chinese keyboard."""
    if sign in "'`":
        return T("the quotation mark “{found}” is not closed", found=sign)
    meant = _MEANT.get(sign)
    if meant is None:
        return T("“{found}” is no part of a formula", found=sign)
    return T("“{found}” is no part of a formula; did you mean “{near}”?", found=sign, near=meant)
