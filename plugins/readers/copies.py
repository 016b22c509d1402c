"""Workbooks that were sent back with marks: told by their document properties, compared by what their cells hold."""

from __future__ import annotations

import html
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from scorekit.plugin import LIST_SHEET, InputError, Lineage, SourceFile, Unreadable, is_list, say, values_digest

from .cells import SheetParser
from .headings import SEARCHED
from .opening import Book, Sheet, opened
from .package import Refused, damaged, looked_over
from .sheet import TRUTHS, Cells, _checked_rows, _parser

_PART = b"docProps/custom.xml"
_TAIL, _LARGEST = 2**16, 2**16
_PROPERTY = re.compile(r"""<property\b[^>]*?\bname\s*=\s*["']([^"']*)["'][^>]*>\s*<[^>]*>([^<]*)<""")
_TITLES = tuple(say(LIST_SHEET, lang) for lang in ("zh", "en"))
Told = tuple[int, int, str, Any]
"""Row and column of a cell, its kind and its value, as ``values_digest`` takes them."""


def lineage(file: SourceFile) -> Lineage | None:
    """What a workbook says of itself, if it is a copy; of an ordinary one no more is read than the list of its parts."""
    try:
        with file.path.open("rb") as source:
            source.seek(max(0, source.seek(0, 2) - _TAIL))
            if _PART not in source.read():
                return None
            with zipfile.ZipFile(source) as package, package.open(_PART.decode()) as part:
                text = part.read(_LARGEST).decode("utf-8", "replace")
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError, RuntimeError):
        return None  # whoever reads it says what is wrong with it
    return Lineage.read({name: html.unescape(value) for name, value in _PROPERTY.findall(text)})


def is_copy(book: Book) -> bool:
    """Whether an open workbook says that it is a copy."""
    return Lineage.read({p.name: p.value for p in book.custom_doc_props}) is not None


def own_list(title: str) -> bool:
    """Whether a sheet of a copy bears the name of its list of problems."""
    return title in _TITLES


def values(file: SourceFile) -> str:
    """The digest of all that the cells of a workbook hold, the list of problems left out. Raises InputError where it is refused."""
    try:
        looked_over(file.path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                book = opened(file.path)
            except Refused:
                raise
            except Exception:  # noqa: BLE001 - a damaged part raises anything at all
                raise damaged() from None
            try:
                copy = is_copy(book)
                sheets = [s for s in book.worksheets if not (copy and own_list(s.title))]
                return values_digest((_named(s), s_cells) for s in sheets if (s_cells := _cells(s)) is not None)
            finally:
                book.close()
    except Refused as fault:
        raise InputError(fault.what, file.name, fault.cure) from None


def _named(sheet: Sheet) -> str:
    """A sheet's name, and whether it is seen: one that is hidden is not read."""
    return sheet.title if sheet.sheet_state == "visible" else f"{sheet.title}\n{sheet.sheet_state}"


def _cells(sheet: Sheet) -> Iterator[Told] | None:
    """The cells of a sheet in their order, and what shows them otherwise; None where it is a list of problems. Raises Refused."""
    parsers: list[SheetParser] = []
    rows = _rows(sheet, parsers)
    start = list(islice(rows, SEARCHED))
    if is_list([[c["value"] for c in cells] for _, cells in start]):
        return None
    return _told(chain(start, rows), sheet.parent.percents, parsers)


def _rows(sheet: Sheet, parsers: list[SheetParser]) -> Iterator[tuple[int, Cells]]:
    """The rows of a sheet; its parser is put into *parsers*."""
    with sheet._get_source() as source:
        parsers.append(_parser(sheet, source))
        yield from _checked_rows(parsers[0])


def _told(rows: Iterable[tuple[int, Cells]], percents: frozenset[int], parsers: Sequence[SheetParser]) -> Iterator[Told]:
    """Each cell; then merged cells, and rows and columns with values that are hidden: who mends those changes no value."""
    filled: tuple[set[int], set[int]] = (set(), set())
    for number, cells in rows:
        for cell in cells:
            if cell["value"] is not None:
                filled[0].add(number)
                filled[1].add(cell["column"])
            yield (cell["row"], cell["column"], *_meant(cell["data_type"], cell["value"], cell["style_id"] in percents))
    for parser in parsers:
        for area in sorted((m.min_row, m.min_col, m.max_row, m.max_col) for m in parser.merged_cells.mergeCell):
            yield 0, 0, "merged", " ".join(map(str, area))
        for row in sorted(int(n) for n, a in parser.row_dimensions.items() if a.get("hidden") in ("1", "true") and int(n) in filled[0]):
            yield row, 0, "hidden", "row"
        spans = [(int(a["min"]), int(a["max"])) for a in parser.column_dimensions.values()]
        for column in sorted(c for c in filled[1] if any(a <= c <= b for a, b in spans)):
            yield 0, column, "hidden", "column"


def _meant(kind: str, value: Any, percent: bool) -> tuple[str, Any]:
    """A truth or an error that somebody entered, also where LibreOffice wrote it as a formula; a number that is shown as a percentage."""
    if kind == "n" and percent:
        return "%", value
    if isinstance(value, Unreadable):
        return "x", value.shown
    if kind == "f" and isinstance(value, str):
        if value in TRUTHS:
            return "b", TRUTHS[value]
        if value.startswith("=#"):
            return "e", value[1:]
    return kind, value
