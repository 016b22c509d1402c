"""Cells in their bytes become the columns that the list of the same cells becomes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scorekit.domain.rubric import FieldSpec
from scorekit.stages.validate.columns import typed
from scorekit.stages.validate.plain import plain_numbers
from tests.building import spans


def spec(kind: Any, **more: Any) -> FieldSpec:
    return FieldSpec("f", "栏目", kind, more.pop("schema", {}), "#/f", "", **more)


NUMBER, TRUTH, TEXT, DATE = spec("number"), spec("truth"), spec("text"), spec("date")
SPECS = (
    NUMBER, TRUTH, TEXT, DATE, spec("number", unit="percent"), spec("number", unit="duration"), spec("number", blank=("—", "0")),
    spec("number", not_applicable=("无", "二")), spec("text", schema={"enum": ["国家级", "省级"]}), spec("truth", not_applicable=("无",)),
)  # fmt: skip
WORDS = st.sampled_from(
    ["12", " 12 ", "１２", "1,234.5", "92.28%", "12人", "十二", "", "—", "是", "否", "√", "×", "yes", "1", "0", "2", "国家级", "省 级", "2026-07-30",
     "2026年7月30日", "20260730", "无", "3.", "-0", "1e3", "0.5", "7.25", "99999999999999999999", "0.0000000001", "二", "3:05"]
)  # fmt: skip
PLAIN = st.one_of(st.integers(-9, 10**6).map(str), st.decimals(0, 10, places=1).map(str), st.just(""))


def of_bytes_and_of_texts(texts, field, in_sheet):
    """What cells in their bytes become, and what the list of the same cells becomes."""
    found = []
    for cells in (spans(texts), list(texts)):
        read = typed(cells, field, in_sheet)
        why = [0] * len(texts) if read.column.why is None else read.column.why.tolist()
        found.append((read.column.kind, read.column.listed(), why, read.notes, read.signed))
    return found


@pytest.mark.parametrize("in_sheet", [True, False])
@given(texts=st.lists(st.one_of(WORDS, PLAIN), min_size=1, max_size=6), field=st.sampled_from(SPECS))
@example(texts=["0", "5", "—"], field=SPECS[6])
def test_bytes_are_read_as_their_texts_are(in_sheet, texts, field):
    of_bytes, of_texts = of_bytes_and_of_texts(texts, field, in_sheet)
    assert of_bytes == of_texts


@given(texts=st.lists(PLAIN, min_size=1, max_size=20))
def test_plain_numbers_are_read_without_their_texts(texts):
    assert plain_numbers(spans(texts), NUMBER) is not None
    of_bytes, of_texts = of_bytes_and_of_texts(texts, NUMBER, True)
    assert of_bytes == of_texts


def test_many_different_texts_are_read_from_the_list():
    for texts, field in (([f"工会{i}" for i in range(40)], TEXT), ([["是", "否"][i % 2] for i in range(40)], TRUTH)):
        of_bytes, of_texts = of_bytes_and_of_texts(texts, field, True)
        assert of_bytes == of_texts
        assert not any(of_bytes[2])
