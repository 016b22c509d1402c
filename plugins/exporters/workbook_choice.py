"""Which units a workbook shows, in which order, by which names: all of them, or of very many a digest that opens and prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from scorekit.plugin import Column, Line, Outcome, T, Text, listed_rows, reasons_taken, score_lines, shown, unit_tracks

Rows = npt.NDArray[np.int64]
MOST_UNITS = 12_000
"""Up to so many units the ranking shows all of them, and so do the points while they are at most ``MOST_CELLS``."""
MOST_CELLS = 720_000
MOST_ROWS = 1_000_000
RANKED, DETAILED = 5_000, 1_000
"""How many of more units stand in the ranking, and how many with their points, all categories together."""
EACH = 1_000
"""How many of them a category may have."""
NEAR = 100
"""So many units on either side of the last seat are always shown."""
SEATED = 2_000
"""Down to this place all units with a seat are shown."""


@dataclass(frozen=True)
class Choice:
    """The units that are shown, best first within their categories: ``outcome`` holds them alone, in this order.

    ``whole`` says how many units each category has in all. ``track`` are the units' tracks.
    ``names`` and ``lines`` are those that may be shown to everybody: no personal data is in them.
    """

    outcome: Outcome
    names: list[str]
    category: list[str]
    track: Rows
    lines: tuple[Line, ...]
    whole: Mapping[str, int]

    def categories(self) -> Iterator[tuple[str, Rows]]:
        """Each category with the places of its units."""
        places: dict[str, list[int]] = {}
        for place, category in enumerate(self.category):
            places.setdefault(category, []).append(place)
        for category, mine in places.items():
            yield category, np.array(mine, dtype=np.int64)

    def left_out(self, table: str, category: str | None = None) -> Text | None:
        """What is said where not all units (of a category) are shown; *table* is the file that has them all."""
        shown_here = len(self.category) if category is None else self.category.count(category)
        count = sum(self.whole.values()) if category is None else self.whole[category]
        if shown_here == count:
            return None
        told = {"shown": shown_here, "count": count, "table": f"{table}.csv / {table}.parquet"}
        if not any(award for award, its in zip(self.outcome.standings.award, self.category, strict=True) if category in (None, its)):
            return T("Only the first {shown} of {count} units are shown; {table} beside this file has them all.", **told)
        return T(
            "Only {shown} of {count} units are shown: the first ones and those near the last seat; {table} beside this file has them all.",
            **told,
        )


def chosen(outcome: Outcome) -> tuple[Choice, Choice]:
    """The units of the ranking, and those whose points are shown one by one: the same ones where there are not too many."""
    lines, size = score_lines(outcome), len(outcome.standings)
    whole = outcome.standings.category.counts()
    rows = listed_rows(outcome)
    ranked = _choice(outcome, rows if size <= MOST_UNITS else _first(outcome, rows, RANKED, SEATED), lines, whole)
    affordable = max(1, MOST_CELLS // max(1, len(lines)))
    most = affordable if size <= MOST_UNITS else min(affordable, DETAILED)
    if size <= most:
        return ranked, ranked
    fewer = _first(ranked.outcome, np.arange(len(ranked.names)), most, 0)
    return ranked, _choice(ranked.outcome, fewer, lines, whole)


def _choice(outcome: Outcome, rows: Rows, lines: tuple[Line, ...], whole: Mapping[str, int]) -> Choice:
    few = taken(outcome, rows)
    return Choice(few, _names(few), list(few.standings.category), unit_tracks(few), lines, whole)


def taken(outcome: Outcome, rows: Rows) -> Outcome:
    """The same outcome of the units in *rows* alone; what costs time is made of them only when it is asked for."""
    standings = outcome.standings
    texts: dict[str, Any] = {name: getattr(standings, name).take(rows) for name in ("unit", "category", "level", "award", "status")}
    figures = {name: column.spread(len(standings)).take(rows) for name, column in standings.figures.items()}
    few = replace(standings, rank=standings.rank[rows], figures=figures, because=reasons_taken(standings.because, rows), **texts)
    return replace(outcome, submissions=outcome.submissions.take(rows), sheet=outcome.sheet.take(rows), standings=few)


def _first(outcome: Outcome, rows: Rows, most: int, seats: int) -> Rows:
    """Of the listed *rows* the first of each category, *most* in all, and those near its last seat."""
    standings = outcome.standings
    numbers = {category: i for i, category in enumerate(standings.category.counts())}
    codes, seated = standings.category.numbered(numbers, -1)[rows], ~standings.award.rows("")[rows]
    each = max(1, min(EACH, most // len(numbers)))
    kept = np.zeros(len(rows), dtype=bool)
    order = np.argsort(codes, kind="stable")
    for mine in np.split(order, np.flatnonzero(np.diff(codes[order])) + 1):
        kept[mine] = _kept(seated[mine], each, seats)
    return rows[kept]


def _kept(seated: npt.NDArray[np.bool_], each: int, seats: int) -> npt.NDArray[np.bool_]:
    """Which units of a category, best first, are shown: the first *each*, all down to the last seat, some around it."""
    kept = np.zeros(len(seated), dtype=bool)
    kept[:each] = True
    if seated.any():
        last = int(np.flatnonzero(seated)[-1])
        near = min(NEAR, each)
        kept[0 if last < seats else max(0, last - near) : last + near + 1] = True
    return kept


def personal(outcome: Outcome) -> frozenset[str]:
    """The fields that hold personal data."""
    return frozenset(f.path for f in outcome.plan.fields if f.personal)


def _names(outcome: Outcome) -> list[str]:
    """The units' names; where a name is made of several fields, without those that are personal data."""
    identity, hidden = outcome.plan.base.identity, personal(outcome)
    public = [p for p in identity if p not in hidden]
    columns = [outcome.submissions.columns.get(p) for p in public]
    whole = list(outcome.standings.unit)
    if len(public) == len(identity) or not public:
        return whole
    parts = [shown(c) for c in columns if isinstance(c, Column)]
    return [" / ".join(filter(None, told)) or name for name, *told in zip(whole, *parts, strict=True)]
