"""JSON documents with exact numbers: the canonical form that digests are taken of, and the form that people read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from json.encoder import encode_basestring as _quoted
from numbers import Integral
from typing import Any

from scorekit.domain.printing import decimal_text, digits_of


def canonical(document: Any) -> bytes:
    """One form for equal documents: keys sorted, no space, numbers in their shortest exact form (0.90 is 0.9)."""
    return _text(document, _shortest, sorted, None, 0).encode("utf-8", "surrogatepass")


def digest(document: Any) -> str:
    """The sha256 of a document's canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(document)).hexdigest()


def pretty(document: Any) -> bytes:
    """A document for people: its own order of keys, indented, numbers with the digits they were written with."""
    return (_text(document, _as_written, list, 1, 0) + "\n").encode("utf-8", "surrogatepass")


def _text(value: Any, number: Callable[[Decimal], str], order: Callable[[Any], list[str]], indent: int | None, depth: int) -> str:
    if isinstance(value, Mapping):
        keys = order(value)
        items = [f"{_string(str(k))}:{' ' if indent else ''}{_text(value[k], number, order, indent, depth + 1)}" for k in keys]
        return _enclosed("{", items, "}", indent, depth)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _enclosed("[", [_text(v, number, order, indent, depth + 1) for v in value], "]", indent, depth)
    return _scalar(value, number)


def _scalar(value: Any, number: Callable[[Decimal], str]) -> str:
    if value is None or isinstance(value, (bool, str)):
        return _string(value)
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Fraction):
        places = digits_of(value.denominator)
        return _string(str(value)) if places is None else decimal_text(int(value * 10**places), places, short=True)
    if isinstance(value, float):
        value = Decimal(repr(value))
    if not isinstance(value, Decimal) or not value.is_finite():
        raise TypeError(f"JSON has no form for {value!r}")
    return number(value)


def _enclosed(start: str, items: list[str], end: str, indent: int | None, depth: int) -> str:
    if indent is None or not items:
        return f"{start}{','.join(items)}{end}"
    inner = "\n" + " " * indent * (depth + 1)
    return f"{start}{inner}{(',' + inner).join(items)}\n{' ' * indent * depth}{end}"


def _string(value: str | bool | None) -> str:
    return _quoted(value) if isinstance(value, str) else json.dumps(value)


def _as_written(value: Decimal) -> str:
    return format(value, "f")


def _shortest(value: Decimal) -> str:
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
