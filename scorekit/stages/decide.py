"""Decide: levels by threshold, limits by gates, seats by category with the declared tie policy, and why for every unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from scorekit.domain.chains import Parting
from scorekit.domain.coded import Coded
from scorekit.domain.column import Column, Why
from scorekit.domain.deciding import Award, Barred, Candidates, Notice
from scorekit.domain.formula import evaluate
from scorekit.domain.plan import Plan, Track
from scorekit.domain.rubric import LevelSpec
from scorekit.domain.rungs import rungs
from scorekit.domain.scope import TrackScope
from scorekit.domain.sentences import Decided, Seating
from scorekit.domain.tables import STATUSES, Reason, ScoreSheet, Standings, Submissions
from scorekit.domain.telling import Sentences
from scorekit.domain.tracks import category_codes, gate_rows, track_scopes
from scorekit.errors import PluginError, T, Text

Codes = npt.NDArray[np.int64]
Few = npt.NDArray[np.int16]
"""The number of a track, a level or a status for each unit; there are never many."""
RANKED, NOT_AWARDED, NOT_RANKED, INCOMPLETE, INVALID = range(5)


def decide(
    plan: Plan,
    submissions: Submissions,
    sheet: ScoreSheet,
    barred: Barred,
    notice: Notice | None,
    awards: Mapping[str, Award],
    partings: Mapping[str, Parting],
) -> Standings:
    """Every unit's level, status and award, and why; gates are applied before seats are counted.

    *partings* say how each ranking parted its ties.
    """
    ladders = tuple((*(level.spec for level in t.levels), t.standard.below) if t.levels else () for t in plan.tracks)
    track, places, limited = _levels(plan, submissions, sheet, ladders)
    status = _statuses(plan, submissions, sheet, barred)
    category = _categories(plan, submissions)
    rank = _places(sheet)
    seats = _seated(plan, submissions, rank, ladders, track, limited, status, category, notice, awards)
    more = _ladder_titles(plan, places, track, status)
    reached = places[""]
    lines = _lines(plan, submissions, sheet)
    decided = Decided(
        plan, sheet, barred, notice, submissions.unit, category, rank, ladders, track, reached, limited, seats, partings, more, lines
    )
    award = (notice.award or notice.result) if notice is not None else ""
    return Standings(
        unit=submissions.unit,
        category=category,
        rank=rank,
        figures=sheet.having(totals=more).totals,
        level=_level_titles(ladders, track, limited, status),
        award=Coded(seats.taken, ("", award)),
        status=Coded(status, STATUSES),
        because=Sentences(decided),
        partings=partings,
    )


def _places(sheet: ScoreSheet) -> Codes:
    ranks = sheet.totals["rank"]
    return np.where(ranks.masked, 0, ranks.values.num).astype(np.int32)


def _categories(plan: Plan, submissions: Submissions) -> Coded:
    column = submissions.columns.get(plan.base.category)
    if not isinstance(column, Column):
        return Coded.same("", len(submissions))
    known = category_codes(plan, submissions)
    if bool(np.any((known == len(plan.categories)) & ~column.masked)):
        return Coded.of(np.where(column.masked, "", column.values).tolist())
    return Coded(known, (*plan.categories, ""))


# -------------------------------------------------------------------- levels


def _levels(
    plan: Plan, submissions: Submissions, sheet: ScoreSheet, ladders: Sequence[tuple[LevelSpec, ...]]
) -> tuple[Few, dict[str, Few], Few]:
    """Each unit's track, its places on every ladder (the main one is ""), and on the main one after the gates that limit it."""
    size = len(submissions)
    which, limited = np.zeros(size, dtype=np.int16), np.zeros(size, dtype=np.int16)
    places: dict[str, Few] = {name: np.zeros(size, dtype=np.int16) for name in ("", *(s.spec.id for t in plan.tracks for s in t.ladders))}
    for scope, rows in track_scopes(plan, submissions, sheet):
        index = next(i for i, t in enumerate(plan.tracks) if t is scope.track)
        which[rows] = index
        for name, place in rungs(scope.track, scope, len(rows)).items():
            places[name][rows] = place
        if scope.track.levels:
            limited[rows] = _limited(scope.track, scope, places[""][rows], ladders[index])
    return which, places, limited


def _ladder_titles(plan: Plan, places: Mapping[str, Few], track: Few, status: Few) -> dict[str, Column]:
    """The levels on the further ladders as ``level:<id>``; who is invalid or incomplete, or has no such ladder, has none."""
    found = {}
    for ladder in plan.ladders:
        titles, without = np.full(len(track), "", dtype=object), np.ones(len(track), dtype=bool)
        for index, own in enumerate(t.ladders for t in plan.tracks):
            rows = track == index
            for spec in (a.spec for a in own if a.spec.id == ladder.spec.id):
                titles[rows] = np.array([s.title for s in (*spec.levels, spec.below)], dtype=object)[places[spec.id][rows]]
                without[rows] = False
        found[ladder.column] = Column("text", titles).masked_where(status >= INCOMPLETE, Why.MISSING).masked_where(without, Why.NOT_PART)
    return found


