"""What reads what: the pass of each item; a circle prints its path."""

from __future__ import annotations

import pytest

from scorekit.domain.plan import Plan
from tests.building import NUMBER, TRUTH, assessed, criterion, fault_of, outcome_of, plain, plan_of, points, said, section, totals, units


def steps(plan: Plan) -> dict[str, int]:
    track = plan.tracks[0]
    found = {c.spec.path: c.step for c in track.criteria} | {f"gate:{g.spec.id}": g.step for g in track.gates}
    return found | {f"section:{s.spec.path}": s.step for s in track.sections if s.spec.path} | {"section:": track.total_step}


def of(formula: str) -> dict[str, object]:
    return criterion({"mark": {"of": formula}}, 100, {})


def test_a_rubric_without_relative_criteria_runs_in_one_pass() -> None:
    plan = plan_of({"s": section({"a": criterion()}), "b": of("points(s.a)"), "x": {"x-derive": "points(b) + rate(s.a)"}, "c": of("x")})
    assert plan.steps == 1
    assert set(steps(plan).values()) == {0}


def test_criteria_are_computed_after_those_they_read() -> None:
    shape = {"a": of("points(b) + 1"), "b": of("points(c) + 1"), "c": criterion()}
    found = outcome_of(shape, {"c": [5]})
    assert [points(found, k) for k in "abc"] == [[7], [6], [5]]


def test_a_cohort_criterion_waits_for_all_units_and_so_does_what_reads_it() -> None:
    plan = plan_of({"s": section({"a": criterion("to_best")}), "b": of("points(s.a)"), "c": criterion()})
    assert steps(plan) == {"s.a": 1, "b": 1, "c": 0, "section:s": 1, "section:": 1}


def test_a_criterion_that_reads_a_section_opens_another_pass() -> None:
    plan = plan_of(
        {"s": section({"a": criterion()}), "b": of("points(s)"), "t": section({"c": of("points(t2)")}), "t2": section({"d": of("rate(s)")})}
    )
    assert steps(plan) == {"s.a": 0, "section:s": 0, "b": 1, "t2.d": 1, "section:t2": 1, "t.c": 2, "section:t": 2, "section:": 2}
    assert plan.steps == 3


def test_a_bonus_may_depend_on_the_section_it_stands_in() -> None:
    """只有基础分达到…方计加分: the section's figure is that of its base items."""
    shape = {"s": section({"a": criterion(points=10), "x": criterion({"flag": {"of": "points(s) >= 6"}}, 2, {}, kind="bonus")})}
    found = outcome_of(shape, {"s.a": [6, 5]})
    assert totals(found) == [8, 5]


def test_a_deduction_charged_elsewhere_comes_before_the_section_it_is_charged_to() -> None:
    shape = {
        "s": section({"a": criterion()}),
        "d": criterion({"each": {"of": "points(t)", "deduct": 1}}, 9, {}, kind="deduction", charge_to="s"),
        "t": section({"b": criterion()}),
    }
    found = outcome_of(shape, {"s.a": [8], "t.b": [3]})
    assert (plain(found.sheet.sections["s"]), totals(found)) == ([5], [8])


def test_a_zero_total_gate_that_reads_a_section_comes_before_the_total() -> None:
    shape = {"s": section({"a": criterion()}), "b": criterion()}
    found = outcome_of(shape, {"s.a": [1, 9], "b": [5, 5]}, gates={"g": {"if": "rate(s) < 0.5", "effect": "zero total"}})
    assert totals(found) == [0, 14]


def test_a_gate_on_one_section_may_read_another() -> None:
    shape = {"s": section({"a": criterion()}), "t": section({"b": criterion()})}
    found = outcome_of(shape, {"s.a": [1, 9], "t.b": [5, 5]}, gates={"g": {"require": "rate(s) >= 0.6", "effect": {"zero": "t"}}})
    assert (plain(found.sheet.sections["t"]), totals(found)) == ([0, 5], [1, 14])


def test_a_gate_that_zeroes_a_criterion_may_read_a_section() -> None:
    shape = {"s": section({"a": criterion()}), "b": criterion()}
    found = outcome_of(shape, {"s.a": [1, 9], "b": [5, 5]}, gates={"g": {"require": "rate(s) >= 0.6", "effect": {"zero": "b"}}})
    assert points(found, "b") == [0, 5]


