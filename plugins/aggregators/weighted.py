"""Points weighted: as a sum with the weights as given, or as a mean over the weights of what applies."""

from __future__ import annotations

from functools import reduce

from scorekit.plugin import Aggregator, Children, Column, aggregator, hookimpl

from .sum import added


@aggregator(says={"zh": "各项得分乘以权重后相加", "en": "points times weights, added up"})
def weighted_sum(children: Children) -> tuple[Column, Column]:
    """Weight × points of what applies, added up; the weights as they are given."""
    return _weighted(children, children.points), _weighted(children, children.full)


@aggregator(says={"zh": "各项得分按权重加权平均（不适用的项目不计权重）", "en": "weighted mean over what applies"})
def weighted_mean(children: Children) -> tuple[Column, Column]:
    """Weight × points added up and divided by the weights of what applies."""
    whole = added([w.masked_like(p) for w, p in zip(children.weight, children.points, strict=True)])
    return _weighted(children, children.points) / whole, _weighted(children, children.full) / whole


def _weighted(children: Children, figures: tuple[Column, ...]) -> Column:
    """Weight × figure added up; a weight that is not known leaves no figure."""
    sums = added([w * f for w, f in zip(children.weight, figures, strict=True)])
    return reduce(Column.masked_like, children.weight, sums)


@hookimpl
def scorekit_aggregators() -> list[Aggregator]:
    """Offer the aggregators."""
    return [weighted_sum, weighted_mean]
