"""Submissions as JSON files: one object a file, or a list of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorekit.plugin import RawTable, Reader, ReadRequest, SourceFile, T, hookimpl

from .exact_json import LARGEST, Refused, decoded, parsed
from .gather import Gathering


def read(files: Sequence[SourceFile], request: ReadRequest) -> Iterator[RawTable]:
    """Tables of up to 16 000 units; a file that is refused is a problem and the others go on."""
    gathering = Gathering()
    for file in sorted(files, key=lambda f: f.name):
        if file.path.stat().st_size > LARGEST:
            limit = LARGEST // 2**20
            gathering.refuse(
                T("the file is larger than {limit} MB", limit=limit), file.name, T("split it, or use NDJSON, CSV or Parquet for many units")
            )
            continue
        try:
            value = parsed(decoded(file.path.read_bytes()))
        except Refused as fault:
            mend = T("mend line {line} and save the file as UTF-8 JSON", line=fault.line)
            gathering.refuse(fault.what, file.name, mend if fault.line else T("have it sent again"))
            continue
        units = enumerate(value, 1) if isinstance(value, list) else [(0, value)]
        for row, unit in units:
            yield from gathering.add(unit, file.name, row)
    yield from gathering.rest()


@hookimpl
def scorekit_readers() -> list[Reader]:
    """The reader of JSON files."""
    return [Reader("json", (".json",), read, "One JSON object a file, or a list of objects")]
