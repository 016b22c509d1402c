"""The total: base, bonuses and deductions with their caps, plus and minus apart, and figures that add up."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.building import (
    BAD,
    NA,
    NUMBER,
    TRUTH,
    assessed,
    criterion,
    outcome_of,
    plain,
    plan_of,
    section,
    totals,
    units,
)

DEDUCTION = {"each": {"deduct": 1}}


def sections(outcome: Any, path: str) -> list[Any]:
    """A section's figure."""
    return plain(outcome.sheet.sections[path])


# -------------------------------------------------------------------- bonuses and deductions


def test_plus_and_minus_are_capped_apart_and_the_floor_of_the_total_is_nought() -> None:
    shape = {"b": criterion("mark", 100), "p": criterion("mark", 20, kind="bonus"), "d": criterion(DEDUCTION, 50, kind="deduction")}
    found = outcome_of(shape, {"b": [90, 90, 1], "p": [20, 2, 0], "d": [0, 30, 30]}, caps={"bonus": 10, "deduction": 25})
    assert totals(found) == [100, 67, 0]
    assert totals(found, "bonus") == [10, 2, 0]
    assert totals(found, "deduction") == [0, 25, 25]
    assert totals(found, "adjusted") == [0, 0, 24]


def test_the_total_has_its_cap() -> None:
    found = outcome_of({"b": criterion("mark", 100), "p": criterion("mark", 20, kind="bonus")}, {"b": [95], "p": [20]}, caps={"total": 110})
    assert (totals(found), totals(found, "adjusted")) == ([110], [-5])


def test_a_group_is_capped_over_its_items_and_an_item_by_its_points() -> None:
    shape = {
        "b": criterion("mark", 100),
        **{k: criterion("mark", 4, kind="bonus", group="g") for k in "pqr"},
        "s": criterion("mark", 4, kind="bonus"),
    }
    found = outcome_of(shape, {"b": [50, 50], "p": [9, 1], "q": [3, 1], "r": [3, 1], "s": [4, 1]}, caps={"groups": {"g": "2 + 4"}})
    assert totals(found, "bonus") == [10, 4]


def test_a_section_caps_the_bonuses_and_deductions_inside_it() -> None:
    inner = {
        "p": criterion("mark", 9, kind="bonus"),
        "q": criterion("mark", 9, kind="bonus"),
        "d": criterion(DEDUCTION, 9, kind="deduction"),
    }
    shape = {"b": criterion("mark", 100), "s": section(inner, bonus_cap=5, deduction_cap=2), "r": criterion("mark", 9, kind="bonus")}
    found = outcome_of(shape, {"b": [50], "s.p": [4], "s.q": [4], "s.d": [7], "r": [3]})
    assert (totals(found, "bonus"), totals(found, "deduction")) == ([8], [2])


def test_what_a_group_cuts_off_does_not_count_against_the_sections_cap_again() -> None:
    inner = {k: criterion("mark", 4, kind="bonus", group="g") for k in "pq"}
    shape = {"b": criterion("mark", 100), "s": section(inner, bonus_cap=6)}
    found = outcome_of(shape, {"b": [50], "s.p": [4], "s.q": [4]}, caps={"groups": {"g": 5}})
    assert totals(found, "bonus") == [5]


def test_an_outer_sections_cap_sees_what_the_inner_one_has_left() -> None:
    shape = {
        "b": criterion("mark", 100),
        "s": section(
            {"t": section({"p": criterion("mark", 9, kind="bonus")}, bonus_cap=3), "q": criterion("mark", 9, kind="bonus")}, bonus_cap=7
        ),
    }
    assert totals(outcome_of(shape, {"b": [50], "s.t.p": [9], "s.q": [4]}), "bonus") == [7]


def test_what_does_not_apply_adds_nothing_and_what_is_missing_stays_missing() -> None:
    shape = {
        "b": criterion("mark", 100),
        "p": criterion("mark", 9, kind="bonus"),
        "d": criterion(DEDUCTION, 9, kind="deduction", group="g"),
    }
    found = outcome_of(shape, {"b": [50] * 4, "p": [NA, None, 2, 2], "d": [1, NA, None, BAD]}, caps={"groups": {"g": 5}})
    assert totals(found) == [49, 50, None, None]


def test_a_deduction_may_be_charged_to_a_section_and_stops_there() -> None:
    shape = {
        "s": section({"a": criterion("mark", 10)}),
        "t": section({"b": criterion("mark", 10)}),
        "d": criterion(DEDUCTION, 20, kind="deduction", charge_to="s"),
    }
    found = outcome_of(shape, {"s.a": [8, 8, 8], "t.b": [5, 5, 5], "d": [3, 20, NA]})
    assert (sections(found, "s"), totals(found)) == ([5, 0, 8], [10, 5, 13])
    assert totals(found, "deduction") == [0, 0, 0]


