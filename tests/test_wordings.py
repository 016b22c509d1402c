"""What Chinese wordings mean by default: the choices that are easily got wrong, each by a unit on the edge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.test_docs_language import scored

PERCENT = {"type": "number", "title": "率", "x-unit": "percent"}
COUNT = {"type": "integer", "title": "个数"}
OTHER = {"type": "number", "title": "其他", "x-criterion": {"points": 100, "rule": {"mark": {}}}}


def on(field: dict[str, Any], rule: dict[str, Any], points: float | None = 5, **more: Any) -> dict[str, Any]:
    return {**field, "x-criterion": {**({} if points is None else {"points": points}), "rule": rule, **more}}


CASES = [
    (
        "未达标倒扣N: the item is −N, not its points less N",
        on({"type": "boolean", "title": "达标"}, {"flag": {"otherwise": -2}}, floor=None),
        False,
        48,
    ),
    ("每…倒扣N: N for each, and no floor", on(COUNT, {"each": {"deduct": 2}}, floor=None), 4, 47),
    ("扣完为止: the floor is 0 of the item itself", on(COUNT, {"each": {"deduct": 2}}), 4, 50),
    ("达标得M, 未…扣N without 倒: M − N", on({"type": "boolean", "title": "未设"}, {"penalty": {"deduct": 2}}), True, 53),
    ("每少2%扣0.5: at 80 % of 90 % exactly five steps", on(PERCENT, {"shortfall": {"target": 0.9, "step": 0.02, "deduct": 0.5}}), 80, 52.5),
    ("full steps only: 80.01 % lacks four", on(PERCENT, {"shortfall": {"target": 0.9, "step": 0.02, "deduct": 0.5}}), 80.01, 53),
    (
        "不足一档按一档: any started step",
        on(PERCENT, {"shortfall": {"target": 0.9, "step": 0.02, "deduct": 0.5, "steps": "started"}}),
        89.99,
        54.5,
    ),
    ("每少5% of a count: relative to the target", on(COUNT, {"shortfall": {"target": 40, "step": 0.05, "deduct": 1}}), 36, 53),
    ("以上 holds the number itself", on(PERCENT, {"tiers": {"bands": [{"at_least": 0.8, "points": 5}]}}), 80, 55),
    ("超过 does not", on(PERCENT, {"tiers": {"bands": [{"above": 0.8, "points": 5}]}}), 80, 50),
    (
        "每增每减: whole steps by magnitude",
        on(PERCENT, {"around": {"target": 0.5, "step": 0.05, "add": 1, "deduct": 1}}, 3, start="full"),
        40.1,
        52,
    ),
    ("按完成比例: capped", on(COUNT, {"pro_rata": {"full_at": 6}}), 9, 55),
    (
        "区间内打分: outside the band is invalid, never clipped",
        on({"type": "number", "title": "打分"}, {"discretion": {"low": 2, "high": 4}}),
        4.5,
        None,
    ),
    ("best = 0: no figure, never a division", on(COUNT, {"to_best": {}}, missing="incomplete"), 0, None),
]


@pytest.mark.parametrize(("wording", "item", "value", "total"), CASES, ids=[c[0] for c in CASES])
def test_a_wording_means_what_the_table_of_defaults_says(
    wording: str, item: dict[str, Any], value: Any, total: float | None, tmp_path: Path
) -> None:
    row = scored(tmp_path, {"v": item, "other": OTHER}, {"v": value, "other": 50}, {})
    assert row["status"] == ("incomplete" if total is None else "ranked"), wording
    assert total is None or row["total"] == total


def test_the_total_is_never_below_zero(tmp_path: Path) -> None:
    row = scored(tmp_path, {"v": on(COUNT, {"each": {"deduct": 2}}, floor=None), "other": OTHER}, {"v": 40, "other": 50}, {})
    assert (row["total"], row["adjusted"]) == (0, 25)
