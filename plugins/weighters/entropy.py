"""Weights by the entropy of each item (熵权法)."""

from __future__ import annotations

from collections.abc import Sequence

from scorekit.plugin import Column, Weighter, column, hookimpl, logarithm, mean_of, weighter, where

from .scaling import scaled, shared_out


@weighter(
    says={
        "zh": "熵权法：p = 极差标准化值 ÷ 合计，熵 e = −Σp·ln p ÷ ln n，权重 = (1 − e) ÷ Σ(1 − e)",
        "en": "entropy: p = min-max value ÷ sum, e = −Σ p ln p ÷ ln n, weight = (1 − e) ÷ Σ(1 − e)",
    }
)
def entropy(columns: Sequence[Column], first: Sequence[str]) -> list[Column]:
    """1 − entropy of each column's shares, as a share of all; a column that does not vary says nothing and weighs nothing."""
    return shared_out([_told(scaled(c, f)) for c, f in zip(columns, first, strict=True)])


def _told(scale: Column) -> Column:
    """1 − entropy of the shares, not below 0."""
    whole = mean_of(scale) * len(scale)
    if len(scale) < 2 or bool((whole == 0).values[0]):
        return column(0)
    share = (scale / whole).minted(10)
    each = where(share == 0, 0, share * logarithm(where(share == 0, 1, share)))
    return (1 + mean_of(each) * len(scale) / logarithm(column(len(scale)))).clip(0)


@hookimpl
def scorekit_weighters() -> list[Weighter]:
    """Offer the weighter."""
    return [entropy]
