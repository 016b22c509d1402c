"""The worst or the best item alone counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from scorekit.plugin import Aggregator, Children, Column, aggregator, hookimpl, where


@aggregator(says={"zh": "取各项中最低的得分", "en": "the lowest of the points counts"})
def minimum(children: Children) -> tuple[Column, Column]:
    """The least points, and the least full marks, of what applies."""
    return _extreme(children.points, lowest=True), _extreme(children.full, lowest=True)


@aggregator(says={"zh": "取各项中最高的得分", "en": "the highest of the points counts"})
def maximum(children: Children) -> tuple[Column, Column]:
    """The greatest points, and the greatest full marks, of what applies."""
    return _extreme(children.points, lowest=False), _extreme(children.full, lowest=False)


def _extreme(columns: Sequence[Column], lowest: bool) -> Column:
    def better(a: Column, b: Column) -> Column:
        """The better of two figures, or the one that applies."""
        best = a.clip(None, b) if lowest else a.clip(b)
        if best.why is None:
            return best
        return where(a.given() & b.given(), best, where(a.given(), a, b))

    return reduce(better, columns)


@hookimpl
def scorekit_aggregators() -> list[Aggregator]:
    """Offer the aggregators."""
    return [minimum, maximum]
