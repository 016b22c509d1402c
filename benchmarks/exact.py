"""The exact points of the measured work, in whole numbers only, and in which cells floats differ from them.

A rate loses ``(target - 100 n / d) x deduction`` hundredths, half and more counts up: all of it times ``2 d`` is whole, so no digit
is ever lost. What a panel's marks (halves) and the bands' bounds (quarters) come to, floats hold exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.peers import BANDS, BOOLS, COUNTS, CUTS, EACH, EXTRA, EXTRAS, FULL_PANEL, FULL_RATE, LEVELS, LINES, MOST_EXTRA, STEP, VETOES
from benchmarks.reference import CAPPED, CLEAR, FIRED, FULL, MISSING, PART, ZERO
from benchmarks.workload import JUDGE, RATERS, RATIO

Columns = dict[str, np.ndarray[Any, Any]]
SHOWN = 5


@dataclass(frozen=True)
class Difference:
    """In how much a program differs from the exact figures: cells of points and reasons, units by total, level and rank."""

    points: int
    reasons: int
    totals: int
    levels: int
    ranks: int
    cells: tuple[str, ...] = ()

    def __str__(self) -> str:
        """All in one line."""
        if not any((self.points, self.reasons, self.totals, self.levels, self.ranks)):
            return "all equal to the exact figures"
        return f"differ: {self.points} points, {self.reasons} reasons, {self.totals} totals, {self.levels} levels, {self.ranks} ranks"


def rate(n: np.ndarray[Any, Any], d: np.ndarray[Any, Any], target: int, deduct: int) -> np.ndarray[Any, Any]:
    """The points of a rate, n of d, in hundredths; 0 where d is 0."""
    n, d = n.astype(np.int64), d.astype(np.int64)
    lost = np.maximum(target * d - 100 * n, 0) * deduct  # times d
    doubled = 2 * (FULL_RATE * d - lost) + d  # the points and a half, times 2 d
    return np.where(d == 0, 0, np.maximum(doubled // np.maximum(2 * d, 1), 0)).astype(np.int16)


def score(data: Columns, chosen: dict[str, list[int]]) -> Columns:
    """Points, reasons, totals, levels and ranks of all units, exactly."""
    size = len(data["unit"])
    points, reasons = np.zeros((len(LINES), size), np.int16), np.zeros((len(LINES) + len(VETOES), size), np.uint8)
    at = iter(range(len(LINES)))

    def put(value: np.ndarray[Any, Any], full: int | None, missing: Any = False, capped: Any = False) -> None:
        row = next(at)
        points[row] = value
        cases = [value * 0 != missing, value * 0 != capped, value == 0, value == full]
        reasons[row] = np.select(cases, [MISSING, CAPPED, ZERO, FULL], FULL if full is None else PART)

    for name, worth in zip(BOOLS, chosen["bool"], strict=True):
        put((data[name] == 1) * worth, worth, data[name] == -1)
    for i, (target, deduct) in enumerate(zip(chosen["target"], chosen["deduct"], strict=True)):
        whole = data[f"rates.d{i}"]
        put(rate(data[f"rates.n{i}"], whole, target, deduct), FULL_RATE, whole == 0)
    for name in BANDS:
        put(np.searchsorted(CUTS, data[name], side="right") * STEP, STEP * len(CUTS))
    for name, cap in zip(COUNTS, chosen["cap"], strict=True):
        raw = data[name].astype(np.int64) * EACH
        put(np.minimum(raw, cap), cap, capped=raw > cap)
    for i in range(JUDGE):
        halves = np.array([data[f"judged.j{i}@{r}"] * 2 for r in RATERS]).astype(np.int64)
        put((halves.sum(axis=0) - halves.max(axis=0) - halves.min(axis=0)) * 4, FULL_PANEL)  # (/ 2 / 5 marks) / 10 x 400
    for name in EXTRAS:
        put(data[name].astype(np.int64) * EXTRA, None)
    vetoed = np.zeros(size, dtype=bool)
    for row, name in enumerate(VETOES, len(LINES)):
        reasons[row] = np.where(data[name] == 1, FIRED, CLEAR)
        vetoed |= data[name] == 1
    return {"points": points, "reasons": reasons, **_standings(points, vetoed, data["category"])}


def _standings(points: np.ndarray[Any, Any], vetoed: np.ndarray[Any, Any], category: np.ndarray[Any, Any]) -> Columns:
    base = len(LINES) - len(EXTRAS)
    total = points[:base].sum(axis=0, dtype=np.int64) + np.minimum(points[base:].sum(axis=0, dtype=np.int64), MOST_EXTRA)
    level = np.where(vetoed, 0, 1 + np.searchsorted(LEVELS, total, side="right")).astype(np.uint8)
    rates = points[len(BOOLS) : len(BOOLS) + RATIO].sum(axis=0, dtype=np.int64)
    judged = points[base - JUDGE : base].sum(axis=0, dtype=np.int64)
    key, rank = (total << 32) | (judged << 16) | rates, np.zeros(len(total), np.int64)
    for c in np.unique(category):
        mine = np.flatnonzero((category == c) & ~vetoed)
        rank[mine] = np.searchsorted(np.sort(-key[mine]), -key[mine]) + 1
    return {"total": total, "level": level, "rank": rank}


def compare(found: Columns, exact: Columns, data: Columns, chosen: dict[str, list[int]]) -> Difference:
    """How *found* differs; the first few cells in words."""
    other = found["points"] != exact["points"]
    cells = [_cell(row, unit, found, exact, data, chosen) for row, unit in np.argwhere(other)[:SHOWN].tolist()]
    return Difference(int(other.sum()), *(int((found[n] != exact[n]).sum()) for n in ("reasons", "total", "level", "rank")), tuple(cells))


def _cell(row: int, unit: int, found: Columns, exact: Columns, data: Columns, chosen: dict[str, list[int]]) -> str:
    said = (
        f"unit {data['unit'][unit]}, {LINES[row]}: {found['points'][row, unit] / 100:.2f}, exactly {exact['points'][row, unit] / 100:.2f}"
    )
    i = row - len(BOOLS)
    if not 0 <= i < RATIO:
        return said
    n, d = data[f"rates.n{i}"][unit], data[f"rates.d{i}"][unit]
    return f"{said} ({n} of {d}, target {chosen['target'][i]} %, {chosen['deduct'][i] / 100:.2f} a point)"
