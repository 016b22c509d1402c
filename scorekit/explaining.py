"""Explain a unit of an earlier run: its inputs and recorded figures read back, its rules run again on it alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from scorekit.catalogue import Catalogue
from scorekit.compiling import compile_plan
from scorekit.domain.column import Column, Why
from scorekit.domain.imputing import takes_points
from scorekit.domain.intake import Entry, RawTable
from scorekit.domain.naming import folded
from scorekit.domain.plan import CriterionPlan, Plan
from scorekit.domain.rubric import with_items
from scorekit.domain.tables import Origin, Reason, ScoreSheet, Submissions
from scorekit.domain.voiding import voided
from scorekit.errors import InputError, T
from scorekit.loading.results import Results
from scorekit.loading.rubrics import rubric_of
from scorekit.stages.aggregate import aggregate
from scorekit.stages.explain import Verdict
from scorekit.stages.explain import explain as explain_unit
from scorekit.stages.populate import recalled
from scorekit.stages.score import score
from scorekit.stages.validate import validate
from scorekit.words import say

Row = Mapping[str, str]
_CELL = re.compile(r"([A-Z]+)(\d+)$")
_NUMBERED = re.compile(r"/(\d+)/")
_RECORD = re.compile(r"(.+?)\[(\d+)\]\.(.+)$", re.DOTALL)
_PLACE = re.compile(r"(.+)!(\d+)$")
TOTALS = ("total", "base", "bonus", "deduction", "adjusted")
_CODES = {r.name.lower().replace("_", "-"): r for r in Reason}


def explain(results: Results, unit: str, catalogue: Catalogue, lang: str) -> list[str]:
    """Every figure of one unit, a line an item. Raises InputError with the candidates where the name fits none or several."""
    standing = _found(results, unit)
    name = standing["unit"]
    plan = plan_of(results, catalogue)
    table = _table(results.rows("inputs", name), {f.path for f in with_items(plan.fields) if f.kind == "records"})
    submissions, _ = validate(plan, table)
    submissions = replace(submissions, raw=_raw(results.rows("inputs", name)))
    recorded = {row["criterion"]: row for row in results.rows("scores", name)}
    ranks = {r.column: _recorded_rank(standing.get(r.column, "")) for r in plan.rankings}
    place = int(standing["rank"]) if standing.get("rank") else 0
    sheet = _replayed(plan, submissions, recorded, ranks, results.run.get("population", {}))
    if _not_sent(results, standing, recorded):
        sheet = voided(sheet, np.ones(sheet.size, dtype=bool), Why.MISSING)
    elif any(c.spec.rounding is None for c in _relative(plan)):
        sheet = sheet.having(totals=_recorded(standing, TOTALS), sections=_recorded_sections(standing, sheet))
    reasons = standing.get("reasons", "")
    verdict = Verdict(place, standing["level"], standing["award"], standing["status"], reasons, _cut_line(results, standing, lang))
    return [*_differences(results, plan, sheet, standing, lang), *explain_unit(plan, submissions, sheet, verdict, lang)]


def _not_sent(results: Results, standing: Row, recorded: Mapping[str, Row]) -> bool:
    """Whether the unit stands there only because the register names it."""
    bare = {"missing", "gate-clear"}
    return "register" in results.run and standing["status"] == "incomplete" and {row["reason"] for row in recorded.values()} <= bare


def _found(results: Results, unit: str) -> Row:
    """The standing of the unit that is meant: its name folded, else the only one that holds it."""
    wanted = folded(unit)
    rows = results.standings
    exact = [r for r in rows if folded(r["unit"]) == wanted]
    near = exact or [r for r in rows if wanted and wanted in folded(r["unit"])]
    if len(near) == 1:
        return near[0]
    if not near:
        raise InputError(
            T("there is no unit “{unit}” in these results", unit=unit), str(results.folder), T("“standings.csv” lists the units")
        )
    names = [r["unit"] for r in near[:10]]
    raise InputError(
        T("{count} units fit “{unit}”", count=len(near), unit=unit),
        str(results.folder),
        T("name one of them in full: {names}", names=names),
    )


def plan_of(results: Results, catalogue: Catalogue) -> Plan:
    """The plan by which the results came about, compiled again from the rubric that stands beside them."""
    notice = (results.run.get("notice") or {}).get("document", {})
    rubric = rubric_of(results.rubric, str(results.folder / "rubric.json"), catalogue)
    return compile_plan(rubric, catalogue, notice.get("period"))


def _table(rows: Sequence[Row], listed: set[str]) -> RawTable:
    """The unit's inputs as a table of one row, its values at the places they came from."""
    columns: dict[str, list[Any]] = {}
    lists: dict[str, list[dict[str, Any]]] = {}
    letters: dict[str, str] = {}
    elsewhere: dict[str, dict[int, Origin]] = {}
    row_number = 0
    for row in rows:
        record = _RECORD.match(row["field"])
        if record is not None:
            _put(lists.setdefault(record[1], []), int(record[2]), record[3], row, record[1], listed)
            continue
        columns[row["field"]] = [row["value"] or row["raw"] or None]
        cell = _CELL.match(row["cell"])
        if cell is not None:
            letters[row["field"]], row_number = cell[1], int(cell[2])
        elif "#" in row["cell"] and not row["cell"].startswith("/"):
            file, _, place = row["cell"].rpartition("#")
            sheet, _, at = place.rpartition("!")
            elsewhere[row["field"]] = {0: Origin(file, sheet, at)}
        elif (numbered := _NUMBERED.match(row["cell"])) is not None:
            row_number = int(numbered[1])
    for path in listed & columns.keys():
        columns[path] = [lists.get(path, []) if columns[path][0] is not None else None]
    first_row = rows[0] if rows else {"file": "", "sheet": ""}
    return RawTable(columns, (first_row["file"],), [0], [row_number], first_row["sheet"], letters, elsewhere=elsewhere)


