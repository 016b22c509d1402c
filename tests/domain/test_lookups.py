"""Lookup tables: the row that a plain program over dicts and bisect finds, for whole columns at once."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.lookups import MATCHES, Key, LookupTable

TEXTS = ["国家级", "省级", "ＡＢ", "a b", "市级"]
NUMBERS = [Fraction(n, d) for n in range(-2, 4) for d in (1, 2, 3)] + [Fraction(10**25), Fraction(1, 7**30)]


def table(rows: list[tuple[Any, ...]], *matches: str, otherwise: Any = None) -> LookupTable:
    keys = tuple(Key(f"k{i}", m) for i, m in enumerate(matches))
    cells = tuple(tuple(r[i] for r in rows) for i in range(len(keys)))
    return LookupTable("t", "表", keys, cells, Column.numbers([r[-1] for r in rows]), None if otherwise is None else Column.of(otherwise))


def by_hand(rows: list[tuple[Any, ...]], matches: tuple[str, ...], asked: tuple[Any, ...]) -> Any:
    """The value of the row that is left when each key in turn keeps those that fit it best; None where none is left."""
    left = rows
    for place, (match, value) in enumerate(zip(matches, asked, strict=True)):
        lines = sorted({r[place] for r in left})
        if match == "equal":
            at = lines.index(value) if value in lines else -1
        elif match in ("at_least", "above"):
            at = (bisect_right if match == "at_least" else bisect_left)(lines, value) - 1
        else:
            at = (bisect_left if match == "at_most" else bisect_right)(lines, value)
        if not 0 <= at < len(lines):
            return None
        left = [r for r in left if r[place] == lines[at]]
    return left[0][-1]


@st.composite
def cases(draw: Any) -> tuple[list[tuple[Any, ...]], tuple[str, ...], list[tuple[Any, ...]]]:
    """A table of one to three keys, and what is asked of it."""
    matches = tuple(draw(st.lists(st.sampled_from(MATCHES), min_size=1, max_size=3)))
    pool = [st.sampled_from(NUMBERS)] * len(matches)
    keys = draw(st.lists(st.tuples(*pool), min_size=1, max_size=8, unique=True))
    asked = draw(st.lists(st.tuples(*pool), min_size=1, max_size=6))
    return [(*k, i) for i, k in enumerate(keys)], matches, asked


@given(cases())
def test_a_row_is_the_one_that_dicts_and_bisect_find(case: Any) -> None:
    rows, matches, asked = case
    columns = [Column.numbers([a[i] for a in asked]) for i in range(len(matches))]
    assert table(rows, *matches).found(columns).listed() == [by_hand(rows, matches, a) for a in asked]


@given(cases(), st.data())
def test_what_a_unit_finds_never_depends_on_the_other_units(case: Any, data: Any) -> None:
    rows, matches, asked = case
    found = table(rows, *matches)
    columns = [Column.numbers([a[i] for a in asked]) for i in range(len(matches))]
    row = data.draw(st.integers(0, len(asked) - 1))
    assert found.found(columns).take([row]).listed() == found.found([c.take([row]) for c in columns]).listed()


@given(
    st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4, unique=True), st.lists(st.sampled_from([*TEXTS, "ab", "A B", ""]), min_size=1)
)
def test_texts_are_compared_folded(keys: list[str], asked: list[str]) -> None:
    def folded(text: str) -> str:
        return text.replace("ＡＢ", "ab").replace(" ", "").lower()

    rows = [(k, i) for i, k in enumerate(keys) if folded(k) not in {folded(o) for o in keys[:i]}]
    wanted = {folded(k): v for k, v in rows}
    assert table(rows, "equal").found([Column.texts(asked)]).listed() == [wanted.get(folded(a)) for a in asked]


def test_no_row_is_invalid_unless_the_table_says_otherwise() -> None:
    rows: list[tuple[Any, ...]] = [("省级", 3)]
    found = table(rows, "equal").found([Column.texts(["省级", "市级", None])])
    assert found.why is not None
    assert found.why.tolist() == [0, Why.INVALID, Why.MISSING]
    stated = table(rows, "equal", otherwise=Decimal("0.5")).found([Column.texts(["省级", "市级", None])])
    assert stated.listed() == [3, Fraction(1, 2), None]


def test_a_key_that_is_invalid_or_missing_keeps_its_reason_the_graver_one_first() -> None:
    first = Column.texts(["省级", None]).masked_where(np.array([True, False]), Why.INVALID)
    found = table([("省级", 1, 3)], "equal", "at_least").found([first, Column.numbers([None, 1])])
    assert found.why is not None
    assert found.why.tolist() == [Why.MISSING, Why.MISSING] or found.why.tolist() == [Why.INVALID, Why.MISSING]


def test_dates_and_truths_and_numbers_written_as_text_are_keys_too() -> None:
    lines = table([("2024-01-01", 60), ("2025-01-01", 65)], "at_least")
    days = [datetime.date(2023, 12, 31), datetime.date(2024, 1, 1), datetime.date(2024, 12, 31), datetime.date(2026, 1, 1)]
    assert lines.found([Column.dates(days)]).listed() == [None, 60, 60, 65]
    assert table([(True, 1), (False, 0)], "equal").found([Column.truths([False, True, None])]).listed() == [0, 1, None]
    assert table([("007", 1), ("2.50", 2)], "equal").found([Column.numbers([7, Decimal("2.5")])]).listed() == [1, 2]


def test_a_constant_key_stands_beside_any_column() -> None:
    found = table([("a", 0, 1), ("b", 5, 2)], "equal", "at_least")
    assert found.found([Column.of("b"), Column.numbers([4, 5, 6])]).listed() == [None, 2, 2]
    assert found.found([Column.of("a"), Column.of(3)]).listed() == [1]


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("x", "number"), (True, "number"), ("1e5", "number"), ("2026-13-01", "date"), (3, "date"), (3, "text"), ("是", "truth")],
)
def test_a_cell_of_another_kind_is_named(cell: Any, kind: Any) -> None:
    with pytest.raises(ValueError, match=str(cell) if cell != "2026-13-01" else "month"):
        table([(cell, 1)], "equal").lines(0, kind)


def test_values_may_be_texts_or_dates() -> None:
    words = LookupTable("t", "表", (Key("k"),), (("a", "b"),), Column.texts(["好", "差"]), Column.of("中"))
    assert words.found([Column.texts(["b", "c", "a"])]).listed() == ["差", "中", "好"]
    assert len(words) == 2
    days = LookupTable("t", "表", (Key("k"),), (("a",),), Column.dates([datetime.date(2026, 1, 2)]))
    assert days.found([Column.texts(["a", "z"])]).listed() == [datetime.date(2026, 1, 2), None]
