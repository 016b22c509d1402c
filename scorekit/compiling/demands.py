"""The fields that the conditions of a form read: what JSON Schema demands of a unit or a section as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_ONE = ("if", "then", "else", "not")
_SEVERAL = ("allOf", "anyOf", "oneOf")
_KEYS = frozenset({*_ONE, *_SEVERAL, "dependentRequired", "dependentSchemas"})


def demanded(document: Mapping[str, Any]) -> frozenset[str]:
    """The paths that a condition of the form names, at the root or in a section (``if``, ``allOf``, ``dependentRequired`` …)."""
    return frozenset(_below(document, document, ""))


def _below(node: Mapping[str, Any], root: Mapping[str, Any], path: str) -> Iterator[str]:
    yield from _named({key: value for key, value in node.items() if key in _KEYS}, path)
    for name, child in node.get("properties", {}).items():
        section = {**root.get("$defs", {}).get(str(child.get("$ref", "")).removeprefix("#/$defs/"), {}), **child}
        if "properties" in section:
            yield from _below(section, root, f"{path}{name}.")


def _named(schema: Mapping[str, Any], path: str) -> Iterator[str]:
    """The fields that a condition names, from *path* on."""
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}{name}"
        yield from _inside(inner, f"{path}{name}.")
    yield from (f"{path}{name}" for name in schema.get("required", ()))
    for name, others in schema.get("dependentRequired", {}).items():
        yield from (f"{path}{other}" for other in (name, *others))
    for name, inner in schema.get("dependentSchemas", {}).items():
        yield f"{path}{name}"
        yield from _inside(inner, path)
    for inner in (schema.get(key) for key in _ONE):
        yield from _inside(inner, path)
    for inner in (one for key in _SEVERAL for one in schema.get(key, ())):
        yield from _inside(inner, path)


def _inside(schema: object, path: str) -> Iterator[str]:
    """As :func:`_named`; a condition may be just ``true`` or ``false``."""
    if isinstance(schema, Mapping):
        yield from _named(schema, path)
