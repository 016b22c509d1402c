"""Exact columns agree with Fraction, row by row, however great, small or crowded their numbers are."""

from __future__ import annotations

import math
import operator
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.exact import LIMIT, Exact, stacked
from scorekit.domain.points import MODES
from scorekit.domain.room import NARROW, SHORT

SIZES = {
    "narrow": (st.integers(-999, 999), st.integers(1, 100)),
    "plain": (st.integers(-(10**9), 10**9), st.integers(1, 10**6)),
    "great": (st.integers(-(2**63), 2**63), st.integers(1, 2**63)),
    "endless": (st.integers(-(2**140), 2**140), st.integers(1, 2**140)),
}
PRIMES = (1, 2, 3, 7, 97, 10**9 + 7, 2**31 - 1, 2**61 - 1)


@st.composite
def numbers(draw, size: int | None = None, positive: bool = False) -> list[Fraction]:
    """A list of rationals: of one kind and denominator, or all mixed."""
    num, den = SIZES[draw(st.sampled_from(sorted(SIZES)))]
    num = num.map(lambda n: abs(n) or 1) if positive else num
    rows = draw(st.integers(1, 6)) if size is None else size
    form = draw(st.sampled_from(["one denominator", "many", "primes"]))
    dens = {"one denominator": st.just(draw(den)), "many": den, "primes": st.sampled_from(PRIMES)}[form]
    return [Fraction(draw(num), draw(dens)) for _ in range(rows)]


@st.composite
def pairs(draw, positive: bool = False) -> tuple[list[Fraction], list[Fraction]]:
    """Two columns of one length, either of which may be a constant."""
    left = draw(numbers())
    right = draw(numbers(size=draw(st.sampled_from([1, len(left)])), positive=positive))
    return (right, left) if draw(st.booleans()) and not positive else (left, right)


def column(values: list[Fraction], ragged: bool = False) -> Exact:
    """The column of *values*; *ragged* keeps one denominator a row."""
    exact = Exact.of(values)
    if not ragged:
        return exact
    common = 6 if max(exact.peak, exact.dpeak) * 6 <= LIMIT else 1
    dens = [v.denominator * common for v in values]
    width = object if max(exact.peak * 6, *dens, *(abs(v.numerator) * 6 for v in values)) > LIMIT else np.int64
    num = np.array([v.numerator * common for v in values], dtype=width)
    return Exact(num, np.array(dens, dtype=width), max(abs(int(n)) for n in num), max(dens)).narrowed()


