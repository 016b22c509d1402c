"""Votes turned into points: what each option is worth, over the valid votes (测评票折算)."""

from __future__ import annotations

from functools import reduce
from operator import add

from scorekit.plugin import ByRater, Column, Number, Panel, Rule, Scored, hookimpl, rule


@rule(
    adds=True,
    says={
        "zh": "{of}：每票{worth}，除以有效票数，按满分{out_of}折合{points}分",
        "en": "{of}: each vote counts ({worth}), divided by the valid votes, {out_of} standing for {points} points",
    },
)
def votes(of: Panel, *, points: Number, worth: ByRater, out_of: Number = 100) -> Scored:
    """The mean worth of the votes for the options that have one, as a share of *out_of*; no valid vote: missing."""
    given = dict(zip(of.raters, of.marks, strict=True))
    counts = [given.get(option, Column.of(None)) for option in worth]
    figure = reduce(add, (count * each for count, each in zip(counts, worth.values(), strict=True))) / reduce(add, counts)
    return Scored(figure / out_of * points, figure)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [votes]
