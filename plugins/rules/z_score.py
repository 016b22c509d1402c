"""Points by how many standard deviations a value lies from the mean of the units that are compared (标准分)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import Column, Number, Rule, column, deviation_of, hookimpl, mean_of, rule, where


@rule(
    adds=True,
    takes=True,
    scope="cohort",
    says={
        "zh": "{of}的标准分：等于平均值得{at_mean}分，每偏离一个标准差相差{per_deviation}分",
        "en": "{at_mean} points at the mean of {of}, {per_deviation} more or less for every standard deviation from it",
        "zh:first=high": "（高者为优）",
        "en:first=high": " (the highest is best)",
        "zh:first=low": "（低者为优）",
        "en:first=low": " (the lowest is best)",
        "zh:sample=true": "，用样本标准差",
        "en:sample=true": ", by the sample deviation",
    },
)
def z_score(of: Column, *, at_mean: Number, per_deviation: Number, first: Literal["high", "low"] = "high", sample: bool = False) -> Column:
    """at_mean ± per_deviation × (value − mean) ÷ deviation; all are at the mean where the values do not vary."""
    spread, away = deviation_of(of, sample), of - mean_of(of)
    away = away if first == "high" else -away
    return column(at_mean) + per_deviation * where(spread == 0, 0, away / where(spread == 0, 1, spread))


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [z_score]
