"""Who is who: two submissions of one unit, units without a name or category, units that are only assessed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from scorekit.domain.column import Column
from scorekit.domain.deciding import Notice
from scorekit.domain.marks import Panel, Records
from scorekit.domain.tables import Places
from tests.building import NUMBER, TEXT, assessed, criterion, outcome_of, plan_of, points, reasons, said, totals, units, why

ITEM = {"a": criterion("mark", 100)}


def test_of_two_submissions_of_one_unit_none_is_scored_and_both_places_are_named() -> None:
    plan = plan_of(ITEM)
    places = Places(("甲.csv", "乙.csv"), np.array([0, 1, 0], dtype=np.int32), "", np.array([2, 5, 3]), {"unit": "B"})
    found = assessed(plan, units(plan, {"unit": ["X", "x", "Y"], "a": [90, 80, 70]}, places))
    assert found.standings.unit == ("X", "Y")
    assert (found.standings.status, found.standings.rank.tolist()) == (("invalid", "ranked"), [0, 1])
    assert (points(found, "a"), totals(found), reasons(found, "a")) == ([None, 70], [None, 70], ["INVALID", "PART"])
    assert why(found, 0) == ["2 submissions claim this unit (甲.csv#B2, 乙.csv#B5); none of them is scored"]
    assert [(p.severity, p.unit, p.file, p.cell, p.field, said(p.what)) for p in found.problems] == [
        ("error", "X", "甲.csv", "B2", "unit", "several submissions claim this unit: 甲.csv#B2, 乙.csv#B5"),
        ("error", "x", "乙.csv", "B5", "unit", "several submissions claim this unit: 甲.csv#B2, 乙.csv#B5"),
    ]
    assert said(found.problems[0].cure) == "keep the right one and remove the others"


def test_a_claim_is_told_at_the_sheet_and_cell_or_pointer_of_each_name() -> None:
    plan = plan_of(ITEM)
    forms = Places(("甲.xlsx",), np.array([0, 0], dtype=np.int32), "自评表", np.array([4, 9]), {"unit": "B"})
    found = assessed(plan, units(plan, {"unit": ["X", "X"], "a": [90, 80]}, forms))
    assert [(p.sheet, p.cell, p.field) for p in found.problems] == [("自评表", "B4", "unit"), ("自评表", "B9", "unit")]
    lines = Places(("甲.ndjson",), np.array([0, 0], dtype=np.int32), "", np.array([1, 2]), {})
    found = assessed(plan, units(plan, {"unit": ["X", "X"], "a": [90, 80]}, lines))
    assert [(p.cell, p.field) for p in found.problems] == [("", "/1/unit"), ("", "/2/unit")]


def test_what_a_void_unit_handed_in_counts_for_nobody() -> None:
    """Neither as the best of a cohort nor as a place before another."""
    lists = {"type": "array", "items": {"type": "object", "properties": {"n": NUMBER}}}
    panel = {"type": "object", "additionalProperties": NUMBER, "x-source": {"who": "panel", "raters": ["甲"]}}
    shape = {
        "b": criterion("to_best", 10),
        "h": lists,
        "m": panel,
        "c": criterion({"to_best": {"of": "count(h)"}}, 10, {}),
        "d": criterion({"to_best": {"of": "mean(m)"}}, 10, {}),
    }
    columns = {
        "unit": ["X", "X", "Y", "Z"],
        "b": [100, 50, 4, 2],
        "h": [[{"n": 1}] * 9, [], [{"n": 1}] * 4, [{"n": 1}] * 2],
        "m": [(9,), (9,), (4,), (2,)],
    }
    found = outcome_of(shape, columns)
    assert [points(found, k) for k in "bcd"] == [[None, 10, 5]] * 3
    h, m = found.submissions.columns["h"], found.submissions.columns["m"]
    assert isinstance(h, Records)
    assert isinstance(m, Panel)
    assert (h.count().listed(), m.count().listed()) == ([None, 4, 2], [0, 1, 1])


def test_a_unit_without_a_name_or_category_is_invalid() -> None:
    columns = {"unit": [None, "B", "C"], "category": ["甲", None, "甲"], "a": [90, 80, 70]}
    found = outcome_of(ITEM, columns, categories=["甲"])
    assert found.standings.status == ("invalid", "invalid", "ranked")
    assert why(found, 0) == ["the submission does not say which unit it is"]
    assert why(found, 1) == ["the category is missing or is none of the rubric's"]
    assert (found.standings.category, totals(found)) == (("甲", "", "甲"), [None, None, 70])


def test_two_units_without_a_name_are_not_the_same_unit() -> None:
    found = outcome_of(ITEM, {"unit": [None, None], "a": [90, 80]})
    assert found.standings.status == ("invalid", "invalid")
    assert found.problems == ()


def test_without_a_column_of_categories_every_unit_is_invalid() -> None:
    found = outcome_of(ITEM, {"a": [90, 80]}, categories=["甲"])
    assert found.standings.status == ("invalid", "invalid")
    assert why(found, 1) == ["the category is missing or is none of the rubric's"]


def test_a_void_unit_stays_so_through_later_passes() -> None:
    shape = {**ITEM, "p": criterion("to_best", 10, kind="bonus"), "c": criterion({"mark": {"of": "3"}}, 5, {}), "w": TEXT}
    found = outcome_of(shape, {"unit": ["X", "X", "Y"], "a": [1, 1, 1], "p": [1, 1, 1], "w": ["a", "b", "c"]})
    assert (totals(found), found.standings.status) == ([None, 14], ("invalid", "ranked"))
    w = found.submissions.columns["w"]
    assert isinstance(w, Column)
    assert w.listed() == [None, "c"]


def test_who_is_only_assessed_is_told_so_by_category_or_by_name() -> None:
    notice = Notice("test", assess_only_categories=frozenset({"乙"}), assess_only_units=frozenset({"总工会a"}))
    plan = plan_of(ITEM, categories=["甲", "乙"])
    found = assessed(
        plan, units(plan, {"unit": ["总工会 A", "B", "C", "D"], "category": ["甲", "乙", "甲", None], "a": [1, 2, 3, 4]}), notice=notice
    )
    assert found.standings.status == ("not ranked", "not ranked", "ranked", "invalid")
    assert why(found, 0) == why(found, 1) == ["assessed only, not compared for awards (只评不奖)"]


def test_a_rubric_without_categories_bars_by_name_only() -> None:
    found = outcome_of(ITEM, {"a": [1, 2]}, notice=Notice("test", assess_only_units=frozenset({"u1"})))
    assert found.standings.status == ("not ranked", "ranked")


def test_an_invalid_unit_is_not_also_only_assessed() -> None:
    notice = Notice("test", assess_only_units=frozenset({"x"}))
    found = outcome_of(ITEM, {"unit": ["X", "X"], "a": [1, 2]}, notice=notice)
    assert (found.standings.status, len(why(found))) == (("invalid",), 1)


def test_three_claims_leave_one_row_and_others_keep_their_order() -> None:
    columns: dict[str, Any] = {"unit": ["A", "X", "B", "X", "C", "X"], "a": [1, 2, 3, 4, 5, 6]}
    found = outcome_of(ITEM, columns)
    assert found.standings.unit == ("A", "X", "B", "C")
    assert totals(found) == [1, None, 3, 5]
    assert len(found.problems) == 3


def test_the_raw_texts_of_the_rows_that_stay_stay() -> None:
    plan = plan_of(ITEM)
    table = replace(units(plan, {"unit": ["X", "X", "Y"], "a": [1, 2, 3]}), raw={(2, "a"): "三", (1, "a"): "二"})
    assert assessed(plan, table).submissions.raw == {(1, "a"): "三"}


def test_a_table_without_the_units_column_says_nothing_of_names() -> None:
    """Reading sees to it that every field has a column; where one has none, nobody is barred for it."""
    plan = plan_of(ITEM)
    table = units(plan, {"a": [1, 2]})
    found = assessed(plan, replace(table, columns={"a": table.columns["a"]}))
    assert found.standings.status == ("ranked", "ranked")
