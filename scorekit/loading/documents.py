"""JSON documents with exact numbers; a fault is named with its line."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from scorekit.errors import InputError, RubricError, T

LARGEST = 32 * 2**20
DEEPEST = 100


class _Repeated(ValueError):
    """A key stands twice in one object."""


def load_document(path: Path, error: type[InputError] | type[RubricError] = InputError) -> dict[str, Any]:
    """The JSON object in *path*, numbers as int or Decimal. Raises *error* with file and line."""
    try:
        if path.stat().st_size > LARGEST:
            raise error(T("the file is larger than 32 MB"), str(path), T("split it"))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise error(T("the file cannot be read: {error}", error=fault.strerror or str(fault)), str(path), T("check the path")) from fault
    except UnicodeDecodeError as fault:
        raise error(T("the file is no UTF-8 text"), str(path), T("save it as UTF-8")) from fault
    try:
        document = json.loads(text, parse_float=Decimal, parse_constant=_refused, object_pairs_hook=_unique)
    except json.JSONDecodeError as fault:
        raise error(T("this is no JSON: {error}", error=fault.msg), f"{path}:{fault.lineno}", T("correct the line")) from fault
    except (ValueError, RecursionError) as fault:
        raise error(T("this JSON is not taken: {error}", error=str(fault)), str(path), T("correct the file")) from fault
    if not isinstance(document, dict):
        raise error(T("the file must hold one JSON object"), str(path), T("write { … }"))
    if _depth(document) > DEEPEST:
        raise error(T("the JSON is nested deeper than {most} levels", most=DEEPEST), str(path), T("make it flatter"))
    return document


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [k for k, _ in pairs]
        raise _Repeated("duplicate key " + next(k for k in keys if keys.count(k) > 1))
    return found


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


def _depth(node: Any) -> int:
    """Levels of nesting, counted without recursion."""
    deepest, layer = 0, [node]
    while layer:
        deepest += 1
        layer = [child for n in layer for child in (n.values() if isinstance(n, dict) else n if isinstance(n, list) else ())]
    return deepest
