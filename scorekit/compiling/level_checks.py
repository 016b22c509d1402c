"""What levels and tie chains may get wrong although they load: lines above all that can be earned, keys that part nobody."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scorekit.domain.formula import Constant, Node, Result
from scorekit.domain.plan import LevelPlan, RankingPlan, Track
from scorekit.errors import T, Text

Finding = tuple[Text, Text, str]
"""What is wrong, what to do, and the JSON pointer."""


def level_findings(track: Track) -> Iterator[Finding]:
    """The findings of one track's ladders and rankings."""
    for levels in (track.levels, *(ladder.levels for ladder in track.ladders)):
        for level in levels:
            yield from _beyond(level, track)
    for ranking in track.rankings:
        yield from _idle(ranking)


def _constant(node: Node | None) -> Fraction | None:
    return node.value.values.fractions()[0] if isinstance(node, Constant) and node.value.kind == "number" else None


def _beyond(level: LevelPlan, track: Track) -> Iterator[Finding]:
    """A line above all that can be earned."""
    line, most = _constant(level.at_least), _most(level.of, track)
    if line is not None and most is not None and line > most:
        what = T("the level “{level}” begins at {line}, and at most {most} can be reached", level=level.spec.title, line=line, most=most)
        yield what, T("lower the line, or correct the points"), f"{level.spec.pointer}/at_least"


def _most(of: Node, track: Track) -> Fraction | None:
    """The most that a figure can be; None where it cannot be told."""
    if not isinstance(of, Result):
        return None
    if of.figure == "rate":
        return Fraction(1) if of.path and not _lifted(of.path, track) else None
    if of.figure != "points":
        return None
    if not of.path:
        return _most_in_all(track)
    ceiling = next((c.ceiling for c in track.criteria if c.spec.path == of.path), None)
    return _constant(ceiling)


def _lifted(path: str, track: Track) -> bool:
    """Whether something in an item may give more than its full marks."""
    inside = [c for c in track.criteria if f"{c.spec.path}.".startswith(f"{path}.") and c.spec.kind == "base"]
    return any(c.spec.ceiling != "default" or c.full is None for c in inside)


def _most_in_all(track: Track) -> Fraction | None:
    """Full marks and bonuses where all of them are simply added up."""
    plain = all(s.aggregator.name == "sum" and s.scale_to is None and s.spec.weight == 1 for s in track.sections)
    base = [_constant(c.ceiling) for c in track.criteria if c.spec.kind == "base" and c.spec.weight == 1]
    if not plain or None in base or len(base) < sum(c.spec.kind == "base" for c in track.criteria):
        return None
    bonus = [_constant(c.ceiling) for c in track.criteria if c.spec.kind == "bonus"]
    capped = _constant(track.caps.get("bonus"))
    extra = capped if capped is not None else None if None in bonus else sum((b for b in bonus if b is not None), Fraction(0))
    cap = _constant(track.caps.get("total"))
    if extra is None:
        return cap
    whole = sum((b for b in base if b is not None), Fraction(0)) + extra
    return whole if cap is None else min(whole, cap)


def _idle(ranking: RankingPlan) -> Iterator[Finding]:
    """A key that parts nobody, for the ranking or a key before it goes by the same."""
    whole = {str(ranking.spec.by).strip()} if ranking.spec.decimals is None else set()
    for tie in ranking.ties:
        by = tie.spec.by.strip()
        if tie.spec.how == "key" and by in whole:
            yield T("the key “{key}” parts nobody: it was compared before", key=tie.spec.title), T("leave it out"), f"{tie.spec.pointer}/by"
        elif tie.spec.how == "key" and tie.spec.places is None and tie.condition is None and tie.spec.decimals is None:
            whole.add(by)
