"""Which records count: of one matter the largest, the greatest and least of a unit, across lists; held against plain programs."""

from __future__ import annotations

import datetime
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.counted import Counted, across, choice, coded, greatest, largest, least, ordered, worst_deduction
from scorekit.domain.marks import Records

GREAT = 10**25
NUMBERS = st.one_of(
    st.integers(-4, 4).map(Fraction), st.fractions(-2, 2, max_denominator=7), st.sampled_from([Fraction(GREAT), Fraction(-GREAT, 3)])
)
UNITS = st.lists(st.lists(st.tuples(NUMBERS, st.sampled_from("甲乙丙"), st.booleans()), max_size=6), min_size=1, max_size=5)


def lists(units: list[list[Any]]) -> Records:
    return Records(np.cumsum([0, *map(len, units)]), {})


def column(units: list[list[Any]], place: int = 0) -> Column:
    made = {0: Column.numbers, 1: Column.texts, 2: Column.truths}[place]
    return made([r[place] for u in units for r in u])


@given(st.lists(NUMBERS, min_size=1, max_size=8))
def test_codes_stand_in_the_order_of_the_numbers(values: list[Fraction]) -> None:
    codes = ordered(Column.numbers(values)).tolist()
    assert [[a < b for b in codes] for a in codes] == [[a < b for b in values] for a in values]
    assert [[a == b for b in codes] for a in codes] == [[a == b for b in values] for a in values]


@pytest.mark.parametrize(
    ("keys", "same"),
    [
        (Column.texts(["安康杯", "安康杯 ", "ABC", "ａｂｃ", "别的"]), [0, 0, 1, 1, 2]),
        (Column.numbers([Fraction(1, 2), Fraction(2, 4), 1]), [0, 0, 1]),
        (Column.truths([True, False, True]), [0, 1, 0]),
        (Column.dates([datetime.date(2026, 1, 1), datetime.date(2026, 1, 2), datetime.date(2026, 1, 1)]), [0, 1, 0]),
    ],
)
def test_equal_keys_have_equal_codes(keys: Column, same: list[int]) -> None:
    codes = coded(keys).tolist()
    assert [[a == b for b in codes] for a in codes] == [[a == b for b in same] for a in same]


@given(UNITS)
def test_of_one_key_the_largest_amount_is_marked_plus_and_minus_apart(units: list[list[Any]]) -> None:
    expected = []
    for unit in units:
        asked = [(i, r) for i, r in enumerate(unit) if r[2]]
        best: dict[Any, tuple[int, Fraction]] = {}
        for i, (value, key, _) in asked:
            place = (key, value < 0)
            if place not in best or abs(value) > best[place][1]:
                best[place] = (i, abs(value))
        chosen = {i for i, _ in best.values()}
        expected += [i in chosen for i in range(len(unit))]
    found = largest(lists(units).owners, coded(column(units, 1)), column(units), np.array([r[2] for u in units for r in u], dtype=bool))
    assert found.tolist() == expected


@given(UNITS, st.integers(0, 4))
def test_the_greatest_and_the_least_are_marked_the_first_of_equals_first(units: list[list[Any]], k: int) -> None:
    asked = np.array([r[2] for u in units for r in u], dtype=bool)
    for function, sign in ((greatest, -1), (least, 1)):
        expected = []
        for unit in units:
            ranked = sorted((i for i, r in enumerate(unit) if r[2]), key=lambda i, unit=unit, sign=sign: (sign * unit[i][0], i))
            expected += [i in ranked[:k] for i in range(len(unit))]
        assert function(lists(units), column(units), k, asked).tolist() == expected


@given(UNITS)
def test_totals_and_products_are_those_of_the_records_that_count(units: list[list[Any]]) -> None:
    found = choice(lists(units), column(units), column(units, 2))
    counted = [[r[0] for r in u if r[2]] for u in units]
    assert found.total(column(units)).listed() == [sum(c, Fraction(0)) for c in counted]
    assert found.product(column(units)).listed() == [math.prod(c, start=Fraction(1)) for c in counted]
    assert found.number().listed() == [len(c) for c in counted]


def test_products_of_small_numbers_need_no_python_integers() -> None:
    of = Records(np.array([0, 3, 3, 4]), {})
    found = choice(of, Column.numbers([Fraction(1, 2), 3, Fraction(5, 2), 7])).product(
        Column.numbers([Fraction(1, 2), 3, Fraction(5, 2), 7])
    )
    assert (found.listed(), found.values.wide) == ([Fraction(15, 4), 1, 7], False)


def test_only_the_heaviest_deduction_stays() -> None:
    values = Column.numbers([-1, -5, 2, -5])
    found = worst_deduction(choice(Records(np.array([0, 4]), {}), values), values)
    assert found.codes.tolist() == [Counted.LIGHTER, Counted.COUNTS, Counted.COUNTS, Counted.LIGHTER]


def test_across_lists_the_first_list_wins_among_equals_and_others_are_barred() -> None:
    one, two = Records(np.array([0, 2, 2]), {}), Records(np.array([0, 2, 3]), {})
    keys = Column.texts(["甲", "乙"]), Column.texts(["甲", "乙", "甲"])
    values = Column.numbers([3, 1]), Column.numbers([3, 2, 1])
    first, second = across([(one, keys[0], values[0]), (two, keys[1], values[1])])
    assert (first.listed(), second.listed()) == ([False, True], [True, False, False])


def test_across_lists_a_blank_key_or_value_is_unknown_and_what_does_not_apply_bars_nobody() -> None:
    of = Records(np.array([0, 3]), {})
    value = Column("number", Column.numbers([9, 9, 1]).values, np.array([Why.NOT_APPLICABLE, Why.MISSING, 0], dtype=np.uint8))
    [found] = across([(of, Column.texts(["甲", "甲", "甲"]), value)])
    assert (found.listed(), found.masked.tolist()) == ([False, None, False], [False, True, False])


@given(UNITS, UNITS)
def test_of_several_lists_as_much_is_barred_as_of_one_list_of_all(one: list[list[Any]], two: list[list[Any]]) -> None:
    size = max(len(one), len(two))
    one, two = one + [[]] * (size - len(one)), two + [[]] * (size - len(two))
    parts = [(lists(u), column(u, 1), column(u)) for u in (one, two)]
    found = [f.listed() for f in across(parts)]
    together = [a + b for a, b in zip(one, two, strict=True)]
    [whole] = across([(lists(together), column(together, 1), column(together))])
    split = whole.listed()
    a, b, place = [], [], 0
    for left, right in zip(one, two, strict=True):
        a += split[place : place + len(left)]
        b += split[place + len(left) : place + len(left) + len(right)]
        place += len(left) + len(right)
    assert found == [a, b]


def test_runs_are_the_same_where_no_machine_word_holds_all_keys_together() -> None:
    owners, keys, amounts = np.array([0, 0, 0, 1]), np.array([1, 1, 2, 1]) * 2**61, Column.numbers([3, 5, 4, 2])
    found = largest(owners, keys, amounts, np.ones(4, dtype=bool))
    assert found.tolist() == [False, True, True, True]
    assert largest(owners, keys // 2**61, amounts, np.ones(4, dtype=bool)).tolist() == found.tolist()


def test_nobody_has_the_largest_of_nothing() -> None:
    nothing = np.array([], dtype=np.int64)
    assert largest(nothing, nothing, Column.numbers([]), np.array([], dtype=bool)).tolist() == []
