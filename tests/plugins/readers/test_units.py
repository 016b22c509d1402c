"""Rows of a block are told as they are one by one; most of them without being read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.readers.sifting import Sifter
from scorekit_plugins.readers.units import units_of

from tests.building import spans

FIRST = st.sampled_from(
    [
        "甲",
        "单位",
        "合计",
        "合 计",
        "ＴＯＴＡＬ",
        "total",
        "t otal",
        "Tom",
        "A1",
        "averages",
        "average",
        "注：",
        "1",
        "",
        " ",
        "\u200b合计",
        "单位名称",
        "é",
        "ˊ",
        "😀",
        "Unit",
        "企业小计",
        "小计（3家）",
        "注：1.截至年底。",
        "2.另附。",
        "（三）再附",
        "工会主席（签字）：",
        "主席（签字）：张三",
        "2026年12月1日",
        "示例：某某工会",
        "栏次",
        "工会名称",
        "工会甲",
        "un",
        "Union",
    ]
)
SECOND = st.sampled_from(["", "甲", "合计", "3", "小 计", "会员人数", "1", "2"])
WORDS = frozenset({"单位名称", "工会名称", "人数", "会员人数", "unit", "35岁以下"})


def sifter(*names):
    return Sifter("a.csv", "", names, WORDS)


@pytest.mark.parametrize("names", [("单位名称", "人数"), ("序号", "单位名称"), ("unit", "n"), ("2026", "n"), ("", "")])
@given(rows=st.lists(st.tuples(FIRST, SECOND), min_size=1, max_size=12))
def test_rows_are_told_as_one_by_one(names, rows):
    alone, together = sifter(*names), sifter(*names)
    expected = [alone.unit(5 + i, row) for i, row in enumerate(rows)]
    found = units_of(together, [spans([r[0] for r in rows]), spans([r[1] for r in rows])], 5, "utf-8")
    assert found.tolist() == expected
    for part in ("problems", "blank", "waiting", "fresh", "noting", "ended"):
        assert getattr(together, part) == getattr(alone, part), part


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "甲厂"), ("gb18030", "甲厂"), ("utf-8", "A007"), ("utf-8", "12")])
def test_rows_of_ordinary_names_are_not_read(encoding, name):
    def fail(cell):
        raise AssertionError

    cells, known = [spans([name.encode(encoding)] * 3, fail)], sifter("单位名称")
    known.met()  # the first row under a header is looked at: it may number the columns
    assert units_of(known, cells, 2, encoding).all()
