"""Call a rule as its contract says: on whole columns, row by row only where it fails, and never trusted blindly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why, stack
from scorekit.domain.comparing import compared, worst_of
from scorekit.domain.formula import Constant, Node, evaluate
from scorekit.domain.marks import Each, Panel, Records
from scorekit.domain.masks import beside
from scorekit.domain.plan import ClausePlan
from scorekit.domain.rubric import CriterionSpec
from scorekit.domain.rule import Band, Knot, Param, Rule, Scored
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Value, blank_column
from scorekit.domain.walking import nodes_of
from scorekit.errors import PluginError, T

Arguments = dict[str, Any]


def contributions(
    clause: ClausePlan, spec: CriterionSpec, scope: TrackScope, size: int, apart: npt.NDArray[np.uint8] | None = None
) -> tuple[Column, Value]:
    """The signed points of one clause for every unit, conditions applied, and the value to show for them.

    Units for which *apart* has a reason are not compared with others by a rule that sees a whole population.
    """
    found = arguments_of(clause, scope)
    if clause.rule.scope == "cohort":
        scored = _in_groups(clause, spec, scope, apart)
    else:
        scored = _called(clause.rule, found, spec, size)
    points = _masked_by(scored.points, found, clause)
    if clause.where is not None:
        points = _left_aside(points, evaluate(clause.where, scope).spread(size))
    value: Value = scored.value if scored.value is not None else found[clause.rule.first.name]
    if clause.condition is not None or clause.waived_if is not None:
        points = points.where(in_question(clause, scope).spread(size), 0)
    return points, value.spread(size) if isinstance(value, Column) else value


def told(clause: ClausePlan, spec: CriterionSpec, scope: TrackScope, size: int) -> Scored:
    """All that the rule of a clause says of its points, unmasked and whether the clause acts or not; of a row rule only."""
    return _called(clause.rule, arguments_of(clause, scope), spec, size)


def _of_each(node: Node, path: str, scope: TrackScope) -> Each:
    """What a formula gives for each record of a list, its names sought in the record first."""
    inner = scope.within_list(path)
    column = evaluate(node, inner).spread(len(inner.submissions))
    return Each(column.kind, column.values, column.why, column.unit)


def in_question(clause: ClausePlan, scope: TrackScope) -> Column:
    """Whether a clause acts: its condition holds and nothing waives it; unknown where that is not known."""
    asked = Column.of(True) if clause.condition is None else evaluate(clause.condition, scope)
    return asked if clause.waived_if is None else asked & ~evaluate(clause.waived_if, scope)


def arguments_of(clause: ClausePlan, scope: TrackScope) -> Arguments:
    """The arguments of a clause as its rule takes them."""
    found = dict(clause.given)
    for name, (param, value) in clause.arguments.items():
        if name not in found:
            found[name] = _resolved(param, value, scope)
    return found


def resolved(found: Mapping[str, tuple[Param, Any]], scope: TrackScope) -> Arguments:
    """Compiled arguments as a rule or an aggregator takes them."""
    return {name: _resolved(param, value, scope) for name, (param, value) in found.items()}


def same_for_all(found: Mapping[str, tuple[Param, Any]]) -> Arguments:
    """Those of compiled arguments that are the same for all units and never missing, as a rule takes them."""
    return {name: _resolved(param, value, _NOBODY) for name, (param, value) in found.items() if _is_same(param, value)}


_NOBODY: Any = None
"""Where what is the same for all units finds its names: it has none."""
LITERALS = ("text", "integer", "truth", "rounding")
"""The kinds of parameters that take what the rubric says as it stands there."""
WHOLE = ("each", "panel", "records")
"""The kinds of parameters that take what there is of each unit, whatever it is."""


def _is_same(param: Param, value: Any) -> bool:
    if value is None or param.kind in LITERALS:
        return True
    if param.kind in WHOLE or isinstance(value, dict):  # a table is made anew for each call, lest a rule should change it
        return False
    return all(isinstance(n, Constant) and n.value.why is None for n in nodes_of(value))


def _resolved(param: Param, value: Any, scope: TrackScope) -> Any:
    """One argument as the rule takes it."""
    if value is None or param.kind in LITERALS:
        return value
    if param.kind == "each":
        return _of_each(value.inner, value.path, scope)
    if param.kind == "panel":
        return scope.value(value)
    if param.kind == "records":
        return scope.counting(value)
    if isinstance(value, dict):
        return {k: _resolved(param, n, scope) for k, n in value.items()}
    if isinstance(value, (Band, Knot)):
        return type(value)(*(evaluate(v, scope) if not isinstance(v, bool) else v for v in value))  # type: ignore[arg-type]
    if isinstance(value, tuple):
        return tuple(_resolved(param, v, scope) if isinstance(v, (Band, Knot)) else evaluate(v, scope) for v in value)
    return evaluate(value, scope)


def _called(rule: Rule, found: Arguments, spec: CriterionSpec, size: int) -> Scored:
    try:
        return _judged(rule, _invoked(rule, found), spec, size)
    except PluginError:
        raise
    except Exception:
        return _row_by_row(rule, found, spec, size)


def _invoked(rule: Rule, found: Arguments) -> Any:
    columns: list[Any] = []
    named: Arguments = {}
    for param in rule.params:
        if param.kind in ("column", "panel", "records"):
            columns.append(found[param.name])
        else:
            named[param.name] = found[param.name]
    return rule.function(*columns, **named)


def _judged(rule: Rule, given: Any, spec: CriterionSpec, size: int) -> Scored:
    """What a rule returned, held to its contract: one number for every unit."""
    scored = given if isinstance(given, Scored) else Scored(given)
    points = scored.points
    if not isinstance(points, Column) or points.kind != "number":
        found = points.kind if isinstance(points, Column) else type(points).__name__
        raise _refused(rule, spec, T("it returned {found}, not a column of numbers", found=found))
    if len(points) not in (1, size):
        raise _refused(rule, spec, T("it returned {found} rows for {size} units", found=len(points), size=size))
    return scored if len(points) == size else replace(scored, points=points.spread(size))


def _refused(rule: Rule, spec: CriterionSpec, what: Any) -> PluginError:
    text = T(
        "the rule {rule} of the plugin {plugin} broke its contract at the criterion “{title}”: {what}",
        rule=rule.name,
        plugin=rule.plugin,
        title=spec.title,
        what=what,
    )
    return PluginError(text, spec.pointer, T("correct the plugin, or run with --no-plugins"))


def _row_by_row(rule: Rule, found: Arguments, spec: CriterionSpec, size: int) -> Scored:
    """Each unit alone: only the units at fault get the outcome error; a unit without a value is not asked."""
    worst = worst_of(found, size)
    parts = [
        _alone(rule, _arguments_of(found, np.array([row])), spec, 1) if not worst[row] else _lacking(worst[[row]]) for row in range(size)
    ]
    return _together(parts, np.arange(size))


def _alone(rule: Rule, found: Arguments, spec: CriterionSpec, size: int) -> Scored:
    """What a rule gives for some units by themselves; all of them are at fault where it fails."""
    try:
        return _judged(rule, _invoked(rule, found), spec, size)
    except PluginError:
        raise
    except Exception:
        return _lacking(np.full(size, Why.ERROR, dtype=np.uint8))


def _lacking(why: npt.NDArray[np.uint8]) -> Scored:
    return Scored(Column("number", Column.of(0).spread(len(why)).values, why))


def _together(parts: list[Scored], rows: npt.NDArray[np.int64]) -> Scored:
    """What was found part by part, each part's units put back into their *rows*."""
    back = np.argsort(rows, kind="stable")
    points = stack([p.points for p in parts]).take(back) if parts else Column.numbers([])
    model = next((p.value for p in parts if p.value is not None), None)
    if model is None:
        return Scored(points)
    values = [blank_column(model, len(p.points), Why.MISSING) if p.value is None else p.value.spread(len(p.points)) for p in parts]
    return Scored(points, stack(values).take(back))


