"""Points on a line between given points (线性插值)."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise

from scorekit.plugin import Column, Knots, Rule, column, hookimpl, rule, where


@rule(
    adds=True,
    says={
        "zh": "{of}在下列各点之间按线性插值得分：{at}",
        "en": "points for {of} on straight lines between: {at}",
    },
)
def interpolate(of: Column, *, at: Knots) -> Column:
    """Straight lines between the points *at*, which may stand in any order; level beyond both ends."""
    line = _moving if any(len(knot.value) > 1 or knot.value.why is not None for knot in at) else _fixed
    return reduce(Column.masked_like, (knot.value for knot in at), line(of, at))


def _fixed(of: Column, at: Knots) -> Column:
    """The line is the same for all units."""
    knots = sorted(at, key=lambda knot: knot.value.values.fractions()[0])
    points = knots[0].points
    for (start, low), (end, high) in pairwise(knots):
        points = where(of >= start, low + (of - start) * ((high - low) / (end - start)), points)
    return where(of >= knots[-1].value, knots[-1].points, points)


def _moving(of: Column, at: Knots) -> Column:
    """The line differs from unit to unit: between the nearest point that is reached and the nearest that is not."""
    (below, low), (beyond, high), some, more = at[0], at[0], column(False), column(False)
    for value, points in at:
        reached = of >= value
        nearer, next_ = reached & (~some | (value >= below)), ~reached & (~more | (value < beyond))
        below, low, some = where(nearer, value, below), where(nearer, points, low), some | reached
        beyond, high, more = where(next_, value, beyond), where(next_, points, high), more | ~reached
    between = low + (of - below) * ((high - low) / (beyond - below))
    return where(some & more, between, where(some, low, high))


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [interpolate]
