"""What may be entered for a field, as a form asks for it: drawn from its schema, and said in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from scorekit.domain.form import Ask, Choice
from scorekit.domain.rubric import FieldSpec
from scorekit.errors import T, Text
from scorekit.words import say

YES_NO = ("是", "否")
"""How a form says yes and no, in every language: this is what is read without a repair."""
_USUAL = 12
_FEW, _SHORT = 6, 40
_PLAIN = re.compile(r"[0-9.]+")


def answer(spec: FieldSpec, lang: str, title: str = "") -> Ask:
    """What may be entered for a field; for a panel or survey, what one rater may give or one option may count."""
    schema = _marks(spec) if spec.kind == "panel" else spec.schema
    kind = spec.mark_kind if spec.kind == "panel" else spec.kind
    words = tuple(dict.fromkeys((*spec.not_applicable, *spec.blank)))
    choices = _choices(schema, kind)
    if choices:
        found = Ask("choice", choices=choices, words=words)
    elif kind == "number" and spec.unit != "duration":
        found = _number(schema, spec, words)
    elif kind == "date":
        found = Ask("date", words=words)
    else:
        found = Ask("text", words=words, least=schema.get("minLength"), most=schema.get("maxLength"))
    return _said(found, spec, schema, lang, title)


def _said(found: Ask, spec: FieldSpec, schema: Mapping[str, Any], lang: str, title: str) -> Ask:
    """The answer with its words and an example."""
    parts = [*_asks(found, spec), *([T("or {words}", words=list(found.words))] if found.words else [])]
    asks = ("；" if lang == "zh" else "; ").join(say(p, lang) for p in parts)
    return replace(found, asks=asks, example=_example(found, spec, schema, title))


def _marks(spec: FieldSpec) -> Mapping[str, Any]:
    """The schema of one mark; votes are whole numbers from 0 on where nothing is said."""
    found = spec.schema.get("additionalProperties")
    if isinstance(found, Mapping):
        return found
    return {"type": "integer", "minimum": 0} if spec.source == "survey" else {}


def _choices(schema: Mapping[str, Any], kind: str) -> tuple[Choice, ...]:
    given = [schema["const"]] if "const" in schema else schema.get("enum", ())
    given = [v for v in given if v is not None]
    if kind == "truth":
        return tuple(word for word, value in zip(YES_NO, (True, False), strict=True) if not given or value in given)
    return tuple(v for v in given if isinstance(v, (str, int, Decimal)) and not isinstance(v, bool))


def _number(schema: Mapping[str, Any], spec: FieldSpec, words: tuple[str, ...]) -> Ask:
    types = schema.get("type", "number")
    types = {types} if isinstance(types, str) else set(types)
    whole = "integer" in types and "number" not in types and not spec.percentage
    least, most = (
        _tightest(schema, a, b, pick) for a, b, pick in (("minimum", "exclusiveMinimum", max), ("maximum", "exclusiveMaximum", min))
    )
    beyond = {name for name, (_, out) in (("least", least), ("most", most)) if out}
    loose, percent = spec.unit == "percent", spec.unit == "fraction"
    return Ask("whole" if whole else "number", "", (), words, least[0], most[0], frozenset(beyond), percent, loose)


def _tightest(schema: Mapping[str, Any], bound: str, beyond: str, pick: Any) -> tuple[Any, bool]:
    """The tighter of an inclusive and an exclusive bound, and whether it is the exclusive one."""
    own, out = schema.get(bound), schema.get(beyond)
    if own is None or out is None:
        return (own, False) if out is None else (out, True)
    return (own, False) if pick(own, out) == own and own != out else (out, True)


def _asks(found: Ask, spec: FieldSpec) -> Iterator[Text]:
    """What is asked for, part by part."""
    if found.kind == "choice":
        short = len(found.choices) <= _FEW and sum(len(str(c)) for c in found.choices) <= _SHORT
        yield T("one of: {names}", names=list(found.choices)) if short else T("choose from the list")
    elif found.kind == "date":
        yield T("a date, for example 2026-07-30")
    elif found.kind == "text":
        if spec.unit == "duration":
            yield T("minutes:seconds, for example 3:05.20, or the seconds")
        if found.least is not None and found.least > 1:
            yield T("at least {count} characters", count=found.least)
        if found.most is not None:
            yield T("at most {count} characters", count=found.most)
    else:
        yield T("a whole number") if found.kind == "whole" else T("a percentage") if spec.percentage else T("a number")
        yield from _bounds(found)
        if spec.percentage:
            yield T("92.28 or 92.28%, both are right")


def _bounds(found: Ask) -> Iterator[Text]:
    scale = 100 if found.percent else 1
    if found.least is not None:
        low = Decimal(found.least) * scale
        yield T("more than {bound}", bound=low) if "least" in found.beyond else T("not below {bound}", bound=low)
    if found.most is not None:
        high = Decimal(found.most) * scale
        yield T("less than {bound}", bound=high) if "most" in found.beyond else T("not above {bound}", bound=high)


def _example(found: Ask, spec: FieldSpec, schema: Mapping[str, Any], title: str) -> str:
    """An example of what may be entered; the rubric's own where it gives one."""
    own = [v for v in schema.get("examples", ()) if isinstance(v, (str, int, Decimal)) and not isinstance(v, bool)]
    if own and spec.kind != "panel":
        return _spelt(own[0])
    if found.kind == "choice":
        return _spelt(found.choices[0])
    if found.kind == "date":
        return "2026-07-30"
    if found.kind == "text":
        return "3:05.20" if spec.unit == "duration" else f"某某{title}"[: int(found.most) if found.most else None] if title else ""
    return _spelt(_within(found)) + ("%" if spec.percentage else "")


def _within(found: Ask) -> int | Decimal:
    """A number within the bounds; of a percentage the number before the sign."""
    scale = 100 if found.percent else 1
    low = None if found.least is None else Decimal(found.least) * scale
    high = None if found.most is None else Decimal(found.most) * scale
    usual = Decimal("92.28") if found.percent or found.loose else Decimal(_USUAL)
    if (low is None or low < usual) and (high is None or usual < high):
        return usual
    if low is not None and high is not None:
        middle = (low + high) / 2
        whole = middle.to_integral_value()
        return whole if low <= whole <= high else middle
    return usual if low is None and high is None else (high - 1 if low is None and high is not None else (low or 0) + 1)


def _spelt(value: Choice) -> str:
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return (text.rstrip("0").rstrip(".") or "0") if "." in text and _PLAIN.fullmatch(text) else text
