"""JSON Schema's usual keywords judged over whole columns; what has no column form is left to jsonschema."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column
from scorekit.errors import T, Text

from .patterns import matcher

Rows = npt.NDArray[np.bool_]
_RANGES: Mapping[str, Callable[[Column, Column], Column]] = {
    "minimum": lambda c, limit: c < limit,
    "maximum": lambda c, limit: c > limit,
    "exclusiveMinimum": lambda c, limit: c <= limit,
    "exclusiveMaximum": lambda c, limit: c >= limit,
}
_TEXTUAL = frozenset({"minLength", "maxLength", "pattern"})
_NAMED = 100
"""Choices that are named to whoever entered none of them; a form's dropdown has them all."""
_JUDGED = frozenset({"type", "enum", "const", "multipleOf", *_RANGES, *_TEXTUAL})
_REMARKS = frozenset({
    "$anchor", "$comment", "$id", "$schema", "contentEncoding", "contentMediaType", "contentSchema", "default", "deprecated", "description",
    "examples", "format", "readOnly", "title", "writeOnly",
})  # fmt: skip


class Failing(NamedTuple):
    """Rows that a keyword rejects, and what is wrong with them; ``{shown}`` is left for the value."""

    rows: Rows
    what: Callable[[str], Text]
    cure: Text


def failing(schema: Mapping[str, Any], column: Column) -> Iterator[Failing]:
    """What the keywords of *schema* reject in a column as written; rows without a value are never rejected."""
    checks = {"number": _number_checks, "truth": _choices, "text": _text_checks, "date": _text_checks}[column.kind]
    for found in checks(schema, column):
        if found.rows.any():
            rows = found.rows & ~column.masked
            if rows.any():
                yield found._replace(rows=rows)


def without_column_form(schema: Mapping[str, Any], *more: str) -> dict[str, Any]:
    """The keywords that are neither judged over columns, nor remarks, nor among *more*."""
    return {k: v for k, v in schema.items() if k not in _JUDGED and k not in _REMARKS and k not in more and not k.startswith("x-")}


def _number_checks(schema: Mapping[str, Any], column: Column) -> Iterator[Failing]:
    if "integer" in _types(schema) and "number" not in _types(schema):
        yield _whole(column)
    for keyword, outside in _RANGES.items():
        if keyword in schema:
            limit = schema[keyword]
            yield Failing(
                np.asarray(outside(column, Column.of(Fraction(limit))).values, dtype=bool), _range_text(keyword, limit), _range_cure(schema)
            )
    if "multipleOf" in schema:
        step = schema["multipleOf"]
        parts = column * Column.of(1 / Fraction(step))
        wrong = np.asarray((parts.floor() != parts).values, dtype=bool)
        yield Failing(
            wrong,
            lambda shown: T("{shown} is no multiple of {step}", shown=shown, step=plain(step)),
            T("enter a multiple of {step}", step=plain(step)),
        )
    yield from _choices(schema, column)


def _whole(column: Column) -> Failing:
    wrong = np.zeros(len(column), dtype=bool) if _is_whole(column) else np.asarray((column.floor() != column).values, dtype=bool)
    return Failing(wrong, lambda shown: T("{shown} is no whole number", shown=shown), T("enter a whole number"))


def _is_whole(column: Column) -> bool:
    return isinstance(column.values.den, int) and column.values.den == 1


def _choices(schema: Mapping[str, Any], column: Column) -> Iterator[Failing]:
    for options in ([schema["const"]] if "const" in schema else None, schema.get("enum")):
        if options is None:
            continue
        same = [
            np.asarray((column == Column.of(o if isinstance(o, bool) else Fraction(o))).values, dtype=bool)
            for o in options
            if _like(o, column.kind)
        ]
        wrong = ~reduce(np.logical_or, same, np.zeros(len(column), dtype=bool))
        yield _not_chosen(wrong, options)


def _like(option: Any, kind: str) -> bool:
    return isinstance(option, bool) if kind == "truth" else isinstance(option, (int, Decimal, float)) and not isinstance(option, bool)


def _not_chosen(wrong: Rows, options: list[Any]) -> Failing:
    chosen = [o for o in options if o is not None]
    names = [o if isinstance(o, (str, bool)) else plain(o) for o in chosen[:_NAMED]] + ["…"] * (len(chosen) > _NAMED)
    return Failing(
        wrong,
        lambda shown: T("“{shown}” is none of the values that may be entered", shown=shown),
        T("enter one of these: {names}", names=names),
    )


def _text_checks(schema: Mapping[str, Any], column: Column) -> Iterator[Failing]:
    if not schema.keys() & (_TEXTUAL | {"enum", "const"}):
        return
    listed = column.values.tolist() if column.kind == "text" else [v.isoformat() if v else "" for v in column.listed()]  # type: ignore[union-attr]
    distinct = set(listed)
    for rejects, what, cure in _text_keywords(schema):
        bad = {t for t in distinct if rejects(t)}
        if bad:
            yield Failing(np.array([t in bad for t in listed], dtype=bool), what, cure)


def _text_keywords(schema: Mapping[str, Any]) -> Iterator[tuple[Callable[[str], bool], Callable[[str], Text], Text]]:
    for options in ([schema["const"]] if "const" in schema else None, schema.get("enum")):
        if options is not None:
            allowed = frozenset(o for o in options if isinstance(o, str))
            found = _not_chosen(np.zeros(0, dtype=bool), options)
            yield (lambda t, allowed=allowed: t not in allowed), found.what, found.cure  # type: ignore[misc]
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    if least:
        yield (
            (lambda t: len(t) < least),
            lambda shown: T("“{shown}” is shorter than {limit} characters", shown=shown, limit=least),
            T("enter it in full"),
        )
    if most is not None:
        yield (
            (lambda t: len(t) > most),
            lambda shown: T("“{shown}” is longer than {limit} characters", shown=shown, limit=most),
            T("shorten it"),
        )
    if "pattern" in schema:
        search = matcher(schema["pattern"])
        cure = T("look at the form for how it is written: {pattern}", pattern=schema["pattern"])
        yield (lambda t: not search(t)), lambda shown: T("“{shown}” is not in the form asked for", shown=shown), cure


def _range_text(keyword: str, limit: Any) -> Callable[[str], Text]:
    number = plain(limit)
    texts: dict[str, Callable[[str], Text]] = {
        "minimum": lambda shown: T("{shown} is less than {limit}", shown=shown, limit=number),
        "maximum": lambda shown: T("{shown} is more than {limit}", shown=shown, limit=number),
        "exclusiveMinimum": lambda shown: T("{shown} is not more than {limit}", shown=shown, limit=number),
        "exclusiveMaximum": lambda shown: T("{shown} is not less than {limit}", shown=shown, limit=number),
    }
    return texts[keyword]


def _range_cure(schema: Mapping[str, Any]) -> Text:
    least = schema.get("minimum", schema.get("exclusiveMinimum"))
    most = schema.get("maximum", schema.get("exclusiveMaximum"))
    if least is not None and most is not None:
        return T("enter a number between {least} and {most}", least=plain(least), most=plain(most))
    return (
        T("enter a number from {least} on", least=plain(least)) if least is not None else T("enter a number up to {most}", most=plain(most))
    )


def _types(schema: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = schema.get("type", ())
    return (kinds,) if isinstance(kinds, str) else tuple(kinds)


def plain(number: Any) -> str:
    """A number as its author wrote it, without an exponent."""
    return f"{number:f}" if isinstance(number, Decimal) else str(number)
