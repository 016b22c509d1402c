"""Which units a workbook shows, in which order, by which names; a sheet has only so many rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorekit.plugin import Column, Line, Outcome, listed_rows, score_lines, shown, unit_tracks

Rows = npt.NDArray[np.int64]
MOST_UNITS = 20_000
MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Choice:
    """The units that are shown, best first within their categories; ``each`` is how many of a category, 0 for all.

    ``track`` are the tracks of ``rows``, ``follows`` those of all units.
    ``names`` and ``lines`` are those that may be shown to everybody: no personal data is in them.
    """

    rows: Rows
    names: list[str]
    category: list[str]
    track: Rows
    follows: Rows
    lines: tuple[Line, ...]
    each: int

    def categories(self) -> Iterator[tuple[str, Rows]]:
        """Each category with the places of its units in ``rows``."""
        for category in dict.fromkeys(self.category):
            yield category, np.array([i for i, c in enumerate(self.category) if c == category], dtype=np.int64)


def chosen(outcome: Outcome, most: int | None = None) -> Choice:
    """All units, or the best of each category where there are more than *most*."""
    most = MOST_UNITS if most is None else most
    rows, each = listed_rows(outcome), 0
    if len(rows) > most:
        categories: dict[str, int] = {}
        each = most // max(1, len(set(outcome.standings.category)))
        kept = []
        for row in rows.tolist():
            category = outcome.standings.category[row]
            categories[category] = categories.get(category, 0) + 1
            if categories[category] <= each:
                kept.append(row)
        rows = np.array(kept, dtype=np.int64)
    category = [outcome.standings.category[i] for i in rows.tolist()]
    follows = unit_tracks(outcome)
    return Choice(rows, _names(outcome, rows), category, follows[rows], follows, score_lines(outcome), each)


def personal(outcome: Outcome) -> frozenset[str]:
    """The fields that hold personal data."""
    return frozenset(f.path for f in outcome.plan.fields if f.personal)


def _names(outcome: Outcome, rows: Rows) -> list[str]:
    """The units' names; where a name is made of several fields, without those that are personal data."""
    identity, hidden = outcome.plan.base.identity, personal(outcome)
    public = [p for p in identity if p not in hidden]
    columns = [outcome.submissions.columns.get(p) for p in public]
    whole = [outcome.standings.unit[i] for i in rows.tolist()]
    if len(public) == len(identity) or not public:
        return whole
    parts = [shown(c.take(rows)) for c in columns if isinstance(c, Column)]
    return [" / ".join(filter(None, told)) or name for name, *told in zip(whole, *parts, strict=True)]
