"""Populate: the figures of the whole population that stand in one pass, each beside every unit of its group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why, stack
from scorekit.domain.formula import Figure, Node, evaluate
from scorekit.domain.grouping import NOWHERE, Codes, grouped
from scorekit.domain.ordering import codes
from scorekit.domain.plan import FigurePlan, Plan
from scorekit.domain.population import OF_UNITS, of_groups, of_units
from scorekit.domain.recording import column_of, exactly, read
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import ScoreSheet, Submissions
from scorekit.domain.tracks import track_scopes
from scorekit.domain.weighing import recalled_weights, weighed

Told = Mapping[str, Any]
MOST_VALUES = 10_000
"""Of a place among all units so many different values are recorded, for ``explain``; of more none."""


def populate(plan: Plan, submissions: Submissions, sheet: ScoreSheet, step: int) -> tuple[ScoreSheet, dict[str, Told]]:
    """The sheet with the population figures of pass *step*, and what the run record says of each."""
    told: dict[str, Told] = {}
    for key in _keys(plan, step):
        found = _Population.of(plan, submissions, sheet, key)
        column, told[key] = found.taken()
        sheet = sheet.having(population={key: column})
    sheet, weights = weighed(plan, submissions, sheet, step)
    return sheet, {**told, **weights}


def recalled(plan: Plan, submissions: Submissions, sheet: ScoreSheet, step: int, told: Mapping[str, Told]) -> ScoreSheet:
    """The sheet of a few units with the figures that an earlier run recorded for their groups."""
    for key in _keys(plan, step):
        found = _Population.of(plan, submissions, sheet, key)
        sheet = sheet.having(population={key: found.recalled(told.get(key, {"groups": []}))})
    return recalled_weights(plan, submissions, sheet, step, told)


def _keys(plan: Plan, step: int) -> list[str]:
    """The figures of one pass, in an order in which each follows what it reads."""
    return list(dict.fromkeys(f.node.key for t in plan.tracks for f in t.figures if f.step == step))


@dataclass(frozen=True, slots=True)
class _Population:
    """All units to which a figure belongs: what each gives to it, and its group. Units of other standards have no rows here."""

    plan: FigurePlan
    size: int
    rows: npt.NDArray[np.int64]
    values: Column
    beside: Column | None
    keys: tuple[Column, ...]
    counted: npt.NDArray[np.uint8]
    """0 where a unit counts, else why it does not."""

    @classmethod
    def of(cls, plan: Plan, submissions: Submissions, sheet: ScoreSheet, key: str) -> _Population:
        """The population of one figure, each unit seen by the standard of its own category."""
        scopes = track_scopes(plan, submissions, sheet)
        members = [(s, r, f) for s, r in scopes for f in s.track.figures if f.node.key == key]
        first = next(f for t in plan.tracks for f in t.figures if f.node.key == key)
        rows = np.concatenate([np.zeros(0, dtype=np.int64), *(r for _, r, _ in members)])
        of = _stacked([(s, f.node.of, len(r)) for s, r, f in members])
        beside = _stacked([(s, f.node.beside, len(r)) for s, r, f in members]) if first.node.beside is not None else None
        keys = tuple(_stacked([(s, f.node.within[i], len(r)) for s, r, f in members]) for i in range(len(first.node.within)))
        counted = np.concatenate([np.zeros(0, dtype=np.uint8), *(_counted(s, f.node, len(r)) for s, r, f in members)])
        return cls(first, len(submissions), rows, of, beside, keys, counted)

    def taken(self) -> tuple[Column, Told]:
        """The figure beside every unit, and what is recorded of it."""
        figure = self.plan.node
        groups = grouped(self.keys, len(self.rows))
        count, there = int(groups.max(initial=-1)) + 1, self.counted == 0
        many = np.bincount(groups[there & (groups != NOWHERE)], minlength=count)
        if figure.over in OF_UNITS:
            own = of_units(figure, self.values, groups, there, count)
            why = np.where(groups == NOWHERE, np.maximum(self.counted, self._lacking()), self.counted)
            return self._beside(Column(own.kind, own.values, why)), self._told(groups, many, self._ladder(groups, there, count))
        found = of_groups(figure, self.values, self.beside, groups, there, count)
        values = [{} if text is None else {"value": text} for text in exactly(found)]
        return self._beside(_spread(found, groups, self._lacking())), self._told(groups, many, values)

    def recalled(self, told: Told) -> Column:
        """The recorded figure of each unit's group; for a place, what the recorded values make of the unit's own."""
        known = {tuple(g["group"]): g for g in told["groups"]}
        labels = list(zip(*(exactly(k) for k in self.keys), strict=True)) if self.keys else [()] * len(self.rows)
        entries = [known.get(label, {}) for label in labels]
        if self.plan.node.over in OF_UNITS:
            own = [None if code else value for value, code in zip(self.values.listed(), self.counted.tolist(), strict=True)]
            return self._beside(column_of([_place(self.plan.node, v, e.get("values")) for v, e in zip(own, entries, strict=True)]))
        return self._beside(column_of([read(e["value"]) if "value" in e else None for e in entries]))

    def _told(self, groups: Codes, many: Any, figures: Sequence[Told]) -> Told:
        """The record: what the figure is, and for each group its name, how many units count in it, and the value."""
        first = np.zeros(len(many), dtype=np.int64)
        inside = np.flatnonzero(groups != NOWHERE)
        first[groups[inside][::-1]] = inside[::-1]
        labels = [exactly(k.take(first)) for k in self.keys]
        listed = [{"group": [label[i] for label in labels], "n": int(many[i]), **figures[i]} for i in range(len(many))]
        return {"title": self.plan.title, "over": self.plan.node.over, "groups": listed}

    def _ladder(self, groups: Codes, there: npt.NDArray[np.bool_], count: int) -> list[Told]:
        """For each group the different values, greatest first, with how many units have each: all that a place can be told from."""
        rows = np.flatnonzero(there & (groups != NOWHERE))
        keys = codes(self.values.take(rows))
        order = np.lexsort((keys, groups[rows]))
        new = np.r_[True, (np.diff(keys[order]) != 0) | (np.diff(groups[rows][order]) != 0)][: len(rows)]
        starts = np.flatnonzero(new)
        group, many = groups[rows][order][starts], np.diff(np.r_[starts, len(rows)])
        found: list[Told] = []
        for i in range(count):
            mine = np.flatnonzero(group == i)
            values = exactly(self.values.take(rows[order[starts[mine]]])) if len(mine) <= MOST_VALUES else []
            found.append({"values": [list(pair) for pair in zip(values, many[mine].tolist(), strict=True)]} if values else {})
        return found

    def _lacking(self) -> npt.NDArray[np.uint8]:
        """Why a unit is in no group, where it is in none."""
        whys = [k.why for k in self.keys if k.why is not None]
        lacking: npt.NDArray[np.uint8] = np.maximum.reduce([np.zeros(len(self.rows), dtype=np.uint8), *whys])
        return lacking

    def _beside(self, column: Column) -> Column:
        """A column of the population's units as one of all units; to the others the figure is no part of their standard."""
        place = np.full(self.size, NOWHERE, dtype=np.int64)
        place[self.rows] = np.arange(len(self.rows))
        if not len(column):
            return Column.of(0).spread(self.size).masked_where(np.ones(self.size, dtype=bool), Why.NOT_PART)
        return column.take(np.maximum(place, 0)).masked_where(place == NOWHERE, Why.NOT_PART)


