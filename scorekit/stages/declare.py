"""Declare: the derived values that a rubric marks for output, as figures of the standings."""

from __future__ import annotations

from scorekit.domain.column import Column
from scorekit.domain.plan import Plan, Track
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import ScoreSheet, Submissions
from scorekit.domain.tracks import by_track


def declare(plan: Plan, submissions: Submissions, sheet: ScoreSheet) -> ScoreSheet:
    """The sheet with a ``totals["figure:…"]`` for each derived value that is marked for output; ranks are there already."""
    if not any(spec.declared.output for track in plan.tracks for spec, _ in track.derived):
        return sheet

    def work(track: Track, scope: TrackScope) -> ScoreSheet:
        for spec, _ in track.derived:
            value = scope.value(spec.path) if spec.declared.output else None
            if isinstance(value, Column):
                scope.add(totals={f"figure:{spec.path}": value.spread(len(scope.submissions))})
        return scope.sheet

    return by_track(plan, submissions, sheet, work)
