"""One price for the first, another for each further one (首项、增项计分)."""

from __future__ import annotations

from scorekit.plugin import Column, Number, Rule, hookimpl, rule


@rule(
    adds=True,
    says={
        "zh": "{of}第1个得{first}分，每增加1个得{further}分",
        "en": "{first} points for the first of {of}, {further} for each further one",
    },
)
def first_further(of: Column, *, first: Number, further: Number) -> Column:
    """*first* for the first of *of* and *further* for each beyond it; a part of one earns its part."""
    return first * of.clip(0, 1) + further * (of - 1).clip(0)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [first_further]