def _arguments_of(found: Arguments, rows: npt.NDArray[np.int64]) -> Arguments:
    """The arguments of some units; what stands one a record follows the records of those units."""
    lists = [v for v in found.values() if isinstance(v, Records)]
    each = {n: v for n, v in found.items() if isinstance(v, Each)}
    taken = {n: rows_of(v, rows) for n, v in found.items() if n not in each}
    for name, value in each.items():
        column = value.take(lists[0].picked(rows))
        taken[name] = Each(column.kind, column.values, column.why, column.unit)
    return taken


def rows_of(value: Any, rows: Any) -> Any:
    """The part of arguments that belongs to some units; constants stay."""
    if isinstance(value, Column):
        return value if len(value) == 1 else value.take(rows)
    if isinstance(value, (Band, Knot)):
        return type(value)(*(rows_of(v, rows) for v in value))
    if isinstance(value, tuple):
        return tuple(rows_of(v, rows) for v in value)
    if isinstance(value, dict):
        return {k: rows_of(v, rows) for k, v in value.items()}
    return value.take(rows) if isinstance(value, (Panel, Records)) else value


def _in_groups(clause: ClausePlan, spec: CriterionSpec, scope: TrackScope, apart: npt.NDArray[np.uint8] | None) -> Scored:
    """A rule that compares units, once for each group: it sees those that have a value, and nobody else."""
    whole = compared(clause, spec.path, scope, apart, arguments_of)
    parts = [_alone(clause.rule, _arguments_of(whole.arguments, rows), spec, len(rows)) for rows in whole.groups]
    apart_from = np.ones(len(whole.lacking), dtype=bool)
    for rows in whole.groups:
        apart_from[rows] = False
    rest = np.flatnonzero(apart_from)
    parts.append(_lacking(whole.lacking[rest]))
    found = _together(parts, np.concatenate([*whole.groups, rest]))
    return Scored(found.points.take(whole.mine), None if found.value is None else found.value.take(whole.mine))


def _left_aside(points: Column, among: Column) -> Column:
    """What compares units does not apply to those that are surely not among them, whatever they handed in."""
    aside = ~np.asarray(among.values, dtype=bool) & ~among.masked
    return Column(points.kind, points.values, np.where(aside, np.uint8(Why.NOT_APPLICABLE), 0 if points.why is None else points.why))


def _masked_by(points: Column, found: Arguments, clause: ClausePlan) -> Column:
    """Masked wherever a column argument is, whatever the rule returned."""
    why = points.why
    asked = [(param, found[param.name]) for param in clause.rule.params if param.name not in clause.given]
    for _, value in asked:
        if isinstance(value, Panel) and (rows := value.not_applicable()).any():
            why = np.where(rows, np.uint8(Why.NOT_APPLICABLE), 0 if why is None else why)
    for param, value in asked:
        if param.kind == "records" or (isinstance(value, Column) and not isinstance(value, Each)):
            lacking = value.why
            why = lacking if why is None or lacking is why else why if lacking is None else np.maximum(why, lacking)
    if why is points.why:
        return points
    return Column(points.kind, points.values, None if why is None else beside(why, len(points)))
