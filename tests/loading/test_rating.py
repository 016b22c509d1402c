"""Tables with marks: blanks are noted with their cells, and marks for the rater's own unit are set aside by what the sheet says."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.domain.intake import RawTable
from scorekit.domain.ratings import MOST, Ratings
from scorekit.domain.register import Recusal
from scorekit.domain.tables import Origin
from scorekit.loading.rating import of_raters
from tests.desk import plan
from tests.intake import said, table

PLAN = plan()


def read(*tables: RawTable, ratings: Ratings | None = None, alone: bool = False) -> tuple[list[RawTable], Ratings]:
    found = Ratings() if ratings is None else ratings
    return list(of_raters(tables, PLAN, found, alone)), found


def sheet(marks: dict[str, list[Any]], units: list[Any], **beside: tuple[str, str]) -> RawTable:
    return table({"单位名称": units, **marks}, sheet="打分", beside=beside)


def test_a_table_without_marks_passes_as_it_is() -> None:
    given = sheet({"会员数": [None]}, ["甲"], belongs=("甲", "B1"), rater=("评委1", "B1"))
    [found], ratings = read(given)
    assert found is given
    assert ratings == Ratings()


def test_blank_marks_are_noted_with_their_cells_and_each_rater_with_a_sheet() -> None:
    _, ratings = read(sheet({"marks@评委1": [9, None, " "], "marks@评委2": [1, 2, None]}, ["甲", "乙", None]))
    assert ratings.blanks == {("marks", "评委1"): {"乙": Origin("a.xlsx", "打分", "B3")}}
    assert ratings.sheets == {"评委1": Origin("a.xlsx", "打分", "B2"), "评委2": Origin("a.xlsx", "打分", "C2")}


def test_where_one_table_is_alone_no_blank_need_be_noted() -> None:
    _, ratings = read(sheet({"marks@评委1": [None]}, ["甲"]), alone=True)
    assert (ratings.blanks, list(ratings.sheets)) == ({}, ["评委1"])


def test_of_very_many_blanks_only_the_first_are_kept() -> None:
    _, ratings = read(sheet({"marks@评委1": [None] * (MOST + 5)}, [f"u{n}" for n in range(MOST + 5)]))
    assert len(ratings.blanks["marks", "评委1"]) == MOST


def test_the_mark_for_the_raters_own_unit_is_set_aside_at_its_cell() -> None:
    given = sheet({"marks@评委1": [9, 8]}, ["甲", "乙 "], rater=("评委1", "B1"), belongs=("乙", "D1"))
    [found], ratings = read(given)
    assert list(found.columns["marks@评委1"]) == [9, None]
    [problem] = found.problems
    assert said([problem]) == ["error B3: the rater 评委1 belongs to this unit (a.xlsx#打分!D1); the mark for “现场评分” is set aside"]
    assert ratings.recusals == [Recusal("评委1", "乙", "a.xlsx#打分!D1")]


def test_a_mark_that_was_left_blank_for_the_own_unit_is_no_problem() -> None:
    [found], ratings = read(sheet({"marks@评委1": [None]}, ["乙"], rater=("评委1", "B1"), belongs=("乙", "D1")))
    assert found.problems == ()
    assert len(ratings.recusals) == 1


@pytest.mark.parametrize(("listed", "told"), [("乙", 0), ("丙", 1)])
def test_a_sheet_that_disagrees_with_the_register_is_told_once_and_both_hold(listed: str, told: int) -> None:
    ratings = Ratings([Recusal("评委1 ", listed, "名册.xlsx#评委!B2")])
    given = sheet({"marks@评委1": [9]}, ["甲"], rater=("评委1", "B1"), belongs=("乙", "D1"))
    found, _ = read(given, given, ratings=ratings)
    problems = [p for t in found for p in t.problems]
    assert len(problems) == told
    assert len(ratings.recusals) == 2
    for problem in problems:
        [line] = said([problem])
        assert line.startswith("warning D1: by this sheet the rater 评委1 belongs to “乙”, by the register to another unit")
        assert "名册.xlsx#评委!B2" in line


def test_marks_in_json_have_pointers() -> None:
    given = RawTable({"unit": ["甲"], "marks.评委1": [None]}, ("a.json",), (0,), (0,))
    _, ratings = read(given)
    assert ratings.blanks == {("marks", "评委1"): {"甲": Origin("a.json", "", "/marks/评委1")}}
