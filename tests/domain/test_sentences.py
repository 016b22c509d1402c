"""Why each unit stands where it stands, worded row by row."""

from __future__ import annotations

from typing import Any

from tests.building import BAD, NA, NUMBER, assessed, criterion, outcome_of, plan_of, said, seats, section, units, why

A = {"a": criterion(points=100), "accidents": NUMBER}
LADDER = [{"id": "model", "title": "模范", "at_least": 90}]


def gate(effect: Any, **more: Any) -> dict[str, Any]:
    return {"gates": {"g": {"title": "事故", "if": "accidents > 0", "effect": effect, **more}}}


def test_there_is_one_row_of_reasons_a_unit_and_rows_may_be_sliced() -> None:
    because = outcome_of(A, {"a": [95, 10, 90], "accidents": [0, 0, 0]}, levels=LADDER).standings.because
    assert len(because) == 3
    assert because[1:] == (because[1], because[2])
    assert because[-1] == because[2]
    assert [said(r[0]) for r in because] == [
        "total 95.00 reaches 90: the level 模范",
        "total 10.00: the level 未达标",
        "total 90.00 reaches 90: the level 模范",
    ]


def test_a_line_read_from_another_figure_is_not_said_to_be_the_totals() -> None:
    ladder = [{"id": "x", "title": "好", "of": "rate()", "at_least": 0.5}]
    assert why(outcome_of(A, {"a": [95], "accidents": [0]}, levels=ladder)) == ["total 95.00: the level 好"]


def test_a_line_that_is_a_formula_is_said_as_the_figure_that_it_gives() -> None:
    ladder = [{"id": "x", "title": "好", "at_least": "if(accidents == 0, 80, 90)"}]
    assert why(outcome_of(A, {"a": [95], "accidents": [0]}, levels=ladder)) == ["total 95.00 reaches 80: the level 好"]


def test_items_without_a_figure_are_named_with_their_number() -> None:
    properties = {
        "s": section({"a": criterion(no="1.1", title="甲项"), "b": criterion(no="1.2", title="乙项"), "c": criterion(title="丙项")})
    }
    outcome = outcome_of(properties, {"s.a": [BAD], "s.b": [5], "s.c": [NA]})
    assert why(outcome) == ["no total can be given: 1.1 甲项"]


def test_an_item_that_is_no_part_of_the_units_standard_does_not_block_it() -> None:
    properties = {"a": criterion(), "b": criterion(only_for="a > 5")}
    outcome = outcome_of(properties, {"a": [BAD, 9], "b": [1, 1]})
    assert why(outcome)[0].startswith("no total can be given: a")
    assert outcome.standings.status == ("incomplete", "ranked")


def test_an_item_of_another_category_does_not_block_a_unit() -> None:
    frame = {"categories": ("甲", "乙"), "variants": {"乙": {"criteria": {"b": None}}}}
    outcome = outcome_of({"a": criterion(), "b": criterion()}, {"category": ["甲", "乙"], "a": [1, BAD], "b": [BAD, None]}, **frame)
    assert why(outcome, 0) == ["no total can be given: b"]
    assert why(outcome, 1) == ["no total can be given: a"]


def test_the_effect_of_a_gate_is_said() -> None:
    given = {"a": [95], "accidents": [1]}
    named = {"a": criterion(points=100, title="甲项"), "accidents": NUMBER}
    assert why(outcome_of(A, given, **gate("zero total"))) == ["gate “事故”: the total becomes 0"]
    assert why(outcome_of(named, given, **gate({"zero": "a"}))) == ["gate “事故”: “甲项” becomes 0"]
    properties = {"s": {**section({"a": criterion(points=100)}), "title": "第一章"}, "accidents": NUMBER}
    assert why(outcome_of(properties, {"s.a": [95], "accidents": [1]}, **gate({"zero": "s"}))) == ["gate “事故”: “第一章” becomes 0"]


def test_a_gate_of_a_unit_without_a_total_is_said_and_a_level_is_not() -> None:
    outcome = outcome_of(A, {"a": [BAD], "accidents": [1]}, levels=LADDER, **gate({"level at most": "model"}))
    assert why(outcome) == ["no total can be given: a", "gate “事故”: level at most 模范"]


def test_a_gate_has_its_number() -> None:
    outcome = outcome_of(A, {"a": [9], "accidents": [1]}, **gate("not ranked", no="三"))
    assert why(outcome) == ["gate “三 事故”: not ranked"]


def test_a_unit_whose_category_has_no_seats_is_told_nothing_of_seats() -> None:
    frame = {"categories": ("甲", "乙")}
    outcome = outcome_of(A, {"category": ["乙"], "a": [9], "accidents": [0]}, notice=seats(1), **frame)
    assert why(outcome) == []


def test_a_level_that_the_notice_asks_for_is_called_by_its_title() -> None:
    frame = {"categories": ("甲",), "levels": LADDER}
    outcome = outcome_of(A, {"category": ["甲"], "a": [9], "accidents": [0]}, notice=seats(1, level="model"), **frame)
    assert why(outcome)[-1] == "no seat: the level is below 模范"


def test_sentences_are_the_same_whatever_the_batches() -> None:
    plan = plan_of(A, levels=LADDER, **gate("not awarded"))
    table = units(plan, {"a": [95, 90, 10, None], "accidents": [0, 1, None, 0]})
    whole, parted = assessed(plan, table), assessed(plan, table, batches=[[0], [1, 2], [3]])
    assert [why(whole, r) for r in range(4)] == [why(parted, r) for r in range(4)]


def test_seats_of_a_rubric_without_categories_are_those_of_all() -> None:
    outcome = outcome_of(A, {"a": [9, 8], "accidents": [0, 0]}, notice=seats(1, ""))
    assert [why(outcome, r)[-1] for r in range(2)] == ["rank 1: takes one of 1 seats", "rank 2: beyond the 1 seats"]
