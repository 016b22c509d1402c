"""Points that a person entered (酌情打分)."""

from __future__ import annotations

from scorekit.plugin import Column, Rule, hookimpl, rule


@rule(adds=True, says={"zh": "按{of}计分", "en": "the points entered as {of}", "zh!of": "按{of}计分", "en!of": "{of}"})
def mark(of: Column) -> Column:
    """The points as they were entered; the field's own range says which may be."""
    return of


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [mark]
