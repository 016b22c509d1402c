"""What is asked of many units: each cell once, a missing column once a sheet, in the order of the rows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from scorekit.domain.asking import Asked
from scorekit.domain.column import Column, Why
from scorekit.domain.marks import Panel, Records
from scorekit.domain.problem import Problem
from scorekit.domain.tables import Origin, Places, Submissions
from scorekit.errors import T
from tests.building import criterion, plan_of

PLAN = plan_of({"a": criterion(), "b": criterion()})
ALL = np.arange(4)
WHAT, CURE = T("x"), T("y")


def submissions(letters: Mapping[str, str], row=(2, 3, 4, 5), columns=None, elsewhere=None) -> Submissions:
    """Four units, the last of them in another table."""
    first = Places(("a.x",), np.zeros(3, dtype=np.int32), "表" if letters else "", np.array(row[:3]), letters, elsewhere or {})
    second = Places(("b.x",), np.zeros(1, dtype=np.int32), "", np.array(row[3:]), {})
    names = ("U1", "U2", "U3", "U4")
    return Submissions(names, names, columns or {}, (first, second), np.array([0, 0, 0, 1], dtype=np.int32), np.array([0, 1, 2, 0]))


def told(asked: Asked) -> list[tuple[str, str, str, str]]:
    return [(p.unit, p.file, p.cell, p.field) for p in asked.found()]


def test_each_cell_is_asked_for_once_in_the_order_of_the_rows():
    asked = Asked(PLAN, submissions({"a": "B", "b": "C"}), ())
    asked.add(np.array([1, 3]), "b", WHAT, CURE)
    asked.add(np.array([0, 1]), "a", WHAT, CURE)
    asked.settled()
    asked.add(ALL, "b", WHAT, CURE)
    assert told(asked) == [
        ("U1", "a.x", "B2", "a"),
        ("U2", "a.x", "C3", "b"),
        ("U2", "a.x", "B3", "a"),
        ("U4", "b.x", "", "/5/b"),
        ("U1", "a.x", "C2", "b"),
        ("U3", "a.x", "C4", "b"),
    ]


def test_a_cell_that_a_known_problem_names_is_not_asked_for():
    known = [Problem("repair", WHAT, CURE, "U2", "a.x", "表", "B3", "a"), Problem("error", WHAT, CURE, "U4", "b.x", "", "", "/5/a")]
    asked = Asked(PLAN, submissions({"a": "B"}), known)
    asked.add(ALL, "a", WHAT, CURE)
    assert told(asked) == [("U1", "a.x", "B2", "a"), ("U3", "a.x", "B4", "a")]


def test_a_column_that_a_sheet_lacks_is_asked_for_once_and_of_no_unit():
    asked = Asked(PLAN, submissions({"a": "B"}), ())
    asked.add(np.array([1, 2, 3]), "b", WHAT, CURE, blank=True)
    asked.add(ALL, "b", WHAT, CURE, blank=True)
    assert told(asked) == [("", "a.x", "", "b"), ("U4", "b.x", "", "/5/b")]


def test_a_row_that_a_long_table_lacks_is_asked_for_of_each_unit_once():
    asked = Asked(PLAN, submissions({"a": "B"}, elsewhere={"a": {0: Origin("c.x", "打分", "D9")}}), ())
    asked.add(np.array([0, 1]), "b", WHAT, CURE, blank=True)
    asked.add(np.array([1, 2]), "b", WHAT, CURE, blank=True)
    asked.add(np.array([0, 1]), "a", WHAT, CURE, blank=True)
    assert told(asked) == [
        ("U1", "a.x", "", "b"),
        ("U1", "c.x", "D9", "a"),
        ("U2", "a.x", "", "b"),
        ("U2", "a.x", "B3", "a"),
        ("U3", "a.x", "", "b"),
    ]


def test_what_is_no_cell_may_be_said_again():
    asked = Asked(PLAN, submissions({"a": "B"}), ())
    asked.add(np.array([0]), "item", WHAT, CURE)
    asked.add(np.array([0]), "item", T("z"), CURE)
    assert told(asked) == [("U1", "a.x", "", "item")] * 2


@pytest.mark.parametrize(("lacks", "wanted"), [(1, [("U1", "b"), ("", "b")]), (0, [("", "b")])])
def test_before_the_row_at_which_a_column_is_missed_a_row_says_itself_what_it_lacks(lacks, wanted):
    asked = Asked(PLAN, submissions({"a": "B"}), ())
    asked.add(np.array([lacks]), "b", WHAT, CURE, blank=True)
    asked.add(np.array([1 - lacks]), "b", T("z"), CURE)
    assert [(p.unit, p.field) for p in asked.found()] == wanted


def test_remarks_are_said_whatever_was_said_before_with_or_without_the_sheet():
    asked = Asked(PLAN, submissions({"a": "B"}), ())
    for sheet in (False, True):
        asked.remark(np.array([2, 0]), "a", WHAT, CURE, sheet, order=np.array([1, 0]))
        asked.settled()
    assert [(p.unit, p.sheet, p.cell, p.field) for p in asked.found()] == [
        ("U1", "", "", "a"),
        ("U3", "", "", "a"),
        ("U1", "表", "", "a"),
        ("U3", "表", "", "a"),
    ]


def test_codes_of_columns_panels_and_lists_are_read_for_some_rows():
    why = np.array([0, Why.MISSING, Why.INVALID, 0], dtype=np.uint8)
    marked = Column("number", Column.numbers([1, 2, 3, 4]).values, why)
    whole = Column.numbers([1, 2, 3, 4])
    inner = Column("number", Column.numbers([1, 2, 3]).values, np.array([0, Why.INVALID, 0], dtype=np.uint8))
    panels = Panel(("甲",), (inner,))
    lists = Records(
        np.array([0, 1, 1, 3, 3]), {"n": Column.numbers([1, 2, 3]), "p": panels}, np.array([0, Why.MISSING, 0, 0], dtype=np.uint8)
    )
    columns = {"a": marked, "p": Panel(("甲", "乙"), (marked, whole)), "q": Panel(("甲",), (marked,)), "l": lists}
    asked = Asked(PLAN, submissions({}, columns=columns), ())
    assert asked.why("a", ALL).tolist() == why.tolist()
    assert asked.why("p", ALL).tolist() == [0, 0, 0, 0]
    assert asked.why("q", np.array([2, 1])).tolist() == [Why.INVALID, Why.MISSING]
    assert asked.why("none", ALL).tolist() == [Why.MISSING] * 4
    assert asked.gravest("p", ALL).tolist() == why.tolist()
    assert asked.gravest("l", ALL).tolist() == [0, Why.MISSING, Why.INVALID, 0]
    assert asked.gravest("none", ALL).tolist() == [0, 0, 0, 0]


def test_units_by_pointer_are_told_from_those_of_a_sheet():
    asked = Asked(PLAN, submissions({"a": "B"}), ())
    assert [asked.by_pointer(row) for row in range(4)] == [False, False, False, True]


def test_nothing_is_asked_of_nobody():
    asked = Asked(PLAN, submissions({"a": "B"}), ())
    asked.add(np.zeros(0, dtype=np.int64), "a", WHAT, CURE)
    asked.remark(np.zeros(0, dtype=np.int64), "a", WHAT, CURE)
    assert list(asked.found()) == []


def test_what_is_asked_run_after_run_stands_in_one_order_and_reads_only_the_run(monkeypatch):
    columns = {"a": Column("number", Column.numbers([1, 2, 3, 4]).values, np.array([0, 0, Why.MISSING, Why.INVALID], dtype=np.uint8))}
    asked = Asked(PLAN, submissions({"a": "B"}, columns=columns), ())
    monkeypatch.setattr("scorekit.domain.asking.PART", 2)
    seen = []
    for rows in asked.runs(np.array([1, 2, 3])):
        seen.append((asked.run, rows.tolist(), asked.why("a", rows).tolist(), len(asked.column("a")), asked.by_pointer(int(rows[-1]))))
        asked.add(rows, "a", WHAT, CURE)
    assert seen == [(slice(0, 2), [1], [0], 2, False), (slice(2, 4), [0, 1], [Why.MISSING, Why.INVALID], 2, True)]
    assert asked.run == slice(0, 4)
    assert asked.read({}, "a") is None
    assert told(asked) == [("U2", "a.x", "B3", "a"), ("U3", "a.x", "B4", "a"), ("U4", "b.x", "", "/5/a")]
