"""Of several items only the k best count: added up, or as their mean."""

from __future__ import annotations

from collections.abc import Sequence

from scorekit.plugin import Aggregator, Children, Column, aggregator, hookimpl

from .sum import added


@aggregator(says={"zh": "取得分最高的{k}项相加", "en": "the {k} best are added up"})
def best(children: Children, *, k: int) -> tuple[Column, Column]:
    """The k greatest points of what applies, added up (all where fewer apply); full marks likewise, by themselves."""
    return added(_greatest(children.points, k)), added(_greatest(children.full, k))


@aggregator(says={"zh": "取得分最高的{k}项平均", "en": "the mean of the {k} best"})
def best_mean(children: Children, *, k: int) -> tuple[Column, Column]:
    """The mean of the k greatest points of what applies (of all where fewer apply); full marks likewise, by themselves."""
    return _mean(_greatest(children.points, k)), _mean(_greatest(children.full, k))


def _mean(columns: Sequence[Column]) -> Column:
    return added(columns) / added([Column.of(1).masked_like(c) for c in columns])


def _greatest(columns: Sequence[Column], k: int) -> list[Column]:
    """The k greatest figures of each unit, the greatest first; where a unit has fewer, the rest does not apply."""
    left = list(columns)
    found: list[Column] = []
    while left and len(found) < k:
        top, rest = left[0], []
        for other in left[1:]:
            ahead = Column("truth", ~top.masked & (other.masked | (top >= other).values))
            rest.append(other.where(ahead, top))
            top = top.where(ahead, other)
        found.append(top)
        left = rest
    return found


@hookimpl
def scorekit_aggregators() -> list[Aggregator]:
    """Offer the aggregators."""
    return [best, best_mean]
