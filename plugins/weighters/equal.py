"""Equal weights (等权)."""

from __future__ import annotations

from collections.abc import Sequence

from scorekit.plugin import Column, Weighter, column, hookimpl, weighter


@weighter(says={"zh": "等权：每项的权重相同", "en": "equal weights"})
def equal(columns: Sequence[Column], first: Sequence[str]) -> list[Column]:
    """1 ÷ number of columns each."""
    return [column(1) / len(columns) for _ in columns]


@hookimpl
def scorekit_weighters() -> list[Weighter]:
    """Offer the weighter."""
    return [equal]