@pytest.mark.parametrize("key", ["cap", "floor", "bonus_cap", "deduction_cap", "weight"])
def test_what_bounds_or_weights_a_section_may_read_results(key: str) -> None:
    inner = {"a": criterion(), "x": criterion(kind="bonus"), "d": criterion({"each": {"deduct": 1}}, 9, kind="deduction")}
    shape = {"s": section(inner, **{key: "points(t)"}), "t": section({"b": criterion()}), "u": section({"c": criterion()}, cap="points(s)")}
    columns = {"s.a": [8], "s.x": [5], "s.d": [4], "t.b": [3], "u.c": [9]}
    expected = {
        "cap": 3 + 5 - 4 + 3 + 3,
        "floor": 8 + 5 - 4 + 3 + 8,
        "bonus_cap": 8 + 3 - 4 + 3 + 8,
        "deduction_cap": 8 + 5 - 3 + 3 + 8,
        "weight": 8 + 5 - 4 + 3 + 8,
    }
    assert totals(outcome_of(shape, columns)) == [expected[key]]


def test_the_totals_caps_may_read_results() -> None:
    shape = {"s": section({"a": criterion()}), "x": criterion(kind="bonus", group="g"), "y": criterion(kind="bonus")}
    found = outcome_of(shape, {"s.a": [4, 10], "x": [9, 9], "y": [9, 9]}, caps={"bonus": "points(s)", "groups": {"g": "points(s.a) / 2"}})
    assert totals(found, "bonus") == [4, 10]


@pytest.mark.parametrize(
    ("shape", "frame", "cycle"),
    [
        ({"a": of("points(b)"), "b": of("points(c)"), "c": of("points(a)")}, {}, "a → b → c → a"),
        ({"a": of("points(a)")}, {}, "a → a"),
        ({"s": section({"a": of("points(s)")})}, {}, "s.a → s → s.a"),
        ({"s": section({"a": of("points()")})}, {}, "s.a → points() → s → s.a"),
        ({"a": of("x"), "x": {"x-derive": "points(a)"}}, {}, "a → x → a"),
        ({"a": criterion()}, {"gates": {"g": {"if": "points(a) > 1", "effect": {"zero": "a"}}}}, "a → a"),
        ({"a": criterion()}, {"gates": {"g": {"if": "points() > 1", "effect": "zero total"}}}, "g → points() → g"),
        ({"s": section({"a": criterion()}, cap="points(s)")}, {}, "s → s"),
        ({"s": section({"a": criterion()}, cap="points(t)"), "t": section({"b": criterion()}, cap="points(s)")}, {}, "s → t → s"),
    ],
)
def test_a_circle_is_an_error_that_prints_its_path(shape: dict[str, object], frame: dict[str, object], cycle: str) -> None:
    error = fault_of(shape, **frame)
    assert said(error.what) == f"these read one another in a circle: {cycle}"
    assert error.where.startswith(("rubric.json#/properties/", "rubric.json#/x-rubric"))


# -------------------------------------------------------------------- ranks and long chains


def test_levels_may_read_the_rank_also_through_a_derived_value() -> None:
    shape = {"a": criterion(), "first": {"x-derive": "rank() == 1"}}
    found = outcome_of(
        shape,
        {"a": [9, 8, 9]},
        levels=[{"id": "best", "title": "最佳", "at_least": 8.5, "if": "rank() == 1"}, {"id": "good", "title": "良", "if": "not first"}],
    )
    assert found.standings.level == ("最佳", "良", "最佳")


@pytest.mark.parametrize(
    ("shape", "frame", "item"),
    [
        ({"a": of("rank()")}, {}, "a"),
        ({"a": of("x"), "x": {"x-derive": "rank() + 1"}}, {}, "a"),
        ({"a": criterion()}, {"gates": {"g": {"if": "rank() > 3", "effect": "not awarded"}}}, "g"),
        ({"a": criterion()}, {"rank": {"tie_break": [{"by": "rank()"}]}}, "tie_break"),
        ({"s": section({"a": criterion()}, cap="rank()")}, {}, "s"),
    ],
)
def test_nothing_that_is_ranked_may_read_the_rank(shape: dict[str, object], frame: dict[str, object], item: str) -> None:
    error = fault_of(shape, **frame)
    assert said(error.what) == f"“{item}” reads rank(), which is known only after ranking"


def chain(length: int) -> dict[str, object]:
    return {
        "n": NUMBER,
        **{f"x{i}": {"x-derive": f"x{i - 1} + 1" if i else "n"} for i in range(length)},
        "a": criterion({"mark": {"of": f"x{length - 1}"}}, 1000, {}),
    }


def test_a_chain_of_a_hundred_derived_values_is_computed() -> None:
    found = outcome_of(chain(100), {"n": [1, 2]})
    assert points(found, "a") == [100, 101]


def test_a_longer_chain_is_refused() -> None:
    error = fault_of(chain(400))
    assert said(error.what).startswith("more than 100 values rest on one another: ")


