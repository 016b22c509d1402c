"""Own and first scores become columns of their own: numbers checked as those of fields are, and held against the full marks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from scorekit.domain.column import Column
from scorekit.domain.formula import Constant
from scorekit.domain.intake import RawTable
from scorekit.domain.own_scores import parted, score_field
from scorekit.domain.plan import CriterionPlan, Plan
from scorekit.domain.printing import plain
from scorekit.domain.tables import Value
from scorekit.errors import T

from .fields import checked
from .match import Matched
from .repair import as_written
from .report import Report


def own_scores(plan: Plan, table: RawTable, found: Matched, columns: Mapping[str, Value], report: Report) -> dict[str, Column]:
    """The columns of scores that the table has, by name; what is at fault in them is reported and touches nothing else."""
    fields, scores = {f.path for f in plan.fields}, dict[str, Column]()
    for (name, _), header in found.headers.items():
        kind = parted(name) if name not in fields else None
        if kind is not None:
            column = checked(table.columns[header], score_field(plan, name), report, bool(table.letters))
            scores[name] = _against(plan, name, column, table, header, columns, report)
    return scores


def _against(plan: Plan, name: str, column: Column, table: RawTable, header: str, columns: Mapping[str, Value], report: Report) -> Column:
    """The scores of one item, held against what each category's standard has of it."""
    _, path = parted(name) or ("", "")
    for criterion, rows in _criteria(plan, path, len(table), columns):
        if criterion.spec.kind == "deduction":
            column = _taken(name, column, rows, table, header, report)
        elif isinstance(criterion.full, Constant):
            _note_above(plan, name, column, criterion.full.value, rows, report)
    return column


def _criteria(plan: Plan, path: str, size: int, columns: Mapping[str, Value]) -> list[tuple[CriterionPlan, np.ndarray]]:
    """The criterion of an item in each standard that has it, with the units that follow that standard."""
    mine = [next((c for c in t.criteria if c.spec.path == path), None) for t in plan.tracks]
    category = columns.get(plan.base.category)
    places = category.places(plan.categories) if isinstance(category, Column) else np.zeros(size, dtype=np.int64)
    found = []
    for track, criterion in zip(plan.tracks, mine, strict=True):
        if criterion is not None:
            own = [plan.categories.index(c) for c in track.categories]
            found.append((criterion, np.isin(places, own) if len(plan.tracks) > 1 else np.ones(size, dtype=bool)))
    return found


def _note_above(plan: Plan, name: str, column: Column, full: Column, rows: np.ndarray, report: Report) -> None:
    """A warning for each score above the full marks; it stays as it is."""
    above = np.flatnonzero(np.asarray((column > full).values, dtype=bool) & ~column.masked & rows)
    title, most, texts = score_field(plan, name).title, plain(full)[0], plain(column.take(above))
    by_score: dict[str, list[int]] = {}
    for row, score in zip(above.tolist(), texts, strict=True):
        by_score.setdefault(score, []).append(row)
    cure = T("the points do not go by it; correct it if it was meant otherwise")
    for score, mine in by_score.items():
        what = T("“{title}” is {score}, more than the full marks {full}", title=title, score=score, full=most)
        report.many(np.array(mine, dtype=np.int64), name, "warning", what, cure)


def _taken(name: str, column: Column, rows: np.ndarray, table: RawTable, header: str, report: Report) -> Column:
    """The scores of a deduction, below zero as its points are: an amount without a sign is what was taken away."""
    bare = np.asarray((column > 0).values, dtype=bool) & ~column.masked & rows
    if not bare.any():
        return column
    turned = Column("number", (-column).values.choose(bare, column.values), column.why, column.unit)
    taken, cells = np.flatnonzero(bare), table.columns[header]
    for row, value in zip(taken.tolist(), plain(turned.take(taken)), strict=True):
        shown = as_written(cells[row])
        what = T("“{shown}” is read as {value}", shown=shown, value=value)
        report.add(row, name, "repair", what, T("nothing needs to be done if this is what was meant"), shown)
    return turned
