"""So many points off for each thing missing, person or occurrence (每项、每人、每次扣分)."""

from __future__ import annotations

from scorekit.plugin import Column, Number, Rule, hookimpl, rule


@rule(
    takes=True,
    says={
        "zh": "{of}每1个扣{deduct}分",
        "en": "{deduct} points off for each of {of}",
        "zh:free": "（前{free}个不扣）",
        "en:free": " (not for the first {free})",
    },
)
def each(of: Column, *, deduct: Number, free: Number = 0) -> Column:
    """Takes *deduct* for every one of *of* beyond the first *free*."""
    return -deduct * (of - free).clip(0)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [each]
