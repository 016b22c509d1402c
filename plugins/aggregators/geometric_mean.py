"""The weighted geometric mean: one item at nought leaves nothing (几何平均,任一项为零则为零)."""

from __future__ import annotations

from collections.abc import Sequence

from scorekit.plugin import Aggregator, Children, Column, Why, aggregator, hookimpl, powers

from .sum import added


@aggregator(says={"zh": "各项得分按权重取几何平均", "en": "weighted geometric mean of the points"})
def geometric_mean(children: Children) -> tuple[Column, Column]:
    """The root of the product of powers of what applies, taken at 10 decimals; no mean where a figure is below zero."""
    return _mean(children.points, children.weight), _mean(children.full, children.weight)


def _mean(figures: Sequence[Column], weights: Sequence[Column]) -> Column:
    shares = [w.masked_like(f) for w, f in zip(weights, figures, strict=True)]
    whole = added(shares)
    there = [s.filled(f.masked, 0) for s, f in zip(shares, figures, strict=True)]
    mean = powers([f.filled(f.masked, 1) for f in figures], [s / whole for s in there])
    for figure, share in zip(figures, there, strict=True):
        mean = mean.masked_where((figure < 0) & (share > 0), Why.OUT_OF_DOMAIN)
    return mean.masked_like(whole)


@hookimpl
def scorekit_aggregators() -> list[Aggregator]:
    """Offer the aggregator."""
    return [geometric_mean]
