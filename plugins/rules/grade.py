"""A grade's share of the full marks (等级折算)."""

from __future__ import annotations

from scorekit.plugin import Column, Number, Rule, Table, column, hookimpl, rule


@rule(
    adds=True,
    says={
        "zh": "{of}按等级得满分{points}分的相应比例：{shares:%}",
        "en": "the share of {points} points that stands for the grade of {of}: {shares:%}",
        "zh:otherwise": "，其余{otherwise:%}",
        "en:otherwise": "; any other {otherwise:%}",
    },
)
def grade(of: Column, *, points: Number, shares: Table, otherwise: Number | None = None) -> Column:
    """Points times the share of the grade; a grade without one gets *otherwise*, and without that is invalid."""
    return points * of.looked_up(shares, None if otherwise is None else column(otherwise))


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [grade]
