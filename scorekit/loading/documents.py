"""JSON documents with exact numbers; a fault is named with its line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from scorekit.errors import InputError, RubricError, T, Text, reason_of

LARGEST = 32 * 2**20
DEEPEST = 100
LONGEST = 1000
"""Digits of a number."""
WHOLE = 308
"""Digits before the point: what has more is beyond what any program holds as a number."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]:]|[^\s{}\[\],:"]+', re.DOTALL)


_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


class _Refused(ValueError):
    """Something that JSON would take and a document may not hold; what and where is looked up afterwards."""


def load_document(path: Path, error: type[InputError] | type[RubricError] = InputError) -> dict[str, Any]:
    """The JSON object in *path*, numbers as int or Decimal. Raises *error* with file and line."""
    try:
        if path.stat().st_size > LARGEST:
            raise error(T("the file is larger than 32 MB"), str(path), T("split it"))
        text = path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise error(T("the file cannot be read: {error}", error=reason_of(fault)), str(path), T("check the path")) from fault
    except UnicodeDecodeError as fault:
        raise error(T("the file is no UTF-8 text"), str(path), T("save it as UTF-8")) from fault
    try:
        document = json.loads(text, parse_float=_decimal, parse_int=_whole, parse_constant=_refused, object_pairs_hook=_unique)
    except json.JSONDecodeError as fault:
        if not text.strip():
            raise error(T("the file is empty"), str(path), T("write { … }")) from None
        near = " ".join(text[max(0, fault.pos - 10) : fault.pos + 10].split())
        raise error(T("this is no valid JSON, near “{near}”", near=near), f"{path}:{fault.lineno}", T("correct the line")) from fault
    except (_Refused, RecursionError):
        what, at = next(_faults(text), (_too_deep(), 0))
        raise error(what, f"{path}:{text.count(chr(10), 0, at) + 1}", T("correct the line")) from None
    if not isinstance(document, dict):
        raise error(T("the file must hold one JSON object"), str(path), T("write { … }"))
    if _depth(document) > DEEPEST:
        raise error(_too_deep(), str(path), T("make it flatter"))
    half = _HALF.search(text)
    if half is not None and not _writable(document):
        line = text.count("\n", 0, half.start()) + 1
        raise error(T("a text holds half a character (a lone surrogate)"), f"{path}:{line}", T("correct the line"))
    return document


def _writable(document: Any) -> bool:
    """Whether every text can be written out."""
    try:
        json.dumps(document, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return False
    return True


def _too_deep() -> Text:
    return T("the JSON is nested deeper than {most} levels", most=DEEPEST)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused
    return found


def _whole(digits: str) -> int:
    if len(digits) > WHOLE and not _measured(digits):
        raise _Refused
    return int(digits)


def _decimal(digits: str) -> Decimal:
    if not (_bounded(digits) and _measured(digits)):
        raise _Refused
    return Decimal(digits)


def _bounded(digits: str) -> bool:
    """Whether a number is short, and stays so when it is written out."""
    power = digits.lower().partition("e")[2]
    return len(digits) <= LONGEST and len(power) < 5 and abs(int(power or 0)) <= LONGEST


def _measured(digits: str) -> bool:
    """Whether a number has no more digits before the point than any program holds."""
    number = Decimal(digits)
    return not number or number.adjusted() < WHOLE


def _refused(name: str) -> Any:
    raise _Refused


def _faults(text: str) -> Iterator[tuple[Text, int]]:
    """What was refused in *text*, token by token, each with its position."""
    keys: list[set[str]] = []
    last = ""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in "{[":
            keys.append(set())
        elif token in "}]":
            del keys[-1:]
        elif token == ":" and keys:
            name = json.loads(last)
            if name in keys[-1]:
                yield T("the key “{key}” stands twice in one object", key=name), match.start()
            keys[-1].add(name)
        elif token in ("NaN", "Infinity", "-Infinity"):
            yield T("{token} is no number", token=token), match.start()
        elif _NUMBER.fullmatch(token) and not _bounded(token):
            yield T("a number has more than {limit} digits", limit=LONGEST), match.start()
        elif _NUMBER.fullmatch(token) and not _measured(token):
            yield T("a number has more than {limit} digits before the point", limit=WHOLE), match.start()
        last = token


def _depth(node: Any) -> int:
    """Levels of nesting, counted without recursion."""
    deepest, layer = 0, [node]
    while layer:
        deepest += 1
        layer = [child for n in layer for child in (n.values() if isinstance(n, dict) else n if isinstance(n, list) else ())]
    return deepest
