"""The product of powers: factors multiplied, each raised to its weight (各项连乘,权重为指数)."""

from __future__ import annotations

from collections.abc import Sequence

from scorekit.plugin import Aggregator, Children, Column, aggregator, hookimpl, powers

from .sum import added


@aggregator(says={"zh": "各项得分连乘（权重为指数）", "en": "the points are multiplied, each raised to its weight"})
def product(children: Children) -> tuple[Column, Column]:
    """Points of what applies, each to the power of its weight, multiplied; powers that are not whole are taken at 10 decimals."""
    return _multiplied(children.points, children.weight), _multiplied(children.full, children.weight)


def _multiplied(figures: Sequence[Column], weights: Sequence[Column]) -> Column:
    shares = [w.masked_like(f).filled(f.masked, 0) for w, f in zip(weights, figures, strict=True)]
    return powers([f.filled(f.masked, 1) for f in figures], shares).masked_like(added(figures))


@hookimpl
def scorekit_aggregators() -> list[Aggregator]:
    """Offer the aggregator."""
    return [product]
