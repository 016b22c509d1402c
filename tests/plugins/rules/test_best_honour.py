"""Best honour: the highest level counts, altogether or for each matter."""

from __future__ import annotations

from scorekit_plugins.rules.best_honour import best_honour

from scorekit.domain.marks import records_of
from scorekit.plugin import Column
from tests.plugins.columns import n, points, table, whys


def honours(*units):
    flat = [r for u in units if u for r in u]
    columns = {"level": Column.texts(level for level, _ in flat), "award": Column.texts(award for _, award in flat)}
    return records_of([None if u is None else [{}] * len(u) for u in units], columns)


PRICES = table(国家级=5, 省级=3, 市级=2)


def test_the_highest_honour_counts_once() -> None:
    found = best_honour.function(honours([("省级", "甲"), ("市级", "乙"), ("省级", "丙")], [], None, [("国家级", "甲")]), prices=PRICES)
    assert (points(found), points(found.value)) == ([3, 0, None, 5], [3, 0, None, 1])


def test_with_a_key_the_highest_of_each_matter_counts() -> None:
    of = honours([("省级", "甲"), ("市级", "甲"), ("市级", "乙")], [("国家级", None)], [])
    found = best_honour.function(of, prices=PRICES, key="award")
    assert (points(found), whys(found)) == ([5, None, 0], ["PRESENT", "MISSING", "PRESENT"])


def test_an_honour_without_a_price_leaves_its_unit_without_points() -> None:
    found = best_honour.function(honours([("县级", "甲"), ("省级", "乙")], [("市级", "甲")]), prices=PRICES)
    assert (points(found), whys(found)) == ([None, 2], ["INVALID", "PRESENT"])


def test_the_price_of_an_honour_may_differ_from_unit_to_unit() -> None:
    of = honours([("省级", "甲")], [], [("省级", "甲"), ("市级", "乙")])
    assert points(best_honour.function(of, level="level", prices={**PRICES, "省级": n(1, 2, 3)})) == [1, 0, 3]
