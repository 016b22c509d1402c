"""What formulas take over a list: of each unit's records, or of a panel's marks; a blank element is no element."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np

from scorekit.domain.column import Column, Why, stack
from scorekit.domain.exact import Exact
from scorekit.domain.marks import Panel, Records

OF_NUMBERS = ("sum", "mean", "median", "product", "min", "max")
OF_TRUTHS = ("any", "all")


def over_records(function: str, records: Records, values: Column | None, counted: Column | None) -> Column:
    """*function* over the records for which *counted* is true (all, where it is None), taking *values* of each.

    Where it cannot be known which records count, or a value is invalid, the result is not known either. Nothing to
    take a mean, median, least or greatest of is missing; a sum of nothing is 0, a product 1.
    """
    size = int(records.offsets[-1])
    counted = None if counted is None else counted.spread(size)
    if values is None:
        return records.count(counted)
    if function in OF_TRUTHS:
        return _quantified(function, records, values.spread(size), counted)
    return _taken(function, records, values.spread(size), counted)


def over_panel(function: str, panel: Panel) -> Column:
    """*function* over the marks that each unit has."""
    if function == "count":
        return panel.count().masked_where(panel.invalid(), Why.INVALID)
    if function == "mean":
        return panel.trimmed_mean(0, 1)
    units, raters = len(panel), len(panel.raters)
    marks = stack(panel.marks).take(np.arange(units * raters).reshape(raters, units).T.ravel())
    return _taken(function, Records(np.arange(0, units * raters + 1, raters), {}), marks, None)


def handed_in(value: Panel | Records) -> Column:
    """Where a list was handed in, or some mark given."""
    if isinstance(value, Panel):
        return Column("truth", value.present().any(axis=1))
    return Column("truth", np.ones(len(value), dtype=bool) if value.why is None else value.why == 0)


def _quantified(function: str, records: Records, values: Column, counted: Column | None) -> Column:
    """any: some record surely; all: none surely against it. Unknown only where nothing is sure and something might be."""
    wanted = values if function == "any" else ~values
    hits = wanted if counted is None else counted & wanted
    sure = records.count(Column("truth", hits.values & ~hits.masked))
    unsure = records.count(hits)
    found = sure > 0 if function == "any" else sure == 0
    if unsure.why is None:
        return found
    handed = True if records.why is None else records.why == 0
    decided = np.asarray((sure > 0).values, dtype=bool) & handed
    return Column("truth", found.values, np.where(decided, np.uint8(Why.PRESENT), unsure.why))


def _taken(function: str, records: Records, values: Column, counted: Column | None) -> Column:
    """A number over the elements that are there; a truth counts as 1 or 0."""
    if values.kind == "truth":
        values = Column("number", values._exact(), values.why)
    there, doubt = _elements(values, counted)
    offsets = np.concatenate([[0], np.cumsum(there)])[records.offsets].astype(np.int64)
    elements = Records(offsets, {}, _graver(records, doubt))
    kept = Column(values.kind, values.values).take(np.flatnonzero(there))
    none = elements.lengths == 0
    if function == "sum":
        return elements.total(kept)
    if function == "product":
        return _reduced(elements, kept, lambda v: math.prod(v, start=Fraction(1)))
    if function == "mean":
        return (elements.total(kept) / Column.array(np.maximum(elements.lengths, 1))).masked_where(none, Why.MISSING)
    if function == "median":
        return _reduced(elements, kept, lambda v: median(v) if v else Fraction(0)).masked_where(none, Why.MISSING)
    top = elements.best(kept) if function == "max" else -elements.best(-kept)
    return Column(values.kind, top.values, top.why).masked_where(none, Why.MISSING)


def _elements(values: Column, counted: Column | None) -> tuple[Any, Any]:
    """Which records give an element, and for each record the reason (or 0) for which that is not known."""
    why = np.zeros(len(values), dtype=np.uint8) if values.why is None else values.why
    doubt = np.where(why > Why.MISSING, why, np.uint8(Why.PRESENT))
    there = why == Why.PRESENT
    if counted is not None:
        asked = np.zeros(len(values), dtype=np.uint8) if counted.why is None else counted.why
        wanted = np.asarray(counted.values, dtype=bool) & (asked == 0)
        doubt = np.where(asked > 0, asked, np.where(wanted, doubt, np.uint8(Why.PRESENT)))
        there = there & wanted
    return there, doubt


def _graver(records: Records, doubt: Any) -> Any:
    """Why a unit has no figure: its list was not handed in, or one of its records is in doubt."""
    if not doubt.any():
        return records.why
    worst = np.zeros(len(records), dtype=np.uint8)
    np.maximum.at(worst, records.owners, doubt)
    return worst if records.why is None else np.maximum(worst, records.why)


def _reduced(records: Records, values: Column, reduce: Callable[[Sequence[Fraction]], Fraction]) -> Column:
    listed = values.values.fractions()
    runs = zip(records.offsets[:-1].tolist(), records.offsets[1:].tolist(), strict=True)
    return Column("number", Exact.of(reduce(listed[start:end]) for start, end in runs), records.why)
