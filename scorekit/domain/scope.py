"""Where formulas find their names: what was submitted, what is derived from it, and figures already scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.formula import Node, evaluate
from scorekit.domain.plan import Track
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import ScoreSheet, Submissions, Value

TOTALS = {"points": "total", "full": "full", "rank": "rank"}


@dataclass(slots=True)
class TrackScope:
    """Names of one track over one table of units; derived values are computed once, when first read."""

    track: Track
    submissions: Submissions
    sheet: ScoreSheet
    fields: Mapping[str, FieldSpec] = field(init=False)
    derived: Mapping[str, tuple[FieldSpec, Node]] = field(init=False)
    known: dict[str, Value] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = {f.path: f for f in self.track.standard.fields}
        self.derived = {f.path: (f, n) for f, n in self.track.derived}
        self.known = {}
        self.sheet = self.sheet.opened()

    def add(self, **more: Mapping[str, Any]) -> None:
        """Put columns into the scope's own sheet: later criteria and formulas read them."""
        for table, columns in more.items():
            getattr(self.sheet, table).update(columns)

    def value(self, path: str) -> Value:
        """The column, panel or list of records of a path, one row a unit."""
        if path in self.derived:
            return self._derived(path)
        found = self.submissions.columns.get(path)
        return found if found is not None else blank(self.fields[path].kind, len(self.submissions))

    def result(self, figure: str, path: str) -> Column:
        """A figure of the score sheet, read after its own rounding."""
        if figure == "rate":
            return self.result("points", path) / self.result("full", path)
        sheet = self.sheet
        if not path:
            return sheet.totals[TOTALS[figure]]
        criteria, sections = (sheet.points, sheet.sections) if figure == "points" else (sheet.full, sheet.section_full)
        return criteria[path] if path in criteria else sections[path]

    def _derived(self, path: str) -> Value:
        if path not in self.known:
            spec, node = self.derived[path]
            column = evaluate(node, self).spread(len(self.submissions))
            self.known[path] = Column(column.kind, column.values, column.why, spec.unit or None)
        return self.known[path]


def blank(kind: str, size: int) -> Column:
    """A column of *kind* in which nothing was handed in; lists and panels are asked for as numbers of none."""
    zero = {"truth": Column.of(False), "text": Column.of("")}.get(kind, Column.of(0))
    values = zero.take(np.zeros(size, dtype=np.int64)).values
    shown = kind if kind in ("truth", "text", "date") else "number"
    return Column(shown, values, np.full(size, Why.MISSING, dtype=np.uint8))  # type: ignore[arg-type]
