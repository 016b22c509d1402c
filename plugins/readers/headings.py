"""Where a table begins: its header row, found by known words, under titles and with merged heads above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scorekit.plugin import folded, header_forms

SEARCHED = 20


@dataclass(frozen=True, slots=True)
class Heading:
    """The columns' names ("" where there is none), and which of the rows searched is the header's first and last."""

    names: tuple[str, ...]
    first: int
    last: int
    known: int


def letter(column: int) -> str:
    """The letter of a column, counted from 0: A, B, … Z, AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def heading(rows: Sequence[Sequence[Any]], headers: frozenset[str]) -> Heading | None:
    """The header among the first rows: most known words, the earlier of equals, one row rather than two.

    Without known words to go by, the first row that is filled with texts.
    """
    texts = [tuple(_text(c) for c in row) for row in rows[:SEARCHED]]
    if not headers:
        return _first_filled(texts, rows)
    best: Heading | None = None
    for i, row in enumerate(texts):
        if not any(row):
            continue
        found = Heading(row, i, i, _known(row, headers))
        if i and any(texts[i - 1]):
            names = _under(texts[i - 1], row, headers)
            two = Heading(names, i - 1, i, _known(names, headers))
            found = two if two.known > found.known else found
        if found.known and (best is None or found.known > best.known):
            best = found
    return best


def known_word(text: str, headers: frozenset[str]) -> bool:
    """Whether a header is one of the known words, also with a mark or a remark in brackets."""
    return any(form in headers for form, _ in header_forms(text))


def _text(cell: Any) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _known(names: Sequence[str], headers: frozenset[str]) -> int:
    """How many distinct known words there are; a section's word before a known one counts, too."""
    return len({folded(n) for n in names if n and (known_word(n, headers) or ("/" in n and known_word(n.rpartition("/")[2], headers)))})


def _under(above: tuple[str, ...], row: tuple[str, ...], headers: frozenset[str]) -> tuple[str, ...]:
    """Names of a two-row head: the upper cell where the lower is empty; both where the lower is not enough alone."""
    often = Counter(folded(t) for t in row if t)
    width = max(len(above), len(row))
    upper, lower = (r + ("",) * (width - len(r)) for r in (above, row))
    names, group = [], ""
    for over, text in zip(upper, lower, strict=True):
        group = over or group
        enough = often[folded(text)] == 1 and known_word(text, headers)
        names.append(over if not text else text if enough or not group else f"{group}/{text}")
    return tuple(names)


def _first_filled(texts: Sequence[tuple[str, ...]], rows: Sequence[Sequence[Any]]) -> Heading | None:
    widest = max((sum(c not in (None, "") for c in row) for row in rows[:SEARCHED]), default=0)
    for i, row in enumerate(texts):
        filled = sum(map(bool, row))
        if filled and filled >= min(2, widest) and filled * 2 > widest:
            return Heading(row, i, i, filled)
    return None
