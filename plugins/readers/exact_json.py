"""JSON read strictly and exactly: what other readers guess at (duplicate keys, NaN, endless numbers) is refused with its line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from scorekit.plugin import T, Text

DIGITS = 1000
WHOLE = 308
"""Digits before the point: what has more is beyond what any program holds as a number."""
DEPTH = 100
LARGEST = 32 * 2**20
LONGEST = 2**17
"""Characters of a text, four times those of a cell; a reader of CSV takes as many."""

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_LONG = re.compile(rf"[0-9]{{{WHOLE + 1}}}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_HALF_CHARACTER = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}|\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Refused(Exception):
    """A text that is no JSON we read: what is wrong, and in which line (from 1; 0: all of it)."""

    def __init__(self, what: Text, line: int) -> None:
        super().__init__(what.template)
        self.what = what
        self.line = line


def decoded(data: bytes, narrow: bool = False) -> str:
    """The text of a JSON file: by its byte order mark, else UTF-8; *narrow*: a line, which is UTF-8 whatever its mark. Raises Refused."""
    encoding = next((name for mark, name in _BOMS if data.startswith(mark) and (name != "utf-16" or not narrow)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(T("the file is not in UTF-8"), data.count(b"\n", 0, error.start) + 1) from None


def parsed(text: str) -> Any:
    """The value of a JSON text, whole numbers as int and others as Decimal. Raises Refused."""
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        if not text.strip():
            raise Refused(T("the file is empty"), 0) from None
        near = " ".join(text[max(0, error.pos - 10) : error.pos + 10].split())
        raise Refused(T("this is no valid JSON, near “{near}”", near=near), error.lineno) from None
    except (_Fault, RecursionError, ValueError):  # int() itself refuses some thousands of digits
        raise _located(text) from None
    if text.count("{") + text.count("[") > DEPTH and _depth(value) > DEPTH:
        raise _located(text)
    if len(text) > LONGEST and not _short(value):
        raise _located(text)
    if len(text) > WHOLE and _LONG.search(text) and any(True for _ in _faults(text)):
        raise _located(text)
    if _HALF_CHARACTER.search(text) and not _writable(value):
        line = text.count("\n", 0, _HALF_CHARACTER.search(text).start()) + 1  # type: ignore[union-attr]
        raise Refused(T("a text holds half a character (a lone surrogate)"), line)
    return value


class _Fault(Exception):
    """Something is wrong; where is looked up afterwards, so that good files pay nothing for it."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Fault
    return found


def _decimal(digits: str) -> Decimal:
    if (len(digits) > WHOLE or "e" in digits or "E" in digits) and not (_bounded(digits) and _measured(digits)):
        raise _Fault
    return Decimal(digits)


def _bounded(digits: str) -> bool:
    """Whether a number is short, and stays so when it is written out."""
    power = digits.lower().partition("e")[2]
    return len(digits) <= DIGITS and len(power) < 5 and abs(int(power or 0)) <= DIGITS


def _measured(digits: str) -> bool:
    """Whether a bounded number has no more digits before the point than any program holds."""
    number = Decimal(digits)
    return not number or number.adjusted() < WHOLE


def _constant(word: str) -> Any:
    raise _Fault


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_decimal, parse_constant=_constant)


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level and depth <= DEPTH:
        depth += 1
        level = [v for c in level for v in (c.values() if isinstance(c, dict) else c) if isinstance(v, (dict, list))]
    return depth


def _short(value: Any) -> bool:
    """Whether no text in *value* is longer than a text may be."""
    if isinstance(value, dict):
        return all(len(k) <= LONGEST and _short(v) for k, v in value.items())
    return all(map(_short, value)) if isinstance(value, list) else not isinstance(value, str) or len(value) <= LONGEST


def _writable(value: Any) -> bool:
    """Whether every text in *value* can be written out as UTF-8."""
    if isinstance(value, dict):
        return all(_writable(k) and _writable(v) for k, v in value.items())
    if isinstance(value, list):
        return all(map(_writable, value))
    if not isinstance(value, str):
        return True
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _located(text: str) -> Refused:
    """The first thing refused in *text*, found token by token."""
    fault, at = next(_faults(text), (T("the file nests too deeply or repeats a key"), 0))
    return Refused(fault, text.count("\n", 0, at) + 1)


def _faults(text: str) -> Iterator[tuple[Text, int]]:
    keys: list[set[str]] = []
    last = ""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in "{[":
            keys.append(set())
            if len(keys) > DEPTH:
                yield T("objects or lists are nested more than {limit} deep", limit=DEPTH), match.start()
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
            yield T("a number has more than {limit} digits", limit=DIGITS), match.start()
        elif _NUMBER.fullmatch(token) and not _measured(token):
            yield T("a number has more than {limit} digits before the point", limit=WHOLE), match.start()
        elif len(token) > LONGEST and token.startswith('"') and len(json.loads(token)) > LONGEST:
            yield T("a text has more than {limit} characters", limit=LONGEST), match.start()
        last = token
