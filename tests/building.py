"""Small builders for tests of the core: rubrics, catalogues, units, and a whole assessment in one call."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from scorekit.catalogue import Catalogue
from scorekit.compiling.planning import compile_plan
from scorekit.domain.column import Column, Why
from scorekit.domain.deciding import Award, Candidates, Notice, Seats
from scorekit.domain.digits import SPARE
from scorekit.domain.formula import Constant, Lookup, Name, Over, Result
from scorekit.domain.joining import joined, sheets_joined
from scorekit.domain.marks import Panel, Records
from scorekit.domain.naming import folded
from scorekit.domain.outputs import Outcome
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import FieldSpec, Rubric
from scorekit.domain.rule import Aggregator, Children, Number, Numbers, Rule, Table
from scorekit.domain.spans import Block, Spans
from scorekit.domain.tables import Places, Reason, ScoreSheet, Submissions
from scorekit.errors import ScorekitError, T, Text
from scorekit.plugin import aggregator, rule
from scorekit.stages.aggregate import aggregate
from scorekit.stages.claims import settle, units_out
from scorekit.stages.decide import decide
from scorekit.stages.declare import declare
from scorekit.stages.populate import populate
from scorekit.stages.rank import draw_up, rank
from scorekit.stages.score import score
from scorekit.words import say

BAD, NA = object(), object()
"""Stand in a column of ``units`` for an invalid value, and for "does not apply"."""

WHERE = "rubric.json"
NUMBER = {"type": "number"}
TRUTH = {"type": "boolean"}
TEXT = {"type": "string"}
DATE = {"type": "string", "format": "date"}


# -------------------------------------------------------------------- rules and aggregators of the tests


@rule(adds=True, says={"zh": "{of}得{points}分", "en": "{points} if {of}"})
def flag(of: Column, *, points: Number, otherwise: Number = 0) -> Column:  # type: ignore[assignment]
    """All or nothing."""
    size = len(of)
    return column_of(points).spread(size).where(of, column_of(otherwise).spread(size))


@rule(adds=True, says={"zh": "{of}", "en": "{of}"})
def mark(of: Column) -> Column:
    """The points entered."""
    return of


@rule(adds=True, says={"zh": "{of}占{over}达{full_at:%}", "en": "{of} per {over} from {full_at:%}"})
def pro_rata(of: Column, over: Column | None = None, *, points: Number, full_at: Number = 1) -> Column:  # type: ignore[assignment]
    """By share."""
    return points * ((of if over is None else of / over) / full_at).clip(0, 1)


@rule(
    takes=True,
    says={
        "zh": "每少{step}扣{deduct}",
        "en": "each {step} below {target}: {deduct} off",
        "zh:steps=started": ",不足一档按一档",
        "en:steps=started": ", begun steps count",
    },
)
def shortfall(of: Column, *, target: Number, step: Number, deduct: Number, steps: Literal["full", "started"] = "full") -> Column:
    """Steps below a target."""
    missing = ((target - of) / step).clip(0, None)
    return -deduct * (missing.floor() if steps == "full" else missing.ceil())


@rule(takes=True, says={"zh": "每{of}扣{deduct}", "en": "{deduct} off for each {of}"})
def each(of: Column, *, deduct: Number) -> Column:
    """So many off for each."""
    return -deduct * of


@rule(adds=True, takes=True, says={"zh": "增减", "en": "both ways"})
def both_ways(of: Column) -> Column:
    """What is entered, either way."""
    return of


@rule(adds=True, scope="cohort", says={"zh": "名次分", "en": "points by place"})
def place_points(of: Column, *, prices: Numbers, first: Literal["high", "low"] = "high") -> Column:
    """A price for each place."""
    points = Column.of(0).spread(len(of))
    for place in reversed(range(len(prices))):
        better = np.array([sum(v > w if first == "high" else v < w for v in of.listed()) for w in of.listed()], dtype=np.int64)
        points = prices[place].spread(len(of)).where(Column("truth", better == place), points)
    return points


@rule(adds=True, scope="cohort", says={"zh": "与最好者之比", "en": "share of the best"})
def to_best(of: Column, *, points: Number) -> Column:
    """The share of the best."""
    return points * of / max(of.listed())  # type: ignore[type-var, operator]


@rule(adds=True, says={"zh": "{of}按级别", "en": "{of} by level"})
def priced(of: Column, *, prices: Table) -> Column:
    """The price of a text."""
    return of.looked_up(prices)


def column_of(value: Any) -> Column:
    """A number as a column."""
    return value if isinstance(value, Column) else Column.of(value)


def _filled(column: Column) -> Column:
    return column.filled(column.masked, 0)


def added_up(children: Children) -> tuple[Column, Column]:
    """Added up."""
    return _added(children.points), _added(children.full)


@aggregator(says={"zh": "加权平均", "en": "weighted mean"})
def weighted_mean(children: Children) -> tuple[Column, Column]:
    """Over the weights of what applies."""
    weights = [w.spread(len(p)).masked_where(p.masked, Why.NOT_APPLICABLE) for w, p in zip(children.weight, children.points, strict=True)]
    whole = _added(weights)
    return tuple(_added([c * w for c, w in zip(parts, weights, strict=True)]) / whole for parts in (children.points, children.full))  # type: ignore[return-value]


@aggregator(says={"zh": "最低", "en": "minimum"})
def minimum(children: Children) -> tuple[Column, Column]:
    """The least of what applies."""
    return _least(children.points), _least(children.full)


def _added(columns: Sequence[Column]) -> Column:
    total = Column.of(0)
    for column in columns:
        total = total + _filled(column)
    return total


def _least(columns: Sequence[Column]) -> Column:
    least = columns[0]
    for column in columns[1:]:
        least = least.filled(least.masked, 10**9)
        least = least.clip(None, column.filled(column.masked, 10**9))
    return least


RULES = (flag, mark, pro_rata, shortfall, each, both_ways, place_points, to_best, priced)
AGGREGATORS = (Aggregator("sum", added_up, {"zh": "合计", "en": "sum"}), weighted_mean, minimum)


def _expand(candidates: Candidates) -> tuple[Any, Text | None]:
    line = candidates.rank[candidates.seats - 1] if 0 < candidates.seats <= len(candidates.rank) else 0 if candidates.seats <= 0 else np.inf
    return candidates.rank <= line, T("seats were added for the tie")


def _draw(candidates: Candidates) -> tuple[Any, Text | None]:
    keys = [hashlib.sha256(f"{candidates.seed}:{n}".encode()).hexdigest() for n in candidates.names]
    order = sorted(range(len(keys)), key=lambda i: (candidates.rank[i], keys[i]))
    taken = np.zeros(len(keys), dtype=bool)
    taken[order[: candidates.seats]] = True
    return taken, T("drawn")


AWARDS = {"expand": Award("expand", _expand), "draw": Award("draw", _draw)}


# -------------------------------------------------------------------- rubrics and plans


def catalogue(*rules: Rule, aggregators: Sequence[Aggregator] = ()) -> Catalogue:
    """The rules and aggregators of the tests, and more."""
    from dataclasses import replace

    known = {r.name: replace(r, plugin="tests") for r in (*RULES, *rules)}
    return Catalogue(
        rules=known, aggregators={a.name: replace(a, plugin="tests") for a in (*AGGREGATORS, *aggregators)}, awards=dict(AWARDS)
    )


def document(properties: Mapping[str, Any], **frame: Any) -> dict[str, Any]:
    """A rubric's document with a unit (and, where the frame has ``categories``, a category) before *properties*."""
    who: dict[str, Any] = {"unit": {"type": "string", "title": "单位名称"}}
    categories = frame.pop("categories", None)
    if categories is not None:
        who["category"] = {"enum": list(categories), "title": "类别"}
        frame["category"] = "category"
    root = {"title": "考核标准", "type": "object", "properties": {**who, **properties}}
    for key in ("$defs", "required"):
        if key in frame:
            root[key] = frame.pop(key)
    return {**root, "x-rubric": {"language": 1, "id": "test", "version": "1", **frame}}


