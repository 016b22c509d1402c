"""The cells of one sheet, read strictly from its XML: what programs would read differently is nobody's value."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace
from typing import IO, Any

from scorekit.plugin import T, Text, Unreadable

from .package import Refused, damaged, too_many
from .strings import plain_text, text_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LAST_ROW, LAST_COLUMN = 2**20, 2**14
_SHEET, _DATA, _ROW, _CELL = (MAIN + name for name in ("worksheet", "sheetData", "row", "c"))
_VALUE, _FORMULA, _INLINE, _MORE = (MAIN + name for name in ("v", "f", "is", "extLst"))
_MERGES, _COLUMNS = MAIN + "mergeCells", MAIN + "cols"
_HELD = frozenset({_CELL, _VALUE, _FORMULA, _INLINE, MAIN + "t", MAIN + "r", MAIN + "rPh", MAIN + "rPr", MAIN + "mergeCell", MAIN + "col"})
_NUMBER = re.compile(r"[ \t\r\n]*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[ \t\r\n]*", re.ASCII)
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
_FRACTION = re.compile(r"[.eE]")
_LONGEST = 400
"""Characters of a number; a spreadsheet writes some twenty."""
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})(?::([A-Z]{1,3})([1-9][0-9]{0,6}))?", re.ASCII)
_SAVE = T("open the workbook in Excel or WPS, look at the cell, and save it again")


@dataclass(frozen=True, slots=True)
class Shown:
    """How numbers are shown, by the index of their style: how many styles there are (None: not said), which are dates, which times."""

    styles: int | None = None
    dates: frozenset[int] = frozenset()
    durations: frozenset[int] = frozenset()
    clocks: frozenset[int] = frozenset()
    """Times of which only hours and minutes, or what was entered as such, are shown: 3:05."""
    epoch: datetime.datetime = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days have no zone


class SheetParser:
    """Goes through a sheet once; ``merged_cells``, ``row_dimensions`` and ``column_dimensions`` are whole at its end."""

    def __init__(self, source: IO[bytes], texts: Sequence[str | Unreadable], shown: Shown, results: bool = False, title: str = "") -> None:
        """*results*: a formula's cell gives the result that was stored with it, as it is written; *title*: of the sheet."""
        self.title = title
        self._source, self._texts, self._shown, self._results = source, texts, shown, results
        self.merged_cells: Any = SimpleNamespace(mergeCell=[])
        self.row_dimensions: dict[str, Mapping[str, str]] = {}
        self.column_dimensions: dict[str, Mapping[str, str]] = {}
        self._row = 0
        self._styles: dict[str, int] = {}
        self._dates = shown.dates

    def parse(self) -> Iterator[tuple[int, list[dict[str, Any]]]]:
        """Each row's number and its cells. Raises Refused, and what the XML's parser raises."""
        from xml.etree.ElementTree import iterparse

        events: Any = iterparse(self._source)  # noqa: S314 - a document type is refused before
        seen = False
        node: Any
        for _, node in events:
            tag = node.tag
            if tag == _ROW:
                yield self._row_of(node)
                node.clear()
            elif tag == _DATA:
                if seen or any(child.tag != _ROW for child in node):
                    raise damaged()
                seen = True
                node.clear()
            elif tag == _MERGES:
                self.merged_cells.mergeCell = [_area(child.get("ref", "")) for child in node]
                node.clear()
            elif tag == _COLUMNS:
                self._columns(node)
                node.clear()
            elif tag not in _HELD:
                node.clear()
        if events.root.tag != _SHEET or not seen:
            raise damaged()

    def _row_of(self, node: Any) -> tuple[int, list[dict[str, Any]]]:
        written = node.get("r")
        if written is None:
            number = self._row + 1
        elif _INDEX.fullmatch(written) and written != "0":
            number = int(written)
        else:
            raise Refused(T("a row of a sheet has the number “{shown}”", shown=written[:30]), _SAVE)
        if number > LAST_ROW:
            raise too_many()
        if node.get("hidden") is not None:
            self.row_dimensions[str(number)] = dict(node.attrib)
        self._row = number
        cells: list[dict[str, Any]] = []
        column, suffix = 0, str(number)
        for child in node:
            if child.tag != _CELL:
                if child.tag == _MORE:
                    continue
                raise Refused(T("row {row} of a sheet holds something that is no cell", row=number), _SAVE)
            found = self._cell(child, number, suffix, column)
            column = found["column"]
            cells.append(found)
        return number, cells

    def _cell(self, node: Any, row: int, suffix: str, before: int) -> dict[str, Any]:
        """One cell; a value that cannot be told is Unreadable, of the kind ``x``."""
        get = node.get
        column, address = before + 1, get("r")
        if address is not None:
            found = _column(address[: -len(suffix)]) if address.endswith(suffix) else 0
            row, column = (row, found) if found else _elsewhere(address)
        kind, written = get("t", "n"), get("s", "0")
        style = self._styles.get(written, -2)
        if style == -2:
            style = self._styles[written] = self._style(written)
        value: Any = None
        if len(node) == 1 and node[0].tag == _VALUE and not len(node[0]) and kind != "inlineStr":
            value = node[0].text
            if value:
                kind, value = self._value(kind, value, style)
        elif len(node):
            kind, value = self._of_several(node, kind, style)
        if type(value) is Unreadable:
            kind = "x"
        return {"row": row, "column": column, "value": value, "data_type": kind, "style_id": style}

    def _style(self, written: str) -> int:
        """The number of a style; -1 where there is none of that number."""
        known = _INDEX.fullmatch(written) and (self._shown.styles is None or int(written) < max(1, self._shown.styles))
        return int(written) if known else -1

    def _of_several(self, node: Any, kind: str, style: int) -> tuple[str, Any]:
        """Kind and value of a cell that holds a formula, a text in place, or more than it should."""
        parts: dict[str, Any] = {}
        for child in node:
            if child.tag != _MORE:
                if child.tag in parts or child.tag not in (_VALUE, _FORMULA, _INLINE):
                    return _unreadable("", _several())
                parts[child.tag] = child
        value, formula, inline = (parts.get(tag) for tag in (_VALUE, _FORMULA, _INLINE))
        if value is not None and (len(value) or inline is not None or kind == "inlineStr"):
            return _unreadable("", _several())
        text = value.text if value is not None else None
        if formula is not None:
            return ("s", text) if self._results else ("f", "=" + (formula.text or ""))
        if inline is not None:
            return ("s", text_of(inline)) if kind == "inlineStr" else _unreadable("", _no_kind(kind))
        return self._value(kind, text, style) if text else (kind, None)

    def _value(self, kind: str, text: str, style: int) -> tuple[str, Any]:
        if kind == "n":
            return self._number(text, style)
        if kind == "s":
            if _INDEX.fullmatch(text) and int(text) < len(self._texts):
                return "s", self._texts[int(text)]
            return _unreadable(text, T("the workbook has no text of the number “{shown}”", shown=text[:30]))
        if kind == "str":
            return "s", plain_text(text)
        if kind == "b":
            truth = {"1": True, "0": False, "true": True, "false": False}.get(text.strip())
            return _unreadable(text, T("“{shown}” is neither true nor false", shown=text[:30])) if truth is None else ("b", truth)
        if kind == "e":
            return "e", text
        return _iso(text) if kind == "d" else _unreadable(text, _no_kind(kind))

    def _number(self, text: str, style: int) -> tuple[str, Any]:
        whole = text.isdigit() and text.isascii()
        if len(text) > _LONGEST or not (whole or _NUMBER.fullmatch(text)):
            return _unreadable(text, T("“{shown}” is no number", shown=text[:30]))
        if style < 0:
            return _unreadable(text, T("the cell has a format that the workbook does not hold"))
        number: Any = int(text) if whole or not _FRACTION.search(text) else float(text)
        return self._date(number, text, style) if style in self._dates else ("n", number)

    def _date(self, number: Any, text: str, style: int) -> tuple[str, Any]:
        """A serial number of days as a date: not before the first day, and not on the 29th of February 1900, which never was.

        A time without seconds is what is shown: programs take 3:05, entered for minutes and seconds, for hours and minutes.
        """
        from openpyxl.utils.datetime import WINDOWS_EPOCH, from_excel

        duration = style in self._shown.durations
        unreal = number < 0 or (60 <= number < 61 and self._shown.epoch == WINDOWS_EPOCH and not duration)
        try:
            if not unreal:
                found = from_excel(number, self._shown.epoch, timedelta=duration)
                bare = style in self._shown.clocks and isinstance(found, datetime.time) and not (found.second or found.microsecond)
                return "d", f"{found.hour}:{found.minute:02}" if bare else found
        except (OverflowError, ValueError):
            pass
        return _unreadable(text, T("“{shown}” is the number of no day", shown=text[:30]))

    def _columns(self, node: Any) -> None:
        for number, child in enumerate(node):
            if child.get("hidden") in ("1", "true"):
                if not all(_INDEX.fullmatch(child.get(side, "")) for side in ("min", "max")):
                    raise damaged()
                self.column_dimensions[str(number)] = dict(child.attrib)


