"""What stood in a record and does not apply, or could not be read, is explained as it was scored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import scorekit

ITEM = {
    "type": "number",
    "title": "分",
    "maximum": 10,
    "x-form": {"not_applicable": ["/"]},
    "x-criterion": {"points": 10, "rule": {"mark": {}}},
}
SECOND = {"type": "number", "title": "量", "x-criterion": {"points": 10, "rule": {"mark": {}}}}
LIST = {
    "type": "array",
    "title": "记录",
    "items": {"type": "object", "properties": {"a": ITEM, "b": SECOND}},
    "x-criterion": {"points": 90, "start": "empty", "rule": {"records": {"combine": "sum"}}},
}


def explained(tmp_path: Path, records: list[dict[str, Any]]) -> tuple[float, str]:
    document = {
        "title": "小标准",
        "type": "object",
        "properties": {"unit": {"type": "string", "title": "单位"}, "r": LIST},
        "x-rubric": {"language": 1, "id": "small", "version": "1"},
    }
    (tmp_path / "rubric.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "unit.json").write_text(json.dumps({"unit": "甲", "r": records}), encoding="utf-8")
    result = scorekit.evaluate(tmp_path / "unit.json", tmp_path / "rubric.json")
    [(_, row)] = result.standings.iterrows()
    return row["total"], result.explain("甲")


def test_a_field_that_does_not_apply_is_explained_with_the_recorded_figure(tmp_path: Path) -> None:
    total, told = explained(tmp_path, [{"a": "/", "b": 7}, {"a": 5, "b": 3}])
    assert f"总分 {total:.2f}" in told
    assert "注意" not in told


def test_a_field_that_could_not_be_read_leaves_no_points_where_it_is_explained(tmp_path: Path) -> None:
    total, told = explained(tmp_path, [{"a": 11, "b": 7}])
    assert total != total  # noqa: PLR0124 (no figure)
    assert "待补正" in told or "材料不全" in told
    assert "注意" not in told


@pytest.mark.parametrize("power", [20, 19])
def test_a_figure_beyond_all_measure_stops_no_workbook(tmp_path: Path, power: int) -> None:
    document = {
        "title": "小标准",
        "type": "object",
        "properties": {
            "unit": {"type": "string", "title": "单位"},
            "q": {"type": "number", "title": "量", "x-criterion": {"points": 10, "rule": {"flag": {"of": "q > 0"}}}},
            "big": {"title": "大", "x-derive": {"formula": f"q ** {power}", "output": True}},
        },
        "x-rubric": {"language": 1, "id": "small", "version": "1"},
    }
    (tmp_path / "rubric.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "unit.csv").write_text(f"单位,量\n甲,{'9' * 20}\n", encoding="utf-8")
    result = scorekit.evaluate(tmp_path / "unit.csv", tmp_path / "rubric.json")
    assert result.to_excel(tmp_path / "ranking.xlsx").stat().st_size > 0
