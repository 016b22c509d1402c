"""Columns reckon row by row, exactly; what is masked stays masked, for the gravest reason that met there."""

from __future__ import annotations

import operator
import pickle
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why, column, stack, where

F = Fraction
fractions = st.fractions(-1000, 1000, max_denominator=50)
maybe = st.one_of(st.none(), fractions)


def whys(found: Column) -> list[Why]:
    return [Why(0)] * len(found) if found.why is None else [Why(w) for w in found.why.tolist()]


def masked(values: list, reasons: list[Why]) -> Column:
    made = Column.numbers(values)
    return Column("number", made.values, np.array(reasons, dtype=np.uint8))


# -------------------------------------------------------------------- making


def test_a_constant_is_one_row_of_its_kind() -> None:
    assert (Column.of(None).listed(), Column.of(None).kind, whys(Column.of(None))) == ([None], "number", [Why.MISSING])
    assert (Column.of(True).listed(), Column.of(True).kind) == ([True], "truth")
    assert (Column.of("甲").listed(), Column.of("甲").kind) == (["甲"], "text")
    assert (Column.of(date(2026, 6, 30)).listed(), Column.of(date(2026, 6, 30)).kind) == ([date(2026, 6, 30)], "date")
    assert (Column.of(Decimal("0.90")).listed(), Column.of(3).kind) == ([F(9, 10)], "number")
    assert column(0.1).listed() == [F(1, 10)]
    assert column(Column.of(1)).listed() == [1]


def test_lists_hold_none_where_nothing_is_there() -> None:
    assert Column.numbers([1, None, Decimal("0.5")]).listed() == [1, None, F(1, 2)]
    assert Column.truths([True, None, False]).listed() == [True, None, False]
    assert Column.texts(["a", None]).listed() == ["a", None]
    assert Column.dates([date(1969, 12, 31), None]).listed() == [date(1969, 12, 31), None]
    assert Column.numbers([]).listed() == []
    assert repr(Column.numbers([1, None])) == "Column(number, [Fraction(1, 1), None])"


def test_arrays_are_taken_exactly_and_what_is_no_number_is_invalid() -> None:
    assert Column.array(np.array([True, False])).kind == "truth"
    assert Column.array(np.array([1, 2], dtype=np.int8)).listed() == [1, 2]
    assert Column.array(np.array([0.1, 0.9228])).listed() == [F(1, 10), F(9228, 10000)]
    blank = np.array([0, Why.MISSING, 0], dtype=np.uint8)
    assert whys(Column.array(np.array([0.5, np.nan, np.inf]), blank)) == [Why.PRESENT, Why.MISSING, Why.INVALID]
    assert whys(Column.array(np.array([np.nan]))) == [Why.INVALID]


# -------------------------------------------------------------------- arithmetic


@given(st.lists(st.tuples(maybe, maybe), min_size=1), st.sampled_from([operator.add, operator.sub, operator.mul, operator.truediv]))
def test_arithmetic_is_exact_and_missing_in_is_missing_out(rows, operation) -> None:
    left, right = Column.numbers([a for a, _ in rows]), Column.numbers([b for _, b in rows])
    divides = operation is operator.truediv
    wanted = [None if a is None or b is None or (divides and b == 0) else operation(a, b) for a, b in rows]
    assert operation(left, right).listed() == wanted


@given(st.lists(maybe, min_size=1), fractions)
def test_a_number_may_stand_on_either_side(values, number) -> None:
    of = Column.numbers(values)
    for operation in (operator.add, operator.sub, operator.mul):
        assert operation(number, of).listed() == [None if v is None else operation(number, v) for v in values]
        assert operation(of, number).listed() == [None if v is None else operation(v, number) for v in values]
    assert (number / of).listed() == [None if not v else number / v for v in values]


def test_division_by_zero_is_missing_with_its_reason_unless_there_is_a_reason_already() -> None:
    below = masked([0, 0, 2, 0], [Why.PRESENT, Why.NOT_APPLICABLE, Why.PRESENT, Why.INVALID])
    assert whys(column(1) / below) == [Why.DIVIDED_BY_ZERO, Why.NOT_APPLICABLE, Why.PRESENT, Why.INVALID]
    assert whys(Column.numbers([1, 2]) / 0) == [Why.DIVIDED_BY_ZERO] * 2


