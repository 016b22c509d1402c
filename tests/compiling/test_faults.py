"""What a schema validator finds, said so that the author of a rubric or notice can mend it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from scorekit.compiling.metaschema import first_fault
from scorekit.words import say

FORMULA = {"type": "string", "maxLength": 20}
RULES = {"shortfall": {"type": "object"}, "tiers": {"type": "object"}}


def fault(document: Any, schema: dict[str, Any]) -> tuple[str, str, str]:
    """What, where and what to do, in English."""
    found = first_fault({"a": document}, {"properties": {"a": schema}})
    assert found is not None
    return say(found.what, "en"), found.pointer, say(found.cure, "en")


@pytest.mark.parametrize(
    ("document", "schema", "what", "pointer", "cure"),
    [
        ("x", {"type": "integer"}, "“x” is not what is wanted here", "/a", "write a whole number"),
        (Decimal("1.5"), {"type": "integer"}, "“1.5” is not what is wanted here", "/a", "write a whole number"),
        ({"b": 1}, {"type": ["array", "null"]}, '“{"b": 1}” is not what is wanted here', "/a", "write a list in square brackets"),
        (7, {"type": ["string", "boolean"]}, "“7” is not what is wanted here", "/a", "write a text, true or false"),
        (-1, {"minimum": 0}, "-1 is less than 0", "/a", "enter a number from 0 on"),
        (Decimal("6.0"), {"maximum": 5}, "6 is more than 5", "/a", "enter a number up to 5"),
        ("x" * 30, {"maxLength": 20}, f"“{'x' * 30}” is longer than 20 characters", "/a", "shorten it"),
        ("x" * 90, {"maxLength": 20}, f"“{'x' * 59}…” is longer than 20 characters", "/a", "shorten it"),
        ("", {"minLength": 1}, "a value is missing here", "/a", "add what is missing"),
        ([], {"minItems": 2}, "this has fewer than 2 entries", "/a", "add what is missing"),
        ({"b": 1, "c": 2}, {"maxProperties": 1}, "this has more than 1 entries: b, c", "/a", "keep only what is meant"),
        ("B", {"pattern": "^[a-z]$"}, "“B” is not in the form asked for", "/a", "look at the form for how it is written: ^[a-z]$"),
        ("2026年", {"format": "date"}, "“2026年” is no date", "/a", "write it as 2026-12-31"),
        (2, {"const": 1}, "“2” is not allowed here", "/a", "it may be: 1"),
        ("c", {"enum": ["a", "b"]}, "“c” is not allowed here", "/a", "it may be: a, b"),
        ([1, 1], {"uniqueItems": True}, "“[1, 1]” is not what is wanted here", "/a", "compare the rubric reference"),
        ({}, {"required": ["b"]}, "“b” is missing", "/a", "add it"),
    ],
)
def test_each_kind_of_fault_has_its_words(document: Any, schema: dict[str, Any], what: str, pointer: str, cure: str) -> None:
    assert fault(document, schema) == (what, pointer, cure)


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_of_several_ways_each_must_be_named(keyword: str) -> None:
    what = fault({}, {keyword: [{"required": ["if"]}, {"required": ["require"]}]})
    assert what == ("exactly one of these must be given: if, require", "/a", "give one of them")


def test_a_key_that_is_not_known_has_the_nearest_or_all_that_are() -> None:
    schema = {"properties": {"points": {}, "rule": {}}, "additionalProperties": False}
    assert fault({"point": 1}, schema) == ("“point” is not known here", "/a/point", "did you mean “points”?")
    assert fault({"x/y": 1}, schema) == ("“x/y” is not known here", "/a/x~1y", "known here: points, rule")


def test_a_rule_that_is_not_known_may_be_one_of_a_plugin() -> None:
    schema = {"properties": {"rule": {"properties": RULES, "additionalProperties": False}}}
    assert fault({"rule": {"shortfal": {}}}, schema) == ("there is no rule “shortfal”", "/a/rule/shortfal", "did you mean “shortfall”?")
    what, pointer, cure = fault({"rule": {"growth": {}}}, schema)
    assert (what, pointer) == ("there is no rule “growth”", "/a/rule/growth")
    assert cure == "the rules are: shortfall, tiers; one of a plugin needs --plugins DIR"


def test_a_reference_out_of_the_file_is_told_where_references_may_lead() -> None:
    schema = {"properties": {"$ref": {"pattern": "^#/"}}}
    what, pointer, cure = fault({"$ref": "https://example.org/a.json"}, schema)
    assert (what, pointer) == ("“https://example.org/a.json” is not in the form asked for", "/a/$ref")
    assert cure == "refer only to #/$defs/… of the same file"


def test_of_alternatives_the_fault_is_told_that_the_author_meant() -> None:
    number = {"anyOf": [{"type": "number"}, FORMULA]}
    assert fault("x" * 30, number)[0] == f"“{'x' * 30}” is longer than 20 characters"
    assert fault([1], number)[0] == "“[1]” is not what is wanted here"
    nested = {"anyOf": [{"type": "null"}, {"type": "object", "properties": {"b": {"maximum": 3}}}]}
    assert fault({"b": 4}, nested) == ("4 is more than 3", "/a/b", "enter a number up to 3")


def test_what_fits_has_no_fault() -> None:
    schema = {"properties": {"a": {"type": "integer", "maximum": 5}, "d": {"format": "date"}}}
    assert first_fault({"a": Decimal("5.0"), "d": "2026-02-28"}, schema) is None
