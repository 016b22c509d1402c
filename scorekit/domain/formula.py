"""Formulas as trees, and their values over whole columns."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any, Protocol, Union

import numpy as np

from scorekit.domain.column import Column, Why, column
from scorekit.domain.exact import Exact
from scorekit.domain.marks import Panel, Records
from scorekit.domain.tables import Value


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal: number, text, truth or date."""

    value: Column


@dataclass(frozen=True, slots=True)
class Name:
    """A field or derived value, by its full path."""

    path: str


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or function over values."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Over:
    """A function over the records of a list (or the marks of a panel): an inner value and a condition on each."""

    function: str
    path: str
    inner: Node | None
    condition: Node | None


@dataclass(frozen=True, slots=True)
class Result:
    """A figure of the score sheet: points, full, rate or rank of a criterion or section; no path is the total."""

    figure: str
    path: str


Node = Union[Constant, Name, Call, Over, Result]


class Scope(Protocol):
    """Where a formula finds its names."""

    def value(self, path: str) -> Value:
        """The column, panel or list of records of a path."""

    def result(self, figure: str, path: str) -> Column:
        """A figure of the score sheet."""


def evaluate(node: Node, scope: Scope) -> Column:
    """The value of a formula for every row; missing in, missing out. Raises TypeError where kinds do not fit."""
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Name):
        found = scope.value(node.path)
        if not isinstance(found, Column):
            raise TypeError(f"{node.path} is a list: use count, sum, max … over it")
        return found
    if isinstance(node, Result):
        return scope.result(node.figure, node.path)
    if isinstance(node, Over):
        return _over(node, scope)
    result: Column = FUNCTIONS[node.function](*(evaluate(a, scope) for a in node.arguments))
    return result


def names(node: Node) -> set[str]:
    """The paths a formula reads."""
    if isinstance(node, Name):
        return {node.path}
    if isinstance(node, Call):
        return set().union(*(names(a) for a in node.arguments))
    if isinstance(node, Over):
        outer = set().union(*(names(n) for n in (node.inner, node.condition) if n is not None))
        return {node.path} | {n for n in outer if not n.startswith(node.path + ".")}
    return set()


def results(node: Node) -> set[tuple[str, str]]:
    """The (figure, path) results a formula reads."""
    if isinstance(node, Result):
        return {(node.figure, node.path)}
    if isinstance(node, Call):
        return set().union(*(results(a) for a in node.arguments))
    return set()


@dataclass(frozen=True, slots=True)
class _RecordScope:
    """Names within a record first, then outward: an outer value is repeated for each record."""

    records: Records
    path: str
    outer: Scope

    def value(self, path: str) -> Value:
        prefix = self.path + "."
        if path.startswith(prefix):
            return self.records.columns[path[len(prefix) :]]
        found = self.outer.value(path)
        return found.take(self.records.owners) if isinstance(found, Column) and len(found) > 1 else found

    def result(self, figure: str, path: str) -> Column:
        return self.outer.result(figure, path).take(self.records.owners)


def _over(node: Over, scope: Scope) -> Column:
    found = scope.value(node.path)
    if isinstance(found, Panel):
        return _over_panel(node.function, found)
    if not isinstance(found, Records):
        raise TypeError(f"{node.path} is no list")
    inner_scope = _RecordScope(found, node.path, scope)
    counted = None if node.condition is None else evaluate(node.condition, inner_scope).spread(int(found.offsets[-1]))
    if node.function == "count":
        return found.count(counted)
    if node.inner is None:
        raise TypeError(f"{node.function} over a list needs what to take of each record")
    values = evaluate(node.inner, inner_scope).spread(int(found.offsets[-1]))
    if node.function in ("any", "all"):
        wanted = values if node.function == "any" else ~values
        hits = found.count(wanted if counted is None else counted & wanted)
        return hits > 0 if node.function == "any" else hits == 0
    if counted is not None:
        values = values.where(counted, 0)
    if node.function == "sum":
        return found.total(values)
    if node.function == "max":
        return found.best(values).masked_where(found.lengths == 0, Why.MISSING)
    raise TypeError(f"{node.function} is no function over records")


