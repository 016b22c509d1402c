"""Whether openpyxl would keep all that a workbook holds: by a list of what it keeps, not of what it loses."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from xml.parsers import expat

from scorekit.plugin import T, Text

from .reaching import reaches_out

LARGEST = 12 * 2**20
"""Bytes of all sheets unpacked, some 400 000 cells; openpyxl holds a workbook whole, at some fifteen times as much."""
WIDEST = 400_000
"""Cells of all merged cells, linked areas and tables; openpyxl makes each of them."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PARTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\[content_types\]\.xml",
        r"_rels/\.rels", r"docprops/(app|core|custom)\.xml", r"xl/workbook\.xml", r"xl/_rels/workbook\.xml\.rels",
        r"xl/(styles|sharedstrings|calcchain)\.xml", r"xl/theme/theme\d*\.xml",
        r"xl/worksheets/[^/]+\.xml", r"xl/worksheets/_rels/[^/]+\.xml\.rels", r"xl/comments\d*\.xml", r"xl/comments/[^/]+\.xml",
        r"xl/drawings/[^/]+\.vml", r"xl/tables/[^/]+\.xml", r"xl/printersettings/[^/]+\.bin",
    )
)  # fmt: skip
"""Parts that are kept, or (results of formulas in order, settings of a printer) made anew by whoever opens the copy."""
_SHEET, _VML = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE), re.compile(r"xl/drawings/[^/]+\.vml", re.IGNORECASE)
_TABLE = re.compile(r"xl/tables/[^/]+\.xml", re.IGNORECASE)
_OF_SHEETS = frozenset({
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter", "mergeCells",
    "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks",
    "colBreaks", "legacyDrawing", "tableParts", "phoneticPr", "ignoredErrors", "sortState",
})  # fmt: skip
"""The last three only say how pronunciation would be shown, which green corners were clicked away, what was sorted by last."""
_OF_BOOKS = frozenset({
    "fileVersion", "workbookPr", "workbookProtection", "bookViews", "sheets", "definedNames", "calcPr", "fileRecoveryPr", "extLst",
})  # fmt: skip
_OF_STYLES = frozenset({
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
})  # fmt: skip
_OF_STRINGS = frozenset({"si"})
_FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "definedName"})
"""Elements whose text is a formula: of a cell, a condition of its look, a check, a name."""
_NOWHERE = frozenset({"extLst", "pivotSelection", "rPh", "customSheetViews"})
_EXTENSIONS = frozenset({
    "{140A7094-0E35-4892-8432-C4D2E57EDEB5}", "{B58B0392-4F1F-4190-BB64-5DF3571DCE5F}", "{EB79DEF2-80B8-43E5-95BD-54CBDDF9020C}",
    "{9260A510-F301-46A8-8635-F512D64BE5F5}", "{7626C862-2A13-11E5-B345-FEFF819CDC9F}",
})  # fmt: skip
"""Extensions without content of anybody's: how charts follow cells, how formulas are reckoned, which styles are the default."""
_NAMES: tuple[tuple[str, Text], ...] = (
    ("pivot", T("a pivot table")),
    ("slicer", T("a slicer")),
    ("timeline", T("a slicer")),
    ("threadedcomments", T("threaded comments")),
    ("persons", T("threaded comments")),
    ("charts", T("a chart or picture")),
    ("drawing", T("a chart or picture")),
    ("media", T("a chart or picture")),
    ("picture", T("a chart or picture")),
    ("embeddings", T("an embedded object")),
    ("oleobject", T("an embedded object")),
    ("activex", T("a form control")),
    ("ctrlprop", T("a form control")),
    ("control", T("a form control")),
    ("customxml", T("custom XML data")),
    ("querytable", T("a data connection")),
    ("connections", T("a data connection")),
    ("rph", T("pronunciation beside texts")),
    ("extlst", T("a newer feature (an extension such as a dropdown from another sheet, a sparkline, a data bar)")),
)
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_NOTES, _SHAPES = re.compile(rb"ObjectType\s*=\s*[\"'](\w+)[\"']"), re.compile(rb"<(?:\w+:)?shape[\s>]")


class _Lost(Exception):
    """Something would be lost: what."""

    def __init__(self, what: Text) -> None:
        super().__init__(what.template)
        self.what = what


def lost(path: Path) -> Text | None:
    """What would be lost if openpyxl opened the workbook at *path* and saved it; None where all is kept.

    The package was looked over by its reader: it is none that could exhaust anybody.
    """
    try:
        with zipfile.ZipFile(path) as package:
            _judge(package)
    except _Lost as fault:
        return T("it holds {what}, which a copy would not keep", what=fault.what)
    except (expat.ExpatError, zipfile.BadZipFile, OSError, KeyError, ValueError):
        return T("it holds a part that cannot be read")
    return None


def _judge(package: zipfile.ZipFile) -> None:
    parts = [p for p in package.infolist() if not p.filename.endswith("/")]
    for part in parts:
        if not any(p.fullmatch(part.filename) for p in _PARTS):
            raise _Lost(_named(part.filename))
    if sum(p.file_size for p in parts if _SHEET.fullmatch(p.filename)) > LARGEST:
        raise _Lost(T("more cells than are copied"))
    tables = any(_TABLE.fullmatch(p.filename) for p in parts)
    areas = _Areas()
    for part in parts:
        name = part.filename
        if _VML.fullmatch(name):
            _only_comments(package.read(name))
        elif name.lower().endswith(".xml"):
            _walked(package, name, tables, areas)


