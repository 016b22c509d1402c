"""What formulas take over a list: of each unit's records, or of a panel's marks; a blank element is no element."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from statistics import median
from typing import Any

import numpy as np

from scorekit.domain.column import Column, Why, stack
from scorekit.domain.exact import Exact
from scorekit.domain.functions import FUNCTIONS
from scorekit.domain.marks import Panel, Records
from scorekit.domain.ordering import codes

OF_NUMBERS = ("sum", "mean", "median", "product", "min", "max", "best", "worst", "trimmed", "nth", "deviation")
OF_TRUTHS = ("any", "all")
OF_VALUES = ("distinct",)
PLACED = ("best", "worst", "trimmed", "nth")
"""They need a whole number besides: how many of the elements, or which of them."""


def over_records(function: str, records: Records, values: Column | None, counted: Column | None, number: Column | None = None) -> Column:
    """*function* over the records for which *counted* is true (all, where it is None), taking *values* of each.

    Where it cannot be known which records count, or a value is invalid, the result is not known either. Nothing to
    take a mean, median, least or greatest of is missing; a sum of nothing is 0, a product 1. *number* is how many
    elements best, worst and trimmed take or leave out, and the place that nth asks for.
    """
    size = int(records.offsets[-1])
    counted = None if counted is None else counted.spread(size)
    if values is None:
        return records.count(counted)
    if function in OF_TRUTHS:
        return _quantified(function, records, values.spread(size), counted)
    return _taken(function, records, values.spread(size), counted, number)


def over_panel(function: str, panel: Panel, number: Column | None = None) -> Column:
    """*function* over the marks that each unit has; where every mark says that it does not apply, neither does the figure."""
    found = _of_marks(function, panel, number)
    aside = panel.not_applicable()
    if not aside.any():
        return found
    return Column(
        found.kind, found.values, np.where(aside, np.uint8(Why.NOT_APPLICABLE), 0 if found.why is None else found.why), found.unit
    )


def _of_marks(function: str, panel: Panel, number: Column | None) -> Column:
    if function == "count":
        return panel.count().masked_where(panel.invalid(), Why.INVALID)
    if function == "mean":
        return panel.trimmed_mean(0, 1)
    units, raters = len(panel), len(panel.raters)
    marks = stack(panel.marks).take(np.arange(units * raters).reshape(raters, units).T.ravel())
    return _taken(function, Records(np.arange(0, units * raters + 1, raters), {}), marks, None, number)


def mark_of(panel: Panel, rater: str) -> Column:
    """The marks of one rater (or the votes for one option); missing where the panel does not know him."""
    known = dict(zip(panel.raters, panel.marks, strict=True))
    return known[rater] if rater in known else Column.of(None).spread(len(panel))


def over_children(figures: Mapping[str, Sequence[Column]], rates: bool) -> Records:
    """A section's children as each unit's records: only those that apply to it. *figures* hold one column a child.

    A unit of which some child has no points has no list.
    """
    points = figures["points"]
    children, units = len(points), max((len(p) for p in points), default=1)
    why = np.zeros((units, children), dtype=np.uint8)
    for place, column in enumerate(points):
        if column.why is not None:
            why[:, place] = column.why
    there = (why == Why.PRESENT) | (why >= Why.MISSING)
    rows = np.arange(units * children).reshape(children, units).T[there]
    columns = {name: stack([c.spread(units) for c in found]).take(rows) for name, found in figures.items() if found}
    if rates and columns:
        columns["rate"] = columns["points"] / columns["full"]
    lacking = np.max(np.where(there, why, np.uint8(Why.PRESENT)), axis=1, initial=0)
    offsets = np.concatenate([[0], np.cumsum(there.sum(axis=1))]).astype(np.int64)
    return Records(offsets, columns, lacking if lacking.any() else None)


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


def _taken(function: str, records: Records, values: Column, counted: Column | None, number: Column | None) -> Column:
    """A figure over the elements that are there; a truth counts as 1 or 0."""
    if values.kind == "truth":
        values = Column("number", values._exact(), values.why)
    there, doubt = _elements(values, counted)
    offsets = np.concatenate([[0], np.cumsum(there)])[records.offsets].astype(np.int64)
    elements = Records(offsets, {}, _graver(records, doubt))
    kept = Column(values.kind, values.values).take(np.flatnonzero(there))
    none = elements.lengths == 0
    if function in PLACED:
        assert number is not None
        return _placed(function, elements, kept, number.spread(len(records)))
    if function == "distinct":
        return _distinct(elements, kept)
    if function == "deviation":
        return _deviation(elements, kept).masked_where(none, Why.MISSING)
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


def _placed(function: str, elements: Records, values: Column, number: Column) -> Column:
    """By place among a unit's elements, the greatest first; equal elements take one place each.

    A number below 0 (nth: below 1) or between two whole ones is out of range.
    """
    order = np.lexsort((codes(values, high_first=function != "worst"), elements.owners))
    ordered = values.take(order)
    place = np.arange(len(order)) - elements.offsets[elements.owners]
    whole = number.floor()
    wrong = np.asarray((whole != number).values | (number < (1 if function == "nth" else 0)).values, dtype=bool)
    k = (whole.values.at_most(Exact.one(len(order) + 1)).num * ~wrong).astype(np.int64)
    mine, lengths = k[elements.owners], elements.lengths
    if function == "nth":
        chosen = place == mine - 1
        there = Records(_offsets(elements, chosen), {}, elements.why)
        top = there.total(Column("number", ordered.values).take(np.flatnonzero(chosen)))
        found = Column(values.kind, top.values, top.why).masked_where(k > lengths, Why.MISSING)
    else:
        chosen = (place >= mine) & (place < (lengths - k)[elements.owners]) if function == "trimmed" else place < mine
        left = Records(_offsets(elements, chosen), {}, elements.why)
        found = left.total(ordered.take(np.flatnonzero(chosen)))
    if function == "trimmed":
        found = (found / Column.array(np.maximum(left.lengths, 1))).masked_where(lengths == 0, Why.MISSING)
        found = found.masked_where(lengths <= 2 * k, Why.TOO_FEW)
    return found.masked_where(wrong, Why.OUT_OF_DOMAIN).masked_like(number)


def _offsets(elements: Records, chosen: Any) -> Any:
    """Where each unit's elements begin when only the *chosen* ones (in their order by owner) are kept."""
    return np.concatenate([[0], np.cumsum(chosen)])[elements.offsets].astype(np.int64)


def _distinct(elements: Records, values: Column) -> Column:
    """How many different values there are."""
    code = codes(values)
    order = np.lexsort((code, elements.owners))
    first = np.r_[True, (np.diff(code[order]) != 0) | (np.diff(elements.owners) != 0)][: len(order)]
    return Records(_offsets(elements, first), {}, elements.why).count()


def _deviation(elements: Records, values: Column) -> Column:
    """√(Σx²/n − (Σx/n)²), the deviation of the elements as a whole population, at ten decimals."""
    count = Column.array(np.maximum(elements.lengths, 1))
    mean = elements.total(values) / count
    found: Column = FUNCTIONS["sqrt"](elements.total(values * values) / count - mean * mean)
    return found


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
