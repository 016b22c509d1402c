"""Whole assessments by chance: small rubrics of every sort, and the engine and a slow program in fractions agree on all of it."""

from __future__ import annotations

import importlib
import pkgutil
from fractions import Fraction
from random import Random
from typing import Any

import pytest
import scorekit_plugins.aggregators

from scorekit.compiling.planning import compile_plan
from scorekit.domain.outputs import Outcome
from tests.building import BAD, NA, assessed, catalogue, document, rubric_of, units
from tests.slow import assess, minted, root

UNITS = 9
ORDINARY = range(100)
"""The seeds of the ordinary run."""
MODES = ("half-up", "half-even", "toward-zero", "away-from-zero", "floor", "ceiling")
AGGREGATORS = [
    a
    for m in pkgutil.iter_modules(scorekit_plugins.aggregators.__path__)
    for a in importlib.import_module(f"scorekit_plugins.aggregators.{m.name}").scorekit_aggregators()
]
CATALOGUE = catalogue(aggregators=AGGREGATORS)
NUMBER, TRUTH = {"type": "number"}, {"type": "boolean"}
TRUTHS = tuple(f"t{i}" for i in range(5))


class Chance(Random):
    """Small rubrics: up to three sections, one of them with a section inside, and some criteria of each kind."""

    def some(self, share: float, **more: Any) -> dict[str, Any]:
        return {name: value for name, value in more.items() if self.random() < share}

    def figure(self, most: int = 10) -> Any:
        return self.choice([self.randint(0, most), self.randint(0, most * 4) / 4, self.randint(0, most * 100) / 100])

    def stage(self) -> dict[str, Any]:
        return {"decimals": self.randint(0, 3), "mode": self.choice(MODES)}

    def base(self) -> dict[str, Any]:
        taking = self.random() < 0.3
        spec: dict[str, Any] = {"points": self.randint(1, 10), "rule": {"each": {"deduct": self.figure(2)}} if taking else {"mark": {}}}
        spec |= self.some(0.2, rounding=self.stage(), floor=self.randint(0, 1), ceiling=None, weight=self.randint(1, 3))
        return spec | self.asked(("zero", "incomplete", "leave-out"), ("renormalise", "full", "leave-out"))

    def asked(self, missing: tuple[str, ...], lacking: tuple[str, ...]) -> dict[str, Any]:
        """Policies, and at most one condition."""
        means = ("mean-points", "mean-values")
        if self.random() < 0.15:
            return {"missing": self.choice(means)} | self.some(0.5, not_applicable=self.choice(means))
        spec = self.some(0.4, missing=self.choice(missing), not_applicable=self.choice(lacking), invalid="as-missing")
        condition = self.choice(["only_for", "not_applicable_if", "zero_if", "", ""])
        return spec | ({condition: self.choice(TRUTHS)} if condition else {})

    def extra(self, kind: str) -> dict[str, Any]:
        rule = {"each": {"deduct": self.figure(2)}} if kind == "deduction" else {"mark": {}}
        spec: dict[str, Any] = {"kind": kind, "rule": rule} | self.some(0.5, points=self.randint(1, 6), group=self.choice("gh"))
        if kind == "bonus":
            spec |= self.some(0.4, floor=self.choice([None, -2]))
        return spec | self.asked(("zero", "incomplete"), ("renormalise", "leave-out"))

    def aggregate(self, path: str) -> Any:
        """Any aggregator; for the total one whose figures stay small."""
        halves = {"formula": {"points": f"sum(children({path}), points) / 2"}}
        means = ["geometric-mean", "harmonic-mean", {"power-mean": {"p": self.choice([2, 3])}}, "product"]
        plain = [
            "minimum",
            "maximum",
            {"best": {"k": self.randint(1, 3)}},
            {"best-mean": {"k": 2}},
            "weighted-sum",
            "weighted-mean",
            halves,
        ]
        return self.choice([*plain, *means] if path else plain)

    def section(self, path: str, depth: int = 0) -> dict[str, Any]:
        items: dict[str, Any] = {f"b{i}": {**NUMBER, "x-criterion": self.base()} for i in range(self.randint(1, 3))}
        items |= {f"x{i}": {**NUMBER, "x-criterion": self.extra(self.choice(["bonus", "deduction"]))} for i in range(self.randint(0, 2))}
        if depth < 2 and self.random() < 0.35:
            items["in"] = self.section(f"{path}.in", depth + 1)
        if self.random() < 0.2:
            items["free"] = {**NUMBER, "x-criterion": {"rule": {"mark": {}}, "missing": self.choice(["zero", "incomplete", "leave-out"])}}
        spec = self.some(0.3, scale=True, rounding=self.stage(), weight=self.randint(1, 4), missing="incomplete", not_applicable="full")
        spec |= self.some(0.3, bonus_cap=self.figure(4), deduction_cap=self.figure(4), left_out={"at_most": self.choice([0, 0.3, 0.5])})
        if "left_out" in spec and self.random() < 0.7:
            spec["left_out"]["effect"] = self.choice(["incomplete", "not ranked", "not awarded"])
        if "free" not in str(items):
            spec |= self.some(0.25, cap=self.randint(1, 20), scale_to=self.choice([10, 100, 7]), floor=self.randint(0, 2))
            if self.random() < 0.6:
                spec |= {"aggregate": self.aggregate(path), **self.some(0.3, rounding_weighted=self.stage())}
        if "scale_to" in spec:
            spec |= self.some(0.5, rounding_scaled=self.stage())
        return {"type": "object", "title": path, "properties": items, "x-criterion": spec}

    def rubric(self) -> dict[str, Any]:
        properties: dict[str, Any] = dict.fromkeys(TRUTHS, TRUTH) | {"tie": NUMBER}
        sections = {f"s{i}": self.section(f"s{i}") for i in range(self.randint(1, 3))}
        loose = {"loose": {**NUMBER, "x-criterion": self.base()}} if self.random() < 0.4 else {}
        total = self.some(0.2, scale_to=100, cap=self.randint(5, 60), floor=None, rounding=self.stage(), left_out={"at_most": 0.4})
        if "free" not in str(sections) and self.random() < 0.4:
            total |= {"aggregate": self.aggregate(""), **self.some(0.3, rounding_weighted=self.stage())}
        elif self.random() < 0.5:
            where = self.choice(list(sections))
            spec = {"kind": "deduction", "rule": {"each": {"deduct": self.figure(2)}}, "charge_to": where, **self.some(0.5, points=3)}
            properties["charged"] = {**NUMBER, "x-criterion": spec}
        if "scale_to" in total:
            total |= self.some(0.5, rounding_scaled=self.stage())
        groups = {"g": self.group(), "h": self.group()}
        frame = {
            "categories": ["甲", "乙"], "total": total, "gates": self.gates(list(sections)), "rank": {"tie_break": [{"by": "tie"}]},
            "levels": [{"id": "a", "title": "优", "at_least": self.figure(30) + 10}, {"id": "b", "title": "良", "at_least": self.figure(9)}],
            "caps": {"groups": groups, **self.some(0.3, bonus=self.whole(), deduction=self.whole(), total=self.randint(10, 60))},
            **self.some(0.25, missing="incomplete", not_applicable=self.choice(["full", "leave-out"]), invalid="as-missing"),
        }  # fmt: skip
        if "cap" in total:
            frame["caps"].pop("total", None)
        if self.random() < 0.6:
            frame["rounding"] = {s: self.stage() for s in ("criterion", "section", "weighted", "total") if self.random() < 0.5}
        return document({**properties, **sections, **loose}, **frame)

    def group(self) -> Any:
        return self.choice([self.figure(4), self.some(0.6, cap=self.figure(4), plus=self.figure(3), minus=self.figure(3), take="largest")])

    def whole(self) -> Any:
        return self.choice([self.figure(5), {"take": "largest"}, {"cap": self.figure(5), "take": "largest"}])

    def gates(self, sections: list[str]) -> dict[str, Any]:
        effects = ["not awarded", "not ranked", "incomplete", "zero total", {"zero": self.choice(sections)}, {"level at most": "b"}]
        return {
            f"gate{i}": {self.choice(["if", "require"]): self.choice(TRUTHS), "effect": effect, **self.some(0.5, blank="no")}
            for i, effect in enumerate(effects)
            if self.random() < 0.25
        }

    def unit(self, found: dict[str, Any]) -> dict[str, Any]:
        """What one unit hands in: mostly numbers, now and then a blank, a fault, or that it does not apply."""
        given: dict[str, Any] = {"category": self.choice("甲甲乙"), "tie": self.handed(0.9, [None])}
        truths = found["x-rubric"].get("gates") and 0.12
        for name in TRUTHS:
            given[name] = None if self.random() < 0.02 else self.random() < (truths or 0.25)
        for path, spec in fields(found):
            # What empties a criterion is not asked of one that does not apply: the reference says nothing of it.
            given[path] = self.handed(0.88, [None, None, BAD] if "zero_if" in spec else [None, NA, NA, BAD])
        return given

    def handed(self, share: float, others: list[Any]) -> Any:
        number = Fraction(self.randint(0, self.choice([4, 12, 48])), self.choice([1, 1, 2, 4, 8, 3]))
        return number if self.random() < share else self.choice(others)


