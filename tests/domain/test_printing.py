"""Printing: what stands on paper is the exact figure, digit by digit."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.printing import clock, decimal_text, digits, digits_of, nearest, once, percent, plain, printed, shown

DECIMALS = st.decimals(-(10**6), 10**6, places=4)


@given(st.lists(DECIMALS, min_size=1), st.integers(0, 6))
def test_a_fixed_number_of_digits_is_half_up_of_the_exact_value(values: list[Decimal], places: int) -> None:
    expected = [v.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) for v in values]
    assert printed(Column.numbers(values), places) == [str(v or abs(v)) for v in expected]


@given(st.lists(DECIMALS, min_size=1))
def test_the_shortest_form_reads_back_as_the_same_number(values: list[Decimal]) -> None:
    texts = plain(Column.numbers(values))
    assert [Decimal(t) for t in texts] == values
    assert not any("." in t and t.endswith(("0", ".")) for t in texts)


def test_a_minted_column_prints_all_its_digits() -> None:
    assert printed(Column.numbers([5, Decimal("2.5"), None]).minted(2)) == ["5.00", "2.50", ""]
    assert printed(Column.numbers([5, 7]).minted(0)) == ["5", "7"]


def test_a_column_that_no_stage_minted_prints_its_shortest_form() -> None:
    assert printed(Column.numbers([Fraction(1, 4), 2])) == ["0.25", "2"]
    assert printed(Column.numbers([Fraction(1, 3), 2])) == ["0.3333333333", "2"]


def test_a_figure_without_an_end_is_cut_half_up() -> None:
    assert plain(Column.numbers([Fraction(2, 3)]), 3) == ["0.667"]
    assert plain(Column.numbers([Decimal("0.12345678901")])) == ["0.123456789"]


def test_numbers_too_wide_for_a_machine_word_are_printed_exactly() -> None:
    wide = 10**30 + 1
    assert plain(Column.numbers([wide, Fraction(wide, 10)])) == [str(wide), f"{str(wide)[:-1]}.1"]


def test_percentages_are_printed_from_fractions() -> None:
    column = Column.numbers([Decimal("0.9228"), 1, None, Fraction(1, 3)])
    assert percent(column) == ["92.28%", "100%", "", "33.33333333%"]
    assert shown(column, percentage=True)[0] == "92.28%"


def test_every_kind_has_a_text() -> None:
    assert shown(Column.dates([date(2026, 2, 28), date(1969, 12, 31), None])) == ["2026-02-28", "1969-12-31", ""]
    assert shown(Column.truths([True, False, None])) == ["true", "false", ""]
    assert shown(Column.truths([True, False]), truths=("否", "是")) == ["是", "否"]
    assert shown(Column.texts(["甲", None, "乙"])) == ["甲", "", "乙"]
    assert shown(Column.numbers([Decimal("1.50")])) == ["1.5"]


def test_nothing_is_printed_where_a_value_is_masked_whatever_stands_under_it() -> None:
    column = Column.numbers([1, 2]).masked_where(np.array([True, False]), Why.INVALID)
    assert (printed(column, 1), plain(column), percent(column)) == (["", "2.0"], ["", "2"], ["", "200%"])


def test_an_empty_column_prints_nothing() -> None:
    empty = Column.numbers([1]).masked_where(np.array([True]), Why.MISSING).take(slice(0, 0))
    assert (plain(empty), percent(empty)) == ([], [])


@given(st.lists(st.fractions(max_denominator=10**12), min_size=1, max_size=5), st.integers(1, 10**6))
def test_the_nearest_double_does_not_depend_on_how_a_column_holds_its_numbers(values: list[Fraction], other: int) -> None:
    alone = [float(v) for v in values]
    assert nearest(Column.numbers(values)).tolist() == alone
    assert nearest(Column.numbers([*values, Fraction(1, other)])).tolist()[:-1] == alone
    assert nearest(Column.numbers(values) + 0).tolist() == alone


@pytest.mark.parametrize(("den", "expected"), [(1, 0), (2, 1), (4, 2), (5, 1), (1000, 3), (3, None), (12, None)])
def test_digits_of_a_denominator(den: int, expected: int | None) -> None:
    assert digits_of(den) == expected


def test_the_digits_of_a_column_with_many_denominators_are_not_known() -> None:
    assert digits(Column.numbers([1, 2]) / Column.numbers([3, 4])) is None


@given(st.integers(-(10**12), 10**12), st.integers(0, 8))
def test_a_scaled_number_reads_back(scaled: int, places: int) -> None:
    for short in (False, True):
        assert Decimal(decimal_text(scaled, places, short=short)) == Decimal(scaled).scaleb(-places)


def test_seconds_are_shown_as_a_clock_shows_them() -> None:
    column = Column.numbers([Decimal("185.20"), 59, Decimal("3785.5"), 0, None, Decimal("-61.5"), Decimal("59.99999")])
    assert clock(column, 4) == ["3:05.2", "0:59", "1:03:05.5", "0:00", "", "-1:01.5", "1:00"]


KINDS = st.one_of(
    st.lists(st.none() | st.decimals(-100, 100, places=2), min_size=1, max_size=9).map(Column.numbers),
    st.lists(st.fractions(max_denominator=9), min_size=1, max_size=9).map(Column.numbers),
    st.lists(st.none() | st.booleans(), min_size=1, max_size=9).map(Column.truths),
    st.lists(st.none() | st.dates(), min_size=1, max_size=9).map(Column.dates),
    st.lists(st.none() | st.text(max_size=2), min_size=1, max_size=9).map(Column.texts),
)


@given(KINDS)
def test_a_figure_that_stands_often_is_worded_once_and_reads_the_same(column: Column) -> None:
    asked: list[int] = []

    def word(some: Column) -> list[str]:
        asked.append(len(some))
        return shown(some, most=4)

    assert once(column, word).tolist() == shown(column, most=4)
    if column.kind == "number" and not column.masked.any() and isinstance(column.values.den, int):
        assert asked == [len(set(column.listed()))]
