"""The schema of rubric files, completed with every installed rule's parameters, and the check of a document by it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from scorekit.catalogue import Catalogue
from scorekit.compiling.faults import SchemaFault, deepest, described
from scorekit.compiling.variants import NAMED, WHOLE, as_written, expanded, scored_at
from scorekit.domain.rule import Param, Rule
from scorekit.errors import RubricError

_FORMULA = {"type": "string", "minLength": 1, "maxLength": 500}
_NUMBER: dict[str, Any] = {"anyOf": [{"type": "number"}, _FORMULA]}
_BAND = {
    "type": "object",
    "required": ["points"],
    "additionalProperties": False,
    "properties": {"at_least": _NUMBER, "above": _NUMBER, "points": _NUMBER},
    "oneOf": [{"required": ["at_least"]}, {"required": ["above"]}],
}
_KNOT = {
    "type": "object",
    "required": ["value", "points"],
    "additionalProperties": False,
    "properties": {"value": _NUMBER, "points": _NUMBER},
}
_ROUNDING = {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 6}, {"$ref": "#/$defs/rounding"}]}
_TABLE = {"type": "object", "minProperties": 1, "additionalProperties": _NUMBER}
_BY_KIND: Mapping[str, dict[str, Any]] = {
    "column": {"anyOf": [{"type": ["number", "boolean"]}, _FORMULA]},
    "each": {"anyOf": [{"type": ["number", "boolean"]}, _FORMULA]},
    "number": _NUMBER,
    "panel": {"type": "string"},
    "records": {"type": "string"},
    "numbers": {"type": "array", "minItems": 1, "items": _NUMBER},
    "bands": {"type": "array", "minItems": 1, "items": _BAND},
    "knots": {"type": "array", "minItems": 2, "items": _KNOT},
    "table": _TABLE,
    "roles": _TABLE,
    "raters": _TABLE,
    "ranges": {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"type": "array", "minItems": 2, "maxItems": 2, "items": _NUMBER},
    },
    "rounding": _ROUNDING,
    "text": {"type": "string"},
    "integer": {"type": "integer"},
    "truth": {"type": "boolean"},
}

_OVERLAID = {"criteria": "criterion", "sections": "section", "gates": "gate_body"}


@cache
def _frame() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files("scorekit.schemas").joinpath("rubric.json").read_text(encoding="utf-8"))
    return found


def metaschema(catalogue: Catalogue) -> dict[str, Any]:
    """One JSON Schema 2020-12 for rubric files, with the rules and aggregators of *catalogue*."""
    schema = copy.deepcopy(_frame())
    rules = {name: _parameters(rule) for name, rule in sorted(catalogue.rules.items())}
    schema["$defs"]["rule"]["properties"] = rules
    own = ("no", "title", "wording", "gate")
    criterion = schema["$defs"]["criterion"]
    shared = {k: v for k, v in criterion["properties"].items() if k not in own}
    schema["$defs"]["section"]["properties"]["defaults"] = {**_object(shared), "not": criterion["not"]}
    _describe(schema)
    frame = schema["properties"]["x-rubric"]["properties"]
    for combining in (schema["$defs"]["section"], frame["total"]):
        combining["properties"]["aggregate"] = _aggregates(catalogue)
        combining["properties"]["weights"] = {"enum": sorted(catalogue.weighters)}
    overlay = {part: _overlay(schema["$defs"][name]["properties"]) for part, name in _OVERLAID.items()}
    overlay["levels"] = _overlay(schema["$defs"]["levels"]["items"]["properties"])
    overlay |= {part: _overlay(frame[part]["additionalProperties"]["properties"]) for part in NAMED}
    overlay |= {part: _changes(frame[part]["properties"]) for part in WHOLE}
    frame["variants"]["additionalProperties"]["properties"].update(overlay)
    frame["changes"]["properties"].update(overlay)
    return schema


def _aggregates(catalogue: Catalogue) -> dict[str, Any]:
    """A name, or {name: parameters}."""
    found = sorted(catalogue.aggregators.values(), key=lambda a: a.name)
    names = {"enum": [a.name for a in found]}
    own = {a.name: _object({p.name: _parameter(p) for p in a.params}) for a in found}
    return {"if": {"type": "object"}, "then": {**_object(own), "minProperties": 1, "maxProperties": 1}, "else": names}


def _overlay(properties: Mapping[str, Any]) -> dict[str, Any]:
    """What a variant may say of items by path or id."""
    return {"type": "object", "additionalProperties": _changes(properties)}


def _changes(properties: Mapping[str, Any]) -> dict[str, Any]:
    """What a variant may say of one item: any of its keys, null for one to be taken out, or null for the whole item."""
    keys = {name: {"anyOf": [schema, {"type": "null"}]} for name, schema in properties.items()}
    return {"anyOf": [{"type": "null"}, _object(keys)]}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": dict(properties)}


def _parameters(rule: Rule) -> dict[str, Any]:
    """A rule's parameters; its wording and what it does are shown by editors, which insert what must be given."""
    found = _object({p.name: _parameter(p) for p in rule.params})
    told = "\n".join(t for t in (rule.says.get("zh", ""), rule.summary) if t)
    if told:
        found["description"] = told
    needed = [p.name for p in rule.params[1:] if p.required and p.name != "points"]
    if needed:
        found["defaultSnippets"] = [{"label": rule.name, "body": {name: f"${place}" for place, name in enumerate(needed, 1)}}]
    return found


