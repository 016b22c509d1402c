"""Which sections can have a figure: those with something of the base in them, and those that something is taken from."""

from __future__ import annotations

from typing import Any

from scorekit.domain.figured import figured
from tests.building import criterion, plan_of, section

BONUS, DEDUCTION = criterion("mark", 5, kind="bonus"), criterion({"each": {"deduct": 1}}, None, kind="deduction")


def paths(shape: dict[str, Any], **frame: Any) -> list[str]:
    spec = plan_of(shape, **frame).tracks[0].standard
    return [s.path for s in figured(spec.sections, spec.criteria)]


def test_a_section_with_an_item_of_the_base_has_a_figure_and_so_has_the_one_around_it() -> None:
    assert paths({"s": section({"in": section({"a": criterion()})}), "t": section({"b": criterion(), "c": BONUS})}) == ["s", "s.in", "t"]


def test_a_section_of_bonuses_has_none() -> None:
    assert paths({"s": section({"a": criterion()}), "more": section({"b": BONUS, "in": section({"c": BONUS})})}) == ["s"]


def test_a_section_that_has_the_name_of_another_in_its_own_is_another() -> None:
    assert paths({"s": section({"b": BONUS}), "st": section({"a": criterion()})}) == ["st"]


def test_what_deductions_are_charged_to_and_what_has_a_floor_has_a_figure_without_items() -> None:
    shape = {"s": section({"a": criterion()}), "t": section({"b": BONUS}), "u": section({"b": BONUS}, floor=1)}
    charged = {**shape, "d": {**DEDUCTION, "x-criterion": {**DEDUCTION["x-criterion"], "charge_to": "t"}}}
    assert paths(shape) == ["s", "u"]
    assert paths(charged) == ["s", "t", "u"]