def test_where_reasons_meet_the_graver_counts() -> None:
    a = masked([1, 1, 1], [Why.MISSING, Why.PRESENT, Why.INVALID])
    b = masked([1, 1, 1], [Why.NOT_APPLICABLE, Why.TOO_FEW, Why.PRESENT])
    assert whys(a + b) == [Why.MISSING, Why.TOO_FEW, Why.INVALID]
    assert whys(a + Column.of(None)) == [Why.MISSING, Why.MISSING, Why.INVALID]
    assert whys(a.masked_like(b)) == [Why.MISSING, Why.TOO_FEW, Why.INVALID]


@given(st.lists(maybe, min_size=1), st.integers(-3, 3).filter(bool))
def test_whole_powers_are_exact(values, power) -> None:
    found = (Column.numbers(values) ** power).listed()
    assert found == [None if v is None or (power < 0 and v == 0) else v**power for v in values]


def test_the_power_of_nought_is_one() -> None:
    assert (Column.numbers([5, 7]) ** 0).listed() == [1]


def test_signs_and_whole_numbers() -> None:
    of = Column.numbers([F(5, 2), F(-5, 2), None])
    assert (-of).listed() == [F(-5, 2), F(5, 2), None]
    assert abs(of).listed() == [F(5, 2), F(5, 2), None]
    assert of.floor().listed() == [2, -3, None]
    assert of.ceil().listed() == [3, -2, None]
    assert of.minted(0).listed() == [3, -3, None]


def test_minting_keeps_the_unit_and_arithmetic_does_not() -> None:
    rate = Column("number", Column.numbers([F(1, 3)]).values, None, "percent")
    assert rate.minted(4).unit == "percent"
    assert (rate * 1).unit is None


def test_dates_reckon_in_days() -> None:
    due, done = Column.of(date(2026, 6, 30)), Column.dates([date(2026, 7, 30), None])
    assert ((done - due).kind, (done - due).listed()) == ("number", [30, None])
    assert (done + 1).listed() == [date(2026, 7, 31), None]
    assert (done - 30).listed() == [date(2026, 6, 30), None]
    assert done.clip(None, due).listed() == [date(2026, 6, 30), None]
    assert (done > due).listed() == [True, None]


@given(st.lists(maybe, min_size=1), fractions, fractions)
def test_clipping_holds_values_between_low_and_high(values, one, other) -> None:
    low, high = sorted([one, other])
    assert Column.numbers(values).clip(low, high).listed() == [None if v is None else min(max(v, low), high) for v in values]


def test_clipping_by_what_is_not_known_is_not_known() -> None:
    assert Column.numbers([1, 2]).clip(None, Column.numbers([None, 1])).listed() == [None, 1]
    assert Column.numbers([1, 2]).clip().listed() == [1, 2]


# -------------------------------------------------------------------- order and truth


@given(st.lists(st.tuples(maybe, maybe), min_size=1))
def test_comparison_is_exact_and_with_a_blank_unknown(rows) -> None:
    left, right = Column.numbers([a for a, _ in rows]), Column.numbers([b for _, b in rows])
    for compare in (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne):
        assert compare(left, right).listed() == [None if a is None or b is None else compare(a, b) for a, b in rows]


def test_texts_and_truths_are_equal_or_not() -> None:
    assert (Column.texts(["a", None, "b"]) == "a").listed() == [True, None, False]
    assert (Column.truths([True, None]) != True).listed() == [False, None]  # noqa: E712
    with pytest.raises(TypeError, match="text and number cannot be compared"):
        Column.texts(["a"]) == 1  # noqa: B015


def test_steps_of_two_percent_are_counted_exactly() -> None:
    rate = Column.array(np.array([0.80, 0.88, 0.9, 173 / 200]))
    assert ((Decimal("0.90") - rate) / Decimal("0.02")).floor().listed() == [5, 1, 0, 1]
    assert (rate >= Decimal("0.865")).listed() == [False, True, True, True]


