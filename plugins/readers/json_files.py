"""Submissions as JSON files: one object a file, or a list of them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import numpy as np

from scorekit.plugin import SPARE, Block, RawTable, Reader, ReadRequest, SourceFile, T, hookimpl

from .exact_json import LARGEST, LONGEST, Refused, decoded, parsed
from .gather import ROWS, Gathering
from .layouts import by_layout

STRETCH = 16 * 2**20
"""Bytes that are looked at together."""
Read = tuple[SourceFile, bytes]


def read(files: Sequence[SourceFile], request: ReadRequest) -> Iterator[RawTable]:
    """Tables of up to 16 000 units; a file that is refused is a problem and the others go on.

    Files of one layout make tables of their own, as many as are looked at together.
    """
    gathering = Gathering()
    for batch in _batches(sorted(files, key=lambda f: f.name), gathering):
        ends = np.cumsum([len(data) for _, data in batch], dtype=np.int64) + SPARE
        starts = np.concatenate([[SPARE], ends[:-1]])
        short = ends - starts <= LONGEST
        found, left = by_layout(Block(b"".join(data for _, data in batch)), starts, ends, np.flatnonzero(short))
        for one in found:
            names, size = tuple(batch[row][0].name for row in one.rows.tolist()), len(one.rows)
            yield RawTable(one.columns, names, np.arange(size), np.zeros(size, dtype=np.int64), rubric=one.rubric)  # type: ignore[arg-type]
        for row in sorted([*left.tolist(), *np.flatnonzero(~short).tolist()]):
            file, data = batch[row]
            yield from _alone(file, data, gathering)
    yield from gathering.rest()


def _batches(files: Sequence[SourceFile], gathering: Gathering) -> Iterator[list[Read]]:
    """The contents of files, some at a time; a file that is too large is refused."""
    batch: list[Read] = []
    size = 0
    for file in files:
        with open(file.path, "rb", buffering=0) as source:
            if os.fstat(source.fileno()).st_size > LARGEST:
                what, cure = (
                    T("the file is larger than {limit} MB", limit=LARGEST // 2**20),
                    T("split it, or use NDJSON, CSV or Parquet for many units"),
                )
                gathering.refuse(what, file.name, cure)
                continue
            batch.append((file, source.read()))
        size += len(batch[-1][1])
        if size >= STRETCH or len(batch) == ROWS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _alone(file: SourceFile, data: bytes, gathering: Gathering) -> Iterator[RawTable]:
    """The units of a file that is read by itself."""
    try:
        value = parsed(decoded(data))
    except Refused as fault:
        mend = T("mend line {line} and save the file as UTF-8 JSON", line=fault.line)
        gathering.refuse(fault.what, file.name, mend if fault.line else T("have it sent again"))
        return
    if value == []:
        gathering.refuse(T("there is no unit in the file"), file.name, T("have it sent again"))
    units = enumerate(value, 1) if isinstance(value, list) else [(0, value)]
    for row, unit in units:
        yield from gathering.add(unit, file.name, row)


@hookimpl
def scorekit_readers() -> list[Reader]:
    """The reader of JSON files."""
    return [Reader("json", (".json",), read, "One JSON object a file, or a list of objects")]
