"""Text in the cells of a CSV file: quoted where it must be, and guarded so that no program takes it for a formula."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?%?")
_FIRST = frozenset("=+-@\t\r\n＝＋－＠'")
"""Full-width signs, too: where Chinese or Japanese is written, programs may take them for the narrow ones."""


def guarded(texts: Sequence[str]) -> list[str]:
    """Texts with a leading ``'`` where a spreadsheet would take them for a formula; plain numbers stay as they are."""
    if _FIRST.isdisjoint({t[:1] for t in texts}):
        return list(texts)
    return [f"'{t}" if _FORMULA.match(t) and not _NUMBER.fullmatch(t) else t for t in texts]


def bare(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text, 1) else text


def quoted(texts: Sequence[str]) -> list[str]:
    """Texts in double quotes where they hold a comma, a quote or the end of a line."""
    whole = "\0".join(texts)
    if not any(sign in whole for sign in ',"\n\r'):
        return list(texts)
    return ['"' + t.replace('"', '""') + '"' if any(sign in t for sign in ',"\n\r') else t for t in texts]


def csv_texts(texts: Sequence[str]) -> list[str]:
    """Texts from people as they stand in a CSV file."""
    return quoted(guarded(texts))
