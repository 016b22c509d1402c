"""What bonuses and deductions count for: held by item, group, section and in all, plus and minus apart; used by totals and explanations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scorekit.domain.column import Column, Why
from scorekit.domain.formula import Node, evaluate
from scorekit.domain.plan import SectionPlan, Track
from scorekit.domain.rubric import CriterionSpec
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import ScoreSheet

BONUS, DEDUCTION = "bonus", "deduction"
NOTHING = Column.of(0)


@dataclass(frozen=True, slots=True)
class Side:
    """Bonuses, or deductions, as amounts not below 0 by item: as earned, and as they count."""

    earned: Mapping[str, Column]
    counted: Mapping[str, Column]


def sides(track: Track, scope: TrackScope) -> tuple[Side, Side]:
    """Bonuses and deductions in printed order; what a whole cap leaves of them together is for the total to say."""
    extra = [spec for spec in track.standard.criteria if spec.kind in (BONUS, DEDUCTION)]
    points = {spec.path: _points(spec, scope) for spec in extra}
    halves = {path: _halves(column) for path, column in points.items()}
    found = []
    for place, name in enumerate((BONUS, DEDUCTION)):
        amounts = {path: half[place] for path, half in halves.items()}
        counted = dict(amounts)
        _grouped(counted, name, extra, track, scope)
        for section in track.sections:
            inside = [s.path for s in extra if s.section == section.spec.path or s.section.startswith(section.spec.path + ".")]
            _held(counted, inside, section.bonus_cap if name == BONUS else section.deduction_cap, scope)
        if name in track.largest:
            _largest(counted, list(counted))
        found.append(Side(amounts, counted))
    return found[0], found[1]


def _halves(points: Column) -> tuple[Column, Column]:
    """What points add and what they take, both not below 0; a side to which nobody has anything is a constant."""
    if points.why is None:
        if not (points.values.num < 0).any():
            return points, NOTHING
        if not (points.values.num > 0).any():
            return NOTHING, -points
    return points.clip(0, None), -points.clip(None, 0)


def strays(criterion: CriterionSpec, sheet: ScoreSheet) -> Column:
    """Where a deduction that is charged to a section finds nothing there that applies: it falls on the total then."""
    return nowhere(sheet.sections[criterion.charge_to].spread(sheet.size))


def nowhere(figure: Column) -> Column:
    """Where nothing of a section applies, by its figure."""
    found = np.zeros(len(figure), dtype=bool) if figure.why is None else (figure.why > Why.PRESENT) & (figure.why < Why.MISSING)
    return Column("truth", found)


def unscaled(section: SectionPlan, scope: TrackScope) -> Column:
    """The part of a figure that stands in no denominator: points without full marks, and deductions charged further in."""
    found = NOTHING
    if section.aggregator.name != "sum":
        return found
    sheet, items = scope.sheet, scope.track.items
    parts = [sheet.points[c] for c in section.criteria if c not in sheet.full and items[c].spec.kind == "base"]
    parts += [sheet.workings[key] for s in section.sections if (key := f"aside:{s}") in sheet.workings]
    for part in parts:
        found = found + part.filled(part.masked, 0)
    return found


def _points(spec: CriterionSpec, scope: TrackScope) -> Column:
    """An item's points as they stand for the total: none where it does not apply, or where its section bears them."""
    points = scope.sheet.points[spec.path].spread(len(scope.submissions))
    if points.why is not None:
        points = points.filled((points.why > Why.PRESENT) & (points.why < Why.MISSING), 0)
    return points.where(strays(spec, scope.sheet), 0) if spec.charge_to else points


def _grouped(amounts: dict[str, Column], side: str, extra: Sequence[CriterionSpec], track: Track, scope: TrackScope) -> None:
    for name, group in track.groups.items():
        members = [spec.path for spec in extra if spec.group == name]
        if group.largest:
            _largest(amounts, members)
        _held(amounts, members, group.plus if side == BONUS else group.minus, scope)


def _largest(amounts: dict[str, Column], paths: Sequence[str]) -> None:
    """Of some items' amounts only the greatest stays, of equal ones the first."""
    if not paths:
        return
    top = amounts[paths[0]]
    for path in paths[1:]:
        top = top.clip(amounts[path], None)
    free = Column.of(True)
    for path in paths:
        hit = free & (amounts[path] == top)
        amounts[path] = amounts[path].where(hit, 0)
        free = free & ~hit


def _held(amounts: dict[str, Column], paths: Sequence[str], cap: Node | None, scope: TrackScope) -> None:
    """Hold some items' amounts within a cap, in printed order: what is beyond it is taken from the later ones."""
    if cap is None:
        return
    room = evaluate(cap, scope)
    for path in paths:
        amounts[path] = amounts[path].clip(None, room)
        room = room - amounts[path]
