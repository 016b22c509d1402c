"""Ties in words: the key that decided with both values, draws, run-offs without a result; and what a run records of draws."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scorekit.domain.chains import lot
from scorekit.domain.column import Column
from scorekit.domain.rubric import TieSpec
from scorekit.domain.ties import draws, key_text, key_texts, key_words
from scorekit.words import say
from tests.building import DATE, NUMBER, TRUTH, criterion, outcome_of, said, why

ITEM = {"a": criterion("mark", 100), "n": {**NUMBER, "title": "人数"}, "rate": {**NUMBER, "title": "入会率", "x-unit": "percent"}}


def told(chain: list[dict[str, Any]], row: int = 0, shape: Any = ITEM, **columns: list[Any]) -> list[str]:
    return why(outcome_of(shape, columns, rank={"tie_break": chain}), row)


def test_a_tie_that_a_key_parted_is_told_on_both_sides_with_both_values() -> None:
    columns = {"unit": ["甲", "乙", "丙"], "a": [90, 90, 80], "rate": [0.98, 0.955, 1]}
    assert told([{"by": "rate"}], 0, **columns) == ["equal to 乙: before them by “入会率” (98%, theirs 95.5%)"]
    assert told([{"by": "rate"}], 1, **columns) == ["equal to 甲: after them by “入会率” (95.5%, theirs 98%)"]
    assert told([{"by": "rate"}], 2, **columns) == []


def test_a_unit_between_two_of_the_same_figure_is_told_of_both() -> None:
    columns = {"unit": ["甲", "乙", "丙", "丁"], "a": [90] * 4, "n": [3, 2, 2, None]}
    assert told([{"by": "n"}], 1, **columns) == [
        "equal to 甲: after them by “人数” (2, theirs 3)",
        "equal to 丁: before them by “人数” (2, theirs blank)",
    ]
    assert told([{"by": "n"}], 0, **columns) == ["equal to 丙, 乙: before them by “人数” (3, theirs 2)"]


def test_of_many_the_first_few_are_named_and_counted() -> None:
    found = told([{"by": "n"}], 5, unit=["戊", "丁", "丙", "乙", "甲", "己"], a=[90] * 6, n=[1, 1, 1, 1, 1, 2])
    assert found == ["equal to 丁, 丙, 乙 and others, 5 in all: before them by “人数” (2, theirs 1)"]


def test_a_draw_names_its_seed_and_the_record_holds_the_lots() -> None:
    outcome = outcome_of(ITEM, {"unit": ["甲", "乙", "丙"], "a": [90, 90, 80]}, rank={"tie_break": [{"draw": "2026"}]})
    first, last = sorted(["甲", "乙"], key=lambda name: lot("2026", name))
    rows = {name: row for row, name in enumerate(outcome.standings.unit)}
    assert why(outcome, rows[first]) == [f"equal to {last}: drawn before them (seed “2026”)"]
    assert why(outcome, rows[last]) == [f"equal to {first}: drawn after them (seed “2026”)"]
    found = draws(outcome.standings.partings, outcome.standings.unit, outcome.submissions.key)
    assert found == {"rank": {"seed": "2026", "lots": {name: lot("2026", name) for name in (first, last)}}}
    assert list(found["rank"]["lots"]) == [first, last]  # type: ignore[call-overload]


def test_only_those_whom_a_draw_parted_have_lots() -> None:
    """Of each tie all that were drawn, but nobody whom a key had parted before."""
    columns = {"unit": list("甲乙丙丁戊己"), "a": [90, 90, 90, 80, 80, 70], "n": [2, 1, 1, 3, 3, 3]}
    outcome = outcome_of(ITEM, columns, rank={"tie_break": [{"by": "n"}, {"draw": "2026"}]})
    found = draws(outcome.standings.partings, outcome.standings.unit, outcome.submissions.key)
    assert found["rank"]["lots"] == {name: lot("2026", name) for name in sorted("乙丙丁戊", key=lambda name: lot("2026", name))}


def test_a_run_off_is_told_and_so_is_one_without_a_result() -> None:
    columns = {"unit": ["甲", "乙", "丙", "丁"], "a": [90, 90, 80, 80], "n": [1, 2, None, 3]}
    assert told([{"run_off": "n"}], 1, **columns) == ["equal to 甲: before them by “the run-off” (2, theirs 1)"]
    assert told([{"run_off": "n", "title": "加赛"}], 1, **columns) == ["equal to 甲: before them by “加赛” (2, theirs 1)"]
    assert told([{"run_off": "n"}], 2, **columns) == ["shares its place with 丁: the run-off has no result yet"]


def test_ties_of_other_rankings_are_no_reasons() -> None:
    found = outcome_of(
        ITEM,
        {"unit": ["甲", "乙"], "a": [90, 90], "n": [5, 4]},
        rank={"tie_break": [{"by": "n"}]},
        rankings={"all": {"title": "大榜", "by": "points()", "tie_break": [{"by": "n"}]}},
    )
    assert why(found, 0) == ["equal to 乙: before them by “人数” (5, theirs 4)"]


def test_a_time_is_told_in_minutes_and_seconds() -> None:
    shape = {
        **ITEM,
        "t": {"type": "string", "title": "用时", "x-unit": "duration"},
        "twice": {"type": "number", "title": "两次", "x-unit": "duration", "x-derive": "t * 2"},
    }
    columns = {"unit": ["甲", "乙"], "a": [90, 90], "t": [2410, 3660.5]}
    assert told([{"by": "t", "first": "low"}], 0, shape, **columns) == ["equal to 乙: before them by “用时” (40:10, theirs 1:01:00.5)"]
    assert told([{"by": "twice", "first": "low"}], 0, shape, **columns) == ["equal to 乙: before them by “两次” (1:20:20, theirs 2:02:01)"]
    assert told([{"by": "t", "first": "low", "decimals": 0}], 1, shape, **columns) == [
        "equal to 甲: after them by “用时” (1:01:01, theirs 40:10)"
    ]


def test_who_has_no_place_for_it_is_below_the_last_is_told_of_no_tie() -> None:
    columns = {"unit": ["甲", "乙", "丙", "丁"], "a": [90, 90, 80, 80], "n": [2, 1, 2, 1]}
    found = outcome_of(ITEM, columns, rank={"ends": 2, "tie_break": [{"by": "n"}]})
    assert [len(why(found, row)) for row in range(4)] == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (Column.numbers([None]), None, "blank"),
        (Column.of(True), None, "yes"),
        (Column.of(False), None, "no"),
        (Column.of("甲"), None, "甲"),
        (Column.numbers([1]) / 3, None, "0.333333"),
        (Column.numbers([1]) / 3, 2, "0.33"),
        (None, None, "blank"),
    ],
)
def test_values_are_told_as_they_were_compared(value: Column | None, decimals: int | None, expected: str) -> None:
    found = key_text(value, decimals)
    assert (found if isinstance(found, str) else said(found)) == expected


def measured(numbers: list[int | None], by: int, unit: str) -> Column:
    column = Column.numbers(numbers) / by
    return Column("number", column.values, column.why, unit)


DAYS = Column.dates([date(2026, 1, 2), None])


@pytest.mark.parametrize(
    ("values", "decimals"),
    [
        (Column.numbers([1, None, 3, 1]) / 3, None),
        (Column.numbers([1, None, 3, 1]) / 3, 2),
        (measured([61, 3600, None, 61], 1, "duration"), None),
        (measured([61, 3600, None, 61], 7, "duration"), 1),
        (measured([-61, 0, 3600], 7, "duration"), None),
        (measured([1, 1, None, 0], 3, "percent"), None),
        (Column.truths([True, None, False]), None),
        (Column.texts(["甲", None, ""]), 2),
        (DAYS, None),
        (None, None),
    ],
)
def test_many_values_are_told_as_each_is(values: Column | None, decimals: int | None) -> None:
    for lang in ("zh", "en"):
        each = [None] * 2 if values is None else [values.take([row]) for row in range(len(values))]
        assert key_texts(values, decimals, lang, len(each)) == [say(key_text(v, decimals), lang) for v in each]


def test_truths_and_dates_are_keys_too() -> None:
    shape = {**ITEM, "t": {**TRUTH, "title": "先进"}, "d": {**DATE, "title": "日期"}}
    found = told([{"by": "t"}], 0, shape, unit=["甲", "乙"], a=[90, 90], t=[True, False])
    assert found == ["equal to 乙: before them by “先进” (yes, theirs no)"]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (TieSpec("n", "high", "人数", "#"), "人数 (higher first)"),
        (TieSpec("n", "low", "人数", "#", places=(1, 1)), "人数 (lower first) (only for place 1)"),
        (TieSpec("n", "high", "", "#", how="run_off", places=(1, 3)), "the run-off (only for places 1 to 3)"),
        (TieSpec("n", "high", "加赛", "#", how="run_off"), "加赛, which must be there for all of them"),
        (TieSpec("7", "high", "", "#", how="draw"), "a public draw by the sha256 of “7:unit”, least first"),
    ],
)
def test_a_key_says_what_it_compares_and_for_whom(spec: TieSpec, expected: str) -> None:
    assert said(key_words(spec)) == expected
