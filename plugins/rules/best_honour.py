"""Honours by level: the highest counts, for each award or altogether (就高不重复计分)."""

from __future__ import annotations

from scorekit.plugin import Records, Rule, Scored, Table, hookimpl, rule


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
    best = of.best(points) if key is None else of.best_of_each(points, of.columns[key])
    return Scored(best, of.count())


@hookimpl
def scorekit_rules() -> list[Rule]:
    """Offer the rule."""
    return [best_honour]
