"""The laws that every scoring rule must obey, to be run in the tests of a plugin: ``check_rule(my_rule)``.

A row rule gives one number a unit; adds or takes as it declares; is blind to the order of units and to how they are
cut into batches; says of one unit alone what it says of it among others; gives nothing where a value is missing; and
leaves what it was given as it was. A cohort rule gives one number for each unit of a group, whatever their order,
whatever other groups there are, and whoever has no value. Cases are made up from the rule's signature; where a rule
needs others, ``examples`` names them. Needs hypothesis.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why, column, stack
from scorekit.domain.marks import Each, Panel, Records
from scorekit.domain.rubric import Rounding
from scorekit.domain.rule import Band, Knot, Param, Range, Rule, Scored

Examples = Mapping[str, Any]
Strategy = st.SearchStrategy[Any]
Points = list[Fraction | None]
GRADES = ("A", "B", "C", "D")
RECORD_TEXTS = ("level", "matter")
ROLES = ("expert", "public")
POSITIONAL = ("column", "panel", "records")


@dataclass(frozen=True)
class Case:
    """One call of a rule: its arguments for *size* units, and the group that each unit is in."""

    rule: Rule
    size: int
    arguments: Mapping[str, Any]
    groups: tuple[int, ...]
    before: Any = None

    def take(self, rows: Sequence[int]) -> Case:
        """The case of some of its units, in the order of *rows*."""
        lists = [v for v in self.arguments.values() if isinstance(v, Records)]
        within = lists[0].picked(np.array(rows, dtype=np.int64)).tolist() if lists else []
        arguments = {name: taken(value, within if isinstance(value, Each) else rows) for name, value in self.arguments.items()}
        return replace(self, size=len(rows), arguments=arguments, groups=tuple(self.groups[r] for r in rows))

    def masked(self) -> list[bool]:
        """The units of which a column, a panel or a list of records is not there."""
        found = np.zeros(self.size, dtype=bool)
        for value in self.arguments.values():
            if isinstance(value, Each):
                continue
            if isinstance(value, Column):
                found = found | value.masked
            elif isinstance(value, Panel):
                found = found | ~value.present().any(axis=1)
            elif isinstance(value, Records) and value.why is not None:
                found = found | (value.why > 0)
        return [bool(m) for m in found]

    def points(self) -> Points:
        """What the rule gives each unit, as the core takes it: nothing where a column is masked."""
        found = self._in_groups() if self.rule.scope == "cohort" else called(self.rule, self.arguments, self.size)
        listed: list[Any] = found.listed()
        assert np.isfinite(found.values.doubles()).all(), "it gave a number that is not finite"
        return [None if m else p for p, m in zip(listed, self.masked(), strict=True)]

    def _in_groups(self) -> Column:
        """A cohort rule sees one group at a time, and of it those units that have a value."""
        there = [row for row, masked in enumerate(self.masked()) if not masked]
        found: dict[int, Any] = {}
        for group in sorted({self.groups[row] for row in there}):
            rows = [row for row in there if self.groups[row] == group]
            part = self.take(rows)
            found.update(zip(rows, called(self.rule, part.arguments, part.size).listed(), strict=True))
        return Column.numbers(found.get(row) for row in range(self.size))


def called(rule: Rule, arguments: Mapping[str, Any], size: int) -> Column:
    """The points a rule returns for *size* units. Raises AssertionError where it is no column of numbers of that length."""
    positional = [arguments[p.name] for p in rule.params if p.kind in POSITIONAL]
    named = {p.name: arguments[p.name] for p in rule.params if p.kind not in POSITIONAL}
    found = rule.function(*positional, **named)
    points = found.points if isinstance(found, Scored) else found
    assert isinstance(points, Column), f"it returned {type(points).__name__}, not a Column"
    assert points.kind == "number", f"it returned a column of kind {points.kind}, not of numbers"
    assert len(points) in (1, size), f"it returned {len(points)} rows for {size} units"
    return points.spread(size)


def taken(value: Any, rows: Sequence[int]) -> Any:
    """The rows of one argument; constants stay."""
    if isinstance(value, Each):
        return _each(value.take(np.array(rows, dtype=np.int64)))
    if isinstance(value, Column) and len(value) == 1:
        return value
    if isinstance(value, (Column, Panel, Records)):
        return value.take(np.array(rows, dtype=np.int64))
    if isinstance(value, (Band, Knot)):
        return type(value)(*(taken(inner, rows) for inner in value))
    if isinstance(value, tuple):
        return tuple(taken(inner, rows) for inner in value)
    return {key: taken(inner, rows) for key, inner in value.items()} if isinstance(value, dict) else value


# -------------------------------------------------------------------- the laws


def one_number_a_unit(case: Case, points: Points) -> None:
    """One finite number for each unit, or none."""
    assert len(points) == case.size
    assert all(p is None or isinstance(p, Fraction) for p in points)


def sign(case: Case, points: Points) -> None:
    """A rule that only adds gives nothing below zero, one that only takes nothing above, where no value is negative."""
    there = [p for p in points if p is not None]
    if there and not any(_negative(value) for value in case.arguments.values()):
        assert case.rule.takes or min(there) >= 0, f"it declares that it adds, and gave {min(there)}"
        assert case.rule.adds or max(there) <= 0, f"it declares that it takes, and gave {max(there)}"


def order(case: Case, points: Points) -> None:
    """Units in another order get the same points."""
    turned = list(reversed(range(case.size)))
    assert case.take(turned).points() == points[::-1]


def batches(case: Case, points: Points) -> None:
    """Units in two batches get the same points as in one."""
    half = case.size // 2
    assert case.take(range(half)).points() + case.take(range(half, case.size)).points() == points


def alone(case: Case, points: Points) -> None:
    """A unit alone gets the same points as among others, so that one row explains itself."""
    assert [case.take([row]).points()[0] for row in range(case.size)] == points


def missing(case: Case, points: Points) -> None:
    """Where a value is missing there are no points; a panel or list without a value the rule masks itself."""
    assert all(p is None for p, m in zip(points, case.masked(), strict=True) if m)
    lists = {name: value for name, value in case.arguments.items() if isinstance(value, (Panel, Records))}
    if lists and case.rule.scope == "row":
        found = called(case.rule, case.arguments, case.size).masked
        assert all(found[replace(case, arguments=lists).masked()]), "a list or panel without a value got points"


def untouched(case: Case, points: Points) -> None:
    """What the rule was given is afterwards what it was."""
    assert fingerprint(case.arguments) == case.before
    assert case.points() == points, "it gave other points at its second call"


def no_place_for_the_missing(case: Case, points: Points) -> None:
    """Units without a value change nobody's points."""
    there = [row for row, masked in enumerate(case.masked()) if not masked]
    assert case.take(there).points() == [points[row] for row in there]


