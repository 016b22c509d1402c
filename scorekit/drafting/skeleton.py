"""The document of a new rubric, which loads and evaluates from the start: from options, or from a table of clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from scorekit.drafting.clauses import Clause, Namer, drafted, scores
from scorekit.drafting.levels import Level, ladder, levels_of
from scorekit.drafting.pieces import shortest
from scorekit.drafting.sheets import Part
from scorekit.errors import T, Text

Say = Callable[[Text], str]
UNIT, CATEGORY = "unit", "category"


def document(
    rubric: str,
    title: str,
    parts: Sequence[Part],
    say: Say,
    categories: Sequence[str] = (),
    levels: Sequence[tuple[str, Decimal]] = (),
) -> dict[str, Any]:
    """A rubric of *parts* called *title*; what is left to its author stands in ``x-todo``."""
    properties: dict[str, Any] = {UNIT: {"type": "string", "title": "单位名称"}}
    if categories:
        properties[CATEGORY] = {"enum": list(categories), "title": "类别"}
    namer = Namer({UNIT, CATEGORY})
    left: list[Text] = []
    found: list[Level] = []
    for index, part in enumerate(parts, 1):
        lines = {c: () if c.points is not None else levels_of(c.method or c.content) for c in part.clauses}
        found += [line for c in part.clauses for line in lines[c]]
        rows = [c for c in part.clauses if not lines[c] and scores(c)]
        apart = [c for c in part.clauses if not lines[c] and c not in rows]
        left += [
            T("“{content}” is no clause with points; write it where it belongs: {wording}", content=c.content, wording=c.method)
            for c in apart
        ]
        if rows:
            properties[namer.name(part.title)] = _section(replace(part, clauses=tuple(rows)), index, namer, say)
    frame: dict[str, Any] = {"language": 1, "id": rubric, "version": "0.1", "unit": UNIT}
    if categories:
        frame["category"] = CATEGORY
    if levels or found:
        frame |= ladder([(name, line) for name, line in levels] or found)
    scored = [p for p in parts if any(scores(c) and not c.kind and c.points is not None for c in p.clauses)]
    if scored and all(p.weight is not None for p in scored) and sum(p.weight or 0 for p in scored) == 100:
        frame["total"] = {"aggregate": "weighted-sum"}
    elif any(p.weight is not None for p in scored):
        left.append(T("the weights of the sections do not come to 100%: say how the total is made"))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        **({"x-todo": [say(t) for t in left]} if left else {}),
        "required": [UNIT, *([CATEGORY] if categories else [])],
        "properties": properties,
        "x-rubric": frame,
    }


def sketched(sections: Sequence[tuple[str, Decimal | None]], say: Say) -> tuple[Part, ...]:
    """Sections that hold one clause each, to be replaced."""
    named = sections or [("考核内容", Decimal(100))]
    what = say(T("a clause to be replaced"))
    return tuple(Part(title, points, (Clause(f"{title}{what}", points, ""),)) for title, points in named)


def todo(node: dict[str, Any]) -> int:
    """How many things a document leaves to be done."""
    return len(node.get("x-todo", ())) + sum(todo(child) for child in node.get("properties", {}).values())


def _section(part: Part, index: int, namer: Namer, say: Say) -> dict[str, Any]:
    """A section with its clauses numbered; full marks as stated where the table states them."""
    spec: dict[str, Any] = {"no": str(index)}
    kinds = {clause.kind for clause in part.clauses}
    if part.points is not None:
        caps = [key for key, kind in (("bonus_cap", "bonus"), ("deduction_cap", "deduction")) if kinds & {kind, "either"}]
        spec |= dict.fromkeys(caps or ["points"], shortest(part.points))
    if part.weight is not None:
        spec["weight"] = shortest(part.weight / 100)
    inside: dict[str, Any] = {}
    for place, clause in enumerate(part.clauses, 1):
        numbered = Clause(
            clause.content, clause.points, clause.method, clause.no if "." in clause.no else f"{index}.{place}", clause.note, clause.kind
        )
        inside.update(drafted(numbered, namer, say))
    return {"type": "object", "title": part.title, "x-criterion": spec, "properties": inside}
