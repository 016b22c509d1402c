"""Cells become typed columns: a cell is read among others as it is read alone, and an array as the list of its cells."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.column import Why
from scorekit.domain.rubric import FieldSpec
from scorekit.stages.validate.columns import Typed, typed
from tests.building import said


def spec(kind: Any, **more: Any) -> FieldSpec:
    schema = more.pop("schema", {})
    return FieldSpec("f", "栏目", kind, schema, "#/f", "", **more)


NUMBER, TRUTH, TEXT, DATE = spec("number"), spec("truth"), spec("text"), spec("date")
PERCENT = spec("number", unit="percent")
OPTIONS = spec("text", schema={"enum": ["国家级", "省级", "AB"]})
SPECS = (NUMBER, PERCENT, TRUTH, TEXT, OPTIONS, DATE)
NUMBERS = st.one_of(
    st.integers(-(10**20), 10**20),
    st.decimals(-100, 100, places=3),
    st.floats(allow_nan=False, width=32),
    st.sampled_from([float("inf"), 0.1]),
)
WORDS = st.sampled_from(
    ["12", " 12 ", "１２", "1,234.5", "92.28%", "12人", "十二", "", "—", "是", "否", "√", "×", "yes", "1", "0", "国家级", "省 级", "ａｂ", "2026-07-30",
     "2026年7月30日", "20260730", "2026/13/1", "无", "3.", "-0", "1e3"]
)  # fmt: skip
CELLS = st.one_of(st.none(), st.booleans(), NUMBERS, WORDS, st.dates())


def seen(found: Typed, row: int = 0) -> tuple[Any, ...]:
    """A cell's value or why it has none, and what was remarked on it."""
    column = found.column
    why = Why(0 if column.why is None else int(column.why[row]))
    notes = [(n.severity, said(n.what)) for n in found.notes if n.row == row]
    return (column.listed()[row] if why == Why.PRESENT else None, why, notes, row in found.signed)


@pytest.mark.parametrize("field", SPECS, ids=["number", "percent", "truth", "text", "options", "date"])
@given(cells=st.lists(CELLS, min_size=2, max_size=6))
def test_a_cell_is_read_among_others_as_it_is_read_alone(field: FieldSpec, cells: list[Any]) -> None:
    together = typed(cells, field, in_sheet=False)
    assert len(together.column) == len(cells)
    assert [seen(together, row) for row in range(len(cells))] == [seen(typed([cell], field, in_sheet=False)) for cell in cells]


@pytest.mark.parametrize("dtype", ["int64", "int32", "uint8", "float64", "bool", "datetime64[D]", "datetime64[ns]"])
@given(data=st.data())
def test_an_array_is_read_as_the_list_of_its_cells(dtype: str, data: Any) -> None:
    kind = np.dtype(dtype).kind
    values = {
        "i": st.integers(-100, 100), "u": st.integers(0, 200), "b": st.booleans(), "M": st.dates(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1)),
        "f": st.floats(-1e6, 1e6, width=32),
    }  # fmt: skip
    cells = data.draw(st.lists(values[kind], min_size=1, max_size=5))
    array = np.array(cells, dtype="datetime64[D]" if kind == "M" else dtype).astype(dtype)
    field = {"b": TRUTH, "M": DATE}.get(kind, NUMBER)
    found, wanted = typed(array, field, in_sheet=False), typed(cells, field, in_sheet=False)
    assert found.column.listed() == wanted.column.listed()
    assert found.notes == wanted.notes == []


def test_what_is_masked_or_no_time_in_an_array_is_missing() -> None:
    masked = np.ma.MaskedArray(np.array([1, 2]), mask=[True, False])
    assert [seen(typed(masked, NUMBER, in_sheet=False), i)[:2] for i in (0, 1)] == [(None, Why.MISSING), (2, Why.PRESENT)]
    dates = np.array(["2026-07-30", "NaT"], dtype="datetime64[D]")
    assert [seen(typed(dates, DATE, in_sheet=False), i)[1] for i in (0, 1)] == [Why.PRESENT, Why.MISSING]


def test_what_is_no_finite_number_is_invalid_and_said() -> None:
    for cells in ([1.5, float("inf")], np.array([1.5, float("inf")])):
        found = typed(cells, NUMBER, in_sheet=False)
        assert seen(found, 0)[0] == Fraction(3, 2)
        assert seen(found, 1)[:3] == (None, Why.INVALID, [("error", "inf is no number")])


def test_a_float_is_the_number_that_was_written() -> None:
    """0.1 of JSON or of a sheet is a tenth."""
    assert seen(typed([0.1, 0.57], NUMBER, in_sheet=False), 1)[0] == Fraction(57, 100)
    assert typed(np.array([0.1, 0.57]), NUMBER, in_sheet=False).column.listed() == [Fraction(1, 10), Fraction(57, 100)]
    assert typed([Decimal("0.10"), Fraction(1, 3), None], NUMBER, in_sheet=False).column.listed() == [Fraction(1, 10), Fraction(1, 3), None]


@pytest.mark.parametrize(("cell", "wanted"), [("是", True), ("否", False), ("√", True), ("×", False), ("有", True), ("无", False)])
def test_words_for_yes_and_no_are_read_and_in_a_sheet_told_once(cell: str, wanted: bool) -> None:
    found = typed([cell, True, cell], TRUTH, in_sheet=True)
    assert found.column.listed() == [wanted, True, wanted]
    assert len([n for n in found.notes if n.row < 0]) <= 1


def test_a_number_beyond_all_machine_words_is_read_exactly() -> None:
    great = 10**30 + 1
    assert typed([great, 1], NUMBER, in_sheet=False).column.listed() == [great, 1]
    assert typed(np.array([2**63 - 1, 1], dtype=np.int64), NUMBER, in_sheet=False).column.listed() == [2**63 - 1, 1]


def test_an_option_is_taken_however_wide_or_spaced_and_an_other_word_is_none() -> None:
    found = typed(["国家级", "省 级", "ａｂ", "县级"], OPTIONS, in_sheet=False)
    assert [seen(found, i)[0] for i in range(3)] == ["国家级", "省级", "AB"]
    assert [n.severity for n in found.notes if n.row in (1, 2)] == ["repair", "repair"]


@pytest.mark.parametrize("code", ["9.13301E+17", " 3.3E+11 ", "4E+20"])
def test_a_code_that_a_spreadsheet_shortened_is_none(code: str) -> None:
    found = typed([code, "91330100MA2E+17", "1E+3", "E+17", "甲厂"], TEXT, in_sheet=False)
    assert found.column.listed() == [None, "91330100MA2E+17", "1E+3", "E+17", "甲厂"]
    [note] = found.notes
    assert (note.row, note.severity) == (0, "error")
    assert said(note.what) == f"“{code.strip()}” is a number that a spreadsheet shortened; its digits are lost"
