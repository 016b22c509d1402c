"""The weighted geometric mean: one item at nought leaves nothing (几何平均,任一项为零则为零)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scorekit.plugin import Aggregator, Children, Column, Why, aggregator, hookimpl

from .sum import added


@aggregator(says={"zh": "各项得分按权重取几何平均", "en": "weighted geometric mean of the points"})
def geometric_mean(children: Children) -> tuple[Column, Column]:
    """The root of the product of powers of what applies, taken at 10 decimals; no mean where a figure is below zero."""
    return _mean(children.points, children.weight), _mean(children.full, children.weight)


def _mean(figures: Sequence[Column], weights: Sequence[Column]) -> Column:
    shares = [w.masked_like(f) for w, f in zip(weights, figures, strict=True)]
    whole = added(shares)
    logs = np.zeros(len(whole))
    below = np.zeros(len(whole), dtype=bool)
    for figure, share in zip(figures, shares, strict=True):
        values = figure.values.doubles()
        counts = ~figure.masked & (share.values.doubles() > 0)
        below = below | (counts & (values < 0))
        with np.errstate(divide="ignore"):
            logs = logs + np.where(counts, share.values.doubles() * np.log(np.where(counts, np.abs(values), 1.0)), 0.0)
    mean = Column.array(np.exp(logs / np.maximum(whole.values.doubles(), 1e-300)))
    return mean.masked_where(whole == 0, Why.DIVIDED_BY_ZERO).masked_like(whole).masked_where(below, Why.OUT_OF_DOMAIN)


@hookimpl
def scorekit_aggregators() -> list[Aggregator]:
    """Offer the aggregator."""
    return [geometric_mean]
