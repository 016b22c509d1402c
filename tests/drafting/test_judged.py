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
