"""Points weighted: as a sum with the weights as given, or as a mean over the weights of what applies."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from scorekit.plugin import Aggregator, Children, Column, aggregator, hookimpl

from .sum import added


@aggregator(says={"zh": "各项得分乘以权重后相加", "en": "points times weights, added up"})
def weighted_sum(children: Children) -> tuple[Column, Column]:
    """Weight × points of what applies, added up; the weights as they are given."""
    return _summed(children, _weighted(children.points, children.weight)), _added(children, _weighted(children.full, children.weight))


@aggregator(says={"zh": "各项得分按权重加权平均（不适用的项目不计权重）", "en": "weighted mean over what applies"})
def weighted_mean(children: Children) -> tuple[Column, Column]:
    """Weight × points added up and divided by the weights of what applies."""
    whole = added([w.masked_like(p) for w, p in zip(children.weight, children.points, strict=True)])
    full = _added(children, _weighted(children.full, children.weight)) / whole
    if children.rounding is None:
        return _added(children, _weighted(children.points, children.weight)) / whole, full
    return _summed(children, _weighted(children.points, [w / whole for w in children.weight])), full


def _weighted(figures: Sequence[Column], weights: Sequence[Column]) -> list[Column]:
    return [w * f for w, f in zip(weights, figures, strict=True)]


def _summed(children: Children, parts: Sequence[Column]) -> Column:
    """The parts, each rounded where the rubric says so, added up."""
    return _added(children, [children.part(p) for p in parts])


def _added(children: Children, parts: Sequence[Column]) -> Column:
    """Parts added up; a weight that is not known leaves no figure."""
    return reduce(Column.masked_like, children.weight, added(parts))


@hookimpl
def scorekit_aggregators() -> list[Aggregator]:
    """Offer the aggregators."""
    return [weighted_sum, weighted_mean]
