"""Points by place among the units that are compared (按名次给分)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import Column, Number, Numbers, Rule, hookimpl, placed, rule, where


@rule(
    adds=True,
    scope="cohort",
    says={
        "zh": "{of}按名次依次得{prices}分，其后得{beyond}分",
        "en": "by place in {of}: {prices} points, {beyond} beyond",
        "zh:ties=better": "，并列的按较高名次得分",
        "en:ties=better": "; equal values share the better place",
        "zh:ties=mean": "，并列的平分所占名次的分",
        "en:ties=mean": "; equal values share the points of their places",
        "zh:ties=worse": "，并列的按较低名次得分",
        "en:ties=worse": "; equal values share the worse place",
        "zh:first=high": "（由高到低排名）",
        "en:first=high": " (the highest first)",
        "zh:first=low": "（由低到高排名）",
        "en:first=low": " (the lowest first)",
    },
)
def place_points(
    of: Column,
    *,
    prices: Numbers,
    beyond: Number = 0,
    ties: Literal["better", "mean", "worse"] = "better",
    first: Literal["high", "low"] = "high",
) -> Column:
    """The price of each unit's place, *beyond* after the last price; units that tie hold the places from *better* to *worse*."""
    better, worse = placed(of, first), len(of) + 1 - placed(of, "low" if first == "high" else "high")
    better, worse = (worse if ties == "worse" else better), (better if ties == "better" else worse)
    points = beyond * ((worse - len(prices)).clip(0) - (better - 1 - len(prices)).clip(0))
    for number, price in enumerate(prices, 1):
        points = points + where((better <= number) & (worse >= number), price, 0)
    return points / (worse - better + 1)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [place_points]
