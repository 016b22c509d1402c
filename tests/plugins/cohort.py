"""What the wordings of comparing rules say, for a whole group, with plain fractions: slow and on its own."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

Values = Sequence[Fraction]
GROUPS = st.lists(st.fractions(-20, 20, max_denominator=8), min_size=1, max_size=8)
POSITIVE = st.lists(st.fractions(Fraction(1, 8), 20, max_denominator=8), min_size=1, max_size=8)
ENDS = st.sampled_from(["high", "low"])


def mean(values: Values) -> Fraction:
    """Their sum by their number."""
    return sum(values, Fraction(0)) / len(values)


def before(values: Values, value: Fraction, first: str) -> int:
    """How many values come before *value*."""
    return sum((v > value) if first == "high" else (v < value) for v in values)


def after(values: Values, value: Fraction, first: str) -> int:
    """How many values come after *value*."""
    return before(values, value, "low" if first == "high" else "high")


def listed(found: Any) -> list[Any]:
    """The exact points of a rule."""
    return list(found.listed())
