"""Excess: points off for every step above a limit."""

from __future__ import annotations

from scorekit_plugins.rules.excess import excess

from scorekit.plugin import column
from tests.plugins.columns import n, points


def test_steps_above_a_limit_are_taken_as_the_field_counts() -> None:
    late = n(0, 31, 32, 61, None)
    assert points(excess.function(late, limit=column(31), step=column(10), deduct=column(1))) == [0, 0, 0, -3, None]
    assert points(excess.function(late, limit=column(31), step=column(10), deduct=column(1), steps="started")) == [0, 0, -1, -3, None]
    assert points(excess.function(late, limit=column(31), step=column(10), deduct=column(1), steps="proportional")) == [
        0,
        0,
        -0.1,
        -3,
        None,
    ]
