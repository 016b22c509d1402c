"""Raters who gave no mark, or left units out: one warning for each, with the sheet and the cell where the mark would stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.building import NUMBER, criterion
from tests.desk import PANEL, RATERS, Desk, problems

OWN = ("单位名称,会员数,图书数", "甲,9,8", "乙,8,7")
SHARED = ["评委2", "评委3", "评委4", "评委5", "评委6", "评委7"]
SHEET = [["评委打分表"], ["评委：", "评委1"], ["单位名称", "现场评分"]]


def desk(folder: Path, *left_out: str) -> Desk:
    """A desk where all raters marked both units but for those *left_out*, whose columns are not there."""
    columns = [r for r in SHARED if r not in left_out]
    head = ",".join(("单位名称", *(f"现场评分@{r}" for r in columns)))
    found = Desk(folder).csv("自评.csv", *OWN).csv("评分.csv", head, *(",".join((u, *"6" * len(columns))) for u in "甲乙"))
    return found.listed(("甲", "企业"), ("乙", "机关"))


def rated(here: Desk, *rows: Any, name: str = "in/评委1.xlsx", above: Any = SHEET) -> Desk:
    here.book(name, 打分=[*above, *rows])
    return here


def told(here: Desk, **more: Any) -> list[str]:
    """What is said of raters, the same by evaluating and by checking."""
    evaluated, checked = ([p for p in problems(o, "warning") if "rater" in p] for o in (here.outcome(**more), here.checked(**more)))
    assert evaluated == checked
    return evaluated


def test_where_every_mark_is_there_nothing_is_said(tmp_path: Path) -> None:
    assert told(rated(desk(tmp_path), ["甲", 9], ["乙", 8])) == []


def test_a_blank_mark_is_named_at_its_cell_in_the_raters_sheet(tmp_path: Path) -> None:
    assert told(rated(desk(tmp_path), ["甲", 9], ["乙", None])) == [
        "warning 乙| 评委1.xlsx 打分 B5| the rater 评委1 gave this unit no mark for “现场评分”"
    ]


def test_a_unit_that_the_sheet_does_not_list_is_named_with_the_sheet(tmp_path: Path) -> None:
    assert told(rated(desk(tmp_path), ["甲", 9])) == ["warning 乙| 评委1.xlsx 打分| the rater 评委1 gave this unit no mark for “现场评分”"]


def test_a_sheet_without_any_mark_is_named_once(tmp_path: Path) -> None:
    here = rated(desk(tmp_path), ["甲", None], ["乙", None])
    assert told(here) == ["warning | 评委1.xlsx 打分 B4| the rater 评委1 gave no mark at all"]


def test_raters_of_whom_there_is_no_sheet_are_named_together(tmp_path: Path) -> None:
    assert told(desk(tmp_path, "评委3")) == ["warning | | no mark of these raters is there: 评委1, 评委3"]


def test_a_blank_cell_in_the_units_own_row_is_told_there(tmp_path: Path) -> None:
    head = ",".join(("单位名称,类别", *(f"现场评分@{r}" for r in RATERS)))
    here = Desk(tmp_path).csv("全部.csv", head, "甲,企业,9,2,3,4,5,6,7", "乙,企业,1,2,,4,5,6,7")
    assert told(here) == ["warning 乙| 全部.csv E3| the rater 评委3 gave this unit no mark for “现场评分”"]


def test_a_blank_in_json_is_told_by_its_pointer(tmp_path: Path) -> None:
    here = Desk(tmp_path)
    for unit, count in (("甲", 7), ("乙", 6)):
        document = {"unit": unit, "category": "企业", "marks": dict.fromkeys(RATERS[:count], 5)}
        (tmp_path / "in" / f"{unit}.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    assert told(here) == ["warning 乙| 乙.json /marks/评委7| the rater 评委7 gave this unit no mark for “现场评分”"]


def test_nobody_is_asked_for_a_mark_for_a_unit_of_his_own(tmp_path: Path) -> None:
    here = rated(desk(tmp_path), ["甲", 9], ["乙", None]).listed(
        ("甲", "企业"), ("乙", "机关"), 评委=[["评委", "所在单位"], ["评委1", "乙"]]
    )
    assert told(here) == []
    above = [["评委打分表"], ["评委：", "评委1", "评委单位：", "乙"], ["单位名称", "现场评分"]]
    assert told(rated(here.listed(("甲", "企业"), ("乙", "机关")), ["甲", 9], ["乙", None], above=above)) == []


def test_nor_where_a_word_stands_that_means_no_mark(tmp_path: Path) -> None:
    shape = {
        "members": criterion(field={**NUMBER, "title": "会员数"}),
        "marks": criterion({"panel_mean": {}}, field={**PANEL, "x-form": {"blank": ["回避"]}}),
    }
    here = Desk(tmp_path, shape).csv("自评.csv", "单位名称,类别,会员数", "甲,企业,9", "乙,企业,8")
    head = ",".join(("单位名称", *(f"现场评分@{r}" for r in RATERS)))
    here.csv("评分.csv", head, "甲,9,2,3,4,5,6,回避", "乙,9,2,3,4,5,,7")
    assert told(here) == ["warning 乙| 评分.csv G3| the rater 评委6 gave this unit no mark for “现场评分”"]


def test_nor_for_an_item_that_is_not_for_the_unit(tmp_path: Path) -> None:
    shape = {"marks": criterion({"panel_mean": {}}, field=PANEL, only_for="category == '企业'")}
    here = Desk(tmp_path, shape).csv("自评.csv", "单位名称,类别", "甲,企业", "乙,机关", "丙,企业")
    head = ",".join(("单位名称", *(f"现场评分@{r}" for r in RATERS)))
    here.csv("评分.csv", head, "甲,9,2,3,4,5,6,", "丙,9,2,3,4,5,6,7")
    assert told(here) == ["warning 甲| 评分.csv H2| the rater 评委7 gave this unit no mark for “现场评分”"]


def test_nor_for_units_that_did_not_send_or_are_unknown(tmp_path: Path) -> None:
    here = rated(desk(tmp_path), ["甲", 9], ["乙", 8], ["丙", None], ["外来", None])
    assert told(here.listed(("甲", "企业"), ("乙", "机关"), ("丙", "企业"))) == []


def test_of_very_many_only_the_first_are_told_one_by_one(tmp_path: Path) -> None:
    names = [f"u{n:02}" for n in range(25)]
    here = Desk(tmp_path).csv("自评.csv", "单位名称,类别,会员数", *(f"{n},企业,1" for n in names))
    head = ",".join(("单位名称", *(f"现场评分@{r}" for r in RATERS)))
    here.csv("评分.csv", head, *(f"{n},1,2,3,4,5,6," for n in names[:-1]), f"{names[-1]},1,2,3,4,5,6,7")
    found = told(here)
    assert len(found) == 21
    assert found[-1] == "warning | 评分.csv| the rater 评委7 left out 4 more units for “现场评分”"


def test_of_a_panel_of_anybody_only_blanks_in_a_sheet_are_told(tmp_path: Path) -> None:
    anybody = {"type": "object", "title": "现场评分", "additionalProperties": NUMBER, "x-source": {"who": "panel"}}
    here = Desk(
        tmp_path, {"members": criterion(field={**NUMBER, "title": "会员数"}), "marks": criterion({"panel_mean": {}}, field=anybody)}
    )
    here.csv("自评.csv", "单位名称,类别,会员数", "甲,企业,9", "乙,企业,8", "丙,企业,8")
    rated(here, ["甲", 9], ["乙", None], above=[["评委：张"], ["单位名称", "现场评分"]])
    rated(here, ["丙", 7], name="in/李.xlsx", above=[["评委：李"], ["单位名称", "现场评分"]])
    assert told(here) == ["warning 乙| 评委1.xlsx 打分 B4| the rater 张 gave this unit no mark for “现场评分”"]


def test_a_rubric_without_a_panel_is_not_looked_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scorekit.stages.raters.owed", None)
    here = Desk(tmp_path, {"members": criterion(field={**NUMBER, "title": "会员数"})}).csv("自评.csv", "单位名称,类别,会员数", "甲,企业,9")
    assert told(here) == []