def _describe(schema: dict[str, Any]) -> None:
    """Put the descriptions of keys, which stand in a file of their own, where editors show them."""
    told: dict[str, dict[str, str]] = json.loads(files("scorekit.schemas").joinpath("descriptions.json").read_text(encoding="utf-8"))
    places = {**schema["$defs"], "frame": schema["properties"]["x-rubric"]}
    for name, texts in told.items():
        for key, text in texts.items():
            found = places[name]["properties"].get(key)
            if isinstance(found, dict):
                places[name]["properties"][key] = {**found, "description": text}


def _parameter(param: Param) -> dict[str, Any]:
    schema: dict[str, Any] = {"enum": list(param.choices)} if param.choices else dict(_BY_KIND[param.kind])
    if not param.required and param.default is not None and isinstance(param.default, (str, int, bool)):
        schema["default"] = param.default
    return schema


_made: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
"""The schema that was made last, and what of a catalogue it was made from: one run asks for it several times."""


def _schema_of(catalogue: Catalogue) -> dict[str, Any]:
    """The schema of a catalogue, to be read only."""
    parts = (*catalogue.rules.values(), *catalogue.aggregators.values(), *catalogue.weighters.values())
    if not _made or len(_made[0][0]) != len(parts) or any(a is not b for a, b in zip(_made[0][0], parts, strict=True)):
        _made[:] = [(parts, metaschema(catalogue))]
    return _made[0][1]


def _schema_for(document: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """The schema, by which each criterion has a rule of its own unless some section gives one to all of its criteria."""
    schema = _schema_of(catalogue)
    if _gives_rules(document):
        return schema
    criterion = {**schema["$defs"]["criterion"], "oneOf": [{"required": ["rule"]}, {"required": ["clauses"]}]}
    return {**schema, "$defs": {**schema["$defs"], "criterion": criterion}}


def _gives_rules(node: Any) -> bool:
    if isinstance(node, list):
        return any(map(_gives_rules, node))
    if not isinstance(node, dict):
        return False
    defaults = node.get("defaults")
    return (isinstance(defaults, dict) and bool({"rule", "clauses"} & defaults.keys())) or any(map(_gives_rules, node.values()))


def check_document(document: Mapping[str, Any], where: str, catalogue: Catalogue) -> None:
    """Raise RubricError for the first fault of a rubric's document, with a JSON pointer and a cure.

    What is referred to is judged where it stands: only there it is known what the keys beside the reference make of it.
    """
    whole = expanded(document, document, where, strict=False)
    fault = first_fault(whole, _schema_for(document, catalogue))
    if fault is not None:
        raise RubricError(fault.what, f"{where}#{as_written(fault.pointer, document)}", fault.cure)


def check_overlaid(document: Mapping[str, Any], category: str, where: str, catalogue: Catalogue) -> None:
    """Raise RubricError where what the variant of a category has changed is no item of a rubric any more."""
    variant = document["x-rubric"]["variants"][category]
    check_laid(document, variant, f"{where}#/x-rubric/variants/{category}", catalogue)


def check_laid(document: Mapping[str, Any], overlay: Mapping[str, Any], pointer: str, catalogue: Catalogue) -> None:
    """Raise RubricError where what *overlay*, written at *pointer*, has changed is no item of a rubric any more."""
    schema = _schema_for(document, catalogue)
    for changed, own, at in _laid_on(document, overlay, schema):
        fault = None if changed is None else first_fault(changed, {**own, "$defs": schema["$defs"]})
        if fault is not None:
            raise RubricError(fault.what, f"{pointer}/{at}{fault.pointer}", fault.cure)


def _laid_on(
    document: Mapping[str, Any], overlay: Mapping[str, Any], schema: Mapping[str, Any]
) -> Iterator[tuple[Any, Mapping[str, Any], str]]:
    """What an overlay has changed (None where nothing is left of it), its schema, and where in the overlay that was written."""
    frame, parts = document["x-rubric"], schema["properties"]["x-rubric"]["properties"]
    levels = {s.get("id"): s for s in frame.get("levels", [])}
    for part, definition in _OVERLAID.items():
        for name in overlay.get(part, {}):
            gate = frame.get("gates", {}).get(name) if part == "gates" else None
            changed = gate or (scored_at(document, name, part == "sections") or {}).get("x-criterion")
            kind = "gate" if changed and changed.get("kind") == "gate" else definition
            yield changed, {"$ref": f"#/$defs/{kind}"}, f"{part}/{name}"
    for name in overlay.get("levels", {}):
        yield levels.get(name), schema["$defs"]["levels"]["items"], f"levels/{name}"
    for part in NAMED:
        for name in overlay.get(part, {}):
            yield frame[part].get(name), parts[part]["additionalProperties"], f"{part}/{name}"
    for part in WHOLE:
        if part in overlay:
            yield frame.get(part), parts[part], part


def first_fault(document: Any, schema: Mapping[str, Any]) -> SchemaFault | None:
    """The deepest first fault of a document (numbers may be Decimals), None where it is valid."""
    from jsonschema import FormatChecker
    from referencing import Registry

    validator = _validator()(schema, registry=Registry(), format_checker=FormatChecker(["date"]))
    errors = sorted(validator.iter_errors(document), key=lambda e: [str(p) for p in e.absolute_path])
    return described(deepest(errors[0])) if errors else None


@cache
def _validator() -> Any:
    """The class of validators for which a Decimal is a number."""
    from jsonschema import Draft202012Validator, validators

    checker = Draft202012Validator.TYPE_CHECKER.redefine_many(
        {
            "number": lambda _, v: isinstance(v, (int, float, Decimal)) and not isinstance(v, bool),
            "integer": lambda _, v: (
                (isinstance(v, int) and not isinstance(v, bool)) or (isinstance(v, Decimal) and v == v.to_integral_value())
            ),
        }
    )
    return validators.extend(Draft202012Validator, type_checker=checker)  # type: ignore[no-untyped-call]
