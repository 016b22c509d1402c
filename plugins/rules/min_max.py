"""Points by the place of a value between the least and the greatest of the units that are compared (极差标准化)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import Column, Number, Rule, Why, best_of, hookimpl, rule, where


@rule(
    adds=True,
    scope="cohort",
    says={
        "zh": "{of}按在最低与最高之间的位置得分：(值－最低)÷(最高－最低)×{points}",
        "en": "{points} × ({of} − least) ÷ (greatest − least)",
        "zh:first=high": "（高者为优）",
        "en:first=high": " (the highest is best)",
        "zh:first=low": "（低者为优）",
        "en:first=low": " (the lowest is best)",
        "zh:alike": "，各单位都相同的得{alike}分",
        "en:alike": ", {alike} where all are alike",
    },
)
def min_max(of: Column, *, points: Number, first: Literal["high", "low"] = "high", alike: Number | None = None) -> Column:
    """(value − worst) ÷ (best − worst) × points; where all are alike there is no figure unless *alike* gives one."""
    best, worst = best_of(of, first), best_of(of, "low" if first == "high" else "high")
    share = points * ((of - worst) / (best - worst).masked_where(best == worst, Why.DIVIDED_BY_ZERO))
    return share if alike is None else where(best == worst, alike, share)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [min_max]
