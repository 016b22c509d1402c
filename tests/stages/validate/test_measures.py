"""Units behind numbers: what means the same, what turns into another exactly, and what is another measure."""

from __future__ import annotations

from fractions import Fraction

import pytest

from scorekit.stages.validate.measures import factor, is_unit


@pytest.mark.parametrize(
    ("written", "asked", "times"),
    [
        ("人", "人", 1), ("名", "人", 1), ("个", "次", 1), ("场", "次", 1), ("次", "", 1), ("㎡", "平方米", 1), ("天", "日", 1),
        ("元", "万元", Fraction(1, 10_000)), ("亿元", "万元", 10_000), ("万", "元", 10_000), ("万人", "人", 10_000), ("千", "人", 1000),
        ("亿", "亿元", 1), ("块", "元", 1),
    ],
)  # fmt: skip
def test_a_unit_turns_into_another_exactly(written: str, asked: str, times: Fraction) -> None:
    assert factor(written, asked) == times


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("家", "人"),
        ("月", "年"),
        ("天", "年"),
        ("人次", "人"),
        ("元", ""),
        ("元", "人"),
        ("万", ""),
        ("米", "千米"),
        ("亩", "平方米"),
        ("万米", "米"),
        ("x", "x人"),
    ],
)
def test_another_measure_is_none(written: str, asked: str) -> None:
    assert factor(written, asked) is None


def test_units_are_known_by_their_words() -> None:
    assert [is_unit(w) for w in ("元", "人", "㎡", "上年", "")] == [True, True, True, False, False]
