"""Formulas as trees, and their values over whole columns."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, Protocol, Union

from scorekit.domain.column import Column, column
from scorekit.domain.functions import ARITY, FUNCTIONS
from scorekit.domain.lookups import LookupTable
from scorekit.domain.marks import Panel, Records
from scorekit.domain.over import OF_NUMBERS, OF_TRUTHS, OF_VALUES, PLACED, handed_in, mark_of, over_children, over_panel, over_records
from scorekit.domain.tables import Value


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal: number, text, truth or date."""

    value: Column


@dataclass(frozen=True, slots=True)
class Name:
    """A field or derived value, by its full path; of a panel ``path@rater`` is the mark of one rater."""

    path: str


@dataclass(frozen=True, slots=True)
class Call:
    """An operator or function over values."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Over:
    """A function over the records of a list (or the marks of a panel): an inner value and a condition on each.

    ``number`` is what best, worst, trimmed and nth need besides: how many of them, one figure a unit. Where the list is
    that of a section's children, ``children`` are their paths.
    """

    function: str
    path: str
    inner: Node | None
    condition: Node | None
    number: Node | None = None
    children: tuple[str, ...] = ()


EACH = "each"
"""The function of an ``Over`` that stands for its inner value itself, one a record: what a rule asks of each record."""


@dataclass(frozen=True, slots=True)
class Result:
    """A figure of the score sheet: points, full, rate or rank of a criterion or section; no path is the total.

    A rank's path may be the id of a ranking; ``record`` is the figure of one record of the list at the path.
    """

    figure: str
    path: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """The value of a table for the keys, in the table's order."""

    table: LookupTable
    keys: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a whole population: *over* the values *of* all units alike in *within* for which *where* holds.

    ``key`` is the name under which a score sheet keeps it. ``first`` is the end that comes first in a rank, ``q`` and
    ``method`` belong to a quantile, ``beside`` is the other value of a correlation.
    """

    key: str
    over: str
    of: Node | None
    within: tuple[Node, ...] = ()
    where: Node | None = None
    beside: Node | None = None
    first: Literal["high", "low"] = "high"
    q: Fraction = Fraction(1, 2)
    method: str = "linear"


@dataclass(frozen=True, slots=True)
class Tied:
    """What a tie key asks of the units that share a place: whether a name is one of theirs, how many of them a value outdoes.

    ``key`` is the text of the value, by which it is found again in every track.
    """

    function: str
    of: Node
    key: str


CHILDREN = "children("
"""How the paths of what is said of each child of a section begin: ``children(section).points``."""
OF_CHILD = ("points", "full", "rate", "weight", "rank")
OF_MARK = ("mark", "rater", "role")
"""What is said of each mark of a panel."""

Node = Union[Constant, Name, Call, Over, Result, Lookup, Figure, Tied]


class Scope(Protocol):
    """Where a formula finds its names."""

    def value(self, path: str) -> Value:
        """The column, panel or list of records of a path."""

    def result(self, figure: str, path: str) -> Column:
        """A figure of the score sheet."""

    def figure(self, key: str) -> Column:
        """A figure of the population, found before."""

    def within(self, path: str, records: Records) -> Scope:
        """Where a formula about each record of a list finds its names."""

    def tied(self, node: Tied) -> Column:
        """What is asked of the units that share a place."""


def evaluate(node: Node, scope: Scope) -> Column:
    """The value of a formula for every row; missing in, missing out. Raises TypeError where kinds do not fit."""
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Name):
        path, _, rater = node.path.partition("@")
        found = scope.value(path)
        if isinstance(found, Panel) and rater:
            return mark_of(found, rater)
        if not isinstance(found, Column):
            raise TypeError(f"{node.path} is a list: use count, sum, max … over it")
        return found
    if isinstance(node, Result):
        return scope.result(node.figure, node.path)
    if isinstance(node, Over):
        return _over(node, scope)
    if isinstance(node, Lookup):
        return node.table.found([evaluate(k, scope) for k in node.keys])
    if isinstance(node, Figure):
        return scope.figure(node.key)
    if isinstance(node, Tied):
        return scope.tied(node)
    if node.function == "given" and isinstance(node.arguments[0], Name):
        asked = scope.value(node.arguments[0].path)
        return asked.given() if isinstance(asked, Column) else handed_in(asked)
    result: Column = FUNCTIONS[node.function](*(evaluate(a, scope) for a in node.arguments))
    return result


def names(node: Node) -> set[str]:
    """The paths a formula reads."""
    if isinstance(node, Name):
        return {node.path.partition("@")[0]}
    found = set().union(*(names(n) for n in parts(node)))
    if isinstance(node, Over):
        own = set() if node.path.startswith(CHILDREN) else {node.path}
        return own | {n for n in found if not n.startswith(node.path + ".")}
    return found


def results(node: Node) -> set[tuple[str, str]]:
    """The (figure, path) results a formula reads."""
    if isinstance(node, Result):
        return {(node.figure, node.path)}
    own: set[tuple[str, str]] = set()
    if isinstance(node, Over) and node.children:
        own = {(figure, child) for figure in ("points", *asked_of_children(node)) for child in node.children}
    return own.union(*(results(n) for n in parts(node)))


def parts(node: Node) -> tuple[Node, ...]:
    """The formulas that a formula is made of."""
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Lookup):
        return node.keys
    if isinstance(node, Tied):
        return (node.of,)
    if isinstance(node, Over):
        return tuple(n for n in (node.inner, node.condition, node.number) if n is not None)
    if isinstance(node, Figure):
        return tuple(n for n in (node.of, node.beside, node.where, *node.within) if n is not None)
    return ()


@dataclass(frozen=True, slots=True)
class RecordNames:
    """Names within a record first, then outward: an outer value is repeated for each record."""

    records: Records
    path: str
    outer: Scope

    def value(self, path: str) -> Value:
        """As of the record; what stands further out is repeated for each."""
        prefix = self.path + "."
        if path.startswith(prefix):
            own: Value = self.records.columns[path[len(prefix) :]]
            return own
        found = self.outer.value(path)
        return found.take(self.records.owners) if isinstance(found, Column) and len(found) > 1 else found

    def result(self, figure: str, path: str) -> Column:
        """A unit's figure beside each of its records."""
        return self.outer.result(figure, path).take(self.records.owners)

    def figure(self, key: str) -> Column:
        """The figure of the unit's population beside each of its records."""
        return self.outer.figure(key).take(self.records.owners)

    def within(self, path: str, records: Records) -> Scope:
        """The names of a list of each record's own."""
        return RecordNames(records, path, self)

    def tied(self, node: Tied) -> Column:
        """As of the unit, beside each of its records."""
        return self.outer.tied(node).take(self.records.owners)


