"""Submissions as NDJSON: one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from scorekit.plugin import SPARE, Block, RawTable, Reader, ReadRequest, SourceFile, Spans, T, hookimpl

from .ahead import ahead
from .exact_json import LARGEST, LONGEST, Refused, decoded, parsed
from .gather import Gathering
from .layouts import Found, Places, by_layout

STRETCH = 16 * 2**20
"""Bytes that are looked at together."""
WHOLE = 64_000


def read(files: Sequence[SourceFile], request: ReadRequest) -> Iterator[RawTable]:
    """Tables of units, the row being the line; a line that is refused is a problem and the others go on.

    Lines of one layout make tables of their own, as many as stand together in a stretch; others wait for 16 000 units.
    """
    gathering = Gathering()
    for file in sorted(files, key=lambda f: f.name):
        if not file.path.stat().st_size:
            gathering.refuse(T("the file is empty"), file.name, T("have it sent again"))
            continue
        for look in ahead(_looked_at, _stretches(file)):
            for one in look.found:
                yield from _together(one, file, look.first)
            yield from _one_by_one(look, file, gathering)
            if look.too_long:
                break
    yield from gathering.rest()


class _Look(NamedTuple):
    """A stretch of lines: the number of the first, where each begins and ends, those of one layout, and those left."""

    first: int
    block: Block
    starts: Places
    ends: Places
    found: list[Found]
    left: Places
    too_long: bool


def _looked_at(stretch: tuple[int, bytes]) -> _Look:
    """The lines of a stretch by their layouts; where one is too long each is left to be read by itself."""
    first, content = stretch
    block = Block(content)
    starts, ends = _lines(block)
    if int((ends - starts).max()) > LARGEST:
        return _Look(first, block, starts, ends, [], np.arange(len(starts)), True)
    short = ends - starts <= LONGEST
    found, left = by_layout(block, starts, ends, np.flatnonzero((ends > starts) & short))
    return _Look(first, block, starts, ends, found, np.sort(np.concatenate([left, np.flatnonzero(~short)])), False)


def _together(found: Found, file: SourceFile, first: int) -> Iterator[RawTable]:
    """Units of one layout as tables of up to 64 000."""
    for at in range(0, len(found.rows), WHOLE):
        part = slice(at, at + WHOLE)
        columns = {p: c.take(part) if isinstance(c, Spans) else c[part] for p, c in found.columns.items()}
        rows: Any = first + found.rows[part]
        files: Any = np.zeros(len(rows), dtype=np.int32)
        yield RawTable(columns, (file.name,), files, rows, rubric=found.rubric)


def _one_by_one(look: _Look, file: SourceFile, gathering: Gathering) -> Iterator[RawTable]:
    """Lines that are read each by itself, up to one that is too long."""
    for row in look.left.tolist():
        data, line = look.block.raw[look.starts[row] : look.ends[row]], look.first + row
        if len(data) > LARGEST:
            limit = LARGEST // 2**20
            gathering.refuse(T("the line is longer than {limit} MB", limit=limit), file.name, T("write one unit a line"), f"/{line}")
            return
        if not data.strip():
            continue
        try:
            value = parsed(decoded(data, narrow=True))
        except Refused as fault:
            gathering.refuse(fault.what, file.name, T("mend line {line} and save the file as UTF-8 JSON", line=line), f"/{line}")
            continue
        yield from gathering.add(value, file.name, line)


def _lines(block: Block) -> tuple[Places, Places]:
    """Where each line begins and ends."""
    ends = np.flatnonzero(block.array[:-SPARE] == ord("\n"))
    if block.raw[-SPARE - 1] != ord("\n"):
        ends = np.append(ends, len(block.raw) - SPARE)
    return np.concatenate([[SPARE], ends[:-1] + 1]), ends


def _stretches(file: SourceFile) -> Iterator[tuple[int, bytes]]:
    """Runs of whole lines, each with the number of its first; a line beyond the limit ends the file."""
    with file.path.open("rb") as source:
        line, held = 1, b""
        while True:
            data = source.read(STRETCH)
            content = held + data
            cut = content.rfind(b"\n") + 1 if len(data) == STRETCH else len(content)
            if not cut and len(content) > LARGEST:
                cut = len(content)
            if content and cut:
                yield line, content[:cut]
                line += content.count(b"\n", 0, cut)
            if not data:
                return
            held = content[cut:]


@hookimpl
def scorekit_readers() -> list[Reader]:
    """The reader of NDJSON files."""
    return [Reader("ndjson", (".ndjson", ".jsonl"), read, "One JSON object a line")]
