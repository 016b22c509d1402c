"""扣分说明: one row for each criterion on which a unit lost points, and for each gate that fired or is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from scorekit.plugin import REASON_WORDS, Addresses, Column, CriterionSpec, GateSpec, Line, Reason, T, line_reasons, plain

from .wording import effect_text, value_texts
from .workbook_choice import MOST_ROWS, Choice, Rows, personal
from .workbook_paper import Cell, Paper, legible, styled, widest

_GAPS = (Reason.MISSING, Reason.DIVIDED_BY_ZERO, Reason.OUT_OF_DOMAIN, Reason.TOO_FEW, Reason.INVALID, Reason.ERROR)
_GATES = (Reason.GATE_FIRED, Reason.GATE_OPEN)
_FAULTS = (Reason.INVALID, Reason.ERROR, Reason.ZEROED, Reason.EMPTIED)
DIGITS = 4
"""Digits of submitted values: enough to see why a line was missed, few enough to read."""
Lost = tuple[int, int, str, str, float | str, float | str, float | str, str, str, str]


def write_losses(paper: Paper, choice: Choice) -> None:
    """The sheet of lost points, unit after unit in the order of the ranking."""
    say = paper.say
    rows: list[Lost] = sorted(row for place, line in enumerate(choice.lines) for row in _Line(paper, choice, line, place).rows())
    left_out, rows = len(rows) - MOST_ROWS, rows[:MOST_ROWS]
    columns = list(zip(*rows, strict=True))[1:] if rows else [()] * 9
    names = [choice.names[row[0]] for row in rows]
    heads = [T("unit"), T("no."), T("criterion"), T("full marks"), T("points"), T("lost"), T("why"), T("as submitted"), T("found in")]
    widths = [widest(names, 14, 28), 7.5, 22, 7.5, 7.5, 7.5, 50, 14, 36]
    page = paper.page(say(T("Points lost")), widths, 1)
    page.title(say(T("{title}: points lost and why", title=paper.outcome.plan.base.title)), 16)
    if left_out > 0:
        page.line(say(T("{count} more rows are in the table of scores beside this file.", count=left_out)))
    page.heads([say(h) for h in heads])
    page.freeze(1)
    page.sheet.autofilter(page.row - 1, 0, page.row - 1 + len(rows), len(heads) - 1)
    left, middle = paper.style(align="left"), paper.style(align="center")
    texts: list[Sequence[Cell]] = [legible(names), *columns[1:6], *(legible(c) for c in columns[6:])]
    figures = {line.decimals: paper.points(line.decimals) for line in choice.lines}
    digits = [figures[choice.lines[row[1]].decimals] for row in rows]
    page.fill([(c, digits) if i in (4, 5) else styled(c, left if i in (0, 2, 6, 8) else middle) for i, c in enumerate(texts)])


class _Line:
    """The rows of one criterion or gate."""

    def __init__(self, paper: Paper, choice: Choice, line: Line, place: int) -> None:
        self.paper, self.choice, self.line, self.place = paper, choice, line, place
        self.sheet = paper.outcome.sheet
        self.reasons = line_reasons(paper.outcome, line, choice.follows)[choice.rows]
        self.hidden = bool(personal(paper.outcome) & {p for reads in line.reads for p in reads})

    def rows(self) -> list[Lost]:
        """One tuple for each unit that lost points: place, line, and what stands in the columns."""
        lost, full, points = self._lost()
        places = np.flatnonzero(lost)
        if not len(places):
            return []
        rows, index = self.choice.rows[places], places.tolist()
        tracks = self.choice.track[places].tolist()
        specs = [self.line.specs[t] or self.line.spec for t in tracks]
        why = self._cached(lambda key: self._why(*key), list(zip(tracks, self.reasons[places].tolist(), strict=True)))
        return list(
            zip(
                index,
                [self.place] * len(index),
                [s.no for s in specs],
                [s.title for s in specs],
                _numbers(full.take(places)),
                _numbers(points.take(places)),
                _numbers((full - points if not self._taken else -points).take(places)),
                why,
                self._values(rows),
                self._found(rows, tracks),
                strict=True,
            )
        )

    @property
    def _taken(self) -> bool:
        return isinstance(self.line.spec, CriterionSpec) and self.line.spec.kind != "base"

    def _lost(self) -> tuple[np.ndarray, Column, Column]:
        """Where points were lost, the full marks, the points."""
        size, rows = self.sheet.size, self.choice.rows
        none = Column.of(None).spread(size)
        full = self.sheet.full.get(self.line.id, none).spread(size).take(rows)
        points = self.sheet.points.get(self.line.id, none).spread(size).take(rows)
        if self.line.gate:
            return np.isin(self.reasons, _GATES), full, points
        loss = -points if self._taken else full - points
        less = (loss.values.num > 0) & ~loss.masked
        gaps = np.isin(self.reasons, _FAULTS if self.line.spec.kind == "bonus" else (*_GAPS, *_FAULTS))  # type: ignore[union-attr]
        return (less | gaps) & (self.reasons != Reason.NOT_PART), full, points

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
        unit = value.unit if isinstance(value, Column) and value.kind == "number" and value.unit not in ("percent", "fraction") else None
        return [f"{t} {unit}" if t else t for t in texts] if unit else texts

    def _found(self, rows: Rows, tracks: list[int]) -> list[str]:
        """The cells that the item rests on: file and sheet once, then the cells."""
        addresses = Addresses(self.paper.outcome.submissions, rows)
        found: dict[int, list[list[str]]] = {t: [addresses.cells(p) for p in self.line.reads[t]] for t in set(tracks)}
        told = []
        for i, (track, file, sheet) in enumerate(zip(tracks, addresses.file, addresses.sheet, strict=True)):
            cells = "、".join(column[i] for column in found[track])
            place = " ".join(filter(None, (file, sheet)))
            told.append(f"{place}{_after(cells)}{cells}" if cells else "")
        return told

    @staticmethod
    def _cached(word: Callable[[tuple[int, int]], str], keys: list[tuple[int, int]]) -> list[str]:
        known = {key: word(key) for key in set(keys)}
        return [known[key] for key in keys]


def _after(cells: str) -> str:
    """What stands between a file and its cells; pointers are long and begin a line of their own."""
    return "\n" if cells.startswith("/") else " "


def _numbers(column: Column) -> list[float | str]:
    """Figures as numbers, a dash where there is none."""
    return [float(t) if t else "—" for t in plain(column)]
