"""Taking points and values from some units."""

from __future__ import annotations

import numpy as np

from scorekit.domain.column import Why
from scorekit.domain.tables import Reason
from scorekit.domain.voiding import masked_column, voided
from tests.building import column_of, criterion, outcome_of, points, reasons


def test_the_marked_rows_lose_all_figures_and_the_others_keep_theirs() -> None:
    found = outcome_of({"a": criterion()}, {"a": [5, 7]})
    sheet = voided(found.sheet, np.array([True, False]), Why.MISSING)
    assert sheet.points["a"].listed() == [None, 7]
    assert sheet.totals["total"].masked.tolist() == [True, False]
    assert sheet.reasons["a"].tolist()[0] == Reason.MISSING
    assert (points(found, "a"), len(reasons(found, "a"))) == ([5, 7], 2)


def test_a_masked_column_keeps_the_reasons_of_other_rows() -> None:
    column = masked_column(column_of(1).spread(3), np.array([False, True, False]), Why.MISSING)
    again = masked_column(column, np.array([True, False, False]))
    assert again.why is not None
    assert again.why.tolist() == [Why.INVALID, Why.MISSING, 0]
