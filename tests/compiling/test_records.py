"""How the records of a list are scored, as the rubric has it; and what may not stand in a record."""

from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.records import record_spec, rounding_of
from scorekit.compiling.standard import standard
from scorekit.domain.rubric import FieldSpec, Rounding
from scorekit.errors import RubricError
from tests.building import NUMBER, criterion, fault_of, rubric, said

SCORED = {"points": 5, "rule": {"mark": {}}}


def listed(items: dict[str, Any], own: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    inner = {"type": "object", "properties": items, **({"x-criterion": own} if own is not None else {})}
    return {"type": "array", "title": "各轮", "items": inner, **more}


def field(items: dict[str, Any], own: dict[str, Any] | None = None, **frame: Any) -> FieldSpec:
    found = rubric({"rounds": listed(items, own), "x": criterion()}, **frame)
    return next(f for f in standard(found.document, found).fields if f.path == "rounds")


def test_a_record_has_its_criteria_sections_and_derived_values_in_printed_order() -> None:
    spec = field(
        {
            "b": {**NUMBER, "x-criterion": {**SCORED, "no": "2"}},
            "a": {**NUMBER, "x-criterion": {**SCORED, "no": "1"}},
            "net": {"x-derive": "a - b"},
            "form": {"type": "object", "properties": {"c": {**NUMBER, "x-criterion": SCORED}}},
        }
    )
    assert spec.record is not None
    assert [c.path for c in spec.record.criteria] == ["rounds.b", "rounds.a", "rounds.form.c"]
    assert [(s.path, s.parent) for s in spec.record.sections] == [("rounds.form", "rounds")]
    assert [(i.path, i.derive, i.section) for i in spec.items] == [
        ("rounds.b", None, "rounds"),
        ("rounds.a", None, "rounds"),
        ("rounds.net", "a - b", "rounds"),
        ("rounds.form.c", None, "rounds.form"),
    ]


def test_a_record_is_rounded_where_it_says_so_and_not_by_the_stages_of_a_unit() -> None:
    spec = field({"a": {**NUMBER, "x-criterion": SCORED}}, {"multiplied_rounding": {"decimals": 1, "mode": "floor"}})
    assert spec.record is not None
    assert (spec.record.criteria[0].rounding, spec.record.rounding, spec.record.multiplied) == (None, None, Rounding(1, "floor"))
    spec = field({"a": {**NUMBER, "x-criterion": {**SCORED, "rounding": {"decimals": 3}}}}, rounding={"record": {"decimals": 1}})
    assert spec.record is not None
    assert (spec.record.criteria[0].rounding, spec.record.rounding) == (Rounding(3), Rounding(1))


def test_policies_come_from_the_record_then_from_the_section_around_the_list() -> None:
    spec = field({"a": {**NUMBER, "x-criterion": SCORED}}, {"missing": "leave-out"}, missing="incomplete")
    assert spec.record is not None
    assert spec.record.criteria[0].missing == "leave-out"
    spec = field({"a": {**NUMBER, "x-criterion": SCORED}}, missing="incomplete")
    assert spec.record is not None
    assert spec.record.criteria[0].missing == "incomplete"
    spec = field({"a": {**NUMBER, "x-criterion": SCORED}}, missing={"mean": "points"})
    assert spec.record is not None
    assert spec.record.criteria[0].missing == "zero"


@pytest.mark.parametrize(
    ("items", "own", "what", "at"),
    [
        ({"a": NUMBER}, {"cap": 3}, "the records of “各轮” have no criterion to combine", "/items/x-criterion"),
        (
            {"a": {"x-criterion": {"kind": "gate", "if": "a > 1", "effect": "not ranked"}}},
            None,
            "a gate is asked of a unit and cannot stand in a record",
            "/items/properties/a/x-criterion",
        ),
        (
            {"a": {**NUMBER, "x-criterion": {**SCORED, "kind": "deduction", "charge_to": "s"}}},
            None,
            "“charge_to” reaches beyond the record that the criterion stands in",
            "/items/properties/a/x-criterion/charge_to",
        ),
        (
            {"a": {**NUMBER, "x-criterion": {**SCORED, "kind": "bonus", "group": "g"}}},
            None,
            "“group” reaches beyond the record that the criterion stands in",
            "/items/properties/a/x-criterion/group",
        ),
        (
            {"a": {**NUMBER, "x-criterion": {**SCORED, "missing": "mean-points"}}},
            None,
            "a record has no group of which a mean could be taken",
            "/items/properties/a/x-criterion/missing",
        ),
        (
            {"b": listed({"c": listed({"d": NUMBER})})},
            None,
            "a list stands in a list that stands in a list",
            "/items/properties/b/items/properties/c",
        ),
    ],
)
def test_what_reaches_beyond_a_record_is_refused(items: dict[str, Any], own: Any, what: str, at: str) -> None:
    error = fault_of({"rounds": listed(items, own), "x": criterion()})
    assert (said(error.what), error.where) == (what, f"rubric.json#/properties/rounds{at}")


def test_only_a_record_has_a_multiplier() -> None:
    error = fault_of({"s": {"type": "object", "x-criterion": {"multiplier": 2}, "properties": {"x": criterion()}}})
    assert said(error.what) == "only a record has “multiplier”, not a section"
    assert error.where.endswith("/properties/s/x-criterion/multiplier")


def test_a_stage_that_is_not_written_does_not_round() -> None:
    assert rounding_of(None) is None
    assert rounding_of({"decimals": 1}) == Rounding(1, "half-up")


def test_the_scoring_of_a_list_without_criteria_is_nothing() -> None:
    spec = field({"a": NUMBER})
    found = record_spec(spec, {}, "here", {}, (), ())
    assert (found.criteria, found.cap, found.rounding, found.section.path) == ((), None, None, "rounds")
    with pytest.raises(RubricError):
        record_spec(spec, {"cap": 1}, "here", {}, (), ())
