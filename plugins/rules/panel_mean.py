"""The mean of a panel's marks, the ends dropped (评委打分去高低取平均)."""

from __future__ import annotations

from scorekit.plugin import Number, Panel, Rule, Scored, hookimpl, rule


@rule(
    adds=True,
    says={
        "zh": "{of}去掉{drop}个最高分和{drop}个最低分后取平均，按满分{out_of}折合{points}分",
        "en": "the mean of {of} without the {drop} highest and {drop} lowest, {out_of} standing for {points} points",
        "zh:fewest": "，有效打分不少于{fewest}个",
        "en:fewest": ", of at least {fewest} marks",
    },
)
def panel_mean(of: Panel, *, points: Number, out_of: Number = 100, drop: int = 1, fewest: int = 0) -> Scored:
    """Trimmed mean of the marks that are there, as a share of *out_of*; too few marks to drop from: missing."""
    mean = of.trimmed_mean(drop, fewest)
    return Scored(mean / out_of * points, mean)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [panel_mean]
