"""Levels, limits, statuses and seats, and a sentence for each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scorekit.domain.deciding import Award, Barred, Candidates, Notice, Seats
from scorekit.errors import PluginError, T
from tests.building import AWARDS, BAD, NA, NUMBER, TRUTH, assessed, criterion, outcome_of, plan_of, said, seats, section, units, why

ITEM = {"a": criterion("mark", 100)}
LEVELS = [
    {"id": "model", "title": "模范", "at_least": 95},
    {"id": "good", "title": "先进", "at_least": 85},
    {"id": "ok", "title": "合格", "at_least": 60},
]
VETO = {"v": TRUTH, "u": TRUTH}


def levels(columns: dict[str, Any], shape: Any = None, **frame: Any) -> tuple[str, ...]:
    return outcome_of(shape or ITEM, columns, **{"levels": LEVELS, **frame}).standings.level


# -------------------------------------------------------------------- levels


def test_a_unit_has_the_best_level_whose_line_it_reaches() -> None:
    assert levels({"a": [95, 94.99, 85, 60, 59.99]}) == ("模范", "先进", "先进", "合格", "未达标")
    assert levels({"a": [10]}, below={"id": "no", "title": "不合格"}) == ("不合格",)


def test_levels_read_the_printed_figure() -> None:
    assert levels({"x": [94.995, 94.994]}, {"x": NUMBER, "a": criterion({"mark": {"of": "x"}}, 100, {}, rounding={"decimals": 3})}) == (
        "模范",
        "先进",
    )


def test_all_conditions_of_a_level_must_hold_and_an_unknown_one_does_not() -> None:
    ladder = [{**LEVELS[0], "if": "rate(s) >= 0.8"}, LEVELS[1]]
    shape = {"s": section({"a": criterion("mark", 90)}), "b": criterion("mark", 20), "n": NUMBER}
    assert levels({"s.a": [90, 72, 71], "b": [5, 24, 24], "n": [1, 1, 1]}, shape, levels=ladder) == ("模范", "先进", "先进")
    ladder = [{**LEVELS[0], "if": "n > 0"}, LEVELS[1]]
    assert levels({"s.a": [90, 90], "b": [5, 5], "n": [1, None]}, shape, levels=ladder) == ("模范", "先进")


def test_a_level_may_go_by_another_figure_and_by_at_most() -> None:
    ladder = [{"id": "a", "title": "甲", "of": "n", "at_most": 2}, {"id": "b", "title": "乙", "of": "points(a)", "at_least": "n * 10"}]
    assert levels({"a": [50, 50, 20, 50], "n": [2, 5, 5, None]}, {**ITEM, "n": NUMBER}, levels=ladder) == ("甲", "乙", "未达标", "未达标")


def test_a_variant_has_lines_of_its_own() -> None:
    frame = {"categories": ["甲", "乙"], "variants": {"乙": {"levels": {"model": {"at_least": 80}, "good": None}}}}
    assert levels({"category": ["甲", "乙", "甲", "乙"], "a": [80, 80, 86, 79]}, **frame) == ("合格", "模范", "先进", "合格")


def test_without_levels_nobody_has_one() -> None:
    assert outcome_of(ITEM, {"a": [99]}).standings.level == ("",)


@pytest.mark.parametrize(
    ("gates", "expected"),
    [
        ({"g": {"if": "v", "effect": {"level at most": "good"}}}, ["先进", "先进", "合格", "未达标"]),
        ({"g": {"if": "v", "effect": {"level is": "none"}}}, ["未达标"] * 4),
        ({"g": {"if": "v", "effect": {"level is": "ok"}}, "h": {"if": "v", "effect": {"level is": "none"}}}, ["未达标"] * 4),
        ({"g": {"if": "v", "effect": {"level is": "none"}}, "h": {"if": "v", "effect": {"level is": "ok"}}}, ["未达标"] * 4),
        ({"g": {"if": "v", "effect": {"level is": "model"}}, "h": {"if": "v", "effect": {"level at most": "good"}}}, ["先进"] * 4),
        (
            {"g": {"if": "v", "effect": {"level at most": "ok"}}, "h": {"if": "v", "effect": {"level at most": "good"}}},
            ["合格", "合格", "合格", "未达标"],
        ),
        ({"g": {"if": "u", "effect": {"level is": "none"}}}, ["模范", "先进", "合格", "未达标"]),
    ],
)
def test_gates_limit_or_set_the_level_and_the_heaviest_counts(gates: dict[str, Any], expected: list[str]) -> None:
    found = outcome_of({**ITEM, **VETO}, {"a": [99, 90, 70, 10], "v": [True] * 4, "u": [False] * 4}, gates=gates, levels=LEVELS)
    assert list(found.standings.level) == expected
    assert found.standings.status == ("ranked",) * 4


# -------------------------------------------------------------------- statuses


def test_where_several_hold_the_first_counts_and_all_are_named() -> None:
    gates = {
        "g": {"title": "事故", "no": "9", "if": "v", "effect": "not ranked"},
        "h": {"title": "欠费", "if": "u", "effect": "not awarded"},
        "k": {"title": "问卷", "if": "n > 5", "effect": "zero total"},
    }
    shape = {"a": criterion("mark", 100, title="甲项", missing="incomplete", no="1"), **VETO, "n": NUMBER}
    columns = {"a": [None, 90, 90, 90], "v": [True, True, False, False], "u": [True, True, True, False], "n": [None, 1, 1, 9]}
    found = outcome_of(shape, columns, gates=gates, levels=LEVELS)
    assert found.standings.status == ("incomplete", "not ranked", "not awarded", "ranked")
    assert why(found, 0) == [
        "no total can be given: 1 甲项",
        "gate “9 事故”: not ranked",
        "gate “欠费”: not awarded",
        "a blank leaves “问卷” undecided",
    ]
    assert "total 90.00 reaches 85: the level 先进" in why(found, 1)
    assert why(found, 3) == ["gate “问卷”: the total becomes 0", "total 0.00: the level 未达标"]
    assert found.standings.level == ("", "先进", "先进", "未达标")


def test_an_incomplete_unit_keeps_its_points_but_has_no_level() -> None:
    found = outcome_of(
        {**ITEM, **VETO},
        {"a": [90], "v": [None], "u": [False]},
        gates={"g": {"title": "事故", "if": "v", "effect": "not awarded"}},
        levels=LEVELS,
    )
    assert (found.standings.status, found.standings.level, why(found)) == (("incomplete",), ("",), ["a blank leaves “事故” undecided"])


def test_invalid_units_say_only_why_they_are() -> None:
    found = outcome_of(
        {**ITEM, **VETO},
        {"unit": ["甲", "甲"], "a": [90, 80], "v": [True, None], "u": [True, True]},
        gates={"g": {"if": "v", "effect": "not awarded"}},
    )
    assert found.standings.status == ("invalid",)
    assert why(found) == ["2 submissions claim this unit (all.csv#A2, all.csv#A3); none of them is scored"]


def test_where_nothing_applies_it_is_said_so() -> None:
    found = outcome_of(ITEM, {"a": [NA]})
    assert why(found) == ["nothing of the standard applies, so no total can be given"]


def test_what_gates_did_is_told_in_full() -> None:
    gates = {
        "g": {"title": "一", "if": "v", "effect": {"zero": "s"}},
        "h": {"title": "二", "if": "v", "effect": {"level at most": "good"}},
        "k": {"title": "三", "if": "v", "effect": {"level is": "ok"}},
        "l": {"title": "四", "if": "v", "effect": {"zero": "b"}},
    }
    shape = {"s": {**section({"a": criterion("mark", 50)}), "title": "组织"}, "b": criterion("mark", 50, title="乙项"), **VETO}
    found = outcome_of(shape, {"s.a": [50], "b": [50], "v": [True], "u": [True]}, gates=gates, levels=LEVELS)
    assert why(found) == [
        "gate “一”: “组织” becomes 0",
        "gate “二”: level at most 先进",
        "gate “三”: level is 合格",
        "gate “四”: “乙项” becomes 0",
        "total 0.00: the level 合格, not 未达标, because of a gate",
    ]


def test_invalid_values_name_the_items_that_block() -> None:
    shape = {"a": criterion("mark", 50, title="甲", no="1"), "b": criterion("mark", 50, title="乙", no="2")}
    assert why(outcome_of(shape, {"a": [BAD], "b": [BAD]})) == ["no total can be given: 1 甲, 2 乙"]


# -------------------------------------------------------------------- seats


def awards(columns: dict[str, Any], notice: Notice, shape: Any = None, **frame: Any) -> tuple[tuple[str, ...], Any]:
    found = outcome_of(
        shape or ITEM, {"category": ["甲"] * len(next(iter(columns.values()))), **columns}, categories=["甲", "乙"], notice=notice, **frame
    )
    return found.standings.award, found


def test_seats_go_to_the_best_of_a_category() -> None:
    taken, found = awards({"a": [70, 90, 80]}, seats(2))
    assert taken == ("", "先进单位", "先进单位")
    assert why(found, 0) == ["rank 3 of 甲: beyond the 2 seats"]
    assert why(found, 1) == ["rank 1 of 甲: takes one of 2 seats"]


def test_an_ineligible_unit_uses_up_no_seat() -> None:
    gates = {"g": {"title": "事故", "if": "v", "effect": "not awarded"}}
    taken, found = awards({"a": [90, 80, 70], "v": [True, False, False]}, seats(1), {**ITEM, "v": TRUTH}, gates=gates)
    assert (taken, found.standings.rank.tolist()) == (("", "先进单位", ""), [1, 2, 3])
    assert why(found, 0) == ["gate “事故”: not awarded"]


def test_the_notices_level_must_be_reached() -> None:
    taken, found = awards({"a": [96, 84, 85]}, seats(3, level="good"), levels=LEVELS)
    assert taken == ("先进单位", "", "先进单位")
    assert why(found, 1)[-1] == "no seat: the level is below 先进"
    assert awards({"a": [96]}, seats(3, level="nowhere"), levels=LEVELS)[0] == ("",)
    assert why(awards({"a": [96]}, seats(3, level="nowhere"), levels=LEVELS)[1])[-1] == "no seat: the level is below nowhere"


def test_a_tie_at_the_line_is_settled_by_the_declared_policy_and_told() -> None:
    taken, found = awards({"a": [90, 80, 80, 70]}, seats(2))
    assert taken == ("先进单位",) * 3 + ("",)
    assert why(found, 1) == ["rank 2 of 甲: takes one of 2 seats", "seats were added for the tie"]
    assert why(found, 0) == ["rank 1 of 甲: takes one of 2 seats"]
    drawn, found = awards({"a": [90, 80, 80, 70]}, seats(2, tie="draw", seed=7))
    assert sorted(drawn[1:3]) == ["", "先进单位"]
    assert why(found, 1)[-1] == why(found, 2)[-1] == "drawn"


def test_a_draw_does_not_depend_on_the_order_of_the_units() -> None:
    plan = plan_of(ITEM, categories=["甲"])
    table = units(plan, {"category": ["甲"] * 5, "a": [80] * 5})
    straight = assessed(plan, table, notice=seats(2, tie="draw", seed=1)).standings
    mixed = assessed(plan, table.take(np.array([3, 0, 4, 1, 2])), notice=seats(2, tie="draw", seed=1)).standings
    assert {u for u, a in zip(straight.unit, straight.award, strict=True) if a} == {
        u for u, a in zip(mixed.unit, mixed.award, strict=True) if a
    }


def test_without_seats_nobody_takes_one_and_other_categories_hear_nothing() -> None:
    assert awards({"a": [90]}, seats(0))[0] == ("",)
    taken, found = awards({"a": [90]}, seats(2, "乙"))
    assert (taken, why(found)) == (("",), [])


def test_the_award_is_called_by_the_notices_title_or_its_result() -> None:
    from dataclasses import replace

    assert awards({"a": [90]}, replace(seats(1), award=""))[0] == ("考核结果",)


def test_an_unknown_tie_policy_is_refused() -> None:
    with pytest.raises(PluginError) as caught:
        awards({"a": [90]}, seats(1, tie="toss"))
    assert (said(caught.value.what), said(caught.value.cure)) == ("there is no tie policy “toss”", "it may be: draw, expand")


@pytest.mark.parametrize(
    ("function", "what"),
    [
        (lambda c: 1 / 0, "it failed: ZeroDivisionError: division by zero"),
        (lambda c: np.zeros(1, dtype=bool), "it failed: "),
        (lambda c: (np.zeros(9, dtype=bool), None), "it must say yes or no for every candidate"),
        (lambda c: (np.zeros(2), None), "it must say yes or no for every candidate"),
    ],
)
def test_a_tie_policy_that_breaks_its_contract_is_named(function: Any, what: str) -> None:
    plan = plan_of(ITEM, categories=["甲"])
    table = units(plan, {"category": ["甲", "甲"], "a": [1, 2]})
    with pytest.raises(PluginError) as caught:
        assessed(plan, table, notice=seats(1, tie="bad"), awards={**AWARDS, "bad": Award("bad", function, plugin="tests")})
    assert said(caught.value.what).startswith(f"the tie policy bad of the plugin tests broke its contract: {what}")


# -------------------------------------------------------------------- candidates


@pytest.mark.parametrize(
    ("rank", "count", "tied"),
    [
        ([1, 2, 3], 2, []),
        ([1, 2, 2, 4], 2, [1, 2]),
        ([1, 2, 2, 4], 3, []),
        ([1, 1, 1], 0, []),
        ([1, 1, 1], 3, []),
        ([1, 1, 1], 9, []),
        ([], 1, []),
    ],
)
def test_the_tied_are_those_through_whose_rank_the_line_cuts(rank: list[int], count: int, tied: list[int]) -> None:
    candidates = Candidates(np.array(rank, dtype=np.int64), tuple(map(str, rank)), count, None)
    assert np.flatnonzero(candidates.tied()).tolist() == tied
    assert candidates.within().sum() == min(count, len(rank))


def test_barred_units_are_known_by_their_rows() -> None:
    assert Barred({0: T("x")}, {2: T("y")}).rows(3).tolist() == [True, False, True]
    assert Barred({}, {}).rows(2).tolist() == [False, False]
    assert Seats(3) == Seats(3, "expand", None)


def test_reasons_can_be_asked_like_a_list() -> None:
    because = outcome_of(ITEM, {"a": [90, 10]}, levels=LEVELS).standings.because
    assert len(because) == 2
    assert because[-1] == because[0:2][1]
    assert [len(b) for b in because] == [1, 1]
    with pytest.raises(IndexError):
        because[2]


def test_a_line_that_is_a_formula_is_told_as_it_is_for_the_unit() -> None:
    shape = {"a": criterion("mark", 100), "n": NUMBER}
    levels = [{"id": "good", "title": "达标", "at_least": "if(n > 10, 80, 60.5)"}]
    found = outcome_of(shape, {"a": [85, 70, 50], "n": [20, 1, 1]}, levels=levels)
    assert why(found, 0) == ["total 85.00 reaches 80: the level 达标"]
    assert why(found, 1) == ["total 70.00 reaches 60.5: the level 达标"]
    assert why(found, 2) == ["total 50.00: the level 未达标"]
