"""Around: points for steps above a target, points off for steps below."""

from __future__ import annotations

from scorekit_plugins.rules.around import around

from scorekit.plugin import column
from tests.plugins.columns import percent, points

PLUS = {"target": column(0.8), "step": column(0.05), "add": column(1), "deduct": column(2)}


def test_around_a_target_whole_steps_count_either_way() -> None:
    assert points(around.function(percent(0.8, 0.84, 0.85, 0.91, 0.76, 0.75, 0.69, None), **PLUS)) == [0, 0, 1, 2, 0, -2, -4, None]


def test_what_is_added_and_what_is_taken_have_caps_of_their_own() -> None:
    of = percent(1, 0.5)
    assert points(around.function(of, **PLUS, up_to=column(3))) == [3, -12]
    assert points(around.function(of, **PLUS, up_to=column(3), down_to=column(5))) == [3, -5]
