"""Texts of others are texts, hold nothing that a cell cannot, and are measured as they are seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from scorekit_plugins.annotators.texts import clean, lines, put, width


@given(st.text())
def test_a_cleaned_text_is_one_that_a_cell_can_hold(text: str) -> None:
    assert not ILLEGAL_CHARACTERS_RE.search(clean(text))
    clean(text).encode("utf-8")


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0xD7FF, exclude_categories=("Cs", "Cc")), max_size=100))
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_a_long_text_is_cut_with_a_sign_that_it_is() -> None:
    assert clean("abcdef", 4) == "abc…"
    assert clean("abcd", 4) == "abcd"


@pytest.mark.parametrize(("text", "quoted"), [("=1", True), ("-1", True), ("@a", True), ("+1", True), ("1", False), ("甲", False)])
def test_what_would_be_a_formula_once_somebody_edits_the_cell_is_quoted(text: str, quoted: bool) -> None:
    cell = Workbook().active["A1"]
    put(cell, text)
    assert (cell.value, cell.data_type, bool(cell.quotePrefix)) == (text, "s", quoted)


@pytest.mark.parametrize(("text", "wide"), [("", 0), ("ab", 2), ("甲乙", 4), ("Ａ", 2), ("“甲”", 6)])
def test_a_chinese_character_is_two_wide(text: str, wide: int) -> None:
    assert width(text) == wide


@pytest.mark.parametrize(("text", "count"), [("", 1), ("甲乙", 1), ("甲乙丙", 2), ("甲\n乙", 2), ("甲\n\n乙丙丁", 4)])
def test_lines_are_counted_as_they_wrap(text: str, count: int) -> None:
    assert lines(text, 4) == count
