"""Records combined by what each gives: sums, means, the best, first and further, one per matter, the worst deduction."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.rules.records import records

from scorekit.domain.column import Column, Why
from scorekit.domain.counted import Counted
from scorekit.domain.marks import Each, Records, records_of
from scorekit.testing import check_rule
from tests import oracle
from tests.plugins.columns import whys

WAYS = ("sum", "mean", "weighted-mean", "product", "best", "worst", "first-further")


def points(found: Any) -> list[Any]:
    """The exact points that a rule gave, or the figures of a column."""
    return (found if isinstance(found, Column) else found.points).listed()


def lists(*units: Any) -> Records:
    """Records of (value, key, meant, weight); None is a list that was not handed in."""
    rows = [r for u in units if u for r in u]
    make = (Column.numbers, Column.texts, Column.truths, Column.numbers)
    columns = {n: f(r[i] for r in rows) for i, (n, f) in enumerate(zip(("value", "key", "meant", "weight"), make, strict=True))}
    return records_of([None if u is None else [{}] * len(u) for u in units], columns)


def each(of: Records, name: str | None) -> Each | None:
    if name is None:
        return None
    column = of.columns[name]
    return Each(column.kind, column.values, column.why)


def combined(of: Records, **params: Any) -> Any:
    names = {n: each(of, params.pop(n)) for n in ("value", "where", "matter", "weight", "first", "further") if n in params}
    return records.function(of, **{"value": each(of, "value"), **names}, **params)


def plain(*values: Any) -> list[Any]:
    return [(v, "甲", True, 1) for v in values]


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({}, [10, 0, None]),
        ({"combine": "mean"}, [Fraction(10, 3), None, None]),
        ({"combine": "product"}, [30, 1, None]),
        ({"combine": "best", "k": 2}, [8, 0, None]),
        ({"combine": "worst", "k": 2}, [5, 0, None]),
        ({"combine": "first-further", "further": "weight"}, [7, 0, None]),
        ({"combine": "first-further", "first": "weight", "further": "value"}, [6, 0, None]),
    ],
)
def test_each_way_of_combining(params: dict[str, Any], expected: list[Any]) -> None:
    assert points(combined(lists(plain(5, 2, 3), [], None), **params)) == expected


def test_a_mean_of_no_record_is_missing_and_one_of_no_weight_divides_by_nothing() -> None:
    of = lists([], [(3, "甲", True, 0)], [(3, "甲", True, 1), (5, "乙", True, 3)])
    found = combined(of, combine="weighted-mean", weight="weight")
    assert (points(found), whys(found)) == ([None, None, Fraction(9, 2)], ["MISSING", "DIVIDED_BY_ZERO", "PRESENT"])


def test_the_worst_deduction_only_and_every_addition() -> None:
    found = combined(lists(plain(-1, 2, -3, -3, 4)), only="worst-deduction")
    assert points(found) == [3]
    assert found.counted.tolist() == [Counted.LIGHTER, 0, 0, Counted.LIGHTER, 0]


def test_of_one_matter_the_largest_amount_counts_plus_and_minus_apart_and_the_first_of_equals() -> None:
    of = lists([(2, "甲", True, 1), (3, "甲", True, 1), (-1, "甲", True, 1), (-4, "甲", True, 1), (3, "甲", True, 1), (1, "乙", True, 1)])
    found = combined(of, matter="key")
    same = Counted.SAME_MATTER
    assert (points(found), found.counted.tolist()) == ([0], [same, 0, same, 0, same, 0])
    assert points(found.value) == [3]


def test_keys_are_the_same_whatever_their_width_and_case() -> None:
    assert points(combined(lists([(2, "ABC杯", True, 1), (3, "ａｂｃ杯", True, 1)]), matter="key")) == [3]


def test_records_that_are_not_meant_do_not_count_and_may_lack_anything() -> None:
    found = combined(lists([(None, None, False, 1), (3, "甲", True, 1)]), where="meant", matter="key")
    assert (points(found), found.counted.tolist()) == ([3], [Counted.NOT_MEANT, 0])


@pytest.mark.parametrize("record", [(None, "甲", True, 1), (2, None, True, 1), (2, "甲", None, 1)])
def test_a_blank_that_decides_what_counts_leaves_the_unit_without_points(record: Any) -> None:
    found = combined(lists([record], plain(1)), where="meant", matter="key")
    assert (points(found), whys(found)) == ([None, 1], ["MISSING", "PRESENT"])


def test_a_record_to_which_nothing_applies_is_no_record() -> None:
    of = lists(plain(4, 6))
    value = of.columns["value"]
    mine = Each("number", value.values, np.array([Why.NOT_APPLICABLE, 0], dtype=np.uint8))
    found = records.function(of, value=mine, combine="mean")
    assert (points(found), found.counted.tolist()) == ([6], [Counted.NO_FIGURE, 0])


def test_records_that_another_list_bars_do_not_count_unless_the_clause_asks_for_them() -> None:
    of = lists(plain(4, 6))
    barred = Records(of.offsets, of.columns, of.why, Column.truths([True, False]))
    assert points(combined(barred)) == [6]
    assert points(combined(barred, counted=False)) == [10]
    assert combined(barred).counted.tolist() == [Counted.OTHER_LIST, 0]
    unknown = Records(of.offsets, of.columns, of.why, Column.truths([None, False]))
    assert points(combined(unknown)) == [None]


def test_numbers_beyond_62_bits_are_combined_as_exactly() -> None:
    great = Fraction(10**25, 7)
    of = lists(plain(great, great, -great), plain(Fraction(1, 3)), [])
    assert points(combined(of)) == [great, Fraction(1, 3), 0]
    assert points(combined(of, combine="product")) == [-(great**3), Fraction(1, 3), 1]
    assert points(combined(of, combine="best", k=2)) == [2 * great, Fraction(1, 3), 0]


def test_the_rule_keeps_the_laws_of_rules() -> None:
    check_rule(records, examples={"where": ["truth"], "matter": ["matter"], "weight": ["number"]}, max_examples=60)


NUMBERS = st.one_of(st.none(), st.integers(-6, 6).map(Fraction), st.fractions(-3, 3, max_denominator=9))
RECORD = st.tuples(NUMBERS, st.sampled_from([None, "甲", "乙", "丙"]), st.sampled_from([None, True, True, False]), NUMBERS)
UNITS = st.lists(st.lists(RECORD, max_size=5), min_size=1, max_size=6)
PARAMS = st.fixed_dictionaries(
    {"combine": st.sampled_from(WAYS)},
    optional={
        "where": st.just("meant"),
        "matter": st.just("key"),
        "only": st.just("worst-deduction"),
        "k": st.integers(1, 3),
        "weight": st.just("weight"),
        "first": st.just("weight"),
        "further": st.just("weight"),
    },
)


@given(UNITS, PARAMS)
def test_a_plain_program_in_fractions_gives_every_unit_the_same(units: list[Any], params: dict[str, Any]) -> None:
    rows = [[dict(zip(("value", "key", "meant", "weight"), r, strict=True)) for r in u] for u in units]
    expected = [oracle.records(r, value="value", **params) for r in rows]
    assert points(combined(lists(*units), **params)) == expected


@given(UNITS, PARAMS)
def test_a_unit_alone_gets_what_it_gets_among_others(units: list[Any], params: dict[str, Any]) -> None:
    of = lists(*units)
    together = points(combined(of, **params))
    assert [points(combined(of.take(np.array([row])), **params))[0] for row in range(len(of))] == together
