"""What a condition of the form demands, in words: no keyword of JSON Schema reaches the people who fill it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from scorekit.errors import T, Text

from .keywords import plain


def demanded(error: Any) -> Text:
    """What one of a validator's errors says that the form demands."""
    if error.validator is None:
        return T("nothing may be entered here in this case")
    return _WORDS.get(error.validator, lambda _: T("see the form"))(error.validator_value)


def _names(options: list[Any]) -> list[Any]:
    return [o if isinstance(o, (str, bool)) else plain(o) for o in options if o is not None]


def _not(schema: Any) -> Text:
    if isinstance(schema, Mapping) and schema.keys() & {"const", "enum"}:
        return T("not “{names}”", names=_names(schema["enum"] if "enum" in schema else [schema["const"]]))
    return T("not what the form excludes")


_WORDS: Mapping[str, Callable[[Any], Text]] = {
    "minimum": lambda n: T("not below {bound}", bound=plain(n)),
    "maximum": lambda n: T("not above {bound}", bound=plain(n)),
    "exclusiveMinimum": lambda n: T("more than {bound}", bound=plain(n)),
    "exclusiveMaximum": lambda n: T("less than {bound}", bound=plain(n)),
    "multipleOf": lambda n: T("a multiple of {step}", step=plain(n)),
    "const": lambda value: T("only “{names}”", names=_names([value])),
    "enum": lambda options: T("one of “{names}”", names=_names(options)),
    "not": _not,
    "minLength": lambda n: T("at least {count} characters", count=n),
    "maxLength": lambda n: T("at most {count} characters", count=n),
    "pattern": lambda text: T("written in this form: {pattern}", pattern=text),
    "minItems": lambda n: T("at least {count} entries", count=n),
    "maxItems": lambda n: T("at most {count} entries", count=n),
    "minProperties": lambda n: T("at least {count} entries", count=n),
    "maxProperties": lambda n: T("at most {count} entries", count=n),
    "uniqueItems": lambda _: T("no two entries alike"),
    "contains": lambda _: T("an entry of the kind that the form asks for"),
    "anyOf": lambda options: T("one of {count} conditions at least", count=len(options)),
    "oneOf": lambda options: T("exactly one of {count} conditions", count=len(options)),
}
