"""Groups of units: alike in all keys; a unit that lacks one is in none."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column
from scorekit.domain.grouping import NOWHERE, gathered, grouped


def test_without_keys_all_units_are_one_group() -> None:
    assert grouped((), 3).tolist() == [0, 0, 0]
    assert grouped((), 0).tolist() == []


def test_units_alike_in_all_keys_are_together() -> None:
    kind = Column.texts(["a", "a", "b", "a"])
    size = Column.numbers([1, 2, 1, 1])
    found = grouped((kind, size), 4)
    assert found[0] == found[3]
    assert len(set(found.tolist())) == 3


def test_a_unit_that_lacks_a_key_is_in_no_group() -> None:
    found = grouped((Column.texts(["a", None, "a"]), Column.truths([True, True, None])), 3)
    assert found.tolist() == [0, NOWHERE, NOWHERE]


def test_rows_are_gathered_group_after_group_in_their_own_order() -> None:
    rows, lists = gathered(np.array([1, 0, 1, NOWHERE, 0]), np.array([True, True, True, True, False]), 3)
    assert rows.tolist() == [1, 0, 2]
    assert lists.lengths.tolist() == [1, 2, 0]


@given(st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from([0, 1, None])), max_size=12))
def test_two_units_share_a_group_just_where_all_keys_are_equal(pairs: list[tuple[str | None, int | None]]) -> None:
    found = grouped((Column.texts(p[0] for p in pairs), Column.numbers(p[1] for p in pairs)), len(pairs)).tolist()
    for i, first in enumerate(pairs):
        assert (found[i] == NOWHERE) == (None in first)
        for j, second in enumerate(pairs):
            assert (found[i] == found[j]) == (first == second) or None in first or None in second
