"""One sheet of a workbook, read in one pass: cells as they are meant, and what a reader may not believe."""

from __future__ import annotations

import datetime
import functools
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice
from typing import IO, Any

from scorekit.plugin import Percent, Problem, RawTable, T, Unreadable, folded, is_list

from .beside import labelled
from .cells import SheetParser
from .headings import SEARCHED, Heading, heading, known_count, letter, opening_words, regrouped, side_by_side, titles_only
from .label_values import MOST_COLUMNS, MOST_ROWS, items_down, read_items
from .merges import judge_heads, judge_merges, merged_across
from .opening import Sheet
from .package import CELLS, Refused, damaged, too_many
from .sifting import Sifter, beside_refused, tables, titles_noted

_ROWS = 2**20
_WIDEST = 1000  # columns searched for a header
_EXACT = 10**15  # a spreadsheet keeps fifteen digits
_DEEP = 3
"""Rows that a header may have besides the one by which it is found."""
_MARKS = "*★ \u3000\n"
TRUTHS = {"=TRUE()": True, "=FALSE()": False}
"""How LibreOffice writes a truth that somebody entered: it depends on nothing."""
Cells = list[dict[str, Any]]
Row = tuple[int, Cells]


@dataclass(slots=True)
class _Grid:
    """The rows below a header, as they are read: numbers, cells, and the formulas met on the way; ``above`` are those above it."""

    names: tuple[str, ...]
    percents: frozenset[int]
    above: list[int]
    head_rows: list[Row]
    rows: list[list[Any]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    formulas: list[tuple[list[Any], int, int]] = field(default_factory=list)
    beyond: dict[int, int] = field(default_factory=dict)
    """By column beyond the header, the first row with a value there."""
    again: list[int] = field(default_factory=list)
    """Rows in which the header stands once more."""


def sheet_tables(
    sheet: Sheet, file: str, headers: frozenset[str], rubric: str | None, names: Sequence[str] = (), made: bool = False
) -> list[RawTable] | bool | None:
    """The tables of a sheet; without a known header, whether it has any cells; None of a list of problems. Raises Refused.

    *names* are the words of the field that names a unit, its path first. A sheet that scorekit *made* has a head of one row:
    the first row of values in it is never taken for a second one, whatever its words.
    """
    with sheet._get_source() as source:
        parser = _parser(sheet, source)
        rows = _checked_rows(parser)
        start = [row for _, row in zip(range(SEARCHED), rows, strict=False)]
        texts = [_texts(cells) for _, cells in start]
        if is_list(texts):
            return None
        head = heading(texts, headers, 1) if made else heading(texts, headers)
        if items_down(texts, head, headers):
            return [_items(sheet, parser, [*start, *islice(rows, MOST_ROWS)], (names, headers), file, rubric)]
        if head is None:
            return any(c["value"] is not None for _, cells in start for c in cells)
        grids = _parted(head, start, rows, headers, sheet.parent.percents)
    told, problems = labelled([(n, texts[i]) for i, (n, _) in enumerate(start[: head.first])], file, sheet.title)
    found = [t for grid in grids for t in _grid_tables(grid, sheet, parser, file, headers, rubric)]
    if told or problems:
        found[0] = replace(found[0], problems=(*found[0].problems, *problems))
    return [replace(t, beside=told) for t in found] if told else found


def _items(
    sheet: Sheet, parser: Any, rows: list[Row], words: tuple[Sequence[str], frozenset[str]], file: str, rubric: str | None
) -> RawTable:
    """The table of a sheet with its items one under another; what stands under merged cells is given to nobody."""
    if len(rows) > MOST_ROWS:
        what = T("the items stand one under another in more than {limit} rows; the sheet is not read", limit=MOST_ROWS)
        problem = Problem("error", what, T("write one unit a row, under a header"), file=file, sheet=sheet.title)
        return RawTable({}, (file,), (), (), problems=(problem,))
    width = min(max((c["column"] for _, cells in rows for c in cells if c["value"] is not None), default=0), MOST_COLUMNS)
    grid = _Grid(("",) * width, sheet.parent.percents, [], [])
    for number, cells in rows:
        grid.rows.append(_row(grid, number, cells))
        grid.numbers.append(number)
    _show_results(grid, sheet)
    sifter = Sifter(file, sheet.title, grid.names)
    judge_merges(grid, sifter, parser)
    found = read_items(list(zip(grid.numbers, grid.rows, strict=True)), *words, file, sheet.title, rubric)
    shared = [p for p in sifter.problems if _covers_several(p.cell, found)]
    if grid.beyond:
        what = T(
            "these columns have values but no header, and are not read: {letters}",
            letters=[letter(c - 1) for c in sorted(grid.beyond)[:20]],
        )
        shared.append(Problem("warning", what, T("write a title above the column, or empty it"), file=file, sheet=sheet.title))
    return replace(found, problems=(*found.problems, *shared))


def _covers_several(area: str, found: RawTable) -> bool:
    """Whether merged cells cover several values of a table with its items one under another."""
    (left, top), (right, bottom) = (_spot(address) for address in area.split(":"))
    spots = [_spot(origin.cell) for places in found.elsewhere.values() for origin in places.values()]
    return sum(left <= column <= right and top <= row <= bottom for column, row in spots) > 1


def _spot(address: str) -> tuple[int, int]:
    letters = address.rstrip("0123456789")
    return functools.reduce(lambda n, c: n * 26 + ord(c) - 64, letters, 0), int(address[len(letters) :])


def _parted(head: Heading, start: list[Row], rows: Iterator[Row], headers: frozenset[str], percents: frozenset[int]) -> list[_Grid]:
    """The tables of a sheet one under another, each from its header on."""
    above = [n for n, cells in start[: head.first] if any(_texts(cells))]
    grid = _Grid(head.names, percents, above, start[head.first : head.last + 1])
    found, openings = [grid], opening_words(headers)
    waiting, before = deque(start[head.last + 1 :]), deque[Row](maxlen=_DEEP)
    while row := (waiting.popleft() if waiting else next(rows, None)):
        number, cells = row
        if cells and _may_begin(cells, openings):
            ahead = [row, *waiting, *islice(rows, max(0, _DEEP - len(waiting)))]
            another = _header_at(list(before), ahead, headers)
            if another is not None:
                window = [*before, *ahead]
                _taken_back(grid, len(before) - another.first)
                waiting = deque(window[another.last + 1 :])
                before.clear()
                if list(map(folded, another.names)) == list(map(folded, grid.names)):
                    grid.above += _titles(grid) if grid.above else []  # no title was there that could stand once more
                    grid.again.append(window[another.first][0])
                else:
                    grid = _Grid(another.names, percents, _titles(grid), window[another.first : another.last + 1])
                    found.append(grid)
                continue
            waiting = deque(ahead[1:])
        grid.rows.append(_row(grid, number, cells))
        grid.numbers.append(number)
        before.append(row)
    return found


def _may_begin(cells: Cells, openings: frozenset[str]) -> bool:
    """Whether the first text of a row begins as a header's does, and no number stands behind it."""
    for cell in cells:
        if cell["value"] is not None:
            first = cell["value"]
            begun = type(first) is str and first.lstrip(_MARKS)[:2].lower() in openings
            return begun and not any(c["data_type"] == "n" and c["value"] is not None for c in cells)
    return False


def _header_at(before: list[Row], ahead: Sequence[Row], headers: frozenset[str]) -> Heading | None:
    """The header of which the first row *ahead* is a part, among the rows before and behind it; None where it is part of none.

    A row before it belongs to the header only where it has known words and texts alone: a unit is never taken for a head.
    """
    texts = [_texts(cells) for _, cells in (*before, *ahead[: _DEEP + 1])]
    at = len(before)
    if not titles_only(texts[at], headers):
        return None
    for first in range(at + 1):
        if first < at and not (known_count(texts[first], headers) and all(isinstance(c, (str, type(None))) for c in texts[first])):
            continue
        found = heading(texts[first:], headers)
        if found is not None and found.first == 0 and found.last >= at - first:
            return replace(found, first=first, last=first + found.last)
    return None


def _taken_back(grid: _Grid, count: int) -> None:
    """Take the last rows, which are a header's, off a grid."""
    if count > 0:
        grid.beyond = {c: row for c, row in grid.beyond.items() if row < grid.numbers[-count]}
        del grid.rows[-count:], grid.numbers[-count:]


def _titles(grid: _Grid) -> list[int]:
    """The last rows of a grid that hold one text at its left are the title of the table below; they are taken off it."""
    left = next((i for i, name in enumerate(grid.names) if name), 0)
    found: list[int] = []
    while grid.rows:
        filled = [i for i, c in enumerate(grid.rows[-1]) if c is not None]
        if filled and (filled[0] > left or len(filled) > 1 or not isinstance(grid.rows[-1][filled[0]], str)):
            break
        if filled:
            found.insert(0, grid.numbers[-1])
        _taken_back(grid, 1)
    return found


def _grid_tables(grid: _Grid, sheet: Sheet, parser: Any, file: str, headers: frozenset[str], rubric: str | None) -> list[RawTable]:
    """The tables of one header's rows, with what was found about them."""
    grid.names = regrouped([_texts(cells) for _, cells in grid.head_rows], headers, merged_across(grid, parser))
    beside = side_by_side(grid.names, headers)
    if beside:
        return [beside_refused(file, sheet.title, grid.names, beside, grid.head_rows[-1][0])]
    sifter = Sifter(file, sheet.title, grid.names, headers)
    titles_noted(sifter, grid.above)
    for number in grid.again:
        sifter.note(T("the header stands here once more; the row is left out"), f"A{number}")
    _show_results(grid, sheet)
    _sift(grid, sifter, grid.head_rows[-1][0])
    judge_heads(grid, parser)
    judge_merges(grid, sifter, parser)
    _note_hidden(grid, sifter, parser)
    sifter.finish()
    head = grid.head_rows[-1][0]
    return [replace(t, head=head) for t in tables(grid.names, grid.rows, grid.numbers, sifter, headers, rubric)]


def _parser(sheet: Sheet, source: IO[bytes], results: bool = False) -> SheetParser:
    return SheetParser(source, sheet.parent.texts, sheet.parent.shown, results, sheet.title)


def _checked_rows(parser: SheetParser) -> Iterator[tuple[int, Cells]]:
    """Rows in ascending order, each cell in its row and after the one before; anything else is refused with its address."""
    try:
        yield from _in_order(parser)
    except Refused as fault:
        fault.sheet = parser.title
        raise


def _in_order(parser: SheetParser) -> Iterator[tuple[int, Cells]]:
    last = count = 0
    rows = parser.parse()
    while True:
        try:
            number, cells = next(rows)
        except StopIteration:
            return
        except Refused:
            raise
        except Exception:  # noqa: BLE001 - a damaged part raises anything at all
            raise damaged() from None
        if cells:
            columns = [c["column"] for c in cells]
            if number <= last or columns != sorted(set(columns)) or [c["row"] for c in cells].count(number) < len(cells):
                raise _given_twice(number, last, cells)
            last = number
            count += len(cells)
        if count > CELLS or number > _ROWS:
            raise too_many()
        yield number, cells


def _given_twice(number: int, last: int, cells: Cells) -> Refused:
    """The refusal that names the first cell that is not where it should be."""
    before = [0, *(c["column"] for c in cells)]
    wrong = (c for c, column in zip(cells, before, strict=False) if number <= last or c["row"] != number or c["column"] <= column)
    cell = next(wrong, cells[0])
    address = f"{letter(cell['column'] - 1)}{cell['row']}"
    what = T("the cell {address} is given twice or out of order, and programs disagree which value counts", address=address)
    return Refused(what, T("open the workbook in Excel or WPS, look at the cell, and save it again"), address)


def _texts(cells: Cells) -> list[Any]:
    """A row's cells from column A on, for the search of the header."""
    found: list[Any] = []
    for cell in cells:
        if cell["column"] <= _WIDEST and cell["value"] is not None:
            found.extend([None] * (cell["column"] - 1 - len(found)))
            found.append(cell["value"])
    return found


def _sift(grid: _Grid, sifter: Sifter, last: int) -> None:
    """Keep the units' rows."""
    kept = []
    for number, row in zip(grid.numbers, grid.rows, strict=True):
        for start, end in _between(last, number, (*grid.again, *grid.above)):
            sifter.waiting.append((start, end))
        last = number
        if sifter.unit(number, row):
            kept.append((number, row))
    grid.numbers, grid.rows = [n for n, _ in kept], [r for _, r in kept]
    if grid.beyond:
        what = T(
            "these columns have values but no header, and are not read: {letters}",
            letters=[letter(c - 1) for c in sorted(grid.beyond)[:20]],
        )
        sifter.problems.append(
            Problem("warning", what, T("write a title above the column, or empty it"), file=sifter.file, sheet=sifter.sheet)
        )


def _between(last: int, number: int, told: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The runs of rows between two, those left out of which something else is *told*."""
    start = last + 1
    for other in sorted(n for n in told if last < n < number):
        if other > start:
            yield start, other - 1
        start = other + 1
    if number > start:
        yield start, number - 1


def _row(grid: _Grid, number: int, cells: Cells) -> list[Any]:
    """The cells under the header, as untyped values."""
    width, percents = len(grid.names), grid.percents
    row: list[Any] = [None] * width
    for cell in cells:
        value = cell["value"]
        if value is None:
            continue
        column = cell["column"]
        if column > width:
            grid.beyond.setdefault(column, number)
            continue
        kind = cell["data_type"]
        if kind == "n":
            if not -_EXACT < value < _EXACT:
                value = _rounded_off(value)
            elif cell["style_id"] in percents:
                value = Percent(Decimal(repr(round(value, 10))))
        elif kind == "f" and type(value) is str and value in TRUTHS:
            value = TRUTHS[value]
        elif kind == "f":
            grid.formulas.append((row, column - 1, number))
            value = Unreadable("", T("the cell holds a formula"), T("enter the value itself"))
        elif kind == "e":
            value = Unreadable(str(value), T("the cell holds the error {shown}", shown=str(value)), T("enter the value itself"))
        elif kind == "d":
            value = _day(value)
        row[column - 1] = value
    return row


def _rounded_off(value: float) -> Unreadable:
    what = T("the number has more than 15 digits, and a spreadsheet does not keep them all")
    return Unreadable(str(value), what, T("format the cell as text and enter the number again"))


def _day(value: Any) -> Any:
    """A date; one with a time of day, or a time alone, as text."""
    if isinstance(value, datetime.datetime):
        return value.date() if value.time() == datetime.time() else value.isoformat(" ")
    return value if isinstance(value, datetime.date) else str(value)


def _show_results(grid: _Grid, sheet: Sheet) -> None:
    """Put into each formula's message the result that was stored with it, which is shown and never used."""
    if not grid.formulas:
        return
    wanted = {number for _, _, number in grid.formulas}
    with sheet._get_source() as source:
        parser = _parser(sheet, source, results=True)
        stored = {(n, c["column"] - 1): c["value"] for n, cells in parser.parse() if n in wanted for c in cells}
    for row, column, number in grid.formulas:
        shown = stored.get((number, column))
        text = "" if shown is None else str(shown)
        what = T("the cell holds a formula; its stored result “{shown}” is not used", shown=text)
        row[column] = Unreadable(text, what, T("enter the value itself (copy the cell, then paste values only)"))


def _note_hidden(grid: _Grid, sifter: Sifter, parser: Any) -> None:
    """Warn of hidden rows and columns, which are read."""
    kept = set(grid.numbers)
    rows = [n for n, a in ((int(k), a) for k, a in parser.row_dimensions.items()) if a.get("hidden") in ("1", "true") and n in kept]
    spans = [(int(a["min"]), int(a["max"])) for a in parser.column_dimensions.values() if a.get("hidden") in ("1", "true")]
    columns = [letter(i) for i, name in enumerate(grid.names) if name and any(a <= i + 1 <= b for a, b in spans)]
    shown = T("unhide them and look whether they belong to the submission")
    if rows:
        what = T("hidden rows are read like the others: {rows}", rows=[str(n) for n in sorted(rows)[:20]])
        sifter.problems.append(Problem("warning", what, shown, file=sifter.file, sheet=sifter.sheet))
    if columns:
        what = T("hidden columns are read like the others: {letters}", letters=columns[:20])
        sifter.problems.append(Problem("warning", what, shown, file=sifter.file, sheet=sifter.sheet))
