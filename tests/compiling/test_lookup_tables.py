"""Tables as written: what they must hold, and what is refused with its place."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.lookup_tables import lookup_tables
from scorekit.errors import RubricError
from tests.building import DATE, NUMBER, TEXT, criterion, fault_of, outcome_of, points, said

PRICES = {"prices": {"title": "奖项分值", "keys": ["级别", "类别"], "rows": [["国家级", "综合", 5], ["国家级", "单项", 3]], "otherwise": 0}}
AT = "rubric.json#/x-rubric/tables"


def of(formula: str, points: Any = 10) -> dict[str, Any]:
    return criterion({"mark": {"of": formula}}, points, {})


def test_a_criterion_looks_its_points_up_by_two_keys() -> None:
    shape = {"level": TEXT, "kind": TEXT, "a": of("lookup(prices, level, kind)")}
    columns = {"level": ["国家级", "国家级", "省级", None], "kind": ["综合", "单项", "综合", "综合"]}
    found = outcome_of(shape, columns, tables=PRICES)
    assert points(found, "a") == [5, 3, 0, 0]


def test_the_short_form_is_one_key_and_lines_are_reached() -> None:
    tables = {
        "short": {"rows": {"国家级": 5, "省级": 3}},
        "factor": {"keys": [{"name": "人数", "match": "at_least"}], "rows": [[0, 1], [100, 1.5]]},
    }
    shape = {"level": TEXT, "n": NUMBER, "a": of("lookup(short, level) * lookup(factor, n)", 20)}
    assert points(outcome_of(shape, {"level": ["国家级", "省级"], "n": [99, 100]}, tables=tables), "a") == [5, 4.5]


def test_weights_caps_levels_bands_and_full_marks_look_up_too() -> None:
    """分档、分值、封顶、权重、等次线 by category, from one table each."""
    tables = {"line": {"rows": {"甲": 8, "乙": 5}}, "half": {"rows": {"甲": 4, "乙": 10}}}
    shape = {"a": criterion({"mark": {}}, "lookup(half, category)"), "b": criterion({"flag": {"of": "b >= lookup(line, category)"}}, 10)}
    found = outcome_of(
        shape,
        {"category": ["甲", "乙"], "a": [9, 9], "b": [6, 6]},
        categories=["甲", "乙"],
        tables=tables,
        caps={"total": "lookup(line, category) + 8"},
        levels=[{"id": "x", "title": "好", "at_least": "lookup(line, category) + 8"}],
    )
    assert (points(found, "a"), points(found, "b")) == ([4, 9], [0, 10])
    assert [str(v) for v in found.sheet.totals["total"].listed()] == ["4", "13"]
    assert found.standings.level == ("未达标", "好")


def test_a_list_is_priced_by_a_table() -> None:
    records = {"type": "array", "items": {"type": "object", "properties": {"level": TEXT, "kind": TEXT}}}
    shape = {"honours": records, "a": of("best(honours, lookup(prices, level, kind), 1)")}
    honours = [[{"level": "国家级", "kind": "单项"}, {"level": "省级", "kind": "综合"}], []]
    assert points(outcome_of(shape, {"honours": honours}, tables=PRICES), "a") == [3, 0]


@pytest.mark.parametrize(
    ("table", "pointer", "what"),
    [
        ({"file": "x.csv"}, "/t", "the table “t” has no rows"),
        ({"rows": []}, "/t/rows", "the table “t” has no rows"),
        ({"keys": ["a"], "rows": [["x", 1, 2]]}, "/t/rows/0", "a row of the table “t” has 2 cells, not 3"),
        ({"keys": ["a", "b"], "rows": {"x": 1}}, "/t/rows", "rows in the short form have one key that is equal"),
        ({"keys": [{"name": "a", "match": "at_least"}], "rows": {"1": 1}}, "/t/rows", "rows in the short form have one key that is equal"),
        ({"keys": ["a"], "rows": [["x", 1], ["Ｘ ", 2]]}, "/t/rows/1", "the table “t” has two rows for Ｘ : 1 and 2"),
        (
            {"keys": [{"name": "a", "match": "above"}], "rows": [[1, 1], ["2026-01-01", 2]]},
            "/t/rows",
            "the lines of the key “a” must be all numbers or all dates",
        ),
        (
            {"keys": [{"name": "a", "match": "below"}], "rows": [["1", 1], ["1.0", 2]]},
            "/t/rows/1",
            "the table “t” has two rows for 1.0: 1 and 2",
        ),
        ({"rows": {"a": 1, "b": "x"}}, "/t/rows/1", "the values of the table “t” must be of one kind; “x” is another"),
        ({"rows": {"a": 1}, "otherwise": True}, "/t/otherwise", "the values of the table “t” must be of one kind; “True” is another"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(table: dict[str, Any], pointer: str, what: str) -> None:
    with pytest.raises(RubricError) as caught:
        lookup_tables({"t": table}, AT)
    assert (said(caught.value.what), caught.value.where) == (what, AT + pointer)


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        ("lookup(price, w)", "there is no table “price”; did you mean “prices”?"),
        ("lookup(w)", "there is no table “w”"),
        ("lookup(3, w)", "there is no table “3”"),
        ("lookup(prices, w)", "the table “prices” has 2 keys, not 1"),
        ("lookup(prices)", "the table “prices” has 2 keys, not 0"),
        ("lookup(prices, w, n)", "the key “类别” of the table “prices” is a number; the cell “综合” is not"),
        ("lookup(lines, w)", "a number is needed, not a text"),
        ("lookup(lines, d)", "the key “人数” of the table “lines” is a date; the cell “0” is not"),
        ("lookup(prices, w, honours)", "“honours” is a list: take count, sum, max … over it"),
    ],
)
def test_a_lookup_that_does_not_fit_its_table_is_refused(formula: str, what: str) -> None:
    tables = {**PRICES, "lines": {"keys": [{"name": "人数", "match": "at_least"}], "rows": [[0, 1]]}}
    lists = {"type": "array", "items": {"type": "object", "properties": {"level": TEXT}}}
    error = fault_of({"w": TEXT, "n": NUMBER, "d": DATE, "honours": lists, "a": of(formula)}, tables=tables)
    assert said(error.what).endswith(what)


def test_a_lookup_gives_the_kind_of_its_values() -> None:
    tables = {"words": {"rows": {"a": "好", "b": "差"}}, "days": {"rows": {"a": "2026-01-01", "b": "2026-02-01"}}}
    shape = {"k": TEXT, "a": of("if(lookup(words, k) == '好', lookup(days, k) - 2025-12-31, 9)")}
    assert points(outcome_of(shape, {"k": ["a", "b"]}, tables=tables), "a") == [1, 9]
