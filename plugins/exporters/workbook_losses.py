"""扣分说明: one row for each criterion on which a unit lost points, and for each gate that fired or is open."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np

from scorekit.plugin import REASON_WORDS, Addresses, Column, CriterionSpec, GateSpec, Line, Reason, Submissions, T, line_reasons, plain

from .wording import effect_text, value_texts
from .workbook_choice import MOST_ROWS, Choice, Rows, personal
from .workbook_paper import Cell, Page, Paper, legible, styled, widest

_GAPS = (Reason.MISSING, Reason.DIVIDED_BY_ZERO, Reason.OUT_OF_DOMAIN, Reason.TOO_FEW, Reason.INVALID, Reason.ERROR)
_GATES = (Reason.GATE_FIRED, Reason.GATE_OPEN)
_NOTHING = (Reason.MISSING, Reason.NOT_PART, Reason.GATE_CLEAR, Reason.GATE_OPEN)
_FAULTS = (Reason.INVALID, Reason.ERROR, Reason.ZEROED, Reason.EMPTIED)
_FIGURES = (3, 4, 5)
"""Columns of the sheet that hold numbers: full marks as they are, points and points lost with the digits of their line."""
DIGITS = 4
"""Digits of submitted values: enough to see why a line was missed, few enough to read."""
BLOCK = 1024
"""Units whose rows are made and written at a time."""
Columns = list[list[Any]]
"""By row the unit's place, the line's, then number, title, full marks, points, points lost, why, what was submitted, where."""


def write_losses(paper: Paper, choice: Choice) -> None:
    """The sheet of lost points, unit after unit in the order of the ranking, written in blocks of units."""
    say = paper.say
    lines = [_Line(paper, choice, line, place) for place, line in enumerate(choice.lines)]
    counts, silent = np.zeros(len(choice.names), dtype=np.int64), _silent(lines, len(choice.names))
    for line in lines:
        line.lost &= ~silent
        counts += line.lost
    ends = np.cumsum(counts)
    count = int(ends[-1]) if len(ends) else 0
    until = min(int(np.searchsorted(ends, MOST_ROWS)) + 1, len(ends))  # there is room for a row of each unit before
    heads = [T("unit"), T("no."), T("criterion"), T("full marks"), T("points"), T("lost"), T("why"), T("as submitted"), T("found in")]
    names = [choice.names[i] for i in np.flatnonzero(counts[:until]).tolist()]
    widths = [widest(names, 14, 28), 7.5, 22, 7.5, 7.5, 7.5, 50, 14, 36]
    page = paper.page(say(T("Points lost")), widths, 1)
    page.title(say(T("{title}: points lost and why", title=paper.outcome.plan.base.title)), 16)
    left_out = choice.left_out("scores")
    if left_out is not None:
        page.line(say(left_out))
    if count > MOST_ROWS:
        page.line(say(T("{count} more rows are in the table of scores beside this file.", count=count - MOST_ROWS)))
    page.heads([say(h) for h in heads])
    page.freeze(1)
    room = min(count, MOST_ROWS)
    page.sheet.autofilter(page.row - 1, 0, page.row - 1 + room, len(heads) - 1)
    for start in range(0, until, BLOCK):
        room -= _write(page, choice, lines, slice(start, min(start + BLOCK, until)), room)


def _silent(lines: Sequence[_Line], size: int) -> np.ndarray:
    """The units of which nothing at all is there, as of those that did not send: the ranking says so once."""
    found = np.full(size, bool(lines))
    for line in lines:
        found &= np.isin(line.reasons, _NOTHING)
    return found


def _write(page: Page, choice: Choice, lines: Sequence[_Line], units: slice, room: int) -> int:
    """Write the rows of some units, *room* at most, and say how many they are."""
    paper = page.paper
    found = _Found(choice.outcome.submissions, units)
    units_of, lines_of, *columns = _together([line.rows(units, found) for line in lines], room)
    left, middle = paper.style(align="left"), paper.style(align="center")
    columns = [[choice.names[i] for i in units_of], *columns]
    texts: list[Sequence[Cell]] = [c if i in _FIGURES else legible(c) for i, c in enumerate(columns)]
    styles = [paper.points(line.decimals) for line in choice.lines]
    digits = [styles[i] for i in lines_of]
    page.fill([(c, digits) if i in _FIGURES[1:] else styled(c, left if i in (0, 2, 6, 8) else middle) for i, c in enumerate(texts)])
    return len(units_of)


def _together(found: Sequence[Columns], room: int) -> Columns:
    """The rows of all lines, *room* at most: unit after unit, and of each in the order of the lines."""
    columns: Columns = [list(chain.from_iterable(part)) for part in zip(*found, strict=True)] if found else [[]] * 10
    order = np.argsort(np.array(columns[0], dtype=np.int64), kind="stable")[:room].tolist()
    return [[column[i] for i in order] for column in columns]


class _Line:
    """The rows of one criterion or gate: ``lost`` says of each unit whether it has one."""

    def __init__(self, paper: Paper, choice: Choice, line: Line, place: int) -> None:
        self.paper, self.choice, self.line, self.place = paper, choice, line, place
        self.sheet = choice.outcome.sheet
        self.reasons = line_reasons(choice.outcome, line, choice.track)
        self.hidden = bool(personal(choice.outcome) & {p for reads in line.reads for p in reads})
        self.lost, self.full, self.points = self._lost()
        self._known: dict[tuple[int, int], str] = {}

    def rows(self, units: slice, found: _Found) -> Columns:
        """For each unit that lost points: its place, the line, and what stands in the columns."""
        places = np.flatnonzero(self.lost[units]) + units.start
        index, tracks = places.tolist(), self.choice.track[places].tolist()
        specs = [self.line.specs[t] or self.line.spec for t in tracks]
        full, points = self.full.take(places), self.points.take(places)
        return [
            index,
            [self.place] * len(index),
            [s.no for s in specs],
            [s.title for s in specs],
            _numbers(full),
            _numbers(points),
            _numbers(full - points if not self._taken else -points),
            [self._reason(key) for key in zip(tracks, self.reasons[places].tolist(), strict=True)],
            self._values(places),
            found.of(self.line, index, tracks),
        ]

    @property
    def _taken(self) -> bool:
        return isinstance(self.line.spec, CriterionSpec) and self.line.spec.kind != "base"

    def _lost(self) -> tuple[np.ndarray, Column, Column]:
        """Where points were lost, the full marks, the points."""
        size = self.sheet.size
        none = Column.of(None).spread(size)
        full = self.sheet.full.get(self.line.id, none).spread(size)
        points = self.sheet.points.get(self.line.id, none).spread(size)
        if self.line.gate:
            return np.isin(self.reasons, _GATES), full, points
        loss = -points if self._taken else full - points
        less = (loss.values.num > 0) & ~loss.masked
        gaps = np.isin(self.reasons, _FAULTS if self.line.spec.kind == "bonus" else (*_GAPS, *_FAULTS))  # type: ignore[union-attr]
        return (less | gaps) & (self.reasons != Reason.NOT_PART), full, points

    def _reason(self, key: tuple[int, int]) -> str:
        """The reason and the clause for a track and a reason code, worded once."""
        if key not in self._known:
            self._known[key] = self._why(*key)
        return self._known[key]

    def _why(self, track: int, code: int) -> str:
        """The reason in words and the clause as printed."""
        spec = self.line.specs[track] or self.line.spec
        told = self.paper.say(REASON_WORDS[Reason(code)])
        wording = spec.words.wording if isinstance(spec, CriterionSpec) else spec.wording
        if isinstance(spec, GateSpec) and code == Reason.GATE_FIRED:
            told = self.paper.say(T("{reason}, {effect}", reason=told, effect=effect_text(self.paper.outcome.plan, spec)))
        return self.paper.say(T("{reason}: {wording}", reason=told, wording=wording)) if wording else told

    def _values(self, rows: Rows) -> list[str]:
        """What was submitted, with its unit; personal data is not shown."""
        value = self.sheet.values.get(self.line.id)
        if value is None:
            return [""] * len(rows)
        if self.hidden:
            return [self.paper.say(T("personal data, not shown"))] * len(rows)
        texts = value_texts(value, rows, (self.paper.say(T("no")), self.paper.say(T("yes"))), DIGITS, clocked=True)
        if isinstance(value, Column) and value.kind == "truth" and any(self.line.judged):
            found = value_texts(value, rows, (self.paper.say(T("condition not met")), self.paper.say(T("condition met"))))
            tracks = self.choice.track[rows].tolist()
            texts = [words if self.line.judged[t] else text for words, text, t in zip(found, texts, tracks, strict=True)]
        unit = value.unit if isinstance(value, Column) and value.kind == "number" and value.unit not in ("percent", "fraction") else None
        return [f"{t} {unit}" if t else t for t in texts] if unit else texts


class _Found:
    """The cells that items rest on, for some units: file and sheet once, then the cells."""

    def __init__(self, submissions: Submissions, units: slice) -> None:
        self.start = units.start
        self.addresses = Addresses(submissions, np.arange(units.start, units.stop))
        places = zip(self.addresses.file, self.addresses.sheet, strict=True)
        self.files = [_table(file, sheet) for file, sheet in places]
        self._cells: dict[str, list[str]] = {}

    def of(self, line: Line, units: Sequence[int], tracks: Sequence[int]) -> list[str]:
        """What is printed of a line for each of *units*, which follow *tracks*."""
        read = {t: [self._of(p) for p in line.reads[t]] for t in set(tracks)}
        start, files, told = self.start, self.files, []
        for unit, track in zip(units, tracks, strict=True):
            place, columns = unit - start, read[track]
            cells = columns[0][place] if len(columns) == 1 else "、".join([column[place] for column in columns])
            if "#" in cells or ("/" in cells and self.addresses.sheet[place]):
                told.append(self._apart([column[place] for column in columns], place))
            else:
                told.append(f"{files[place]}{_after(cells)}{cells}" if cells else "")
        return told

    def _apart(self, cells: Sequence[str], place: int) -> str:
        """Of cells that stand in several tables each table once; what the unit's sheet has no cell for stands nowhere."""
        tables: dict[str, list[str]] = {}
        for cell in cells:
            file, known, at = cell.rpartition("#")
            sheet, _, own = at.rpartition("!")
            if known or not (self.addresses.sheet[place] and cell.startswith("/")):
                tables.setdefault(_table(file, sheet) if known else self.files[place], []).append(own if known else cell)
        return "\n".join(f"{table}{_after(found[0])}{'、'.join(found)}" for table, found in tables.items())

    def _of(self, path: str) -> list[str]:
        if path not in self._cells:
            self._cells[path] = self.addresses.cells(path)
        return self._cells[path]


def _table(file: str, sheet: str) -> str:
    return f"{file} {sheet}" if file and sheet else file or sheet


def _after(cells: str) -> str:
    """What stands between a file and its cells; pointers are long and begin a line of their own."""
    return "\n" if cells.startswith("/") else " "


def _numbers(column: Column) -> list[float | str]:
    """Figures as numbers, a dash where there is none."""
    texts = plain(column)
    known: dict[str, float | str] = {t: float(t) if t else "—" for t in set(texts)}
    return [known[t] for t in texts]
