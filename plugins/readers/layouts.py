"""Many JSON objects of one layout: the same keys in the same order, so that only their values need be looked at.

The first object is parsed exactly; of each other one it is compared byte for byte that it is the same but for plain values
(numbers, truths, nulls, texts without escapes or commas). What differs in anything else is left to the exact reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from scorekit.plugin import DRAFT, SPARE, Block, Spans, T, tails, words

from .exact_json import Refused, decoded, parsed
from .gather import flattened, named

_COMMA, _QUOTE, _MINUS = ord(","), ord('"'), ord("-")
_AFTER = b"} \t\r\n"
_BEFORE = b" \t\r\n"
_EIGHT, _OFTEN = 8, 16
_NULL = np.uint64(int.from_bytes(b"null".rjust(_EIGHT, b"\0"), "little"))
_NO_TEXT = re.compile(rb'[\x00-\x09\x0b-\x1f"\\]')
"""What no plain text holds; the texts are parted by the end of a line when it is sought."""
LEAST, TRIES = 256, 4
"""Objects that are worth a layout, and objects that may turn out to have none of their own."""
Marks = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


class Segment(NamedTuple):
    """What stands between two commas of an object: a value (of this path), and the bytes before and behind it."""

    path: str
    before: bytes
    behind: bytes


class Found(NamedTuple):
    """Objects of one layout: which they are, and their values by path; ``rubric`` is the one that they name."""

    rows: Places
    columns: dict[str, Sequence[Any]]
    rubric: str | None


def layout(text: bytes) -> list[Segment] | None:
    """The segments of an object; None where it has lists, empty objects or escapes, or is none, or is refused."""
    try:
        value = parsed(decoded(text))
    except Refused:
        return None
    leaves = flattened(value) if isinstance(value, dict) else None
    parts = text.split(b",")
    if leaves is None or len(parts) != len(leaves) or any(path.partition(".")[0] == DRAFT for path in leaves):
        return None
    found = []
    for (path, leaf), part in zip(leaves.items(), parts, strict=True):
        body = part.rstrip(_AFTER)
        begin = body.rfind(b'"', 0, -1) if body.endswith(b'"') else body.rfind(b":") + 1
        token = body[begin:].lstrip(_BEFORE)
        before = body[: len(body) - len(token)]
        if not before.rstrip(_BEFORE).endswith(b":") or not _scalar(token, leaf):
            return None
        found.append(Segment(path, before, part[len(body) :]))
    return found


def _scalar(token: bytes, leaf: Any) -> bool:
    try:
        return not isinstance(leaf, (list, dict)) and b"\\" not in token and parsed(token.decode()) == leaf
    except (Refused, UnicodeDecodeError):
        return False


def alike(block: Block, starts: Places, ends: Places, commas: Places, which: Places) -> Found | None:
    """Those of the objects *which* (from ``starts`` to ``ends`` in the block) that have the layout of the first of them."""
    first = int(which[0])
    segments = layout(block.raw[starts[first] : ends[first]])
    if segments is None:
        return None
    before, after = np.searchsorted(commas, starts[which]), np.searchsorted(commas, ends[which])
    rows = which[after - before == len(segments) - 1]
    places = commas[np.searchsorted(commas, starts[rows])[:, None] + np.arange(len(segments) - 1)]
    edges = np.ascontiguousarray(np.concatenate([starts[rows][:, None] - 1, places, ends[rows][:, None]], axis=1).T)
    same = np.ones(len(rows), dtype=bool)
    columns: dict[str, Spans] = {}
    for place, segment in enumerate(segments):
        if place % _OFTEN == 0 and np.count_nonzero(same) < LEAST:
            return None
        left, right = edges[place], edges[place + 1]
        start, end = left + 1 + len(segment.before), right - len(segment.behind)
        same &= (end > start) & _reads(block, left + 1, segment.before) & _reads(block, end, segment.behind)
        columns[segment.path] = Spans(block, start, np.maximum(start, end), read)
    return _valued(rows, same, columns)


def by_layout(block: Block, starts: Places, ends: Places, which: Places) -> tuple[list[Found], Places]:
    """The objects *which* (from ``starts`` to ``ends``) by their layouts, and those left to be read one by one."""
    commas = np.flatnonzero(block.array[SPARE:-SPARE] == _COMMA) + SPARE
    found, left, misses = [], [], 0
    while len(which) >= LEAST and misses < TRIES:
        one = alike(block, starts, ends, commas, which)
        if one is None or len(one.rows) < LEAST:
            left.append(which[:1])
            which, misses = which[1:], misses + 1
        else:
            found.append(one)
            which = np.setdiff1d(which, one.rows)
    return found, np.sort(np.concatenate([*left, which]))


def read(token: bytes) -> Any:
    """A value by its token; none where it is empty. Raises Refused."""
    value = parsed(decoded(token)) if token and token[0] < 0x80 else None
    if isinstance(value, dict) or token[:1] >= b"\x80":  # no value begins with a byte order mark
        raise Refused(T("a submission must be a JSON object, in braces"), 0)  # nobody is told: the whole unit is read by itself then
    return value


def _reads(block: Block, at: Places, text: bytes) -> Marks:
    """Whether *text* stands at each of the places."""
    same = np.ones(len(at), dtype=bool)
    for begin in range(0, len(text), _EIGHT):
        piece = text[begin : begin + _EIGHT]
        wanted = np.uint64(int.from_bytes(piece.rjust(_EIGHT, b"\0"), "little"))
        ends = np.clip(at + (begin + len(piece)), _EIGHT, len(block.array) - SPARE)
        same &= words(block.array, ends) & np.uint64(2**64 - 2 ** (64 - 8 * len(piece))) == wanted
    return same


def _valued(rows: Places, same: Marks, columns: Mapping[str, Spans]) -> Found | None:
    """The objects whose values are values indeed; None where they name several rubrics, or none by its id."""
    if not same.all():
        rows, columns = rows[same], {p: c.take(same) for p, c in columns.items()}
    good = np.ones(len(rows), dtype=bool)
    cells = {path: _cells(column, good) for path, column in columns.items()}
    if not good.all():
        kept = np.flatnonzero(good)
        rows = rows[kept]
        cells = {p: c.take(kept) if isinstance(c, Spans) else [c[i] for i in kept.tolist()] for p, c in cells.items()}
    rubric = set(cells.pop("$schema", ()))
    if not len(rows) or len(rubric) > 1 or not all(map(named, rubric)):
        return None
    return Found(rows, cells, next(iter(rubric), None))


def _cells(column: Spans, good: Marks) -> Sequence[Any]:
    """The values of a column, left where they are if they are plain; *good* is taken from rows whose value is none."""
    data, starts, ends = column.block.array, column.starts, column.ends
    lead = data.take(starts)
    null = lead == ord("n")
    if null.any():
        null &= tails(data, ends, ends - starts, np.uint64(0)) == _NULL
        column = Spans(column.block, starts, np.where(null, starts, ends), read)
        lead = np.where(null, np.uint8(ord("0")), lead)
    if _all_numbers(column, lead, null):
        return column
    few = _few(column)
    return column if few else _texts(column, lead) or _one_by_one(column, good)


def _all_numbers(column: Spans, lead: npt.NDArray[np.uint8], null: Marks) -> bool:
    """Whether all values are numbers as JSON writes them, or null."""
    minus = lead == _MINUS
    if not ((lead - np.uint8(48) <= 9) | minus).all() or column.digits() is None:
        return False
    zero = (lead == 48) & ~null
    if minus.any():
        second = column.block.array.take(column.starts + 1)
        zero |= minus & (second == 48)
        if (minus & (second - np.uint8(48) > 9)).any():
            return False
    if not zero.any():
        return True
    behind = column.block.array.take(column.starts + 1 + minus) - np.uint8(48) <= 9
    return not (zero & behind & (column.ends - column.starts > 1 + minus)).any()


def _few(column: Spans) -> bool:
    """Whether there are few different values, and all of them are values."""
    try:
        return column.few() is not None
    except Refused:
        return False


def _texts(column: Spans, lead: npt.NDArray[np.uint8]) -> list[str] | None:
    """The values of a column of texts without escapes; None where it is no such column."""
    quoted = (lead == _QUOTE) & (column.block.array.take(column.ends - 1) == _QUOTE) & (column.ends - column.starts > 1)
    if not quoted.all():
        return None
    raw = column.block.raw
    whole = b"\n".join([raw[a:b] for a, b in zip((column.starts + 1).tolist(), (column.ends - 1).tolist(), strict=True)])
    if _NO_TEXT.search(whole) or whole.count(b"\n") != len(column) - 1:
        return None
    try:
        return whole.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        return None


def _one_by_one(column: Spans, good: Marks) -> list[Any]:
    values: list[Any] = []
    for row in range(len(column)):
        try:
            values.append(column[row])
        except Refused:
            values.append(None)
            good[row] = False
    return values
