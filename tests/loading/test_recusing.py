"""Recusal: a mark that a rater gave to his own unit is set aside, reported at its cell, and counts as not given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.building import points
from tests.desk import Desk, problems

MARKS = ",".join(f"现场评分@评委{n}" for n in range(1, 8))
RATERS = [["评委", "所在单位"], ["评委1", "甲"], ["评委2", "别处"], ["", "乙"]]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path).csv("自评.csv", "单位名称,会员数", "甲,9", "乙,8")
    return desk.csv("评分.csv", f"单位名称,{MARKS}", "甲,10,6,6,6,6,6,6", "乙,10,6,6,6,6,6,6")


def test_the_mark_is_set_aside_and_reported_at_its_cell(desk: Desk) -> None:
    found = desk.listed(("甲", "企业"), ("乙", "机关"), 评委=RATERS).outcome()
    panel = found.submissions.columns["marks"]
    row = list(found.standings.unit).index("甲")
    assert panel.marks[0].listed()[row] is None  # type: ignore[union-attr]
    assert panel.marks[0].listed()[1 - row] == 10  # type: ignore[union-attr]
    told = [p for p in problems(found, "error") if "belongs to this unit" in p]
    assert told == ["error 甲| 评分.csv B2| the rater 评委1 belongs to this unit (名册.xlsx#评委!B2); the mark for “现场评分” is set aside"]


def test_a_rater_who_left_his_own_unit_out_is_no_problem(desk: Desk) -> None:
    desk.csv("评分.csv", f"单位名称,{MARKS}", "甲,,6,6,6,6,6,6", "乙,10,6,6,6,6,6,6")
    found = desk.listed(("甲", "企业"), ("乙", "机关"), 评委=RATERS).outcome()
    assert not [p for p in problems(found, "error") if "belongs" in p]


def test_without_such_a_sheet_all_marks_count(desk: Desk) -> None:
    found = desk.listed(("甲", "企业"), ("乙", "机关")).outcome()
    assert not [p for p in problems(found, "error") if "belongs" in p]
    assert len(points(found, "marks")) == 2
