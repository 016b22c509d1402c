"""Points added up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from scorekit.plugin import Aggregator, Children, Column, Why, aggregator, column, hookimpl, summed


@aggregator(name="sum", says={"zh": "各项得分相加", "en": "points are added up"})
def total(children: Children) -> tuple[Column, Column]:
    """Points and full marks of what applies, added up."""
    return added(children.points), added(children.full)


def added(columns: Sequence[Column]) -> Column:
    """The sum of what applies to each unit; not applicable where nothing does."""
    result = summed([each if each.why is None else each.filled(each.masked, 0) for each in columns])
    if any(each.why is None for each in columns):
        return result
    nothing = reduce(lambda a, b: a & ~b.given(), columns, column(True))
    return result.masked_where(nothing, Why.NOT_APPLICABLE)


@hookimpl
def scorekit_aggregators() -> list[Aggregator]:
    """Offer the aggregator."""
    return [total]
