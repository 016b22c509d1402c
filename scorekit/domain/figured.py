"""Which sections can have a figure of their own: what holds only bonuses, deductions or gates adds up to nothing."""

from __future__ import annotations

from collections.abc import Sequence

from scorekit.domain.rubric import CriterionSpec, SectionSpec


def figured(sections: Sequence[SectionSpec], criteria: Sequence[CriterionSpec]) -> tuple[SectionSpec, ...]:
    """The sections with an item of the base below them, a deduction that is charged to them, or a floor."""
    base = [f"{c.section}." for c in criteria if c.kind == "base"]
    charged = {c.charge_to for c in criteria}
    return tuple(s for s in sections if s.path in charged or s.floor is not None or any(b.startswith(f"{s.path}.") for b in base))
