"""Submissions as workbooks (.xlsx): every visible sheet with a known header, one unit a row."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence

from scorekit.plugin import Grid, InputError, Problem, RawTable, Reader, ReadRequest, SourceFile, T, hookimpl

from .beside import properties_of
from .copies import is_copy, lineage, own_list, values
from .drafts import draft_tables, is_draft, unread
from .forms import aside, form_of, form_tables, nothing_filled
from .opening import Book, opened
from .package import Refused, damaged, looked_over
from .sheet import sheet_tables

RUBRIC = "scorekit-rubric"
"""The document property in which a workbook names its rubric."""


def read(files: Sequence[SourceFile], request: ReadRequest) -> Iterator[RawTable]:
    """Tables of up to 16 000 rows of each sheet. A workbook that is refused is a problem, and the others go on."""
    for file in sorted(files, key=lambda f: f.name):
        try:
            yield from _tables(file, request)
        except Refused as fault:
            yield _only(Problem("error", fault.what, fault.cure, file=file.name, sheet=fault.sheet, cell=fault.cell))


def _tables(file: SourceFile, request: ReadRequest) -> list[RawTable]:
    looked_over(file.path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of what it does not keep; nothing is saved here
        book = _opened(file)
        try:
            return _of_book(book, file, request)
        finally:
            book.close()


def _opened(file: SourceFile) -> Book:
    try:
        return opened(file.path)
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - a damaged part raises anything at all
        raise damaged() from None


def _of_book(book: Book, file: SourceFile, request: ReadRequest) -> list[RawTable]:
    tables: list[RawTable] = []
    unread, hidden, listed = list(book.others), [], []
    copy = is_copy(book)
    rubric = next((str(p.value) for p in book.custom_doc_props if p.name == RUBRIC), None)
    names = [s.title.casefold() for s in book.worksheets]
    if len(set(names)) < len(names):
        raise Refused(T("two sheets of the workbook have the same name"), T("rename one of them"))
    if is_draft(book):
        return _of_draft(book, file, rubric)
    form = form_of(book)
    rubric = rubric or (form.rubric or None if form is not None else None)
    for sheet in book.worksheets:
        if copy and own_list(sheet.title):
            listed.append(sheet.title)
            continue
        if form is not None and aside(sheet):
            continue
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        found = (
            sheet_tables(sheet, file.name, request.headers, rubric, request.names)
            if form is None
            else form_tables(sheet, file.name, request.headers, rubric, form)
        )
        if found is None:
            listed.append(sheet.title)
        elif isinstance(found, list):
            tables += found
        elif found:
            unread.append(sheet.title)
    if form is not None and form.form and tables and _nothing_in(tables):
        tables.append(_only(nothing_filled(file.name)))
    return [*tables, *_noted(file, bool(tables), unread, hidden, listed)]


def _of_draft(book: Book, file: SourceFile, rubric: str | None) -> list[RawTable]:
    """The unit of a draft; its other sheets hold nothing to read."""
    shown = [s for s in book.worksheets if s.sheet_state == "visible"]
    tables = [t for s in shown if isinstance(found := draft_tables(s, file.name, rubric), list) for t in found]
    return tables or [_only(unread(file.name, [s.title for s in shown]))]


def _nothing_in(tables: list[RawTable]) -> bool:
    """Whether no row was filled in, and nothing else says why."""
    return not any(map(len, tables)) and not any(p.severity == "error" for t in tables for p in t.problems)


def _noted(file: SourceFile, any_read: bool, unread: list[str], hidden: list[str], listed: list[str]) -> Iterator[RawTable]:
    """List the sheets that were not read."""
    if hidden:
        what = T("hidden sheets are not read: {names}", names=hidden)
        yield _only(Problem("warning", what, T("unhide the sheet if it belongs to the submission"), file=file.name))
    if listed:
        what = T("sheets that list the errors of a copy are not read: {names}", names=listed)
        yield _only(Problem("repair", what, T("nothing needs to be done"), file=file.name))
    if not any_read and (unread or not listed):
        what = T("no header row with a known column name was found")
        yield _only(Problem("error", what, T("write the titles of the form's fields above the columns"), file=file.name))
    elif any_read and unread:
        what = T("sheets without a known header are not read: {names}", names=unread)
        yield _only(Problem("repair", what, T("nothing needs to be done if this is what was meant"), file=file.name))


def _only(problem: Problem) -> RawTable:
    return RawTable({}, (problem.file,), (), (), problems=(problem,))


def named(file: SourceFile) -> str | None:
    """The rubric that a workbook names, without opening it."""
    return properties_of(file.path).get(RUBRIC) or None


def grids(file: SourceFile) -> list[Grid]:
    """Every visible sheet as it stands, values only. Raises InputError where the workbook is refused."""
    try:
        looked_over(file.path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _grids(file)
    except Refused as fault:
        raise InputError(fault.what, file.name, fault.cure) from None


def _grids(file: SourceFile) -> list[Grid]:
    from openpyxl import load_workbook

    try:
        with file.path.open("rb") as source:  # openpyxl leaves a file open that it cannot read to its end
            book = load_workbook(source, data_only=True, keep_links=False)
    except Exception:  # noqa: BLE001 - a damaged part raises anything at all
        raise damaged() from None
    found = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        for area in sheet.merged_cells.ranges:
            value = rows[area.min_row - 1][area.min_col - 1]
            for row in range(area.min_row - 1, area.max_row):
                rows[row][area.min_col - 1] = value
        found.append((sheet.title, rows))
    return found


@hookimpl
def scorekit_readers() -> list[Reader]:
    """The reader of workbooks."""
    return [
        Reader(
            "workbook",
            (".xlsx",),
            read,
            "Sheets with a header and one unit a row",
            grids=grids,
            rests_on=("openpyxl",),
            lineage=lineage,
            values=values,
            names=named,
        )
    ]