def asked_of_children(node: Over) -> list[str]:
    """The figures, of those that a section's children have, that a function over them asks for."""
    asked = {path for part in (node.inner, node.condition) if part is not None for path in _paths(part)}
    wanted = [name for name in OF_CHILD if f"{node.path}.{name}" in asked]
    return [*wanted, "full"] if "rate" in wanted and "full" not in wanted else wanted


def _paths(node: Node) -> set[str]:
    return {node.path} if isinstance(node, Name) else set().union(*(_paths(n) for n in parts(node)))


def elements(node: Over, scope: Scope) -> Value:
    """The list that a function is taken over: records, marks, or the children of a section."""
    if not node.path.startswith(CHILDREN):
        return scope.value(node.path)
    wanted = asked_of_children(node)
    found = {name: [scope.result(name, c) for c in node.children] for name in ("points", *wanted) if name != "rate"}
    return over_children(found, "rate" in wanted)


def _over(node: Over, scope: Scope) -> Column:
    found = elements(node, scope)
    number = None if node.number is None else evaluate(node.number, scope)
    if isinstance(found, Panel):
        if node.inner is None and node.condition is None:
            return over_panel(node.function, found, number)
        found = found.listed()
    if not isinstance(found, Records):
        raise TypeError(f"{node.path} is no list")
    inner = scope.within(node.path, found)
    values, counted = (None if n is None else evaluate(n, inner) for n in (node.inner, node.condition))
    return over_records(node.function, found, values, counted, number)


LIST_FUNCTIONS = frozenset({"count", *OF_NUMBERS, *OF_TRUTHS, *OF_VALUES})
RESULT_FIGURES = frozenset({"points", "full", "rate", "rank", "outcome", "exact", "base", "bonus", "deduction", "left_out", "record"})
TIED = ("among", "ahead")
OF_TOTAL = frozenset({"exact", "base", "bonus", "deduction"})
"""Figures that only the total has."""


def constant(value: Any) -> Constant:
    """A literal as a node."""
    return Constant(column(value))


__all__ = [
    "ARITY",
    "CHILDREN",
    "EACH",
    "LIST_FUNCTIONS",
    "OF_CHILD",
    "OF_MARK",
    "OF_TOTAL",
    "PLACED",
    "RESULT_FIGURES",
    "TIED",
    "Call",
    "Constant",
    "Figure",
    "Lookup",
    "Name",
    "Node",
    "Over",
    "RecordNames",
    "Result",
    "Tied",
    "Scope",
    "constant",
    "elements",
    "evaluate",
    "names",
    "parts",
    "results",
]
