"""Figures of earlier runs as columns of this one: rounds carried over, months into a year, members into their team."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from scorekit.domain.folders import RECORD
from scorekit.domain.intake import RawTable, Unreadable
from scorekit.domain.naming import folded
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import FieldSpec, ResultSpec
from scorekit.domain.tables import Origin, Problem
from scorekit.errors import InputError, T, Text
from scorekit.loading.lists import key_of
from scorekit.loading.results import Results, file_digest, load_results
from scorekit.stages.validate.identity import JOINT
from scorekit.stages.validate.match import Dictionary, dictionary

Figures = Mapping[str, Sequence[Any]]
"""From the folded key of a unit to the figures of the earlier run's units that have it; None where one has no figure."""


@dataclass(frozen=True)
class Earlier:
    """What earlier runs say of this one's fields, by field path; and which runs they were, for the record."""

    figures: Mapping[str, Figures]
    runs: Mapping[str, Mapping[str, str]]


NOBODYS = Earlier({}, {})
"""Where no field is filled by an earlier run."""


def earlier(plan: Plan, folders: Mapping[str, Path], where: str) -> Earlier:
    """The figures that the rubric's fields take from the runs whose results stand in *folders*, by name.

    Raises InputError where a run is wanted and not named, or named and not wanted, where a folder's files do not belong
    together, or where a run has no such figure.
    """
    wanted = [f for f in plan.fields if f.result is not None]
    names = dict.fromkeys(f.result.run for f in wanted if f.result is not None)
    for name in names:
        if name not in folders:
            what = T("the standard reads the results of an earlier run, “{name}”, and nothing says where they are", name=name)
            raise InputError(what, where, T("add --results {name}=FOLDER", name=name))
    for name in folders:
        if name not in names:
            cure = T("it reads: {names}", names=list(names)) if names else T("leave --results out")
            raise InputError(T("the standard reads no run “{name}”", name=name), where, cure)
    loaded = {name: load_results(folders[name]) for name in names}
    figures = {f.path: _figures(loaded[f.result.run], f.result) for f in wanted if f.result is not None}
    return Earlier(figures, {name: _told(found) for name, found in loaded.items()})


def with_results(tables: Iterable[RawTable], plan: Plan, found: Earlier) -> Iterator[RawTable]:
    """The tables with a column for each field that an earlier run fills; what stands there already is not used."""
    if not found.figures:
        yield from tables
        return
    known = dictionary(plan)
    specs = [f for f in plan.fields if f.path in found.figures]
    for table in tables:
        filled = table
        for spec in specs if len(table) else ():
            filled = _filled(filled, spec, found.figures[spec.path], plan.base.identity, known)
        yield filled


def _figures(results: Results, spec: ResultSpec) -> Figures:
    """The figures of one run by folded key."""
    figures, keys = _by_unit(results, spec), _keys(results, spec)
    found: dict[str, list[Any]] = {}
    for unit, figure in figures:
        key = keys.get(unit, "")
        if key:
            found.setdefault(key, []).append(figure)
    return found


def _by_unit(results: Results, spec: ResultSpec) -> list[tuple[str, Any]]:
    """(unit, figure) of every unit of the run, in its order."""
    if spec.figure.startswith("points:"):
        criterion = spec.figure.removeprefix("points:")
        if criterion not in results.run.get("criteria", {}):
            raise _no_figure(results, spec)
        points = {r["unit"]: r["points"] for r in results.scores if r["criterion"] == criterion}
        return [(row["unit"], _number(points.get(row["unit"], ""))) for row in results.standings]
    rows = results.standings
    if rows and spec.figure not in rows[0]:
        raise _no_figure(results, spec)
    read: Callable[[str], Any] = (lambda text: text or None) if spec.is_text else _number
    return [(row["unit"], read(row[spec.figure])) for row in rows]


def _no_figure(results: Results, spec: ResultSpec) -> InputError:
    what = T("the run “{name}” has no figure “{figure}”", name=spec.run, figure=spec.figure)
    return InputError(what, str(results.folder), T("look at the columns of its standings"))


def _keys(results: Results, spec: ResultSpec) -> dict[str, str]:
    """The folded key of each unit of the run."""
    rows = results.standings
    parts: list[dict[str, str]] = []
    for name in spec.by:
        if name in ("unit", "category"):
            parts.append({r["unit"]: r[name] for r in rows})
            continue
        given = {r["unit"]: r["value"] for r in results.inputs if r["field"] == name}
        if rows and not given:
            what = T("the run “{name}” has no field “{field}”", name=spec.run, field=name)
            raise InputError(what, str(results.folder), T("name a field of its rubric, or leave “by” out"))
        parts.append(given)
    found = {}
    for row in rows:
        texts = [part.get(row["unit"], "") for part in parts]
        found[row["unit"]] = folded(JOINT.join(texts)) if all(texts) else ""
    return found


