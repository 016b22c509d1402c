"""Merged cells of a sheet: how far heads reach, and values that nobody can tell whose they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Any

from scorekit.plugin import Problem, T, Unreadable

from .headings import letter
from .package import Refused
from .sifting import Sifter

if TYPE_CHECKING:
    from .sheet import _Grid

_MERGES = 3_000_000


def merged_across(grid: _Grid, parser: Any) -> dict[tuple[int, int], int]:
    """How far the merged cells of a head reach, by the place of their first."""
    index = {number: i for i, (number, _) in enumerate(grid.head_rows)}
    merges = parser.merged_cells.mergeCell if len(grid.head_rows) > 1 else ()
    return {(index[m.min_row], m.min_col - 1): m.max_col - 1 for m in merges if m.min_row in index}


def judge_heads(grid: _Grid, parser: Any) -> None:
    """Give nobody what stands under a head that is merged over several columns with values: which of them is meant cannot be told."""
    last, kept = grid.head_rows[-1][0], set(grid.numbers)
    for merge in parser.merged_cells.mergeCell:
        columns = range(merge.min_col - 1, min(merge.max_col, len(grid.names)))
        if not (merge.min_row <= last <= merge.max_row and columns and grid.names[columns[0]]) or any(grid.names[c] for c in columns[1:]):
            continue
        filled = [c for c in columns if any(row[c] is not None for row in grid.rows)]
        filled += [c - 1 for c, row in sorted(grid.beyond.items()) if merge.min_col <= c <= merge.max_col and row in kept]
        if len(filled) > 1:
            what = T(
                "the head “{name}” stands over several columns with values: {letters}",
                name=grid.names[columns[0]],
                letters=[letter(c) for c in filled],
            )
            fault = Unreadable("", what, T("write a head of its own above each column"))
            for row in grid.rows:
                row[columns[0]] = fault


def judge_merges(grid: _Grid, sifter: Sifter, parser: Any) -> None:
    """Warn of merged cells among the units' rows; a value hidden under them is given to nobody."""
    work = 0
    for merge in parser.merged_cells.mergeCell:
        first, last = bisect_left(grid.numbers, merge.min_row), bisect_right(grid.numbers, merge.max_row)
        columns = range(merge.min_col - 1, min(merge.max_col, len(grid.names)))
        work += (last - first) * len(columns) + 1
        if work > _MERGES:
            raise Refused(T("the workbook has too many merged cells"), T("unmerge the cells and fill in each of them"))
        if first == last or not columns:
            continue
        cure = T("unmerge the cells and fill in each of them")
        what = T("the cells {range} are merged; only the first of them has a value", range=merge.coord)
        sifter.problems.append(Problem("warning", what, cure, file=sifter.file, sheet=sifter.sheet, cell=merge.coord))
        for place in range(first, last):
            for column in columns:
                value = grid.rows[place][column]
                if value is not None and (grid.numbers[place], column + 1) != (merge.min_row, merge.min_col):
                    hidden = T("a value is hidden under the merged cells {range}", range=merge.coord)
                    grid.rows[place][column] = Unreadable(str(value), hidden, cure)
