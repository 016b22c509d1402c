"""Functions and operators over columns: exact where they can be, else at ten decimals, and never dependent on other rows."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.functions import ARITY, FUNCTIONS, GREATEST, MOST_BITS, at_ten, bounded, power, powers
from tests.slow import root

NUMBERS = st.fractions(-50, 50, max_denominator=40)
POSITIVE = st.fractions(Fraction(1, 40), 50, max_denominator=40)
ROWS = st.lists(st.none() | NUMBERS, min_size=1, max_size=6)


def listed(name: str, *columns: Any) -> list[Any]:
    found = FUNCTIONS[name](*(c if isinstance(c, Column) else Column.numbers(c) for c in columns))
    return list(found.listed())


def why(column: Column, row: int = 0) -> Why:
    return Why(0 if column.why is None else int(column.why[row]))


# -------------------------------------------------------------------- real functions


@given(POSITIVE, st.integers(2, 5))
def test_a_root_by_power_is_the_one_taken_by_halving(number: Fraction, degree: int) -> None:
    assert power(Column.of(number), Column.of(Fraction(1, degree))).listed() == [root(number, degree)]


@given(POSITIVE)
def test_a_square_root_is_the_power_of_a_half(number: Fraction) -> None:
    assert listed("sqrt", [number]) == power(Column.of(number), Column.of(Fraction(1, 2))).listed() == [root(number, 2)]


@given(st.fractions(-20, 20, max_denominator=30))
def test_the_exponential_and_the_logarithm_undo_one_another_to_nearly_ten_decimals(number: Fraction) -> None:
    [up] = listed("exp", [number])
    assume(up > Fraction(1, 100))
    [down] = listed("ln", [up])
    assert abs(down - number) < Fraction(1, 10**7)


@given(POSITIVE)
def test_a_logarithm_is_that_of_forty_digits(number: Fraction) -> None:
    with localcontext(prec=40):
        wanted = (Decimal(number.numerator) / number.denominator).ln().quantize(Decimal("1e-10"), ROUND_HALF_UP)
    assert listed("ln", [number]) == [Fraction(wanted)]


def test_out_of_their_range_they_have_no_value_and_say_why() -> None:
    for name, number in (("sqrt", -1), ("ln", 0), ("ln", -2), ("exp", GREATEST + 1)):
        found = FUNCTIONS[name](Column.of(number))
        assert (found.listed(), why(found)) == ([None], Why.OUT_OF_DOMAIN), name
    assert listed("exp", [-1000]) == [0]


def test_ten_decimals_round_half_up_and_exact_results_stay() -> None:
    assert at_ten(Decimal.sqrt, Fraction(9, 4)) == Fraction(3, 2)
    assert at_ten(lambda v: v, Fraction(5, 10**11)) == Fraction(1, 10**10)
    assert at_ten(lambda v: v, Fraction(-5, 10**11)) == Fraction(-1, 10**10)
    assert at_ten(lambda v: v, Fraction(49, 10**12)) == 0


# -------------------------------------------------------------------- powers


@given(NUMBERS, st.integers(-6, 6))
def test_whole_powers_are_exact(base: Fraction, exponent: int) -> None:
    found = power(Column.of(base), Column.of(exponent))
    if not base and exponent < 0:
        assert (found.listed(), why(found)) == ([None], Why.DIVIDED_BY_ZERO)
    else:
        assert found.listed() == [base**exponent]


@given(st.lists(st.tuples(NUMBERS, st.sampled_from([Fraction(2), Fraction(1, 2), Fraction(-1), Fraction(3, 2)])), min_size=2, max_size=5))
def test_a_power_among_others_is_what_it_is_alone(pairs: list[tuple[Fraction, Fraction]]) -> None:
    together = power(Column.numbers([b for b, _ in pairs]), Column.numbers([e for _, e in pairs]))
    alone = [power(Column.of(b), Column.of(e)) for b, e in pairs]
    assert together.listed() == [a.listed()[0] for a in alone]
    assert [why(together, i) for i in range(len(pairs))] == [why(a) for a in alone]


def test_a_base_below_nought_has_no_broken_power_and_nought_none_below_nought() -> None:
    half = Column.of(Fraction(1, 2))
    assert why(power(Column.of(-4), half)) == Why.OUT_OF_DOMAIN
    assert power(Column.of(0), half).listed() == [0]
    assert why(power(Column.numbers([0, 0]), Column.numbers([-1, Fraction(-1, 2)])), 0) == Why.DIVIDED_BY_ZERO


@given(st.lists(st.tuples(POSITIVE, st.integers(0, 3)), min_size=1, max_size=4))
def test_a_product_of_whole_powers_is_exact(pairs: list[tuple[Fraction, int]]) -> None:
    wanted = Fraction(1)
    for base, exponent in pairs:
        wanted *= base**exponent
    assert powers([Column.of(b) for b, _ in pairs], [Column.of(e) for _, e in pairs]).listed() == [wanted]


@given(st.lists(POSITIVE, min_size=2, max_size=4))
def test_a_geometric_mean_is_one_root_of_the_product(values: list[Fraction]) -> None:
    product = Fraction(1)
    for value in values:
        product *= value
    found = powers([Column.of(v) for v in values], [Column.of(Fraction(1, len(values)))] * len(values))
    assert found.listed() == [root(product, len(values))]


# -------------------------------------------------------------------- what is left, signs, calendars


@given(NUMBERS, NUMBERS.filter(bool))
def test_what_is_left_is_less_than_what_it_is_left_of_and_of_its_sign(value: Fraction, by: Fraction) -> None:
    [left] = listed("mod", [value], [by])
    assert abs(left) < abs(by)
    assert left == 0 or (left > 0) == (by > 0)
    assert ((value - left) / by).denominator == 1


@given(ROWS)
def test_a_number_is_its_sign_times_its_size(rows: list[Fraction | None]) -> None:
    signs, sizes = listed("sign", rows), listed("abs", rows)
    assert [None if s is None else s * a for s, a in zip(signs, sizes, strict=True)] == rows


@given(st.dates())
def test_a_date_has_the_parts_of_the_calendar(day: Any) -> None:
    parts = [FUNCTIONS[name](Column.dates([day, None])).listed() for name in ("year", "month", "day")]
    assert parts == [[day.year, None], [day.month, None], [day.day, None]]


# -------------------------------------------------------------------- blanks, branches


@given(st.lists(st.tuples(st.none() | NUMBERS, st.none() | NUMBERS), min_size=1, max_size=6))
def test_the_first_that_is_there_is_taken(rows: list[tuple[Any, Any]]) -> None:
    first, second = zip(*rows, strict=True)
    assert listed("coalesce", first, second) == [a if a is not None else b for a, b in rows]


def test_what_is_invalid_is_covered_by_nothing() -> None:
    invalid = Column.of(1).masked_where(np.array([True]), Why.INVALID)
    assert why(FUNCTIONS["coalesce"](invalid, Column.of(3))) == Why.INVALID


@given(st.lists(st.tuples(st.none() | st.booleans(), NUMBERS, st.none() | NUMBERS), min_size=1, max_size=6))
def test_a_branch_that_is_not_taken_is_not_asked(rows: list[tuple[Any, Any, Any]]) -> None:
    truth, then, otherwise = zip(*rows, strict=True)
    found = FUNCTIONS["if"](Column.truths(truth), Column.numbers(then), Column.numbers(otherwise)).listed()
    assert found == [None if t is None else a if t else b for t, a, b in rows]


# -------------------------------------------------------------------- bounds


def test_a_figure_longer_than_any_that_is_needed_is_out_of_range() -> None:
    long = Column.numbers([Fraction(1, 3**3000), Fraction(1, 3)])
    found = bounded(long)
    assert found.listed() == [None, Fraction(1, 3)]
    assert why(found) == Why.OUT_OF_DOMAIN
    just = Column.of(Fraction(1, 2 ** (MOST_BITS - 1)))
    assert bounded(just).listed() == just.listed()


@pytest.mark.parametrize("name", sorted(ARITY))
def test_every_function_with_a_number_of_arguments_is_there(name: str) -> None:
    least, most = ARITY[name]
    assert 1 <= least <= most
    assert name in FUNCTIONS
