"""The share of a task that is done (按完成比例计分)."""

from __future__ import annotations

from scorekit.plugin import Column, Number, Rule, Why, hookimpl, rule


@rule(
    adds=True,
    says={
        "zh": "{of}达到{full_at}得满分{points}分，不足的按完成比例得分",
        "en": "{points} points from {of} of {full_at} on, in proportion below",
        "zh!over": "{of}占{over}的比例达到{full_at:%}得满分{points}分，不足的按比例得分",
        "en!over": "{points} points from {full_at:%} of {over} on for {of}, in proportion below",
    },
)
def pro_rata(of: Column, over: Column | None = None, *, points: Number, full_at: Number = 1) -> Column:
    """Points in proportion to *of*, or its share in *over*; full from *full_at* on; nothing to be done is not applicable."""
    done = of if over is None else of / over.masked_where(over == 0, Why.NOT_APPLICABLE)
    return points * (done / full_at).clip(0, 1)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [pro_rata]