def _stacked(parts: Sequence[tuple[TrackScope, Node | None, int]]) -> Column:
    """A formula over the units of several tracks, one track under the other; nothing counts as 1 for each unit."""
    found = [(Column.of(1) if node is None else evaluate(node, scope)).spread(size) for scope, node, size in parts]
    return stack(found) if found else Column.numbers([])


def _counted(scope: TrackScope, node: Figure, size: int) -> npt.NDArray[np.uint8]:
    """0 for each unit that counts; else that a value is not there, that the condition does not hold, or that the unit counts for nobody."""
    codes_ = np.zeros(size, dtype=np.uint8)
    if node.where is not None:
        holds = evaluate(node.where, scope).spread(size)
        codes_ = np.where(np.asarray(holds.values, dtype=bool), codes_, np.uint8(Why.NOT_APPLICABLE))
        codes_ = codes_ if holds.why is None else np.where(holds.why > 0, holds.why, codes_)
    for part in (node.of, node.beside):
        column = None if part is None else evaluate(part, scope).spread(size)
        if column is not None and column.why is not None:
            codes_ = np.maximum(codes_, column.why)
    void = scope.submissions.uncounted
    return codes_ if void is None else np.where(void, np.uint8(Why.INVALID), codes_)


def _spread(found: Column, groups: Codes, lacking: npt.NDArray[np.uint8]) -> Column:
    """Each group's figure beside its units."""
    if not len(found):
        return Column.of(0).spread(len(groups)).masked_where(np.ones(len(groups), dtype=bool), Why.MISSING)
    beside = found.take(np.maximum(groups, 0))
    why = np.zeros(len(groups), dtype=np.uint8) if beside.why is None else beside.why
    why = np.where(groups == NOWHERE, np.maximum(lacking, np.uint8(Why.NOT_PART)), why)
    return Column(beside.kind, beside.values, why if why.any() else None)


def _place(figure: Figure, value: Any, values: Sequence[tuple[str, int]] | None) -> Fraction | None:
    """A unit's place among recorded values, or the share of the others that it leaves behind."""
    if value is None or not values:
        return None
    known = [(read(text), many) for text, many in values]
    above, below = (sum(n for v, n in known if v > value), sum(n for v, n in known if v < value))
    better, worse = (above, below) if figure.first == "high" else (below, above)
    others = sum(n for _, n in known) - 1
    return Fraction(better + 1) if figure.over == "rank" else Fraction(worse, others) if others else Fraction(1)


__all__ = ["populate", "recalled"]
