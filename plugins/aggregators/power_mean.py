"""Weighted means by powers: the harmonic one (p = −1), and one of any power p (1 is the plain mean, 2 the quadratic)."""

from __future__ import annotations

from collections.abc import Sequence

from scorekit.plugin import Aggregator, Children, Column, Number, Why, aggregator, column, hookimpl, power, where

from .sum import added


@aggregator(says={"zh": "各项得分按权重取调和平均", "en": "weighted harmonic mean of the points"})
def harmonic_mean(children: Children) -> tuple[Column, Column]:
    """Weights ÷ the sum of weight ÷ points; one item at 0 makes it 0, and a figure below 0 leaves none."""
    return _mean(children.points, children.weight, column(-1)), _mean(children.full, children.weight, column(-1))


@aggregator(says={"zh": "各项得分按权重取幂平均（p={p}）", "en": "weighted power mean of the points (p = {p})"})
def power_mean(children: Children, *, p: Number) -> tuple[Column, Column]:
    """The p-th root of the weighted mean of p-th powers, at 10 decimals; p is not 0, and a figure below 0 leaves none."""
    return _mean(children.points, children.weight, column(p)), _mean(children.full, children.weight, column(p))


def _mean(figures: Sequence[Column], weights: Sequence[Column], p: Column) -> Column:
    """By p below 0 the mean is 0 as soon as one figure is, and is taken of none that is below 0."""
    shares = [w.masked_like(f) for w, f in zip(weights, figures, strict=True)]
    whole = added(shares)
    counts = [~f.masked & ~(s == 0).values for f, s in zip(figures, shares, strict=True)]
    nought = [Column("truth", (f == 0).values & c) for f, c in zip(figures, counts, strict=True)]
    raised = [power(f.filled(f.masked | n.values, 1), p) for f, n in zip(figures, nought, strict=True)]
    terms = [where(n, 0, r * s) for n, r, s in zip(nought, raised, shares, strict=True)]
    mean = power(added(terms) / whole, 1 / p)
    for found, figure, count in zip(nought, figures, counts, strict=True):
        mean = where(found & (p < 0), 0, mean).masked_where((figure < 0).values & count, Why.OUT_OF_DOMAIN)
    return mean.masked_like(whole)


@hookimpl
def scorekit_aggregators() -> list[Aggregator]:
    """Offer the aggregators."""
    return [harmonic_mean, power_mean]
