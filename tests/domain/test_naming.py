"""Folding: names that people take for one are one when compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.naming import all_folded, folded, header_forms, outward


@pytest.mark.parametrize(
    ("written", "like"),
    [
        ("阿里・木江", "阿里·木江"),
        ("阿里•木江", "阿里·木江"),
        ("阿里‧木江", "阿里·木江"),
        ("阿里．木江", "阿里·木江"),
        ("某 某　公司", "某某公司"),
        ("某\u200b某\ufeff公司", "某某公司"),
        ("ＡＢＣ（甲）", "abc(甲)"),
        ("Straße", "STRASSE"),
    ],
)
def test_names_that_look_alike_fold_alike(written, like):
    assert folded(written) == folded(like)


def test_a_full_stop_is_no_middle_dot():
    assert folded("a.b") != folded("a·b")


@given(st.lists(st.text(max_size=30), max_size=60))
def test_many_names_fold_as_each_alone(texts):
    assert all_folded(texts) == [folded(t) for t in texts]


def test_a_thousand_names_fold_as_each_alone():
    texts = [f"第{i}・机械厂 Ｕｎｉｔ\u200b{i}𠮷" for i in range(1000)]
    assert all_folded(texts) == [folded(t) for t in texts]


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


def test_a_header_may_be_meant_without_its_mark_or_remark():
    assert header_forms("*入会率（%）") == (("*入会率(%)", ""), ("入会率(%)", ""), ("入会率", "%"))
    assert header_forms("人数") == (("人数", ""),)


def test_an_invisible_character_hides_no_accent():
    assert folded("e\u200b\u0301") == folded("é")


def test_a_name_is_sought_where_it_stands_and_then_further_out() -> None:
    assert list(outward("a", "x.y")) == ["x.y.a", "x.a", "a"]
    assert list(outward("x.a", "")) == ["x.a"]


@pytest.mark.parametrize(
    "header",
    [
        "1、会员人数", "1.会员人数", "1.2 会员人数", "2.1.3会员人数", "（一）会员人数", "(1)会员人数", "一、会员人数", "①会员人数", "⑫ 会员人数",
        "*1、会员人数", "会员人数：", "会员人数*", "☆会员人数", "会员人数 ",
    ],
)  # fmt: skip
def test_marks_and_the_number_before_a_title_are_taken_off(header: str) -> None:
    assert ("会员人数", "") in header_forms(header)


@pytest.mark.parametrize(
    "header", ["会员人数（人）", "会员人数【人】", "会员人数〔人〕", "会员人数（单位：人）", "3、会员人数[人]", "会员人数（人）："]
)
def test_a_remark_behind_a_title_stands_in_any_brackets(header: str) -> None:
    assert ("会员人数", "人") in header_forms(header)


def test_the_title_itself_comes_before_what_is_left_of_it() -> None:
    assert header_forms("35岁以下人数") == (("35岁以下人数", ""),)
    assert [name for name, _ in header_forms("1.35岁以下")] == ["1.35岁以下", "岁以下", "35岁以下"]
    assert header_forms("组织建设/*满意度") == (("组织建设/*满意度", ""), ("组织建设/满意度", ""))
    assert header_forms("\u200b") == (("", ""),)
    assert header_forms("1、") == (("1、", ""),)
