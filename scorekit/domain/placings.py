"""What rankings went by: the figure and the grouping fields of every unit, for those who print a ranking by itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scorekit.domain.column import Column, stack
from scorekit.domain.formula import evaluate
from scorekit.domain.outputs import Outcome
from scorekit.domain.plan import RankingPlan
from scorekit.domain.scope import TrackScope
from scorekit.domain.tracks import track_scopes


def ranked_by(outcome: Outcome, ranking: RankingPlan) -> tuple[Column, tuple[Column, ...]]:
    """The figure that a ranking goes by and the fields within which it ranks, one row a unit."""

    def figure_in(scope: TrackScope) -> Column:
        own = next((r for r in scope.track.rankings if r.spec.id == ranking.spec.id), None)
        return Column.of(None) if own is None else evaluate(own.by, scope)

    figure = _whole(outcome, figure_in)
    return figure, tuple(_whole(outcome, lambda scope, name=name: scope.value(name)) for name in ranking.spec.within)  # type: ignore[misc]


def _whole(outcome: Outcome, value: Callable[[TrackScope], object]) -> Column:
    """A value of every unit, each track's rows by its own standard."""
    scopes = track_scopes(outcome.plan, outcome.submissions, outcome.sheet)
    parts = [found.spread(len(rows)) for scope, rows in scopes if isinstance(found := value(scope), Column)]
    back = np.argsort(np.concatenate([rows for _, rows in scopes]), kind="stable")
    return parts[0] if len(parts) == 1 else stack(parts).take(back)
