"""Fills forms as a program would, and says what the same values are as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook
from scorekit_plugins.forms.workbook import workbook

from scorekit.compiling.form import form
from scorekit.compiling.form_kinds import fields_of
from scorekit.compiling.form_tables import Tables
from scorekit.domain.form import HEADS, Form, FormSheet
from scorekit.domain.own_scores import OWN, score_field, score_name
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import FieldSpec
from scorekit.words import say

Unit = Mapping[str, Any]
"""What one unit hands in, by path: a value as JSON has it; marks by rater; a list of records, each by field name."""


def asked(plan: Plan, kind: str, category: str | None = None) -> dict[str, FieldSpec]:
    """What a form of a kind can hold: who the unit is, and the fields of its source."""
    named = [*plan.base.identity, *([plan.base.category] if plan.base.category and kind in ("unit", "units") else [])]
    fields = {f.path: f for f in plan.fields}
    return {p: fields[p] for p in (*named, *(f.path for f in fields_of(plan, kind, category)))}


def scored(plan: Plan, kind: str) -> dict[str, FieldSpec]:
    """The own scores that a form of a kind can hold: of each item, on the forms of units."""
    names = [score_name(OWN, c.path) for c in plan.criteria] if kind in ("unit", "units") else []
    return {n: score_field(plan, n) for n in names}


def as_json(plan: Plan, kind: str, unit: Unit) -> dict[str, Any]:
    """The part of a unit's values that a form of a kind holds, as JSON would have it; a list that is not given is empty."""
    found: dict[str, Any] = {}
    for path, spec in {**asked(plan, kind), **scored(plan, kind)}.items():
        value = [_record(spec, r) for r in unit.get(path) or ()] if spec.kind == "records" else unit.get(path)
        if value is not None:
            found[path] = value
    return found


def _record(spec: FieldSpec, record: Mapping[str, Any]) -> dict[str, Any]:
    names = {i.path[len(spec.path) + 1 :] for i in spec.items if i.derive is None and i.kind != "records"}
    return {n: v for n, v in record.items() if n in names}


def filled(plan: Plan, kind: str, units: Sequence[Unit], folder: Path, chance: Random, lang: str = "zh") -> list[Path]:
    """Workbooks with the values of *units* in forms of a kind: one a unit, one a rater, or one for all."""
    made: list[Path] = []
    if kind == "unit":
        for number, unit in enumerate(units):
            made.append(_Filler(plan, form(plan, kind, lang), [unit], chance).saved(folder / f"{kind}{number}.xlsx"))
    elif kind == "panel":
        panels = fields_of(plan, kind, None)
        raters = dict.fromkeys(r for f in panels for u in units for r in (u.get(f.path) or {}))
        for number, rater in enumerate(raters):
            mine = [{**u, **{f.path: (u.get(f.path) or {}).get(rater) for f in panels}} for u in units]
            filler = _Filler(plan, form(plan, kind, lang, rater=rater, units=_registered(plan, units)), mine, chance)
            made.append(filler.saved(folder / f"{kind}{number}.xlsx"))
    else:
        made.append(_Filler(plan, form(plan, kind, lang, units=_registered(plan, units)), units, chance).saved(folder / f"{kind}.xlsx"))
    return made


def _registered(plan: Plan, units: Sequence[Unit]) -> list[list[str]]:
    """The units as a register names them: as many rows are ready then."""
    named = (*plan.base.identity, *([plan.base.category] if plan.base.category else []))
    return [[str(u.get(p) or "") for p in named] for u in units]


