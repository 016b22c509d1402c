"""Tables one under the other: batches of submissions and their sheets become one, column by column as they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from scorekit.domain.column import Column, Why, stack
from scorekit.domain.lazy import Columns, Shapes, Stack, Stacked, columns
from scorekit.domain.marks import Panel, Records
from scorekit.domain.printing import shown
from scorekit.domain.roll import Names, each
from scorekit.domain.tables import TABLES, ListSheet, Reason, Reasons, ScoreSheet, Submissions, Value, blank_column

PERCENTAGES = ("percent", "fraction")
"""Units in which a value stands as a fraction and is printed as a percentage."""


def joined(parts: Sequence[Submissions]) -> Submissions:
    """Batches one under the other; a column that a batch lacks is missing there."""
    if len(parts) == 1:
        return parts[0]
    sizes = [len(p) for p in parts]
    stacked: Columns[Value] = _stacking([p.columns for p in parts], sizes, partial(_stacked, Why.MISSING))
    starts = np.cumsum([0, *(len(p) for p in parts)])
    layers = np.cumsum([0, *(len(p.places) for p in parts)])
    return Submissions(
        *each([(p.unit, p.key) for p in parts], Names.joined),
        stacked,
        tuple(pl for p in parts for pl in p.places),
        np.concatenate([p.part + np.int32(layers[i]) for i, p in enumerate(parts)]),
        np.concatenate([p.inner for p in parts]),
        {(int(starts[i]) + r, n): t for i, p in enumerate(parts) for (r, n), t in p.raw.items()},
    )


def sheets_joined(parts: Sequence[ScoreSheet]) -> ScoreSheet:
    """Sheets one under the other; what a part lacks is no part of the standard there. A sheet of nobody leaves no trace."""
    parts = [p for p in parts if p.size] or parts[:1]
    if len(parts) == 1:
        return parts[0]
    sizes = [p.size for p in parts]
    tables = {t: _stacking([getattr(p, t) for p in parts], sizes, _STACKS.get(t, partial(_stacked, Why.NOT_PART))) for t in TABLES}
    return ScoreSheet(sum(sizes), **tables)


def _stacking(tables: Sequence[Mapping[str, Any]], sizes: Sequence[int], stack: Stack[Any]) -> Columns[Any]:
    """Every column of some tables, to be stacked when it is asked for; the whole is kept once, not in parts as well."""
    known = [columns(t) for t in tables]
    names = dict.fromkeys(n for t in known for n in t)
    return Columns({}, {n: Stacked([t.source(n) if n in t else None for t in known], sizes, stack) for n in names})


def _lists_stacked(parts: Sequence[ListSheet | None], sizes: Sequence[int], _: Shapes) -> ListSheet:
    """The scores of records one under the other; a part whose standard scores none has no records there."""
    nobody = [Records(np.zeros(n + 1, dtype=np.int64), {}, np.full(n, Why.NOT_PART, dtype=np.uint8)) for n in sizes]
    runs = [nobody[i] if p is None else p.runs for i, p in enumerate(parts)]
    return ListSheet(_records_stacked(runs, {}), sheets_joined([p.sheet for p in parts if p is not None]))


def _codes(parts: Sequence[Reasons | None], sizes: Sequence[int], _: Shapes) -> Reasons:
    filled = [np.full(n, Reason.NOT_PART, dtype=np.uint8) if c is None else c for c, n in zip(parts, sizes, strict=True)]
    return np.concatenate(filled)


_STACKS: Mapping[str, Stack[Any]] = {"lists": _lists_stacked, "reasons": _codes}


def _stacked(why: Why, parts: Sequence[Value | None], sizes: Sequence[int], shapes: Shapes) -> Value:
    """Values one under the other in the look of all *shapes*; a part without the column is masked for the reason *why*."""
    model = next(c for c in parts if c is not None)
    if len({(s.type, s.kind, s.type == "Column" and s.unit in PERCENTAGES) for s in shapes}) > 1:
        return stack([_worded(c, n, why) for c, n in zip(parts, sizes, strict=True)])
    if isinstance(model, Panel):
        return _panels_stacked(parts, sizes, why, shapes)
    if isinstance(model, Records):
        inner = {n: frozenset(dict(s.columns)[n] for s in shapes if n in dict(s.columns)) for n in model.columns}
        lists = [c if isinstance(c, Records) else blank_records(model, n, why) for c, n in zip(parts, sizes, strict=True)]
        return _records_stacked(lists, inner)
    columns = [c.spread(n) if isinstance(c, Column) else blank_column(model, n, why) for c, n in zip(parts, sizes, strict=True)]
    return _measured(stack(columns), shapes)


def _measured(column: Column, shapes: Shapes) -> Column:
    """A column in the unit that all *shapes* have; where they differ in it, it has none, whichever part comes first."""
    units = {s.unit for s in shapes}
    unit = next(iter(units)) or None if len(units) == 1 else None
    return column if column.unit == unit else Column(column.kind, column.values, column.why, unit)


def _worded(value: Value | None, size: int, why: Why) -> Column:
    """A value as texts: where the categories' standards read different kinds of it, they stand in one column as words."""
    if isinstance(value, Column):
        texts = shown(value.spread(size), percentage=value.unit in PERCENTAGES)
        return Column("text", Column.texts(texts).values, value.spread(size).why)
    return blank_column(Column.of(""), size, why)


