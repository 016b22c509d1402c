"""Distance from a target, bands, places, grades and prices are read as the rules they mean."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from scorekit.drafting.wordings import pieces

WORDINGS: list[tuple[str, int | None, list[dict[str, Any]], dict[str, Any]]] = [
    (
        "入会率达到90%，每少2%扣0.5分，扣完为止",
        4,
        [{"shortfall": {"target": Decimal("0.9"), "step": Decimal("0.02"), "deduct": Decimal("0.5")}}],
        {},
    ),
    (
        "签订率达到100%，每少1个百分点扣0.25分，扣分累加，扣完为止",
        4,
        [{"shortfall": {"target": 1, "step": Decimal("0.01"), "deduct": Decimal("0.25")}}],
        {},
    ),
    (
        "满意率80%以上得满分，每降低1%扣0.2分",
        3,
        [{"shortfall": {"target": Decimal("0.8"), "step": Decimal("0.01"), "deduct": Decimal("0.2")}}],
        {},
    ),
    (
        "覆盖率达到95%，每少5%扣1分，不足5%按5%计",
        5,
        [{"shortfall": {"target": Decimal("0.95"), "step": Decimal("0.05"), "deduct": 1, "steps": "started"}}],
        {},
    ),
    (
        "达到100%得3分，每少5%扣0.5分，不足5%按比例扣分",
        3,
        [{"shortfall": {"target": 1, "step": Decimal("0.05"), "deduct": Decimal("0.5"), "steps": "proportional"}}],
        {},
    ),
    ("全年不少于4次，每少1次扣2分", 8, [{"shortfall": {"target": 4, "step": 1, "deduct": 2, "per": "points"}}], {}),
    (
        "80%以上得8分，50%-80%得5分，50%以下得3分",
        8,
        [{"tiers": {"bands": [{"at_least": Decimal("0.8"), "points": 8}, {"at_least": Decimal("0.5"), "points": 5}], "otherwise": 3}}],
        {},
    ),
    (
        "90%以上得4分，80%以上得3分，70%以上得2分，其余不得分",
        4,
        [
            {
                "tiers": {
                    "bands": [
                        {"at_least": Decimal("0.9"), "points": 4},
                        {"at_least": Decimal("0.8"), "points": 3},
                        {"at_least": Decimal("0.7"), "points": 2},
                    ]
                }
            }
        ],
        {},
    ),
    (
        "98%以上得4分，90%以上不足98%得3分，不足90%得1分",
        4,
        [{"tiers": {"bands": [{"at_least": Decimal("0.98"), "points": 4}, {"at_least": Decimal("0.9"), "points": 3}], "otherwise": 1}}],
        {},
    ),
    ("2次以上得3分，1次得2分", 3, [{"tiers": {"bands": [{"at_least": 2, "points": 3}, {"at_least": 1, "points": 2}]}}], {}),
    (
        "每增加5%加1分，每减少5%扣1分",
        None,
        [{"around": {"target": 0, "step": Decimal("0.05"), "add": 1, "deduct": 1}}],
        {"start": "empty", "floor": None, "kind": "bonus"},
    ),
    (
        "每增加5%加0.5分（最多2分），每减少5%倒扣0.5分",
        None,
        [{"around": {"target": 0, "step": Decimal("0.05"), "add": Decimal("0.5"), "deduct": Decimal("0.5"), "up_to": 2}}],
        {"start": "empty", "floor": None, "kind": "bonus"},
    ),
    ("A级100%，B级80%，C级60%", 10, [{"grade": {"shares": {"A": 1, "B": Decimal("0.8"), "C": Decimal("0.6")}, "otherwise": 0}}], {}),
    ("A级得满分，B级得80%，C级得60%", 10, [{"grade": {"shares": {"A": 1, "B": Decimal("0.8"), "C": Decimal("0.6")}, "otherwise": 0}}], {}),
    ("优秀10分，良好8分，合格6分", 10, [{"priced": {"prices": {"优秀": 10, "良好": 8, "合格": 6}, "otherwise": 0}}], {}),
    (
        "国家级加5分，省级加3分，市级加2分",
        5,
        [{"priced": {"prices": {"国家级": 5, "省级": 3, "市级": 2}, "otherwise": 0}}],
        {"kind": "bonus"},
    ),
    (
        "国家级加5分，省级加3分；同一奖项只取最高",
        5,
        [{"best_honour": {"level": "level", "key": "name", "prices": {"国家级": 5, "省级": 3}}}],
        {"kind": "bonus"},
    ),
    ("第一名10分，第二名8分，第三名6分", 10, [{"place_points": {"prices": [10, 8, 6]}}], {}),
    ("前三名分别得10、8、5分", 10, [{"place_points": {"prices": [10, 8, 5]}}], {}),
    ("第1、2、3名分别加1分、0.8分、0.6分", 1, [{"place_points": {"prices": [1, Decimal("0.8"), Decimal("0.6")]}}], {}),
    ("第1名得满分，其余按与第1名的比例得分", 10, [{"to_best": {}}], {}),
    (
        "60%为0分，90%为4分，100%为5分，其间按线性计分",
        5,
        [
            {
                "interpolate": {
                    "at": [{"value": Decimal("0.6"), "points": 0}, {"value": Decimal("0.9"), "points": 4}, {"value": 1, "points": 5}]
                }
            }
        ],
        {},
    ),
    (
        "未建名册的不得分；登记率98%以上得4分，90%以上得3分",
        4,
        [{"tiers": {"bands": [{"at_least": Decimal("0.98"), "points": 4}, {"at_least": Decimal("0.9"), "points": 3}]}}],
        {"zero_if": "not {f}"},
    ),
    (
        "满意率90%以上得30分，80%以上得20分，其余不得分",
        30,
        [{"tiers": {"bands": [{"at_least": Decimal("0.9"), "points": 30}, {"at_least": Decimal("0.8"), "points": 20}]}}],
        {},
    ),
]


@pytest.mark.parametrize(("wording", "points", "rules", "keys"), WORDINGS, ids=[w[0] for w in WORDINGS])
def test_the_wording_is_read_whole(wording: str, points: int | None, rules: Any, keys: Any) -> None:
    found, rest = pieces(wording, None if points is None else Decimal(points))
    assert [p.rule for p in found if p.rule] == rules
    assert {k: v for p in found for k, v in p.keys.items()} == keys
    assert rest == ""


def test_a_target_that_is_not_stated_is_asked_for() -> None:
    [found], _ = pieces("每少2%扣0.5分", Decimal(4))
    assert found.rule["shortfall"]["target"] == 1
    assert [t.template for t in found.todo] == ["the target is not stated; 100% is assumed"]


def test_percentages_are_read_from_percentage_fields() -> None:
    assert pieces("80%以上得8分，50%以上得5分", Decimal(8))[0][0].reads["x-unit"] == "percent"


def test_grades_and_prices_are_the_options_of_their_field() -> None:
    assert pieces("A级100%，B级80%", Decimal(8))[0][0].reads["enum"] == ["A", "B"]
    assert pieces("国家级加5分，省级加3分", Decimal(5))[0][0].reads["enum"] == ["国家级", "省级", "无"]


def test_honours_of_which_the_best_counts_are_a_list_of_records() -> None:
    [found], _ = pieces("国家级加5分，省级加3分；同一奖项只取最高", Decimal(5))
    assert found.reads["type"] == "array"
    assert found.reads["items"]["properties"]["level"]["enum"] == ["国家级", "省级"]


def test_bands_that_leave_a_gap_are_asked_about() -> None:
    [found], rest = pieces("90%以上得10分，81%-89%得8分，70%-80%得6分", Decimal(10))
    assert [b["at_least"] for b in found.rule["tiers"]["bands"]] == [Decimal("0.9"), Decimal("0.81"), Decimal("0.7")]
    assert [t.params for t in found.todo] == [{"low": "89", "high": "90"}, {"low": "80", "high": "81"}]
    assert rest == ""
