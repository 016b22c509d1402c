"""Problems in words: the gravest first, in an order that no order of rows changes, as sorted one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.problem import Problem
from scorekit.domain.problem_table import GRADES, ProblemTable, problem_table
from scorekit.errors import T
from scorekit.words import say
from tests.domain.test_problems import PROBLEMS


@pytest.mark.parametrize("lang", ["zh", "en"])
@given(listed=PROBLEMS)
def test_problems_stand_by_severity_unit_field_message_and_place(lang, listed):
    rows = [(p.severity, p.unit, p.file, p.sheet, p.cell, p.field, say(p.what, lang), say(p.cure, lang)) for p in listed]
    rows.sort(key=lambda p: (GRADES.index(p[0]), p[1], p[5], p[6], *p[2:5]))
    assert list(zip(*problem_table(listed, lang), strict=True)) == rows


@given(PROBLEMS, st.randoms())
def test_no_order_of_rows_changes_the_order(listed, random):
    told = sorted(listed, key=repr)
    random.shuffle(told)
    one, other = (list(zip(*problem_table(p, "en"), strict=True)) for p in (listed, told))
    assert [r[:7] for r in one] == [r[:7] for r in other]


def test_a_table_has_the_columns_of_the_file_and_is_taken_in_blocks():
    assert ProblemTable._fields == ("severity", "unit", "file", "sheet", "cell", "field", "message", "cure")
    table = problem_table([Problem("error", T("x"), T("y"), u) for u in ("b", "a", "c")], "en")
    assert table.unit == ["a", "b", "c"]
    assert table.take(slice(1, None)).unit == ["b", "c"]
    assert table.take(slice(2)).message == ["x", "x"]


def test_without_problems_there_are_no_rows():
    assert [list(c) for c in problem_table((), "zh")] == [[]] * 8
