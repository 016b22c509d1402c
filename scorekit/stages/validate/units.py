"""What a rubric demands of a unit as a whole (if this then that, either or) judged unit by unit, where it demands anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.marks import Panel, Records
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Value
from scorekit.errors import T

from .conditions import demanded
from .fields import instance
from .keywords import without_column_form
from .report import Report
from .whole import errors, of_units, validator

_NEEDED = ("required", "dependentRequired")


def judge_units(plan: Plan, columns: dict[str, Value], report: Report) -> dict[str, Value]:
    """Columns in which what breaks a condition on units, sections, lists or panels is invalid; all of it is reported."""
    fields = {f.path: f for f in plan.fields if f.derive is None}
    demands = of_units(plan.rubric.document)
    inner = {p: rest for p, f in fields.items() if f.kind in ("panel", "records") and (rest := _of_lists(f))}
    if demands is None and not inner:
        return columns
    listed = {p: _instances(columns[p], fields[p]) for p in fields}
    size = len(report.places.row)
    wrong: dict[str, Any] = {}
    if demands is not None:
        judge = validator(demands)
        for row in range(size):
            document = _document({p: values[row] for p, values in listed.items() if values[row] is not None})
            for error in errors(judge, document, plan.rubric.where):
                _note(row, tuple(map(str, error.absolute_path)), error, fields, wrong, report)
    for path, rest in inner.items():
        judge = validator(rest)
        for row, value in enumerate(listed[path]):
            if value is not None:
                for error in errors(judge, value, fields[path].pointer)[:1]:
                    _note(row, tuple(path.split(".")), error, fields, wrong, report)
    return {p: masked(c, wrong[p]) if p in wrong else c for p, c in columns.items()}


def _of_lists(spec: FieldSpec) -> dict[str, Any]:
    """What is demanded of a list or panel beyond its records' and marks' own keywords."""
    rest = without_column_form(spec.schema, "items", "additionalProperties", "properties", "required", "minItems", "maxItems")
    items = spec.schema.get("items")
    if spec.kind == "records" and isinstance(items, Mapping):
        each = without_column_form(items, "properties", "required", "additionalProperties")
        rest = {**rest, "items": each} if each else rest
    return rest


def _note(row: int, at: tuple[str, ...], error: Any, fields: Mapping[str, FieldSpec], wrong: dict[str, Any], report: Report) -> None:
    """Report one error; where it lies in a field, that field is invalid in this row."""
    path, keyword = ".".join(at), str(error.validator)
    while path and path not in fields:
        path = path.rpartition(".")[0]
    if keyword in _NEEDED:
        report.add(
            row,
            ".".join(at),
            "warning",
            T("something is missing that the form demands here"),
            T("look at the form for what belongs together"),
        )
        return
    what = T("the entries do not meet the form's conditions: {wanted}", wanted=demanded(error))
    report.add(row, path or ".".join(at), "error", what, T("look at the form for what belongs together"))
    if path:
        wrong.setdefault(path, np.zeros(len(report.places.row), dtype=bool))[row] = True


def masked(value: Value, rows: Any) -> Value:
    """With *rows* invalid; what is invalid or an error already stays what it is."""
    if isinstance(value, Panel):
        return value.having(Column(m.kind, m.values, _invalid(m.why, rows), m.unit) for m in value.marks)
    if isinstance(value, Records):
        return replace(value, why=_invalid(value.why, rows))
    return Column(value.kind, value.values, _invalid(value.why, rows), value.unit)


def _invalid(why: Any, rows: Any) -> Any:
    return np.where(rows, np.maximum(np.uint8(Why.INVALID), 0 if why is None else why), 0 if why is None else why).astype(np.uint8)


def _instances(value: Value, spec: FieldSpec) -> list[Any]:
    """The values as JSON has them, as written; None where there is none."""
    if isinstance(value, Panel):
        marks = [_instances(m, spec) for m in value.marks]
        found = [{r: m for r, m in zip(value.raters, row, strict=True) if m is not None} for row in zip(*marks, strict=True)]
        return [f or None for f in found]
    if isinstance(value, Records):
        return _lists(value, spec)
    written = value * 100 if spec.unit == "percent" and value.kind == "number" else value
    return [None if v is None else instance(v) for v in written.listed()]


def _lists(value: Records, spec: FieldSpec) -> list[Any]:
    items = {i.path[len(spec.path) + 1 :]: i for i in spec.items}
    columns = {n: _instances(c, items[n]) for n, c in value.columns.items()}
    entries = [_document({n: c[i] for n, c in columns.items() if c[i] is not None}) for i in range(int(value.offsets[-1]))]
    missing = np.zeros(len(value), dtype=bool) if value.why is None else value.why > 0
    bounds = zip(value.offsets[:-1].tolist(), value.offsets[1:].tolist(), missing.tolist(), strict=True)
    return [None if gone else entries[a:b] for a, b, gone in bounds]


def _document(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Dotted paths as nested objects."""
    found: dict[str, Any] = {}
    for path, value in flat.items():
        *sections, name = path.split(".")
        inner = found
        for section in sections:
            inner = inner.setdefault(section, {})
        inner[name] = value
    return found
