"""Honours by level: the highest counts, for each award or altogether (就高不重复计分)."""

from __future__ import annotations

from scorekit.plugin import Counted, Records, Rule, Scored, Table, choice, greatest, hookimpl, rule


@rule(
    adds=True,
    says={
        "zh": "{of}按级别取最高一项得分，不重复计分：{prices}",
        "en": "the highest level in {of} counts: {prices}",
        "zh:key": "；不同奖项分别取最高后相加",
        "en:key": "; for each award by itself, added up",
    },
)
def best_honour(of: Records, *, level: str = "level", prices: Table, key: str | None = None) -> Scored:
    """Price of the best record; with *key*, of the best record of each key, added up. The value is the number of records."""
    points = of.columns[level].looked_up({name: of.beside(price) for name, price in prices.items()})
    found = choice(of, points, matter=None if key is None else of.columns[key], counted=False)
    if key is None:
        found = found.only(greatest(of, points.spread(len(of.owners)), 1, found.counts), Counted.SAME_MATTER)
    return Scored(found.total(points), of.count(), each=points, counted=found.codes)


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [best_honour]
