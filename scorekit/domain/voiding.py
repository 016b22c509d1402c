"""Taking points and values from some units: what they have is masked, and nothing tells what it was."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from scorekit.domain.column import Column, Why
from scorekit.domain.lazy import columns
from scorekit.domain.marks import Panel, Records
from scorekit.domain.tables import Reason, ScoreSheet, Value

Rows = npt.NDArray[np.bool_]


def voided(sheet: ScoreSheet, rows: Rows, why: Why = Why.INVALID) -> ScoreSheet:
    """The sheet with neither points nor values in *rows*, for the reason *why*; no gate fires there."""
    reasons = columns(sheet.reasons)
    gates = [n for n in reasons if n.startswith("gate:")]
    clear = reasons.only(gates).marked(rows, lambda codes, void: np.where(void, np.uint8(Reason.GATE_CLEAR), codes))
    marked = reasons.marked(rows, lambda codes, void: np.where(void, np.uint8(why), codes))

    def mask(value: Value, void: Rows) -> Value:
        return masked(value, void, why)

    def mask_column(column: Column, void: Rows) -> Column:
        return masked_column(column, void, why)

    return replace(
        sheet,
        points=columns(sheet.points).marked(rows, mask_column),
        sections=columns(sheet.sections).marked(rows, mask_column),
        totals=columns(sheet.totals).marked(rows, mask_column),
        values=columns(sheet.values).marked(rows, mask),
        reasons=marked.beside(clear),
    )


def masked(value: Value, rows: Rows, why: Why = Why.INVALID) -> Value:
    """A value of any kind, masked in *rows*."""
    if isinstance(value, Panel):
        return value.having(masked_column(m, rows, why) for m in value.marks)
    if isinstance(value, Records):
        known = np.uint8(0) if value.why is None else value.why
        return replace(value, why=np.where(rows, np.uint8(why), known).astype(np.uint8))
    return masked_column(value, rows, why)


def masked_column(column: Column, rows: Rows, why: Why = Why.INVALID) -> Column:
    """A column, masked in *rows*."""
    found = np.where(rows, np.uint8(why), np.uint8(0) if column.why is None else column.why)
    return Column(column.kind, column.values, found.astype(np.uint8), column.unit)