def fields(found: dict[str, Any], path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """The path and criterion of every field that is scored."""
    listed = []
    for name, node in found["properties"].items():
        where = f"{path}.{name}" if path else name
        if "properties" in node:
            listed += fields(node, where)
        elif "x-criterion" in node:
            listed.append((where, node["x-criterion"]))
    return listed


def plainly(value: Any) -> Any:
    """A figure, or None for whatever reason there is none."""
    return value if isinstance(value, Fraction) else None


def differences(outcome: Outcome, wanted: list[dict[str, Any]]) -> list[str]:
    """Where the engine and the slow program part, and how many cells were compared."""
    sheet, standings = outcome.sheet, outcome.standings
    found: dict[str, list[Any]] = {f"points:{p}": c.spread(len(wanted)).listed() for p, c in sheet.points.items()}
    found |= {f"section:{p}": c.spread(len(wanted)).listed() for p, c in sheet.sections.items()}
    found |= {n: sheet.totals[n].spread(len(wanted)).listed() for n in ("total", "base", "bonus", "deduction")}
    found |= {"status": list(standings.status), "level": list(standings.level), "rank": standings.rank.tolist()}
    apart = []
    for row, own in enumerate(wanted):
        flat = {f"points:{p}": plainly(v) for p, v in own["points"].items()}
        flat |= {f"section:{p}": plainly(v) for p, v in own["sections"].items()}
        if own["total"] is None:
            flat = {n: v for n, v in flat.items() if n != "section:"}
        else:
            flat["base"] = own["base"]
        flat["total"] = own["total"]
        flat |= {n: own[n] for n in ("bonus", "deduction", "status", "level", "rank") if n in own}
        apart += [f"unit {row}, {n}: {found[n][row]} and not {v}" for n, v in flat.items() if found[n][row] != v]
    return apart


def compare(seed: int) -> int:
    """One whole rubric and its units; how many figures were compared."""
    chance = Chance(seed)
    found = chance.rubric()
    given = [chance.unit(found) for _ in range(UNITS)]
    plan = compile_plan(rubric_of(found), CATALOGUE)
    columns = {name: [u[name] for u in given] for name in given[0]}
    wanted = assess(found, given)
    apart = differences(assessed(plan, units(plan, columns)), wanted)
    assert not apart, f"seed {seed}: {apart}"
    return sum(len(own["points"]) + len(own["sections"]) + 7 for own in wanted)


def test_engine_and_slow_program_agree_on_whole_assessments() -> None:
    assert sum(compare(seed) for seed in ORDINARY) >= 15_000


@pytest.mark.long
def test_engine_and_slow_program_agree_on_thousands_of_whole_assessments() -> None:
    assert sum(compare(seed) for seed in range(1000, 5000)) >= 600_000


def test_every_aggregator_and_every_mode_of_rounding_is_among_them() -> None:
    texts = [str(Chance(seed).rubric()) for seed in range(100)]
    names = {a.name for a in AGGREGATORS} - {"sum"}
    assert {n for n in (*names, *MODES) if not any(f"'{n}'" in text for text in texts)} == set()


def test_the_slow_program_rounds_as_the_reference_says() -> None:
    """The table of section 12 of the reference."""
    given = {"half-up": "2.35 -2.35", "half-even": "2.34 -2.34", "toward-zero": "2.34 -2.34", "away-from-zero": "2.35 -2.35"}
    for mode, wanted in {**given, "floor": "2.34 -2.35", "ceiling": "2.35 -2.34"}.items():
        found = [minted(Fraction(n), {"decimals": 2, "mode": mode}) for n in ("2.345", "-2.345")]
        assert found == [Fraction(n) for n in wanted.split()]
    assert root(Fraction(2), 2) == Fraction("1.4142135624")
    assert root(Fraction(8), 3) == 2