def test_a_charged_deduction_that_is_asked_for_leaves_the_section_open() -> None:
    shape = {"s": section({"a": criterion("mark", 10)}), "d": criterion(DEDUCTION, 20, kind="deduction", charge_to="s")}
    found = outcome_of(shape, {"s.a": [8], "d": [None]})
    assert (sections(found, "s"), totals(found)) == ([None], [None])


def test_full_marks_of_a_unit_whose_charge_is_asked_for_do_not_depend_on_who_is_beside_it() -> None:
    """Alone in its batch the unit has points for every item, and yet no figure of the section that bears the charge."""
    shape = {
        "s": section({"a": criterion("mark", 10)}),
        "t": section({"b": criterion("mark", 7)}),
        "d": criterion(DEDUCTION, 20, kind="deduction", charge_to="s"),
    }
    alone = outcome_of(shape, {"s.a": [8], "t.b": [5], "d": [None]})
    beside = outcome_of(shape, {"s.a": [8, NA], "t.b": [5, 5], "d": [None, 1]})
    assert totals(alone, "full") == totals(beside, "full")[:1] == [17]


# -------------------------------------------------------------------- the total's figures


def test_the_total_is_base_and_bonus_less_deduction_and_what_was_adjusted() -> None:
    """Each figure is printed at the total's digits, and they add up to the total."""
    shape = {
        "x": NUMBER,
        "b": criterion({"mark": {"of": "x / 3"}}, 100, {}),
        "p": criterion({"mark": {"of": "x / 3"}}, 9, {}, kind="bonus"),
        "v": TRUTH,
    }
    frame = {"rounding": {"total": {"decimals": 1, "mode": "ceiling"}}, "gates": {"g": {"if": "v", "effect": "zero total"}}}
    found = outcome_of(shape, {"x": [1, 1], "v": [False, True]}, **frame)
    assert totals(found) == [0.7, 0]
    assert totals(found, "exact") == [Fraction(2, 3), 0]
    assert (totals(found, "base"), totals(found, "bonus")) == ([0.4, 0.4], [0.4, 0.4])
    assert totals(found, "adjusted") == [-0.1, -0.8]


def test_a_fired_zero_total_gate_gives_no_figure_where_there_was_none() -> None:
    shape = {"a": criterion("mark", 10, missing="incomplete"), "v": TRUTH}
    found = outcome_of(
        shape,
        {"a": [None, 4], "v": [True, True]},
        gates={"g": {"if": "v", "effect": "zero total"}, "h": {"require": "not v", "effect": "zero total"}},
    )
    assert totals(found) == [None, 0]


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=8),
    st.sampled_from(["half-up", "floor", "half-even"]),
)
def test_the_printed_figures_always_add_up(rows: list[tuple[int, int, int]], mode: str) -> None:
    shape = {
        "b": criterion({"mark": {"of": "x / 7"}}, 100, {}),
        "p": criterion({"mark": {"of": "y / 7"}}, 30, {}, kind="bonus"),
        "d": criterion({"each": {"of": "z", "deduct": "1 / 7"}}, 40, {}, kind="deduction"),
    }
    plan = plan_of({**dict.fromkeys("xyz", NUMBER), **shape}, rounding={"total": {"decimals": 1, "mode": mode}}, caps={"total": 100})
    found = assessed(plan, units(plan, dict(zip("xyz", map(list, zip(*rows, strict=True)), strict=True))))
    figures = {k: found.sheet.totals[k].listed() for k in ("base", "bonus", "deduction", "adjusted", "total")}
    for base, bonus, deduction, adjusted, total in zip(*figures.values(), strict=True):
        assert base + bonus - deduction + adjusted == total  # type: ignore[operator]
        assert 0 <= total <= 100  # type: ignore[operator]
        assert min(bonus, deduction) >= 0  # type: ignore[type-var]


def test_the_total_has_the_cap_and_the_floor_that_it_declares() -> None:
    shape = {"b": criterion("mark", 100), "d": criterion(DEDUCTION, 50, kind="deduction")}
    columns = {"b": [90, 5, 5], "d": [0, 10, 40]}
    assert totals(outcome_of(shape, columns, total={"cap": 80, "floor": -20})) == [80, -5, -20]
    assert totals(outcome_of(shape, columns, total={"floor": None})) == [90, -5, -35]
    assert totals(outcome_of(shape, columns)) == [90, 0, 0]
