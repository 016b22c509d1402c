"""Count: so many points for each beyond the free ones."""

from __future__ import annotations

from scorekit_plugins.rules.count import count

from scorekit.plugin import column
from tests.plugins.columns import n, points


def test_each_counts_beyond_the_free_ones() -> None:
    assert points(count.function(n(0, 1, 4, None), each=column(0.5))) == [0, 0.5, 2, None]
    assert points(count.function(n(0, 1, 4), each=column(2), free=column(2))) == [0, 0, 4]