def _lines(plan: Plan, submissions: Submissions, sheet: ScoreSheet) -> dict[tuple[int, int], tuple[Codes, Column]]:
    """The lines of levels that are formulas, by track and place on the ladder, beside the rows of the track."""
    found = {}
    for scope, rows in track_scopes(plan, submissions, sheet):
        index = next(i for i, t in enumerate(plan.tracks) if t is scope.track)
        for place, level in enumerate(scope.track.levels):
            if level.at_least is not None and isinstance(level.spec.at_least, str):
                found[index, place] = rows, evaluate(level.at_least, scope).spread(len(rows))
    return found


def _limited(track: Track, scope: TrackScope, place: Few, ladder: Sequence[LevelSpec]) -> Few:
    """Levels after the gates: of those that set one the lowest counts, and those that limit it limit this one, too."""
    index = {level.id: i for i, level in enumerate(ladder)}
    lowest = np.full(len(place), -1, dtype=np.int64)
    most = np.zeros(len(place), dtype=np.int64)
    for gate in track.gates:
        fired = scope.sheet.reasons["gate:" + gate.spec.id] == Reason.GATE_FIRED
        for effect, target in gate.spec.effects:
            if effect.startswith("level"):
                bound = most if effect == "level at most" else lowest
                bound[fired] = np.maximum(bound[fired], index[target])
    return np.maximum(np.where(lowest >= 0, lowest, place), most)


def _level_titles(ladders: Sequence[tuple[LevelSpec, ...]], track: Few, limited: Few, status: Few) -> Coded:
    """The titles of the levels; a unit that is invalid or incomplete has none."""
    titles, found = [""], np.zeros(len(track), dtype=np.int64)
    for index, ladder in enumerate(ladders):
        if ladder:
            rows = (track == index) & (status < INCOMPLETE)
            found[rows] = limited[rows] + len(titles)
            titles += [level.title for level in ladder]
    return Coded(found, titles)


# -------------------------------------------------------------------- status


def _statuses(plan: Plan, submissions: Submissions, sheet: ScoreSheet, barred: Barred) -> Few:
    """The gravest status that holds for each unit, as its place in ``STATUSES``."""
    status = np.zeros(sheet.size, dtype=np.int16)
    status[gate_rows(plan, submissions, sheet, Reason.GATE_FIRED, "not awarded")] = NOT_AWARDED
    status[gate_rows(plan, submissions, sheet, Reason.GATE_FIRED, "not ranked")] = NOT_RANKED
    status[[*barred.assess_only, *barred.unknown]] = NOT_RANKED
    status[gate_rows(plan, submissions, sheet, Reason.GATE_FIRED, "incomplete")] = INCOMPLETE
    status[gate_rows(plan, submissions, sheet, Reason.GATE_OPEN) | sheet.totals["total"].masked] = INCOMPLETE
    status[list(barred.incomplete)] = INCOMPLETE
    status[list(barred.not_sent)] = INCOMPLETE
    status[list(barred.invalid)] = INVALID
    return status


# -------------------------------------------------------------------- seats


def _seated(
    plan: Plan,
    submissions: Submissions,
    rank: Codes,
    ladders: Sequence[tuple[LevelSpec, ...]],
    track: Few,
    limited: Few,
    status: Few,
    category: Coded,
    notice: Notice | None,
    awards: Mapping[str, Award],
) -> Seating:
    """For every candidate of a category with seats, whether it takes one."""
    found = Seating.nobody(category)
    if notice is None:
        return found
    able = (status == RANKED) & _level_reached(ladders, track, limited, notice.level)
    for name, seats in notice.categories.items():
        rows = np.flatnonzero(able & category.rows(name))
        rows = rows[np.argsort(rank[rows], kind="stable")]
        rows, _ = submissions.unit.in_order(rows, np.diff(rank[rows], prepend=-1) != 0)
        candidates = Candidates(rank[rows], submissions.unit.take(rows), seats.seats, seats.seed)
        if seats.tie not in awards:
            raise PluginError(T("there is no tie policy “{name}”", name=seats.tie), name, T("it may be: {names}", names=sorted(awards)))
        taken, note = _asked(awards[seats.tie], candidates, name)
        found.able[rows], found.taken[rows], found.tied[rows] = True, taken, candidates.tied()
        found.rules[name] = seats.seats, note
    return found


def _asked(award: Award, candidates: Candidates, category: str) -> tuple[npt.NDArray[np.bool_], Text | None]:
    """Who takes a seat by the policy, held to its contract: yes or no for every candidate."""
    try:
        taken, note = award.function(candidates)
    except Exception as error:
        raise _refused(award, category, T("it failed: {error}", error=f"{type(error).__name__}: {error}")) from error
    if np.shape(taken) != (len(candidates.names),) or np.asarray(taken).dtype != bool:
        raise _refused(award, category, T("it must say yes or no for every candidate"))
    return taken, note


def _refused(award: Award, category: str, what: Text) -> PluginError:
    text = T("the tie policy {name} of the plugin {plugin} broke its contract: {what}", name=award.name, plugin=award.plugin, what=what)
    return PluginError(text, category, T("correct the plugin, or run with --no-plugins"))


def _level_reached(ladders: Sequence[tuple[LevelSpec, ...]], track: Few, limited: Few, level: str | None) -> npt.NDArray[np.bool_]:
    """Units at the notice's level or a better one; all where it names none."""
    if level is None:
        return np.ones(len(track), dtype=bool)
    lines = np.array([next((i for i, s in enumerate(ladder) if s.id == level), -1) for ladder in ladders], dtype=np.int64)
    return np.asarray(limited <= lines[track])