def rubric(properties: Mapping[str, Any], **frame: Any) -> Rubric:
    """A rubric of *properties*, its frame completed by *frame*."""
    return rubric_of(document(properties, **frame))


def rubric_of(found: Mapping[str, Any]) -> Rubric:
    """A rubric from a whole document, its numbers made exact as by reading it."""
    return Rubric("test", "1", "考核标准", json.loads(json.dumps(found), parse_float=Decimal), WHERE)


def plan_of(properties: Mapping[str, Any], *rules: Rule, notified: Mapping[str, str] | None = None, **frame: Any) -> Plan:
    """The compiled plan of a rubric of *properties*."""
    return compile_plan(rubric(properties, **frame), catalogue(*rules), notified)


def criterion(rule: Any = "mark", points: Any = 10, field: Mapping[str, Any] = NUMBER, **more: Any) -> dict[str, Any]:
    """A field with a criterion beside it; *rule* is a name, or {name: parameters}, or None where *more* holds clauses."""
    spec: dict[str, Any] = {} if rule is None else {"rule": {rule: {}} if isinstance(rule, str) else rule}
    spec |= {} if points is None else {"points": points}
    return {**field, "x-criterion": {**spec, **more}}


def section(properties: Mapping[str, Any], **spec: Any) -> dict[str, Any]:
    """A section with its own settings."""
    return {"type": "object", "properties": dict(properties), **({"x-criterion": spec} if spec else {})}


