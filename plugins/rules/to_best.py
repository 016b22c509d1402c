"""Points in proportion to the best of the units that are compared (以最优为满分折算)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import Column, Number, Rule, Why, best_of, hookimpl, rule


@rule(
    adds=True,
    scope="cohort",
    says={
        "zh": "{of}最优的单位得满分{points}分，其余按与最优的比例得分",
        "en": "{points} points for the best in {of}, the others in proportion to it",
        "zh:first=high": "（高者为优）",
        "en:first=high": " (the highest is best)",
        "zh:first=low": "（低者为优）",
        "en:first=low": " (the lowest is best)",
    },
)
def to_best(of: Column, *, points: Number, first: Literal["high", "low"] = "high") -> Column:
    """Value ÷ best × points, or best ÷ value where the lowest is best; no proportion to a best that is not above zero."""
    best = best_of(of, first)
    best = best.masked_where(best == 0, Why.DIVIDED_BY_ZERO).masked_where(best < 0, Why.OUT_OF_DOMAIN)
    return points * (of / best if first == "high" else best / of).clip(0, 1)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [to_best]
