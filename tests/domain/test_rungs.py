"""Levels reached: lines, conditions, cumulative ladders, and the main level made of several, as a plain program finds them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.building import NUMBER, criterion, outcome_of, section

SHAPE = {"s": section({"a": criterion("mark", 100)}), "n": NUMBER, "m": NUMBER}
A, B, C = ({"id": i, "title": t} for i, t in (("a", "优"), ("b", "良"), ("c", "中")))
ORDER = ["优", "良", "中", "未达标"]


def levels(outcome: Any, name: str = "") -> list[str]:
    return list(outcome.standings.figures[f"level:{name}"].listed()) if name else list(outcome.standings.level)


@pytest.mark.parametrize(
    ("cumulative", "expected"),
    [(False, ["优", "优", "良", "未达标"]), (True, ["优", "未达标", "良", "未达标"])],
)
def test_a_cumulative_level_asks_for_all_that_the_lower_ones_ask_for(cumulative: bool, expected: list[str]) -> None:
    """AA = Ⅰ+Ⅱ."""
    ladder = [{**A, "at_least": 90}, {**B, "all": ["n > 0"]}]
    columns = {"s.a": [95, 95, 50, 50], "n": [1, 0, 1, 0]}
    assert levels(outcome_of(SHAPE, columns, levels=ladder, level={"cumulative": cumulative})) == expected
    assert levels(outcome_of(SHAPE, columns, ladders={"x": {"levels": ladder, "cumulative": cumulative}}), "x") == expected


def test_a_threshold_with_a_rank_leaves_the_seat_empty_where_nobody_reaches_it() -> None:
    ladder = [{**A, "at_least": 85, "if": "rank() == 1"}]
    assert levels(outcome_of(SHAPE, {"s.a": [90, 88]}, levels=ladder)) == ["优", "未达标"]
    assert levels(outcome_of(SHAPE, {"s.a": [84, 80]}, levels=ladder)) == ["未达标", "未达标"]


def test_lines_may_differ_by_category() -> None:
    ladder = [{**A, "at_least": "if(category == '甲', 90, 80)"}]
    found = outcome_of(SHAPE, {"category": ["甲", "乙"], "s.a": [85, 85]}, categories=["甲", "乙"], levels=ladder)
    assert levels(found) == ["未达标", "优"]


def test_a_blank_reaches_no_line() -> None:
    found = outcome_of(SHAPE, {"s.a": [90, 90], "n": [5, None]}, ladders={"x": {"of": "n", "levels": [{**A, "at_least": 1}]}})
    assert levels(found, "x") == ["优", "未达标"]


def test_a_unit_without_a_total_has_no_level_on_any_ladder() -> None:
    shape = {"a": criterion(missing="incomplete"), "n": NUMBER}
    found = outcome_of(shape, {"a": [5, None], "n": [5, 5]}, ladders={"x": {"of": "n", "levels": [{**A, "at_least": 1}]}})
    assert levels(found, "x") == ["优", None]


def slowly(value: int, lines: list[int]) -> int:
    """The place on a ladder of one figure."""
    return next((i for i, line in enumerate(lines) if value >= line), len(lines))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5), st.sampled_from(["lowest", "highest"]))
def test_the_main_level_is_the_lowest_or_the_highest_of_several(units_: list[tuple[int, int]], how: str) -> None:
    """就低: of the ladders' places the worst; 就高: the best. A ladder without a level passes it over."""
    ladders = {
        "x": {"of": "n", "levels": [{**A, "at_least": 8}, {**B, "at_least": 5}, {**C, "at_least": 2}]},
        "y": {"of": "m", "levels": [{**A, "at_least": 7}, {**C, "at_least": 4}]},
    }
    columns = {"s.a": [0] * len(units_), "n": [n for n, _ in units_], "m": [m for _, m in units_]}
    found = outcome_of(SHAPE, columns, ladders=ladders, levels=[A, B, C], level={"combine": how, "of": ["x", "y"]})
    worst = [(slowly(n, [8, 5, 2]), [0, 2, 3][slowly(m, [7, 4])]) for n, m in units_]
    assert levels(found) == [ORDER[max(p) if how == "lowest" else min(p)] for p in worst]


PAIRS = [["a", "a", "a"], ["a", "b", "b"], ["b", "a", "b"], ["none", "a", "c"]]


@pytest.mark.parametrize(
    ("otherwise", "expected"),
    [({}, ["优", "良", "良", "中", "未达标"]), ({"otherwise": "c"}, ["优", "良", "良", "中", "中"])],
)
def test_the_main_level_may_be_looked_up_by_two_results(otherwise: dict[str, str], expected: list[str]) -> None:
    """组合定级: without a row what the table says otherwise, else below all."""
    lines = [{**A, "at_least": 8}, {**B, "at_least": 5}]
    level = {"combine": "lookup", "of": ["x", "y"], "pairs": PAIRS, **otherwise}
    columns = {"s.a": [0] * 5, "n": [9, 9, 5, 1, 5], "m": [9, 5, 9, 9, 5]}
    ladders = {"x": {"of": "n", "levels": lines}, "y": {"of": "m", "levels": lines}}
    assert levels(outcome_of(SHAPE, columns, ladders=ladders, levels=[A, B, C], level=level)) == expected


def test_gates_limit_the_main_level_after_ladders_are_combined() -> None:
    lines = [{**A, "at_least": 8}, {**B, "at_least": 5}]
    found = outcome_of(
        SHAPE,
        {"s.a": [0, 0], "n": [9, 9], "m": [1, 0]},
        ladders={"x": {"of": "n", "levels": lines}},
        level={"combine": "highest", "of": ["x"]},
        gates={"g": {"if": "m > 0", "effect": {"level at most": "b"}}},
    )
    assert (levels(found), levels(found, "x")) == (["良", "优"], ["优", "优"])
