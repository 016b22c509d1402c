"""Workbooks that were sent back with marks: told by their document properties, compared by what their cells hold."""

from __future__ import annotations

import html
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from scorekit.plugin import LIST_SHEET, InputError, Lineage, SourceFile, Unreadable, is_list, say, values_digest

from .headings import SEARCHED
from .opening import Book, Sheet, opened
from .package import Refused, damaged, looked_over
from .sheet import TRUTHS, cell_rows

_PART = b"docProps/custom.xml"
_TAIL, _LARGEST = 2**16, 2**16
_PROPERTY = re.compile(r"""<property\b[^>]*?\bname\s*=\s*["']([^"']*)["'][^>]*>\s*<[^>]*>([^<]*)<""")
_TITLES = tuple(say(LIST_SHEET, lang) for lang in ("zh", "en"))


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
                return values_digest((s.title, s_cells) for s in sheets if (s_cells := _cells(s)) is not None)
            finally:
                book.close()
    except Refused as fault:
        raise InputError(fault.what, file.name, fault.cure) from None


def _cells(sheet: Sheet) -> Iterator[tuple[int, int, str, Any]] | None:
    """The cells of a sheet in their order; None where it is a list of problems. Raises Refused."""
    rows = cell_rows(sheet)
    start = list(islice(rows, SEARCHED))
    if is_list([[c["value"] for c in cells] for _, cells in start]):
        return None
    return ((c["row"], c["column"], *_meant(c["data_type"], c["value"])) for _, cells in chain(start, rows) for c in cells)


def _meant(kind: str, value: Any) -> tuple[str, Any]:
    """A truth or an error that somebody entered, also where LibreOffice wrote it as a formula."""
    if isinstance(value, Unreadable):
        return "x", value.shown
    if kind == "f" and isinstance(value, str):
        if value in TRUTHS:
            return "b", TRUTHS[value]
        if value.startswith("=#"):
            return "e", value[1:]
    return kind, value
