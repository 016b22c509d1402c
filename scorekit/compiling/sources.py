"""Who fills a field, as ``x-source`` says it: a panel's raters with their roles, columns and quotas, a survey's options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from scorekit.domain.naming import outward
from scorekit.domain.rubric import FieldSpec, PanelSpec, ResultSpec
from scorekit.errors import RubricError, T

PLACE = "{n}"
"""Stands in a run of headings for the number of the column."""


def source_of(source: Any, pointer: str) -> tuple[str, tuple[str, ...], PanelSpec]:
    """Who fills it, the raters (or options), and what is said of them. Raises RubricError at *pointer*."""
    if isinstance(source, str):
        return source, (), PanelSpec()
    raters = source.get("raters", source.get("options", ()))
    headings = _headings(source.get("columns", ()), len(raters), f"{pointer}/x-source/columns")
    named = tuple(raters) or headings
    roles = tuple(str(r.get("role", "")) for r in raters.values()) if isinstance(raters, Mapping) else ()
    spec = PanelSpec(roles if any(roles) else (), headings, source.get("quota", {}), source.get("invited", ""))
    return source.get("who", "unit"), named, spec


def invited_of(fields: Sequence[FieldSpec]) -> tuple[FieldSpec, ...]:
    """The fields, those of surveys with the full path of the field that says how many were asked: sought as formulas seek names."""
    known = {f.path for f in fields}

    def sought(spec: FieldSpec) -> str:
        return next((p for p in outward(spec.panel.invited, spec.section) if p in known), spec.panel.invited)

    return tuple(replace(f, panel=replace(f.panel, invited=sought(f))) if f.panel.invited else f for f in fields)


def result_of(source: Any, pointer: str) -> ResultSpec | None:
    """The figure of an earlier run that fills a field; None where nobody's does. Raises RubricError at *pointer*."""
    if not isinstance(source, Mapping) or source.get("who") != "result":
        return None
    for name in ("run", "figure"):
        if name not in source:
            raise RubricError(
                T("the field is filled by an earlier run, and “{name}” is not said", name=name), f"{pointer}/x-source", T("give it")
            )
    return ResultSpec(
        source["run"], source["figure"], _several(source.get("key", ())), _several(source.get("by", "unit")), source.get("take", "one")
    )


def check_long(frame: Mapping[str, Any], identity: Sequence[str], where: str) -> None:
    """Raise RubricError where a long table names a unit by more or fewer columns than the rubric does."""
    if "long" in frame and len(_several(frame["long"]["unit"])) != len(identity):
        what = T("a unit is known by {count} fields: {names}", count=len(identity), names=list(identity))
        raise RubricError(what, f"{where}#/x-rubric/long/unit", T("name as many headings"))


def _several(names: Any) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _headings(columns: Any, raters: int, pointer: str) -> tuple[str, ...]:
    """The run of headings, one a rater."""
    if isinstance(columns, Mapping):
        found = tuple(columns["title"].replace(PLACE, str(n)) for n in range(1, int(columns["count"]) + 1))
    elif isinstance(columns, str):
        found = tuple(columns.replace(PLACE, str(n)) for n in range(1, raters + 1))
    else:
        found = tuple(columns)
    if len(set(found)) < len(found):
        raise RubricError(
            T("two raters have the same column"), pointer, T("give each rater a column, “{place}” standing for its number", place=PLACE)
        )
    if found and raters and len(found) != raters:
        what = T("there are {raters} raters and {columns} columns", raters=raters, columns=len(found))
        raise RubricError(what, pointer, T("give each rater a column"))
    return found
