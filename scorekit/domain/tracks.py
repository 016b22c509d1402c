"""Run a stage's work on each track's own rows and put the rows together again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column
from scorekit.domain.plan import Plan, Track
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import ScoreSheet, Submissions, sheets_joined

Rows = npt.NDArray[np.int64]
Work = Callable[[Track, TrackScope], ScoreSheet]


def by_track(plan: Plan, submissions: Submissions, sheet: ScoreSheet, work: Work) -> ScoreSheet:
    """The sheet after *work* ran on the rows of each track; units without a valid category follow the first track."""
    found = [(work(scope.track, scope), rows) for scope, rows in track_scopes(plan, submissions, sheet)]
    if len(found) == 1:
        return found[0][0]
    if not found:
        return sheet
    back = np.argsort(np.concatenate([rows for _, rows in found]), kind="stable")
    return sheets_joined([part for part, _ in found]).take(back)


def track_scopes(plan: Plan, submissions: Submissions, sheet: ScoreSheet) -> list[tuple[TrackScope, Rows]]:
    """A scope over the units of each track that has any, and their rows."""
    found = []
    for track, rows in track_rows(plan, submissions):
        if len(rows) == len(submissions):
            return [(TrackScope(track, submissions, sheet), rows)]
        if len(rows):
            found.append((TrackScope(track, submissions.take(rows), sheet.take(rows)), rows))
    return found


def track_rows(plan: Plan, submissions: Submissions) -> list[tuple[Track, Rows]]:
    """The rows that follow each track."""
    if len(plan.tracks) == 1:
        return [(plan.tracks[0], np.arange(len(submissions)))]
    track_of = np.zeros(len(plan.categories) + 1, dtype=np.int64)
    for index, track in enumerate(plan.tracks):
        track_of[[plan.categories.index(c) for c in track.categories]] = index
    which = track_of[category_codes(plan, submissions)]
    return [(t, np.flatnonzero(which == i)) for i, t in enumerate(plan.tracks)]


def category_codes(plan: Plan, submissions: Submissions) -> Rows:
    """Each unit's category as its place in the rubric's list; past the last where it has none of them."""
    none = len(plan.categories)
    category = submissions.columns.get(plan.base.category)
    if not isinstance(category, Column):
        return np.full(len(submissions), none, dtype=np.int64)
    codes = np.full(len(submissions), none, dtype=np.int64)
    for code, name in enumerate(plan.categories):
        codes[np.asarray(category.values == name, dtype=bool)] = code
    if category.why is not None:
        codes[category.why > 0] = none
    return codes
