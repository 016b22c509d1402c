"""Ladders of levels: the main one and others, and how the main level rests on theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scorekit.compiling.arguments import Formulas
from scorekit.compiling.conditions import condition_spec, conditions
from scorekit.domain.plan import LadderPlan, LevelPlan
from scorekit.domain.rubric import CombinationSpec, LadderSpec, LevelSpec, Words
from scorekit.errors import RubricError, T

BELOW = {"id": "none", "title": "未达标"}


@dataclass(frozen=True)
class Ladders:
    """What a frame says of levels: the main ladder (without an id), the others, and how they combine."""

    main: LadderSpec
    more: tuple[LadderSpec, ...]
    combination: CombinationSpec | None


def ladders(frame: Mapping[str, Any], where: str) -> Ladders:
    """The ladders of a frame. Raises RubricError where the main level combines what is not there."""
    at = f"{where}#/x-rubric"
    below = frame.get("below", BELOW)
    more = tuple(_ladder(name, spec, f"{at}/ladders/{name}", spec.get("below", below)) for name, spec in frame.get("ladders", {}).items())
    rule = frame.get("level", {})
    main = {"cumulative": rule.get("cumulative", False), "levels": frame.get("levels", [])}
    found = _ladder("", main, at, below)
    if "combine" not in rule:
        return Ladders(found, more, None)
    combination = _combination(rule, frame, f"{at}/level")
    for fault, pointer, cure in _faults(combination, found, more):
        raise RubricError(fault, pointer, cure)
    if not found.levels:
        first = next(ladder for ladder in more if ladder.id == combination.of[0])
        found = LadderSpec("", "", at, tuple(LevelSpec(s.id, s.title, s.pointer) for s in first.levels), found.below)
    return Ladders(found, more, combination)


def _ladder(name: str, spec: Mapping[str, Any], pointer: str, below: Mapping[str, Any]) -> LadderSpec:
    of = spec.get("of", "points()")
    levels = tuple(_level(s, f"{pointer}/levels/{i}", of) for i, s in enumerate(spec.get("levels", [])))
    last = LevelSpec(below["id"], below["title"], f"{pointer}/below")
    return LadderSpec(name, spec.get("title", name), pointer, levels, last, bool(spec.get("cumulative", False)), _words(spec))


def _words(spec: Mapping[str, Any]) -> Words:
    return Words(spec.get("wording", ""), tuple(spec.get("basis", ())), spec.get("reading", ""))


def _level(spec: Mapping[str, Any], pointer: str, of: str) -> LevelSpec:
    return LevelSpec(
        id=spec["id"],
        title=spec["title"],
        pointer=pointer,
        of=spec.get("of", of),
        at_least=spec.get("at_least"),
        at_most=spec.get("at_most"),
        condition=condition_spec(spec.get("if")),
        all_of=condition_spec({"all": spec["all"]} if "all" in spec else None),
        words=_words(spec),
    )


def _combination(rule: Mapping[str, Any], frame: Mapping[str, Any], pointer: str) -> CombinationSpec:
    how, rows, otherwise = rule["combine"], rule.get("pairs", ()), rule.get("otherwise", "")
    if "table" in rule:
        table = frame.get("tables", {}).get(rule["table"])
        if not isinstance(table, Mapping) or not isinstance(table.get("rows"), list):
            what = T("there is no table “{name}” with rows", name=rule["table"])
            raise RubricError(what, f"{pointer}/table", T("write it under x-rubric.tables, or write the pairs here"))
        rows, otherwise = table["rows"], otherwise or str(table.get("otherwise", ""))
    return CombinationSpec(how, tuple(rule["of"]), pointer, tuple(tuple(str(v) for v in row) for row in rows), otherwise)


def _faults(combination: CombinationSpec, main: LadderSpec, more: tuple[LadderSpec, ...]) -> Iterator[tuple[Any, str, Any]]:
    """What keeps ladders from being combined."""
    known = {ladder.id: ladder for ladder in more}
    at = combination.pointer
    for index, name in enumerate(combination.of):
        if name not in known:
            yield T("there is no ladder “{name}”", name=name), f"{at}/of/{index}", T("it may be: {names}", names=sorted(known))
            return
    for level in main.levels:
        if (level.at_least, level.at_most, level.condition, level.all_of) != (None,) * 4:
            what = T("the main level combines ladders, so “{level}” has no line of its own", level=level.title)
            yield what, level.pointer, T("put the line into a ladder, or leave out “combine”")
    ids = [s.id for s in main.levels] or [s.id for s in known[combination.of[0]].levels]
    if combination.how != "lookup":
        for name in combination.of:
            for level in known[name].levels:
                if level.id not in ids:
                    what = T("the level “{level}” of the ladder “{name}” is none of the main ones", level=level.id, name=name)
                    yield what, level.pointer, T("it may be: {names}", names=ids)
        return
    yield from _rows(combination, [*ids, main.below.id], [{s.id for s in (*known[n].levels, known[n].below)} for n in combination.of])


def _rows(combination: CombinationSpec, ids: list[str], sides: list[set[str]]) -> Iterator[tuple[Any, str, Any]]:
    """Rows of the table of results that do not fit."""
    for index, row in enumerate(combination.rows):
        pointer = f"{combination.pointer}/pairs/{index}"
        if len(row) != len(sides) + 1:
            what = T("a row has a level of each of {count} ladders and the result, not {found} entries", count=len(sides), found=len(row))
            yield what, pointer, T("correct the row")
            return
        for level, known in zip(row, [*sides, set(ids)], strict=True):
            if level not in known:
                yield T("“{level}” is no level there", level=level), pointer, T("it may be: {names}", names=sorted(known))
    if combination.otherwise and combination.otherwise not in ids:
        what = T("“{level}” is no level there", level=combination.otherwise)
        yield what, f"{combination.pointer}/otherwise", T("it may be: {names}", names=sorted(ids))


# -------------------------------------------------------------------- compiled


def ladder_plan(spec: LadderSpec, formulas: Formulas) -> LadderPlan:
    """A ladder compiled."""
    return LadderPlan(spec, tuple(level_plan(s, formulas) for s in spec.levels))


def level_plan(spec: LevelSpec, formulas: Formulas) -> LevelPlan:
    """A level compiled."""
    node, at = formulas.maybe_number, spec.pointer
    condition, parts = conditions({f"{at}/if": spec.condition, at: spec.all_of}, formulas, "")
    return LevelPlan(
        spec=spec,
        of=formulas.number(spec.of, "", f"{at}/of"),
        at_least=node(spec.at_least, "", f"{at}/at_least"),
        at_most=node(spec.at_most, "", f"{at}/at_most"),
        condition=condition,
        parts=parts,
    )
