"""Points by place among the units that are compared (按名次给分)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import Column, Number, Numbers, Rule, column, hookimpl, placed, rule, where


@rule(
    adds=True,
    scope="cohort",
    says={
        "zh": "{of}按名次依次得{prices}分，其后得{beyond}分，并列的按较高名次得分",
        "en": "by place in {of}: {prices} points, {beyond} beyond; equal values share the better place",
        "zh:first=high": "（由高到低排名）",
        "en:first=high": " (the highest first)",
        "zh:first=low": "（由低到高排名）",
        "en:first=low": " (the lowest first)",
    },
)
def place_points(of: Column, *, prices: Numbers, beyond: Number = 0, first: Literal["high", "low"] = "high") -> Column:
    """The price of each unit's place, *beyond* after the last price; a shared place skips the next."""
    place, points = placed(of, first), column(beyond)
    for number, price in enumerate(prices, 1):
        points = where(place == number, price, points)
    return points


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [place_points]
