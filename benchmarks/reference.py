"""The same work by hand: numpy in blocks, written for this one rubric, floats for rates; what a good script would do."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.workload import BAND, BONUS, BOOL, COUNT, JUDGE, RATERS, RATIO, VETO

ZERO, PART, FULL, CAPPED, MISSING, FIRED, CLEAR = range(7)
Columns = dict[str, np.ndarray[Any, Any]]
BLOCK = 16_384


def score(data: Columns, chosen: dict[str, list[int]], block: int = BLOCK, *, ranks: bool = True) -> dict[str, Any]:
    """Points (hundredths), reasons, values, total, level and (unless done elsewhere) rank of every unit."""
    size = len(data["unit"])
    out: dict[str, Any] = {
        "points": np.empty((57, size), np.int16),
        "reasons": np.empty((60, size), np.uint8),
        "values": np.empty((RATIO + JUDGE, size), np.float32),
        "total": np.empty(size, np.int32),
        "level": np.empty(size, np.uint8),
        "key": np.empty(size, np.int64),
    }
    for start in range(0, size, block):
        _block(data, chosen, out, slice(start, min(size, start + block)))
    if ranks:
        out["rank"] = ranked(data["category"], out["key"], out["level"])
    return out


def _block(data: Columns, chosen: dict[str, list[int]], out: dict[str, Any], s: slice) -> None:  # noqa: PLR0915 - one program, written out as a good script would be
    points, reasons, values = out["points"], out["reasons"], out["values"]
    row = 0
    for i in range(BOOL):
        v = data[f"basic.b{i}"][s]
        one = v == 1
        np.multiply(one, np.int16(chosen["bool"][i]), out=points[row, s])
        reasons[row, s] = np.where(one, FULL, np.where(v == -1, MISSING, ZERO))
        row += 1
    rates = np.zeros(s.stop - s.start, np.int32)
    for i in range(RATIO):
        whole = data[f"rates.d{i}"][s]
        known = whole != 0
        with np.errstate(divide="ignore", invalid="ignore"):
            percent = data[f"rates.n{i}"][s] * 100.0 / whole
        lost = np.maximum(chosen["target"][i] - percent, 0) * chosen["deduct"][i]
        lost[~known] = 300
        p = points[row, s]
        p[:] = np.maximum(np.floor(300.5 - lost), 0)
        values[i, s] = percent
        r = reasons[row, s]
        r[:] = PART
        r[p == 300] = FULL
        r[p == 0] = ZERO
        r[~known] = MISSING
        rates += p
        row += 1
    lines = np.array([ZERO, PART, PART, FULL], np.uint8)
    for i in range(BAND):
        v = data[f"bands.g{i}"][s]
        band = (v >= np.float32(0.25)).view(np.int8) + (v >= np.float32(0.5)).view(np.int8) + (v >= np.float32(0.75)).view(np.int8)
        np.multiply(band, np.int16(100), out=points[row, s])
        reasons[row, s] = lines[band]
        row += 1
    for i in range(COUNT):
        raw = data[f"counts.c{i}"][s] * np.int16(50)
        cap = np.int16(chosen["cap"][i])
        np.minimum(raw, cap, out=points[row, s])
        r = reasons[row, s]
        r[:] = PART
        r[raw == 0] = ZERO
        r[raw == cap] = FULL
        r[raw > cap] = CAPPED
        row += 1
    judged = np.zeros(s.stop - s.start, np.int32)
    for i in range(JUDGE):
        marks = [data[f"judged.j{i}@{r}"][s] for r in RATERS]
        total, high, low = marks[0].copy(), marks[0].copy(), marks[0].copy()
        for mark in marks[1:]:
            total += mark
            np.maximum(high, mark, out=high)
            np.minimum(low, mark, out=low)
        mean = (total - high - low).astype(np.float64) / 5
        values[RATIO + i, s] = mean
        p = points[row, s]
        p[:] = np.floor(mean * 40 + 0.5)
        r = reasons[row, s]
        r[:] = PART
        r[p == 400] = FULL
        r[p == 0] = ZERO
        judged += p
        row += 1
    base = points[:row, s].sum(axis=0, dtype=np.int32)
    bonus = np.zeros(s.stop - s.start, np.int32)
    for i in range(BONUS):
        p = points[row, s]
        p[:] = data[f"bonus.x{i}"][s] * np.int16(25)
        reasons[row, s] = np.where(p == 0, ZERO, FULL)
        bonus += p
        row += 1
    total = out["total"][s]
    total[:] = base + np.minimum(bonus, 300)
    veto = np.zeros(s.stop - s.start, bool)
    for i in range(VETO):
        fired = data[f"v{i}"][s] == 1
        veto |= fired
        reasons[row + i, s] = np.where(fired, FIRED, CLEAR)
    level = out["level"][s]
    level[:] = 1
    for line in (5000, 6000, 7000):
        level += total >= line
    level[veto] = 0
    out["key"][s] = (total.astype(np.int64) << 32) | (judged.astype(np.int64) << 16) | rates


def ranked(category: np.ndarray[Any, Any], key: np.ndarray[Any, Any], level: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The rank of each unit within its category by its key, the greatest first; 0 for who has no level."""
    rank = np.zeros(len(key), np.int32)
    for c in range(int(category.max()) + 1):
        index = np.flatnonzero((category == c) & (level > 0))
        if not len(index):
            continue
        mine = -key[index]
        order = np.argsort(mine, kind="stable")
        ordered = mine[order]
        new = np.r_[True, ordered[1:] != ordered[:-1]]
        first = np.flatnonzero(new)
        rank[index[order]] = np.repeat(first + 1, np.diff(np.append(first, len(ordered))))
    return rank
