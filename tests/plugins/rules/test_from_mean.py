"""From mean: all points at the mean of a group, so many off for every step below, more for every step above."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from scorekit_plugins.rules.from_mean import from_mean

from scorekit.plugin import column
from tests.plugins.cohort import ENDS, POSITIVE, listed, mean
from tests.plugins.columns import n, percent, points, whys

STEPS: dict[str, Any] = {"points": column(10), "step": column(Fraction("0.01")), "deduct": column(Fraction("0.5"))}


def test_of_a_percentage_the_steps_are_percentage_points() -> None:
    assert points(from_mean.function(percent(0.885, 0.92, 0.955), **STEPS)) == [8.5, 10, 10]
    assert points(from_mean.function(percent(0.885, 0.92, 0.955), **STEPS, first="low")) == [10, 10, 8.5]


def test_of_other_values_a_step_below_one_is_a_share_of_the_mean() -> None:
    assert points(from_mean.function(n(95, 100, 105), **STEPS)) == [7.5, 10, 10]
    assert points(from_mean.function(n(190, 200, 210), **STEPS)) == [7.5, 10, 10]
    whole = {**STEPS, "step": column(2)}
    assert points(from_mean.function(n(95, 100, 105), **whole)) == [9, 10, 10]
    assert points(from_mean.function(n(95, 100, 105), **whole, per="mean")) == [10, 10, 10]
    assert points(from_mean.function(n(9.5, 10, 10.5), **{**STEPS, "step": column(Fraction("0.1"))}, per="points")) == [7.5, 10, 10]


def test_what_is_above_may_add_up_to_a_cap() -> None:
    more = {**STEPS, "add": column(Fraction("0.2")), "most": column(Fraction("0.5"))}
    assert points(from_mean.function(percent(0.89, 0.90, 0.91, 0.94, 0.86), **more)) == [9.5, 10, 10.2, 10.5, 8]


@pytest.mark.parametrize(("steps", "wanted"), [("full", [8.5, 10.6]), ("started", [8, 10.6]), ("proportional", [8.25, 10.7])])
def test_a_step_begun_counts_as_the_rubric_says(steps: str, wanted: list[float]) -> None:
    more = {**STEPS, "add": column(Fraction("0.2"))}
    assert points(from_mean.function(percent(0.865, 0.935), **more, steps=steps)) == wanted


def test_there_is_no_share_of_a_mean_of_nought() -> None:
    assert whys(from_mean.function(n(-1, 1), **STEPS)) == ["DIVIDED_BY_ZERO"] * 2
    assert points(from_mean.function(n(), **STEPS)) == []


@given(POSITIVE, ENDS)
def test_it_is_what_plain_fractions_give(values: list[Fraction], first: str) -> None:
    middle, sign = mean(values), 1 if first == "high" else -1
    wanted = []
    for value in values:
        away = sign * (value - middle) / middle / Fraction("0.01")
        wanted.append(max(10 - Fraction("0.5") * max(math.floor(-away), 0), 0) + min(Fraction("0.2") * max(math.floor(away), 0), 1))
    more = {**STEPS, "add": column(Fraction("0.2")), "most": column(1)}
    assert listed(from_mean.function(n(*values), **more, first=first)) == wanted