def each(operation, left: list[Fraction], right: list[Fraction]) -> list:
    size = max(len(left), len(right))
    return [operation(a, b) for a, b in zip(left * (size // len(left)), right * (size // len(right)), strict=True)]


def sound(exact: Exact) -> bool:
    """Whether bounds and widths are what they promise."""
    dens = [exact.den] if isinstance(exact.den, int) else exact.den.tolist()
    top = {np.dtype(np.int16): SHORT, np.dtype(np.int32): NARROW, np.dtype(np.int64): LIMIT}.get(exact.num.dtype, math.inf)
    return (
        all(abs(n) <= exact.peak for n in exact.num.tolist())
        and all(0 < d <= exact.dpeak for d in dens)
        and (not isinstance(exact.den, int) or exact.den == exact.dpeak)
        and (exact.wide or max(exact.peak, exact.dpeak) <= top)
        and (isinstance(exact.den, int) or (exact.den.dtype == object) == exact.wide)
    )


# -------------------------------------------------------------------- the laws of arithmetic


@given(pairs(), st.booleans(), st.booleans(), st.sampled_from([operator.add, operator.sub, operator.mul]))
def test_arithmetic_is_that_of_fractions(pair, ragged_left, ragged_right, operation) -> None:
    left, right = pair
    result = operation(column(left, ragged_left), column(right, ragged_right))
    assert result.fractions() == each(operation, left, right)
    assert sound(result)


@given(pairs(), st.booleans(), st.booleans(), st.booleans())
def test_a_quotient_is_that_of_fractions_wherever_nothing_is_divided_by_zero(pair, ragged_left, ragged_right, zero) -> None:
    left, right = pair
    if zero:
        right = [Fraction(0), *right[1:]]
    result = column(left, ragged_left).divided(column(right, ragged_right))
    found, wanted = result.fractions(), each(lambda a, b: a / b if b else None, left, right)
    assert [f for f, w in zip(found, wanted, strict=True) if w is not None] == [w for w in wanted if w is not None]
    assert sound(result)


@given(pairs(), st.booleans(), st.booleans())
def test_comparison_is_that_of_fractions(pair, ragged_left, ragged_right) -> None:
    left, right = pair
    a, b = column(left, ragged_left), column(right, ragged_right)
    assert a.less(b).tolist() == each(operator.lt, left, right)
    assert a.less_equal(b).tolist() == each(operator.le, left, right)
    assert a.equal(b).tolist() == each(operator.eq, left, right)


@given(numbers(), st.booleans(), st.booleans())
def test_a_column_is_neither_less_nor_more_than_itself(values, ragged_left, ragged_right) -> None:
    a, b = column(values, ragged_left), column(values, ragged_right)
    assert a.equal(b).all()
    assert a.less_equal(b).all()
    assert not a.less(b).any()


@given(pairs(), st.booleans(), st.booleans(), st.data())
def test_choosing_takes_each_row_from_the_side_that_is_named(pair, ragged_left, ragged_right, data) -> None:
    left, right = pair
    size = max(len(left), len(right))
    holds = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    result = column(left, ragged_left).choose(np.array(holds), column(right, ragged_right))
    both = each(lambda a, b: (a, b), left, right)
    assert result.fractions() == [a if h else b for h, (a, b) in zip(holds, both, strict=True)]
    assert sound(result)


@given(pairs(), st.booleans(), st.booleans())
def test_the_greater_and_the_lesser_are_those_of_fractions(pair, ragged_left, ragged_right) -> None:
    left, right = pair
    a, b = column(left, ragged_left), column(right, ragged_right)
    assert a.at_least(b).fractions() == each(max, left, right)
    assert a.at_most(b).fractions() == each(min, left, right)
    assert sound(a.at_least(b))


@given(numbers(), numbers(size=2), st.booleans(), st.booleans())
def test_closed_between_two_bounds_is_the_greater_and_then_the_lesser(values, ends, ragged, rows) -> None:
    low, high = ([end] * (len(values) if rows else 1) for end in ends)
    result = column(values, ragged).within(Exact.of(low), Exact.of(high))
    assert result.fractions() == [min(max(v, ends[0]), ends[1]) for v in values]
    assert sound(result)


@given(numbers(), st.booleans(), st.booleans())
def test_the_constant_nought_changes_no_sum(values, ragged, behind) -> None:
    exact, nought = column(values, ragged), Exact.one(0)
    total = exact + nought if behind else nought + exact
    assert total.fractions() == values
    assert (exact - nought).fractions() == values
    assert (nought - exact).fractions() == [-v for v in values]


@given(numbers(size=1), st.integers(0, 5))
def test_a_constant_stands_in_every_row_that_it_is_spread_over(values, size) -> None:
    whole = Exact.of(values).spread(size)
    assert whole.fractions() == values * size
    assert (whole + whole).fractions() == [2 * v for v in values] * size


@given(numbers(), st.booleans())
def test_sign_and_magnitude_are_those_of_fractions(values, ragged) -> None:
    exact = column(values, ragged)
    assert (-exact).fractions() == [-v for v in values]
    assert abs(exact).fractions() == [abs(v) for v in values]


@given(numbers(), st.booleans())
def test_floor_and_ceiling_are_those_of_fractions(values, ragged) -> None:
    exact = column(values, ragged)
    assert exact.floor().fractions() == [math.floor(v) for v in values]
    assert exact.ceil().fractions() == [math.ceil(v) for v in values]
    assert sound(exact.floor())


@given(numbers(), st.booleans(), st.integers(0, 6), st.sampled_from(MODES))
def test_a_minted_figure_is_the_nearest_by_its_mode_and_stands_over_its_digits(values, ragged, decimals, mode) -> None:
    minted = column(values, ragged).minted(decimals, mode)
    assert minted.fractions() == [nearest(v, decimals, mode) for v in values]
    assert minted.den == 10**decimals
    assert sound(minted)


def nearest(value: Fraction, decimals: int, mode: str) -> Fraction:
    scaled = value * 10**decimals
    low = math.floor(scaled)
    if mode in ("floor", "ceiling"):
        return Fraction(low if mode == "floor" else math.ceil(scaled), 10**decimals)
    size, sign = abs(scaled), -1 if scaled < 0 else 1
    low, rest = math.floor(size), size - math.floor(size)
    up = {
        "toward-zero": False,
        "away-from-zero": rest > 0,
        "half-up": rest >= Fraction(1, 2),
        "half-even": rest > Fraction(1, 2) or (rest == Fraction(1, 2) and low % 2 == 1),
    }[mode]
    return Fraction(sign * (low + up), 10**decimals)


def test_minting_to_more_digits_than_64_bits_hold_keeps_the_value() -> None:
    minted = Exact.of([Fraction(1, 8), Fraction(1, 3)]).minted(25, "half-up")
    assert minted.fractions() == [Fraction(1, 8), Fraction(10**25 // 3, 10**25)]
    assert Exact.of([7]).minted(25, "half-up").fractions() == [7]


@given(st.lists(numbers(), min_size=1, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4))
def test_stacking_puts_rows_under_one_another(lists, ragged) -> None:
    result = stacked([column(values, r) for values, r in zip(lists, ragged, strict=False)])
    assert result.fractions() == [v for values in lists for v in values]
    assert sound(result)


@given(numbers(), st.booleans(), st.data())
def test_taking_and_spreading_keep_values(values, ragged, data) -> None:
    rows = data.draw(st.lists(st.integers(0, len(values) - 1), max_size=5))
    exact = column(values, ragged)
    assert exact.take(rows).fractions() == [values[r] for r in rows]
    assert exact.spread(3).fractions() == (values * 3 if len(values) == 1 else values)


# -------------------------------------------------------------------- in and out


@given(st.lists(st.decimals(-99999, 99999, places=10), min_size=1, max_size=5))
def test_floats_are_taken_at_ten_decimals(decimals) -> None:
    exact = Exact.floats(np.array([float(d) for d in decimals]))
    assert exact.fractions() == [Fraction(str(d)) for d in decimals]


@given(st.lists(st.integers(-(10**14), 10**14), min_size=1, max_size=5), st.integers(0, 8))
def test_floats_that_came_from_short_decimals_are_those_decimals(units, places) -> None:
    wanted = [Fraction(u, 10**places) for u in units]
    assert Exact.floats(np.array([u / 10**places for u in units])).fractions() == wanted


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_a_float_is_taken_the_same_whatever_stands_beside_it(floats) -> None:
    together = Exact.floats(np.array(floats)).fractions()
    assert together == [Exact.floats(np.array([f])).fractions()[0] for f in floats]


def test_floats_beyond_64_bits_are_taken_as_they_are() -> None:
    assert Exact.floats(np.array([1e300, 0.25, 3e18])).fractions() == [Fraction(1e300), Fraction(1, 4), 3 * 10**18]


def test_floats_that_share_no_denominator_within_64_bits_keep_their_own() -> None:
    values = [123456789012345.0, 0.0000000003]
    assert Exact.floats(np.array(values)).fractions() == [123456789012345, Fraction(3, 10**10)]


def test_whole_numbers_and_truths_of_any_width_are_taken_exactly() -> None:
    assert Exact.integers(np.array([2**64 - 1, 0], dtype=np.uint64)).fractions() == [2**64 - 1, 0]
    assert Exact.integers(np.array([-(2**63), 2**63 - 1])).fractions() == [-(2**63), 2**63 - 1]
    assert Exact.integers(np.array([True, False])).fractions() == [1, 0]
    assert Exact.integers(np.array([], dtype=np.int64)).fractions() == []
    assert Exact.over(np.array([9028, 9000]), 10000).fractions() == [Fraction(2257, 2500), Fraction(9, 10)]


@given(numbers(), st.booleans())
def test_the_nearest_floats_are_the_nearest(values, ragged) -> None:
    assert column(values, ragged).doubles().tolist() == [v.numerator / v.denominator for v in values]


def test_a_constant_beyond_64_bits_compares_with_small_columns() -> None:
    small = Exact.of([1, 2])
    for great in (Exact.one(10**30), Exact.one(Fraction(1, 10**30))):
        assert small.less(great).all() == (great.fractions()[0] > 2)
        assert great.less_equal(small).all() == (great.fractions()[0] < 1)
    assert small.equal(Exact.one(10**30)).tolist() == [False, False]


def test_a_column_of_endless_numbers_compares_with_a_small_constant() -> None:
    crowded = Exact.of([Fraction(59, 50), Fraction(1, 2**56), Fraction(-7, 2), 4, 100])
    assert crowded.wide
    assert isinstance(crowded.den, int)
    for bound in (0, 1, 5, -3):
        assert crowded.less(Exact.one(bound)).tolist() == [v < bound for v in crowded.fractions()]
        assert crowded.less_equal(Exact.one(bound)).tolist() == [v <= bound for v in crowded.fractions()]
        assert Exact.one(bound).less(crowded).tolist() == [bound < v for v in crowded.fractions()]
        assert Exact.one(bound).less_equal(crowded).tolist() == [bound <= v for v in crowded.fractions()]


@pytest.mark.parametrize("value", [0, Fraction(1, 3), 2**70, Fraction(1, 2**70)])
def test_a_constant_is_one_row(value) -> None:
    assert Exact.one(value).constant
    assert Exact.one(value).fractions() == [value]
    assert len(Exact.one(value)) == 1


def test_a_constant_stands_on_either_side() -> None:
    whole, rates, third = Exact.of([1, 2]), Exact.of([1, 2]).divided(Exact.of([3, 7])), Exact.one(Fraction(1, 3))
    assert (third * whole).fractions() == [Fraction(1, 3), Fraction(2, 3)]
    assert (third * rates).fractions() == [Fraction(1, 9), Fraction(2, 21)]
    assert third.less(whole).tolist() == [True, True]
    assert third.less(rates).tolist() == [False, False]
    assert third.less_equal(rates).tolist() == [True, False]
