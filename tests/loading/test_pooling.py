"""Pooling: small tables of one shape become one, and nothing else changes."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.intake import RawTable
from scorekit.loading import pooling
from scorekit.loading.pooling import pooled
from tests.intake import table


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=4), max_size=6))
def test_pooled_rows_are_the_rows_in_their_order(parts):
    tables = [table({"n": part}, name=f"{i}.xlsx") for i, part in enumerate(parts)]
    found = list(pooled(tables))
    assert len(found) <= 1
    rows = [(t.files[f], r, c) for t in found for f, r, c in zip(t.file, t.row, t.columns["n"], strict=True)]
    assert rows == [(f"{i}.xlsx", r + 2, c) for i, part in enumerate(parts) for r, c in enumerate(part)]


def test_tables_of_another_shape_stay_apart():
    tables = [
        table({"a": [1]}),
        table({"b": [1]}),
        table({"a": [1]}, sheet="x"),
        table({"a": [1]}, rubric="r"),
        table({"a": [2]}, letters=False),
        table({"a": [3]}),
    ]
    assert [next(iter(t.columns.values())) for t in pooled(tables)] == [[1, 3], [1], [1], [1], [2]]


def test_large_and_typed_tables_pass_at_once(monkeypatch):
    monkeypatch.setattr(pooling, "ROWS", 4)
    typed = RawTable({"n": np.arange(1)}, ("a",), (0,), (1,))
    large, small = table({"n": [1, 2, 3]}), table({"n": [4]})
    assert [len(t) for t in pooled([small, large, typed, small, small, small])] == [3, 1, 3, 1]


def test_values_that_stand_elsewhere_keep_their_places_in_a_pool() -> None:
    from scorekit.domain.tables import Origin

    places = [Origin("长表.csv", "", f"C{i}") for i in range(2, 5)]
    first = table({"unit": ["甲", "乙"], "a": [1, 2]}, name="1.xlsx", elsewhere={"a": {1: places[0]}})
    second = table({"unit": ["丙"], "a": [3]}, name="2.xlsx", elsewhere={"a": {0: places[1]}})
    [found] = pooled([first, second])
    assert found.elsewhere == {"a": {1: places[0], 2: places[1]}}


def test_many_tiny_tables_are_counted_as_they_come(monkeypatch):
    monkeypatch.setattr(pooling, "ROWS", 6)
    counted = []

    class Counting(RawTable):
        def __len__(self):
            counted.append(self)
            return super().__len__()

    tables = [Counting({"n": [i]}, (f"{i}",), (0,), (2,), letters={"n": "A"}) for i in range(40)]
    assert [list(t.columns["n"]) for t in pooled(tables)] == [list(range(i, i + 4)) for i in range(0, 40, 4)]
    assert len(counted) < 10 * len(tables)
