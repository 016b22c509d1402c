"""The levels that a table states in a row of its own: 90分以上为优秀,80分以上为称职,60分以下为不称职."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from scorekit.drafting.pieces import NUMBER, plain, shortest

Level = tuple[str, Decimal | None]
"""The name of a level and its line in points; without a line, what reaches none."""

_LINE = re.compile(
    rf"(低于|不足|不满)?{NUMBER}分?(?:\(含\))?(?:及?以上)?(?:(?:-|至|到|不足|不满){NUMBER}分?)?(以下)?(?:\(不?含(?:{NUMBER}分)?\))?(?:的)?,?"
    r"(?:可?评|确定|评定|认定|定)?为\"?“?([^,;0-9”\"]{1,10})"
)


def levels_of(text: str) -> list[Level]:
    """The levels of a wording from the best down; none where it states fewer than two."""
    found = [_level(m) for m in _LINE.finditer(plain(text))]
    if len(found) < 2 or not any(line is not None for _, line in found):
        return []
    return sorted(found, key=lambda level: Decimal(-1) if level[1] is None else level[1], reverse=True)


def _level(match: re.Match[str]) -> Level:
    name = re.sub("(?:等次|等级|工会|单位)$", "", match[6]) or match[6]
    return name, None if match[1] or match[4] else Decimal(match[2]) if not match[3] else min(Decimal(match[2]), Decimal(match[3]))


def ladder(levels: Sequence[Level]) -> dict[str, Any]:
    """The levels as a rubric holds them, and what reaches none of them."""
    lines = [(name, line) for name, line in levels if line is not None]
    below = next((name for name, line in levels if line is None), "未达标")
    return {
        "levels": [{"id": f"level-{i}", "title": name, "at_least": shortest(line)} for i, (name, line) in enumerate(lines, 1)],
        "below": {"id": "none", "title": below},
    }