def fault_of(properties: Mapping[str, Any], *rules: Rule, **frame: Any) -> ScorekitError:
    """The fault for which a rubric is refused."""
    try:
        plan_of(properties, *rules, **frame)
    except ScorekitError as error:
        return error
    raise AssertionError("the rubric was not refused")


def said(text: Text | None) -> str:
    """A text in English."""
    return "" if text is None else say(text, "en")


# -------------------------------------------------------------------- units


def units(plan: Plan, columns: Mapping[str, Sequence[Any]], places: Places | None = None) -> Submissions:
    """Units with the values of *columns* by field path; without a column "unit" they are called U1, U2, …

    None is missing, ``BAD`` invalid, ``NA`` not applicable; a list of records is a list of mappings.
    """
    size = len(next(iter(columns.values())))
    given = {"unit": [f"U{i + 1}" for i in range(size)], **columns}
    found = {f.path: values_of(f, given[f.path]) for f in plan.fields if f.path in given}
    names = tuple("" if u is None else str(u) for u in given["unit"])
    where = places or Places(("all.csv",), np.zeros(size, dtype=np.int32), "", np.arange(2, size + 2), {"unit": "A"})
    return Submissions(names, tuple(folded(n) for n in names), found, (where,), np.zeros(size, dtype=np.int32), np.arange(size))


def values_of(field: FieldSpec, values: Sequence[Any]) -> Any:
    """A typed column of one field."""
    if field.kind == "records":
        return _records(field, values)
    if field.kind == "panel":
        marks = (_typed(field.mark_kind, [None if v is None else v[i] for v in values]) for i in range(len(field.raters)))
        return Panel(field.raters, tuple(marks), field.panel.roles)
    return _typed(field.kind, values, field.unit or None)


def _typed(kind: str, values: Sequence[Any], unit: str | None = None) -> Column:
    make = {"number": Column.numbers, "truth": Column.truths, "text": Column.texts, "date": Column.dates}[kind]
    exact = [Decimal(str(v)) if isinstance(v, float) else v for v in values]
    found = make([None if v is BAD or v is NA else v for v in exact])
    codes = [Why.INVALID if v is BAD else Why.NOT_APPLICABLE if v is NA else Why.MISSING if v is None else 0 for v in values]
    return Column(found.kind, found.values, np.array(codes, dtype=np.uint8) if any(codes) else None, unit)


def _records(field: FieldSpec, values: Sequence[Any]) -> Records:
    rows = [r for v in values for r in v or ()]
    offsets = np.cumsum([0, *(len(v or ()) for v in values)]).astype(np.int64)
    names = {i.path[len(field.path) + 1 :]: i for i in field.items if i.derive is None}
    columns = {name: values_of(i, [r.get(name) for r in rows]) for name, i in names.items()}
    why = np.array([Why.MISSING if v is None else 0 for v in values], dtype=np.uint8)
    return Records(offsets, columns, why if why.any() else None)


# -------------------------------------------------------------------- assessments


