"""The levels that a table states are read from the best down."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from scorekit.drafting.levels import ladder, levels_of


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("90分以上为优秀，80分以上为称职，80分以下为不称职", [("优秀", 90), ("称职", 80), ("不称职", None)]),
        ("总分95分（含）以上评为先进，85—94分评为良好，60—84分评定为合格", [("先进", 95), ("良好", 85), ("合格", 60)]),
        ("60分以上的为合格单位，不足60分的为不合格单位", [("合格", 60), ("不合格", None)]),
        ("90分以上为优秀", []),
        ("每少2%扣0.5分", []),
    ],
)
def test_lines_are_told_from_what_reaches_none(text: str, levels: list[tuple[str, int | None]]) -> None:
    assert levels_of(text) == [(name, None if line is None else Decimal(line)) for name, line in levels]


def test_a_ladder_names_what_reaches_no_line() -> None:
    found: dict[str, Any] = ladder([("优秀", Decimal(90)), ("不合格", None)])
    assert found["levels"] == [{"id": "level-1", "title": "优秀", "at_least": 90}]
    assert found["below"] == {"id": "none", "title": "不合格"}
    assert ladder([("优秀", Decimal(90))])["below"]["title"] == "未达标"
