"""What levels and tie chains may get wrong: lines above all that can be earned, keys that part nobody."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.level_checks import level_findings
from tests.building import NUMBER, criterion, plan_of, said, section

A = {"id": "a", "title": "优"}
SHAPE = {"s": section({"x": criterion(points=60)}), "y": criterion(points=40), "z": criterion(points=5, kind="bonus"), "n": NUMBER}


def findings(shape: Any = SHAPE, **frame: Any) -> list[tuple[str, str]]:
    return [(said(what), where.partition("x-rubric")[2]) for what, _, where in level_findings(plan_of(shape, **frame).tracks[0])]


@pytest.mark.parametrize(
    ("of", "line", "most"),
    [
        ("points()", 106, "105"),
        ("points()", 105, None),
        ("points(y)", 41, "40"),
        ("points(y)", 40, None),
        ("rate(s)", 90, "1"),
        ("rate(s)", 1, None),
        ("n", 1000, None),
        ("points(s)", 1000, None),
        ("points() + n", 1000, None),
    ],
)
def test_a_line_above_all_that_can_be_earned_is_found(of: str, line: int, most: str | None) -> None:
    told = [(f"the level “优” begins at {line}, and at most {most} can be reached", "/levels/0/at_least")] if most else []
    assert findings(levels=[{**A, "of": of, "at_least": line}]) == told


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"caps": {"bonus": 2}, "line": 103}, 1),
        ({"caps": {"bonus": 2}, "line": 102}, 0),
        ({"caps": {"total": 100}, "line": 101}, 1),
        ({"shape": {**SHAPE, "z": criterion(points=None, kind="bonus")}, "line": 999}, 0),
        ({"shape": {**SHAPE, "y": criterion(points=40, ceiling=None)}, "line": 999}, 0),
    ],
)
def test_caps_and_what_has_no_bound_are_kept_in_mind(more: dict[str, Any], expected: int) -> None:
    line, shape = more.pop("line"), more.pop("shape", SHAPE)
    assert len(findings(shape, levels=[{**A, "at_least": line}], **more)) == expected


def test_lines_of_every_ladder_are_looked_at() -> None:
    assert [where for _, where in findings(ladders={"l": {"of": "points(y)", "levels": [{**A, "at_least": 99}]}})] == [
        "/ladders/l/levels/0/at_least"
    ]


@pytest.mark.parametrize(
    ("chain", "expected"),
    [
        ([{"by": "n"}, {"by": "n", "first": "low"}], ["/rank/tie_break/1/by"]),
        ([{"by": "points()"}], ["/rank/tie_break/0/by"]),
        ([{"by": "n", "places": "1"}, {"by": "n"}], []),
        ([{"by": "n", "decimals": 1}, {"by": "n"}], []),
        ([{"by": "n"}, {"run_off": "n"}], []),
    ],
)
def test_a_key_that_was_compared_before_is_found(chain: list[dict[str, Any]], expected: list[str]) -> None:
    assert [where for _, where in findings(rank={"tie_break": chain})] == expected
