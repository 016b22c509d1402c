"""Points for every step above a target, points off for every step below (每增加加分、每减少扣分)."""

from __future__ import annotations

from scorekit.plugin import Column, Number, Rule, hookimpl, rule

from .shortfall import counted


@rule(
    adds=True,
    takes=True,
    says={
        "zh": "{of}以{target}为基准，每增加{step}加{add}分，每减少{step}扣{deduct}分",
        "en": "{add} points for every {step} that {of} is above {target}, {deduct} off for every {step} below",
        "zh:up_to": "，最多加{up_to}分",
        "en:up_to": ", at most {up_to} added",
        "zh:down_to": "，最多扣{down_to}分",
        "en:down_to": ", at most {down_to} taken",
    },
)
def around(
    of: Column,
    *,
    target: Number,
    step: Number,
    add: Number,
    deduct: Number,
    up_to: Number | None = None,
    down_to: Number | None = None,
) -> Column:
    """Whole steps by magnitude either way, as the field counts; *up_to* and *down_to* cap what is added and taken."""
    gained = add * counted((of - target) / step, "full")
    lost = deduct * counted((target - of) / step, "full")
    return gained.clip(None, up_to) - lost.clip(None, down_to)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [around]
