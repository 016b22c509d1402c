"""One field's cells become one checked column: typed, judged by its keywords, percentages as fractions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.rubric import FieldSpec
from scorekit.errors import T, Text

from . import repair
from .columns import Typed, typed
from .conditions import demanded
from .keywords import failing, without_column_form
from .measures import factor
from .report import TABLE, Report
from .whole import errors, validator

_TENTH = 10
_HUNDREDTH = Fraction(1, 100)


def checked(cells: Sequence[Any], spec: FieldSpec, report: Report, in_sheet: bool, written: str = "") -> Column:
    """The column of a field, faults masked as invalid and reported; *written* is the unit of its heading, where it is another."""
    found = typed(cells, replace(spec, unit=written), in_sheet) if written else typed(cells, spec, in_sheet)
    times = factor(written, spec.unit) if written else None
    if times is not None and found.column.kind == "number":
        found = found._replace(column=found.column * times)
        _keep_unit(cells, written, spec, found.column, report)
    for note in found.notes:
        if note.cell is None or report.first(note.cell):
            report.add(note.row, "" if note.row == TABLE else spec.path, note.severity, note.what, note.cure, note.shown)
    _keep_words(cells, spec, found.column, report)
    column = _judged(cells, spec, found, report)
    if spec.required:
        _note_blanks(spec, column, report)
    if not spec.percentage:
        return Column(column.kind, column.values, column.why, spec.unit or None) if spec.unit else column
    _note_doubtful(found, spec, column, report)
    scaled = column * _HUNDREDTH if spec.unit == "percent" else column
    return Column("number", scaled.values, column.why, spec.unit)


def _keep_unit(cells: Sequence[Any], written: str, spec: FieldSpec, column: Column, report: Report) -> None:
    """Keep each figure with the unit in which it was written: results read back must say the same."""
    for row in np.flatnonzero(~column.masked).tolist():
        report.raw[row, spec.path] = repair.as_written(repair.with_unit(cells[row], written))


def _keep_words(cells: Sequence[Any], spec: FieldSpec, column: Column, report: Report) -> None:
    """Keep the text that says that a field does not apply: results read back must say the same."""
    if column.why is not None:
        for row in np.flatnonzero(column.why == Why.NOT_APPLICABLE).tolist():
            report.raw.setdefault((row, spec.path), repair.as_written(cells[row]))


def _judged(cells: Sequence[Any], spec: FieldSpec, found: Typed, report: Report) -> Column:
    """With the rows that the field's keywords reject masked as invalid."""
    column = found.column
    for rejected in failing(spec.schema, column):
        for row in np.flatnonzero(rejected.rows).tolist():
            shown = report.raw.get((row, spec.path)) or repair.as_written(cells[row])
            cure = None if row in found.signed else _other_unit(spec, column, row)
            report.add(row, spec.path, "error", rejected.what(shown), cure or _of_none(spec, column, row, rejected.cure), shown)
        column = column.masked_where(rejected.rows, Why.INVALID)
    rest = without_column_form(spec.schema, "properties", "required", "items", "additionalProperties", "minItems", "maxItems")
    return _judged_by_value(cells, spec, rest, column, report) if rest else column


def _of_none(spec: FieldSpec, column: Column, row: int, cure: Text) -> Text:
    """What to do, also for those who wrote 0 for none where only what there is has a number."""
    if spec.required or column.kind != "number" or spec.schema.get("minimum", 0) <= 0 or column.values.num[row] != 0:
        return cure
    return T("{cure}; where there is none, leave the cell blank", cure=cure)


def _judged_by_value(cells: Sequence[Any], spec: FieldSpec, rest: Mapping[str, Any], column: Column, report: Report) -> Column:
    """What has no column form, judged once for each distinct value."""
    judge = validator(rest)
    verdicts: dict[Any, list[Any]] = {}
    bad = np.zeros(len(column), dtype=bool)
    for row, value in enumerate(column.listed()):
        if value is None:
            continue
        if value not in verdicts:
            verdicts[value] = errors(judge, instance(value), spec.pointer)[:1]
        bad[row] = bool(verdicts[value])
        for error in verdicts[value]:
            shown = repair.as_written(cells[row])
            what = T("“{shown}” does not meet the form's conditions: {wanted}", shown=shown, wanted=demanded(error))
            report.add(row, spec.path, "error", what, T("look at the form for what may be entered"), shown)
    return column.masked_where(bad, Why.INVALID)


def instance(value: Any) -> Any:
    """A column's value as JSON has it."""
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return value.numerator
        return repair.EXACT.divide(repair.EXACT.create_decimal(value.numerator), repair.EXACT.create_decimal(value.denominator))
    return value.isoformat() if hasattr(value, "isoformat") else value


def _note_blanks(spec: FieldSpec, column: Column, report: Report) -> None:
    """Report once each blank in a required field; it stays missing."""
    if column.why is None:
        return
    rows = np.flatnonzero(column.why == Why.MISSING)
    report.many(rows, spec.path, "warning", T("“{title}” is empty", title=spec.title), T("fill it in"))


def _other_unit(spec: FieldSpec, column: Column, row: int) -> Any:
    """For a percentage outside its range that would fit in the other unit: how to write it. It is never rescaled."""
    if not spec.percentage:
        return None
    [value] = column.take(slice(row, row + 1)).listed()
    other = value * 100 if spec.unit == "percent" else value / 100  # type: ignore[operator]
    if any(True for _ in failing(spec.schema, Column.of(other))):  # type: ignore[arg-type]
        return None
    percentage = value * 100 if spec.unit == "percent" else value  # type: ignore[operator]
    return T("if {percentage} % is meant, write it with the percent sign: {percentage}%", percentage=percentage)


def _note_doubtful(found: Typed, spec: FieldSpec, column: Column, report: Report) -> None:
    """Warn of bare numbers that look as if they were written in the other unit; they are taken as they stand."""
    if spec.unit == "percent":
        doubtful = np.asarray(((column > 0) & (column <= 1)).values, dtype=bool)
    else:
        doubtful = np.asarray((column > _TENTH).values, dtype=bool)
    for row in np.flatnonzero(doubtful & ~column.masked).tolist():
        if row not in found.signed:
            [value] = column.take(slice(row, row + 1)).listed()
            taken = value if spec.unit == "percent" else value * 100  # type: ignore[operator]
            what = T("{shown} is taken as {taken} %", shown=value, taken=taken)
            report.add(row, spec.path, "warning", what, T("write the percent sign if another percentage is meant"))