def _over_panel(function: str, panel: Panel) -> Column:
    if function == "count":
        return panel.count()
    if function == "mean":
        return panel.trimmed_mean(0, 1)
    raise TypeError(f"{function} is no function over a panel's marks")


def _if(condition: Column, then: Column, otherwise: Column) -> Column:
    size = max(len(condition), len(then), len(otherwise))
    return then.spread(size).where(condition.spread(size), otherwise.spread(size))


def _coalesce(first: Column, *more: Column) -> Column:
    result = first
    for other in more:
        size = max(len(result), len(other))
        a, b = result.spread(size), other.spread(size)
        blank = a.masked & (np.zeros(size, dtype=bool) if a.why is None else a.why < Why.INVALID)
        mended = Column("truth", ~blank)
        why = np.where(blank, np.uint8(0) if b.why is None else b.why, np.uint8(0) if a.why is None else a.why)
        whole = Column(a.kind, a.values).where(mended, Column(b.kind, b.values))
        result = Column(a.kind, whole.values, why.astype(np.uint8) if why.any() else None)
    return result


def _pick(least: bool) -> Callable[..., Column]:
    def pick(*columns: Column) -> Column:
        return reduce(lambda a, b: a.where(a <= b if least else a >= b, b), columns)

    return pick


def _round(value: Column, decimals: Column | None = None) -> Column:
    return value.minted(0 if decimals is None else int(decimals.values.fractions()[0]))


def _real(function: Callable[[float], float], domain: Callable[[Column], Column]) -> Callable[[Column], Column]:
    """A real function, taken at 10 decimals; outside its domain the result is missing with a reason."""

    def apply(value: Column) -> Column:
        outside = ~np.asarray(domain(value).values, dtype=bool)
        exact = value.values
        safe = [Fraction(0) if o else f for f, o in zip(exact.fractions(), outside.tolist(), strict=True)]
        results = [Fraction(0) if o else Fraction(round(function(float(f)), 10)).limit_denominator(10**10) for f, o in zip(safe, outside.tolist(), strict=True)]
        return Column("number", Exact.of(results), value.why).masked_where(outside, Why.OUT_OF_DOMAIN)

    return apply


def _power(base: Column, exponent: Column) -> Column:
    powers = exponent.values.fractions()
    if len(powers) == 1 and powers[0].denominator == 1 and abs(powers[0]) <= 20:
        return base ** int(powers[0])
    result: Column = FUNCTIONS["exp"](FUNCTIONS["ln"](base) * exponent)
    return result


def _is_in(value: Column, *options: Column) -> Column:
    return reduce(lambda a, b: a | b, (value == o for o in options))


def _unequal(a: Column, b: Column) -> Column:
    return a != b


def _given(value: Column) -> Column:
    return value.given()


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": _power,
    "negative": lambda a: -a,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": _unequal,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "not": lambda a: ~a,
    "in": _is_in,
    "min": _pick(least=True),
    "max": _pick(least=False),
    "abs": abs,
    "round": _round,
    "floor": lambda a: a.floor(),
    "ceil": lambda a: a.ceil(),
    "clip": lambda a, low, high: a.clip(low, high),
    "if": _if,
    "coalesce": _coalesce,
    "given": _given,
    "sqrt": _real(math.sqrt, lambda v: v >= 0),
    "ln": _real(math.log, lambda v: v > 0),
    "exp": _real(math.exp, lambda v: v <= 40),
}

ARITY: Mapping[str, tuple[int, int]] = {
    "abs": (1, 1), "round": (1, 2), "floor": (1, 1), "ceil": (1, 1), "clip": (3, 3), "if": (3, 3), "given": (1, 1),
    "sqrt": (1, 1), "ln": (1, 1), "exp": (1, 1), "min": (1, 40), "max": (1, 40), "coalesce": (2, 40),
}  # fmt: skip
LIST_FUNCTIONS = frozenset({"count", "sum", "max", "any", "all", "mean"})
RESULT_FIGURES = frozenset({"points", "full", "rate", "rank"})


def constant(value: Any) -> Constant:
    """A literal as a node."""
    return Constant(column(value))
