"""Points on a line between given points (线性插值)."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from scorekit.plugin import Column, Knot, Knots, Rule, hookimpl, rule, where


@rule(
    adds=True,
    says={
        "zh": "{of}在下列各点之间按线性插值得分:{at}",
        "en": "points for {of} on straight lines between: {at}",
    },
)
def interpolate(of: Column, *, at: Knots) -> Column:
    """Straight lines between the points *at*, level beyond both ends; values that differ by unit stand in rising order."""
    knots = list(at) if any(len(knot.value) > 1 for knot in at) else sorted(at, key=_place)
    points = knots[0].points
    for (start, low), (end, high) in pairwise(knots):
        points = where(of >= start, low + (of - start) * ((high - low) / (end - start)), points)
    return where(of >= knots[-1].value, knots[-1].points, points)


def _place(knot: Knot) -> Fraction:
    return Fraction(knot.value.listed()[0] or 0)  # type: ignore[arg-type]


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [interpolate]
