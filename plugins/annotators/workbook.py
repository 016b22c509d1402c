"""What goes back as a workbook: a marked copy of a workbook, or the list of problems of any file."""

from __future__ import annotations

import datetime
import warnings
from dataclasses import replace
from pathlib import Path
from typing import Any

from scorekit.plugin import LIST_HEADS, LIST_SHEET, Annotator, Finding, Returned, T, Text, hookimpl, is_list, say

from .error_list import fill
from .marks import SEARCHED, mark, placed, show_whole, unmark
from .steady import DAY, save
from .texts import clean
from .whole import lost

_HARMLESS = "Workbook contains no default style"


def marked_copy(returned: Returned, target: Path) -> Text | None:
    """Write a copy of a workbook with its errors and warnings marked and listed; or, where a part would be lost, say which."""
    why = lost(returned.file.path)
    if why is not None:
        return why
    with warnings.catch_warnings(record=True) as noted:
        warnings.simplefilter("always")  # openpyxl warns of what it does not keep
        try:
            book = _opened(returned.file.path)
        except Exception:  # noqa: BLE001 - a part of a form that openpyxl does not expect raises anything at all
            return T("it holds a part that cannot be read")
    if any(w.category is UserWarning and not str(w.message).startswith(_HARMLESS) for w in noted):
        return T("it holds {what}, which a copy would not keep", what=T("a part of an unusual form"))
    _without_list(book)
    title = say(LIST_SHEET, returned.lang)
    if any(title.casefold() == name.casefold() for name in book.sheetnames):
        return T("it has a sheet of its own that is named “{name}”", name=title)
    unmark(book)
    _without_links(book)
    show_whole(book)
    found = placed(book, returned.findings)
    if not found.cells:
        return T("its problems have no cells to be marked")
    mark(book, found.cells, returned.lang)
    sheet = book.create_sheet(title)
    fill(sheet, _with_entered(returned, book, found.places), found.places)
    _first_seen(book, sheet)
    _describe(book, returned)
    save(book, target)
    return None


def list_alone(returned: Returned, target: Path) -> None:
    """Write the list of problems as a workbook of its own."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator, book.properties.created, book.properties.modified = "scorekit", DAY, DAY
    sheet: Any = book.active
    sheet.title = say(LIST_SHEET, returned.lang)
    fill(sheet, returned, [("", "")] * len(returned.findings))
    _describe(book, returned)
    save(book, target)


def _opened(path: Path) -> Any:
    from openpyxl import load_workbook

    with path.open("rb") as source:  # openpyxl leaves a file open that it cannot read to its end
        return load_workbook(source, rich_text=True, keep_links=False)


def _without_list(book: Any) -> None:
    """Take out the list of an earlier copy."""
    for sheet in list(book.worksheets):
        rows = [[_value(sheet, row, column) for column in range(1, len(LIST_HEADS) + 1)] for row in range(1, SEARCHED + 1)]
        if is_list(rows):
            book.remove(sheet)


def _without_links(book: Any) -> None:
    """Take out links that lead out of the workbook; what is written there stays."""
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            link = getattr(cell, "hyperlink", None)
            if link is not None and (link.target or link.id):
                cell.hyperlink = None


def _value(sheet: Any, row: int, column: int) -> Any:
    """What a cell holds; none is made for the looking."""
    cell = sheet._cells.get((row, column))
    return None if cell is None else cell.value


def _with_entered(returned: Returned, book: Any, places: list[tuple[str, str]]) -> Returned:
    """With what stands in the marked cells, as the sender sees it in the file."""
    told = [_entered(f, book, *place) for f, place in zip(returned.findings, places, strict=True)]
    return replace(returned, findings=told)


def _entered(finding: Finding, book: Any, title: str, address: str) -> Finding:
    if not address or finding.entered or finding.head is not None:
        return finding
    return replace(finding, entered=_shown(book[title][address].value))


def _shown(value: Any) -> str:
    """A cell's value as a text; a formula as it was entered."""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return "" if value is None else clean(str(getattr(value, "text", value)))


def _first_seen(book: Any, sheet: Any) -> None:
    """Show the list when the copy is opened, and select no other sheet with it: what is typed would go into all of them."""
    for other in book.worksheets:
        for view in other.views.sheetView:
            view.tabSelected = other is sheet
    book.active = book.worksheets.index(sheet)


def _describe(book: Any, returned: Returned) -> None:
    from openpyxl.packaging.custom import StringProperty

    own = returned.lineage.properties()
    for name in [p for p in book.custom_doc_props.names if p.startswith("scorekit-annotated")]:
        del book.custom_doc_props[name]
    for name, value in own.items():
        book.custom_doc_props.append(StringProperty(name=name, value=value))


@hookimpl
def scorekit_annotators() -> list[Annotator]:
    """The annotator of workbooks."""
    return [Annotator("workbook", (".xlsx",), marked_copy, list_alone, "Marked copies of workbooks, and lists of errors")]
