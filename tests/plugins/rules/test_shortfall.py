"""Shortfall: points off for every step below a target."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scorekit_plugins.rules.shortfall import shortfall

from scorekit.plugin import column
from tests.plugins.columns import n, percent, points, whys

STEPS = {"target": column(0.9), "step": column(0.02), "deduct": column(0.5)}


def test_eighty_percent_misses_ninety_by_exactly_five_steps_of_two() -> None:
    assert points(shortfall.function(percent(0.95, 0.9, 0.89, 0.88, 0.80, None), **STEPS)) == [0, 0, 0, -0.5, -2.5, None]


@pytest.mark.parametrize(
    ("steps", "wanted"), [("full", [0, -0.5, -0.5]), ("started", [-0.5, -0.5, -1]), ("proportional", [-0.25, -0.5, -0.75])]
)
def test_a_step_begun_counts_as_the_rubric_says(steps, wanted) -> None:
    assert points(shortfall.function(percent(0.89, 0.88, 0.87), **STEPS, steps=steps)) == wanted


def test_percentages_miss_in_percentage_points_and_other_figures_as_a_share_of_the_target() -> None:
    tenth = {"step": column(0.1), "deduct": column(1)}
    assert points(shortfall.function(percent(0.4), target=column(0.5), **tenth)) == [-1]
    assert points(shortfall.function(n(0.4), target=column(0.5), **tenth)) == [-2]
    assert points(shortfall.function(n(80, 79), target=column(100), **tenth)) == [-2, -2]
    assert points(shortfall.function(n(80), target=n(100), **tenth, per="points")) == [-200]
    assert points(shortfall.function(percent(0.4), target=column(0.5), **tenth, per="target")) == [-2]


def test_a_step_of_one_or_more_is_no_share_and_counts_as_the_field_does() -> None:
    assert points(shortfall.function(n(6, 5, 3), target=column(6), step=column(1), deduct=column(0.5))) == [0, -0.5, -1.5]
    assert points(shortfall.function(n(0), target=column(0), step=column(1), deduct=column(0.5))) == [0]


def test_a_share_of_no_target_is_not_known() -> None:
    found = shortfall.function(n(5, 5), target=n(0, 10), step=column(0.1), deduct=column(1))
    assert (points(found), whys(found)) == ([None, -5], ["DIVIDED_BY_ZERO", "PRESENT"])


@given(st.integers(0, 100), st.integers(1, 20), st.integers(0, 100))
def test_full_steps_never_take_more_than_proportional_ones_nor_these_more_than_started_ones(target, step, value) -> None:
    given_ = {"target": column(target) / 100, "step": column(step) / 100, "deduct": column(1)}
    full, part, begun = (
        points(shortfall.function(percent(value / 100), **given_, steps=s))[0] for s in ("full", "proportional", "started")
    )
    assert 0 >= full >= part >= begun > full - 1.0000001
