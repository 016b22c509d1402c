"""The document of a new rubric, which loads and evaluates from the start: from options, or from a table of clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from scorekit.drafting.clauses import Clause, Namer, drafted
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
    for index, part in enumerate(parts, 1):
        name = namer.name(part.title)
        properties[name] = _section(part, index, namer, say)
    frame: dict[str, Any] = {"language": 1, "id": rubric, "version": "0.1", "unit": UNIT}
    if categories:
        frame["category"] = CATEGORY
    if levels:
        frame["levels"] = [{"id": f"level-{i}", "title": name, "at_least": shortest(line)} for i, (name, line) in enumerate(levels, 1)]
        frame["below"] = {"id": "none", "title": "未达标"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
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
    if part.points is not None:
        spec["points"] = shortest(part.points)
    inside: dict[str, Any] = {}
    for place, clause in enumerate(part.clauses, 1):
        numbered = Clause(clause.content, clause.points, clause.method, clause.no if "." in clause.no else f"{index}.{place}", clause.note)
        inside.update(drafted(numbered, namer, say))
    return {"type": "object", "title": part.title, "x-criterion": spec, "properties": inside}
