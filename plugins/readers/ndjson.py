"""Submissions as NDJSON: one JSON object a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorekit.plugin import RawTable, Reader, ReadRequest, SourceFile, T, hookimpl

from .exact_json import LARGEST, Refused, decoded, parsed
from .gather import Gathering


def read(files: Sequence[SourceFile], request: ReadRequest) -> Iterator[RawTable]:
    """Tables of up to 16 000 units, the row being the line; a line that is refused is a problem and the others go on."""
    gathering = Gathering()
    for file in sorted(files, key=lambda f: f.name):
        for line, data in _lines(file):
            if len(data) > LARGEST:
                limit = LARGEST // 2**20
                gathering.refuse(T("the line is longer than {limit} MB", limit=limit), file.name, T("write one unit a line"), f"/{line}")
                break
            try:
                value = parsed(decoded(data))
            except Refused as fault:
                gathering.refuse(fault.what, file.name, T("mend line {line} and save the file as UTF-8 JSON", line=line), f"/{line}")
                continue
            yield from gathering.add(value, file.name, line)
    yield from gathering.rest()


def _lines(file: SourceFile) -> Iterator[tuple[int, bytes]]:
    """Line numbers and the lines that are not blank, none of them read beyond the limit."""
    with file.path.open("rb") as source:
        line = 0
        while data := source.readline(LARGEST + 1):
            line += 1
            if not data.isspace():
                yield line, data


@hookimpl
def scorekit_readers() -> list[Reader]:
    """The reader of NDJSON files."""
    return [Reader("ndjson", (".ndjson", ".jsonl"), read, "One JSON object a line")]
