"""A formula of the rubric's own over what stands in the section."""

from __future__ import annotations

from scorekit.plugin import Aggregator, Children, Column, Number, aggregator, column, hookimpl

from .sum import added


@aggregator(says={"zh": "按公式合成：{points}", "en": "by a formula: {points}"})
def formula(children: Children, *, points: Number, full: Number | None = None) -> tuple[Column, Column]:
    """The figure and its full marks as two formulas say; without one for full marks those of what applies are added up."""
    return column(points), added(children.full) if full is None else column(full)


@hookimpl
def scorekit_aggregators() -> list[Aggregator]:
    """Offer the aggregator."""
    return [formula]
