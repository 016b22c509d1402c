"""Forms that scorekit made, as they come back: the sheet of one unit, an item a row, and tables with what stands above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from scorekit.plugin import (
    GUIDANCE,
    HEADS,
    OPTIONS_SHEET,
    PLACEHOLDERS,
    Edition,
    Origin,
    Problem,
    RawTable,
    T,
    Unreadable,
    folded,
    form_words,
    say,
)

from .beside import PREFIX, beside, edition_said
from .headings import SEARCHED, known_word, letter
from .merges import judge_merges
from .opening import Book, Sheet
from .sheet import Cells, _checked_rows, _Grid, _note_hidden, _parser, _row, _show_results, _texts, sheet_tables
from .sifting import Sifter, titles_noted

_HEADS, _PLACEHOLDERS = form_words(HEADS), form_words(PLACEHOLDERS)
_GUIDES = frozenset(folded(say(GUIDANCE, lang)) for lang in ("zh", "en"))
_VALUES = tuple(say(HEADS["value"], lang) for lang in ("zh", "en"))
OWN = "own:"
"""Before a criterion's path: the column of the unit's own scores."""


def form_of(book: Book) -> Edition | None:
    """What a workbook says of the form it is; a sheet that is laid out as one is enough. None of any other workbook."""
    properties = {p.name: str(p.value) for p in book.custom_doc_props if p.name.startswith(PREFIX)}
    found = edition_said(properties, ())
    if found is not None:
        return found
    texts = book.texts or [t for s in book.worksheets if s.sheet_state == "visible" for t in _first_texts(s)]
    found = edition_said(properties, texts)
    if found is None and any(value in texts for value in _VALUES):
        return Edition(properties.get(f"{PREFIX}rubric", ""), "", "", "")
    return found


def _first_texts(sheet: Sheet) -> list[str]:
    """The texts of a sheet's first rows, of a workbook that keeps its texts in their cells. Raises Refused."""
    with sheet._get_source() as source:
        start = islice(_checked_rows(_parser(sheet, source)), SEARCHED)
        return [c["value"] for _, cells in start for c in cells if isinstance(c["value"], str)]


def aside(sheet: Sheet) -> bool:
    """Whether a sheet of a form holds nothing that was filled in: how to fill it in, or the options of dropdowns."""
    return folded(sheet.title) in _GUIDES or (sheet.title == OPTIONS_SHEET and sheet.sheet_state != "visible")


def form_tables(sheet: Sheet, file: str, headers: frozenset[str], rubric: str | None, said: Edition) -> list[RawTable] | bool | None:
    """The tables of a form's sheet, as ``sheet_tables`` gives them, with what stands above them. Raises Refused."""
    with sheet._get_source() as source:
        parser = _parser(sheet, source)
        rows = _checked_rows(parser)
        start = [row for _, row in zip(range(SEARCHED), rows, strict=False)]
        texts = [(n, _texts(cells)) for n, cells in start]
        at = next((i for i, (_, cells) in enumerate(texts) if _is_head(cells, said.form == "unit")), None)
        if at is not None:
            reading = _Unit(file, sheet.title, texts[at], sheet.parent.percents, headers)
            for number, cells in (*start[at + 1 :], *rows):
                reading.take(number, cells)
            _show_results(reading.grid, sheet)
            return [reading.table(parser, texts[:at], rubric, replace(said, form="unit"))]
    found = sheet_tables(sheet, file, headers, rubric, made=bool(said.form))
    if not isinstance(found, list) or not said.form:
        return found
    told, problems = beside(texts, said, file, sheet.title)
    return [replace(t, beside=told, problems=(*t.problems, *(problems if i == 0 else ()))) for i, t in enumerate(found)]


def _is_head(cells: Sequence[Any], known: bool) -> bool:
    """Whether a row is the head of the form of one unit; where that is *known*, the codes may be missing."""
    names = {_HEADS.get(folded(c)) for c in cells if isinstance(c, str)}
    return "value" in names and ("path" in names or (known and "item" in names))


@dataclass(slots=True)
class _Line:
    """One item as it was handed in: the row it stands in, its code and title, and all cells of the row."""

    number: int
    code: str
    title: str
    row: list[Any]


