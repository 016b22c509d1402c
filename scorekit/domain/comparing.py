"""Rules that compare units: each group is given to the rule at once, across the standards of several categories if need be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.applying import apart as apart_of
from scorekit.domain.applying import asked
from scorekit.domain.column import Column, Why, stack
from scorekit.domain.formula import Name, evaluate
from scorekit.domain.grouping import NOWHERE, grouped
from scorekit.domain.marks import Each
from scorekit.domain.plan import ClausePlan
from scorekit.domain.rule import Band, Knot, Param
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reasons

Arguments = dict[str, Any]
Resolve = Callable[[ClausePlan, TrackScope], Arguments]


@dataclass(frozen=True, slots=True)
class Compared:
    """The units that a rule compares: its arguments over all of them, the rows of each group, why the others have no place.

    ``mine`` are the rows of the units that are asked for; the others stand there for comparison only.
    """

    arguments: Arguments
    groups: tuple[npt.NDArray[np.int64], ...]
    lacking: Reasons
    mine: slice


@dataclass(frozen=True, slots=True)
class _Member:
    """The units of one track: what they give to the rule, and what keeps each from being compared."""

    arguments: Arguments
    keys: tuple[Column, ...]
    worst: Reasons
    why: Reasons
    size: int


def compared(clause: ClausePlan, path: str, scope: TrackScope, apart: Reasons | None, resolve: Resolve) -> Compared:
    """Whom the rule of *clause* at the criterion *path* compares with the units of *scope*."""
    own = _member(clause, scope, apart, resolve)
    members, place = [own], 0
    if len(scope.peers) > 1 and not _by_category(clause, scope):
        members = []
        for peer, _ in scope.peers:
            if peer is scope:
                place, members = len(members), [*members, own]
            else:
                members += _peer(clause, path, peer, resolve)
    size = sum(m.size for m in members)
    start = sum(m.size for m in members[:place])
    worst, why = (np.concatenate([getattr(m, k) for m in members]) for k in ("worst", "why"))
    keys = tuple(stack([m.keys[i].spread(m.size) for m in members]) for i in range(len(own.keys)))
    codes = grouped(keys, size)
    present = np.flatnonzero((worst == 0) & (why == 0) & (codes != NOWHERE))
    groups = tuple(present[codes[present] == g] for g in np.flatnonzero(np.bincount(codes[present])))
    lacking = np.where(worst > 0, worst, np.where(why > 0, why, np.uint8(Why.MISSING)))
    mine = slice(start, start + own.size)
    return Compared(own.arguments if len(members) == 1 else _joined(clause, members, place, size, mine), groups, lacking, mine)


def _by_category(clause: ClausePlan, scope: TrackScope) -> bool:
    """Whether all that are compared follow the same standard."""
    return any(isinstance(k, Name) and k.path == scope.track.standard.category for k in clause.within)


def _peer(clause: ClausePlan, path: str, scope: TrackScope, resolve: Resolve) -> list[_Member]:
    """The units of another track, where its standard has the same rule at the same place."""
    for criterion in scope.track.criteria:
        if criterion.spec.path == path:
            for other in criterion.clauses:
                if other.spec.id == clause.spec.id and other.rule.name == clause.rule.name and len(other.within) == len(clause.within):
                    return [_member(other, scope, apart_of(criterion, scope, len(scope.submissions)), resolve)]
    return []


def _member(clause: ClausePlan, scope: TrackScope, apart: Reasons | None, resolve: Resolve) -> _Member:
    size = len(scope.submissions)
    found = resolve(clause, scope)
    why = np.zeros(size, dtype=np.uint8) if apart is None else apart
    if clause.where is not None:
        why = np.maximum(why, asked(evaluate(clause.where, scope).spread(size), False, Why.NOT_APPLICABLE))
    return _Member(found, tuple(evaluate(k, scope) for k in clause.within), worst_of(found, size), why, size)


def worst_of(found: Mapping[str, Any], size: int) -> Reasons:
    """For each unit the gravest reason for which some column is not there; 0 where all are."""
    worst = np.zeros(size, dtype=np.uint8)
    for value in found.values():
        if isinstance(value, Column) and value.why is not None and not isinstance(value, Each):
            worst = np.maximum(worst, value.why)
    return worst


def _joined(clause: ClausePlan, members: Sequence[_Member], place: int, size: int, mine: slice) -> Arguments:
    """The arguments over the units of several tracks: columns one under the other, all else as the own track has it."""
    own = members[place].arguments
    return {p.name: _over_all(p, own[p.name], members, size, mine) for p in clause.rule.params}


def _over_all(param: Param, value: Any, members: Sequence[_Member], size: int, mine: slice) -> Any:
    if param.kind == "column" and isinstance(value, Column):
        return stack([m.arguments[param.name].spread(m.size) for m in members])
    return _padded(value, size, mine)


def _padded(value: Any, size: int, mine: slice) -> Any:
    """A figure of each own unit with nothing beside the others, whose points are not asked for; a constant stays one."""
    if isinstance(value, Column) and len(value) > 1:
        rows = np.zeros(size, dtype=np.int64)
        rows[mine] = np.arange(len(value))
        return value.take(rows)
    if isinstance(value, (Band, Knot)):
        return type(value)(*(_padded(v, size, mine) for v in value))
    if isinstance(value, tuple):
        return tuple(_padded(v, size, mine) for v in value)
    return {k: _padded(v, size, mine) for k, v in value.items()} if isinstance(value, dict) else value
