"""Exact text and back."""

from __future__ import annotations

import datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column
from scorekit.domain.recording import column_of, exactly, read


def test_a_decimal_is_written_as_one_and_what_has_no_end_as_a_fraction() -> None:
    assert exactly(Column.numbers([Fraction(25, 2), Fraction(1, 3), 0, None, -2])) == ["12.5", "1/3", "0", None, "-2"]
    assert exactly(Column.numbers([Fraction(1, 2**40)])) == ["1/1099511627776"]


def test_texts_truths_and_dates_are_written_as_they_are_compared() -> None:
    assert exactly(Column.texts(["企业", None])) == ["企业", None]
    assert exactly(Column.truths([True, False])) == ["true", "false"]
    assert exactly(Column.dates([datetime.date(2025, 1, 2)])) == ["2025-01-02"]


@given(st.lists(st.fractions(), max_size=5))
def test_numbers_come_back_as_they_were(values: list[Fraction]) -> None:
    assert [read(t) for t in exactly(Column.numbers(values)) if t is not None] == values


def test_dates_come_back_as_dates_and_what_is_not_there_stays_missing() -> None:
    day = datetime.date(2025, 1, 2)
    assert column_of([read("2025-01-02"), None]).listed() == [day, None]
    assert column_of([Fraction(1, 3), None]).listed() == [Fraction(1, 3), None]
