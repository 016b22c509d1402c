"""Submissions as CSV: one unit a row, in the encodings and with the oddities in which offices send them."""

from __future__ import annotations

import contextlib
import csv
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from scorekit.plugin import (
    Grid,
    Problem,
    RawTable,
    Reader,
    ReadRequest,
    SourceFile,
    Spans,
    T,
    Unreadable,
    assured,
    bare,
    encodings_of,
    hookimpl,
    undecided,
)

from .beside import labelled
from .headings import SEARCHED, Heading, heading, side_by_side
from .label_values import MOST_ROWS, items_down, read_items
from .plain_rows import Rows, plain_rows
from .sifting import Sifter, beside_refused, columns_table, table, titles_noted
from .stretches import Stretches
from .units import units_of

ROWS = 16_000
WHOLE = 64_000
HEAD = 2**16
"""Bytes that are read at first, for the header."""
WIDEST = 2**14
"""Cells of a header, as many as a spreadsheet has columns."""
LEAST = 2**16
"""Bytes from which on a block is worth being looked at as a whole."""
_ITEMS = 2**18
"""Bytes of a file that may hold its items one under another."""
_DELIMITERS = ",\t;，"
_BY_BYTES = ("utf-8", "utf-8-sig", "gb18030")
"""Encodings in which no character holds the byte of a delimiter, a quotation mark or the end of a line."""


def read(files: Sequence[SourceFile], request: ReadRequest) -> Iterator[RawTable]:
    """Tables of up to 64 000 rows each. Raises InputError where a file's encoding cannot be told."""
    for file in sorted(files, key=lambda f: f.name):
        layout = _layout(file, request)
        if layout is None:
            yield RawTable({}, (file.name,), (), (), problems=(_headless(file, request),))
            continue
        head = layout[2]
        if items_down(_first_rows(file, *layout[:2]), head, request.headers) and file.path.stat().st_size <= _ITEMS:
            rows = [(n, [c if c.strip() else None for c in cells]) for n, cells in islice(_records(file, *layout[:2]), MOST_ROWS)]
            yield read_items(rows, request.names, request.headers, file.name, "")
            continue
        beside = side_by_side(head.names, request.headers)
        if beside:
            yield beside_refused(file.name, "", head.names, beside, head.last + 1)
            continue
        above = _first_rows(file, *layout[:2])[: head.first]
        told, problems = labelled([(n, [c if c.strip() else None for c in row]) for n, row in enumerate(above, 1)], file.name, "")
        for found in _tables(file, *layout, request.headers):
            yield replace(found, beside=told, problems=(*found.problems, *problems), head=head.last + 1)
            problems = []


def _headless(file: SourceFile, request: ReadRequest) -> Problem:
    """Why no header was found: a row without end, or none that is known."""
    for encoding in encodings_of(file, request.encoding):
        for delimiter in _DELIMITERS:
            for row, cells in enumerate(_first_rows(file, encoding, delimiter), 1):
                if len(cells) > WIDEST:
                    what = T("the row has {found} cells; {limit} are the most that are read", found=len(cells), limit=WIDEST)
                    return Problem("error", what, T("leave out the columns that are not asked for"), file=file.name, cell=f"A{row}")
    what = T("no header row with a known column name was found")
    return Problem("error", what, T("write the titles of the form's fields above the columns"), file=file.name)


def _layout(file: SourceFile, request: ReadRequest) -> tuple[str, str, Heading] | None:
    """Encoding, delimiter and header of a file."""
    tried = []
    for encoding in encodings_of(file, request.encoding):
        tried.append(encoding)
        found = _best_heading(file, encoding, request.headers)
        if found is None:
            continue
        delimiter, head = found
        assured(file, encoding, request.encoding, told=not "".join(head.names).isascii())
        return encoding, delimiter, head
    if tried == ["gb18030"] and request.encoding is None:
        raise undecided(file, "big5")
    return None


def _best_heading(file: SourceFile, encoding: str, headers: frozenset[str]) -> tuple[str, Heading] | None:
    found = []
    for delimiter in _DELIMITERS:
        rows = [row if len(row) <= WIDEST else [] for row in _first_rows(file, encoding, delimiter)]
        head = heading(rows, headers)
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
    sifter = Sifter(file.name, "", head.names, headers)
    titles_noted(sifter, range(1, head.first + 1))
    pile = _Pile(sifter, headers, head.last + 1)
    try:
        if encoding in _BY_BYTES and len(delimiter.encode()) == 1:
            yield from _by_blocks(Stretches(file.path, encoding), encoding, delimiter, head, pile)
        else:
            for row, cells in islice(_records(file, encoding, delimiter), head.last + 1, None):
                yield from pile.add(row, cells)
    except csv.Error as fault:
        row = pile.row + 1
        cure = T("look at the quotation marks from row {row} on; what follows was not read", row=row)
        long = "field limit" in str(fault)
        what = T("a cell has more than {limit} characters", limit=csv.field_size_limit()) if long else T("the file is no valid CSV")
        sifter.problems.append(Problem("error", what, cure, file=file.name, cell=f"A{row}"))
    if pile.row == head.last + 1 and not sifter.problems:
        cure = T("enter one unit a row, or leave the file out")
        sifter.problems.append(Problem("warning", T("there is no row below the header"), cure, file=file.name))
    sifter.finish()
    yield pile.table()


