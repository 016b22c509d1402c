"""So many points off for every step below a target (每少一档扣分)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import Column, Number, Rule, column, hookimpl, rule, where

PERCENTAGES = ("percent", "fraction")


@rule(
    takes=True,
    says={
        "zh": "{of}未达到{target}的，每少{step}扣{deduct}分",
        "en": "{deduct} points off for every {step} that {of} is below {target}",
        "zh:steps=started": "，不足一档按一档计",
        "en:steps=started": ", a step begun counts",
        "zh:steps=proportional": "，不足一档按比例计",
        "en:steps=proportional": ", in proportion",
        "zh:per=points": "（按差值计）",
        "en:per=points": " (of the difference)",
        "zh:per=target": "（按差值占目标值的比例计）",
        "en:per=target": " (of the difference as a share of the target)",
    },
)
def shortfall(
    of: Column,
    *,
    target: Number,
    step: Number,
    deduct: Number,
    steps: Literal["full", "started", "proportional"] = "full",
    per: Literal["auto", "points", "target"] = "auto",
) -> Column:
    """Takes *deduct* for each *step* missing to *target*: percentage points, a share of the target, or as the field counts."""
    missing = target - of
    if per == "target":
        missing = missing / target
    elif per == "auto" and of.unit not in PERCENTAGES:
        missing = where(column(step) < 1, missing / target, missing)
    return -deduct * counted(missing / step, steps)


def counted(steps: Column, how: str) -> Column:
    """Steps as they count, none below zero: "full" ones only, every "started" one, or "proportional"."""
    steps = steps.clip(0)
    if how == "full":
        return steps.floor()
    return steps.ceil() if how == "started" else steps


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [shortfall]
