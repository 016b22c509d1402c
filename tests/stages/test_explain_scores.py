"""An explanation tells the own and the first score beside the points of each item, section and the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from scorekit.domain.column import Column
from scorekit.stages.explain import Verdict, explain
from tests.building import BAD, assessed, criterion, plan_of, section, units

PLAN = plan_of({"s": {**section({"a": {**criterion(missing="incomplete"), "title": "甲"}, "b": criterion()}), "title": "一节"}})


def lines(scores: Mapping[str, Any], lang: str = "zh", a: Any = 9) -> list[str]:
    table = units(PLAN, {"s.a": [a], "s.b": [4]}).having({name: Column.numbers([value]) for name, value in scores.items()})
    found = assessed(PLAN, table)
    status = found.standings.status[0]
    return [line.strip() for line in explain(PLAN, found.submissions, found.sheet, Verdict(1, "", "", status, ""), lang)]


def test_without_scores_nothing_is_said_of_them() -> None:
    assert not any("自评" in line or "初评" in line for line in lines({}))


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ({"own:s.a": 10}, "自评 10 分，考核 9.00 分，差 -1"),
        ({"own:s.a": 10, "first:s.a": 9}, "自评 10 分，初评 9 分，考核 9.00 分，差 -1"),
        ({"first:s.a": 8}, "初评 8 分，考核 9.00 分，差 1"),
    ],
)
def test_an_items_scores_stand_right_below_it(scores: Mapping[str, int], told: str) -> None:
    found = lines(scores)
    assert found[found.index(told) - 1].startswith("甲  9.00 / 10")


def test_sections_and_the_whole_have_their_own() -> None:
    found = lines({"own:s": 15, "first:": 12}, "en")
    assert "own score 15, assessed 13.00, difference -2" in found
    assert found[-1] == "first score 12, assessed 13.00, difference 1"


def test_the_whole_is_added_up_where_all_items_have_a_score() -> None:
    assert "自评 14 分，考核 13.00 分，差 -1" in lines({"own:s.a": 9, "own:s.b": 5})


def test_where_there_are_no_points_there_is_no_difference() -> None:
    assert "自评 7 分，考核 — 分" in lines({"own:s.a": 7}, a=BAD)