@pytest.mark.parametrize(("a", "b"), list(product([True, False, None], repeat=2)))
def test_and_or_not_have_three_values(a, b) -> None:
    left, right = Column.truths([a, True]).take([0]), Column.truths([b, True]).take([0])
    both = False if a is False or b is False else None if a is None or b is None else True
    either = True if a is True or b is True else None if a is None or b is None else False
    assert (left & right).listed() == [both]
    assert (left | right).listed() == [either]
    assert (~left).listed() == [None if a is None else not a]


def test_a_constant_truth_decides_every_row() -> None:
    unknown = Column.truths([None, None])
    assert (unknown & False).listed() == [False, False]
    assert (unknown | True).listed() == [True, True]
    assert (unknown & True).listed() == [None, None]


def test_only_given_asks_about_blanks() -> None:
    assert Column.numbers([0, None]).given().listed() == [True, False]
    assert Column.numbers([0]).masked.tolist() == [False]


def test_a_text_is_no_number_and_a_number_no_truth() -> None:
    with pytest.raises(TypeError, match="a text is no number"):
        Column.texts(["a"]) + 1
    with pytest.raises(TypeError, match="a number is no truth"):
        ~Column.numbers([1])
    assert (Column.truths([True, False]) + 1).listed() == [2, 1]


def test_a_column_is_no_key() -> None:
    with pytest.raises(TypeError):
        hash(Column.of(1))


# -------------------------------------------------------------------- choosing


@given(st.lists(st.tuples(st.sampled_from([True, False, None]), maybe, maybe), min_size=1), st.booleans(), st.booleans())
def test_where_takes_value_and_mask_of_the_side_it_chooses(rows, constant_then, constant_otherwise) -> None:
    thens = [rows[0][1]] * len(rows) if constant_then else [a for _, a, _ in rows]
    otherwises = [rows[0][2]] * len(rows) if constant_otherwise else [b for _, _, b in rows]
    then = Column.of(thens[0]) if constant_then else Column.numbers(thens)
    otherwise = Column.of(otherwises[0]) if constant_otherwise else Column.numbers(otherwises)
    found = where(Column.truths([c for c, _, _ in rows]), then, otherwise)
    asked = zip((c for c, _, _ in rows), thens, otherwises, strict=True)
    assert found.listed() == [None if c is None else a if c else b for c, a, b in asked]


def test_a_constant_condition_chooses_for_every_row_masks_included() -> None:
    some = Column.numbers([1, None])
    assert where(Column.of(True), some, 0).listed() == [1, None]
    assert where(Column.of(True), some, Column.of(None)).listed() == [1, None]
    assert where(Column.of(False), some, Column.of(None)).listed() == [None, None]
    unknown = Column.of(None) == 1
    assert where(unknown, some, 0).listed() == [None, None]


def test_where_gives_the_reason_of_what_was_asked_or_chosen() -> None:
    then, otherwise = masked([1, 1, 1], [Why.INVALID] * 3), masked([1, 1, 1], [Why.TOO_FEW] * 3)
    asked = Column("truth", np.array([True, False, True]), np.array([0, 0, Why.MISSING], dtype=np.uint8))
    assert whys(where(asked, then, otherwise)) == [Why.INVALID, Why.TOO_FEW, Why.MISSING]


def test_texts_and_truths_are_chosen_too() -> None:
    asked = Column.truths([True, False])
    assert where(asked, "甲", "乙").listed() == ["甲", "乙"]
    assert where(asked, False, True).listed() == [False, True]


TABLE = {"国家级": Column.of(5), "省级": Column.of(F(5, 2))}


def test_a_text_is_looked_up_and_one_without_an_entry_is_invalid() -> None:
    found = Column.texts(["省级", None, "县级", "国家级"]).looked_up(TABLE)
    assert found.listed() == [F(5, 2), None, None, 5]
    assert whys(found) == [Why.PRESENT, Why.MISSING, Why.INVALID, Why.PRESENT]


