"""Interpolate: straight lines between given points."""

from __future__ import annotations

import pytest
from scorekit_plugins.rules.interpolate import interpolate

from tests.plugins.columns import knots, n, percent, points

LINE = knots((0.6, 0), (0.8, 4), (1, 5))


@pytest.mark.parametrize("turn", [1, -1])
def test_between_given_points_runs_a_straight_line_and_beyond_them_a_level_one(turn) -> None:
    found = interpolate.function(percent(0, 0.6, 0.7, 0.8, 0.9, 1, 1.2, None), at=LINE[::turn])
    assert points(found) == [0, 0, 2, 4, 4.5, 5, 5, None]


def test_a_line_may_fall_jump_or_be_a_single_point() -> None:
    assert points(interpolate.function(n(0, 5, 10), at=knots((0, 10), (10, 0)))) == [10, 5, 0]
    assert points(interpolate.function(n(0, 1, 2, 3), at=knots((0, 0), (2, 2), (2, 7), (3, 8)))) == [0, 1, 7, 8]
    assert points(interpolate.function(n(0, 9), at=knots((5, 3)))) == [3, 3]


def test_the_points_of_a_line_may_differ_from_unit_to_unit() -> None:
    found = interpolate.function(n(5, 5, 5), at=knots((0, 0), (n(10, 20, None), 10)))
    assert points(found) == [5, 2.5, None]
