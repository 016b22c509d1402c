"""Weights by how much the units differ (离差法)."""

from __future__ import annotations

from collections.abc import Sequence

from scorekit.plugin import Column, Weighter, deviation_of, hookimpl, weighter

from .scaling import scaled, shared_out


@weighter(says={"zh": "离差法：各项极差标准化后的标准差占合计的比例", "en": "each item's share of the standard deviations after min-max"})
def deviation(columns: Sequence[Column], first: Sequence[str]) -> list[Column]:
    """σ of each column on the scale from worst to best, as a share of all."""
    return shared_out([deviation_of(scaled(c, f)) for c, f in zip(columns, first, strict=True)])


@hookimpl
def scorekit_weighters() -> list[Weighter]:
    """Offer the weighter."""
    return [deviation]
