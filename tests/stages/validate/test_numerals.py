"""Numbers in characters: written in full they are one number, and anything shorter is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.stages.validate.numerals import spelt, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0), ("〇", 0), ("三", 3), ("两", 2), ("十", 10), ("十二", 12), ("一十二", 12), ("二十", 20), ("一百零五", 105), ("两百", 200),
        ("一百二十", 120), ("壹佰贰拾", 120), ("一千零一十", 1010), ("两千零五", 2005), ("十万", 100_000), ("叁万伍仟", 35_000),
        ("一万零三百", 10_300), ("一亿零一", 100_000_001), ("十二亿零三十万", 1_200_300_000),
    ],
)  # fmt: skip
def test_a_number_written_in_full_is_read(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(
    "text",
    ["", "百", "万", "一百二", "三千五", "一二三", "二〇二六", "一万三百", "三五", "十几", "一百零", "零三", "十十", "一亿万", "3百"],
)
def test_what_is_not_written_in_full_is_no_number(text: str) -> None:
    assert whole(text) is None


@given(st.integers(0, 20_000) | st.integers(0, 10**12 - 1))
def test_every_number_is_read_as_it_is_spelt(number: int) -> None:
    assert whole(spelt(number)) == number


@given(st.text(st.sampled_from("零一二三五九十百千万亿〇两拾"), max_size=8))
def test_a_text_says_one_number_in_full_or_none(text: str) -> None:
    number = whole(text)
    assert number is None or whole(spelt(number)) == number
