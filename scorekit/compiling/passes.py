"""The passes of all categories together: what compares units across categories stands in one pass for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from scorekit.compiling.lists import listed, with_steps
from scorekit.compiling.order import BASE, steps
from scorekit.domain.formula import Figure
from scorekit.domain.imputing import takes_points
from scorekit.domain.plan import CriterionPlan, FigurePlan, RankingPlan, SectionPlan, Track
from scorekit.errors import RubricError, T

Found = Mapping[str, int]
Item = TypeVar("Item", CriterionPlan, SectionPlan)


def in_passes(tracks: Sequence[Track], where: str) -> tuple[Track, ...]:
    """The tracks with every item in its pass, in an order in which each follows what it reads.

    Raises RubricError for a circle, also one that only closes across the standards of several categories.
    """
    least: dict[str, int] = {}
    for _ in range(sum(len(t.criteria) + len(t.derived) for t in tracks) + 2):
        found = [_steps(track, where, least) for track in tracks]
        later = {k: max(f.get(k, 0) for f in found) for k in _shared(tracks, found)}
        if all(f.get(k, step) == step for f in found for k, step in later.items()):
            return tuple(_placed(track, f) for track, f in zip(tracks, found, strict=True))
        least = later
    what = T("figures of the population read one another in a circle across categories")
    raise RubricError(what, f"{where}#/x-rubric/variants", T("let one of them read something else"))


def _steps(track: Track, where: str, least: Found) -> dict[str, int]:
    grouped = [n for g in track.groups.values() for n in g.nodes]
    caps = [n for n in (*track.caps.values(), *grouped, track.floor) if n is not None]
    drawn: dict[str, Any] = {"fills": track.fills, "weighings": track.weighings, "lists": track.lists, "matters": track.matters}
    return steps(track.derived, track.criteria, track.sections, track.gates, caps, track.rankings, where, least, **drawn)


def _shared(tracks: Sequence[Track], found: Sequence[Found]) -> set[str]:
    """The items in which the units of several categories are seen together."""
    criteria = [c for t in tracks for c in (*t.criteria, *(c for plan in listed(t.lists) for c in plan.track.criteria))]
    relative = {c.spec.path for c in criteria if takes_points(c) or any(i.rule.scope == "cohort" for i in c.clauses)}
    return {k for f in found for k in f if k.startswith(("figure:", "rank:")) or k in relative} if len(tracks) > 1 else set()


def _placed(track: Track, found: Found) -> Track:
    figures = [FigurePlan(f.title, n) for f, n in track.derived if isinstance(n, Figure)]
    figures += track.fills.values()
    place = {path: i for i, path in enumerate(found)}
    figures.sort(key=lambda f: place["figure:" + f.node.key])
    return replace(
        track,
        criteria=tuple(replace(c, step=found[c.spec.path]) for c in _in_order(track.criteria, found, lambda c: c.spec.path)),
        sections=tuple(replace(s, step=found[_combined(s)]) for s in _in_order(track.sections, found, _combined)),
        gates=tuple(replace(g, step=found["gate:" + g.spec.id]) for g in track.gates),
        weighings=tuple(replace(w, step=found["figure:" + w.key]) for w in track.weighings),
        rankings=_rankings_in_order(track.rankings, found),
        figures=tuple(replace(f, step=found["figure:" + f.node.key]) for f in figures),
        steps=max(found.values(), default=0) + 1,
        total_step=found["section:"],
        lists=with_steps(track.lists, found),
    )


def _combined(section: SectionPlan) -> str:
    """The key of the pass in which a section is combined; the total's, before bonuses and deductions."""
    return "section:" + section.spec.path if section.spec.path else BASE


def _in_order(items: Sequence[Item], found: Found, key: Callable[[Item], str]) -> list[Item]:
    """By pass, then in the order in which they may read one another; the total rests on all sections."""
    place = {path: i for i, path in enumerate(found)}
    return sorted(items, key=lambda i: (found[key(i)], place[key(i)]))


def _rankings_in_order(rankings: tuple[RankingPlan, ...], found: Found) -> tuple[RankingPlan, ...]:
    """The main one first, those that formulas read in the order in which they may read one another, then the others."""
    place = {item: i for i, item in enumerate(found)}
    timed = [replace(r, step=found.get(f"rank:{r.spec.id}")) for r in rankings]
    main, *more = timed
    return (main, *sorted(more, key=lambda r: place.get(f"rank:{r.spec.id}", len(place))))
