"""Levels reached: the place of every unit on a ladder, best first, and the main level made of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from scorekit.domain.column import Column
from scorekit.domain.formula import Scope, evaluate
from scorekit.domain.ordering import Codes
from scorekit.domain.plan import LevelPlan, Track
from scorekit.domain.rubric import CombinationSpec, LadderSpec


def rungs(track: Track, scope: Scope, size: int) -> dict[str, Codes]:
    """The places of all units on every ladder of a track, best first from 0; the main one is under ""."""
    spec = track.standard
    found = {ladder.spec.id: reached(ladder.levels, ladder.spec.cumulative, scope, size) for ladder in track.ladders}
    if spec.combination is not None:
        main = LadderSpec("", "", "", spec.levels, spec.below)
        return {**found, "": combined(spec.combination, main, {s.id: s for s in spec.ladders}, found)}
    return {**found, "": reached(track.levels, spec.cumulative, scope, size)}


def reached(levels: Sequence[LevelPlan], cumulative: bool, scope: Scope, size: int) -> Codes:
    """The index of the best level whose line and conditions hold, past the last where none does.

    *cumulative*: a level holds only where all below it do, too.
    """
    place = np.full(size, len(levels), dtype=np.int64)
    lower = np.ones(size, dtype=bool)
    for index in reversed(range(len(levels))):
        holds = np.ones(size, dtype=bool)
        for test in tests(levels[index], scope):
            met = test.spread(size)
            holds &= np.asarray(met.values, dtype=bool) & ~met.masked
        if cumulative:
            lower &= holds
            holds = lower
        place = np.where(holds, index, place)
    return place


def tests(level: LevelPlan, scope: Scope) -> list[Column]:
    """What a level asks for, each true, false or unknown."""
    value, found = evaluate(level.of, scope), []
    if level.at_least is not None:
        found.append(value >= evaluate(level.at_least, scope))
    if level.at_most is not None:
        found.append(value <= evaluate(level.at_most, scope))
    if level.condition is not None:
        found.append(evaluate(level.condition, scope))
    return found


def combined(combination: CombinationSpec, main: LadderSpec, ladders: Mapping[str, LadderSpec], places: Mapping[str, Codes]) -> Codes:
    """The main level, as its place on the main ladder, of the places that units have on other ladders."""
    order = {s.id: i for i, s in enumerate((*main.levels, main.below))}
    if combination.how == "lookup":
        return _looked_up(combination, order, ladders, places)
    last = len(main.levels)
    worth = []
    for name in combination.of:
        ladder = ladders[name]
        table = np.array([*(order[s.id] for s in ladder.levels), last], dtype=np.int64)
        worth.append(table[places[name]])
    return np.asarray(np.maximum.reduce(worth) if combination.how == "lowest" else np.minimum.reduce(worth))


def _looked_up(
    combination: CombinationSpec, order: Mapping[str, int], ladders: Mapping[str, LadderSpec], places: Mapping[str, Codes]
) -> Codes:
    """By the first row of the table that has the levels; without one, what it says otherwise, else below all."""
    sides = [{s.id: i for i, s in enumerate((*ladders[n].levels, ladders[n].below))} for n in combination.of]
    first = places[combination.of[0]]
    found = np.full(len(first), order.get(combination.otherwise, max(order.values())), dtype=np.int64)
    for *levels, result in reversed(combination.rows):
        fits = np.ones(len(first), dtype=bool)
        for name, side, level in zip(combination.of, sides, levels, strict=True):
            fits &= places[name] == side[level]
        found = np.where(fits, order[result], found)
    return found