class _Filler:
    """One workbook: where each value goes is found by the words of heads, and by codes, as a person finds it."""

    def __init__(self, plan: Plan, made: Form, units: Sequence[Unit], chance: Random) -> None:
        import io

        self.plan, self.form, self.units, self.chance = plan, made, units, chance
        self.fields = {f.path: f for f in plan.fields}
        self.tables = Tables(plan, made.lang)
        self.book = load_workbook(io.BytesIO(workbook(made)))
        for sheet in made.sheets:
            self._sheet(sheet)

    def saved(self, path: Path) -> Path:
        self.book.save(path)
        return path

    def _sheet(self, sheet: FormSheet) -> None:
        target = self.book[sheet.name]
        titles = [h.title for h in sheet.heads]
        at = next(n for n, row in enumerate(target.iter_rows(values_only=True), 1) if list(row[: len(titles)]) == titles)
        column = {title: i for i, title in enumerate(titles, 1)}
        if sheet.path:
            self._records(target, sheet, at + 1, column)
        elif self.form.kind == "unit":
            self._unit(target, at + 1, column)
        else:
            self._rows(target, at + 1, column)

    def _unit(self, target: Any, first: int, column: Mapping[str, int]) -> None:
        code, value, own = (column[say(HEADS[name], self.form.lang)] for name in ("path", "value", "own"))
        scores = scored(self.plan, self.form.kind)
        for row in range(first, target.max_row + 1):
            path, _, rater = str(target.cell(row, code).value or "").partition("@")
            name = score_name(OWN, path)
            if name in scores:
                self._put(target.cell(row, own), scores[name], self.units[0].get(name))
            spec = asked(self.plan, self.form.kind).get(path)
            if spec is not None and spec.kind != "records":
                given = self.units[0].get(path)
                self._put(target.cell(row, value), spec, (given or {}).get(rater) if rater else given)

    def _rows(self, target: Any, first: int, column: Mapping[str, int]) -> None:
        scores = scored(self.plan, self.form.kind)
        for row, unit in enumerate(self.units, first):
            for path, spec in asked(self.plan, self.form.kind).items():
                one = self.form.kind == "panel" or spec.kind != "panel"
                if spec.kind != "records":
                    for rater in ("",) if one else spec.raters:
                        given = unit.get(path)
                        value = (given or {}).get(rater) if rater else given
                        self._put(target.cell(row, column[self.tables.title(path, rater)]), spec, value)
            for item in self.plan.criteria:
                name = score_name(OWN, item.path)
                if name in scores:
                    self._put(target.cell(row, column[self.tables.own_title(item)]), scores[name], unit.get(name))

    def _records(self, target: Any, sheet: FormSheet, first: int, column: Mapping[str, int]) -> None:
        spec = self.fields[sheet.path]
        entries = [(u, r) for u in self.units for r in u.get(sheet.path) or ()]
        heads = [c.title for c in self.tables.list_columns(spec)]
        for row, (unit, record) in enumerate(entries, first):
            if self.form.kind != "unit":
                named = self.tables.identity(category=False, beside=spec)
                for path, known in zip(self.plan.base.identity, named, strict=True):
                    self._put(target.cell(row, column[known.title]), self.fields[path], unit[path])
            for head, (item, rater) in zip(heads, _slots(spec), strict=True):
                value = record.get(item.path[len(spec.path) + 1 :])
                self._put(target.cell(row, column[head]), item, (value or {}).get(rater) if rater else value)

    def _put(self, cell: Any, spec: FieldSpec, value: Any) -> None:
        """A value as somebody may enter it: text as text, a percentage in any of the ways that the form takes."""
        if value is None:
            return
        if isinstance(value, bool):
            value = "是" if value else "否"
        elif spec.unit == "percent" and isinstance(value, (int, Decimal)):
            value = self.chance.choice([_plain, _with_sign, _shown])(cell, value)
        elif isinstance(value, Decimal):
            value = float(value)
        elif spec.kind == "date" and isinstance(value, str) and value[:2].isdigit():
            value = datetime.date.fromisoformat(value)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"


def _slots(spec: FieldSpec) -> Iterator[tuple[FieldSpec, str]]:
    for item in spec.items:
        if item.derive is None and item.kind != "records":
            yield from ((item, rater) for rater in (item.raters if item.kind == "panel" else ("",)))


def _plain(_: Any, value: Any) -> Any:
    return float(value)


def _with_sign(_: Any, value: Any) -> Any:
    return f"{value}%"


def _shown(cell: Any, value: Any) -> Any:
    cell.number_format = "0.00%"
    return float(value / 100)


Saved = Callable[[Sequence[Path]], list[Path]]
