"""Rank: within each category, by the total and the tie chain; who is not ranked holds no rank and moves nobody down."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why, stack
from scorekit.domain.formula import evaluate
from scorekit.domain.ordering import Codes, codes, shared_ranks
from scorekit.domain.plan import Plan
from scorekit.domain.tables import Reason, ScoreSheet, Submissions
from scorekit.domain.tracks import category_codes, gate_rows, track_scopes


def rank(plan: Plan, submissions: Submissions, sheet: ScoreSheet, barred: npt.NDArray[np.bool_]) -> ScoreSheet:
    """The sheet with ``totals["rank"]``: a column of places, masked for units without one.

    *barred* marks units that are invalid or only assessed. A unit without a total, with an open gate, or that a
    "not ranked" gate removed is left out before places are counted.
    """
    total = sheet.totals["total"]
    removed = gate_rows(plan, submissions, sheet, Reason.GATE_FIRED, "not ranked")
    out = barred | total.masked | removed | gate_rows(plan, submissions, sheet, Reason.GATE_OPEN)
    rows = np.flatnonzero(~out)
    keys = [codes(total.take(rows)), *(k[rows] for k in _tie_keys(plan, submissions, sheet))]
    ranks = np.zeros(len(submissions), dtype=np.int64)
    ranks[rows] = shared_ranks(category_codes(plan, submissions)[rows], keys)
    return sheet.having(totals={"rank": Column.array(ranks).masked_where(ranks == 0, Why.NOT_APPLICABLE)})


def _tie_keys(plan: Plan, submissions: Submissions, sheet: ScoreSheet) -> list[Codes]:
    """One column of codes for each key of the chain, every track's rows by its own formula."""
    found: list[Codes] = []
    scopes = track_scopes(plan, submissions, sheet)
    for place, tie in enumerate(plan.tracks[0].ties):
        values = [evaluate(scope.track.ties[place].by, scope).spread(len(rows)) for scope, rows in scopes]
        column = np.zeros(len(submissions), dtype=np.int64)
        column[np.concatenate([rows for _, rows in scopes])] = codes(stack(values), tie.spec.first == "high")
        found.append(column)
    return found
