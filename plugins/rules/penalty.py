"""One deduction where something is so (有、无某情形扣分)."""

from __future__ import annotations

from scorekit.plugin import Column, Number, Rule, hookimpl, rule, where


@rule(
    takes=True,
    says={
        "zh": "{of}",
        "en": "{of}",
        "zh:when=true": "的，扣{deduct}分",
        "en:when=true": ": {deduct} points off",
        "zh:when=false": "不成立的，扣{deduct}分",
        "en:when=false": " is not so: {deduct} points off",
    },
)
def penalty(of: Column, *, deduct: Number, when: bool = True) -> Column:
    """Takes *deduct* where *of* is as *when* says."""
    return where(of == when, -deduct, 0)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [penalty]