@cache
def _column(letters: str) -> int:
    """The number of a column; 0 where there is none of these letters."""
    if not 1 <= len(letters) <= 3 or not letters.isascii() or not letters.isalpha() or not letters.isupper():
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number if number <= LAST_COLUMN else 0


def _elsewhere(address: str) -> tuple[int, int]:
    """The place of a cell that is not in its row. Raises Refused where it has no place at all."""
    found = _ADDRESS.fullmatch(address)
    if found is None or not _column(found[1]):
        raise Refused(T("a cell of a sheet has the address “{shown}”, where there is none", shown=address[:30]), _SAVE)
    return int(found[2]), _column(found[1])


def _area(written: str) -> Any:
    """A merged area, its corners in order. Raises Refused where there is no such area."""
    found = _AREA.fullmatch(written)
    if found is None or not all(map(_column, (found[1], found[3] or found[1]))):
        what = T("a sheet has merged cells at “{shown}”, where there are none", shown=written[:30])
        raise Refused(what, T("unmerge the cells and fill in each of them"))
    columns = sorted((_column(found[1]), _column(found[3] or found[1])))
    rows = sorted((int(found[2]), int(found[4] or found[2])))
    return SimpleNamespace(coord=written, min_col=columns[0], max_col=columns[1], min_row=rows[0], max_row=rows[1])


def _iso(text: str) -> tuple[str, Any]:
    """A date written out: a day, or a day with its time."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return _unreadable(text, T("“{shown}” is no date", shown=text[:30]))
    return "d", moment.replace(tzinfo=None)


def _several() -> Text:
    return T("the cell holds several values, and programs disagree which counts")


def _no_kind(kind: str) -> Text:
    return T("the cell is of a kind that does not fit its value: {shown}", shown=kind[:30])


def _unreadable(shown: str, what: Text) -> tuple[str, Unreadable]:
    return "x", Unreadable(shown[:_LONGEST], what, T("enter the value itself"))
