"""What formulas take over a list: a blank element is no element, what is unknown stays unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.functions import FUNCTIONS
from scorekit.domain.marks import Panel, Records
from scorekit.domain.over import PLACED, handed_in, mark_of, over_panel, over_records

sqrt = FUNCTIONS["sqrt"]
LISTS = st.lists(
    st.one_of(st.none(), st.lists(st.tuples(st.one_of(st.none(), st.integers(-4, 4)), st.one_of(st.none(), st.booleans())), max_size=4)),
    min_size=1,
    max_size=4,
)


def records(lists: Sequence[Any]) -> Records:
    why = np.array([Why.MISSING if v is None else 0 for v in lists], dtype=np.uint8)
    return Records(np.cumsum([0, *(len(v or ()) for v in lists)]), {}, why if why.any() else None)


def taken(function: str, lists: Sequence[Any], *, condition: bool = False) -> list[Any]:
    rows = [r for v in lists for r in v or ()]
    counted = Column.truths([c for _, c in rows]) if condition else None
    values = None if function == "count" else Column.numbers([v for v, _ in rows])
    return over_records(function, records(lists), values, counted).listed()


def expected(function: str, units: Any, condition: bool) -> Any:
    """By hand: None where the list is missing, or it is not known which records count."""
    if units is None or (condition and any(c is None for _, c in units)):
        return None
    elements = [v for v, c in units if v is not None and (c or not condition)]
    if function == "count":
        return len([1 for _, c in units if c or not condition])
    if function == "sum":
        return sum(elements)
    if function == "product":
        product = 1
        for v in elements:
            product *= v
        return product
    if not elements:
        return None
    return {"mean": lambda e: Fraction(sum(e), len(e)), "median": lambda e: Fraction(median(map(Fraction, e))), "min": min, "max": max}[
        function
    ](elements)


@given(LISTS, st.sampled_from(["count", "sum", "mean", "median", "product", "min", "max"]), st.booleans())
def test_functions_over_lists_are_those_done_by_hand(lists: list[Any], function: str, condition: bool) -> None:
    assert taken(function, lists, condition=condition) == [expected(function, units, condition) for units in lists]


def by_place(function: str, units: Any, k: Any, condition: bool) -> Any:
    """The functions that go by place or by difference, by hand."""
    if units is None or k is None or (condition and any(c is None for _, c in units)):
        return None
    found = sorted((Fraction(v) for v, c in units if v is not None and (c or not condition)), reverse=True)
    if function == "distinct":
        return len(set(found))
    if function == "deviation":
        mean = Fraction(sum(found), len(found)) if found else 0
        return sqrt(Column.numbers([sum((v - mean) ** 2 for v in found) / len(found)])).listed()[0] if found else None
    if k != int(k) or k < (function == "nth"):
        return None
    k = int(k)
    if function == "best":
        return sum(found[:k])
    if function == "worst":
        return sum(found[::-1][:k])
    if function == "nth":
        return found[k - 1] if k <= len(found) else None
    kept = found[k : len(found) - k]
    return Fraction(sum(kept), len(kept)) if kept else None


@given(
    LISTS,
    st.lists(st.sampled_from([None, 0, 1, 2, 3, -1, Fraction(1, 2)]), min_size=4, max_size=4),
    st.sampled_from(["best", "worst", "trimmed", "nth", "distinct", "deviation"]),
    st.booleans(),
    st.sampled_from([1, Fraction(1, 3), 10**20]),
)
def test_places_and_differences_over_lists_are_those_done_by_hand(
    lists: list[Any], numbers: list[Any], function: str, condition: bool, scale: Any
) -> None:
    lists = [None if u is None else [(None if v is None else v * scale, c) for v, c in u] for u in lists]
    rows = [r for v in lists for r in v or ()]
    counted = Column.truths([c for _, c in rows]) if condition else None
    number = Column.numbers(numbers[: len(lists)])
    found = over_records(function, records(lists), Column.numbers([v for v, _ in rows]), counted, number)
    needs = function in PLACED
    assert found.listed() == [by_place(function, u, k if needs else 1, condition) for u, k in zip(lists, numbers, strict=False)]


def test_a_number_that_is_none_of_the_places_says_so_and_too_few_elements_too() -> None:
    lists = [[(3, True), (1, True)]] * 4
    values = Column.numbers([3, 1] * 4)
    numbers = Column.numbers([1, Fraction(1, 2), -1, 2])
    assert over_records("best", records(lists), values, None, numbers).why.tolist() == [0, Why.OUT_OF_DOMAIN, Why.OUT_OF_DOMAIN, 0]
    assert over_records("trimmed", records(lists), values, None, Column.of(1)).why.tolist() == [Why.TOO_FEW] * 4
    assert over_records("nth", records(lists), values, None, Column.of(3)).why.tolist() == [Why.MISSING] * 4
    assert over_records("trimmed", records([[]]), Column.numbers([]), None, Column.of(0)).why.tolist() == [Why.MISSING]


def test_dates_have_places_and_texts_differ() -> None:
    days = Column.dates([date(2026, 1, 2), date(2026, 5, 1), date(2026, 3, 1)])
    lists = records([[1, 2], [3]])
    assert over_records("nth", lists, days, None, Column.of(1)).listed() == [date(2026, 5, 1), date(2026, 3, 1)]
    assert over_records("distinct", lists, Column.texts(["省级", "省级", "市级"]), None).listed() == [1, 1]
    assert over_records("distinct", lists, days, None).listed() == [2, 1]


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=3, max_size=3), min_size=1, max_size=4), st.integers(0, 2))
def test_over_marks_they_are_as_over_records_of_the_marks(rows: list[list[Any]], k: int) -> None:
    panel = Panel(("甲", "乙", "丙"), tuple(Column.numbers([r[i] for r in rows]) for i in range(3)))
    lists = [[(m, True) for m in r] for r in rows]
    flat = Column.numbers([m for r in rows for m in r])
    for function in ("best", "worst", "trimmed", "nth", "distinct", "deviation"):
        number = Column.of(max(k, int(function == "nth")))
        assert over_panel(function, panel, number).listed() == over_records(function, records(lists), flat, None, number).listed()


def test_one_raters_mark_is_a_number_and_an_unknown_raters_is_missing() -> None:
    panel = Panel(("甲", "乙"), (Column.numbers([1, None]), Column.numbers([2, 3])))
    assert mark_of(panel, "甲").listed() == [1, None]
    assert mark_of(panel, "丙").listed() == [None, None]


@given(LISTS, st.sampled_from(["any", "all"]), st.booleans())
def test_any_and_all_are_three_valued(lists: list[Any], function: str, condition: bool) -> None:
    rows = [r for v in lists for r in v or ()]
    values = Column.truths([None if v is None else v > 0 for v, _ in rows])
    counted = Column.truths([c for _, c in rows]) if condition else None
    assert over_records(function, records(lists), values, counted).listed() == [_quantified(function, u, condition) for u in lists]


def _quantified(function: str, units: Any, condition: bool) -> Any:
    if units is None:
        return None
    found = []
    for v, c in units:
        truth = None if v is None else v > 0
        wanted = truth if function == "any" else None if truth is None else not truth
        asked = c if condition else True
        found.append(False if False in (asked, wanted) else None if None in (asked, wanted) else True)
    hit = True if True in found else None if None in found else False
    return hit if function == "any" else None if hit is None else not hit


def test_a_value_that_is_invalid_or_has_no_figure_is_no_blank() -> None:
    values = (
        Column.numbers([1, 2, 3, 4])
        .masked_where(np.array([False, True, False, False]), Why.INVALID)
        .masked_where(np.array([False, False, False, True]), Why.DIVIDED_BY_ZERO)
    )
    found = over_records("sum", Records(np.array([0, 1, 2, 3, 4]), {}), values, None)
    assert found.listed() == [1, None, 3, None]
    assert found.why is not None
    assert found.why.tolist() == [0, Why.INVALID, 0, Why.DIVIDED_BY_ZERO]
    counted = Column.truths([True, False, True, False])
    assert over_records("sum", Records(np.array([0, 1, 2, 3, 4]), {}), values, counted).listed() == [1, 0, 3, 0]


def test_the_graver_of_list_and_record_counts() -> None:
    values = Column.numbers([1]).masked_where(np.array([True]), Why.INVALID)
    found = over_records("sum", Records(np.array([0, 1, 1]), {}, np.array([0, Why.MISSING], dtype=np.uint8)), values, None)
    assert found.why is not None
    assert found.why.tolist() == [Why.INVALID, Why.MISSING]


def test_the_latest_and_earliest_of_dates_are_dates() -> None:
    days = Column.dates([date(2026, 1, 1), date(2026, 3, 1), None])
    lists = Records(np.array([0, 3]), {})
    assert over_records("max", lists, days, None).listed() == [date(2026, 3, 1)]
    assert over_records("min", lists, days, None).listed() == [date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        ("count", [3, 2, 0]),
        ("mean", [2, Fraction(5, 2), None]),
        ("sum", [6, 5, 0]),
        ("min", [1, 2, None]),
        ("max", [3, 3, None]),
        ("median", [2, Fraction(5, 2), None]),
        ("product", [6, 6, 1]),
    ],
)
def test_over_a_panel_only_the_marks_that_are_there_count(function: str, expected: list[Any]) -> None:
    panel = Panel(("甲", "乙", "丙"), (Column.numbers([1, None, None]), Column.numbers([2, 2, None]), Column.numbers([3, 3, None])))
    assert over_panel(function, panel).listed() == expected


def test_whether_a_list_was_handed_in_can_be_asked() -> None:
    assert handed_in(records([[], None, [(1, True)]])).listed() == [True, False, True]
    assert handed_in(records([[], []])).listed() == [True, True]
    assert handed_in(Panel(("甲",), (Column.numbers([None, 3]),))).listed() == [False, True]


def test_truths_are_added_up_as_ones_and_noughts() -> None:
    lists = Records(np.array([0, 3, 3]), {})
    assert over_records("sum", lists, Column.truths([True, None, True]), None).listed() == [2, 0]
    assert over_records("mean", lists, Column.truths([True, None, False]), None).listed() == [Fraction(1, 2), None]


@pytest.mark.parametrize("function", ["count", "mean", "sum", "max"])
def test_a_mark_that_cannot_be_read_leaves_the_panel_without_a_figure(function: str) -> None:
    marks = Column.numbers([1, 2]).masked_where(np.array([True, False]), Why.INVALID)
    found = over_panel(function, Panel(("甲", "乙"), (marks, Column.numbers([3, 4]))))
    assert found.why is not None
    assert found.why.tolist() == [Why.INVALID, 0]


@pytest.mark.parametrize("function", ["count", "mean", "sum", "max", "median"])
def test_a_panel_that_does_not_apply_has_no_figure(function: str) -> None:
    """Where one mark only says that it does not apply, the others count."""
    first = Column.numbers([1, 1]).masked_where(np.array([True, True]), Why.NOT_APPLICABLE)
    second = Column.numbers([1, 3]).masked_where(np.array([True, False]), Why.NOT_APPLICABLE)
    found = over_panel(function, Panel(("甲", "乙"), (first, second)))
    assert found.why is not None
    assert found.why.tolist() == [Why.NOT_APPLICABLE, 0]
    assert found.listed()[1] == (1 if function == "count" else 3)
