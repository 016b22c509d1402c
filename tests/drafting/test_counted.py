"""Counted things, shares done and marks are read as the rules they mean."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from scorekit.drafting.wordings import pieces

WORDINGS: list[tuple[str, int | None, list[dict[str, Any]], dict[str, Any]]] = [
    ("达到90%得满分，不足的按比例得分", 4, [{"pro_rata": {"full_at": Decimal("0.9")}}], {}),
    ("按完成比例得分", 10, [{"pro_rata": {}}], {}),
    ("每召开一次得1.5分，最多3分", 3, [{"count": {"each": Decimal("1.5")}}], {}),
    ("每次1分（最多4分）", 4, [{"count": {"each": 1}}], {}),
    ("每条10分，上不封顶", None, [{"count": {"each": 10}}], {}),
    ("每季度召开1次得1分", 4, [{"count": {"each": 1}}], {}),
    ("缺一项扣2分，扣完为止", 6, [{"each": {"deduct": 2}}], {}),
    ("每缺一项扣0.5分", 3, [{"each": {"deduct": Decimal("0.5")}}], {}),
    ("每发现一处不符扣1分，最多扣4分", 4, [{"each": {"deduct": 1}}], {}),
    ("每发现一处不符扣1分，最多扣4分", 10, [{"each": {"deduct": 1}}], {"cap": 4}),
    (
        "会议缺席每人次扣0.5分，迟到每人次扣0.2分，扣分累加，最多扣5分",
        5,
        [{"each": {"deduct": Decimal("0.5")}}, {"each": {"deduct": Decimal("0.2")}}],
        {},
    ),
    ("被省级通报每次扣5分，市级每次扣3分，最多扣10分", 10, [{"each": {"deduct": 5}}, {"each": {"deduct": 3}}], {}),
    ("未配备的扣10分；配备不齐全的，缺一个工种扣1分", 10, [{"each": {"deduct": 1}}, {"penalty": {"deduct": 10}}], {}),
    ("省级每项加2分、市级每项加1分", 5, [{"count": {"each": 2}}, {"count": {"each": 1}}], {"kind": "bonus"}),
    ("报刊每种得0.5分，满分5分", 5, [{"count": {"each": Decimal("0.5")}}], {}),
    ("每新增1家加0.5分，加分最高不超过3分", None, [{"count": {"each": Decimal("0.5")}}], {"kind": "bonus", "points": 3}),
    ("缺席一次扣1分，两次扣3分，三次及以上不得分", 5, [{"repeat": {"totals": [1, 3, 5]}}], {}),
    (
        "按时足额上解得12分；每迟1天扣0.5分，最多扣6分；未上解不得分",
        12,
        [{"each": {"deduct": Decimal("0.5")}}],
        {"cap": 6, "zero_if": "not {f}"},
    ),
    ("达到95%以上得10分，达不到95%的按比例得分", 10, [{"pro_rata": {"full_at": Decimal("0.95")}}], {}),
    ("按完成比例计分，完成率超过100%的按100%计算", 8, [{"pro_rata": {}}], {}),
    ("评委打分取平均分", 10, [{"panel": {"out_of": 100}}], {}),
    ("由5名评委打分，去掉一个最高分和一个最低分，取平均分，保留两位小数", 40, [{"panel_mean": {"drop": 1}}], {}),
    ("视情节轻重扣1—5分", 5, [{"discretion_off": {"high": 5}}], {}),
    ("未按规定组织检查的扣3～5分", 10, [{"discretion_off": {"high": 5}}], {}),
    ("材料不齐全的酌情扣1至3分", 5, [{"discretion_off": {"high": 3}}], {}),
    ("迟到、早退一次扣0.5分", 5, [{"each": {"deduct": Decimal("0.5")}}], {}),
    ("评委酌情加分，最高不超过5分", 5, [{"mark": {}}], {}),
    (
        "优秀每票100分，称职每票80分，不称职每票0分，除以有效票数，按40分折算",
        40,
        [{"votes": {"worth": {"优秀": 100, "称职": 80, "不称职": 0}}}],
        {},
    ),
    (
        "（优秀票×10+合格票×6）÷有效票",
        10,
        [{"votes": {"worth": {"优秀": 10, "合格": 6}, "out_of": 10}}],
        {},
    ),
    (
        "台账齐全规范得6分，较齐全得4分，不齐全得1分",
        6,
        [{"priced": {"prices": {"台账齐全规范": 6, "较齐全": 4, "不齐全": 1}, "otherwise": 0}}],
        {},
    ),
    ("一人未入会扣1分", 5, [{"each": {"deduct": 1}}], {}),
    ("每人次扣0.5分", 3, [{"each": {"deduct": Decimal("0.5")}}], {}),
    ("每发生1起扣2分", 6, [{"each": {"deduct": 2}}], {}),
    ("首次得1分，以后每次得0.5分，最多2分", 2, [{"first_further": {"first": 1, "further": Decimal("0.5")}}], {}),
    ("一个模块25分，每增加一个加5分", 40, [{"first_further": {"first": 25, "further": 5}}], {}),
    ("首次20分，每增加一次累加5分", None, [{"first_further": {"first": 20, "further": 5}}], {}),
    ("发生1次扣0.5分，2次及以上不得分", 2, [{"repeat": {"totals": [Decimal("0.5"), 2]}}], {}),
    ("每超时限1天扣1分", 5, [{"each": {"deduct": 1}}], {}),
    (
        "每逾期30天扣0.5分，不足30天按30天计，扣完为止",
        3,
        [{"excess": {"limit": 0, "step": 30, "deduct": Decimal("0.5"), "steps": "started"}}],
        {},
    ),
    ("去掉一个最高分和一个最低分，取平均分", 100, [{"panel_mean": {"drop": 1}}], {}),
    ("去掉2个最高分和2个最低分后取平均值", 100, [{"panel_mean": {"drop": 2}}], {}),
    ("酌情扣分", 5, [{"discretion_off": {}}], {}),
    ("由考核组视情况酌情给分", 5, [{"mark": {}}], {}),
    ("好8-10分，较好4-7分，一般0-3分", 10, [{"mark": {}}], {}),
    ("①有计划②有总结③有档案④有台账，各0.5分", 2, [{"count": {"each": Decimal("0.5")}}], {}),
    ("每10人次得1分，最多5分", 5, [{"count": {"each": 1, "of": "floor({f} / 10)"}}], {}),
    ("主席、委员身份均已公示得4分；委员每有1人未公示扣0.5分，扣完为止", 4, [{"each": {"deduct": Decimal("0.5")}}, {"flag": {}}], {}),
]


@pytest.mark.parametrize(("wording", "points", "rules", "keys"), WORDINGS, ids=[w[0] for w in WORDINGS])
def test_the_wording_is_read_whole(wording: str, points: int | None, rules: Any, keys: Any) -> None:
    found, rest = pieces(wording, None if points is None else Decimal(points))
    assert [p.rule for p in found if p.rule] == rules
    assert {k: v for p in found for k, v in p.keys.items()} == keys
    assert rest == ""


def test_a_counted_field_bears_the_unit_that_is_counted() -> None:
    assert pieces("每人次扣0.5分", Decimal(3))[0][0].reads["x-unit"] == "人次"
    assert pieces("一人未入会扣1分", Decimal(5))[0][0].title == "未入会人数"
    assert pieces("缺一项扣2分", Decimal(5))[0][0].title == "缺项数"


def test_more_than_one_at_a_time_is_counted_in_whole_steps() -> None:
    assert pieces("每10人次得1分", Decimal(5))[0][0].rule == {"count": {"each": 1, "of": "floor({f} / 10)"}}


def test_a_mark_is_entered_by_the_office_within_the_points() -> None:
    [found], _ = pieces("酌情扣分", Decimal(5))
    assert (found.reads["maximum"], found.reads["x-source"]) == (5, "office")


def test_a_panel_s_field_holds_the_marks_of_raters() -> None:
    [found], _ = pieces("去掉一个最高分和一个最低分，取平均分", Decimal(10))
    assert found.reads["x-source"] == {"who": "panel"}


def test_two_counts_of_one_sentence_are_of_two_things() -> None:
    titles = lambda text: [p.title for p in pieces(text, Decimal(10))[0]]
    assert titles("会议缺席每人次扣0.5分，迟到每人次扣0.2分") == ["会议缺席人次数", "迟到人次数"]
    assert titles("未按时报送材料的，每次扣1分") == ["未按时报送材料次数"]
    assert titles("组织健全，每缺一项扣1分") == ["缺项数"]
    assert titles("按要求报送信息，每次扣1分") == [""]
    assert titles("被省级通报每次扣5分，市级每次扣3分") == ["省级通报次数", "市级次数"]
    assert titles("省级每项加2分、市级每项加1分") == ["省级项数", "市级项数"]
    assert titles("迟报1次扣1分，未报1次扣2分") == ["迟报次数", "未报次数"]
    assert titles("配备不齐全的，缺一个工种扣1分") == ["缺工种个数"]


def test_a_limit_of_several_deductions_is_asked_about() -> None:
    found, _ = pieces("投诉每件扣1分，最多扣3分；重复投诉每件扣2分", Decimal(5))
    assert found[0].keys == {"cap": 3}
    assert [t.params for p in found for t in p.todo] == [{"most": 3}]


def test_minutes_are_no_points() -> None:
    found, rest = pieces("迟到15分钟以内扣5分", Decimal(10))
    assert found == []
    assert rest == "迟到15分钟以内扣5分"


def test_things_named_together_are_counted_together() -> None:
    assert [p.title for p in pieces("工作人员迟到、早退一次扣0.5分", Decimal(5))[0]] == ["工作人员迟到和早退次数"]


def test_a_share_below_a_number_is_left_to_the_author() -> None:
    found, rest = pieces("走访200人以上得5分，100人以上不足200人得3分，不足100人按比例得分", Decimal(5))
    assert [next(iter(p.rule)) for p in found] == ["tiers"]
    assert "按比例得分" in rest
