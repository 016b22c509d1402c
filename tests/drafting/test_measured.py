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
    (
        "受到省级以上表彰加5分，市级加3分，只取最高一项",
        5,
        [{"priced": {"prices": {"省级以上": 5, "市级": 3}, "otherwise": 0}}],
        {"kind": "bonus"},
    ),
    (
        "调研成果获市级一等奖加3分、二等奖加2分、三等奖加1分",
        3,
        [{"priced": {"prices": {"市级一等奖": 3, "二等奖": 2, "三等奖": 1}, "otherwise": 0}}],
        {"kind": "bonus"},
    ),
    ("一等得8分，二等得6分，未定等得0分", 8, [{"priced": {"prices": {"一等": 8, "二等": 6}, "otherwise": 0}}], {}),
    ("优秀得5分，良好得4分，差不得分", 5, [{"priced": {"prices": {"优秀": 5, "良好": 4, "差": 0}, "otherwise": 0}}], {}),
    (
        "被国家级媒体采用每篇加3分，省级每篇加2分，同一篇不重复计分，最高不超过10分",
        10,
        [{"best_honour": {"level": "level", "key": "name", "prices": {"国家级": 3, "省级": 2}}}],
        {"kind": "bonus"},
    ),
    (
        "培训达到200人次得满分，每少10人次扣0.5分",
        7,
        [{"shortfall": {"target": 200, "step": 10, "deduct": Decimal("0.5"), "per": "points"}}],
        {},
    ),
    ("面积不少于60平方米得8分，每少5平方米扣1分", 8, [{"shortfall": {"target": 60, "step": 5, "deduct": 1, "per": "points"}}], {}),
    ("全年召开会议4次得4分，少一次扣1分", 4, [{"shortfall": {"target": 4, "step": 1, "deduct": 1, "per": "points"}}], {}),
    ("职工入会率低于95%的，每低一个百分点扣1分", 5, [{"shortfall": {"target": Decimal("0.95"), "step": Decimal("0.01"), "deduct": 1}}], {}),
    ("60分钟内完成得满分，每超1分钟扣1分", 20, [{"excess": {"limit": 60, "step": 1, "deduct": 1}}], {}),
    ("差错不超过3次，每多1次扣2分", 10, [{"excess": {"limit": 3, "step": 1, "deduct": 2}}], {}),
    ("高于平均值得8分，每低于平均值1%扣0.1分，扣完为止", 8, [{"from_mean": {"step": Decimal("0.01"), "deduct": Decimal("0.1")}}], {}),
    (
        "面积100平方米以上得5分，50平方米以上得3分，50平方米以下得1分",
        5,
        [{"tiers": {"bands": [{"at_least": 100, "points": 5}, {"at_least": 50, "points": 3}], "otherwise": 1}}],
        {},
    ),
    (
        "藏书2000册以上得10分，1000～2000册得7分，500册以下不得分",
        10,
        [{"tiers": {"bands": [{"at_least": 2000, "points": 10}, {"at_least": 1000, "points": 7}]}}],
        {},
    ),
    (
        "完成目标任务得10分，每增加5%加0.5分，最多加2分；每减少5%扣1分，扣完为止",
        10,
        [{"around": {"target": 1, "step": Decimal("0.05"), "add": Decimal("0.5"), "deduct": 1, "up_to": 2}}],
        {"start": "full", "ceiling": 12},
    ),
    (
        "达到目标得7分，未完成的每少1个百分点扣0.3分",
        7,
        [{"shortfall": {"target": 1, "step": Decimal("0.01"), "deduct": Decimal("0.3")}}],
        {},
    ),
    ("在全市排名1-3名的依次赋予20分、19分、18分", 20, [{"place_points": {"prices": [20, 19, 18]}}], {}),
    ("第1名得6分，第2-5名按第1名的比例得分", 6, [{"to_best": {}}], {}),
    ("第1名得10分，每落后一名扣1分", 10, [{"per_place": {"deduct": 1}}], {}),
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


def test_bands_of_so_many_a_year_are_bands_and_not_so_much_for_each() -> None:
    found, left = pieces("每年召开职代会2次得10分，1次得6分", Decimal(10))
    assert [p.rule for p in found] == [{"tiers": {"bands": [{"at_least": 2, "points": 10}, {"at_least": 1, "points": 6}]}}]
    assert left == ""