def _by_blocks(source: Stretches, encoding: str, delimiter: str, head: Heading, pile: _Pile) -> Iterator[RawTable]:
    """The tables of a file block by block: a plain block is told apart as a whole, any other row by row. Raises csv.Error."""
    with contextlib.closing(source):
        above = head.last + 1
        while above and (content := source.next(HEAD)):
            with contextlib.closing(source.rows(content, delimiter)) as rows:
                above -= sum(1 for _ in islice(rows, above))
        with ThreadPoolExecutor(1) as pool:
            ready = pool.submit(_told_apart, source, len(head.names), ord(delimiter))
            while (told := ready.result()).content:
                if told.rows is None:
                    with contextlib.closing(source.rows(told.content, delimiter)) as rows:
                        for cells in rows:
                            yield from pile.add(pile.row + 1, cells)
                ready = pool.submit(_told_apart, source, len(head.names), ord(delimiter))
                if told.rows is not None:
                    yield from pile.rest()
                    yield from _whole(told.rows, encoding, pile)


class _Told(NamedTuple):
    """A stretch of a file, and its rows if it is plain."""

    content: bytes
    rows: Rows | None


def _told_apart(source: Stretches, width: int, delimiter: int) -> _Told:
    """The next stretch; done by a thread of its own while the one before is looked at."""
    content = source.next()
    ended = content if content.endswith(b"\n") else content + b"\n"
    found = plain_rows(ended, width, delimiter) if len(content) >= LEAST else None
    if found is not None and (found.ends - found.starts).max(initial=0) > csv.field_size_limit():
        found = None
    if found is not None:
        source.back(found.rest)
    return _Told(content, found)


def _whole(found: Rows, encoding: str, pile: _Pile) -> Iterator[RawTable]:
    """A plain block as tables of up to 64 000 rows, the cells left in their bytes."""
    read, bared = (partial(reads, encoding=encoding.removesuffix("-sig")) for reads in (_text, _bare_text))
    starts, ends, size = found.starts, found.ends, found.starts.shape[1]
    kept = units_of(pile.sifter, [Spans(found.block, a, b, read) for a, b in zip(starts, ends, strict=True)], pile.row + 1, encoding)
    numbers = np.arange(pile.row + 1, pile.row + 1 + size)
    pile.row += size
    if not kept.all():
        starts, ends, numbers = starts[:, kept], ends[:, kept], numbers[kept]
    for at in range(0, len(numbers), WHOLE):
        rows = slice(at, at + WHOLE)
        cells = [Spans(found.block, a[rows], b[rows], bared) for a, b in zip(starts, ends, strict=True)]
        yield columns_table(pile.sifter.names, cells, numbers[rows], pile.sifter, pile.headers)


def _text(cell: bytes, encoding: str) -> str:
    text = cell.decode(encoding)
    return text.replace('""', '"') if '""' in text else text


def _bare_text(cell: bytes, encoding: str) -> str:
    return bare(_text(cell, encoding))


class _Pile:
    """Rows read one by one, until they make a table."""

    def __init__(self, sifter: Sifter, headers: frozenset[str], row: int) -> None:
        """*row* is the number of the header's last row."""
        self.sifter, self.headers, self.row = sifter, headers, row
        self.rows: list[Sequence[Any]] = []
        self.numbers: list[int] = []

    def add(self, row: int, cells: list[str]) -> Iterator[RawTable]:
        """Take the row of this number."""
        self.row = row
        if self.sifter.unit(row, cells):
            self.rows.append(_fitted(cells, len(self.sifter.names)))
            self.numbers.append(row)
        if len(self.rows) == ROWS:
            yield self.table()

    def rest(self) -> Iterator[RawTable]:
        """The table of the rows at hand, where there are any."""
        if self.rows:
            yield self.table()

    def table(self) -> RawTable:
        """The rows at hand as a table."""
        found = _unguarded(table(self.sifter.names, self.rows, self.numbers, self.sifter, self.headers))
        self.rows, self.numbers = [], []
        return found


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
    return [bare(c) if type(c) is str else c for c in cells]


def grids(file: SourceFile) -> list[Grid]:
    """The file as it stands, in the first encoding that fits and with the delimiter that parts most cells."""
    for encoding in encodings_of(file, None):
        rows = max(([cells for _, cells in _records(file, encoding, d)] for d in _DELIMITERS), key=lambda r: sum(map(len, r)))
        return [(file.path.stem, [list(cells) for cells in rows])]
    return []


@hookimpl
def scorekit_readers() -> list[Reader]:
    """The reader of CSV files."""
    return [Reader("csv", (".csv", ".tsv"), read, "One unit a row under a header; UTF-8, UTF-16, GBK or GB18030", grids=grids)]
