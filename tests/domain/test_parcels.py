"""Parcels: what is unpacked is what was packed, column by column."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Column, Why
from scorekit.domain.lazy import columns, shape_of
from scorekit.domain.marks import Panel, Records
from scorekit.domain.parcels import Parcel, packed, unpacked
from scorekit.domain.tables import ListSheet, Part, Problem, ScoreSheet
from scorekit.errors import T
from tests.domain.test_tables import content, table

WIDE = st.integers(-(10**25), 10**25) | st.integers(-200, 200) | st.integers(-(2**31), 2**31)
NUMBERS = st.lists(st.none() | st.builds(Fraction, WIDE, st.sampled_from([1, 3, 100, 7919])), min_size=1, max_size=9)


def back(parcel: Parcel, asked: list[tuple[int, int]] | None = None) -> Part:
    """The part again, noting what was fetched."""
    body = b"".join(parcel.body)

    def fetch(start: int, length: int) -> bytes:
        if asked is not None:
            asked.append((start, length))
        return body[start : start + length]

    return unpacked(parcel.head, fetch)


def same(a: Any, b: Any) -> bool:
    """Whether two columns of numbers hold the same, in integers as wide."""
    return bool(a.listed() == b.listed() and a.values.num.dtype == b.values.num.dtype and a.unit == b.unit)


@given(NUMBERS)
def test_numbers_of_any_size_come_back_as_they_were(numbers: list[Any]) -> None:
    column = Column("number", Column.numbers(numbers).values, Column.numbers(numbers).why, "percent")
    sheet = ScoreSheet(len(numbers), points={"a": column})
    _, found, _ = back(packed((table(len(numbers)), sheet, ())))
    assert same(found.points["a"], column)


TEXTS = st.lists(st.sampled_from(["企业", "机关", "", "a"]) | st.text(max_size=2), max_size=12)


@given(TEXTS, st.integers(1, 9))
def test_texts_come_back_as_they_were(texts: list[str], times: int) -> None:
    column = Column.texts([None if t == "a" else t for t in texts] * times)
    sheet = ScoreSheet(len(column), values={"a": column})
    _, found, _ = back(packed((table(len(column)), sheet, ())))
    assert found.values["a"].listed() == column.listed()  # type: ignore[union-attr]


def test_what_is_no_text_comes_back_in_a_column_of_texts_too() -> None:
    for odd in ([None, "a"], ["a", 7, "a", "a"], ["a"] * 300 + [None]):
        values = np.array(odd * 2, dtype=object)
        _, found, _ = back(packed((table(len(values)), ScoreSheet(len(values), values={"a": Column("text", values)}), ())))
        assert found.values["a"].values.tolist() == values.tolist()  # type: ignore[union-attr]


def test_of_texts_that_stand_often_each_is_held_once() -> None:
    texts = [f"{'企业' if i % 3 else '机关'}{i % 2}" for i in range(1000)]  # each made anew, as a reader makes them
    sheet = ScoreSheet(1000, values={"a": Column.texts(texts), "b": Column.texts([f"单位{i}" for i in range(1000)])})
    _, found, _ = back(packed((table(1000), sheet, ())))
    assert len({id(v) for v in found.values["a"].values.tolist()}) == 4  # type: ignore[union-attr]
    assert found.values["b"].listed() == sheet.values["b"].listed()  # type: ignore[union-attr]


def test_units_lists_panels_reasons_and_problems_come_back() -> None:
    submissions = table(4)
    lists = submissions.columns["h"]
    assert isinstance(lists, Records)
    runs = Records(lists.offsets, {}, lists.why)
    inner = ScoreSheet(int(lists.offsets[-1]), points={"p": Column.numbers(list(range(int(lists.offsets[-1]))))})
    sheet = ScoreSheet(4, reasons={"a": np.array([16, 17, 3, 16], dtype=np.uint8)}, lists={"h": ListSheet(runs, inner)})
    problem = Problem("error", T("fill it in"), T("fill it in"), "甲", "a.xlsx", "表", "B2", "n")
    found, scored, problems = back(packed((submissions, sheet, (problem,))))
    assert content(found) == content(submissions)
    assert scored.reasons["a"].tolist() == [16, 17, 3, 16]
    assert scored.lists["h"].sheet.points["p"].listed() == inner.points["p"].listed()
    assert problems == (problem,)


def test_a_column_is_fetched_when_it_is_asked_for_and_its_kind_is_known_before() -> None:
    asked: list[tuple[int, int]] = []
    column = Column.numbers([1, 2, 3, 4])
    sheet = ScoreSheet(4, points={"a": column, "b": Column.numbers([9, 9, 9, 9])})
    _, found, _ = back(packed((table(4), sheet, ())), asked)
    source = columns(found.points).source("a")
    assert source.shapes() == {shape_of(column)}
    assert asked == []
    assert source.read(slice(1, 3)).listed() == [2, 3]  # type: ignore[union-attr]
    assert len(asked) == 1


def test_one_column_of_several_tables_is_packed_once() -> None:
    submissions = table(300)
    sheet = ScoreSheet(300, values={f"v{i}": submissions.columns["m"] for i in range(20)})
    with_values = sum(map(len, packed((submissions, sheet, ())).body))
    assert with_values == sum(map(len, packed((submissions, ScoreSheet(300), ())).body))
    found = back(packed((submissions, sheet, ())))[1].values["v7"]
    assert isinstance(found, Panel)
    assert found.raters == ("甲", "乙")


def test_numbers_are_packed_narrow_and_constants_once() -> None:
    size = 50_000
    small = Column.array(np.arange(size) % 100)
    blank = small.masked_where(np.ones(size, dtype=bool), Why.MISSING)
    sheet = ScoreSheet(size, points={"small": small, "constant": Column.of(7).spread(size), "blank": blank})
    parcel = packed((table(1), sheet, ()))
    assert sum(map(len, parcel.body)) < 2 * size + 20_000
    found = back(parcel)[1]
    assert same(found.points["small"], small)
    assert found.points["constant"].listed() == [7] * size
    assert found.points["blank"].why.tolist() == [Why.MISSING] * size  # type: ignore[union-attr]


def test_a_head_can_be_sent_again() -> None:
    parcel = packed((table(3), ScoreSheet(3), ()))
    assert content(back(pickle.loads(pickle.dumps(parcel)))[0]) == content(table(3))
