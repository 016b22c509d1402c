"""The engine and a plain oracle in fractions give every unit the same points, rule by rule and criterion by criterion."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest
import scorekit_plugins.rules

from scorekit.domain.tables import ScoreSheet
from scorekit.plugin import Rule
from scorekit.stages.score import score
from tests import oracle
from tests.building import assessed, plan_of, units

UNITS = 40
ORDINARY = range(10)
"""The seeds of the ordinary run."""
PERCENT = {"type": "number", "x-unit": "percent"}
NUMBER, TRUTH, GRADE = {"type": "number"}, {"type": "boolean"}, {"enum": ["A", "B", "C", "D"], "type": "string"}
RATERS = ["甲", "乙", "丙", "丁", "戊"]
PANEL = {"type": "object", "additionalProperties": {"type": ["number", "null"]}, "x-source": {"who": "panel", "raters": RATERS}}
ROLES = ["专家", "专家", "群众", "群众", "专家"]
LIST = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            **{name: {"type": "number", "title": name} for name in ("worth", "other", "weighs")},
            "award": {"type": "string", "title": "奖项"},
            "meant": {"type": "boolean", "title": "计"},
        },
    },
}
HONOURS = {
    "type": "array",
    "items": {"type": "object", "properties": {"level": {"type": "string", "title": "级别"}, "award": {"type": "string", "title": "奖项"}}},
}
NAMES = tuple(m.name for m in pkgutil.iter_modules(scorekit_plugins.rules.__path__))
RULES: dict[str, Rule] = {name: getattr(importlib.import_module(f"scorekit_plugins.rules.{name}"), name) for name in NAMES}


# -------------------------------------------------------------------- chance


class Chance(Random):
    """Figures as rubrics and forms have them: few digits, round numbers, and now and then none."""

    def figure(self, most: int = 10) -> Any:
        return self.choice(
            [self.randint(0, most), self.randint(0, most * 4) / 4, self.randint(0, most * 10) / 10, self.randint(0, most * 100) / 100]
        )

    def step(self) -> Any:
        return self.choice([0.01, 0.02, 0.05, 0.1, 0.25, 0.03, 1, 2, 5])

    def rate(self) -> Fraction:
        whole = self.randint(1, 300)
        return self.choice(
            [Fraction(self.randint(0, 120), 100), Fraction(self.randint(0, 12000), 10000), Fraction(self.randint(0, whole), whole)]
        )

    def number(self) -> Fraction:
        return self.choice([Fraction(self.randint(0, 12)), Fraction(self.randint(0, 200), 10), self.rate()])

    def gap(self, value: Any) -> Any:
        return None if self.random() < 0.06 else value

    def maybe(self, **parameters: Any) -> dict[str, Any]:
        return {name: value for name, value in parameters.items() if self.random() < 0.5}


Made = tuple[dict[str, Any], dict[str, Any], list[Any]]


def _percent(c: Chance, parameters: dict[str, Any]) -> Made:
    return PERCENT, parameters, [c.gap(c.rate()) for _ in range(UNITS)]


def _number(c: Chance, parameters: dict[str, Any]) -> Made:
    return NUMBER, parameters, [c.gap(c.number()) for _ in range(UNITS)]


def _either(c: Chance, parameters: dict[str, Any]) -> Made:
    return c.choice([_percent, _number])(c, parameters)


def _prices(c: Chance) -> dict[str, Any]:
    return {letter: c.figure(5) for letter in "ABC"}


def _bands(c: Chance) -> list[dict[str, Any]]:
    bounds = [c.choice([0.25, 0.5, 0.6, 0.8, 0.9, 1, 3, 5]) for _ in range(c.randint(1, 4))]
    return [{c.choice(["at_least", "above"]): bound, "points": c.figure()} for bound in dict.fromkeys(bounds)]


def _line(c: Chance) -> list[dict[str, Any]]:
    values = dict.fromkeys(c.choice([0, 0.3, 0.6, 0.75, 0.9, 1, 4, 7]) for _ in range(c.randint(1, 4)))
    return [{"value": value, "points": c.figure()} for value in values]


def _honours(c: Chance) -> Made:
    def records() -> list[dict[str, Any]]:
        return [
            {"level": c.choice("ABCCD" if c.random() < 0.1 else "ABC"), "award": c.choice(["一", "二"])} for _ in range(c.randint(0, 4))
        ]

    parameters = {"level": "level", "prices": _prices(c), **c.maybe(key="award")}
    return HONOURS, parameters, [c.gap(records()) for _ in range(UNITS)]


def _panel(c: Chance) -> Made:
    parameters = {"points": c.figure(), **c.maybe(out_of=c.choice([10, 50, 100]), drop=c.randint(0, 2), fewest=c.randint(0, 5))}
    marks = [[None if c.random() < 0.1 else Fraction(c.randint(0, 1000), 10) for _ in RATERS] for _ in range(UNITS)]
    return PANEL, parameters, marks


def _roles(c: Chance) -> Made:
    raters = {name: {"role": role} for name, role in zip(RATERS, ROLES, strict=True)}
    graded, weighted = c.random() < 0.3, c.random() < 0.5
    mark = {"enum": ["优", "良", None]} if graded else {"type": ["number", "null"]}
    schema = {"type": "object", "additionalProperties": mark, "x-source": {"who": "panel", "raters": raters}}
    parameters = {"points": c.figure(), **c.maybe(
        out_of=c.choice([10, 50, 100]), drop=c.randint(0, 1), drop_high=c.randint(0, 2), drop_low=c.randint(0, 1), fewest=c.randint(0, 4),
        how=c.choice(["mean", "sum", "median"]), multiplier=c.choice([0.5, 1.2, 3]), mean_decimals=c.randint(0, 3),
    )}  # fmt: skip
    if graded:
        parameters["grades"] = {"优": c.figure(), "良": c.figure()}
    if weighted:
        parameters |= {"weights": {"专家": c.choice([0.6, 3]), "群众": 0.4}, **c.maybe(role_missing="incomplete")}
    mark_of = (lambda: c.choice(["优", "良"])) if graded else (lambda: Fraction(c.randint(0, 1000), 10))
    marks = [[None if c.random() < 0.2 else mark_of() for _ in RATERS] for _ in range(UNITS)]
    return schema, parameters, marks


OPTIONS = ["满意", "基本满意", "不满意", "弃权"]


def _survey(c: Chance) -> Made:
    schema = {"type": "object", "x-source": {"who": "survey", "options": OPTIONS}}
    worth = {o: c.choice([100, 80, 60, 40.5, 0]) for o in OPTIONS if o != "弃权" or c.random() < 0.3}
    votes = [[None if c.random() < 0.03 else Fraction(c.randint(0, 60)) for _ in OPTIONS] for _ in range(UNITS - 1)]
    return schema, {"points": c.figure(), "worth": worth, **c.maybe(out_of=c.choice([50, 100]))}, [*votes, [Fraction(0)] * 4]


def _band(c: Chance) -> dict[str, Any]:
    return {"points": c.figure(), **c.maybe(low=c.figure(3), high=c.figure(9))}


def _steps(c: Chance) -> dict[str, Any]:
    return c.maybe(steps=c.choice(["full", "started", "proportional"]))


def _list(c: Chance) -> Made:
    def record() -> dict[str, Any]:
        given = {"worth": Fraction(c.randint(-40, 80), 10), "other": Fraction(c.randint(0, 9)), "weighs": Fraction(c.randint(0, 3))}
        made: dict[str, Any] = {**given, "award": c.choice(["一", "二", "三"]), "meant": c.random() < 0.8}
        return {name: None if c.random() < 0.01 else value for name, value in made.items()}

    parameters = {"combine": c.choice(["sum", "mean", "weighted-mean", "product", "best", "worst", "first-further"]), "value": "worth"}
    parameters |= c.maybe(where="meant", matter="award", only="worst-deduction", k=c.randint(0, 3))
    parameters |= c.maybe(weight="weighs", first="other", further="other")
    return LIST, parameters, [c.gap([record() for _ in range(c.choice([0, 1, 2, 3, 5]))]) for _ in range(UNITS)]


def _compared(c: Chance, parameters: dict[str, Any]) -> Made:
    """Values among which some tie, now and then all, or lie below nought."""
    schema = c.choice([PERCENT, NUMBER])
    low, high, parts = c.choice([(0, 5, 1), (0, 20, 4), (80, 100, 100), (0, 0, 1), (3, 3, 1), (-6, 6, 2), (-9, -4, 1)])
    values = [c.gap(Fraction(c.randint(low, high), parts)) for _ in range(UNITS)]
    return schema, {**parameters, **c.maybe(first="low")}, values


MAKERS: dict[str, Callable[[Chance], Made]] = {
    "flag": lambda c: (TRUTH, {"points": c.figure(), **c.maybe(otherwise=c.figure(3))}, [c.gap(c.random() < 0.7) for _ in range(UNITS)]),
    "pro_rata": lambda c: _either(c, {"points": c.figure(), **c.maybe(full_at=c.choice([0.7, 0.9, 0.95, 0.98, 3, 6]))}),
    "tiers": lambda c: _either(c, {"bands": _bands(c), **c.maybe(otherwise=c.figure(3))}),
    "grade": lambda c: (
        GRADE,
        {"points": c.figure(), "shares": {"A": 1, "B": 0.8, "C": 0.6}, **c.maybe(otherwise=0.3)},
        [c.gap(c.choice("ABCD")) for _ in range(UNITS)],
    ),
    "priced": lambda c: (GRADE, {"prices": _prices(c), **c.maybe(otherwise=c.figure(2))}, [c.gap(c.choice("ABCD")) for _ in range(UNITS)]),
    "count": lambda c: _number(c, {"each": c.figure(3), **c.maybe(free=c.randint(0, 3))}),
    "first_further": lambda c: _number(c, {"first": c.figure(5), "further": c.figure(2)}),
    "mark": lambda c: _number(c, {}),
    "interpolate": lambda c: _either(c, {"at": _line(c)}),
    "panel": _roles,
    "votes": _survey,
    "discretion": lambda c: _number(c, _band(c)),
    "discretion_off": lambda c: _number(c, _band(c)),
    "panel_mean": _panel,
    "best_honour": _honours,
    "records": _list,
    "place_points": lambda c: _compared(
        c,
        {
            "prices": [c.figure() for _ in range(c.randint(1, 6))],
            **c.maybe(beyond=c.figure(2), ties=c.choice(["better", "mean", "worse"])),
        },
    ),
    "per_place": lambda c: _compared(c, {"points": c.figure(), "deduct": c.figure(2)}),
    "to_best": lambda c: _compared(c, {"points": c.figure()}),
    "to_mean": lambda c: _compared(c, {"points": c.figure()}),
    "from_mean": lambda c: _compared(
        c,
        {
            "points": c.figure(), "step": c.step(), "deduct": c.figure(2), **_steps(c),
            **c.maybe(add=c.figure(2), most=c.figure(3), per=c.choice(["auto", "points", "mean"])),
        },
    ),
    "min_max": lambda c: _compared(c, {"points": c.figure(), **c.maybe(alike=c.figure())}),
    "z_score": lambda c: _compared(c, {"at_mean": c.figure(), "per_deviation": c.figure(3), **c.maybe(sample=True)}),
    "percentile": lambda c: _compared(c, {"points": c.figure()}),
    "shortfall": lambda c: _either(
        c,
        {
            "target": c.choice([0.85, 0.9, 0.95, 1, 6, 12]), "step": c.step(), "deduct": c.figure(2),
            **_steps(c), **c.maybe(per=c.choice(["auto", "points", "target"])),
        },
    ),
    "excess": lambda c: _either(c, {"limit": c.choice([0, 0.1, 0.3, 5]), "step": c.step(), "deduct": c.figure(2), **_steps(c)}),
    "each": lambda c: _number(c, {"deduct": c.figure(2), **c.maybe(free=c.randint(0, 2))}),
    "penalty": lambda c: (
        TRUTH,
        {"deduct": c.figure(5), **c.maybe(when=c.random() < 0.5)},
        [c.gap(c.random() < 0.5) for _ in range(UNITS)],
    ),
    "repeat": lambda c: _number(c, {"totals": sorted(c.figure(4) for _ in range(c.randint(1, 3)))}),
    "around": lambda c: _either(
        c,
        {
            "target": c.choice([0, 0.6, 0.8, 4]), "step": c.step(), "add": c.figure(2), "deduct": c.figure(2),
            **c.maybe(up_to=c.figure(3), down_to=c.figure(3)),
        },
    ),
}  # fmt: skip
ADDING = sorted(name for name, rule in RULES.items() if rule.adds and not rule.takes)
BOTH = sorted(name for name, rule in RULES.items() if rule.adds and rule.takes)
COHORTS = sorted(name for name, rule in RULES.items() if rule.scope == "cohort")
TAKING = sorted(name for name, rule in RULES.items() if rule.takes and not rule.adds)


# -------------------------------------------------------------------- criteria


class Item:
    """A criterion of one clause or two (an adding and a taking one), the values of its fields, and what the oracle says."""

    def __init__(self, c: Chance, name: str, path: str, categories: Sequence[str]) -> None:
        self.path = path
        self.categories = categories
        self.clauses = [(name, *MAKERS[name](c))]
        if name in ADDING and c.random() < 0.3:
            other = c.choice(TAKING)
            self.clauses.append((other, *MAKERS[other](c)))
        self.caps = [c.choice([None, None, c.figure(4)]) for _ in self.clauses]
        self.kind = c.choice(["base", "base", "bonus", "deduction"]) if name in TAKING else c.choice(["base", "base", "bonus"])
        self.full = c.randint(1, 10)
        takes = all(clause[0] in TAKING for clause in self.clauses)
        self.start = "full" if takes and self.kind == "base" else "empty"
        self.written = {"start": self.start} if name in BOTH and self.kind == "base" else {}
        if self.kind == "base" and c.random() < 0.3:
            self.written |= {"floor": c.choice([None, -2, 1])}
        if self.kind == "base" and c.random() < 0.3:
            self.written |= {"ceiling": c.choice([None, self.full + 2])}

    def properties(self) -> dict[str, Any]:
        """The fields of the clauses, and a criterion that reads them."""
        fields = {f"{self.path}_{i}": {**schema, "title": f"{self.path}_{i}"} for i, (_, schema, _, _) in enumerate(self.clauses)}
        clauses = {}
        for i, (name, _, parameters, _) in enumerate(self.clauses):
            cap = {} if self.caps[i] is None else {"cap": self.caps[i]}
            clauses[f"c{i}"] = {"rule": {name: {"of": f"{self.path}_{i}", **parameters}}, **cap}
        spec = {"title": self.path, "kind": self.kind, "points": self.full, "clauses": clauses, "missing": "incomplete", **self.written}
        return {**fields, self.path: {"x-criterion": spec}}

    def columns(self) -> dict[str, list[Any]]:
        """What the units handed in."""
        return {f"{self.path}_{i}": values for i, (_, _, _, values) in enumerate(self.clauses)}

    def wanted(self) -> list[Fraction | None]:
        """What the oracle gives each unit."""
        written = {k: v for k, v in self.written.items() if k != "start"}
        parts = [self._parts(*clause) for clause in self.clauses]
        return [
            oracle.closed(list(zip(row, self.caps, strict=True)), kind=self.kind, full=self.full, start=self.start, **written)
            for row in zip(*parts, strict=True)
        ]

    def _parts(self, name: str, schema: Any, parameters: dict[str, Any], values: list[Any]) -> list[Fraction | None]:
        """What one clause gives each unit; a comparing one looks at the units of a category that have a value."""
        more: dict[str, Any] = {"panel": {"roles": ROLES}, "votes": {"options": OPTIONS}}.get(name, {})
        more = {"percentage": schema is PERCENT} if name in ("shortfall", "from_mean") else more
        says = getattr(oracle, name)
        if name not in COHORTS:
            return [None if value is None else says(value, **parameters, **more) for value in values]
        found: dict[int, Fraction | None] = {}
        for category in set(self.categories):
            rows = [row for row, value in enumerate(values) if value is not None and self.categories[row] == category]
            found.update(zip(rows, says([values[row] for row in rows], **parameters, **more) if rows else (), strict=True))
        return [found.get(row) for row in range(len(values))]


def compare(seed: int) -> int:
    """One rubric of every rule, scored by the engine and by the oracle; the number of cells compared."""
    chance = Chance(seed)
    categories = [chance.choice("甲乙乙") for _ in range(UNITS)]
    items = [Item(chance, name, name, categories) for name in NAMES]
    plan = plan_of({k: v for item in items for k, v in item.properties().items()}, *RULES.values(), categories=["甲", "乙"])
    table = units(plan, {"category": categories, **{k: v for item in items for k, v in item.columns().items()}})
    sheet = assessed(plan, table).sheet
    for item in items:
        found, wanted = sheet.points[item.path].listed(), item.wanted()
        assert found == wanted, f"seed {seed}, {item.properties()[item.path]}, {item.columns()}"
    return len(items) * UNITS


def test_engine_and_oracle_agree_on_ten_thousand_cells() -> None:
    assert sum(compare(seed) for seed in ORDINARY) >= 10_000


@pytest.mark.long
def test_engine_and_oracle_agree_on_a_million_cells() -> None:
    assert sum(compare(seed) for seed in range(1000, 1000 + 1_000_000 // (len(NAMES) * UNITS) + 1)) >= 1_000_000


def test_the_oracle_knows_every_rule() -> None:
    assert set(NAMES) == set(MAKERS) == {rule.name for rule in RULES.values()}
    assert all(hasattr(oracle, name) for name in NAMES)


@pytest.mark.parametrize("full_at", [1, 0.9])
def test_a_share_in_another_column_agrees_too(full_at) -> None:
    chance = Chance(7)
    done = [chance.gap(Fraction(chance.randint(0, 30))) for _ in range(200)]
    over = [chance.gap(Fraction(chance.randint(0, 30))) for _ in range(200)]
    spec = {"title": "c", "points": 7, "rule": {"pro_rata": {"of": "done", "over": "over", "full_at": full_at}}, "missing": "incomplete"}
    plan = plan_of({"done": {**NUMBER, "title": "d"}, "over": {**NUMBER, "title": "o"}, "c": {"x-criterion": spec}}, *RULES.values())
    found = score(plan, units(plan, {"done": done, "over": over}), ScoreSheet(200), 0).points["c"].listed()
    shares = [None if d is None else oracle.pro_rata(d, points=7, full_at=full_at, over=o) for d, o in zip(done, over, strict=True)]
    assert found == [oracle.closed([(s, None)], kind="base", full=7, start="empty") for s in shares]


def test_the_fractions_behind_a_cell_are_those_of_the_wording() -> None:
    assert oracle.shortfall(Fraction(4, 5), target=0.9, step=0.02, deduct=0.5, percentage=True) == Fraction(-5, 2)
    assert oracle.half_up(Fraction("5.555"), 2) == Fraction("5.56")
    assert oracle.half_up(Fraction("-2.5"), 0) == -3
