"""A table as a reader gave it, as text that can be kept and read back: the same cells of the same types, and no code in it."""

from __future__ import annotations

import base64
import datetime
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

import numpy as np

from scorekit.domain.intake import Percent, RawTable, Unreadable
from scorekit.domain.tables import Origin, Problem
from scorekit.errors import Text

_PLAIN = frozenset({type(None), bool, int, float, str})
"""What JSON gives back as it was; everything else is an array that begins with its kind."""
_PARTS: Mapping[type, tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind)) for kind in (RawTable, Problem, Origin, Percent, Unreadable, Text)
}
_NAMED = {kind.__name__: kind for kind in _PARTS}
_TYPED = re.compile(r"[<>|][biufU]\d+")
"""Arrays of figures or texts; what holds objects is never read back."""


def packed(table: RawTable) -> bytes:
    """The table as one line of JSON. Raises TypeError or ValueError where something in it cannot be read back as it was."""
    return json.dumps(_out(table), ensure_ascii=False, separators=(",", ":"), check_circular=False).encode("utf-8", "surrogatepass")


def unpacked(line: bytes) -> RawTable:
    """The table of a line. Raises ValueError, TypeError or LookupError where it is none."""
    table = _in(json.loads(line))
    if not isinstance(table, RawTable):
        raise TypeError("no table")
    return table


def _out(value: Any) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is list or kind is tuple:
        return [kind.__name__, _cells(value)]
    if kind in _PARTS:
        return [kind.__name__, *[_out(getattr(value, name)) for name in _PARTS[kind]]]
    return _OUT[kind](value)


def _cells(values: Sequence[Any]) -> list[Any]:
    """Cells one by one; most columns hold nothing but texts and figures, which stay as they are."""
    return list(values) if _PLAIN.issuperset(map(type, values)) else [_out(v) for v in values]


_OUT: Mapping[type, Callable[[Any], list[Any]]] = {
    Decimal: lambda value: ["decimal", str(value)],
    datetime.date: lambda value: ["date", value.isoformat()],
    range: lambda value: ["range", value.start, value.stop, value.step],
    dict: lambda value: ["dict", _cells(list(value)), _cells(list(value.values()))],
    np.ndarray: lambda value: ["array", _dtype(value.dtype.str).str, base64.b64encode(_flat(value).tobytes()).decode()],
}


def _in(node: Any) -> Any:
    if type(node) is not list:
        return node
    kind, *parts = node
    if kind in _NAMED:
        return _NAMED[kind](*map(_in, parts))
    return _IN[kind](*parts)


def _each(nodes: list[Any]) -> list[Any]:
    return [_in(n) for n in nodes] if list in map(type, nodes) else nodes


_IN: Mapping[str, Callable[..., Any]] = {
    "list": _each,
    "tuple": lambda nodes: tuple(_each(nodes)),
    "decimal": Decimal,
    "date": datetime.date.fromisoformat,
    "range": range,
    "dict": lambda keys, values: dict(zip(_each(keys), _each(values), strict=True)),
    "array": lambda dtype, data: np.frombuffer(base64.b64decode(data, validate=True), _dtype(dtype)).copy(),
}


def _dtype(name: str) -> np.dtype[Any]:
    if not _TYPED.fullmatch(name):
        raise TypeError(name)
    return np.dtype(name)


def _flat(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    if array.ndim != 1:
        raise TypeError("a column has one dimension")
    return array