def _number(text: str) -> Any:
    return Decimal(text) if text else None


def _told(results: Results) -> dict[str, str]:
    """What the record of this run says of the earlier one."""
    rubric = results.run.get("rubric", {})
    return {"digest": file_digest(results.folder / RECORD), "rubric": str(rubric.get("id", "")), "version": str(rubric.get("version", ""))}


def _filled(table: RawTable, spec: FieldSpec, figures: Figures, identity: Sequence[str], known: Dictionary) -> RawTable:
    """One table with the column of one field."""
    result = spec.result
    assert result is not None
    own = [h for h in table.columns if known.slots(h) == {(spec.path, "")}]
    problems = [*table.problems, *(_unused(spec, h, table) for h in own)]
    columns = {h: c for h, c in table.columns.items() if h not in own}
    keys = _of_rows(table, result.key or identity, known)
    places = _Keyed(result.run, keys)
    cells: list[Any] = []
    for row, key in enumerate(keys):
        cell, what, cure = _taken(spec, result, figures.get(folded(key), ()) if key else (), key)
        cells.append(cell)
        if what is not None and key:
            problems.append(_problem(table, row, spec, key, what, cure))
    elsewhere = {**table.elsewhere, spec.path: places}
    return replace(table, columns={**columns, spec.path: cells}, problems=problems, elsewhere=elsewhere)


@dataclass(frozen=True)
class _Keyed(Mapping[int, Origin]):
    """The places of the figures of one run: which unit's they are; made only when one is asked for."""

    run: str
    named: Sequence[str]

    def __getitem__(self, row: int) -> Origin:
        if not self.named[row]:
            raise KeyError(row)
        return Origin(self.run, "", self.named[row])

    def __iter__(self) -> Iterator[int]:
        return (row for row, key in enumerate(self.named) if key)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _of_rows(table: RawTable, paths: Sequence[str], known: Dictionary) -> list[str]:
    """The key of each row as it is written, "" where a part is blank."""
    headers = [next((h for h in table.columns if known.slots(h) == {(p, "")}), None) for p in paths]
    if None in headers:
        return [""] * len(table)
    return [key_of(cells) for cells in zip(*(table.columns[h] for h in headers if h is not None), strict=True)]


def _taken(spec: FieldSpec, result: ResultSpec, found: Sequence[Any], key: str) -> tuple[Any, Text | None, Text]:
    """The cell of one unit, and what is wrong with it."""
    look = T("look how the name is written in both runs")
    if result.take == "count":
        return len(found), None, look
    if not found:
        return None, T("the run “{name}” has no unit “{key}”: “{title}” is missing", name=result.run, key=key, title=spec.title), look
    if result.take == "one" and len(found) > 1:
        what = T("the run “{name}” has {count} units “{key}”", name=result.run, count=len(found), key=key)
        return Unreadable(key, what, T("say with “take” what is made of them")), None, look
    if any(f is None for f in found):
        what = T("the run “{name}” has no figure for “{key}”: “{title}” is missing", name=result.run, key=key, title=spec.title)
        return None, what, T("complete that run first")
    if result.take == "one":
        return found[0], None, look
    return _COMBINED[result.take]([Fraction(f) for f in found]), None, look


_COMBINED: Mapping[str, Callable[[list[Fraction]], Fraction]] = {
    "sum": lambda f: sum(f, Fraction(0)),
    "mean": lambda f: sum(f, Fraction(0)) / len(f),
    "max": max,
    "min": min,
}


def _problem(table: RawTable, row: int, spec: FieldSpec, key: str, what: Text, cure: Text) -> Problem:
    assert spec.result is not None
    place = Origin(spec.result.run, "", key).text
    at = (place, spec.path) if table.letters else ("", place)
    return Problem("error", what, cure, key, table.files[table.file[row]], table.sheet, *at)


def _unused(spec: FieldSpec, header: str, table: RawTable) -> Problem:
    what = T("“{title}” comes from an earlier run; what was entered is not used", title=spec.title)
    return Problem("warning", what, T("leave the column out"), file="".join(table.files[:1]), sheet=table.sheet, field=header)
