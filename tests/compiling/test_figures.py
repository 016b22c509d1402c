"""Figures of a population as a rubric writes them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from scorekit.compiling.metaschema import check_document
from scorekit.domain.formula import Figure, Name
from scorekit.errors import RubricError
from tests.building import NUMBER, catalogue, criterion, fault_of, plan_of, rubric, said


def derived(figure: dict[str, Any], **frame: Any) -> Any:
    plan = plan_of({"x": NUMBER, "y": NUMBER, "f": {"x-derive": figure}, "a": criterion({"mark": {"of": "f"}}, 9, {})}, **frame)
    return next(n for f, n in plan.tracks[0].derived if f.path == "f")


def test_a_figure_is_taken_within_the_category_where_nothing_is_said() -> None:
    assert derived({"over": "mean", "of": "x"}, categories=["甲"]) == Figure("f", "mean", Name("x"), (Name("category"),), q=Fraction(0))
    assert derived({"over": "mean", "of": "x"}).within == ()
    assert derived({"over": "mean", "of": "x", "within": []}, categories=["甲"]).within == ()


def test_a_figure_carries_its_settings() -> None:
    found = derived({"over": "quantile", "of": "x", "q": 0.25, "method": "lower", "where": "y > 1", "within": ["y"]})
    assert (found.q, found.method, found.within) == (Fraction(1, 4), "lower", (Name("y"),))
    assert found.where is not None
    assert derived({"over": "rank", "of": "x", "first": "low"}).first == "low"
    assert derived({"over": "correlation", "of": "x", "with": "y"}).beside == Name("y")


@pytest.mark.parametrize(
    ("figure", "what", "pointer"),
    [
        ({"over": "mean"}, "“mean” needs “of”", ""),
        ({"over": "quantile", "of": "x"}, "“quantile” needs “q”", ""),
        ({"over": "correlation", "of": "x"}, "“correlation” needs “with”", ""),
        ({"over": "mean", "of": "x", "q": 0.5}, "“mean” takes no “q”: that belongs to quantile", "/q"),
        ({"over": "sum", "of": "x", "first": "low"}, "“sum” takes no “first”: that belongs to rank, percentile", "/first"),
    ],
)
def test_a_figure_that_says_too_little_or_too_much_is_refused(figure: dict[str, Any], what: str, pointer: str) -> None:
    error = fault_of({"x": NUMBER, "f": {"x-derive": figure}, "a": criterion()})
    assert (said(error.what), error.where) == (what, f"rubric.json#/properties/f/x-derive{pointer}")


def test_a_figure_of_texts_is_refused() -> None:
    error = fault_of({"x": {"type": "string"}, "f": {"x-derive": {"over": "mean", "of": "x"}}, "a": criterion()})
    assert "a number is needed, not a text" in said(error.what)


@pytest.mark.parametrize(
    ("part", "what", "pointer"),
    [
        ({"f": {"x-derive": {"over": "meen", "of": "x"}}}, "mean", "/properties/f/x-derive/over"),
        ({"f": {"x-derive": {"over": "mean", "off": "x"}}}, "of", "/properties/f/x-derive"),
        ({"a": criterion(missing={"mean": "point"})}, "points", "/properties/a/x-criterion/missing/mean"),
    ],
)
def test_a_misspelt_key_is_named_with_what_was_meant(part: dict[str, Any], what: str, pointer: str) -> None:
    document = rubric({"x": NUMBER, "a": criterion(), **part}).document
    with pytest.raises(RubricError) as caught:
        check_document(document, "rubric.json", catalogue())
    assert caught.value.where.startswith(f"rubric.json#{pointer}")
    assert what in said(caught.value.cure)
