"""From what stands in files to typed columns: fields matched, cells converted, each repair and each fault reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.exact import Exact
from scorekit.domain.intake import RawTable
from scorekit.domain.marks import Panel, Records
from scorekit.domain.personal import Veils
from scorekit.domain.plan import Plan
from scorekit.domain.problems import Problems
from scorekit.domain.remembered import remembered
from scorekit.domain.rubric import FieldSpec
from scorekit.domain.tables import Places, Problem, Submissions, Value
from scorekit.errors import T

from .fields import checked
from .identity import names
from .lists import panel, records, votes_judged
from .match import Matched, Slot, header_words, matched, misplaced, name_words
from .report import TABLE, Report
from .scores import own_scores
from .units import judge_units, masked

__all__ = ["distinct", "header_words", "name_words", "validate"]


def validate(plan: Plan, table: RawTable) -> tuple[Submissions, Problems]:
    """The units of a table as typed columns by field path, and all that is to be reported, by row and field.

    Percentages are fractions. A blank is missing, a declared text not applicable, a value that the form does not
    allow invalid (``Why``). Every submitted field of the plan has a column, whether the table has it or not.
    """
    found = matched(plan, tuple(table.columns), bool(table.letters))
    places = _places(table, found)
    fields, order, veils = _asked(plan)
    report = Report(places, order, veils=veils)
    columns = {spec.path: _column(spec, table, found, report) for spec in fields}
    columns |= own_scores(plan, table, found, columns, report)
    unit, key = names(plan.base.identity, columns, places)
    _note_identity(plan, columns, report)
    objects = dict(misplaced(table.columns, {f.path: f for f in fields}))
    _note_headers(found, table, objects, report)
    _mark_misplaced(objects, plan, table, columns, report)
    columns = votes_judged(fields, judge_units(plan, columns, report), report)
    size = len(table)
    part, inner = np.zeros(size, dtype=np.int32), np.arange(size, dtype=np.int64)
    submissions = Submissions(unit, key, columns, (places,), part, inner, report.raw)
    return submissions, Problems.joined([table.problems, report.problems(unit)])


class _Asked(NamedTuple):
    """The fields that are handed in, the place of each in the form, and what is not repeated of them."""

    fields: tuple[FieldSpec, ...]
    order: Mapping[str, int]
    veils: Veils


@remembered
def _asked(plan: Plan) -> _Asked:
    named = (*plan.base.identity, plan.base.category)  # whose blanks are errors and reported as such
    fields = tuple(replace(f, required=f.required and f.path not in named) for f in plan.fields if f.derive is None)
    return _Asked(fields, {f.path: i for i, f in enumerate(plan.fields)}, Veils(plan.fields))


def distinct(problems: Iterable[Problem]) -> Problems:
    """Problems in their order, those of whole tables (without unit and cell) once only, however many batches repeat them."""
    return Problems.of(problems).distinct()


def _places(table: RawTable, found: Matched) -> Places:
    letters = {}
    elsewhere = dict(table.elsewhere)
    for (path, rater), header in found.headers.items():
        if header in table.elsewhere and header != (slot := f"{path}@{rater}" if rater else path):
            elsewhere[slot] = {**elsewhere.pop(header), **table.elsewhere.get(slot, {})}
        if header in table.letters:
            letters[f"{path}@{rater}" if rater else path] = table.letters[header]
            if rater:
                letters.setdefault(path, table.letters[header])
    if table.letters and not letters:
        letters[""] = "A"  # a sheet stays a sheet, even where no column is known
    file, row = np.asarray(table.file, dtype=np.int32), np.asarray(table.row, dtype=np.int64)
    draft, sent = table.beside.get("draft", ("", ""))[0], None if table.sent is None else np.asarray(table.sent, dtype=bool)
    return Places(table.files, file, table.sheet, row, letters, elsewhere, draft, sent)


def _column(spec: FieldSpec, table: RawTable, found: Matched, report: Report) -> Value:
    """The column, panel or list of one field."""
    size, in_sheet = len(table), bool(table.letters)
    slot = (spec.path, "")
    if spec.kind == "panel":
        cells: dict[Slot, Sequence[Any]] = {s: table.columns[h] for s, h in found.headers.items() if s[0] == spec.path and s[1]}
        return panel(spec, cells, size, report, frozenset(found.lost), in_sheet)
    if slot in found.headers:
        given = table.columns[found.headers[slot]]
        return (
            records(given, spec, report) if spec.kind == "records" else checked(given, spec, report, in_sheet, found.written.get(slot, ""))
        )
    why = Why.INVALID if slot in found.lost else Why.MISSING
    if spec.required and size and why == Why.MISSING:
        _note_absent(spec, table, report)
    return _nothing(spec, size, why, report)


def _note_absent(spec: FieldSpec, table: RawTable, report: Report) -> None:
    """A required field that the table does not have: once for a sheet, for each unit where files hold one unit each."""
    if table.letters:
        what = T("there is no column for “{title}”, which is required", title=spec.title)
        report.add(TABLE, spec.path, "warning", what, T("add the column and fill it in"))
    else:
        report.many(np.arange(len(table)), spec.path, "warning", T("“{title}” is empty", title=spec.title), T("fill it in"))


def _nothing(spec: FieldSpec, size: int, why: Why, report: Report) -> Value:
    """A field without any value."""
    mask = np.full(size, why, dtype=np.uint8)
    if spec.kind == "records":
        empty = records([], spec, report)
        return Records(np.zeros(size + 1, dtype=np.int64), empty.columns, mask)
    if spec.kind == "text":
        values: Any = np.full(size, "", dtype=object)
    elif spec.kind == "truth":
        values = np.zeros(size, dtype=bool)
    else:
        values = Exact(np.zeros(size, dtype=np.int64), 1, 0, 1)
    kind: Any = spec.kind
    return Column(kind, values, mask, spec.unit or None)


def _note_identity(plan: Plan, columns: Mapping[str, Value], report: Report) -> None:
    """Without name or category a unit cannot be placed: an error, unless a fault was reported already."""
    wanted = {p: T("the unit has no name: “{title}” is empty", title=_title(plan, p)) for p in plan.base.identity}
    if plan.base.category:
        wanted[plan.base.category] = T("the unit has no category: “{title}” is empty", title=_title(plan, plan.base.category))
    for path, what in wanted.items():
        column = columns[path]
        if isinstance(column, (Panel, Records)) or column.why is None:
            continue
        rows = np.flatnonzero((column.why > 0) & (column.why < Why.INVALID))
        report.many(rows, path, "error", what, T("fill it in; without it the unit is not scored"))


def _title(plan: Plan, path: str) -> str:
    return next(f.title for f in plan.fields if f.path == path)


def _note_headers(found: Matched, table: RawTable, objects: Mapping[str, str], report: Report) -> None:
    """Report what was found about headers: once for a sheet, once for each other file that has a value there."""
    for header, severity, what, cure in (r for r in found.remarks if r[0] not in objects):
        if table.letters:
            report.add(TABLE, header, severity, what, cure)
            continue
        for row in _first_filled(table, table.columns[header]):
            if table.row[row]:
                report.add(TABLE, header, severity, what, cure, file=table.files[table.file[row]])
            else:
                report.add(row, header, severity, what, cure)


def _first_filled(table: RawTable, cells: Sequence[Any]) -> list[int]:
    """The first row with a value, of each file."""
    rows: dict[int, int] = {}
    for row, cell in enumerate(cells):
        if cell is not None:
            rows.setdefault(int(table.file[row]), row)
            if len(rows) == len(table.files):
                break
    return sorted(rows.values())


def _mark_misplaced(objects: Mapping[str, str], plan: Plan, table: RawTable, columns: dict[str, Value], report: Report) -> None:
    """An object where one value or a list is asked for makes the field invalid."""
    for header, path in objects.items():
        rows = np.array([c is not None for c in table.columns[header]], dtype=bool)
        columns[path] = masked(columns[path], rows)
        for row in np.flatnonzero(rows).tolist():
            what = T("“{title}” must be a single value or a list, not an object", title=_title(plan, path))
            report.add(row, path, "error", what, T("give the value itself"), "{…}")