def assessed(
    plan: Plan,
    table: Submissions,
    *,
    batches: Sequence[Any] | None = None,
    notice: Notice | None = None,
    awards: Mapping[str, Award] = AWARDS,
) -> Outcome:
    """What evaluation makes of units that are validated already, whole or in *batches* (rows of each)."""
    parts = [table] if batches is None else [table.take(np.array(rows, dtype=np.int64)) for rows in batches]
    sheets = [aggregate(plan, p, score(plan, p, ScoreSheet(len(p)), 0), 0) for p in parts]
    submissions, sheet, claims = settle(plan, joined(parts), sheets_joined(sheets))
    population: dict[str, Any] = {}
    for step in range(1, plan.steps):
        sheet = draw_up(plan, submissions, sheet, step)
        sheet, figures = populate(plan, submissions, sheet, step)
        population |= figures
        sheet = aggregate(plan, submissions, score(plan, submissions, sheet, step), step)
    barred = units_out(plan, submissions, claims, notice)
    sheet, partings = rank(plan, submissions, sheet, barred.rows(len(submissions)))
    sheet = declare(plan, submissions, sheet)
    standings = decide(plan, submissions, sheet, barred, notice, awards, partings)
    return Outcome(plan, notice, submissions, sheet, standings, claims.problems, population)


def outcome_of(
    properties: Mapping[str, Any], columns: Mapping[str, Sequence[Any]], *rules: Rule, notice: Notice | None = None, **frame: Any
) -> Outcome:
    """A rubric of *properties* applied to units with *columns*."""
    plan = plan_of(properties, *rules, **frame)
    return assessed(plan, units(plan, columns), notice=notice)


def seats(count: int, category: str = "甲", **more: Any) -> Notice:
    """A notice with seats for one category."""
    own = {k: more.pop(k) for k in ("tie", "seed") if k in more}
    return Notice("test", {category: Seats(count, **own)}, award="先进单位", **more)


def points(outcome: Outcome, path: str) -> list[Any]:
    """The points of one criterion, as floats or ints, None where there are none."""
    return plain(outcome.sheet.points[path])


def totals(outcome: Outcome, figure: str = "total") -> list[Any]:
    """One of the total's figures."""
    return plain(outcome.sheet.totals[figure])


def reasons(outcome: Outcome, path: str) -> list[str]:
    """The names of the reasons of one criterion or gate."""
    return [Reason(int(r)).name for r in outcome.sheet.reasons[path]]


def plain(column: Column) -> list[Any]:
    """Numbers as ints where whole, else as floats where exact in decimals, else as Fractions."""
    return [_plain(v) for v in column.listed()]


def _plain(value: Any) -> Any:
    if not isinstance(value, Fraction):
        return value
    if value.denominator == 1:
        return value.numerator
    near = Fraction(str(float(value)))
    return float(value) if near == value else value


def why(outcome: Outcome, row: int = 0) -> list[str]:
    """The reasons of a unit's standing, in English."""
    return [said(t) for t in outcome.standings.because[row]]


def spelled(node: Any) -> str:
    """A formula's tree in one line, to be compared."""
    if isinstance(node, Constant):
        return str(_plain(node.value.listed()[0]))
    if isinstance(node, Name):
        return node.path
    if isinstance(node, Result):
        return f"{node.figure}<{node.path}>"
    if isinstance(node, Lookup):
        return f"{node.table.id}[{', '.join(map(spelled, node.keys))}]"
    if isinstance(node, Over):
        number = f"; {spelled(node.number)}" if node.number is not None else ""
        return f"{node.function}[{node.path}; {node.inner and spelled(node.inner)}; {node.condition and spelled(node.condition)}{number}]"
    return f"{node.function}({', '.join(map(spelled, node.arguments))})"


def spans(texts: Sequence[str | bytes], read: Any = bytes.decode) -> Spans:
    """Cells as they stand between commas in the bytes of a file."""
    cells = [t.encode() if isinstance(t, str) else t for t in texts]
    ends = np.cumsum([len(c) + 1 for c in cells], dtype=np.int64) - 1 + SPARE
    return Spans(Block(b",".join(cells)), ends - np.array([len(c) for c in cells], dtype=np.int64), ends, read)
