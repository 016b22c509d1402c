"""A text's price in points (按档次、级别计分)."""

from __future__ import annotations

from scorekit.plugin import Column, Number, Rule, Table, column, hookimpl, rule


@rule(
    adds=True,
    says={
        "zh": "{of}按下列分值得分：{prices}",
        "en": "points by {of}: {prices}",
        "zh:otherwise": "，其余{otherwise}分",
        "en:otherwise": "; any other {otherwise}",
    },
)
def priced(of: Column, *, prices: Table, otherwise: Number | None = None) -> Column:
    """The price of each text; a text without one gets *otherwise*, and without that is invalid."""
    return of.looked_up(prices, None if otherwise is None else column(otherwise))


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [priced]
