"""Setting marks aside that a rater gave to a unit of his own (回避), by what the register says of raters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from scorekit.domain.intake import RawTable
from scorekit.domain.naming import folded
from scorekit.domain.plan import Plan
from scorekit.domain.register import Recusal, Register
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Problem
from scorekit.errors import T
from scorekit.loading.lists import key_of
from scorekit.loading.register import keys_of
from scorekit.stages.validate.match import Dictionary, dictionary


def recused(tables: Iterable[RawTable], plan: Plan, register: Register | None) -> Iterator[RawTable]:
    """The tables without the marks that a rater gave to a unit to which the register says that he belongs; each is reported."""
    panels = panels_of(plan)
    if register is None or not register.recusals or not panels:
        yield from tables
        return
    known = dictionary(plan)
    for table in tables:
        yield without(table, plan, panels, register.recusals, known) if len(table) else table


def panels_of(plan: Plan) -> list[FieldSpec]:
    """The panels of raters."""
    return [f for f in plan.fields if f.kind == "panel" and f.source == "panel" and f.derive is None]


def without(table: RawTable, plan: Plan, panels: Sequence[FieldSpec], recusals: Sequence[Recusal], known: Dictionary) -> RawTable:
    """A table without the marks that raters gave to units of their own; each is reported at its cell."""
    key = keys_of(table, plan.base.identity, known)
    rows = np.flatnonzero(key.among(r.unit for r in recusals))
    slots = {h: next(iter(s)) for h in table.columns if len(s := known.slots(h)) == 1} if len(rows) else {}
    headers = {(path, folded(rater)): h for h, (path, rater) in slots.items()}
    columns: dict[str, Any] = {}
    problems = list(table.problems)
    for row, unit in zip(rows.tolist(), key.take(rows), strict=True):
        for recusal in (r for r in recusals if r.unit == unit):
            for spec in panels:
                header = headers.get((spec.path, folded(recusal.rater)))
                if header is None or table.columns[header][row] in (None, ""):
                    continue
                columns.setdefault(header, list(table.columns[header]))[row] = None
                name = key_of([table.columns[headers[p, ""]][row] for p in plan.base.identity])
                problems.append(_problem(table, row, header, spec, recusal._replace(rater=slots[header][1]), name))
    return replace(table, columns={**table.columns, **columns}, problems=problems) if columns else table


def _problem(table: RawTable, row: int, header: str, spec: FieldSpec, recusal: Recusal, unit: str) -> Problem:
    what = T(
        "the rater {rater} belongs to this unit ({place}); the mark for “{title}” is set aside",
        rater=recusal.rater,
        place=recusal.place,
        title=spec.title,
    )
    name = f"{spec.path}@{recusal.rater}"
    at = table.origin(row, header, name)
    cure = T("leave the mark blank: a rater gives none to a unit of his own")
    if at.cell.startswith("/"):
        return Problem("error", what, cure, unit, at.file, at.sheet, field=at.cell)
    return Problem("error", what, cure, unit, at.file, at.sheet, at.cell, name)
