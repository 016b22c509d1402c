"""What of a standard is for one category: its items and gates, but those that are said to be only for others."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scorekit.domain.column import Column
from scorekit.domain.formula import Call, Constant, Name, Node, Result, evaluate
from scorekit.domain.marks import Records
from scorekit.domain.plan import Plan, Track
from scorekit.domain.rubric import Standard
from scorekit.domain.walking import walked


def standard_of(plan: Plan, category: str | None) -> Track:
    """What is printed for *category*: no item, gate or section that is for others alone, nor a ranking by one; the first, whole, for None.

    Its ``categories`` are those for which the same is printed.
    """
    if category is None:
        return plan.tracks[0]
    whole = next((t for t in plan.tracks if category in t.categories), plan.tracks[0])
    track = narrowed(plan, whole, category)
    sections = tuple(s for s in track.standard.sections if not _items(whole, s.path) or _items(track, s.path))
    alike = tuple(c for c in whole.categories if c == category or _left(narrowed(plan, whole, c)) == _left(track))
    gone = _paths(whole.standard) - _paths(replace(track.standard, sections=sections))
    main, *more = track.rankings
    rankings = (main, *(r for r in more if not (isinstance(r.by, Result) and r.by.path in gone)))
    return replace(track, standard=replace(track.standard, sections=sections), categories=alike, rankings=rankings)


def _paths(standard: Standard) -> set[str]:
    return {i.path for items in (standard.criteria, standard.sections) for i in items}


def _left(track: Track) -> tuple[list[str], list[str]]:
    return [c.path for c in track.standard.criteria], [g.id for g in track.standard.gates]


def _items(track: Track, section: str) -> bool:
    """Whether a section has items, be it in one of its own sections."""
    return any(f"{c.section}.".startswith(f"{section}.") for c in track.standard.criteria)


def narrowed(plan: Plan, track: Track, category: str) -> Track:
    """A track without the items and gates whose ``only_for`` reads the category alone and leaves *category* out."""
    field = plan.base.category
    without = {c.spec.path for c in track.criteria if _never(c.only_for, field, category)}
    idle = {g.spec.id for g in track.gates if _never(g.only_for, field, category)}
    standard = replace(
        track.standard,
        criteria=tuple(c for c in track.standard.criteria if c.path not in without),
        gates=tuple(g for g in track.standard.gates if g.id not in idle),
    )
    return replace(
        track,
        standard=standard,
        whole=track.whole or track.standard,
        criteria=tuple(c for c in track.criteria if c.spec.path not in without),
        gates=tuple(g for g in track.gates if g.spec.id not in idle),
    )


def _never(node: Node | None, field: str, category: str) -> bool:
    """Whether a condition can be told from the category alone, and does not hold."""
    if node is None or not field or any(not isinstance(n, (Call, Constant)) and n != Name(field) for n in walked(node)):
        return False
    return not bool(evaluate(node, _Named(category)).spread(1).listed()[0])


@dataclass(frozen=True, slots=True)
class _Named:
    """A unit of which nothing is known but its category."""

    category: str

    def value(self, path: str) -> Column:
        return Column.texts([self.category])

    def result(self, figure: str, path: str) -> Column:
        raise KeyError(figure)

    def figure(self, key: str) -> Column:
        raise KeyError(key)

    def within(self, path: str, records: Records) -> _Named:
        raise KeyError(path)

    def tied(self, node: object) -> Column:
        raise KeyError(str(node))
