"""So many points for each (每项、每次计分)."""

from __future__ import annotations

from scorekit.plugin import Column, Number, Rule, hookimpl, rule


@rule(
    adds=True,
    says={
        "zh": "{of}每1个得{each}分",
        "en": "{each} points for each of {of}",
        "zh:free": "（前{free}个不计）",
        "en:free": " (not for the first {free})",
    },
)
def count(of: Column, *, each: Number, free: Number = 0) -> Column:
    """*each* for every one of *of* beyond the first *free*."""
    return each * (of - free).clip(0)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [count]
