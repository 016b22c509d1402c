"""The samples' values through the forms of the shipped rubrics: what comes back is what the sample holds, and ranks as it does."""

from __future__ import annotations

import datetime
import tempfile
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorekit.catalogue import Catalogue
from scorekit.compiling import compile_plan
from scorekit.compiling.form_kinds import fields_of, kinds_of
from scorekit.domain.column import Column, Why
from scorekit.domain.documents import pretty
from scorekit.domain.marks import Panel, Records
from scorekit.domain.outputs import Outcome
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import FieldSpec
from scorekit.evaluation import evaluate_path, validate_path
from scorekit.loading.request import Request
from scorekit.loading.rubrics import load_rubric
from tests.filling import filled
from tests.forms_by_chance import Chance

SAMPLES = Path(__file__).parents[1] / "samples"
FEW = 5
"""Units of which each fills in a workbook of its own."""


def entered(found: Outcome, plan: Plan) -> list[dict[str, Any]]:
    """The values of each unit as JSON would have them."""
    columns = found.submissions.columns
    fields = [f for f in plan.fields if f.path in columns]
    told = {f.path: values(columns[f.path], f) for f in fields}
    for (row, path), raw in found.submissions.raw.items():
        base = path.partition("@")[0]
        if base in told and isinstance(columns[base], Column) and columns[base].masked[row] and columns[base].why[row] == Why.INVALID:
            told[base][row] = raw
    return [{p: c[row] for p, c in told.items()} for row in range(len(found.submissions))]


def values(column: Any, spec: FieldSpec) -> list[Any]:
    """A column as values that may be entered."""
    if isinstance(column, Records):
        names = {n: next(i for i in spec.items if i.path == f"{spec.path}.{n}") for n in column.columns}
        inner = {n: values(c, names[n]) for n, c in column.columns.items()}
        records = [{n: c[i] for n, c in inner.items() if c[i] is not None} for i in range(int(column.offsets[-1]))]
        bounds = column.offsets.tolist()
        absent = column.why.tolist() if column.why is not None else [0] * len(column)
        return [None if w else records[a:b] for w, a, b in zip(absent, bounds[:-1], bounds[1:], strict=True)]
    if isinstance(column, Panel):
        marks = {r: values(m, spec) for r, m in zip(column.raters, column.marks, strict=True)}
        size = len(column.marks[0]) if column.marks else 0
        return [{r: m[row] for r, m in marks.items() if m[row] is not None} or None for row in range(size)]
    why = column.why.tolist() if column.why is not None else [0] * len(column)
    return [_entered(v, w, spec) for v, w in zip(column.listed(), why, strict=True)]


def _entered(value: Any, why: int, spec: FieldSpec) -> Any:
    if value is None:
        return spec.not_applicable[0] if why == Why.NOT_APPLICABLE and spec.not_applicable else None
    if isinstance(value, Fraction):
        value = value * 100 if spec.unit == "percent" and spec.kind != "panel" else value
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return int(exact) if exact == int(exact) else exact
    return value.isoformat() if isinstance(value, datetime.date) else value


def standings(found: Outcome) -> list[Any]:
    """The ranking: each unit with its total, place, level, status."""
    s, sheet = found.standings, found.sheet
    total = sheet.totals["total"].listed()
    return sorted(zip(s.unit, total, s.rank.tolist(), s.level, s.status, strict=True), key=repr)


def through(name: str, catalogue: Catalogue) -> tuple[Counter[str], list[str]]:
    """A sample through all kinds of form of its rubric: counts, and what came back otherwise."""
    rubric = load_rubric(name, catalogue)
    plan = compile_plan(rubric, catalogue)
    source = SAMPLES / name / "submissions"
    wanted = evaluate_path(source, catalogue, Request(rubric=rubric))
    names = Counter(wanted.submissions.unit)
    units = [u for u, n in zip(entered(wanted, plan), wanted.submissions.unit, strict=True) if names[n] == 1]
    counted, lost = Counter({"rubrics": 1}), list[str]()
    gathered: list[dict[str, Any]] = [{p: u[p] for p in (*plan.base.identity, plan.base.category) if p} for u in units]
    for kind in kinds_of(plan):
        few = units[:FEW] if kind == "unit" else units
        back = _back(plan, kind, few, catalogue)
        counted.update({"forms": 1, kind: 1})
        for number, unit in enumerate(few):
            key = tuple(unit[p] for p in plan.base.identity)
            for spec in fields_of(plan, kind, None):
                got, sent = back.get(key, {}).get(spec.path), unit.get(spec.path)
                sent = [] if spec.kind == "records" and sent is None else sent
                counted["values"] += 1
                if got != sent:
                    lost.append(f"{name} {kind} {key} {spec.path}: {sent!r} / {got!r}")
                elif kind != "unit" and unit.get(spec.path) is not None:
                    gathered[number][spec.path] = got
    if not lost:
        lost += _ranked(plan, gathered, units, rubric, catalogue)
    return counted, lost


def _ranked(plan: Plan, gathered: Any, units: Any, rubric: Any, catalogue: Catalogue) -> list[str]:
    """What was read back must rank as what was sent does."""
    found = []
    for which in (units, gathered):
        with tempfile.TemporaryDirectory() as folder:
            for number, unit in enumerate(which):
                (Path(folder) / f"{number:04}.json").write_bytes(pretty({p: v for p, v in unit.items() if v is not None}))
            found.append(standings(evaluate_path(Path(folder), catalogue, Request(rubric=rubric))))
    return [f"{plan.rubric.id}: the ranking differs"] if found[0] != found[1] else []


def _back(plan: Plan, kind: str, units: Any, catalogue: Catalogue) -> dict[Any, dict[str, Any]]:
    """What forms of a kind give back, by the parts of the unit's name."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = filled(plan, kind, units, folder, Chance(1))
        if kind in ("office", "survey") and all(f.kind == "records" for f in fields_of(plan, kind, None)):
            for number, unit in enumerate(units):
                (folder / f"{number}.json").write_bytes(pretty({p: unit[p] for p in plan.base.identity}))
        found: dict[Any, dict[str, Any]] = {}
        for path in files if kind == "panel" else [folder]:
            outcome = validate_path(path, catalogue, Request(rubric=plan.rubric))
            for unit in entered(outcome, plan):
                own = found.setdefault(tuple(unit[p] for p in plan.base.identity), {})
                for field, value in unit.items():
                    own[field] = (
                        {**(own.get(field) or {}), **value}
                        if isinstance(value, dict)
                        else own.get(field) or value
                        if value is None
                        else value
                    )
        return found