def _put(records: list[dict[str, Any]], place: int, name: str, row: Row, path: str, listed: set[str]) -> None:
    """Put one value of a record, or of a list in it, at its place."""
    while len(records) <= place:
        at = _PLACE.match(row["cell"])
        records.append({} if at is None else Entry({}, row["file"], at[1], int(at[2]), {}))
    inner = _RECORD.match(name)
    if inner is not None:
        _put(records[place].setdefault(inner[1], []), int(inner[2]), inner[3], row, f"{path}.{inner[1]}", listed)
    elif row["value"] or row["raw"]:
        records[place][name] = [] if f"{path}.{name}" in listed else row["value"] or row["raw"]


def _raw(rows: Sequence[Row]) -> dict[tuple[int, str], str]:
    return {(0, r["field"]): r["raw"] for r in rows if r["raw"]}


def _recorded_rank(text: str) -> Column:
    """A place as recorded, masked where there is none."""
    return Column.of(int(text or 0)).masked_where(np.array([not text]), Why.NOT_APPLICABLE)


def _replayed(
    plan: Plan, submissions: Submissions, recorded: Mapping[str, Row], ranks: Mapping[str, Column], population: Mapping[str, Any]
) -> ScoreSheet:
    """The unit's score sheet computed again; what compares it with other units is taken from the record.

    So is what was invalid for a fault of the whole table, of which the unit's own inputs tell nothing.
    """
    sheet = ScoreSheet(len(submissions), totals=ranks)
    relative = {c.spec.path for c in _relative(plan)}
    for step in range(plan.steps):
        sheet = recalled(plan, submissions, sheet, step, population)
        sheet = score(plan, submissions, sheet, step)
        faulty = {p for p in sheet.points if recorded.get(p, {}).get("outcome") == "invalid"}
        for path in (relative | faulty) & set(sheet.points):
            sheet = _as_recorded(sheet, path, recorded.get(path))
        sheet = aggregate(plan, submissions, sheet, step)
    return sheet


def _relative(plan: Plan) -> list[CriterionPlan]:
    """The criteria that compare units with one another."""
    return [c for t in plan.tracks for c in t.criteria if takes_points(c) or any(i.rule.scope == "cohort" for i in c.clauses)]


def _recorded(standing: Row, names: Iterable[str]) -> dict[str, Column]:
    """Figures as they were printed: what no stage rounded cannot be computed again from printed points."""
    figures = {name: standing[name] for name in names if standing.get(name)}
    return {name: Column.of(Decimal(text)).minted(len(text.partition(".")[2])) for name, text in figures.items()}


def _recorded_sections(standing: Row, sheet: ScoreSheet) -> dict[str, Column]:
    """The figures of the sections that have a column of their own, as they were printed."""
    found = _recorded(standing, (f"section:{path}" for path in sheet.sections))
    return {name.partition(":")[2]: column for name, column in found.items()}


def _as_recorded(sheet: ScoreSheet, path: str, row: Row | None) -> ScoreSheet:
    if row is None:
        return sheet
    reason = _CODES[row["reason"]]
    points = (
        Column.of(Decimal(row["points"])) if row["points"] else Column.of(0).masked_where(np.array([True]), Why(min(reason, Why.ERROR)))
    )
    digits = len(row["points"].partition(".")[2])
    return sheet.having(points={path: points.minted(digits)}, reasons={path: np.array([reason], dtype=np.uint8)})


def _cut_line(results: Results, standing: Row, lang: str) -> str:
    """How far the unit stands below the last seat of its category; empty where it has one, or something else than points barred it."""
    seated = [Decimal(r["total"]) for r in results.standings if r["category"] == standing["category"] and r["award"] and r["total"]]
    if not seated or standing["award"] or not standing["total"]:
        return ""
    gap = min(seated) - Decimal(standing["total"])
    if gap < 0:
        return ""
    return say(T("the last seat of the category has {line} points: {gap} more than this unit", line=min(seated), gap=gap), lang)


def _differences(results: Results, plan: Plan, sheet: ScoreSheet, standing: Row, lang: str) -> list[str]:
    """A warning where the figures recomputed now are not those recorded then."""
    total = sheet.totals["total"]
    now = "" if total.masked[0] else str(Decimal(int(total.values.num[0])) / Decimal(total.values.den))
    then = standing["total"]
    if (not now and not then) or (now and then and Decimal(now) == Decimal(then)):
        return []
    versions = [f"{n} {v}" for n, v in results.run.get("plugins", {}).items() if plan.plugins.get(n, v) != v]
    return [
        say(
            T(
                "Note: recomputed now the total is {now}, recorded was {then}; other plugins: {plugins}",
                now=now or "—",
                then=then or "—",
                plugins=versions or ["—"],
            ),
            lang,
        ),
        "",
    ]
