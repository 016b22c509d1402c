"""Formulas by chance: what the engine makes of them over columns is what their meaning gives for one unit, told in fractions."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from scorekit.compiling.planning import compile_plan
from tests.building import assessed, catalogue, document, rubric_of, units
from tests.slow import minted, root

UNITS, FORMULAS = 12, 25
ORDINARY = range(40)
"""The seeds of the ordinary run."""
NAMES, TRUTHS = ("n0", "n1", "n2"), ("t0", "t1")
Row = dict[str, Any]
Value = Callable[[Row], Any]
"""What an expression gives one unit: a fraction or a truth, None where it is not known."""
Expression = tuple[str, Value]


def known(function: Callable[..., Any], *parts: Value) -> Value:
    """Missing in, missing out; a division by zero or a root out of range has no value either."""

    def value(row: Row) -> Any:
        found = [p(row) for p in parts]
        try:
            return None if None in found else function(*found)
        except ZeroDivisionError:
            return None

    return value


def three_and(a: Any, b: Any) -> Any:
    return False if a is False or b is False else None if a is None or b is None else True


def middle(values: Sequence[Fraction]) -> Fraction:
    ordered = sorted(values)
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def least(values: Sequence[Fraction], k: int) -> Fraction:
    return sum(sorted(values)[:k], Fraction(0))


OVER: dict[str, Callable[[list[Fraction], int], Any]] = {
    "sum": lambda v, _: sum(v, Fraction(0)),
    "product": lambda v, _: math.prod(v, start=Fraction(1)),
    "mean": lambda v, _: mean(v),
    "median": lambda v, _: middle(v) if v else None,
    "min": lambda v, _: min(v, default=None),
    "max": lambda v, _: max(v, default=None),
    "distinct": lambda v, _: Fraction(len(set(v))),
    "best": lambda v, k: -least([-x for x in v], k),
    "worst": least,
    "nth": lambda v, k: sorted(v, reverse=True)[k - 1] if 1 <= k <= len(v) else None,
    "trimmed": lambda v, k: mean(sorted(v)[k : len(v) - k]) if len(v) > 2 * k else None,
}
NUMBERED = ("best", "worst", "nth", "trimmed")


class Chance(Random):
    """Expressions of numbers and of truths, not deep."""

    def number(self, depth: int) -> Expression:
        if depth == 0:
            return self.leaf()
        return self.choice([self.leaf, self.sum, self.sum, self.called, self.called, self.branch, self.over, self.raised])(depth)

    def leaf(self, _: int = 0) -> Expression:
        if self.random() < 0.4:
            text = self.choice(["0", "1", "2", "0.5", "0.85", "12.345", "3"])
            return text, lambda row: Fraction(text)
        name = self.choice(NAMES)
        return name, lambda row: row[name]

    def sum(self, depth: int) -> Expression:
        (a, one), (b, other) = self.number(depth - 1), self.number(depth - 1)
        sign = self.choice("+-*/")
        work: dict[str, Callable[[Any, Any], Any]] = {
            "+": lambda x, y: x + y, "-": lambda x, y: x - y, "*": lambda x, y: x * y, "/": lambda x, y: x / y,
        }  # fmt: skip
        return f"({a} {sign} {b})", known(work[sign], one, other)

    def raised(self, depth: int) -> Expression:
        a, one = self.number(depth - 1)
        power = self.choice([0, 1, 2, 3, -1])
        return f"({a}) ** ({power})", known(lambda x: x**power, one)

    def called(self, depth: int) -> Expression:
        (a, one), (b, other) = self.number(depth - 1), self.number(depth - 1)
        digits = self.randint(0, 3)
        floor: Callable[[Any], Fraction] = lambda x: Fraction(math.floor(x))
        options: dict[str, Expression] = {
            f"min({a}, {b})": ("", known(min, one, other)),
            f"max({a}, {b})": ("", known(max, one, other)),
            f"abs({a})": ("", known(abs, one)),
            f"-({a})": ("", known(lambda x: -x, one)),
            f"floor({a})": ("", known(floor, one)),
            f"ceil({a})": ("", known(lambda x: Fraction(math.ceil(x)), one)),
            f"round({a}, {digits})": ("", known(lambda x: minted(x, {"decimals": digits}), one)),
            f"round({a})": ("", known(lambda x: minted(x, {"decimals": 0}), one)),
            f"clip({a}, 0.5, 3)": ("", known(lambda x: min(max(x, Fraction(1, 2)), Fraction(3)), one)),
            f"sign({a})": ("", known(lambda x: Fraction((x > 0) - (x < 0)), one)),
            f"mod({a}, {b})": ("", known(lambda x, y: x - y * floor(x / y), one, other)),
            f"coalesce({a}, {b})": ("", lambda row: one(row) if one(row) is not None else other(row)),
            f"sqrt({a})": ("", known(lambda x: root(x, 2) if x >= 0 else None, one)),
        }
        text = self.choice(list(options))
        return text, options[text][1]

    def branch(self, depth: int) -> Expression:
        (c, test), (a, one), (b, other) = self.truth(depth - 1), self.number(depth - 1), self.number(depth - 1)
        return f"if({c}, {a}, {b})", lambda row: None if test(row) is None else one(row) if test(row) else other(row)

    def over(self, _: int) -> Expression:
        """A function over the records of a list, now and then of those that meet a condition."""
        if self.random() < 0.15:
            return "count(r)", lambda row: None if row["r"] is None else Fraction(len(row["r"]))
        name, k, asked = self.choice(list(OVER)), self.randint(1, 3), self.random() < 0.5
        words = ["r", self.choice(["v", "v * w", "v - 1"]), *([str(k)] if name in NUMBERED else []), *(["w >= 1"] if asked else [])]
        take: Callable[[Row], Any] = {
            "v": lambda x: x["v"], "v * w": known(lambda v, w: v * w, lambda x: x["v"], lambda x: x["w"]),
            "v - 1": known(lambda v: v - 1, lambda x: x["v"]),
        }[words[1]]  # fmt: skip

        def value(row: Row) -> Any:
            if row["r"] is None or (asked and any(x["w"] is None for x in row["r"])):
                return None
            values = [take(x) for x in row["r"] if not asked or x["w"] >= 1]
            return OVER[name]([v for v in values if v is not None], k)

        return f"{name}({', '.join(words)})", value

    def truth(self, depth: int) -> Expression:
        if depth == 0 or self.random() < 0.2:
            name = self.choice(TRUTHS)
            return name, lambda row: row[name]
        return self.choice([self.compared, self.compared, self.joined, self.given, self.listed])(depth)

    def compared(self, depth: int) -> Expression:
        (a, one), (b, other) = self.number(depth - 1), self.number(depth - 1)
        sign = self.choice(["<", "<=", ">", ">=", "==", "!="])
        work: dict[str, Callable[[Any, Any], bool]] = {
            "<": lambda x, y: x < y, "<=": lambda x, y: x <= y, ">": lambda x, y: x > y,
            ">=": lambda x, y: x >= y, "==": lambda x, y: x == y, "!=": lambda x, y: x != y,
        }  # fmt: skip
        return f"({a} {sign} {b})", known(work[sign], one, other)

    def joined(self, depth: int) -> Expression:
        (a, one), (b, other) = self.truth(depth - 1), self.truth(depth - 1)
        negated: Callable[[Any], Any] = lambda x: None if x is None else not x
        options: dict[str, Value] = {
            f"({a} and {b})": lambda row: three_and(one(row), other(row)),
            f"({a} or {b})": lambda row: negated(three_and(negated(one(row)), negated(other(row)))),
            f"(not {a})": lambda row: negated(one(row)),
        }
        text = self.choice(list(options))
        return text, options[text]

    def given(self, _: int) -> Expression:
        name = self.choice([*NAMES, *TRUTHS])
        return f"given({name})", lambda row: row[name] is not None

    def listed(self, _: int) -> Expression:
        name = self.choice(NAMES)
        options = {Fraction(0), Fraction(1), Fraction(5, 2)}
        return f"{name} in [0, 1, 2.5]", known(lambda x: x in options, lambda row: row[name])

    def row(self) -> Row:
        """What one unit hands in, with gaps."""
        gap: Callable[[Any], Any] = lambda value: None if self.random() < 0.12 else value
        number: Callable[[], Fraction] = lambda: self.choice(
            [Fraction(self.randint(-3, 6)), Fraction(self.randint(0, 400), 100), Fraction(5, 2)]
        )
        records = [{"v": gap(number()), "w": None if self.random() < 0.03 else number()} for _ in range(self.randint(0, 5))]
        return {**{n: gap(number()) for n in NAMES}, **{t: gap(self.random() < 0.5) for t in TRUTHS}, "r": gap(records)}


NUMBER = {"type": "number"}
LIST = {"type": "array", "items": {"type": "object", "properties": {"v": NUMBER, "w": NUMBER}}}


def compare(seed: int) -> int:
    """A rubric of formulas, each the points of a criterion, and what they give all units; how many were compared."""
    chance = Chance(seed)
    made = [chance.number(3) for _ in range(FORMULAS)]
    fields: dict[str, Any] = {**dict.fromkeys(NAMES, NUMBER), **{t: {"type": "boolean"} for t in TRUTHS}, "r": LIST}
    spec = {"kind": "bonus", "floor": None, "missing": "incomplete"}
    items = {f"c{i}": {"x-criterion": {**spec, "rule": {"mark": {"of": text}}}} for i, (text, _) in enumerate(made)}
    plan = compile_plan(rubric_of(document({**fields, **items}, rounding={"total": {"decimals": 2}})), catalogue())
    rows = [chance.row() for _ in range(UNITS)]
    sheet = assessed(plan, units(plan, {name: [row[name] for row in rows] for name in rows[0]})).sheet
    for i, (text, value) in enumerate(made):
        found, wanted = sheet.points[f"c{i}"].spread(UNITS).listed(), [value(row) for row in rows]
        assert found == wanted, f"seed {seed}: {text}\n{found}\n{wanted}\n{rows}"
    return FORMULAS * UNITS


def test_formulas_over_columns_give_what_they_mean_for_one_unit() -> None:
    assert sum(map(compare, ORDINARY)) >= 10_000


@pytest.mark.long
def test_formulas_over_columns_give_what_they_mean_for_one_unit_many_times() -> None:
    assert sum(map(compare, range(1000, 2700))) >= 500_000
