"""Keys without a row: reported with unit, table, key and cell, where they stop something, and for the record that asked."""

from __future__ import annotations

from typing import Any

from scorekit.domain.outputs import Outcome
from scorekit.stages.blanks import blanks
from tests.building import NUMBER, TEXT, criterion, outcome_of, reasons, said

LISTS = {"type": "array", "items": {"type": "object", "properties": {"level": TEXT, "on": NUMBER}}}
TABLES = {"prices": {"title": "分值", "rows": {"省级": 3, "市级": 1}}}


def told(found: Outcome) -> list[tuple[str, str, str]]:
    problems = blanks(found.plan, found.submissions, found.sheet, ())
    return [(p.unit, p.field or p.cell, said(p.what)) for p in problems if "has no row" in p.what.template]


def of(formula: str, **more: Any) -> dict[str, Any]:
    return criterion({"mark": {"of": formula}}, 5, {}, **more)


def test_a_unit_whose_key_has_no_row_is_incomplete_and_told_so() -> None:
    found = outcome_of({"level": TEXT, "a": of("lookup(prices, level)")}, {"level": ["省级", "县级", None]}, tables=TABLES)
    assert reasons(found, "a") == ["PART", "INVALID", "MISSING_AS_ZERO"]
    assert found.standings.status == ("ranked", "incomplete", "ranked")
    assert told(found) == [("U2", "level", "the table “分值” has no row for 县级")]


def test_through_derived_values_and_where_a_blank_counts_as_missing_it_is_told_too() -> None:
    shape = {"level": TEXT, "x": {"x-derive": "lookup(prices, level) * 2"}, "a": of("x", invalid="as-missing")}
    found = outcome_of(shape, {"level": ["县级", "省级"]}, tables=TABLES)
    assert told(found) == [("U1", "level", "the table “分值” has no row for 县级")]


def test_of_records_only_those_that_count_are_told() -> None:
    shape = {"honours": LISTS, "a": of("sum(honours, lookup(prices, level), on > 0)")}
    records = [[{"level": "县级", "on": 0}, {"level": "省级", "on": 1}], [{"level": "国家级", "on": 1}]]
    found = outcome_of(shape, {"honours": records}, tables=TABLES)
    assert reasons(found, "a") == ["PART", "INVALID"]
    assert told(found) == [("U2", "honours.level", "the table “分值” has no row for 国家级")]


def test_levels_and_gates_and_counts_ask_tables_too() -> None:
    levels = [{"id": "x", "title": "好", "at_least": "lookup(prices, level)"}]
    shape = {"level": TEXT, "a": criterion(), "honours": LISTS}
    found = outcome_of(shape, {"level": ["县级"], "a": [3], "honours": [[]]}, tables=TABLES, levels=levels)
    assert told(found) == [("U1", "level", "the table “分值” has no row for 县级")]
    gates = {"g": {"if": "count(honours, lookup(prices, level) > 1) > 0", "effect": "not awarded"}}
    found = outcome_of(shape, {"level": ["省级"], "a": [3], "honours": [[{"level": "x"}]]}, tables=TABLES, gates=gates)
    assert told(found) == [("U1", "honours.level", "the table “分值” has no row for x")]


def test_a_table_that_says_what_stands_for_no_row_lacks_none() -> None:
    tables = {"prices": {**TABLES["prices"], "otherwise": 0}}
    found = outcome_of(
        {"level": TEXT, "a": of("best(h, lookup(prices, level), lookup(prices, level))"), "h": LISTS},
        {"level": ["z"], "h": [[]]},
        tables=tables,
    )
    assert told(found) == []


def test_the_number_of_a_list_function_may_be_looked_up() -> None:
    shape = {"level": TEXT, "h": LISTS, "a": of("best(h, on, lookup(prices, level))")}
    found = outcome_of(shape, {"level": ["市级", "x"], "h": [[{"on": 2}, {"on": 1}], []]}, tables=TABLES)
    assert told(found) == [("U2", "level", "the table “分值” has no row for x")]


def test_of_marks_that_a_table_does_not_know_the_unit_is_told() -> None:
    graded = {"type": "object", "additionalProperties": {"enum": ["优", "良", None]}, "x-source": {"who": "panel", "raters": ["甲"]}}
    shape = {"marks": graded, "a": of("sum(marks, lookup(worth, mark))")}
    found = outcome_of(shape, {"marks": [["优"], ["良"]]}, tables={"worth": {"title": "分值", "rows": {"优": 3}}})
    assert reasons(found, "a") == ["PART", "INVALID"]
    assert [u for u, _, _ in told(found)] == ["U2"]
