"""Repeat: a deduction that grows with each occurrence."""

from __future__ import annotations

from scorekit_plugins.rules.repeat import repeat

from scorekit.plugin import column
from tests.plugins.columns import n, points


def test_repetition_takes_the_total_of_its_number() -> None:
    assert points(repeat.function(n(0, 1, 2, 5, None), totals=(column(0.5), column(2)))) == [0, -0.5, -2, -2, None]