def groups_apart(case: Case, points: Points) -> None:
    """A group gets the same points whatever other groups there are."""
    first = [row for row, group in enumerate(case.groups) if group == case.groups[0]]
    assert case.take(first).points() == [points[row] for row in first]


ROW_LAWS = (one_number_a_unit, sign, order, batches, alone, missing, untouched)
COHORT_LAWS = (one_number_a_unit, sign, order, missing, no_place_for_the_missing, groups_apart, untouched)


def _negative(value: Any) -> bool:
    """Whether an argument holds a number below zero."""
    if isinstance(value, Panel):
        return any(_negative(mark) for mark in value.marks)
    return isinstance(value, Column) and value.kind == "number" and bool((value.values.num < 0).any())


def fingerprint(value: Any) -> Any:
    """All that can be read off an argument."""
    if isinstance(value, Column):
        return (value.kind, value.unit, value.listed(), [] if value.why is None else value.why.tolist())
    if isinstance(value, Panel):
        return [fingerprint(mark) for mark in value.marks]
    if isinstance(value, Records):
        return (value.offsets.tolist(), fingerprint(value.columns))
    if isinstance(value, Mapping):
        return {key: fingerprint(inner) for key, inner in value.items()}
    return [fingerprint(inner) for inner in value] if isinstance(value, tuple) else value


def laws(rule: Rule, *, examples: Examples | None = None, max_examples: int = 50) -> list[tuple[str, Callable[[], None]]]:
    """The name of every law of *rule*'s scope, and a function that raises AssertionError where the rule breaks it."""
    wanted = COHORT_LAWS if rule.scope == "cohort" else ROW_LAWS
    return [(law.__name__.replace("_", " "), _law(rule, (law,), examples, max_examples, Phase.generate)) for law in wanted]