def _panels_stacked(parts: Sequence[Value | None], sizes: Sequence[int], why: Why, shapes: Shapes) -> Panel:
    """Panels one under the other, by rater: a rater whom a part does not know gave no mark there."""
    known = [dict(zip(c.raters, c.marks, strict=True)) if isinstance(c, Panel) else {} for c in parts]
    blank, raters = next(c for c in parts if isinstance(c, Panel)).marks[0], _raters(shapes)
    roles = {rater: role for s in sorted(shapes, key=repr) for rater, role in zip(s.raters, s.roles, strict=False)}
    marks = []
    for rater in raters:
        found = [k.get(rater, blank_column(blank, n, Why.MISSING if k else why)) for k, n in zip(known, sizes, strict=True)]
        marks.append(_measured(stack(found), shapes))
    return Panel(raters, tuple(marks), tuple(roles.get(r, "") for r in raters) if roles else ())


def _raters(shapes: Shapes) -> tuple[str, ...]:
    """All raters: in the order of the panels where these agree, else in that of their names."""
    everyone = {s.raters for s in shapes}
    named = {r for raters in everyone for r in raters if r} or {""}
    first: tuple[str, ...] = next(iter(everyone))
    return first if len(everyone) == 1 and set(first) == named else tuple(sorted(named))


def blank_records(model: Records, size: int, why: Why) -> Records:
    """Lists like *model*'s in which no unit handed one in."""
    nobody = {n: c.take(slice(0, 0)) for n, c in model.columns.items()}
    return Records(np.zeros(size + 1, dtype=np.int64), nobody, np.full(size, why, dtype=np.uint8))


def _records_stacked(parts: Sequence[Records], shapes: Mapping[str, Shapes]) -> Records:
    """Lists one under the other; *shapes* are those of their records' fields."""
    offsets = np.concatenate([[0], np.cumsum(np.concatenate([p.lengths for p in parts]))]).astype(np.int64)
    sizes = [int(p.offsets[-1]) for p in parts]
    fields = {n: _stacked(Why.MISSING, [p.columns[n] for p in parts], sizes, shapes[n]) for n in parts[0].columns}
    whys = [np.zeros(len(p), dtype=np.uint8) if p.why is None else p.why for p in parts]
    known = [np.full(int(p.offsets[-1]), "", dtype=object) if p.at is None else p.at.values for p in parts]
    at = Column("text", np.concatenate(known)) if any(p.at is not None for p in parts) else None
    return Records(offsets, fields, None if all(p.why is None for p in parts) else np.concatenate(whys), at=at)
