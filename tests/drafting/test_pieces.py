"""What wordings are made of: numbers, shares, counted things in one spelling."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from scorekit.drafting.pieces import TAKEN, amount, begun, full_marks, named, number, plain, share, shortest, taken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每少２％ 扣 0.5 分。", "每少2%扣0.5分;"),
        ("每少两个百分点", "每少2个百分点"),
        ("开展三次以上", "开展3次以上"),
        ("第一名10分、第二名8分", "第一名10分,第二名8分"),
        ("前三名", "前三名"),
        ("后三名，同一篇", "后三名,同一篇"),
        ("迟到、早退", "迟到和早退"),
        ("第1、2、3名", "第1,2,3名"),
        ("参保率≥80%", "参保率不低于80%"),
        ("70～80", "70-80"),
        ("百分之90", "90%"),
    ],
)
def test_one_spelling_for_every_way_to_write_it(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_numbers_are_exact_and_as_short_as_they_can_be() -> None:
    assert (number("5"), number("5.0"), number("0.50")) == (5, 5, Decimal("0.5"))
    assert (share("90"), share("100"), share("2.5")) == (Decimal("0.9"), 1, Decimal("0.025"))
    assert str(shortest(Decimal(100))) == "100"


def test_what_was_read_is_taken_out_and_leaves_its_mark() -> None:
    text = "甲1分,乙2分"
    matches = list(re.finditer(r"\d分", text))
    assert taken(text, *matches) == f"甲{TAKEN},乙{TAKEN}"


@pytest.mark.parametrize(
    ("text", "how"),
    [("不足5%按5%计", {"steps": "started"}), ("不足5%按比例扣分", {"steps": "proportional"}), ("扣完为止", {})],
)
def test_how_begun_steps_count(text: str, how: dict[str, str]) -> None:
    assert begun(text)[0] == how


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("①制度健全", "制度健全"),
        ("受到党纪处分的", "受到党纪处分"),
        ("发生重大事故", "重大事故"),
        ("(1)有计划", "计划"),
        ("按时足额上解", "按时足额上解"),
    ],
)
def test_a_thing_is_named_without_marks_of_listing(text: str, name: str) -> None:
    assert named(text) == name


def test_full_marks_are_those_of_the_clause() -> None:
    match = full_marks("按时足额上解得12分;每迟1天扣0.5分", Decimal(12))
    assert match is not None
    assert match[0] == "按时足额上解得12分"
    assert full_marks("制度健全得2分;每迟1天扣0.5分", Decimal(12)) is None
    assert full_marks("办理及时得满分", Decimal(12)) is not None


def test_what_cannot_be_divided_is_counted_in_whole_numbers() -> None:
    assert amount("人") == {"type": "integer", "minimum": 0, "x-unit": "人"}
    assert amount("平方米")["type"] == "number"
