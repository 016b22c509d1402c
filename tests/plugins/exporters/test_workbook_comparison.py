"""自评对照 in ranking.xlsx: the whole of every unit, then the differences by size, as many as can be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from scorekit_plugins.exporters import workbook, workbook_comparison

from scorekit.domain.outputs import Outcome
from tests.outcomes import UNITS, small_outcome
from tests.plugins.exporters.test_comparison import scored


def sheets(outcome: Outcome, folder: Path) -> Any:
    workbook.write(outcome, folder)
    return load_workbook(folder / "ranking.xlsx")


def rows(sheet: Any) -> list[list[Any]]:
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def english() -> Outcome:
    return replace(scored(), lang="en")


def test_without_scores_there_is_no_such_sheet(tmp_path: Path) -> None:
    assert "自评对照" not in sheets(small_outcome(), tmp_path).sheetnames


def test_all_units_stand_in_the_order_of_the_ranking_and_then_the_differences_by_size(tmp_path: Path) -> None:
    found = rows(sheets(english(), tmp_path)["Own scores compared"])
    assert found[2] == ["unit", "no.", "criterion", "full marks", "own score", "first score", "assessed", "difference"]
    assert {row[0] for row in found[3:9]} == set(UNITS)
    assert {row[2] for row in found[3:9]} == {"the whole"}
    assert [row[4] for row in found[3:9]].count(15) == 1
    assert found[9][0] == "Items by the size of the difference; 1 more show none"
    sizes = [abs(row[7]) if isinstance(row[7], (int, float)) else -1 for row in found[10:]]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 10 - 1
    assert {row[2] for row in found[10:]} <= {"入会率", "集体合同签订率"}


def test_of_many_differences_the_first_are_listed_and_the_rest_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_comparison, "MOST_DIFFERENCES", 2)
    found = rows(sheets(english(), tmp_path)["Own scores compared"])
    assert found[10][0] == "7 more rows are in comparison.csv / comparison.parquet beside this file."
    assert len(found) == 13


def test_it_prints_across_a4_with_its_head_on_every_page(tmp_path: Path) -> None:
    sheet = sheets(scored(), tmp_path)["自评对照"]
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet.print_title_rows == "$3:$3"
    assert int(sheet.page_setup.fitToHeight) == 0
