"""What a JSON Schema validator finds wrong with a document, as what is wrong, where and what to do."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from scorekit.errors import T, Text

_LONGEST = 60
_TYPES = {
    "integer": T("a whole number"),
    "number": T("a number"),
    "string": T("a text"),
    "boolean": T("true or false"),
    "array": T("a list in square brackets"),
    "object": T("an object in braces"),
}


class SchemaFault(NamedTuple):
    """The first fault of a document: what, where (JSON pointer) and what to do."""

    what: Text
    pointer: str
    cure: Text


def deepest(error: Any) -> Any:
    """Of alternatives, the fault that lies deepest in the document: the one the author meant."""
    while error.context:
        inner = max(error.context, key=lambda e: (len(e.absolute_path), e.validator == "additionalProperties"))
        if len(inner.absolute_path) <= len(error.absolute_path) and error.validator in ("oneOf", "anyOf"):
            fitting = [e for e in error.context if e.validator != "type"]
            if error.validator == "oneOf" or len(fitting) != 1:
                break
            inner = fitting[0]
        error = inner
    return error


def described(error: Any) -> SchemaFault:
    """A validator's error in words."""
    pointer = "".join("/" + _escaped(p) for p in error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, Mapping):
        return _unknown(error, pointer)
    if error.validator == "required":
        absent = [k for k in error.validator_value if k not in error.instance]
        return SchemaFault(T("“{name}” is missing", name=absent[0]), pointer, T("add it"))
    if error.validator in ("enum", "const"):
        allowed = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
        cure = T("it may be: {names}", names=[str(a) for a in allowed])
        return SchemaFault(T("“{found}” is not allowed here", found=_shown(error.instance)), pointer, cure)
    if error.validator in ("oneOf", "anyOf") and any("required" in option for option in error.validator_value):
        names = [k for option in error.validator_value for k in option.get("required", [])]
        return SchemaFault(T("exactly one of these must be given: {names}", names=names), pointer, T("give one of them"))
    if error.validator == "not" and "required" in error.validator_value:
        names = error.validator_value["required"]
        return SchemaFault(T("only one of these may be given: {names}", names=names), pointer, T("give one of them"))
    what, cure = _WORDED.get(error.validator, _other)(error)
    return SchemaFault(what, pointer, cure)


def _unknown(error: Any, pointer: str) -> SchemaFault:
    """A key that stands in no list of keys; of rules, one that no plugin offers."""
    known = list(error.schema.get("properties", {}))
    unknown = next((k for k in error.instance if k not in known), "")
    near = difflib.get_close_matches(unknown, known, 1)
    at = f"{pointer}/{_escaped(unknown)}"
    if pointer.endswith("/rule"):
        cure = T("the rules are: {names}; one of a plugin needs --plugins DIR", names=sorted(known))
        return SchemaFault(T("there is no rule “{name}”", name=unknown), at, T("did you mean “{near}”?", near=near[0]) if near else cure)
    cure = T("did you mean “{near}”?", near=near[0]) if near else T("known here: {names}", names=sorted(known)[:40])
    return SchemaFault(T("“{name}” is not known here", name=unknown), at, cure)


def _of_type(error: Any) -> tuple[Text, Text]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    names = [_TYPES[t] for t in wanted if t in _TYPES]
    return T("“{found}” is not what is wanted here", found=_shown(error.instance)), T("write {names}", names=names)


def _too_small(error: Any) -> tuple[Text, Text]:
    limit = error.validator_value
    return T("{shown} is less than {limit}", shown=_shown(error.instance), limit=limit), T("enter a number from {least} on", least=limit)


def _too_large(error: Any) -> tuple[Text, Text]:
    limit = error.validator_value
    return T("{shown} is more than {limit}", shown=_shown(error.instance), limit=limit), T("enter a number up to {most}", most=limit)


def _too_long(error: Any) -> tuple[Text, Text]:
    return T("“{shown}” is longer than {limit} characters", shown=_shown(error.instance), limit=error.validator_value), T("shorten it")


def _empty(error: Any) -> tuple[Text, Text]:
    return T("a value is missing here"), T("add what is missing")


def _too_few(error: Any) -> tuple[Text, Text]:
    return T("this has fewer than {least} entries", least=error.validator_value), T("add what is missing")


def _too_many(error: Any) -> tuple[Text, Text]:
    what = T("this has more than {most} entries: {names}", most=error.validator_value, names=[_shown(n) for n in error.instance])
    return what, T("keep only what is meant")


def _unlike(error: Any) -> tuple[Text, Text]:
    what = T("“{shown}” is not in the form asked for", shown=_shown(error.instance))
    if list(error.absolute_path)[-1:] == ["$ref"]:
        return what, T("refer only to #/$defs/… of the same file")
    return what, T("look at the form for how it is written: {pattern}", pattern=error.validator_value)


def _no_date(error: Any) -> tuple[Text, Text]:
    return T("“{text}” is no date", text=_shown(error.instance)), T("write it as 2026-12-31")


def _other(error: Any) -> tuple[Text, Text]:
    return T("“{found}” is not what is wanted here", found=_shown(error.instance)), T("compare the rubric reference")


_WORDED: Mapping[str, Callable[[Any], tuple[Text, Text]]] = {
    "type": _of_type,
    "minimum": _too_small,
    "exclusiveMinimum": _too_small,
    "maximum": _too_large,
    "maxLength": _too_long,
    "minLength": _empty,
    "minItems": _too_few,
    "minProperties": _too_few,
    "maxItems": _too_many,
    "maxProperties": _too_many,
    "pattern": _unlike,
    "format": _no_date,
}


def _escaped(step: object) -> str:
    """One step of a JSON pointer."""
    return str(step).replace("~", "~0").replace("/", "~1")


def _shown(value: Any) -> str:
    """A value as its author wrote it, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=_plain)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else float(value)
