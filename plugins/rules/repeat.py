"""A deduction that grows with each occurrence (屡次加重扣分)."""

from __future__ import annotations

from scorekit.plugin import Column, Numbers, Rule, column, hookimpl, rule, where


@rule(
    takes=True,
    says={
        "zh": "{of}发生1次、2次……的，累计依次扣{totals}分，更多的按最后一档",
        "en": "points off in total for the first, second, … of {of}: {totals}; more count as the last",
    },
)
def repeat(of: Column, *, totals: Numbers) -> Column:
    """Takes the first of *totals* in all for one occurrence, the second for two, and the last for any more."""
    taken = column(0)
    for number, total in enumerate(totals, 1):
        taken = where(of >= number, -total, taken)
    return taken


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [repeat]
