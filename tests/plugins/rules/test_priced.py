"""Priced: a text has its price."""

from __future__ import annotations

from scorekit_plugins.rules.priced import priced

from scorekit.plugin import Column, column
from tests.plugins.columns import points, table, whys


def test_a_text_has_its_price() -> None:
    prices = table(国家级=5, 省级=3, 未开展=-2)
    found = priced.function(Column.texts(["省级", "未开展", "县级", None]), prices=prices)
    assert (points(found), whys(found)) == ([3, -2, None, None], ["PRESENT", "PRESENT", "INVALID", "MISSING"])
    assert points(priced.function(Column.texts(["县级", None]), prices=prices, otherwise=column(1))) == [1, None]