def check_rule(rule: Rule, *, examples: Examples | None = None, max_examples: int = 100) -> None:
    """Run all laws on *rule*; raises AssertionError with the smallest case that breaks one.

    *examples* names values for parameters: for a column a list of values or a hypothesis strategy of one value, for any
    other parameter a list of whole arguments or a strategy of one.
    """
    wanted = COHORT_LAWS if rule.scope == "cohort" else ROW_LAWS
    _law(rule, wanted, examples, max_examples, Phase.generate, Phase.shrink)()


Law = Callable[[Case, Points], None]


def _law(rule: Rule, wanted: Sequence[Law], examples: Examples | None, max_examples: int, *phases: Phase) -> Callable[[], None]:
    def run() -> None:
        """One law or several on made-up cases; equal at every run."""

        def holds(case: Case) -> None:
            case = replace(case, before=fingerprint(case.arguments))
            points = case.points()
            for law in wanted:
                try:
                    law(case, points)
                except AssertionError as error:
                    raise AssertionError(f"rule {rule.name} breaks the law “{law.__doc__}” {error}\n{case}") from error

        _quiet(max_examples, *phases)(given(cases(rule, examples))(holds))()

    return run


def _quiet(max_examples: int, *phases: Phase) -> settings:
    """Settings under which equal rules give equal runs, and nothing is written beside the tests."""
    return settings(
        max_examples=max_examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=phases,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )


# -------------------------------------------------------------------- making cases up


def cases(rule: Rule, examples: Examples | None = None) -> Strategy:
    """Cases for *rule*: two to four units in one or two groups, values of the kinds that the rule takes."""
    known = dict(examples or {})
    kinds = _kinds(rule, known)

    def sized(size: int) -> Strategy:
        arguments = st.fixed_dictionaries({p.name: _argument(rule, p, size, kinds, known) for p in rule.params}).map(
            partial(_with_each, rule)
        )
        groups = st.tuples(*[st.integers(0, 1)] * size) if rule.scope == "cohort" else st.just((0,) * size)
        return st.builds(Case, st.just(rule), st.just(size), arguments, groups)

    return st.one_of(*(sized(size) for size in (2, 3, 4)))


def _kinds(rule: Rule, known: Examples) -> Mapping[str, str]:
    """The kind of value that each column parameter takes: the first combination of kinds that the rule does not refuse."""
    names = [p.name for p in rule.params if p.kind == "column" and p.name not in known]
    refused: Exception | None = None
    for combination in itertools.product(("number", "truth", "text", "date"), repeat=len(names)):
        kinds = dict(zip(names, combination, strict=True))

        def accepted(found: Mapping[str, Any]) -> None:
            called(rule, found, 2)

        try:
            arguments = st.fixed_dictionaries({p.name: _argument(rule, p, 2, kinds, known) for p in rule.params}).map(
                partial(_with_each, rule)
            )
            _quiet(5, Phase.generate)(given(arguments)(accepted))()
        except Exception as error:  # noqa: BLE001 — whatever it raises, it refuses this kind
            refused = error
        else:
            return kinds
    raise AssertionError(f"rule {rule.name} refuses every kind of column: {type(refused).__name__}: {refused}; give examples") from refused


def _argument(rule: Rule, param: Param, size: int, kinds: Mapping[str, str], known: Examples) -> Strategy:
    """Values for one parameter; one that may be left out is left out now and then."""
    made = _known(param, size, known[param.name]) if param.name in known else _made(rule, param, size, kinds)
    if param.required or (param.kind == "each" and param.default is not None):
        return made
    left_out = column(param.default) if param.kind == "number" and param.default is not None else param.default
    return st.one_of(st.just(left_out), made)