def _named(name: str) -> Text:
    """What a part, element or extension is, in words; its name where there are none."""
    low = name.lower()
    return next((words for sign, words in _NAMES if sign in low), T("a part named “{name}”", name=name[:100]))


def _only_comments(content: bytes) -> None:
    """Shapes must be those of comments: form controls stand in the same part."""
    kinds = _NOTES.findall(content)
    if b"\0" in content or set(kinds) - {b"Note"} or len(_SHAPES.findall(content)) != len(kinds):
        raise _Lost(T("a form control"))


class _Areas:
    """Counts the cells of areas that openpyxl makes one by one, of the whole workbook."""

    def __init__(self) -> None:
        self.cells = 0

    def take(self, reference: str) -> None:
        """Count one more area. Raises _Lost where it is none, or they are too many."""
        found = _AREA.fullmatch(reference)
        if found is None:
            raise _Lost(T("an area that cannot be read"))
        columns = abs(_column(found[3] or found[1]) - _column(found[1])) + 1
        self.cells += columns * (abs(int(found[4] or found[2]) - int(found[2])) + 1)
        if self.cells > WIDEST:
            raise _Lost(T("larger merged cells, links or tables than are copied"))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _walked(package: zipfile.ZipFile, name: str, tables: bool, areas: _Areas) -> None:
    low = name.lower()
    if _SHEET.fullmatch(name):
        check: Callable[[list[str], Any], None] = partial(_sheet, areas)
    elif low == "xl/workbook.xml":
        check = _book
    elif low == "xl/styles.xml":
        check = _Styles(tables)
    elif low == "xl/sharedstrings.xml":
        check = _strings
    elif _TABLE.fullmatch(name):
        check = partial(_table, areas)
    else:
        return
    with package.open(name) as source:
        _each_element(source, check)


def _each_element(source: Any, check: Callable[[list[str], Any], None]) -> None:
    """Call *check* with the path and the attributes of each element; names of the main namespace are bare, others after ``{…}``.

    Raises _Lost for a formula that reaches out of the workbook: a copy is opened by others than its sender.
    """
    path: list[str] = []
    formula: list[str] = []

    def start(name: str, attributes: Any) -> None:
        space, _, own = name.rpartition(" ")
        path.append(own if space == _MAIN else f"{{{space}}}{own}")
        check(path, attributes)
        if path[-1] in _FORMULAS:
            parser.CharacterDataHandler = formula.append

    def end(_: str) -> None:
        if path.pop() in _FORMULAS:
            parser.CharacterDataHandler = None
            if reaches_out("".join(formula)):
                raise _Lost(T("a formula that reaches out of the workbook"))
            formula.clear()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.buffer_text = True
    parser.ParseFile(source)


def _plain(path: list[str], allowed: frozenset[str]) -> None:
    """Raises _Lost for an element of another namespace, of an extension, or that is not among those allowed below the root."""
    own = path[-1]
    if own.startswith("{") or own in _NOWHERE or (len(path) == 2 and own not in allowed):
        raise _Lost(_named(own.rpartition("}")[2]))


def _sheet(areas: _Areas, path: list[str], attributes: Any) -> None:
    own = path[-1]
    if own in ("mergeCell", "hyperlink"):
        areas.take(attributes.get("ref", ""))
    if own == "c":
        if "cm" in attributes or "vm" in attributes:
            raise _Lost(T("a value of a newer kind (a dynamic array, a picture in a cell)"))
    elif own == "f" and attributes.get("t", "normal") not in ("normal", "shared", "array"):
        raise _Lost(T("a data table of formulas"))
    elif own not in ("row", "v"):
        _plain(path, _OF_SHEETS)


def _strings(path: list[str], attributes: Any) -> None:
    _plain(path, _OF_STRINGS)


def _table(areas: _Areas, path: list[str], attributes: Any) -> None:
    if len(path) == 1:
        areas.take(attributes.get("ref", ""))
    if "queryTableFieldId" in attributes or (len(path) == 1 and attributes.get("tableType", "worksheet") != "worksheet"):
        raise _Lost(T("a data connection"))
    _plain(path, frozenset({"autoFilter", "sortState", "tableColumns", "tableStyleInfo"}))


def _book(path: list[str], attributes: Any) -> None:
    if _known_extension(path, attributes) or any("AlternateContent" in p for p in path) or path[-1].endswith("}revisionPtr"):
        return  # where the file was saved, and by which revision
    _plain(path, _OF_BOOKS)


class _Styles:
    """The check of a table of styles: named styles of tables are kept, but not those that only some programs know."""

    def __init__(self, tables: bool) -> None:
        self.tables = tables

    def __call__(self, path: list[str], attributes: Any) -> None:
        if _known_extension(path, attributes):
            return
        if self.tables and path[-1] == "tableStyle":
            raise _Lost(T("a table with a style of its own"))
        _plain(path, _OF_STYLES)


def _known_extension(path: list[str], attributes: Any) -> bool:
    """Whether an element is, or stands in, an extension without content of anybody's. Raises _Lost for another."""
    if "extLst" not in path:
        return False
    if path[-1] == "ext" and path[-2] == "extLst" and attributes.get("uri", "").upper() not in _EXTENSIONS:
        raise _Lost(_named("extLst"))
    return len(path) > 1 and path[1] == "extLst"
