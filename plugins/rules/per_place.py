"""So many points less for every place behind the first (每落后一名扣分)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import Column, Number, Rule, hookimpl, placed, rule


@rule(
    adds=True,
    scope="cohort",
    says={
        "zh": "{of}第1名得{points}分，每落后一名扣{deduct}分，扣完为止",
        "en": "{points} points for the first place in {of}, {deduct} less for every place behind, down to 0",
        "zh:first=high": "（由高到低排名）",
        "en:first=high": " (the highest first)",
        "zh:first=low": "（由低到高排名）",
        "en:first=low": " (the lowest first)",
    },
)
def per_place(of: Column, *, points: Number, deduct: Number, first: Literal["high", "low"] = "high") -> Column:
    """points − deduct × (place − 1), not below 0; equal values share the better place and the next is skipped."""
    return (points - deduct * (placed(of, first) - 1)).clip(0)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [per_place]
