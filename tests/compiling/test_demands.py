from __future__ import annotations

from typing import Any

import pytest

from scorekit.compiling.demands import demanded
from tests.compiling.test_checks import findings, item

N: dict[str, Any] = {"type": "number"}


@pytest.mark.parametrize(
    ("node", "named"),
    [
        ({}, set()),
        ({"if": {"properties": {"a": {"const": 1}}, "required": ["b"]}, "then": {"required": ["c"]}, "else": False}, {"a", "b", "c"}),
        ({"allOf": [{"not": {"required": ["a"]}}, True], "oneOf": [{"properties": {"b": True}}]}, {"a", "b"}),
        ({"anyOf": [{"if": {"required": ["a"]}, "then": {"properties": {"b": N}}}]}, {"a", "b"}),
        ({"dependentRequired": {"a": ["b"]}}, {"a", "b"}),
        ({"dependentSchemas": {"a": {"required": ["b"]}}}, {"a", "b"}),
        ({"if": {"properties": {"s": {"properties": {"a": N}, "required": ["b"]}}}}, {"s", "s.a", "s.b"}),
        ({"required": ["a"], "properties": {"b": N}}, set()),  # a field that must be given is not read for that
    ],
)
def test_the_fields_that_a_condition_names_are_found(node: dict[str, Any], named: set[str]) -> None:
    assert demanded(node) == named


def test_the_condition_of_a_section_names_fields_of_the_section() -> None:
    section = {"properties": {"a": N, "t": {"properties": {"b": N}, "dependentRequired": {"b": ["c"]}}}, "allOf": [{"required": ["a"]}]}
    assert demanded({"properties": {"s": section, "n": N}}) == {"s.a", "s.t.b", "s.t.c"}


def test_a_section_taken_from_elsewhere_has_its_conditions_there() -> None:
    document = {"$defs": {"s": {"properties": {"a": N}, "if": {"required": ["a"]}}}, "properties": {"x": {"$ref": "#/$defs/s"}}}
    assert demanded(document) == {"x.a"}


def test_a_field_that_only_a_condition_of_the_form_reads_is_read() -> None:
    grade = {"enum": ["好", "差"], "title": "评定"}
    shape = {"s": {"type": "object", "title": "节", "properties": {"a": item(), "grade": grade}}}
    assert [what for what, _ in findings(shape)] == ["nothing reads the field “评定”"]
    shape["s"]["allOf"] = [{"if": {"properties": {"grade": {"const": "好"}}}, "then": {"properties": {"a": {"minimum": 5}}}}]
    assert findings(shape) == []
