"""Each: points off for each beyond the free ones."""

from __future__ import annotations

from scorekit_plugins.rules.each import each

from scorekit.plugin import column
from tests.plugins.columns import n, points


def test_each_takes_beyond_the_free_ones() -> None:
    assert points(each.function(n(0, 1, 3, None), deduct=column(0.5))) == [0, -0.5, -1.5, None]
    assert points(each.function(n(0, 1, 3), deduct=column(2), free=column(1))) == [0, 0, -4]
