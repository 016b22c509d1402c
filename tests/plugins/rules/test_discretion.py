"""Discretion: what was entered, where it lies within what is allowed."""

from __future__ import annotations

from scorekit_plugins.rules.discretion import discretion

from scorekit.plugin import Column, Range, column
from tests.plugins.columns import n, points, whys

RANGES = {"优": Range(column(8), column(10)), "良": Range(column(4), column(7))}


def test_what_lies_outside_is_invalid_and_never_clipped() -> None:
    found = discretion.function(n(0, 3.5, 10, 10.5, -1, None), points=column(10))
    assert points(found) == [0, 3.5, 10, None, None, None]
    assert whys(found)[3:] == ["INVALID", "INVALID", "MISSING"]
    assert points(discretion.function(n(2, 3, 6), points=column(10), low=column(3), high=column(5))) == [None, 3, None]
    assert points(discretion.function(n(200))) == [200]


def test_the_grade_says_which_range_holds() -> None:
    grades = Column.texts(["优", "优", "良", "良", "差", None])
    found = discretion.function(n(8, 7.5, 7, 8, 1, 5), grades, points=column(10), ranges=RANGES)
    assert points(found) == [8, None, 7, None, None, None]
    assert whys(found) == ["PRESENT", "INVALID", "PRESENT", "INVALID", "INVALID", "MISSING"]
