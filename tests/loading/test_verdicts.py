"""Rows of units that stand in several tables are known by their marks; what becomes of them is done to the whole table."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.intake import RawTable
from scorekit.domain.tables import Origin
from scorekit.loading.verdicts import Verdict, left_of, listed, part, shared_rows


def table(*cells: object) -> RawTable:
    size = len(cells)
    return RawTable(
        {"a": list(cells)}, ("f",), [0] * size, range(2, size + 2), letters={"a": "A"}, elsewhere={"a": {0: Origin("g", "", "B1")}}
    )


@given(st.lists(st.lists(st.integers(0, 6), max_size=6), max_size=5))
def test_rows_are_shared_whose_mark_stands_in_another_row_and_is_not_zero(marks: list[list[int]]) -> None:
    counts = Counter(m for own in marks for m in own)
    found = shared_rows([np.array(own, dtype=np.uint64) for own in marks])
    assert [rows.tolist() for rows in found] == [[i for i, m in enumerate(own) if m and counts[m] > 1] for own in marks]


def test_a_verdict_on_some_rows_leaves_the_others_as_they_are() -> None:
    verdict = Verdict(np.array([1, 3]), np.array([True, False]), {"a": {1: "new"}, "b": {1: 5}}, {"b": {1: Origin("h", "s", "C9")}})
    left = verdict.on(table(10, 11, 12, 13, 14))
    assert left is not None
    assert (left.columns, list(left.row)) == ({"a": [10, "new", 12, 14], "b": [None, 5, None, None]}, [2, 3, 4, 6])
    assert left.elsewhere == {"a": {0: Origin("g", "", "B1")}, "b": {1: Origin("h", "s", "C9")}}


def test_of_a_table_without_rows_that_stay_nothing_is_left() -> None:
    gone = Verdict(np.array([0, 1]), np.array([False, False]), {}, {})
    first, second = table(1, 2), table(3)
    assert [(whole is own, left is own) for own, (whole, left) in zip((first, second), left_of([first, second], {}), strict=True)] == [
        (True, True),
        (True, True),
    ]
    assert [left for _, left in left_of([first, second], {0: gone})] == [None, second]


def test_all_rows_of_a_table_are_the_table_and_some_are_those() -> None:
    whole = table(1, 2, 3)
    assert part(whole, np.arange(3)) is whole
    assert part(whole, np.array([0, 2])).columns["a"] == [1, 3]


def test_columns_of_any_kind_are_listed_and_masked_figures_are_none() -> None:
    assert listed(np.ma.masked_array([1, 2], [False, True])) == [1, None]
    assert (listed(np.array([1, 2])), listed(("a", None))) == ([1, 2], ["a", None])
