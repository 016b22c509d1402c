"""Scores side by side: whoever has one of them, the greatest difference first, whatever the order or the size of blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain import comparison
from scorekit.domain.column import Column
from scorekit.domain.comparison import Comparison, compared, whole_score
from scorekit.domain.outputs import Outcome
from tests.building import NA, NUMBER, assessed, criterion, plan_of, section, units

SHAPE = {"s": section({"a": criterion(), "b": criterion(points=5)}), "c": criterion(kind="bonus")}
PLAN = plan_of(SHAPE)


def outcome(scores: Mapping[str, Sequence[Any]], names: Sequence[str] = "乙甲丙", **columns: Sequence[Any]) -> Outcome:
    given_too = {"unit": list(names), "s.a": [9, 8, 7], "s.b": [5, 4, NA], "c": [1, 0, 2], **columns}
    table = units(PLAN, given_too)
    return assessed(PLAN, table.having({name: Column.numbers(values) for name, values in scores.items()}))


def rows(found: Comparison, start: int = 0, stop: int | None = None) -> list[tuple[Any, ...]]:
    """The rows as (unit, item, own, first, points, difference)."""
    stop = len(found) if stop is None else stop
    told: list[Any] = [None] * len(found.row[start:stop])
    for path, places, side in found.sides(start, stop):
        columns = [c.listed() for c in (side.own, side.first, side.points, side.difference)]
        for place, values in zip(places.tolist(), zip(*columns, strict=True), strict=True):
            told[place] = (found.outcome.standings.unit[int(found.row[start + place])], path, *values)
    return told


def test_without_own_and_first_scores_there_is_nothing_to_compare() -> None:
    assert compared(outcome({})) is None


def test_the_greatest_difference_stands_first_then_unit_and_item_and_last_what_cannot_be_compared() -> None:
    found = compared(outcome({"own:s.a": [10, 8, None], "own:s.b": [6, 3, 4], "first:s.b": [None, 4, 5], "own:": [15, None, None]}))
    assert found is not None
    assert found.items == ("", "s.a", "s.b")
    assert rows(found) == [
        ("乙", "s.a", 10, None, 9, -1),
        ("乙", "s.b", 6, None, 5, -1),
        ("甲", "s.b", 3, 4, 4, 1),
        ("乙", "", 15, None, 15, 0),
        ("甲", "s.a", 8, None, 8, 0),
        ("丙", "s.b", 4, 5, None, None),
    ]


def test_where_there_is_only_a_first_score_the_points_are_held_against_it() -> None:
    found = compared(outcome({"first:s": [14, None, None]}))
    assert found is not None
    assert rows(found) == [("乙", "s", None, 14, 14, 0)]


def test_points_are_held_against_scores_as_they_are_printed() -> None:
    plan = plan_of({"a": criterion("mark", rounding={"decimals": 1})})
    table = units(plan, {"a": [Fraction(1, 3)]}).having({"own:a": Column.numbers([Fraction(1, 2)])})
    found = compared(assessed(plan, table))
    assert found is not None
    assert rows(found) == [("U1", "a", Fraction(1, 2), None, Fraction(3, 10), Fraction(-1, 5))]
    assert found.decimals == {"a": 1}


def test_some_rows_are_those_of_the_whole() -> None:
    found = compared(outcome({"own:s.a": [1, 2, 3], "first:c": [3, 1, 2]}))
    assert found is not None
    assert [r for start in range(0, 6, 2) for r in rows(found, start, start + 2)] == rows(found)
    assert rows(found, 6, 9) == []


some = st.none() | st.fractions(0, 12, max_denominator=4)


@given(st.lists(st.tuples(some, some, some), min_size=3, max_size=3), st.integers(1, 4))
def test_the_order_is_that_of_a_plain_sort_whatever_the_size_of_runs(scores: list[tuple[Any, ...]], size: int) -> None:
    own, first, whole = (list(c) for c in zip(*scores, strict=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(comparison, "PART", size)
        found = compared(outcome({"own:s.a": own, "first:s.a": first, "own:c": whole}))
    told = [] if found is None else rows(found)
    assert len(told) == sum(a is not None or b is not None for a, b in zip(own, first, strict=True)) + sum(w is not None for w in whole)
    assert told == sorted(told, key=lambda r: (-1 if r[5] is None else 0, -abs(r[5] or 0), r[0], r[1]))


def test_columns_in_which_nobody_wrote_anything_are_nothing_to_compare() -> None:
    assert compared(outcome({"own:s.a": [None] * 3, "first:": [None] * 3})) is None


# -------------------------------------------------------------------- the whole


def whole(found: Outcome, kind: str = "own") -> list[Any]:
    return whole_score(found.plan, found.submissions, found.sheet, kind).listed()


def test_the_whole_is_as_given_or_else_the_sum_of_what_applies() -> None:
    """丙's second item does not apply; nobody need give a bonus a score."""
    assert whole(outcome({"own:s.a": [9, 8, 7], "own:s.b": [5, None, None], "own:c": [1, 2, None], "own:": [None, 20, None]})) == [
        15,
        20,
        7,
    ]
    assert whole(outcome({"own:s.a": [9, 8, None], "own:s.b": [5, None, 2]})) == [14, None, None]
    assert whole(outcome({"own:s.a": [9, 8, 7]}), "first") == [None] * 3


def test_what_a_unit_gave_itself_for_an_item_that_is_not_for_it_is_not_in_the_sum() -> None:
    plan = plan_of({"n": NUMBER, "a": criterion(), "b": {**NUMBER, "x-criterion": {**criterion()["x-criterion"], "only_for": "n > 5"}}})
    table = units(plan, {"n": [9, 1], "a": [8, 8], "b": [4, 4]}).having({f"own:{c}": Column.numbers([10, 10]) for c in "ab"})
    assert whole(assessed(plan, table)) == [20, 10]


def test_what_is_not_added_up_has_no_sum() -> None:
    plan = plan_of({"s": section({"a": criterion(), "b": criterion()}, scale_to=100)})
    table = units(plan, {"s.a": [5], "s.b": [5]}).having({f"own:s.{n}": Column.numbers([5]) for n in "ab"})
    assert whole(assessed(plan, table)) == [None]
    assert whole(assessed(plan, table.having({"own:": Column.numbers([50])}))) == [50]
