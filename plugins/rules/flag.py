"""Met or not met: full points, or none (达标得分)."""

from __future__ import annotations

from scorekit.plugin import Column, Number, Rule, hookimpl, rule, where


@rule(
    adds=True,
    says={
        "zh": "{of}的得{points}分，否则得{otherwise}分",
        "en": "{points} points if {of}, otherwise {otherwise}",
    },
)
def flag(of: Column, *, points: Number, otherwise: Number = 0) -> Column:
    """Points where *of* is true, *otherwise* where it is false."""
    return where(of, points, otherwise)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [flag]