def _with_each(rule: Rule, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What is asked of each record is named by a field of the records (level, matter, number, truth): its column takes its place."""
    fields = next((v.columns for v in arguments.values() if isinstance(v, Records)), {})
    each = {p.name for p in rule.params if p.kind == "each"}
    return {n: _each(fields[v]) if n in each and v is not None else v for n, v in arguments.items()}


def _each(column: Column) -> Each:
    return Each(column.kind, column.values, column.why, column.unit)


def _known(param: Param, size: int, given_: Any) -> Strategy:
    values = given_ if isinstance(given_, st.SearchStrategy) else st.sampled_from(list(given_))
    if param.kind != "column":
        return values
    rows = st.lists(values, min_size=size, max_size=size)
    return st.builds(_column, rows, st.lists(st.booleans(), min_size=size, max_size=size))


def _column(values: Sequence[Any], gaps: Sequence[bool]) -> Column:
    """A column of the kind of its values, missing in the gaps."""
    made: Column = stack([column(value) for value in values])
    return made.masked_where(np.array(gaps), Why.MISSING)


def _made(rule: Rule, param: Param, size: int, kinds: Mapping[str, str]) -> Strategy:
    several = st.lists(_number(size), min_size=1, max_size=4).map(tuple)
    made: dict[str, Callable[[], Strategy]] = {
        "column": lambda: _values(kinds.get(param.name, "number"), size),
        "panel": lambda: _panel(size),
        "records": lambda: _records(size),
        "each": lambda: st.just("number"),
        "number": lambda: _number(size if rule.scope == "row" else 1),
        "numbers": lambda: several,
        "bands": lambda: st.lists(st.builds(Band, _number(size), st.booleans(), _number(size)), min_size=1, max_size=4).map(tuple),
        "knots": lambda: st.lists(st.builds(Knot, _number(size), _number(size)), min_size=1, max_size=4).map(tuple),
        "roles": lambda: st.dictionaries(st.sampled_from(ROLES), _number(size), min_size=1, max_size=2),
        "raters": lambda: st.dictionaries(st.sampled_from(("r0", "r1", "r2")), _number(size), min_size=1, max_size=3),
        "ranges": lambda: st.dictionaries(st.sampled_from(GRADES), st.builds(Range, _number(size), _number(size)), min_size=1, max_size=4),
        "rounding": lambda: st.builds(Rounding, st.integers(0, 6)),
        "table": lambda: st.dictionaries(st.sampled_from(GRADES), _number(size), min_size=1, max_size=4),
        "text": lambda: st.sampled_from(param.choices or RECORD_TEXTS),
        "integer": lambda: st.integers(0, 3),
        "truth": st.booleans,
    }
    return made[param.kind]()


FIGURES = st.one_of(
    st.integers(0, 20).map(Fraction), st.integers(0, 120).map(lambda n: Fraction(n, 100)), st.fractions(0, 3, max_denominator=12)
)


def _number(size: int) -> Strategy:
    """A constant, or sometimes a column of numbers; never below zero."""
    constant = FIGURES.map(Column.of)
    if size == 1:
        return constant
    return st.one_of(
        constant, constant, constant, st.lists(st.one_of(st.none(), FIGURES, FIGURES), min_size=size, max_size=size).map(Column.numbers)
    )


def _values(kind: str, size: int) -> Strategy:
    """A column of what units hand in, with gaps; numbers are sometimes percentages and sometimes below zero."""
    below = st.integers(-5, -1).map(Fraction)
    kinds: dict[str, tuple[Strategy, Callable[[Any], Column]]] = {
        "number": (st.one_of(FIGURES, FIGURES, below), Column.numbers),
        "truth": (st.booleans(), Column.truths),
        "text": (st.sampled_from(GRADES), Column.texts),
        "date": (st.dates(), Column.dates),
    }
    value, made = kinds[kind]
    rows: Strategy = st.lists(st.one_of(st.none(), value, value, value), min_size=size, max_size=size)
    if kind != "number":
        return rows.map(made)
    return st.builds(
        _in_unit,
        rows.map(made),
        st.sampled_from([None, "percent"]),
        st.sampled_from([Why.MISSING, Why.INVALID, Why.NOT_APPLICABLE]),
    )


def _in_unit(numbers: Column, unit: str | None, why: Why) -> Column:
    return Column(numbers.kind, numbers.values, None if numbers.why is None else numbers.masked * np.uint8(why), unit)


def _panel(size: int) -> Strategy:
    mark = _values("number", size)
    return st.lists(mark, min_size=1, max_size=6).map(
        lambda marks: Panel(tuple(f"r{i}" for i in range(len(marks))), tuple(marks), tuple(ROLES[i % 2] for i in range(len(marks))))
    )


@st.composite
def _records(draw: Any, size: int) -> Records:
    lengths = draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    total = sum(lengths)
    texts = {name: draw(_values("text", total)) for name in RECORD_TEXTS}
    missing = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    why = np.array([Why.MISSING if m and not n else 0 for m, n in zip(missing, lengths, strict=True)], dtype=np.uint8)
    columns = {**texts, "number": draw(_values("number", total)), "truth": draw(_values("truth", total))}
    return Records(np.cumsum([0, *lengths]).astype(np.int64), columns, why if why.any() else None)
