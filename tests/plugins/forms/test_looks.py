"""Text stays text, rows are as high as what stands in them, and a look is made once."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from scorekit_plugins.forms.looks import TALLEST, Looks, height, lines_of, put, wide


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "http://x.example", "007", "是"])
def test_text_is_text_whatever_it_begins_with(text):
    cell = Workbook().worksheets[0]["A1"]
    put(cell, text)
    assert (cell.value, cell.data_type) == (text, "s")


def test_what_no_cell_can_hold_is_left_out():
    cell = Workbook().worksheets[0]["A1"]
    put(cell, "甲\x00乙\ud800\x1f丙" + "长" * 40_000)
    assert cell.value.startswith("甲乙丙长")
    assert len(cell.value) == 32_000


def test_a_chinese_letter_is_as_wide_as_two():
    assert (wide("甲a"), wide("ab"), wide("")) == (3, 2, 0)


def test_a_text_needs_the_lines_that_do_not_fit_in_one():
    assert (lines_of("甲乙丙丁", 4), lines_of("甲\n乙", 100), lines_of("", 0)) == (2, 2, 1)


def test_a_row_is_as_high_as_its_longest_text_and_never_beyond_what_programs_take():
    assert height([("甲", 10), ("", 1)]) == 18.5
    assert height([("甲" * 20, 10)]) > 60
    assert height([("甲" * 9999, 2)]) == TALLEST


def test_a_look_is_made_once_and_worn_by_all_that_ask_for_it():
    looks, sheet = Looks(), Workbook().worksheets[0]
    first, second, other = sheet["A1"], sheet["A2"], sheet["A3"]
    assert not looks.worn(first, ("a",))
    first.font = looks.font(14, True)
    looks.wear(first)
    assert looks.worn(second, ("a",))
    assert not looks.worn(other, ("b",))
    assert (second.font.size, second.font.bold, other.font.bold) == (14, True, False)
