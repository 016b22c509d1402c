"""Rankings: as a rubric's frame declares them, and compiled; those that formulas ask of an item come of themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from scorekit.compiling.arguments import Formulas
from scorekit.compiling.tokens import AbsentError
from scorekit.domain.formula import Name, Node, Result
from scorekit.domain.plan import RankingPlan, TiePlan, Track
from scorekit.domain.rubric import FieldSpec, RankingSpec, SectionSpec, TieSpec
from scorekit.errors import RubricError, T

EXACT = "exact()"
TOTAL = "points()"


def rankings(frame: Mapping[str, Any], sections: Iterable[SectionSpec], where: str) -> tuple[RankingSpec, ...]:
    """The rankings of a frame, the main one first; one for "each" section becomes as many as there are."""
    own = (frame["category"],) if frame.get("category") else ()
    at = f"{where}#/x-rubric"
    found = [_ranking("", frame.get("rank", {}), f"{at}/rank", own)]
    for name, spec in frame.get("rankings", {}).items():
        pointer = f"{at}/rankings/{name}"
        if spec.get("each") != "sections":
            found.append(_ranking(name, spec, pointer, own))
            continue
        title = spec.get("title", "")
        for section in sections:
            if not section.parent:
                named = {**spec, "by": f"points(`{section.path}`)", "title": f"{title} {section.title}".strip()}
                found.append(_ranking(f"{name}.{section.path}", named, pointer, own))
    return tuple(found)


def _ranking(name: str, spec: Mapping[str, Any], pointer: str, own: tuple[str, ...]) -> RankingSpec:
    by = spec.get("by", TOTAL)
    if spec.get("exact"):
        if by != TOTAL:
            what = T("only the total has a figure before rounding, so “exact” does not go with “{by}”", by=str(by))
            raise RubricError(what, f"{pointer}/exact", T("leave it out: what no stage rounded is compared exactly"))
        by = EXACT
    return RankingSpec(
        id=name,
        title=spec.get("title", name),
        pointer=pointer,
        within=tuple(spec.get("within", own)),
        by=by,
        where=spec.get("where"),
        first=spec.get("first", "high"),
        decimals=spec.get("decimals"),
        ends=spec.get("ends"),
        ties=tuple(_chain(spec.get("tie_break", []), f"{pointer}/tie_break")),
    )


def _chain(keys: Iterable[Mapping[str, Any]], pointer: str) -> Iterator[TieSpec]:
    ended = False
    for index, spec in enumerate(keys):
        at = f"{pointer}/{index}"
        if ended:
            raise RubricError(T("nothing comes after the end of a tie chain"), at, T("let a draw or a shared rank stand last"))
        ended = "draw" in spec or "shared" in spec
        if "shared" not in spec:
            yield _tie(spec, at)


def _tie(spec: Mapping[str, Any], pointer: str) -> TieSpec:
    how = next((how for how in ("run_off", "draw") if how in spec), "key")
    by = spec["by" if how == "key" else how]
    return TieSpec(
        by=by,
        first=spec.get("first", "high"),
        title=spec.get("title", by if how == "key" else ""),
        pointer=pointer,
        how=how,  # type: ignore[arg-type]
        decimals=spec.get("decimals"),
        places=_places(spec["places"], f"{pointer}/places") if "places" in spec else None,
        condition=spec.get("if"),
    )


def _places(text: str, pointer: str) -> tuple[int, int]:
    """Words like "1" or "1-3" as first and last place. Raises RubricError where the last comes before the first."""
    first, _, last = text.partition("-")
    found = int(first), int(last or first)
    if not 1 <= found[0] <= found[1]:
        raise RubricError(T("“{text}” names no places", text=text), pointer, T('write for example "1" or "1-3"'))
    return found


# -------------------------------------------------------------------- compiled


def ranking_plans(specs: Iterable[RankingSpec], formulas: Formulas, fields: Mapping[str, FieldSpec]) -> tuple[RankingPlan, ...]:
    """The rankings compiled. Raises RubricError where one groups by what is no field, or its formulas do not fit.

    A further ranking that goes by an item which only other categories have is none of this standard's.
    """
    found = []
    for spec in specs:
        try:
            found.append(_plan(spec, formulas, fields))
        except RubricError as error:
            if not spec.id or not isinstance(error.__cause__, AbsentError):
                raise
    return tuple(found)


def asked_rankings(asked: Iterable[str], titles: Mapping[str, str], own: tuple[str, ...], where: str) -> tuple[RankingSpec, ...]:
    """For each criterion or section of which a formula asks the rank: by its points, within the category."""
    return tuple(RankingSpec(path, titles[path], f"{where}#/x-rubric/rankings", own, f"points(`{path}`)") for path in asked)


def refuse_unlike(tracks: Sequence[Track], category: str) -> None:
    """Raise RubricError where units of several categories are ranked together, but not by the same rules."""
    first: dict[str, RankingPlan] = {}
    for track in tracks:
        for ranking in track.rankings:
            known = first.setdefault(ranking.spec.id, ranking)
            apart = bool(category) and category in ranking.spec.within and category in known.spec.within
            if not apart and ranking.shape != known.shape:
                what = T(
                    "in the standard of “{category}” the ranking “{title}” has other rules, but ranks with other categories",
                    category=list(track.categories),
                    title=ranking.spec.title or T("the total"),
                )
                raise RubricError(what, ranking.spec.pointer, T("write the difference as a formula of the category"))


def _plan(spec: RankingSpec, formulas: Formulas, fields: Mapping[str, FieldSpec]) -> RankingPlan:
    for index, name in enumerate(spec.within):
        if name not in fields or fields[name].kind in ("records", "panel"):
            what = T("“{name}” is no field by which units can be grouped", name=name)
            raise RubricError(what, f"{spec.pointer}/within/{index}", T("name a field with one value a unit"))
    return RankingPlan(
        spec=spec,
        by=formulas.value(spec.by, "", f"{spec.pointer}/by", "number", "date"),
        where=formulas.maybe_condition(spec.where, "", f"{spec.pointer}/where"),
        ties=tuple(_tie_plan(t, formulas) for t in spec.ties),
    )


def _tie_plan(spec: TieSpec, formulas: Formulas) -> TiePlan:
    wanted = ("number", "date") if spec.decimals is not None or spec.how == "run_off" else ()
    key = "by" if spec.how == "key" else spec.how
    assert formulas.kinds is not None
    formulas.kinds.tying = spec.how == "key"
    try:
        by = None if spec.how == "draw" else formulas.value(spec.by, "", f"{spec.pointer}/{key}", *wanted)
    finally:
        formulas.kinds.tying = False
    return TiePlan(replace(spec, title=_titled(spec, by, formulas)), by, formulas.maybe_condition(spec.condition, "", f"{spec.pointer}/if"))


def _titled(spec: TieSpec, by: Node | None, formulas: Formulas) -> str:
    """What a key is called: as the rubric says, else as the field or item that it reads."""
    if spec.title != spec.by or by is None:
        return spec.title
    names = formulas.names
    if isinstance(by, Name):
        return names.fields[by.path].title
    return names.titles.get(by.path, spec.title) if isinstance(by, Result) and by.figure == "points" else spec.title