def test_the_order_in_the_document_does_not_matter() -> None:
    """A formula may read a criterion that comes after it, in the same pass and across passes."""
    shape = {"a": of("points(s) + points(c)"), "s": section({"b": of("points(c)")}), "c": criterion("to_best"), "v": TRUTH}
    plan = plan_of(shape)
    found = assessed(plan, units(plan, {"c": [5, 10], "v": [True, True]}))
    assert points(found, "a") == [10, 20]


def test_a_ranking_that_scoring_reads_opens_a_pass_and_one_that_nobody_reads_does_not() -> None:
    shape = {"s": section({"a": criterion()}), "x": criterion({"mark": {"of": "rank(s)"}}, 5, {}, kind="bonus")}
    assert steps(plan_of(shape)) == {"s.a": 0, "x": 1, "section:s": 0, "section:": 1}
    plan = plan_of({"a": criterion()}, rankings={"r": {"by": "a"}}, levels=[{"id": "l", "title": "优", "if": "rank(r) == 1"}])
    assert (plan.steps, plan.tracks[0].rankings[1].step) == (1, None)


def test_a_gate_may_read_a_ranking_that_does_not_rest_on_it() -> None:
    plan = plan_of({"a": criterion()}, rankings={"r": {"by": "a"}}, gates={"g": {"if": "rank(r) > 1", "effect": "not awarded"}})
    assert steps(plan)["gate:g"] == 1


def test_a_ranking_that_rests_on_what_reads_it_is_a_circle() -> None:
    error = fault_of({"a": of("rank(r)")}, rankings={"r": {"by": "points(a)"}})
    assert said(error.what) == "these read one another in a circle: a → rank(r) → a"
    error = fault_of({"a": criterion()}, rankings={"r": {"by": "rank(q)"}, "q": {"by": "rank(r)"}})
    assert said(error.what) == "these read one another in a circle: rank(r) → rank(q) → rank(r)"


def test_a_bonus_may_rest_on_the_base_total_and_on_nothing_after_it() -> None:
    """只有基本分达到60分方计加分: base() is there before bonuses are."""
    bonus = criterion({"flag": {"of": "base() >= 6"}}, 2, {}, kind="bonus")
    shape = {"s": section({"a": criterion(points=10)}), "x": bonus}
    plan = plan_of(shape)
    assert steps(plan) == {"s.a": 0, "x": 1, "section:s": 0, "section:": 1}
    found = outcome_of(shape, {"s.a": [6, 5.99]})
    assert totals(found) == [8, 5.99]
    error = fault_of({"a": of("base()")})
    assert said(error.what) == "these read one another in a circle: a → base() → a"
    error = fault_of({"a": of("points(x)"), "x": bonus})
    assert said(error.what) == "these read one another in a circle: a → x → base() → a"
    error = fault_of({"x": criterion({"flag": {"of": "bonus() >= 6"}}, 2, {}, kind="bonus")})
    assert said(error.what) == "these read one another in a circle: x → points() → x"


def test_the_parts_of_the_total_are_read_exact_by_what_comes_after_it() -> None:
    shape = {
        "a": criterion(points=10),
        "x": criterion(kind="bonus", points=3),
        "d": criterion({"each": {"deduct": 1}}, 9, kind="deduction"),
        "base_share": {"x-derive": "base() / (base() + bonus())"},
    }
    levels = [{"id": "l", "title": "好", "of": "base_share", "at_least": 0.8, "if": "deduction() == 1.125 and bonus() == 0.125"}]
    rounding = {"criterion": {"decimals": 3}, "total": {"decimals": 1}}
    found = outcome_of(shape, {"a": [8, 8], "x": [0.125, 2.5], "d": [1.125, 1.125]}, levels=levels, rounding=rounding)
    assert totals(found, "bonus") == [0.1, 2.5]
    assert found.standings.level == ("好", "未达标")


def test_caps_may_be_shares_of_the_base_total() -> None:
    """加分不超过基本分的10%."""
    found = outcome_of(
        {"a": criterion(points=10), "x": criterion(kind="bonus", points=3)}, {"a": [8], "x": [3]}, caps={"bonus": "base() * 0.1"}
    )
    assert totals(found) == [8.8]


def test_children_of_a_section_are_read_after_each_of_them() -> None:
    shape = {"s": section({"a": criterion(), "t": section({"b": criterion("to_best")})}), "x": of("best(children(s), points, 1)")}
    assert steps(plan_of(shape)) == {"s.a": 0, "s.t.b": 1, "x": 2, "section:s.t": 1, "section:s": 1, "section:": 2}
    error = fault_of({"s": section({"a": of("count(children(s), points > 1)")})})
    assert said(error.what) == "these read one another in a circle: s.a → s.a"
    weights = {"s": section({"a": criterion(weight="points(x)")}), "x": of("sum(children(s), weight)")}
    assert said(fault_of(weights).what) == "these read one another in a circle: x → weight(s.a) → x"
