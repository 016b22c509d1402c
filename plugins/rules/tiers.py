"""Points by bands: the highest band that is reached counts (分档计分)."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from scorekit.plugin import Band, Bands, Column, Number, Rule, column, hookimpl, rule, where


@rule(
    adds=True,
    says={
        "zh": "{of}按达到的最高一档得分：{bands}，其余得{otherwise}分",
        "en": "by the highest band that {of} reaches: {bands}; otherwise {otherwise}",
    },
)
def tiers(of: Column, *, bands: Bands, otherwise: Number = 0) -> Column:
    """Points of the highest band that *of* reaches, *otherwise* below all; the bands may stand in any order."""
    points = column(otherwise)
    if any(len(band.bound) > 1 or band.bound.why is not None for band in bands):
        points = _moving(of, bands, points)
    else:
        for band in sorted(bands, key=_height):
            points = where(_reached(of, band), band.points, points)
    return reduce(Column.masked_like, (band.bound for band in bands), points)


def _reached(of: Column, band: Band) -> Column:
    return of >= band.bound if band.inclusive else of > band.bound


def _height(band: Band) -> tuple[Fraction, bool]:
    """Where a band with a constant bound stands: above 0.8 is higher than from 0.8 on."""
    heights: list[Fraction] = band.bound.values.fractions()
    return heights[0], not band.inclusive


def _moving(of: Column, bands: Bands, points: Column) -> Column:
    """Bands whose bounds, and so their order, differ from unit to unit: a band counts where none so far is higher."""
    line, exclusive, found = column(0), column(False), column(False)
    for band in bands:
        level = band.bound == line
        as_high = (band.bound > line) | (level & ~exclusive if band.inclusive else level)
        counts = _reached(of, band) & (~found | as_high)
        points, line = where(counts, band.points, points), where(counts, band.bound, line)
        exclusive, found = where(counts, not band.inclusive, exclusive), found | counts
    return points


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [tiers]
