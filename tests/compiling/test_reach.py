"""What a rubric states and no unit can ever reach is found: points beyond bounds, caps too high, lines out of order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.compiling.checks import checks
from scorekit.compiling.reach import needless, number, unreachable
from scorekit.domain.column import Column
from scorekit.domain.formula import Constant, Name
from scorekit.domain.rule import Bands, Number
from scorekit.plugin import rule, where
from tests.building import NUMBER, TRUTH, criterion, outcome_of, plan_of, points, said, section

PERCENT = {"type": "number", "x-unit": "percent"}


@rule(adds=True, says={"zh": "", "en": ""})
def tiers(of: Column, *, bands: Bands) -> Column:
    """Bands."""
    return of


@rule(takes=True, says={"zh": "", "en": ""})
def penalty(of: Column, *, deduct: Number) -> Column:
    """Once."""
    return where(of, -deduct, 0)


def found(shape: dict[str, Any], **frame: Any) -> list[tuple[str, str]]:
    plan = plan_of(shape, tiers, penalty, **frame)
    told = [p for t in plan.tracks for p in unreachable(t)] + [*needless(plan.tracks)]
    return [(said(p.what), p.field.partition("#")[2]) for p in told]


def clauses(spec: dict[str, Any], *rules: Any, points: Any = 4) -> dict[str, Any]:
    own = {f"c{i}": r if "rule" in r else {"rule": r} for i, r in enumerate(rules)}
    return {"v": TRUTH, "w": TRUTH, "n": NUMBER, "a": criterion(None, points, {}, clauses=own, **spec)}


def takes(amount: Any, of: str = "v", **more: Any) -> dict[str, Any]:
    return {"rule": {"penalty": {"of": of, "deduct": amount}}, **more}


def gives(amount: Any, **more: Any) -> dict[str, Any]:
    return {"rule": {"flag": {"of": "v", "points": amount}}, **more}


# -------------------------------------------------------------------- clauses beyond ceiling and floor


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (clauses({}, takes(3), takes(2, "w")), "the clauses of “a” take up to 1 points beyond the floor of 0"),
        (clauses({}, takes(3), takes(2, "n > 3")), "the clauses of “a” take up to 1 points beyond the floor of 0"),
        (clauses({}, gives(3), gives(2)), "the clauses of “a” give up to 1 points beyond the ceiling of 4"),
        (clauses({}, gives(3), takes(5)), "the clauses of “a” take up to 2 points beyond the floor of 0"),
        (clauses({"kind": "bonus"}, gives(3), gives(3)), "the clauses of “a” give up to 2 points beyond the ceiling of 4"),
        (clauses({"kind": "deduction"}, takes(3), takes(3)), "the clauses of “a” take up to 2 points beyond the floor of -4"),
        (
            clauses({}, gives(3), {"tiers": {"of": "n", "bands": [{"at_least": 1, "points": 1}, {"at_least": 2, "points": 2}]}}),
            "the clauses of “a” give up to 1 points beyond the ceiling of 4",
        ),
        (
            clauses({}, takes(9, cap=3), {"rule": {"each": {"of": "n", "deduct": 1}}, "cap": 2}),
            "the clauses of “a” take up to 1 points beyond the floor of 0",
        ),
    ],
)
def test_what_clauses_give_or_take_beyond_the_bounds_is_told(shape: dict[str, Any], expected: str) -> None:
    assert found(shape) == [(expected, "/properties/a/x-criterion")]
    shape["a"]["x-criterion"]["beyond"] = "lost"
    assert found(shape) == []


@pytest.mark.parametrize(
    "shape",
    [
        clauses({}, takes(2), takes(2)),
        clauses({}, gives(2), gives(2)),
        clauses({"floor": None}, takes(3), takes(3)),
        clauses({"combine": "worst"}, takes(3), takes(3)),
        clauses({}, takes(3), takes(3, **{"if": "w"})),
        clauses({}, takes(3), takes(3, waived_if="w")),
        clauses({}, takes(3), {"each": {"of": "n", "deduct": 2}}),
        clauses({}, takes("n"), takes(3)),
        clauses({}, gives(3), gives(3), points=None),
        clauses({}, takes(3, "n == 1"), takes(4, "n == 2")),
    ],
)
def test_what_is_meant_or_not_known_is_not_told(shape: dict[str, Any]) -> None:
    assert found(shape) == []


@given(st.lists(st.integers(0, 4), min_size=2, max_size=4), st.integers(1, 8))
def test_it_is_told_exactly_where_all_clauses_together_lose_points_of_the_unit_with_every_fault(amounts: list[int], full: int) -> None:
    shape = clauses({}, *(takes(a) for a in amounts), points=full)
    (worst,) = points(outcome_of(shape, {"v": [True], "w": [True], "n": [0]}, penalty), "a")
    assert (found(shape) != []) == (worst != full - sum(amounts))


# -------------------------------------------------------------------- amounts and lines


def test_a_deduction_below_nought_would_give_points() -> None:
    assert found({"a": criterion({"each": {"deduct": -1}})}) == [
        ("a deduction of -1 would give points", "/properties/a/x-criterion/rule/each/deduct")
    ]


def test_a_line_of_a_percentage_above_one_is_a_percentage_written_as_a_number() -> None:
    rate = criterion({"shortfall": {"target": 90, "step": 0.02, "deduct": 1}}, field=PERCENT)
    assert found({"a": rate}) == [
        ("“target” is 90, but the field is a percentage: 90 is 9000 %", "/properties/a/x-criterion/rule/shortfall/target")
    ]
    bands = criterion({"tiers": {"bands": [{"at_least": 80, "points": 1}, {"at_least": 1.1, "points": 2}]}}, field=PERCENT)
    assert [what for what, _ in found({"a": bands})] == ["“bands” is 80, but the field is a percentage: 80 is 8000 %"]
    assert found({"a": criterion({"shortfall": {"target": 90, "step": 1, "deduct": 1}})}) == []


# -------------------------------------------------------------------- caps and levels


EXTRA = {
    "p": criterion("mark", 3, kind="bonus", group="g"),
    "q": criterion("mark", 4, kind="bonus", group="g"),
    "d": criterion({"each": {"deduct": 1}}, 2, kind="deduction"),
}


@pytest.mark.parametrize(
    ("caps", "expected"),
    [
        ({"groups": {"g": 8}}, ["groups/g"]),
        ({"groups": {"g": 7}}, []),
        ({"groups": {"g": {"cap": 5, "take": "largest"}}}, ["groups/g"]),
        ({"groups": {"g": {"cap": 4, "take": "largest"}}}, []),
        ({"groups": {"g": 7}, "bonus": 9, "deduction": 3}, ["bonus", "deduction"]),
        ({"groups": {"g": 7}, "bonus": {"cap": 4, "take": "largest"}, "deduction": 2}, []),
        ({"groups": {"g": "3 + 9"}}, []),
    ],
)
def test_a_cap_that_is_never_reached_is_told(caps: dict[str, Any], expected: list[str]) -> None:
    assert [where.removeprefix("/x-rubric/caps/") for _, where in found({"b": criterion(), **EXTRA}, caps=caps)] == expected


def test_caps_of_sections_are_looked_at_too() -> None:
    own = {"reading": "我们的理解"}
    shape = {"s": section({"a": criterion(**own), "x": criterion("mark", 2, kind="bonus", **own)}, cap=11, bonus_cap=3)}
    plan = plan_of(shape)
    told = [(said(p.what), p.field.partition("#")[2]) for p in checks(plan)]
    assert told == [
        ("the cap of 11 is never reached: the items come to 10 at most", "/properties/s/x-criterion/cap"),
        ("the cap of 3 is never reached: the items come to 2 at most", "/properties/s/x-criterion/bonus_cap"),
    ]


def test_a_cap_that_one_category_reaches_is_needed() -> None:
    frame = {"categories": ["甲", "乙"], "variants": {"乙": {"criteria": {"q": None}}}, "caps": {"groups": {"g": 7}}}
    assert found({"b": criterion(), **EXTRA}, **frame) == []


def test_a_level_whose_line_is_not_below_the_one_before_is_never_given() -> None:
    def ladder(*levels: dict[str, Any]) -> list[str]:
        named = [{"id": f"l{i}", "title": f"第{i}级", **level} for i, level in enumerate(levels)]
        return [where for _, where in found({"a": criterion()}, levels=named)]

    assert ladder({"at_least": 60}, {"at_least": 80}) == ["/x-rubric/levels/1/at_least"]
    assert ladder({"at_least": 80}, {"at_least": 80}) == ["/x-rubric/levels/1/at_least"]
    assert ladder({"at_least": 80}, {"at_least": 60}, {"at_least": "70 - 5"}) == []
    assert ladder({"at_least": 80, "if": "a > 1"}, {"at_least": 80}) == []
    assert ladder({"at_least": 80}, {"at_least": 90, "of": "points(a)"}) == []
    other = [{"id": "x", "title": "优", "at_least": 1}, {"id": "y", "title": "良", "at_least": 2}]
    assert [where for _, where in found({"a": criterion()}, ladders={"l": {"levels": other}})] == ["/x-rubric/ladders/l/levels/1/at_least"]


def test_only_a_constant_is_a_number() -> None:
    assert number(Constant(Column.of(3))) == 3
    assert (number(Constant(Column.of("x"))), number(Name("a")), number(None)) == (None, None, None)


# -------------------------------------------------------------------- rules of the other direction


@pytest.mark.parametrize(
    ("rule", "spec", "what"),
    [
        (
            {"flag": {"of": "v", "points": 2}},
            {"kind": "deduction"},
            "the rule gives points, and a deduction only takes: it always comes to 0",
        ),
        (
            {"tiers": {"of": "n", "bands": [{"at_least": 1, "points": 2}]}},
            {"kind": "deduction"},
            "the rule gives points, and a deduction only takes",
        ),
        ({"penalty": {"of": "v", "deduct": 2}}, {"kind": "bonus"}, "the rule takes points, and a bonus only gives: it always comes to 0"),
        ({"flag": {"of": "v", "points": -2}}, {"kind": "deduction"}, ""),
        ({"flag": {"of": "v", "points": "-n"}}, {"kind": "deduction"}, ""),
        ({"penalty": {"of": "v", "deduct": 2}}, {"kind": "deduction"}, ""),
        ({"penalty": {"of": "v", "deduct": 2}}, {"kind": "bonus", "floor": None}, ""),
        ({"flag": {"of": "v", "points": 2}}, {"kind": "bonus"}, ""),
    ],
)
def test_a_rule_of_the_other_direction_is_found(rule: Any, spec: dict[str, Any], what: str) -> None:
    told = [t for t, _ in found(clauses(spec, rule))]
    assert [t for t in told if t.startswith(what or "the rule")] == told[: bool(what)]
