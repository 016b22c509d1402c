"""Numbers as reports write them, and what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.drafting.quantities import days, quantities
from scorekit.drafting.report_text import plain


def found(text):
    return [(q.value, q.unit) for q in quantities(plain(text))]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("职工1,260人", "1260", "人"),
        ("占９５．５％", "95.5", "%"),
        ("受益职工2.3万名", "23000", "名"),
        ("慰问金43.6万元", "436000", "元"),
        ("效益1.2亿元", "120000000", "元"),
        ("百分之九十五", "95", "%"),
        ("百分之95", "95", "%"),
        ("先后组织三场竞赛", "3", "场"),
        ("新建工会二百五十四家", "254", "家"),
        ("共一千零二十人", "1020", "人"),
        ("十二次", "12", "次"),
        ("培训4180人次", "4180", "人次"),
        ("已建会 1776家", "1776", "家"),
        ("面积60平方米", "60", "平方米"),
        ("理赔天数11天", "11", "天"),
        ("平均分91.5分", "91.5", "分"),
    ],
)
def test_numbers_with_their_units(text, value, unit):
    assert found(text) == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    "text",
    [
        "2026年",
        "第三次会议",
        "12月底",
        "7月30日上午10时",
        "长工会[2026]30号文件",
        "联系30—40个企业",
        "10～15家",
        "构建“三个一”机制",
        "职工四位一体",
        "千余名职工",
        "“两个率先”",
        "六个0",
        "三是加强学习",
        "A1人",
        "一方面",
    ],
)
def test_what_counts_nothing_is_no_number(text):
    assert found(text) == []


def test_a_number_alone_in_its_cell_needs_no_unit():
    assert found("会员人数\t480") == [(480, "")]
    assert found("会员人数480") == []
    assert found("会员人数\t480和3") == []


@pytest.mark.parametrize("text", ["近50个基层工会", "500余个", "3900多万元", "95%以上", "约300人", "不少于4次", "超过100人", "20人左右"])
def test_a_number_that_is_none_exactly_is_vague(text):
    [quantity] = quantities(plain(text))
    assert quantity.vague


@pytest.mark.parametrize("text", ["比上年增长12%", "提高5个百分点", "下降3%", "净增20人"])
def test_by_how_much_something_changed_is_no_figure_of_it(text):
    [quantity] = quantities(plain(text))
    assert quantity.change


def test_small_words_for_numbers_may_be_turns_of_phrase():
    assert [q.loose for q in quantities("开展了一次活动")] == [True]
    assert [q.loose for q in quantities("举办三期")] == [False]
    assert [q.loose for q in quantities("成立五个小组")] == [True]


def test_places_are_those_of_the_sentence():
    text = "共有12家，会员3人"
    assert [text[q.start : q.end] for q in quantities(text)] == ["12家", "3人"]


@pytest.mark.parametrize("text", ["2026年7月30日", "2026-07-30", "2026/7/30", "2026.7.30"])
def test_whole_dates(text):
    assert [d.iso for d in days(f"于{text}召开")] == ["2026-07-30"]


@pytest.mark.parametrize("text", ["7月30日", "2026年7月", "2026年13月1日"])
def test_parts_of_dates_are_no_dates(text):
    assert list(days(text)) == []


@given(st.integers(1, 9_999_999), st.sampled_from(["人", "家", "次", "%"]))
def test_digits_are_read_as_they_stand(number, unit):
    assert found(f"共{number}{unit}") == found(f"共{number:,}{unit}") == [(Decimal(number), unit)]


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text):
    for quantity in quantities(plain(text)):
        assert 0 <= quantity.start < quantity.end <= len(plain(text))
