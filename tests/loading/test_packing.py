"""Packing: a table of any cells comes back as it was, types included; anything else is refused, and nothing is ever run."""

from __future__ import annotations

import datetime
import json
import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.intake import BESIDE, Entry, Percent, RawTable, Unreadable
from scorekit.domain.tables import Origin, Problem
from scorekit.errors import T, Text
from scorekit.loading.packing import packed, unpacked

TEXTS = st.text(st.characters(), max_size=6)  # lone halves of pairs, ends of lines and zeros among them
NUMBERS = st.integers() | st.floats() | st.decimals()
WORDS = st.builds(Text, TEXTS, st.dictionaries(TEXTS, TEXTS | st.integers() | st.lists(TEXTS, max_size=2), max_size=2))
PLAIN = st.none() | st.booleans() | TEXTS | NUMBERS | st.dates()
CELLS = PLAIN | st.builds(Percent, st.decimals()) | st.builds(Unreadable, TEXTS, WORDS, WORDS)
NESTED = st.recursive(CELLS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2), max_leaves=4)
PROBLEMS = st.builds(Problem, st.sampled_from(["error", "warning", "repair"]), WORDS, WORDS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)


@st.composite
def tables(draw: st.DrawFn) -> RawTable:
    size = draw(st.integers(0, 3))
    column = st.lists(NESTED, min_size=size, max_size=size)
    return RawTable(
        columns=draw(st.dictionaries(TEXTS, column | column.map(tuple), max_size=3)),
        files=tuple(draw(st.lists(TEXTS, max_size=2))),
        file=draw(st.sampled_from([(0,) * size, [0] * size])),
        row=draw(st.sampled_from([range(2, 2 + size), list(range(size))])),
        sheet=draw(TEXTS),
        letters=draw(st.dictionaries(TEXTS, TEXTS, max_size=2)),
        rubric=draw(st.none() | TEXTS),
        problems=draw(st.lists(PROBLEMS, max_size=2) | st.lists(PROBLEMS, max_size=2).map(tuple)),
        elsewhere=draw(
            st.dictionaries(TEXTS, st.dictionaries(st.integers(0, 9), st.builds(Origin, TEXTS, TEXTS, TEXTS), max_size=1), max_size=1)
        ),
        beside=draw(st.dictionaries(st.sampled_from(BESIDE), st.tuples(TEXTS, TEXTS), max_size=2)),
    )


def alike(value: Any) -> Any:
    """All that a table is, to be compared: unlike ``==`` it knows 1 from True and from 1.0, and finds NaN equal to itself."""
    if isinstance(value, np.ndarray):
        return ("array", value.dtype.str, value.tobytes())
    if isinstance(value, (list, tuple)):
        return (type(value).__name__, [alike(v) for v in value])
    if isinstance(value, dict):
        return ("dict", [(alike(k), alike(v)) for k, v in value.items()])
    if hasattr(type(value), "__dataclass_fields__"):
        return (type(value).__name__, [alike(getattr(value, n)) for n in type(value).__dataclass_fields__])
    return (type(value).__name__, repr(value))


def one(cell: Any) -> RawTable:
    return RawTable({"x": [cell]}, ("a.xlsx",), (0,), (2,), "表", {"x": "A"})


@given(tables())
def test_a_table_comes_back_cell_by_cell_as_it_was(table):
    line = packed(table)
    assert b"\n" not in line
    assert alike(unpacked(line)) == alike(table)


@pytest.mark.parametrize("array", [np.array([1, 2], np.int16), np.array([0.1, np.nan]), np.array([True]), np.array(["甲", "乙丙"])])
def test_a_typed_column_comes_back_with_its_type_and_may_be_written_to(array):
    found = unpacked(packed(RawTable({"x": array}, ("a",), (0,) * len(array), (0,) * len(array)))).columns["x"]
    assert (found.dtype, found.tobytes()) == (array.dtype, array.tobytes())
    assert found.flags.writeable


@pytest.mark.parametrize(
    "cell",
    [
        Fraction(1, 3),
        datetime.datetime(2026, 1, 2, 3, tzinfo=datetime.UTC),
        datetime.time(1),
        {1, 2},
        np.int64(3),
        np.array([object()]),
        np.array([[1]]),
        Entry({"a": 1}, "b.csv", "", 2, {}),
        10**5000,
        object(),
    ],
    ids=lambda cell: type(cell).__name__,
)
def test_what_would_not_come_back_as_it_was_is_refused(cell):
    with pytest.raises((TypeError, ValueError, LookupError)):
        packed(one(cell))


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'["list",[1]]',
        b'["RawTable"]',
        b'["RawTable",1,2]',
        b'["eval","1"]',
        b'["__class__"]',
        b'["decimal","x"]',
        b'["date","2026-13-01"]',
        b'["array","|O","AAAA"]',
        b'["array","<i8","not base64"]',
        b'["array","<i8","AAA="]',
        b'["dict",["list",["a"]],["list",[]]]',
        b"[" * 50,
        pickle.dumps(one(1)),
        b"\xff\xfe",
    ],
)
def test_a_line_that_is_no_table_is_refused(line):
    with pytest.raises((TypeError, ValueError, LookupError, ArithmeticError)):
        unpacked(line)


def test_only_the_named_kinds_of_things_are_made_from_a_line():
    """No name in a line reaches anything but the tables, problems, texts and cells of a reader."""
    from scorekit.loading import packing

    assert sorted(packing._NAMED) == ["Origin", "Percent", "Problem", "RawTable", "Text", "Unreadable"]
    assert sorted(packing._IN) == ["array", "date", "decimal", "dict", "list", "range", "tuple"]


def test_columns_of_texts_and_figures_stand_in_the_line_as_they_are():
    line = json.loads(packed(RawTable({"x": ["甲", 1, None]}, ("a",), (0, 0, 0), (2, 3, 4))))
    assert line[1] == ["dict", ["x"], [["list", ["甲", 1, None]]]]
    assert "甲".encode() in packed(one("甲"))


def test_a_text_with_parameters_is_worded_alike_afterwards():
    what = T("the cells {range} are merged; only the first of them has a value", range="A1:B2")
    table = RawTable({}, ("a.xlsx",), (), (), problems=(Problem("warning", what, T("unhide them"), file="a.xlsx"),))
    assert unpacked(packed(table)).problems[0].what == what
