"""Derived values that are marked for output stand beside the total, rounded where the rubric says so."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorekit.domain.listing import declared_digits, declared_figures
from scorekit.domain.printing import printed
from tests.building import NUMBER, TEXT, assessed, criterion, fault_of, outcome_of, plain, plan_of, points, said, units


def derived(formula: str, **more: Any) -> dict[str, Any]:
    return {"x-derive": {"formula": formula, **more}}


def test_only_what_is_marked_is_put_out_with_all_its_digits() -> None:
    shape = {
        "a": criterion(points=100),
        "third": derived("a / 3", output=True),
        "grant": derived("a / 3", rounding={"decimals": 1, "mode": "floor"}, output=True),
        "inner": derived("a * 2"),
        "plain": {"x-derive": "a + 1"},
    }
    found = outcome_of(shape, {"a": [50, 60, None]})
    figures = declared_figures(found)
    assert list(figures) == ["figure:grant", "figure:third"]
    assert figures["figure:third"].listed() == [Fraction(50, 3), 20, None]
    assert declared_digits(found) == {"figure:grant": 1}
    assert printed(figures["figure:grant"], 1) == ["16.6", "20.0", ""]


def test_what_is_rounded_is_the_figure_for_all_that_follows() -> None:
    shape = {"n": NUMBER, "x": derived("n / 3", rounding={"decimals": 2}), "a": criterion({"mark": {"of": "x * 100"}}, 1000, {})}
    assert points(outcome_of(shape, {"n": [1, 2]}), "a") == [33, 67]


def test_a_percentage_is_rounded_as_it_is_read() -> None:
    """92.285% at two digits is 92.29%, not 0.92."""
    shape = {"n": NUMBER, "x": {"x-unit": "percent", **derived("n / 100000", rounding={"decimals": 2}, output=True)}, "a": criterion()}
    found = outcome_of(shape, {"n": [92285], "a": [1]})
    assert plain(declared_figures(found)["figure:x"]) == [0.9229]
    assert declared_digits(found) == {"figure:x": 4}


def test_figures_may_read_results_and_ranks_and_be_texts_or_truths() -> None:
    shape = {
        "w": TEXT,
        "a": criterion(points=100),
        "share": derived("points(a) / full()", output=True),
        "place": derived("rank()", output=True),
        "word": derived("if(base() > 5, w, '—')", output=True),
        "met": derived("rate(a) > 0.05", output=True),
    }
    figures = declared_figures(outcome_of(shape, {"a": [3, 9], "w": ["x", "y"]}))
    assert {n: c.listed() for n, c in figures.items()} == {
        "figure:share": [Fraction(3, 100), Fraction(9, 100)],
        "figure:place": [2, 1],
        "figure:word": ["—", "y"],
        "figure:met": [False, True],
    }


def test_a_figure_of_the_population_may_be_put_out_and_rounded_too() -> None:
    shape = {"a": criterion(points=100), "m": {"x-derive": {"over": "mean", "of": "a", "output": True, "rounding": {"decimals": 0}}}}
    assert plain(declared_figures(outcome_of(shape, {"a": [1, 2]}))["figure:m"]) == [2, 2]


@pytest.mark.parametrize("more", [{"rounding": {"decimals": 1}}, {"print": {"decimals": 1}}])
def test_only_a_number_is_rounded(more: dict[str, Any]) -> None:
    error = fault_of({"w": TEXT, "a": criterion(), "x": {"title": "词", **derived("w", **more)}})
    assert (said(error.what), error.where) == ("“词” is a text, and only a number is rounded", "rubric.json#/properties/x/x-derive")


@given(st.lists(st.integers(0, 9999), min_size=1, max_size=5), st.integers(0, 4))
def test_a_figure_never_depends_on_batches(values: list[int], decimals: int) -> None:
    plan = plan_of({"a": criterion(points=9999), "x": derived("a / 7", rounding={"decimals": decimals}, output=True)})
    table = units(plan, {"a": values})
    whole, rows = (
        declared_figures(assessed(plan, table, batches=b))["figure:x"].listed() for b in (None, [[i] for i in range(len(values))])
    )
    assert whole == rows
    assert all(abs(found - Fraction(v, 7)) <= Fraction(1, 2 * 10**decimals) for found, v in zip(whole, values, strict=True))  # type: ignore[operator, arg-type]
