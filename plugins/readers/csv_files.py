"""Submissions as CSV: one unit a row, in the encodings and with the oddities in which offices send them."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from scorekit.plugin import Grid, Problem, RawTable, Reader, ReadRequest, SourceFile, T, Unreadable, hookimpl

from .encodings import candidates, only_narrow, undecided
from .headings import SEARCHED, Heading, heading
from .sifting import Sifter, table, titles_noted

ROWS = 16_000
_DELIMITERS = ",\t;，"
_GUARDED = ("'=", "'+", "'-", "'@", "'\t")


def read(files: Sequence[SourceFile], request: ReadRequest) -> Iterator[RawTable]:
    """Tables of up to 16 000 rows each. Raises InputError where a file's encoding cannot be told."""
    for file in sorted(files, key=lambda f: f.name):
        layout = _layout(file, request)
        if layout is None:
            what = T("no header row with a known column name was found")
            cure = T("write the titles of the form's fields above the columns")
            yield RawTable({}, (file.name,), (), (), problems=(Problem("error", what, cure, file=file.name),))
            continue
        yield from _tables(file, *layout, request.headers)


def _layout(file: SourceFile, request: ReadRequest) -> tuple[str, str, Heading] | None:
    """Encoding, delimiter and header of a file."""
    encodings = list(candidates(file, request.encoding))
    for encoding in encodings:
        found = _best_heading(file, encoding, request.headers)
        if found is None:
            continue
        delimiter, head = found
        if encoding == "utf-8" and "gb18030" in encodings and "".join(head.names).isascii() and only_narrow(file.path):
            raise undecided(file, "gb18030")
        return encoding, delimiter, head
    if encodings == ["gb18030"] and request.encoding is None:
        raise undecided(file, "big5")
    return None


def _best_heading(file: SourceFile, encoding: str, headers: frozenset[str]) -> tuple[str, Heading] | None:
    found = []
    for delimiter in _DELIMITERS:
        head = heading(_first_rows(file, encoding, delimiter), headers)
        if head is not None:
            found.append((delimiter, head))
    return max(found, key=lambda f: f[1].known, default=None)


def _first_rows(file: SourceFile, encoding: str, delimiter: str) -> list[list[str]]:
    """The rows among which the header is sought, as far as they can be read."""
    rows: list[list[str]] = []
    with contextlib.suppress(csv.Error):
        rows.extend(cells for _, cells in islice(_records(file, encoding, delimiter), SEARCHED))
    return rows


def _records(file: SourceFile, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Row numbers as a spreadsheet counts them, and cells."""
    with file.path.open(encoding=encoding, newline="") as source:
        yield from enumerate(csv.reader(source, delimiter=delimiter, strict=True), 1)


def _tables(file: SourceFile, encoding: str, delimiter: str, head: Heading, headers: frozenset[str]) -> Iterator[RawTable]:
    sifter = Sifter(file.name, "", head.names)
    titles_noted(sifter, range(1, head.first + 1))
    rows: list[Sequence[Any]] = []
    numbers: list[int] = []
    row = 0
    try:
        for row, cells in islice(_records(file, encoding, delimiter), head.last + 1, None):
            if sifter.unit(row, cells):
                rows.append(_fitted(cells, len(head.names)))
                numbers.append(row)
            if len(rows) == ROWS:
                yield _unguarded(table(head.names, rows, numbers, sifter, headers))
                rows, numbers = [], []
    except csv.Error:
        cure = T("look at the quotation marks from row {row} on; what follows was not read", row=row + 1)
        sifter.problems.append(Problem("error", T("the file is no valid CSV"), cure, file=file.name, cell=f"A{row + 1}"))
    sifter.finish()
    yield _unguarded(table(head.names, rows, numbers, sifter, headers))


def _fitted(cells: list[str], width: int) -> Sequence[Any]:
    """A row as long as the header; where more is filled, nobody knows which value belongs where, and none is used."""
    if len(cells) <= width:
        return cells + [""] * (width - len(cells))
    if not any(c.strip() for c in cells[width:]):
        return cells[:width]
    what = T("the row has {found} cells, the header {width}: a comma inside a value shifts what follows", found=len(cells), width=width)
    return [Unreadable(",".join(cells)[:200], what, T("put quotation marks around values with a comma, or leave the comma out"))] * width


def _unguarded(found: RawTable) -> RawTable:
    """Without the apostrophe that keeps a spreadsheet from reading a text as a formula."""
    columns = {name: _column_unguarded(cells) for name, cells in found.columns.items()}
    return RawTable(columns, found.files, found.file, found.row, found.sheet, found.letters, found.rubric, found.problems)


def _column_unguarded(cells: Sequence[Any]) -> Sequence[Any]:
    texts = [c for c in cells if type(c) is str]
    if "\n'" not in "\n" + "\n".join(texts):
        return cells
    return [c[1:] if type(c) is str and c.startswith(_GUARDED) else c for c in cells]


def grids(file: SourceFile) -> list[Grid]:
    """The file as it stands, in the first encoding that fits and with the delimiter that parts most cells."""
    for encoding in candidates(file, None):
        rows = max(([cells for _, cells in _records(file, encoding, d)] for d in _DELIMITERS), key=lambda r: sum(map(len, r)))
        return [(file.path.stem, [list(cells) for cells in rows])]
    return []


@hookimpl
def scorekit_readers() -> list[Reader]:
    """The reader of CSV files."""
    return [Reader("csv", (".csv", ".tsv"), read, "One unit a row under a header; UTF-8, UTF-16, GBK or GB18030", grids=grids)]
