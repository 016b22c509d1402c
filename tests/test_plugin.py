"""A rule's parameters are read off its signature; what a rubric could not fill is refused when the plugin is written."""

from __future__ import annotations

from typing import Any, Literal

import pytest

from scorekit.plugin import Bands, Children, Column, Knots, Number, Numbers, Panel, Records, Table, aggregator, rule

SAYS = {"zh": "…", "en": "…"}


@rule(adds=True, says=SAYS)
def everything(
    of: Column,
    over: Column | None = None,
    *,
    points: Number,
    most: Number | None = None,
    full_at: Number = 1,
    prices: Numbers = (),
    bands: Bands = (),
    at: Knots = (),
    table: Table | None = None,
    level: str = "level",
    drop: int = 1,
    when: bool = True,
    steps: Literal["full", "started"] = "full",
) -> Column:
    """One of every kind.

    And more.
    """
    return of


def test_every_parameter_has_its_kind() -> None:
    assert {p.name: p.kind for p in everything.params} == {
        "of": "column", "over": "column", "points": "number", "most": "number", "full_at": "number", "prices": "numbers", "bands": "bands",
        "at": "knots", "table": "table", "level": "text", "drop": "integer", "when": "truth", "steps": "text",
    }  # fmt: skip
    assert [p.name for p in everything.params if p.required] == ["of", "points"]
    assert everything.params[-1].choices == ("full", "started")
    assert (everything.first.name, everything.name, everything.summary) == ("of", "everything", "One of every kind.")


@pytest.mark.parametrize("first", [Panel, Records])
def test_a_rule_may_read_a_panel_or_records_first(first) -> None:
    def reads(of: Any) -> Column:
        """Reads."""
        return of

    reads.__annotations__["of"] = first
    assert rule(adds=True, says=SAYS)(reads).first.kind in {"panel", "records"}


def test_a_rule_says_which_way_it_goes() -> None:
    with pytest.raises(TypeError, match="say which"):
        rule(says=SAYS)


def test_a_parameter_that_no_rubric_can_fill_is_refused() -> None:
    with pytest.raises(TypeError, match="parameter weight needs one of the types"):

        @rule(adds=True, says=SAYS)
        def floats(of: Column, *, weight: float) -> Column:
            return of * weight


def test_a_rule_reads_a_column_first() -> None:
    with pytest.raises(TypeError, match="first parameter must be a Column"):

        @rule(adds=True, says=SAYS)
        def reads_nothing(*, points: Number) -> Column:
            return points * Column.of(1)


def test_an_aggregator_is_called_as_its_function_or_as_it_says() -> None:
    def best_two(children: Children) -> tuple[Column, Column]:
        """The best two."""
        return children.points[0], children.full[0]

    assert aggregator(says=SAYS)(best_two).name == "best-two"
    assert aggregator(says=SAYS, name="two")(best_two).name == "two"
