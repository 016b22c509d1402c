"""Points by the share of the other units that a unit leaves behind (百分位)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import Column, Number, Rule, hookimpl, left_behind, rule


@rule(
    adds=True,
    scope="cohort",
    says={
        "zh": "按{of}超过其余单位的比例得分，满分{points}分",
        "en": "{points} × the share of the other units that are behind in {of}",
        "zh:first=high": "（高者在前）",
        "en:first=high": " (the highest first)",
        "zh:first=low": "（低者在前）",
        "en:first=low": " (the lowest first)",
    },
)
def percentile(of: Column, *, points: Number, first: Literal["high", "low"] = "high") -> Column:
    """Units behind ÷ (units − 1) × points, as PERCENTRANK.INC; a unit alone has all points."""
    return points * left_behind(of, first)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [percentile]