class _Unit:
    """Gathers the rows below the head of the form of one unit; it is read by the words of the head and by codes, not by places."""

    def __init__(self, file: str, sheet: str, head: tuple[int, Sequence[Any]], percents: frozenset[int], headers: frozenset[str]) -> None:
        self.file, self.sheet, self.headers = file, sheet, headers
        self.head, cells = head
        self.names = tuple(c if isinstance(c, str) else "" for c in cells)
        found = [(_HEADS[folded(n)], i) for i, n in enumerate(self.names) if folded(n) in _HEADS]
        self.at = dict(reversed(found))
        self.grid = _Grid(self.names, percents, [], [])
        self.sifter = Sifter(file, sheet, self.names)
        self.lines: list[_Line] = []

    def take(self, number: int, cells: Cells) -> None:
        """One more row: an item, or a heading, a note, nothing."""
        row = _row(self.grid, number, cells)
        line = _Line(number, self._text(row, "path"), self._text(row, "item"), row)
        if not line.code and self._cell(line, "value") is None and self._cell(line, "own") is None:
            self.sifter.unit(number, row)
            return
        self.lines.append(line)
        self.grid.numbers.append(number)
        self.grid.rows.append(row)

    def _text(self, row: Sequence[Any], name: str) -> str:
        cell = row[self.at[name]] if name in self.at else None
        return cell.strip() if isinstance(cell, str) else ""

    def _cell(self, line: _Line, name: str) -> Any:
        """What was entered; None where nothing was, or where the form's own word stands."""
        cell = line.row[self.at[name]] if name in self.at else None
        return None if isinstance(cell, str) and (not cell.strip() or folded(cell) in _PLACEHOLDERS) else cell

    # ---------------------------------------------------------------- giving

    def table(self, parser: Any, above: Sequence[tuple[int, Sequence[Any]]], rubric: str | None, said: Edition) -> RawTable:
        """One unit, its values keyed by code, each with its own cell; a form in which nothing stands gives a problem instead."""
        judge_merges(self.grid, self.sifter, parser)
        told, problems = beside(above, said, self.file, self.sheet)
        told["form"] = ("unit", told["form"][1] if "form" in told else "")
        titles_noted(self.sifter, [n for n, cells in above if any(cells)])
        _note_hidden(self.grid, self.sifter, parser)
        places: dict[str, dict[int, Origin]] = {}
        columns: dict[str, list[Any]] = {}
        for line in self.lines:
            self._give(line, columns, places)
            if line.code in columns and self._known(line.title):
                told[f"title:{line.code}"] = (line.title, self._place(line, "item").cell)
        if not any(cells[0] is not None for cells in columns.values()):
            return self._nothing()
        letters = {"": letter(self.at["value"])}  # each value has a place of its own
        noted = (*self.sifter.problems, *problems)
        return RawTable(columns, (self.file,), (0,), (self.head,), self.sheet, letters, rubric or said.rubric or None, noted, places, told)

    def _give(self, line: _Line, columns: dict[str, list[Any]], places: dict[str, dict[int, Origin]]) -> None:
        """The value and the own score of one row to their columns."""
        value, own = self._cell(line, "value"), self._cell(line, "own")
        known = self._known(line.code)
        name = line.code if known else line.title if self._known(line.title) else ""
        if name and not (value is None and self._is_word(line)):
            self._put(name, value, self._place(line, "value"), columns, places)
        elif value is not None:
            self._stray(line)
        if own is not None and (line.code or line.title):
            named = OWN + line.code if known or not self._known(line.title) else f"{line.title}/{self.names[self.at['own']]}"
            self._put(named, own, self._place(line, "own"), columns, places)

    def _known(self, word: str) -> bool:
        return bool(word) and (not self.headers or known_word(word, self.headers) or known_word(word.rpartition("/")[2], self.headers))

    def _is_word(self, line: _Line) -> bool:
        """Whether the form's own word stands where a value would."""
        return isinstance(line.row[self.at["value"]], str) and folded(line.row[self.at["value"]]) in _PLACEHOLDERS

    def _place(self, line: _Line, name: str) -> Origin:
        return Origin(self.file, self.sheet, f"{letter(self.at[name])}{line.number}")

    def _put(self, name: str, value: Any, place: Origin, columns: dict[str, list[Any]], places: dict[str, dict[int, Origin]]) -> None:
        """A value; of two for one code that differ neither is used."""
        before = columns.get(name, [None])[0]
        if before is not None and value is not None:
            what = T("“{header}” is given several times for this unit: {cells}", header=name, cells=[places[name][0].cell, place.cell])
            value = Unreadable(str(value), what, T("keep one of them"))
        elif name in columns and value is None:
            return
        columns[name], places[name] = [value], {0: place}

    def _stray(self, line: _Line) -> None:
        what = T("the row with the code “{code}” is no item of this form, and its value is not read", code=line.code[:60])
        cure = T("write back the code that stood there, or fill in a fresh form")
        place = self._place(line, "value")
        self.sifter.problems.append(Problem("error", what, cure, file=self.file, sheet=self.sheet, cell=place.cell))

    def _nothing(self) -> RawTable:
        cell = f"{letter(self.at['value'])}{self.grid.numbers[0] if self.grid.numbers else self.head + 1}"
        return RawTable({}, (self.file,), (), (), problems=(nothing_filled(self.file, self.sheet, cell),))


def nothing_filled(file: str, sheet: str = "", cell: str = "") -> Problem:
    """The problem of a form in which nothing was filled in."""
    what = T("nothing is filled in in this form")
    return Problem("error", what, T("fill it in and send it again, or leave the file out"), file=file, sheet=sheet, cell=cell)
