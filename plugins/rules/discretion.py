"""Points given at discretion, within what the grade or the clause allows (区间内打分)."""

from __future__ import annotations

from scorekit.plugin import Column, Number, Ranges, Rule, Why, column, hookimpl, rule


@rule(
    adds=True,
    says={
        "zh": "按{of}计分",
        "en": "the points entered as {of}",
        "zh:low": "，不低于{low}",
        "en:low": ", not below {low}",
        "zh:high": "，不高于{high}",
        "en:high": ", not above {high}",
        "zh:ranges": "，须在{grade}对应的区间内（{ranges}）",
        "en:ranges": ", within the range of {grade} ({ranges})",
        "zh:reason": "，须写明{reason}",
        "en:reason": ", with {reason}",
    },
)
def discretion(
    of: Column,
    grade: Column | None = None,
    reason: Column | None = None,
    *,
    points: Number | None = None,
    low: Number = 0,
    high: Number | None = None,
    ranges: Ranges | None = None,
) -> Column:
    """The points as they were entered; outside of what is allowed they are invalid, never clipped."""
    return within(of, grade, low, points if high is None else high, ranges)


def within(of: Column, grade: Column | None, low: Number, high: Number | None, ranges: Ranges | None) -> Column:
    """*of*, invalid where it lies outside *low* and *high* or the range of *grade*; a grade without a range is invalid."""
    least, most = column(low), high if high is None else column(high)
    found = of.masked_where(of < least, Why.INVALID)
    found = found if most is None else found.masked_where(of > most, Why.INVALID)
    if ranges is None or grade is None:
        return found
    floor, top = (grade.looked_up({name: ends[i] for name, ends in ranges.items()}) for i in (0, 1))
    return found.masked_where((of < floor) | (of > top), Why.INVALID).masked_like(floor)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [discretion]
