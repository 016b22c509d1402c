"""First and further: one price for the first, another for each more."""

from __future__ import annotations

from scorekit_plugins.rules.first_further import first_further

from scorekit.plugin import column
from tests.plugins.columns import n, points


def test_the_first_has_one_price_and_further_ones_another() -> None:
    assert points(first_further.function(n(0, 1, 2, 4, None), first=column(20), further=column(5))) == [0, 20, 25, 35, None]
    assert points(first_further.function(n(-1), first=column(20), further=column(5))) == [0]
