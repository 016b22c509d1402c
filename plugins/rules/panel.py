"""The marks of a panel put together: ends dropped, roles weighted, grades as numbers (评委打分)."""

from __future__ import annotations

from typing import Literal

from scorekit.plugin import ByRole, Number, Panel, Rounding, Rule, Scored, Table, hookimpl, rule


@rule(
    adds=True,
    says={
        "zh": "{of}",
        "en": "{of}",
        "zh:grades": "（{grades}）",
        "en:grades": " ({grades})",
        "zh:drop": "去掉{drop}个最高分和{drop}个最低分",
        "en:drop": " without the {drop} highest and {drop} lowest",
        "zh:drop_high": "去掉{drop_high}个最高分",
        "en:drop_high": " without the {drop_high} highest",
        "zh:drop_low": "去掉{drop_low}个最低分",
        "en:drop_low": " without the {drop_low} lowest",
        "zh:how=mean": "取平均",
        "en:how=mean": ": the mean",
        "zh:how=sum": "取总和",
        "en:how=sum": ": the sum",
        "zh:how=median": "取中位数",
        "en:how=median": ": the median",
        "zh:weights": "，各类评委按权重（{weights}）加权",
        "en:weights": ", the roles weighted ({weights})",
        "zh:role_missing=incomplete": "，缺一类评委的不计算",
        "en:role_missing=incomplete": ", nothing where a role gave no mark",
        "zh:fewest": "，有效打分不少于{fewest}个",
        "en:fewest": ", of at least {fewest} marks",
        "zh:mean_decimals": "，{mean_decimals}",
        "en:mean_decimals": ", {mean_decimals}",
        "zh:multiplier": "，乘以{multiplier}",
        "en:multiplier": ", times {multiplier}",
        "zh:out_of": "，按满分{out_of}折合{points}分",
        "en:out_of": ", {out_of} standing for {points} points",
    },
)
def panel(
    of: Panel,
    *,
    points: Number | None = None,
    grades: Table | None = None,
    drop: int = 0,
    drop_high: int = 0,
    drop_low: int = 0,
    how: Literal["mean", "sum", "median"] = "mean",
    weights: ByRole | None = None,
    role_missing: Literal["renormalise", "incomplete"] = "renormalise",
    fewest: int = 0,
    mean_decimals: Rounding | None = None,
    multiplier: Number = 1,
    out_of: Number | None = None,
) -> Scored:
    """The figure of the marks that are there, as a share of *out_of* or as the points themselves."""
    marks, ends = of if grades is None else of.graded(grades), (drop + drop_low, drop + drop_high)
    if weights is None:
        found = marks.figure(how, *ends, fewest)
    else:
        found = marks.weighted(weights, lambda role: role.figure(how, *ends, fewest), role_missing == "incomplete")
    figure = found if mean_decimals is None else found.minted(mean_decimals.decimals, mean_decimals.mode)
    worth = figure * multiplier if out_of is None or points is None else figure * multiplier / out_of * points
    return Scored(worth, figure, lambda: marks.kept(*ends, by_role=weights is not None))


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [panel]
