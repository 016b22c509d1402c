"""So many points off for every step above a limit (每超一档扣分)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import Column, Number, Rule, hookimpl, rule

from .shortfall import counted


@rule(
    takes=True,
    says={
        "zh": "{of}超过{limit}的，每超{step}扣{deduct}分",
        "en": "{deduct} points off for every {step} that {of} is above {limit}",
        "zh:steps=started": "，不足一档按一档计",
        "en:steps=started": ", a step begun counts",
        "zh:steps=proportional": "，不足一档按比例计",
        "en:steps=proportional": ", in proportion",
    },
)
def excess(
    of: Column,
    *,
    limit: Number,
    step: Number,
    deduct: Number,
    steps: Literal["full", "started", "proportional"] = "full",
) -> Column:
    """Takes *deduct* for each *step* beyond *limit*, as the field counts (percentage points where it is a percentage)."""
    return -deduct * counted((of - limit) / step, steps)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [excess]
