"""jsonschema made exact and deaf to the network, for keywords without a column form and for units as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from scorekit.errors import RubricError, T

from .patterns import matcher

_OF_OBJECTS = frozenset({
    "allOf", "anyOf", "dependentRequired", "dependentSchemas", "else", "if", "maxProperties", "minProperties", "not", "oneOf",
    "patternProperties", "propertyNames", "then",
})  # fmt: skip


def validator(schema: Mapping[str, Any]) -> Any:
    """A jsonschema validator for *schema* that takes numbers exactly and follows no reference outside of it."""
    from referencing import Registry

    return _exact_class()(schema, registry=Registry())


def errors(judge: Any, document: Any, where: str) -> list[Any]:
    """The errors of a document. Raises RubricError for a reference that leads outside."""
    from referencing.exceptions import Unresolvable

    try:
        return sorted(judge.iter_errors(document), key=lambda e: [str(p) for p in e.absolute_path])
    except Unresolvable as error:
        what = T("the schema refers to “{reference}”, which is not in the rubric", reference=str(error.ref))
        raise RubricError(what, where, T("refer only to #/$defs/… of the same file")) from None


def of_units(document: Mapping[str, Any]) -> dict[str, Any] | None:
    """What a rubric demands of a unit as a whole or of a section (conditions, dependencies); None where it demands nothing."""
    found = _demands(document, document)
    if found and "$defs" in document:
        found["$defs"] = document["$defs"]
    return found or None


def _demands(node: Mapping[str, Any], root: Mapping[str, Any]) -> dict[str, Any]:
    found = {k: v for k, v in node.items() if k in _OF_OBJECTS}
    inner = {}
    for name, child in node.get("properties", {}).items():
        section = _resolved(child, root)
        demand = _demands(section, root) if "properties" in section else None
        if demand:
            inner[name] = demand
    return {**found, "properties": inner} if inner else found


def _resolved(node: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    """A node with what it refers to; the keys beside the reference override."""
    target = root.get("$defs", {}).get(str(node.get("$ref", "")).removeprefix("#/$defs/"), {})
    return {**target, **node}


@lru_cache(maxsize=1)
def _exact_class() -> Any:
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    checker = Draft202012Validator.TYPE_CHECKER.redefine_many({"number": _is_number, "integer": _is_integer})
    own: Any = {"multipleOf": _multiple_of, "pattern": _pattern, "patternProperties": _pattern_properties}
    return extend(Draft202012Validator, own, type_checker=checker)  # type: ignore[no-untyped-call]


def _is_number(_: Any, value: Any) -> bool:
    return isinstance(value, (int, Decimal, float)) and not isinstance(value, bool)


def _is_integer(_: Any, value: Any) -> bool:
    return _is_number(_, value) and Fraction(value).denominator == 1


def _multiple_of(judge: Any, step: Any, value: Any, schema: Any) -> Iterator[Any]:
    from jsonschema import ValidationError

    if _is_number(judge, value) and (Fraction(value) / Fraction(step)).denominator != 1:
        yield ValidationError(f"{value} is not a multiple of {step}")


def _pattern(judge: Any, pattern: str, value: Any, schema: Any) -> Iterator[Any]:
    from jsonschema import ValidationError

    if isinstance(value, str) and not matcher(pattern)(value):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _pattern_properties(judge: Any, patterns: Mapping[str, Any], value: Any, schema: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for pattern, inner in patterns.items():
            search = matcher(pattern)
            for name, found in value.items():
                if search(name):
                    yield from judge.descend(found, inner, path=name, schema_path=pattern)
