"""What becomes of rows of units that stand in several tables, and the tables with what is left of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.domain.intake import RawTable
from scorekit.domain.roll import Rows
from scorekit.domain.tables import Origin
from scorekit.loading.versions import some

Marks = npt.NDArray[np.uint64]
"""A number for the unit of each row of a table: those of one unit have the same; 0 where a row names none."""


def shared_rows(marks: Sequence[Marks]) -> list[Rows]:
    """Of each table the rows whose mark stands elsewhere, too."""
    ordered = np.sort(np.concatenate([np.zeros(0, dtype=np.uint64), *marks]))
    often = ordered[1:][(ordered[1:] == ordered[:-1]) & (ordered[1:] > 0)]
    return [np.flatnonzero(np.isin(own, often)) if len(often) else np.zeros(0, dtype=np.int64) for own in marks]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of some *rows* of a table: which stay, and by column and row the values they get and the places of those."""

    rows: Rows
    keep: npt.NDArray[np.bool_]
    changes: Mapping[str, Mapping[int, Any]]
    places: Mapping[str, Mapping[int, Origin]]

    def on(self, table: RawTable) -> RawTable | None:
        """The table with the rows that stay; None where none does."""
        keep = np.ones(len(table), dtype=bool)
        keep[self.rows] = self.keep
        if not keep.any():
            return None
        filled = self._changed(table) if self.changes else table
        return filled if keep.all() else some(filled, np.flatnonzero(keep).tolist())

    def _changed(self, table: RawTable) -> RawTable:
        columns: dict[str, Any] = dict(table.columns)
        for header, cells in self.changes.items():
            whole: list[Any] = listed(columns[header]) if header in columns else [None] * len(table)
            for inner, value in cells.items():
                whole[inner] = value
            columns[header] = whole
        places = {name: {**table.elsewhere.get(name, {}), **found} for name, found in self.places.items()}
        return replace(table, columns=columns, elsewhere={**table.elsewhere, **places})


def left_of(tables: Iterable[RawTable], verdicts: Mapping[int, Verdict]) -> Iterator[tuple[RawTable, RawTable | None]]:
    """Each table beside what is left of it, None where no row is."""
    for number, table in enumerate(tables):
        yield table, verdicts[number].on(table) if number in verdicts else table


def part(table: RawTable, rows: Rows) -> RawTable:
    """Some rows of a table; the table itself where it has no others."""
    return table if len(rows) == len(table) else some(table, rows.tolist())


def listed(cells: Any) -> list[Any]:
    """All cells of a column, None where a figure is masked."""
    if isinstance(cells, np.ma.MaskedArray):
        return list(cells.tolist())
    return list(cells.tolist()) if isinstance(cells, np.ndarray) else list(cells)
