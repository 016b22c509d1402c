"""Weights by contrast and conflict (CRITIC: Diakoulaki, Mavrotas and Papayannakis 1995)."""

from __future__ import annotations

from collections.abc import Sequence

from scorekit.plugin import Column, Weighter, column, correlation_of, deviation_of, hookimpl, weighter

from .scaling import scaled, shared_out


@weighter(
    says={
        "zh": "CRITIC法：标准差 × Σ(1 − 与其他各项的相关系数)，占合计的比例（先作极差标准化）",
        "en": "CRITIC: deviation × Σ(1 − correlation with the others) after min-max, as a share of all",
    }
)
def critic(columns: Sequence[Column], first: Sequence[str]) -> list[Column]:
    """σ × Σ(1 − r) of each column on the scale from worst to best; a column that does not vary is correlated with none."""
    scales = [scaled(c, f) for c, f in zip(columns, first, strict=True)]
    conflicts = [sum((1 - _related(a, b) for b in scales if b is not a), column(0)) for a in scales]
    return shared_out([deviation_of(a) * conflict for a, conflict in zip(scales, conflicts, strict=True)])


def _related(a: Column, b: Column) -> Column:
    found = correlation_of(a, b)
    return found.filled(found.masked, 0)


@hookimpl
def scorekit_weighters() -> list[Weighter]:
    """Offer the weighter."""
    return [critic]
