"""What says yes or no is read as flags, penalties, conditions and gates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from scorekit.drafting.wordings import pieces

WORDINGS: list[tuple[str, int | None, list[dict[str, Any]], dict[str, Any]]] = [
    ("达标得2分，未达标不得分", 2, [{"flag": {}}], {}),
    ("依法选举产生的得5分", 5, [{"flag": {}}], {}),
    ("制度健全得满分，否则不得分", 3, [{"flag": {}}], {}),
    ("没有开展活动不得分", 3, [], {"zero_if": "not {f}"}),
    ("未开展的倒扣1分", 4, [{"penalty": {"deduct": 1}}], {"floor": None}),
    ("迟报扣2分，未报扣4分", 4, [{"penalty": {"deduct": 2}}, {"penalty": {"deduct": 4}}], {}),
    ("职责不明确扣1分；大部分职工有意见扣2分", 4, [{"penalty": {"deduct": 1}}, {"penalty": {"deduct": 2}}], {}),
    ("低于60%的不得分", 3, [], {"zero_if": "{f} < 0.6"}),
    ("未达到90%扣2分", 4, [{"penalty": {"of": "{f} < 0.9", "deduct": 2}}], {}),
    ("没有女职工的单位不扣分", 2, [], {"not_applicable": "full"}),
    ("未使用劳务派遣工的，本项得1分", 1, [], {"not_applicable": "full"}),
    ("不涉及的，缺项折算", 5, [], {}),
    ("发生重大安全事故的，一票否决", None, [], {}),
    ("受到党纪处分的，取消当年评优资格", None, [], {}),
    ("弄虚作假的，取消参评资格", None, [], {}),
    ("弄虚作假的，取消参评资格，不得参加排名", None, [], {}),
    ("班子成员严重违纪的，一票否优", None, [], {}),
    ("受到党纪政务处分的，评议结果直接确定为不合格", None, [], {}),
    ("场地未清理扣2分；发生安全事故不得分", 10, [{"penalty": {"deduct": 2}}], {"zero_if": "{f}"}),
    ("有电子阅读设备得4分，没有不得分", 4, [{"flag": {}}], {}),
    ("五险参保率≥80%得3分，达不到不得分", 3, [{"flag": {"of": "{f} >= 0.8", "points": 3}}], {}),
    ("困难职工建档率100%得5分", 5, [{"flag": {"of": "{f} >= 1", "points": 5}}], {}),
    ("发生群体性事件的，总分为零", None, [], {}),
]


@pytest.mark.parametrize(("wording", "points", "rules", "keys"), WORDINGS, ids=[w[0] for w in WORDINGS])
def test_the_wording_is_read_whole(wording: str, points: int | None, rules: Any, keys: Any) -> None:
    found, rest = pieces(wording, None if points is None else Decimal(points))
    assert [p.rule for p in found if p.rule] == rules
    assert {k: v for p in found for k, v in p.keys.items()} == keys
    assert rest == ""


@pytest.mark.parametrize(
    ("wording", "effect"),
    [
        ("受到党纪处分的，取消当年评优资格", "not awarded"),
        ("规定任务未完成的，不予评先", "not awarded"),
        ("弄虚作假的，取消参评资格", "not ranked"),
        ("弄虚作假的，取消参评资格，不得参加排名", "not ranked"),
        ("作弊的，取消比赛资格", "not ranked"),
        ("发生死亡事故的一票否决，取消评优资格", "not awarded"),
        ("发生群体性事件的，总分为零", "zero total"),
    ],
)
def test_a_bar_names_its_effect(wording: str, effect: str) -> None:
    [found], rest = pieces(wording, None)
    assert found.gate == {"if": "{f}", "effect": effect}
    assert found.reads["x-source"] == "office"
    assert rest == ""


def test_a_veto_has_no_effect_until_the_author_chooses_one() -> None:
    [found], _ = pieces("发生重大安全事故的，一票否决", None)
    assert found.gate is None
    assert found.title == "重大安全事故"
    assert [t.template for t in found.todo] == ["a veto has no default effect: write a gate with the effect that is meant"]


def test_what_does_not_apply_asks_for_its_condition() -> None:
    [found], _ = pieces("没有女职工的单位不扣分", Decimal(2))
    assert found.keys == {"not_applicable": "full"}
    assert found.todo[0].params == {"wording": "没有女职工的单位不扣分"}


def test_a_thing_that_should_be_there_is_asked_for_by_its_name() -> None:
    assert [p.title for p in pieces("没有阵地不得分", Decimal(2))[0]] == ["有阵地"]
    assert [p.title for p in pieces("没有开展活动不得分", Decimal(2))[0]] == ["开展活动"]
    assert [p.title for p in pieces("未建名册的不得分", Decimal(2))[0]] == ["建名册"]


@pytest.mark.parametrize(
    "text",
    [
        "低于全市平均水平的扣2分",
        "90分以上得10分，80—89分得8分，70—79分得6分",
        "第一名得5分，第二至四名得4分，第五名以后得3分",
        "培训人数不足50人扣1分",
        "达到平均数得3分",
        "后三名的分别扣1分、2分、3分",
        "超过80分钟不得分",
        "逾期一个月以内扣2分",
        "排名倒数第1名、第2名的分别计2分、1.9分",
        "达标2户得2分；正在创建3户得1.5分",
        "每月按时报送得0.5分",
        "引用市委考核得分，相应进行折算",
        "实得分＝完成数÷目标数×10分",
        "平均年龄不大于市级部门平均年龄的，得2分；每超平均年龄1岁的，扣0.5分",
    ],
)
def test_what_would_be_read_wrongly_is_left_to_the_author(text: str) -> None:
    found, rest = pieces(text, Decimal(10))
    assert [p.rule for p in found if p.rule] == []
    assert rest != ""


def test_the_reason_of_a_bar_is_named_not_its_consequence() -> None:
    assert [p.title for p in pieces("受到党纪政务处分的，评议结果直接确定为不合格", None)[0]] == ["受到党纪政务处分"]
    assert [p.title for p in pieces("发生死亡事故的一票否决，取消评优资格", None)[0]] == ["死亡事故"]
    assert [p.title for p in pieces("按时足额上解的得5分", Decimal(5))[0]] == ["按时足额上解"]


def test_a_consequence_is_not_the_reason_of_a_bar() -> None:
    found, rest = pieces("凡发生职工群体性事件的，本项不得分，并取消评先资格", Decimal(6))
    assert [(p.title, p.keys) for p in found] == [("职工群体性事件", {"zero_if": "{f}"})]
    assert "取消评先资格" in rest