def test_a_text_without_an_entry_gets_otherwise() -> None:
    assert Column.texts(["县级", None]).looked_up(TABLE, Column.of(0)).listed() == [0, None]
    assert Column.texts(["省级", "国家级"]).looked_up(TABLE).why is None


def test_entries_may_differ_from_row_to_row() -> None:
    table = {"甲": Column.numbers([1, 2, None, 4]), "乙": Column.of(7)}
    found = Column.texts(["甲", "乙", "甲", "丙"]).looked_up(table)
    assert (found.listed(), whys(found)) == ([1, 7, None, None], [Why.PRESENT, Why.PRESENT, Why.MISSING, Why.INVALID])
    assert Column.texts(["丙", "甲", "甲", None]).looked_up(table, Column.of(9)).listed() == [9, 2, None, None]


def test_only_texts_are_looked_up() -> None:
    with pytest.raises(TypeError, match="a text is needed"):
        Column.numbers([1]).looked_up(TABLE)


# -------------------------------------------------------------------- masks and rows


def test_rows_are_masked_by_array_or_truth_and_keep_an_earlier_reason() -> None:
    of = Column.numbers([1, None, 3])
    assert whys(of.masked_where(np.array([True, True, False]), Why.INVALID)) == [Why.INVALID, Why.MISSING, Why.PRESENT]
    assert whys(of.masked_where(of > 2, Why.TOO_FEW)) == [Why.PRESENT, Why.MISSING, Why.TOO_FEW]
    assert whys(Column.numbers([1, 3]).masked_where(np.array([True, False]), Why.ERROR)) == [Why.ERROR, Why.PRESENT]
    assert of.masked_where(np.zeros(3, dtype=bool), Why.ERROR) is of


def test_rows_are_filled() -> None:
    of = Column.numbers([1, None, 3])
    assert of.filled(of.masked, 0).listed() == [1, 0, 3]
    assert Column.numbers([1, 3]).filled(np.array([True, False]), 9).listed() == [9, 3]
    assert Column.texts(["a", None]).filled(np.array([False, True]), "-").listed() == ["a", "-"]
    assert of.filled(np.zeros(3, dtype=bool), 0) is of


ROWS = [Column.numbers([1, None, 3]), Column.texts(["a", None, "c"]), Column.truths([True, None, False])]


@pytest.mark.parametrize("of", [*ROWS, Column.dates([date(2026, 1, 1), None, None])])
def test_rows_are_taken_and_stacked(of) -> None:
    listed = of.listed()
    assert of.take([2, 0]).listed() == [listed[2], listed[0]]
    assert of.take(np.array([False, True, True])).listed() == listed[1:]
    assert stack([of.take([0]), of.take([1, 2])]).listed() == listed
    assert stack([of]) is of
    assert stack([of.take([0]), of.take([0])]).listed() == [listed[0]] * 2
    plain = Column(of.kind, of.values)
    assert stack([plain, plain]).why is None


def test_a_constant_spreads_with_its_mask() -> None:
    assert Column.of(2).spread(3).listed() == [2, 2, 2]
    assert Column.of("a").spread(2).listed() == ["a", "a"]
    assert Column.of(None).spread(2).listed() == [None, None]
    assert Column.numbers([1, 2]).spread(2).listed() == [1, 2]


WORDS = ("企业", "机关", "事业")


@given(st.lists(st.sampled_from([*WORDS, "其他", "", None])))
def test_texts_are_found_among_words_and_the_rest_past_the_last(texts: list[str | None]) -> None:
    column = Column.texts(texts)
    wanted = [WORDS.index(t) if t in WORDS else len(WORDS) for t in texts]
    assert column.places(WORDS).tolist() == wanted
    assert column.places(WORDS) is column.places(WORDS)
    assert column.places(("",)).tolist() == [0 if t == "" else 1 for t in texts]


def test_what_was_sought_among_words_does_not_travel_with_a_column() -> None:
    column = Column("text", np.array(["企业"], dtype=object), unit="x")
    column.places(WORDS)
    again = pickle.loads(pickle.dumps(column))
    assert (again.listed(), again.unit, again._places) == (["企业"], "x", None)
