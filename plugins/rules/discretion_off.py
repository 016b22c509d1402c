"""Points taken off at discretion, within what the grade or the clause allows (酌情扣分)."""

from __future__ import annotations

from scorekit.plugin import Column, Number, Ranges, Rule, hookimpl, rule

from .discretion import within


@rule(
    takes=True,
    says={
        "zh": "按{of}酌情扣分",
        "en": "{of} points off at discretion",
        "zh:low": "，不少于{low}",
        "en:low": ", not less than {low}",
        "zh:high": "，不多于{high}",
        "en:high": ", not more than {high}",
        "zh:ranges": "，须在{grade}对应的区间内（{ranges}）",
        "en:ranges": ", within the range of {grade} ({ranges})",
        "zh:reason": "，须写明{reason}",
        "en:reason": ", with {reason}",
    },
)
def discretion_off(
    of: Column,
    grade: Column | None = None,
    reason: Column | None = None,
    *,
    points: Number | None = None,
    low: Number = 0,
    high: Number | None = None,
    ranges: Ranges | None = None,
) -> Column:
    """Takes what was entered; outside of what is allowed it is invalid, never clipped."""
    return -within(of, grade, low, points if high is None else high, ranges)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [discretion_off]
