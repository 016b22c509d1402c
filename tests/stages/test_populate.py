"""Population figures in an assessment: who counts, in which group, what is recorded, and that explain finds it again."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.tables import ScoreSheet
from scorekit.stages.populate import populate, recalled
from tests.building import BAD, DATE, NUMBER, TRUTH, assessed, criterion, outcome_of, plain, plan_of, points, reasons, section, units


def of(formula: str, points: Any = 1000) -> dict[str, Any]:
    return criterion({"mark": {"of": formula}}, points, {}, missing="incomplete", floor=None)


def figure(over: str, of: str = "x", **more: Any) -> dict[str, Any]:
    return {"title": "数", "x-derive": {"over": over, "of": of, **more}}


def test_each_unit_sees_the_figure_of_its_own_category() -> None:
    found = outcome_of(
        {"x": NUMBER, "f": figure("mean"), "a": of("x - f")}, {"category": ["甲", "甲", "乙"], "x": [4, 8, 5]}, categories=["甲", "乙"]
    )
    assert points(found, "a") == [-2, 2, 0]
    groups = [{"group": ["甲"], "n": 2, "value": "6"}, {"group": ["乙"], "n": 1, "value": "5"}]
    told = found.population["f"]
    assert (told["title"], told["over"]) == ("数", "mean")
    assert sorted(told["groups"], key=str) == sorted(groups, key=str)


def test_a_mean_of_rates_and_a_rate_of_sums_are_two_things() -> None:
    shape = {
        "x": NUMBER,
        "y": NUMBER,
        "means": figure("mean", "x / y"),
        "sx": figure("sum", "x"),
        "sy": figure("sum", "y"),
        "a": of("means"),
        "b": of("sx / sy"),
    }
    found = outcome_of(shape, {"x": [1, 9], "y": [2, 10]})
    assert points(found, "a") == [0.7, 0.7]
    assert points(found, "b") == [0.83, 0.83]


def test_units_without_a_value_do_not_count_and_a_figure_of_nobody_is_missing() -> None:
    shape = {"x": NUMBER, "f": figure("mean"), "n": figure("count"), "a": of("f"), "b": of("n")}
    found = outcome_of(shape, {"category": ["甲", "甲", "甲", "乙"], "x": [4, None, BAD, None]}, categories=["甲", "乙"])
    assert points(found, "a") == [4, 4, 4, None]
    assert points(found, "b") == [1, 1, 1, 0]


def test_a_void_unit_counts_for_nobody_but_one_that_a_gate_bars_does() -> None:
    shape = {"x": NUMBER, "bad": TRUTH, "f": figure("mean"), "a": of("f")}
    gate = {"g": {"title": "否决", "if": "bad", "effect": "not ranked"}}
    found = outcome_of(shape, {"x": [4, 8], "bad": [True, False]}, gates=gate)
    assert points(found, "a") == [6, 6]
    plan = plan_of(shape)
    table = replace(units(plan, {"x": [4, 8], "bad": [True, False]}), void=np.array([True, False]))
    sheet, _ = populate(plan, table, ScoreSheet(2), 1)
    assert plain(sheet.population["f"]) == [8, 8]


def test_a_condition_leaves_units_out_of_a_figure_but_not_the_figure_from_them() -> None:
    shape = {"x": NUMBER, "y": NUMBER, "f": figure("max", where="y > 1"), "r": figure("rank", where="y > 1"), "a": of("f"), "b": of("r")}
    found = outcome_of(shape, {"x": [9, 5, 7, 1], "y": [1, 2, 3, None]})
    assert points(found, "a") == [7, 7, 7, 7]
    assert points(found, "b") == [None, 2, 1, None]
    assert reasons(found, "b")[0] == "NOT_APPLICABLE"


def test_count_needs_no_value() -> None:
    found = outcome_of({"x": NUMBER, "f": {"x-derive": {"over": "count", "where": "x > 2"}}, "a": of("f")}, {"x": [1, 3, None, 4]})
    assert points(found, "a") == [2, 2, 2, 2]


def test_a_figure_may_read_results_and_other_figures() -> None:
    """标准化：(分 − 平均) ÷ 标准差，再取其最大值."""
    shape = {
        "s": section({"k": criterion()}),
        "m": figure("mean", "points(s)"),
        "d": figure("deviation", "points(s)"),
        "z": {"x-derive": "(points(s) - m) / d"},
        "top": figure("max", "z"),
        "a": of("z / top"),
    }
    found = outcome_of(shape, {"s.k": [2, 4, 6]})
    assert points(found, "a") == [-1, 0, 1]


def test_a_unit_without_the_key_of_its_group_sees_no_figure() -> None:
    found = outcome_of({"k": NUMBER, "x": NUMBER, "f": figure("mean", within=["k"]), "a": of("f")}, {"k": [1, None, 1], "x": [1, 2, 3]})
    assert points(found, "a") == [2, None, 2]


def test_dates_have_a_first_and_a_last() -> None:
    import datetime

    days = [datetime.date(2025, 1, d) for d in (5, 1, 9)]
    shape = {"day": DATE, "f": figure("min", "day"), "a": of("day - f")}
    found = outcome_of(shape, {"day": days})
    assert points(found, "a") == [4, 0, 8]
    assert found.population["f"]["groups"] == [{"group": [], "n": 3, "value": "2025-01-01"}]


def test_a_second_ranking_over_summed_points_is_a_criterion_of_its_own() -> None:
    """各项合计再排名赋分：两项先得分，合计排名，再按名次给分."""
    shape = {
        "s": section({"a": criterion(), "b": criterion()}),
        "c": criterion({"place_points": {"of": "points(s)", "prices": [5, 3, 1]}}, 5, {}),
    }
    columns = {"s.a": [4, 3, 9, 1], "s.b": [5, 7, 1, 2]}
    assert points(outcome_of(shape, columns), "c") == [1, 5, 5, 0]
    placed = {**shape, "c": of("6 - rank(s)")}
    assert points(outcome_of(placed, columns), "c") == [3, 5, 5, 2]


def test_levels_may_read_the_place_of_an_item() -> None:
    levels = [{"id": "best", "title": "第一", "at_least": 0, "if": "rank(a) == 1"}]
    found = outcome_of({"a": criterion(), "b": criterion()}, {"a": [5, 9], "b": [9, 1]}, levels=levels)
    assert found.standings.level[1] == "第一"
    assert found.standings.level[0] != "第一"


def test_the_distance_from_an_ideal_is_a_formula_over_figures() -> None:
    """TOPSIS as the reference page writes it, against plain floats."""
    xs, ys = [9, 6, 3, 8], [2, 8, 5, 8]
    shape = {
        "x": NUMBER,
        "y": NUMBER,
        "len_x": figure("sum", "x ** 2"),
        "len_y": figure("sum", "y ** 2"),
        "vx": {"x-derive": "0.6 * x / sqrt(len_x)"},
        "vy": {"x-derive": "0.4 * y / sqrt(len_y)"},
        "best_x": figure("max", "vx"),
        "best_y": figure("max", "vy"),
        "worst_x": figure("min", "vx"),
        "worst_y": figure("min", "vy"),
        "far": {"x-derive": "sqrt((vx - best_x) ** 2 + (vy - best_y) ** 2)"},
        "near": {"x-derive": "sqrt((vx - worst_x) ** 2 + (vy - worst_y) ** 2)"},
        "a": criterion({"mark": {"of": "near / (near + far)"}}, 1, {}, rounding={"decimals": 6}),
    }
    found = outcome_of(shape, {"x": xs, "y": ys}).sheet.points["a"].listed()
    vx = [0.6 * x / math.sqrt(sum(v * v for v in xs)) for x in xs]
    vy = [0.4 * y / math.sqrt(sum(v * v for v in ys)) for y in ys]
    for row, (a, b) in enumerate(zip(vx, vy, strict=True)):
        far, near = math.hypot(a - max(vx), b - max(vy)), math.hypot(a - min(vx), b - min(vy))
        assert float(found[row]) == pytest.approx(near / (near + far), abs=1e-6)  # type: ignore[arg-type]


# -------------------------------------------------------------------- what is recorded, and recalled

SHAPE = {
    "x": NUMBER,
    "k": NUMBER,
    "m": figure("mean", within=[]),
    "t": figure("max", within=["k"]),
    "r": figure("rank"),
    "p": figure("percentile", first="low", within=["k"]),
    "a": of("m"),
    "b": of("t"),
    "c": of("r"),
    "d": of("p"),
}


@given(st.lists(st.tuples(st.sampled_from("甲乙"), st.integers(0, 2) | st.none(), st.integers(0, 4) | st.none()), min_size=1, max_size=8))
def test_a_unit_alone_finds_its_figures_in_the_record(rows: list[Any]) -> None:
    plan = plan_of(SHAPE, categories=["甲", "乙"])
    table = units(plan, {"category": [r[0] for r in rows], "k": [r[1] for r in rows], "x": [r[2] for r in rows]})
    found = assessed(plan, table)
    for row in range(len(rows)):
        alone = recalled(plan, table.take([row]), ScoreSheet(1), 1, found.population)
        for key in "mtrp":
            assert alone.population[key].listed() == found.sheet.population[key].take([row]).listed()


@given(st.lists(st.tuples(st.sampled_from("甲乙"), st.integers(0, 4) | st.none()), min_size=2, max_size=8), st.randoms())
def test_neither_order_nor_batches_change_a_figure(rows: list[Any], chance: Any) -> None:
    plan = plan_of({"x": NUMBER, "f": figure("mean"), "a": of("f")}, categories=["甲", "乙"], variants={"乙": {"title": "乙"}})
    mixed = rows[:]
    chance.shuffle(mixed)

    def found(given: list[Any], batches: Any) -> dict[str, Any]:
        outcome = assessed(plan, units(plan, {"category": [r[0] for r in given], "x": [r[1] for r in given]}), batches=batches)
        return {r[0]: p for r, p in zip(given, points(outcome, "a"), strict=True)}

    assert found(rows, None) == found(mixed, [[0], list(range(1, len(rows)))])


def test_a_place_among_too_many_different_values_is_not_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scorekit.stages.populate.MOST_VALUES", 2)
    found = outcome_of({"x": NUMBER, "r": figure("rank"), "a": of("r")}, {"x": [1, 2, 3]})
    assert found.population["r"]["groups"] == [{"group": [], "n": 3}]
    assert points(found, "a") == [3, 2, 1]


def test_a_figure_may_be_rounded_and_put_out_as_any_derived_value() -> None:
    shape = {"x": NUMBER, "f": {"x-derive": {"over": "mean", "of": "x", "rounding": {"decimals": 1}, "output": True}}, "a": of("f")}
    found = outcome_of(shape, {"x": [1, 1, 2]})
    assert points(found, "a") == [1.3, 1.3, 1.3]
    assert plain(found.standings.figures["figure:f"]) == [1.3, 1.3, 1.3]
