"""Own, first and assessed scores side by side: every item of every unit that has one of the first two, by the size of the difference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why
from scorekit.domain.lazy import PART, columns
from scorekit.domain.listing import score_lines, standing_figures
from scorekit.domain.outputs import Outcome
from scorekit.domain.own_scores import KINDS, given_scores, parted, score_name, scored_items
from scorekit.domain.plan import Plan
from scorekit.domain.printing import nearest
from scorekit.domain.rubric import CriterionSpec, SectionSpec
from scorekit.domain.tables import ScoreSheet, Submissions

Rows = npt.NDArray[np.int64]
COMPARISON = ("unit", "criterion", "own", "first", "points", "difference")
"""The columns of a comparison as it is written; the row of the whole has no criterion."""


@dataclass(frozen=True, slots=True)
class Side:
    """The scores of one item for some units; what is not there is masked.

    ``difference`` is the assessed points less the own score, or, where there is none, less the first score.
    """

    own: Column
    first: Column
    points: Column
    difference: Column

    def take(self, rows: Rows) -> Side:
        """Some of the units."""
        return Side(*(c.take(rows) for c in (self.own, self.first, self.points, self.difference)))


class Comparison:
    """The rows of a comparison, the greatest difference first: row *i* is of ``items[item[i]]`` and of the unit in row ``row[i]``.

    Equal differences stand by unit, then by the item's path; what cannot be compared stands last.
    """

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        named = {path for name in given_scores(outcome.plan, outcome.submissions) for _, path in (parted(name) or ("", ""),)}
        self.items: tuple[str, ...] = tuple(sorted(named))
        """The items that somebody scored, by path; the whole has none."""
        known = scored_items(outcome.plan)
        self.specs: Mapping[str, SectionSpec | CriterionSpec | None] = {p: known[p] for p in self.items}
        self._figures = _figures(outcome, self.items)
        self.decimals: Mapping[str, int] = {p: digits for p, (_, digits) in self._figures.items()}
        self.item, self.row, self.alike = self._ordered()
        """``alike`` marks the rows without a difference."""

    def __len__(self) -> int:
        return len(self.row)

    def side(self, path: str, rows: slice | Rows) -> Side:
        """The scores of one item for some units, the points with the digits that they are printed with."""
        size = len(np.arange(len(self.outcome.submissions))[rows])
        known = columns(self.outcome.submissions.columns)
        own, first = (
            known.source(name).read(rows) if (name := score_name(kind, path)) in known else Column.of(None).spread(size) for kind in KINDS
        )
        assert isinstance(own, Column)
        assert isinstance(first, Column)
        figure, digits = self._figures[path]
        points = (Column.of(None).spread(size) if figure is None else figure.take(rows)).minted(digits)
        against = Column("number", first.values.choose(own.masked, own.values), np.where(own.masked, _why(first), _why(own)))
        return Side(own, first, points, points - against)

    def sides(self, start: int, stop: int) -> Iterator[tuple[str, Rows, Side]]:
        """The rows from *start* to before *stop*, item by item: its path, where among them its rows stand, and their scores."""
        item, row = self.item[start:stop], self.row[start:stop]
        for code in np.flatnonzero(np.bincount(item, minlength=1)).tolist() if len(item) else ():
            places = np.flatnonzero(item == code)
            yield self.items[code], places, self.side(self.items[code], row[places])

    def _ordered(self) -> tuple[npt.NDArray[np.int32], Rows, npt.NDArray[np.bool_]]:
        """Item and unit of every row, and whether it shows no difference."""
        items, rows, sizes = [np.zeros(0, dtype=np.int32)], [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
        for code, path in enumerate(self.items):
            for start in range(0, len(self.outcome.submissions), PART):
                found = self.side(path, slice(start, min(start + PART, len(self.outcome.submissions))))
                there = np.flatnonzero(~(found.own.masked & found.first.masked))
                size = nearest(abs(found.difference))
                size[found.difference.masked] = -1
                items.append(np.full(len(there), code, dtype=np.int32))
                rows.append(there + start)
                sizes.append(size[there])
        item, row, size = np.concatenate(items), np.concatenate(rows), np.concatenate(sizes)
        order = np.lexsort((item, self._by_name()[row], -size))
        return item[order], row[order], size[order] == 0

    def _by_name(self) -> Rows:
        """The place of each unit by name; equal names share one."""
        count = len(self.outcome.standings)
        first = np.zeros(count, dtype=bool)
        first[:1] = True
        rows, first = self.outcome.standings.unit.in_order(np.arange(count), first)
        places = np.zeros(count, dtype=np.int64)
        places[rows] = np.cumsum(first)
        return places


def compared(outcome: Outcome) -> Comparison | None:
    """The comparison of an outcome; None where nobody gave an own or a first score, be there columns for them or not."""
    found = Comparison(outcome) if given_scores(outcome.plan, outcome.submissions) else None
    return found if found is not None and len(found) else None


def whole_score(plan: Plan, submissions: Submissions, sheet: ScoreSheet, kind: str) -> Column:
    """Each unit's own (or first) score of the whole: as it was given, or else the sum of those of its items.

    It is added up only where all is added up, and of no unit that left out an item of the base that applies to it;
    what a unit gave itself for an item that is not for it is left out.
    """
    given, size = _scores(submissions, score_name(kind, "")), len(submissions)
    if any(s.aggregator.name != "sum" or s.scale_to is not None for t in plan.tracks for s in t.sections):
        return given
    total, lacking, some = Column.of(0), np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
    for spec in plan.criteria:
        score, points = _scores(submissions, score_name(kind, spec.path)), sheet.points.get(spec.path)
        why = _why(Column.of(None).spread(size) if points is None else points.spread(size))
        score = score.masked_where(why == Why.NOT_PART, Why.NOT_PART)
        some |= ~score.masked
        if spec.kind == "base" and points is not None:
            lacking |= score.masked & ((why == Why.PRESENT) | (why >= Why.MISSING))
        total = total + score.filled(score.masked, 0)
    summed = total.spread(size).masked_where(lacking | ~some, Why.MISSING)
    return Column("number", summed.values.choose(given.masked, given.values), np.where(given.masked, _why(summed), _why(given)))


def _scores(submissions: Submissions, name: str) -> Column:
    """A column of scores; all masked where there is none."""
    found = submissions.columns.get(name)
    return found if isinstance(found, Column) else Column.of(None).spread(len(submissions))


def _figures(outcome: Outcome, items: tuple[str, ...]) -> dict[str, tuple[Column | None, int]]:
    """The assessed points of items, and the digits that they are printed with."""
    sheet, lines = outcome.sheet, {line.id: line.decimals for line in score_lines(outcome)}
    printed = {("" if n == "total" else n.removeprefix("section:")): pair for n, pair in standing_figures(outcome).items()}
    found: dict[str, tuple[Column | None, int]] = {}
    for path in items:
        column, digits = printed.get(path, (sheet.sections.get(path), outcome.plan.decimals))
        if path in lines:
            column, digits = sheet.points.get(path), lines[path]
        found[path] = None if column is None else column.spread(sheet.size), digits
    return found


def _why(column: Column) -> npt.NDArray[np.uint8]:
    return np.zeros(len(column), dtype=np.uint8) if column.why is None else column.why
