"""自评对照: own, first and assessed scores of the whole unit by unit, then the items on which they differ, most first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from scorekit.plugin import Column, Comparison, Side, T, compared, nearest, standing_figures, whole_score

from .workbook_choice import Choice
from .workbook_paper import Cell, Page, Paper, legible, numbers, styled, widest

MOST_DIFFERENCES = 5_000
"""Rows of the list of differences."""
_WIDTHS = (9.0, 44.0, 11.0, 11.0, 11.0, 11.0, 11.0)
Table = list[list[Any]]
"""By column unit, number, item, full marks, own, first, points, difference; then the digits of the points, row by row."""


def write_comparison(paper: Paper, choice: Choice) -> None:
    """The sheet, where somebody gave own or first scores."""
    found = compared(choice.outcome)
    if found is None:
        return
    say = paper.say
    page = paper.page(say(T("Own scores compared")), [widest(choice.names, 14, 28), *_WIDTHS])
    page.title(say(T("{title}: own, first and assessed scores", title=paper.outcome.plan.base.title)), 16)
    page.line(
        say(
            T(
                "The difference is the assessed points less the own score or, where there is none, less the first score. "
                "A score of the whole that was not given is the sum of those of its items, where none is lacking."
            )
        )
    )
    left_out = choice.left_out("comparison")
    if left_out is not None:
        page.line(say(left_out))
    page.heads([say(h) for h in (T("unit"), T("no."), T("criterion"), T("full marks"), *_SCORES, T("difference"))])
    page.freeze(1)
    _fill(page, _totals(paper, choice))
    rows, same = _differing(found)
    page.line(say(T("Items by the size of the difference; {count} more show none", count=same)), bold=True)
    if len(rows) > MOST_DIFFERENCES:
        told = {"count": len(rows) - MOST_DIFFERENCES, "table": "comparison.csv / comparison.parquet"}
        page.line(say(T("{count} more rows are in {table} beside this file.", **told)))
    _fill(page, _listed(choice, found, rows[:MOST_DIFFERENCES]))


_SCORES = (T("own score"), T("first score"), T("assessed"))


def _totals(paper: Paper, choice: Choice) -> Table:
    """The scores of the whole of every unit that is shown, in the order of the ranking."""
    few = choice.outcome
    own, first = (whole_score(few.plan, few.submissions, few.sheet, kind) for kind in ("own", "first"))
    count, digits = len(choice.names), few.plan.decimals
    points = standing_figures(few)["total"][0].minted(digits)
    against = own.where(Column("truth", ~own.masked), first) if own.why is not None else own
    full = few.sheet.totals.get("full")
    return [
        list(choice.names),
        [""] * count,
        [paper.say(T("the whole"))] * count,
        [None] * count if full is None else _plain(full.spread(count)),
        _plain(own),
        _plain(first),
        numbers(points, digits),
        _plain(points - against),
        [digits] * count,
    ]


def _differing(found: Comparison) -> tuple[np.ndarray, int]:
    """The rows of items (the whole stands above) that differ or cannot be compared, and how many show no difference."""
    items = np.flatnonzero(np.array([bool(path) for path in found.items])[found.item]) if len(found) else np.zeros(0, dtype=np.int64)
    return items[~found.alike[items]], int(found.alike[items].sum())


def _listed(choice: Choice, found: Comparison, rows: np.ndarray) -> Table:
    """Some rows of the comparison."""
    table: Table = [[None] * len(rows) for _ in range(9)]
    for code in np.unique(found.item[rows]).tolist():
        places, path = np.flatnonzero(found.item[rows] == code), found.items[code]
        units = found.row[rows[places]]
        for column, cells in zip(table, _of_item(choice, found, path, units, found.side(path, units)), strict=True):
            for place, cell in zip(places.tolist(), cells, strict=True):
                column[place] = cell
    return table


def _of_item(choice: Choice, found: Comparison, path: str, units: np.ndarray, side: Side) -> Table:
    """The rows of one item, of some units."""
    spec, sheet, count, digits = found.specs[path], found.outcome.sheet, len(units), found.decimals[path]
    full = sheet.full.get(path, sheet.section_full.get(path))
    return [
        [choice.names[u] for u in units.tolist()],
        ["" if spec is None else spec.no] * count,
        ["" if spec is None else spec.title] * count,
        [None] * count if full is None else _plain(full.spread(sheet.size).take(units)),
        _plain(side.own),
        _plain(side.first),
        numbers(side.points, digits),
        _plain(side.difference),
        [digits] * count,
    ]


def _fill(page: Page, table: Table) -> None:
    """Write rows: texts to the left, figures in the middle, points with their digits, a dash where there is no figure."""
    left, middle, paper = page.paper.style(align="left"), page.paper.style(align="center"), page.paper
    *columns, digits = table
    points = {d: paper.points(d) for d in set(digits)}
    cells: list[tuple[Sequence[Cell], Sequence[Any]]] = []
    for place, column in enumerate(columns):
        if place < 3:
            cells.append(styled(legible(column), middle if place == 1 else left))
            continue
        shown = ["—" if c is None else c for c in column]
        cells.append((shown, [points[d] for d in digits]) if place == 6 else styled(shown, middle))
    page.fill(cells)


def _plain(column: Column) -> list[float | None]:
    """Figures as they are, None where there is none."""
    return [None if masked else value for value, masked in zip(nearest(column).tolist(), column.masked.tolist(), strict=True)]
