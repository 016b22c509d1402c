"""扣分说明: where each figure stands that cost points, and who has no rows there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
from scorekit_plugins.exporters import workbook
from scorekit_plugins.rules.penalty import penalty

from scorekit.domain.column import Why
from scorekit.domain.outputs import Outcome
from scorekit.domain.tables import Origin, Places
from scorekit.domain.voiding import voided
from tests.building import NUMBER, TRUTH, criterion, outcome_of

SHAPE: dict[str, Any] = {
    "people": {**NUMBER, "title": "职工人数"},
    "share": {"title": "入会率", "x-derive": "a / people", "x-criterion": {"points": 10, "rule": {"mark": {}}, "reading": "示例"}},
    "a": criterion(points=10),
}


def losses(outcome: Outcome, folder: Path) -> list[list[Any]]:
    workbook.write(outcome, folder)
    return [list(row) for row in openpyxl.load_workbook(folder / "ranking.xlsx")["扣分说明"].iter_rows(min_row=3, values_only=True)]


def found_in(folder: Path, letters: dict[str, str], elsewhere: dict[str, dict[int, Origin]]) -> list[str]:
    outcome = outcome_of(SHAPE, {"people": [10], "a": [5]})
    places = Places(("甲.xlsx",), np.zeros(1, dtype=np.int32), "申报表", np.array([7]), letters, elsewhere)
    return [row[8] for row in losses(replace(outcome, submissions=replace(outcome.submissions, places=(places,))), folder)]


def test_cells_of_one_sheet_stand_behind_its_file_once(tmp_path: Path) -> None:
    assert found_in(tmp_path, {"people": "C", "a": "D"}, {}) == ["甲.xlsx 申报表 C7、D7", "甲.xlsx 申报表 D7"]


def test_cells_elsewhere_stand_behind_their_own_file_and_not_behind_the_units(tmp_path: Path) -> None:
    office = {"people": {0: Origin("部门.xlsx", "数据", "B9")}, "a": {0: Origin("部门.xlsx", "数据", "C9")}}
    assert found_in(tmp_path, {"unit": "A"}, office) == ["部门.xlsx 数据 B9、C9", "部门.xlsx 数据 C9"]


def test_each_of_several_files_has_a_line(tmp_path: Path) -> None:
    assert found_in(tmp_path, {"a": "D"}, {"people": {0: Origin("部门.csv", "", "B9")}})[0] == "部门.csv B9\n甲.xlsx 申报表 D7"


def test_what_the_sheet_has_no_cell_for_stands_nowhere(tmp_path: Path) -> None:
    assert found_in(tmp_path, {"people": "C"}, {}) == ["甲.xlsx 申报表 C7", None]


def test_a_unit_of_which_nothing_is_there_has_no_rows(tmp_path: Path) -> None:
    outcome = outcome_of(SHAPE, {"people": [10, None, None], "a": [5, None, 5]})
    assert {row[0] for row in losses(outcome, tmp_path)} == {"U1", "U2", "U3"}
    silent = voided(outcome.sheet, np.array([False, True, False]), Why.MISSING)
    outcome = replace(outcome, sheet=silent)
    assert {row[0] for row in losses(outcome, tmp_path)} == {"U1", "U3"}


def test_what_a_condition_finds_is_told_in_words_and_what_a_field_holds_as_yes_or_no(tmp_path: Path) -> None:
    flag, effect = {"points": 5, "reading": "示例"}, {"effect": "not awarded", "reading": "示例"}
    shape: dict[str, Any] = {
        "n": {**NUMBER, "title": "次数"},
        "late": {**TRUTH, "title": "迟报"},
        "own": {**TRUTH, "title": "达标", "x-criterion": {**flag, "rule": {"flag": {}}}},
        "enough": {**TRUTH, "title": "次数够", "x-derive": "n >= 3", "x-criterion": {**flag, "rule": {"flag": {}}}},
        "accident": {**TRUTH, "title": "事故", "x-criterion": {"kind": "gate", "if": "accident", **effect}},
        "few": {"title": "过少", "x-criterion": {"kind": "gate", "if": "n < 2", **effect}},
        "asked": {"title": "按时", "x-criterion": {**flag, "rule": {"flag": {"of": "not late"}}}},
    }
    outcome = outcome_of(shape, {"n": [1, 3], "late": [True, False], "own": [False, False], "accident": [True, False]})
    assert [(row[0], row[2], row[7]) for row in losses(outcome, tmp_path)] == [
        ("U2", "达标", "否"),
        ("U1", "达标", "否"),
        ("U1", "次数够", "条件未满足"),
        ("U1", "按时", "条件未满足"),
        ("U1", "事故", "是"),
        ("U1", "过少", "1"),
    ]


def test_a_condition_is_called_met_or_not_only_where_a_true_value_gives_the_points(tmp_path: Path) -> None:
    words: dict[str, Any] = {"points": 5, "reading": "示例"}
    both = {"a": {"rule": {"flag": {"of": "n > 0", "points": 5}}}, "b": {"rule": {"penalty": {"of": "late and n > 2", "deduct": 2}}}}
    rules: dict[str, Any] = {
        "两条": {"clauses": both},
        "不得有": {"rule": {"flag": {"of": "late and n > 2", "points": 0, "otherwise": 5}}},
        "迟报扣": {"rule": {"penalty": {"of": "late and n > 2", "deduct": 2}}},
        "够": {"rule": {"flag": {"of": "n > 5"}}},
    }
    shape: dict[str, Any] = {
        "n": {**NUMBER, "title": "次数"},
        "late": {**TRUTH, "title": "迟报"},
        **{f"i{i}": {"title": title, "x-criterion": {**words, **rule}} for i, (title, rule) in enumerate(rules.items())},
        "gate": {
            "title": "门",
            "x-criterion": {"kind": "gate", "if": "late and n > 2", "effect": "not awarded", "reading": "示例"},
        },
    }
    outcome = outcome_of(shape, {"n": [3], "late": [True]}, penalty)
    assert {row[2]: row[7] for row in losses(outcome, tmp_path)} == {
        "两条": "是",
        "不得有": "是",
        "迟报扣": "是",
        "够": "条件未满足",
        "门": "是",
    }
