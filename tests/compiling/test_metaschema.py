"""The schema of rubric files knows every installed rule; its faults are told with a JSON pointer and a cure."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from scorekit.compiling.metaschema import _schema_of, check_document, first_fault, metaschema
from scorekit.domain.column import Column
from scorekit.domain.rule import Bands
from scorekit.errors import RubricError
from scorekit.plugin import rule
from tests.building import NUMBER, TRUTH, catalogue, criterion, document, said, section


@rule(adds=True, says={})
def tiers(of: Column, *, bands: Bands) -> Column:
    """Bands."""
    return of


@rule(adds=True, says={})
def silent(of: Column, *, word: str = "w") -> Column:
    return of


GOOD = document(
    {
        "s": section(
            {"a": criterion({"shortfall": {"target": 0.9, "step": "n / 2", "deduct": 1, "steps": "started"}}, no="1"), "n": NUMBER},
            points=10,
            aggregate="sum",
        ),
        "v": {**TRUTH, "x-criterion": {"kind": "gate", "if": "v", "effect": {"level at most": "good"}}},
        "h": {"type": "array", "items": {"type": "object", "properties": {"n": NUMBER}}},
    },
    levels=[{"id": "good", "title": "良", "at_least": 80}],
    caps={"bonus": 10, "groups": {"g": "n"}},
)


def fault(**places: Any) -> tuple[str, str, str]:
    """The fault after setting values at paths (``__`` between steps); None deletes."""
    found = copy.deepcopy(GOOD)
    for path, value in places.items():
        node: Any = found
        *steps, last = path.split("__")
        for step in steps:
            node = node[int(step) if step.isdecimal() else step.replace("_of_", "-")]
        if value is None:
            del node[last.replace("_of_", "-")]
        else:
            node[last.replace("_of_", "-")] = value
    with pytest.raises(RubricError) as caught:
        check_document(found, "r.json", catalogue())
    error = caught.value
    return said(error.what), error.where, said(error.cure)


S = "properties__s__properties__a__x_of_criterion"


def test_a_good_document_has_no_fault() -> None:
    check_document(GOOD, "r.json", catalogue())
    check_document(
        {**GOOD, "properties": {**GOOD["properties"], "x": {"type": "number", "minimum": Decimal("0.5")}}}, "r.json", catalogue()
    )


@pytest.mark.parametrize(
    ("places", "what", "where", "cure"),
    [
        ({"titel": "x"}, "“titel” is not known here", "r.json#/titel", "did you mean “title”?"),
        ({"zzz/~": 1}, "“zzz/~” is not known here", "r.json#/zzz~1~0", None),
        ({"title": None}, "“title” is missing", "r.json#", "add it"),
        ({"x_of_rubric__versoin": "2"}, "“versoin” is not known here", "r.json#/x-rubric/versoin", "did you mean “version”?"),
        ({"x_of_rubric__language": 2}, "“2” is not allowed here", "r.json#/x-rubric/language", "it may be: 1"),
        (
            {f"{S}__rule": {"shortfal": {}}},
            "there is no rule “shortfal”",
            "r.json#/properties/s/properties/a/x-criterion/rule/shortfal",
            "did you mean “shortfall”?",
        ),
        (
            {f"{S}__rule__shortfall__tarket": 1},
            "“tarket” is not known here",
            "r.json#/properties/s/properties/a/x-criterion/rule/shortfall/tarket",
            "did you mean “target”?",
        ),
        (
            {f"{S}__rule__shortfall__steps": "half"},
            "“half” is not allowed here",
            "r.json#/properties/s/properties/a/x-criterion/rule/shortfall/steps",
            "it may be: full, started",
        ),
        (
            {f"{S}__rule": None},
            "exactly one of these must be given: rule, clauses",
            "r.json#/properties/s/properties/a/x-criterion",
            "give one of them",
        ),
        (
            {f"{S}__ponits": 5},
            "“ponits” is not known here",
            "r.json#/properties/s/properties/a/x-criterion/ponits",
            "did you mean “points”?",
        ),
        (
            {f"{S}__kind": "bonos"},
            "“bonos” is not allowed here",
            "r.json#/properties/s/properties/a/x-criterion/kind",
            "it may be: base, bonus, deduction",
        ),
        (
            {"properties__s__x_of_criterion__agregate": "sum"},
            "“agregate” is not known here",
            "r.json#/properties/s/x-criterion/agregate",
            "did you mean “aggregate”?",
        ),
        (
            {"properties__s__x_of_criterion__aggregate": "summ"},
            "“summ” is not allowed here",
            "r.json#/properties/s/x-criterion/aggregate",
            "it may be: minimum, sum, weighted-mean",
        ),
        (
            {"properties__v__x_of_criterion__effect": "vetoed"},
            "“vetoed” is not allowed here",
            "r.json#/properties/v/x-criterion/effect",
            "it may be: not awarded, not ranked, incomplete, zero total",
        ),
        (
            {"x_of_rubric__levels__0__at_lest": 5},
            "“at_lest” is not known here",
            "r.json#/x-rubric/levels/0/at_lest",
            "did you mean “at_least”?",
        ),
        (
            {"x_of_rubric__gates": {"g": {"effect": "not awarded"}}},
            "exactly one of these must be given: if, require",
            "r.json#/x-rubric/gates/g",
            "give one of them",
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_its_cure(places: dict[str, Any], what: str, where: str, cure: str | None) -> None:
    found = fault(**places)
    assert found[:2] == (what, where)
    assert cure is None or found[2] == cure


@pytest.mark.parametrize("wrong", [[], {}, "", "x" * 501, None])
def test_a_number_is_a_number_or_a_formula_of_at_most_500_characters(wrong: Any) -> None:
    found = copy.deepcopy(GOOD)
    found["properties"]["s"]["properties"]["a"]["x-criterion"]["rule"]["shortfall"]["target"] = wrong
    with pytest.raises(RubricError) as caught:
        check_document(found, "r.json", catalogue())
    assert caught.value.where.startswith("r.json#/properties/s/properties/a/x-criterion/rule/shortfall/target")


@pytest.mark.parametrize("name", ["1a", "a-b", "a.b", "a b", ""])
def test_a_property_is_called_by_letters_digits_and_underscores(name: str) -> None:
    found = copy.deepcopy(GOOD)
    found["properties"][name] = NUMBER
    with pytest.raises(RubricError):
        check_document(found, "r.json", catalogue())


@pytest.mark.parametrize("name", ["工会", "a_1", "é"])
def test_chinese_letters_are_letters(name: str) -> None:
    check_document({**GOOD, "properties": {**GOOD["properties"], name: NUMBER}}, "r.json", catalogue())


@pytest.mark.parametrize(
    ("bands", "fits"),
    [
        ([{"at_least": 1, "points": 1}], True),
        ([{"above": 1, "points": 1}], True),
        ([{"at_least": 1, "above": 1, "points": 1}], False),
        ([{"points": 1}], False),
        ([], False),
        ([{"at_least": 1}], False),
    ],
)
def test_a_band_has_one_line(bands: list[Any], fits: bool) -> None:
    schema = metaschema(catalogue(tiers))
    found = first_fault(document({"a": criterion({"tiers": {"bands": bands}})}), schema)
    assert (found is None) == fits


def test_every_rule_is_described_with_its_parameters_and_defaults() -> None:
    schema = metaschema(catalogue(silent))
    rules = schema["$defs"]["rule"]["properties"]
    assert rules["shortfall"]["description"] == "每少{step}扣{deduct}\nSteps below a target."
    assert rules["shortfall"]["properties"]["steps"] == {"enum": ["full", "started"], "default": "full"}
    assert rules["flag"]["properties"]["otherwise"]["default"] == 0
    assert "description" not in rules["silent"]
    assert list(rules) == sorted(rules)


def test_decimals_are_numbers_and_whole_ones_integers() -> None:
    schema = {"type": "array", "items": {"type": "integer"}}
    assert first_fault([Decimal(3), Decimal("3.0"), 4], schema) is None
    found = first_fault([Decimal("3.5")], schema)
    assert found is not None
    assert found.pointer == "/0"
    assert first_fault([True], {"type": "array", "items": {"type": "number"}}) is not None


def test_no_reference_leaves_the_document() -> None:
    """The meta-schema is checked without a network and without a file."""
    from referencing.exceptions import Unresolvable

    with pytest.raises(Unresolvable):
        first_fault({"a": 1}, {"properties": {"a": {"$ref": "http://127.0.0.1:9/x.json"}}})


def test_the_schema_is_made_anew_each_time_and_stays_as_it_is() -> None:
    one = metaschema(catalogue())
    one["$defs"]["rule"]["properties"].clear()
    assert metaschema(catalogue())["$defs"]["rule"]["properties"]


def test_a_variant_may_change_or_take_out_every_key_of_an_item() -> None:
    schema = metaschema(catalogue())
    frame = schema["properties"]["x-rubric"]["properties"]
    overlay = frame["variants"]["additionalProperties"]["properties"]
    bodies = {name: schema["$defs"][d]["properties"] for name, d in (("criteria", "criterion"), ("sections", "section"))}
    for part, body in {**bodies, "levels": schema["$defs"]["levels"]["items"]["properties"]}.items():
        nothing, changes = overlay[part]["additionalProperties"]["anyOf"]
        assert nothing == {"type": "null"}
        assert changes["properties"] == {k: {"anyOf": [v, {"type": "null"}]} for k, v in body.items()}


def test_a_rule_tells_its_wording_and_what_must_be_given() -> None:
    found = metaschema(catalogue())["$defs"]["rule"]["properties"]["shortfall"]
    assert found["description"] == "每少{step}扣{deduct}\nSteps below a target."
    assert found["defaultSnippets"] == [{"label": "shortfall", "body": {"target": "$1", "step": "$2", "deduct": "$3"}}]


def test_every_description_is_of_a_key_that_there_is() -> None:
    told = json.loads((files("scorekit.schemas") / "descriptions.json").read_text(encoding="utf-8"))
    schema = metaschema(catalogue())
    places = {**schema["$defs"], "frame": schema["properties"]["x-rubric"]}
    assert [(name, key) for name, texts in told.items() for key in texts if key not in places[name]["properties"]] == []
    assert schema["properties"]["x-rubric"]["properties"]["levels"]["description"] == "等次，由高到低"
    assert schema["$defs"]["criterion"]["properties"]["points"]["description"]


def test_beside_a_reference_stands_what_any_kind_of_item_may_have() -> None:
    """An editor does not follow the reference, so it cannot know which it is."""
    schema = metaschema(catalogue())
    for spec in ({"scale_to": 25}, {"points": 3, "rule": {"mark": {}}}, {"kind": "gate", "if": "x", "effect": "not ranked"}):
        found = document({"q": {"$ref": "#/$defs/q", "x-criterion": spec}}, **{"$defs": {"q": {}}})
        assert first_fault(found, schema) is None
    assert first_fault(document({"q": {"$ref": "#/$defs/q", "x-criterion": {"nothing": 1}}}), schema) is not None


def test_the_schema_of_a_catalogue_is_made_once_and_never_changed_by_a_check():
    """Documents that give rules section by section and such that do not are checked in turn by the one schema."""
    known = catalogue()
    before = _schema_of(known)
    whole = metaschema(known)
    for _ in range(2):
        check_document(document({"a": criterion()}), "rubric.json", known)
        given = {
            "type": "object",
            "title": "一",
            "x-criterion": {"defaults": {"rule": {"mark": {}}}},
            "properties": {"a": {"type": "number", "title": "甲", "x-criterion": {"points": 1}}},
        }
        check_document(document({"s": given}), "rubric.json", known)
        with pytest.raises(RubricError):
            check_document(document({"a": {"type": "number", "title": "甲", "x-criterion": {"points": 1}}}), "rubric.json", known)
    assert _schema_of(known) is before
    assert before == whole == metaschema(known)
    [name] = [n for n in known.rules if n == "mark"]
    known.rules[name] = replace(known.rules[name], summary="told otherwise")
    assert _schema_of(known) is not before
