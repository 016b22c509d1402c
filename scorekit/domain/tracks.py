"""Run a stage's work on each track's own rows and put the rows together again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why
from scorekit.domain.joining import sheets_joined
from scorekit.domain.plan import Plan, Track
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import Reason, ScoreSheet, Submissions, blank_column

Rows = npt.NDArray[np.int64]
Work = Callable[[Track, TrackScope], ScoreSheet]


def by_track(plan: Plan, submissions: Submissions, sheet: ScoreSheet, work: Work) -> ScoreSheet:
    """The sheet after *work* ran on the rows of each track; units without a valid category follow the first track."""
    scopes = track_scopes(plan, submissions, sheet)
    for scope, _ in scopes:
        scope.peers = tuple(scopes)
    found = [work(scope.track, scope) for scope, _ in scopes]
    for scope, _ in scopes:
        scope.peers = ()  # scopes that know one another would keep all columns until garbage is looked for
    together = found[0] if len(found) == 1 else sheets_joined(found).take(put_back(scopes))
    return _completed(plan, together, [scope.track for scope, _ in scopes])


def _completed(plan: Plan, sheet: ScoreSheet, tracks: list[Track]) -> ScoreSheet:
    """With a column also for what stands only in the standard of categories to which nobody belongs."""
    if len(tracks) == len(plan.tracks):
        return sheet
    known = {c.path for t in tracks for c in t.standard.criteria} | {"gate:" + g.id for t in tracks for g in t.standard.gates}
    criteria = [c.path for c in plan.criteria if c.path not in known]
    absent = [*criteria, *(name for g in plan.gates if (name := "gate:" + g.id) not in known)]
    codes = np.full(sheet.size, Reason.NOT_PART, dtype=np.uint8)
    nothing = blank_column(Column.of(0), sheet.size, Why.NOT_PART)
    return sheet.having(points=dict.fromkeys(criteria, nothing), reasons=dict.fromkeys(absent, codes))


def track_scopes(plan: Plan, submissions: Submissions, sheet: ScoreSheet) -> list[tuple[TrackScope, Rows]]:
    """A scope over the units of each track that has any, and their rows."""
    found = []
    for track, rows in track_rows(plan, submissions):
        if len(rows) == len(submissions):
            return [(TrackScope(track, submissions, sheet), rows)]
        if len(rows):
            found.append((TrackScope(track, submissions.take(rows), sheet.take(rows)), rows))
    return found


def put_back(scopes: Sequence[tuple[TrackScope, Rows]]) -> Rows:
    """Where each unit stands in what was found scope after scope."""
    return np.argsort(np.concatenate([rows for _, rows in scopes]), kind="stable")


def track_rows(plan: Plan, submissions: Submissions) -> list[tuple[Track, Rows]]:
    """The rows that follow each track."""
    if len(plan.tracks) == 1:
        return [(plan.tracks[0], np.arange(len(submissions)))]
    track_of = np.zeros(len(plan.categories) + 1, dtype=np.int64)
    for index, track in enumerate(plan.tracks):
        track_of[[plan.categories.index(c) for c in track.categories]] = index
    which = track_of[category_codes(plan, submissions)]
    return [(t, np.flatnonzero(which == i)) for i, t in enumerate(plan.tracks)]


def gate_rows(plan: Plan, submissions: Submissions, sheet: ScoreSheet, reason: Reason, effect: str | None = None) -> npt.NDArray[np.bool_]:
    """Units for which a gate (of an *effect*, as their own category's standard has it) has this reason."""
    found = np.zeros(len(submissions), dtype=bool)
    for track, rows in track_rows(plan, submissions):
        own: Any = slice(None) if len(rows) == len(submissions) else rows
        for gate in track.standard.gates:
            if effect is None or gate.does(effect):
                found[own] |= sheet.reasons["gate:" + gate.id][own] == reason
    return found


def category_codes(plan: Plan, submissions: Submissions) -> Rows:
    """Each unit's category as its place in the rubric's list; past the last where it has none of them."""
    none = len(plan.categories)
    category = submissions.columns.get(plan.base.category)
    if not isinstance(category, Column):
        return np.full(len(submissions), none, dtype=np.int64)
    return category.places(plan.categories)
