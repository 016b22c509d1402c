"""All points at the mean of the units that are compared, so many off for every step below it (不低于平均值得满分)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import Column, Number, Rule, column, hookimpl, mean_of, rule, where

from .shortfall import PERCENTAGES, counted


@rule(
    adds=True,
    scope="cohort",
    says={
        "zh": "{of}不低于平均值得{points}分，每低{step}扣{deduct}分",
        "en": "{points} points where {of} is at least the mean, {deduct} off for every {step} below",
        "zh:add": "，每高{step}加{add}分",
        "en:add": ", {add} more for every {step} above",
        "zh:most": "（最多加{most}分）",
        "en:most": " (at most {most})",
        "zh:first=low": "（低者为优，高、低相反）",
        "en:first=low": " (the lowest is best: above and below change places)",
        "zh:steps=started": "，不足一档按一档计",
        "en:steps=started": ", a step begun counts",
        "zh:steps=proportional": "，不足一档按比例计",
        "en:steps=proportional": ", in proportion",
        "zh:per=points": "（按差值计）",
        "en:per=points": " (of the difference)",
        "zh:per=mean": "（按差值占平均值的比例计）",
        "en:per=mean": " (of the difference as a share of the mean)",
    },
)
def from_mean(
    of: Column,
    *,
    points: Number,
    step: Number,
    deduct: Number,
    add: Number = 0,
    most: Number | None = None,
    first: Literal["high", "low"] = "high",
    steps: Literal["full", "started", "proportional"] = "full",
    per: Literal["auto", "points", "mean"] = "auto",
) -> Column:
    """*points* − *deduct* for each step on the worse side of the mean (down to 0), + *add* for each on the better side."""
    mean = mean_of(of)
    away = of - mean if first == "high" else mean - of
    if per != "points" and not (per == "auto" and of.unit in PERCENTAGES):
        away = where(column(step) < 1, away / abs(mean), away) if per == "auto" else away / abs(mean)
    more = (add * counted(away / step, "full" if steps == "started" else steps)).clip(None, most)
    return (points - deduct * counted(-away / step, steps)).clip(0) + more


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [from_mean]
