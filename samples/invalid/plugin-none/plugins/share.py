"""A share of the full marks, with a fault."""

from scorekit.plugin import Column, Number, Rule, hookimpl, rule


@rule(adds=True, says={"zh": "按{of}得分", "en": "points by {of}"})
def share(of: Column, *, points: Number) -> Column:
    """Points in proportion to *of*."""
    return None


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [share]
