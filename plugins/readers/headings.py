"""Where a table begins: its header row, found by known words, under titles and with merged heads above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scorekit.plugin import folded, header_forms

SEARCHED = 20
SERIAL = frozenset({"序号", "编号", "no", "no.", "#"})
_DEEPEST = 4
"""Rows that a head may have."""
Spans = Mapping[tuple[int, int], int]
"""By row and column of a merged cell (both from 0), its last column."""


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


def heading(rows: Sequence[Sequence[Any]], headers: frozenset[str], deepest: int = _DEEPEST) -> Heading | None:
    """The header among the first rows: most known words, the earlier of equals, as few rows as will do and *deepest* at most.

    Without known words to go by, the first row that is filled with texts.
    """
    texts = [tuple(_text(c) for c in row) for row in rows[:SEARCHED]]
    if not headers:
        return _first_filled(texts, rows)
    best: Heading | None = None
    alone: list[int] = []
    widest = max(map(len, texts), default=0)
    for i, row in enumerate(texts):
        if best is not None and best.known == widest:  # no head can have more
            break
        alone.append(_known(row, headers))
        if not any(row):
            continue
        found = Heading(row, i, i, alone[i])
        for top in range(i - 1, max(-1, i - deepest), -1):
            if not any(texts[top]):
                break
            if i - top == 1 or alone[top]:  # a head of more rows has a title that goes through all of them
                names = _names(texts[top : i + 1], headers, {})
                deeper = Heading(names, top, i, _known(names, headers))
                found = deeper if deeper.known > found.known else found
        if found.known and (best is None or found.known > best.known):
            best = found
    return best


def regrouped(rows: Sequence[Sequence[Any]], headers: frozenset[str], spans: Spans) -> tuple[str, ...]:
    """The names of a head of these rows, once it is known how far its merged cells reach."""
    return _names([tuple(_text(c) for c in row) for row in rows], headers, spans)


def known_word(text: str, headers: frozenset[str]) -> bool:
    """Whether a header is one of the known words, also with a mark or a remark in brackets."""
    return any(form in headers for form, _ in header_forms(text))


def opening_words(headers: frozenset[str]) -> frozenset[str]:
    """The first two characters of a header's words; one that begins with a digit is not looked for among the units."""
    return frozenset(w[:2] for w in (*headers, *SERIAL) if len(w) > 1 and not w[0].isdigit())


def titles_only(cells: Sequence[Any], headers: frozenset[str]) -> bool:
    """Whether a row is a header by what stands in it: texts, several of them known words, and these the most."""
    filled = [c for c in cells if c not in (None, "")]
    known = known_count(filled, headers)
    return known > 1 and known * 2 >= len(filled) and all(type(c) is str for c in filled)


def known_count(cells: Sequence[Any], headers: frozenset[str]) -> int:
    """How many distinct known words stand in some cells."""
    return _known([_text(c) for c in cells], headers)


def side_by_side(names: Sequence[str], headers: frozenset[str]) -> list[int]:
    """The columns in which the first known name of a header stands, where it and another stand several times; else none."""
    known: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        if name and known_word(name, headers):
            known.setdefault(folded(name), []).append(i)
    first = next(iter(known.values()), [])
    return first if len(first) > 1 and sum(len(at) == len(first) for at in known.values()) > 1 else []


def _text(cell: Any) -> str:
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _known(names: Sequence[str], headers: frozenset[str]) -> int:
    """How many distinct known words there are; a section's word before a known one counts, too."""
    return len({folded(n) for n in names if n and (known_word(n, headers) or ("/" in n and known_word(n.rpartition("/")[2], headers)))})


def _names(rows: Sequence[tuple[str, ...]], headers: frozenset[str], spans: Spans) -> tuple[str, ...]:
    """Names of a head of several rows: a column's lowest text, with what stands above it where that is not enough alone.

    What stands above counts for the columns to the right of it, as far as the cell is merged, or else up to the next text.
    """
    width = max(map(len, rows))
    padded = [r + ("",) * (width - len(r)) for r in rows]
    leaves = [next((r[c] for r in reversed(padded) if r[c]), "") for c in range(width)]
    often = Counter(header_forms(t)[-1][0] for t in leaves if t)
    groups, ends, names = [""] * len(rows), [width] * len(rows), []
    for column, leaf in enumerate(leaves):
        depth = max((k for k, r in enumerate(padded) if r[column]), default=0)
        for k, row in enumerate(padded):
            if row[column]:
                groups[k:], ends[k] = [row[column], *[""] * (len(rows) - k - 1)], spans.get((k, column), width)
            elif column > ends[k]:
                groups[k] = ""
        over = [g for g in groups[:depth] if g and folded(g) != folded(leaf)]
        names.append(_full(leaf, over, often[header_forms(leaf)[-1][0]] == 1, headers) if leaf else "")
    return tuple(names)


def _full(leaf: str, over: Sequence[str], alone: bool, headers: frozenset[str]) -> str:
    """A column's name: its own where that is enough, else with as much of what stands above it as makes it known."""
    if not over or (alone and known_word(leaf, headers)):
        return leaf
    longer = ["/".join((*over[start:], leaf)) for start in range(len(over) - 1, -1, -1)]
    return next((name for name in longer if known_word(name, headers)), longer[0])


def _first_filled(texts: Sequence[tuple[str, ...]], rows: Sequence[Sequence[Any]]) -> Heading | None:
    widest = max((sum(c not in (None, "") for c in row) for row in rows[:SEARCHED]), default=0)
    for i, row in enumerate(texts):
        filled = sum(map(bool, row))
        if filled and filled >= min(2, widest) and filled * 2 > widest:
            return Heading(row, i, i, filled)
    return None
