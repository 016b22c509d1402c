"""Aggregate: gates and sections of one pass, leaves up, and at the end base, bonuses, deductions and the total."""

from __future__ import annotations

from scorekit.domain.plan import Plan, Track
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import ScoreSheet, Submissions
from scorekit.domain.tracks import by_track
from scorekit.stages.aggregate.records import record
from scorekit.stages.aggregate.sections import ask, combine
from scorekit.stages.aggregate.totals import totalled

__all__ = ["aggregate"]


def aggregate(plan: Plan, submissions: Submissions, sheet: ScoreSheet, step: int) -> ScoreSheet:
    """The sheet with the gates and sections of pass *step*; with the total where all that it needs is there."""

    def work(track: Track, scope: TrackScope) -> ScoreSheet:
        for gate in track.gates:
            if gate.step == step:
                ask(gate, scope)
        record(scope, step)
        for section in track.sections:
            if section.step == step:
                combine(section, scope)
        if track.total_step == step:
            totalled(track, scope)
        return scope.sheet

    return by_track(plan, submissions, sheet, work)
