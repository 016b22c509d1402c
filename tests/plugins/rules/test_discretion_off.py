"""Discretion off: what was entered is taken, where it lies within what is allowed."""

from __future__ import annotations

from scorekit_plugins.rules.discretion_off import discretion_off

from scorekit.plugin import Column, Range, column
from tests.plugins.columns import n, points, whys


def test_what_was_entered_is_taken_and_more_than_is_allowed_is_invalid() -> None:
    found = discretion_off.function(n(0, 1.5, 3, -1), points=column(2))
    assert (points(found), whys(found)[2:]) == ([0, -1.5, None, None], ["INVALID", "INVALID"])
    grades = Column.texts(["轻微", "严重"])
    ranges = {"轻微": Range(column(0), column(1)), "严重": Range(column(1), column(3))}
    assert points(discretion_off.function(n(2, 2), grades, high=column(3), ranges=ranges)) == [None, -2]
