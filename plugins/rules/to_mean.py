"""Points in proportion to the mean of the units that are compared (与平均值之比)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import Column, Number, Rule, Why, hookimpl, mean_of, rule


@rule(
    adds=True,
    scope="cohort",
    says={
        "zh": "{of}等于平均值得{points}分，其余按与平均值的比例得分",
        "en": "{points} points at the mean of {of}, in proportion to it otherwise",
        "zh:first=high": "（高者为优）",
        "en:first=high": " (the highest is best)",
        "zh:first=low": "（低者为优）",
        "en:first=low": " (the lowest is best)",
    },
)
def to_mean(of: Column, *, points: Number, first: Literal["high", "low"] = "high") -> Column:
    """Value ÷ mean × points, or mean ÷ value where the lowest is best; no proportion to a mean that is below zero."""
    mean = mean_of(of)
    mean = mean.masked_where(mean < 0, Why.OUT_OF_DOMAIN)
    return points * (of / mean if first == "high" else mean / of)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [to_mean]
