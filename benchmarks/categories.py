"""Ranks within five categories, ties and tie chain included: ``python -m benchmarks.categories [UNITS] [SEED]``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import ours, reference, scoring, workload
from benchmarks.measure import Row, needed, paired, ready, rows
from scorekit.domain.tables import ScoreSheet
from scorekit.stages.aggregate import aggregate
from scorekit.stages.rank import rank
from scorekit.stages.score import score

PACKED = "argsort of packed keys"
WORST = (1 << 46) - 1


def measured(seed: int = workload.SEED, quick: bool = False, size: int | None = None) -> list[Row]:
    """A row for each program. Those by hand begin with totals packed with what breaks ties; scorekit with its columns of points."""
    size = size or (50_000 if quick else 1_000_000)
    data = workload.columns(size, seed)
    by_hand = reference.score(data, workload.parameters(seed))
    category, key, out = data["category"], by_hand["key"], by_hand["level"] == 0
    plan = ours.plan_of(seed)
    [submissions] = scoring.batches(plan, data, size)
    sheet = aggregate(plan, submissions, score(plan, submissions, ScoreSheet(size), 0), 0)
    barred = np.zeros(size, dtype=bool)
    runs: dict[str, Callable[[], Any]] = {
        PACKED: lambda: packed(category, key, out),
        "scorekit": lambda: rank(plan, submissions, sheet, barred),
        "numpy's sort of the keys alone": lambda: np.sort(key),
        "polars": ready(lambda: _polars(category, key, out)),
        "pandas": ready(lambda: _pandas(category, key, out)),
    }
    times = paired(runs, 5 if quick else 9, warm=True, budget=40)
    right, notes = times[PACKED].found, {}
    for name in ("polars", "pandas"):
        if not times[name].fault:
            notes[name] = f"{int((times[name].found != right).sum())} ranks differ"
    return rows(f"rank within category, {size:,}", times, PACKED, {"scorekit": 1.3}, notes)


def packed(category: Any, key: Any, out: Any) -> Any:
    """One sort of (category, key): a unit's rank is one more than how many of its category stand before its equals."""
    groups = np.where(out, 127, category).astype(np.int64)
    keys = (groups << 56) | (WORST - key)
    order = np.argsort(keys)
    ordered = keys[order]
    first = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    place = np.repeat(first, np.diff(np.append(first, len(keys))))
    start = np.searchsorted(ordered >> 56, np.arange(129))
    group = ordered >> 56
    found = np.empty(len(keys), np.int32)
    found[order] = np.where(group == 127, 0, place - start[group] + 1)
    return found


def _polars(category: Any, key: Any, out: Any) -> Callable[[], Any]:
    needed("polars")
    import polars as pl

    frame = pl.DataFrame({"category": category, "key": key, "out": out})
    place = pl.col("key").rank("min", descending=True).over("category", "out")
    return lambda: frame.select(pl.when("out").then(0).otherwise(place)).to_series().to_numpy()


def _pandas(category: Any, key: Any, out: Any) -> Callable[[], Any]:
    import pandas as pd

    frame = pd.DataFrame({"category": category, "key": key, "out": out})
    return lambda: frame.groupby(["category", "out"])["key"].rank("min", ascending=False).where(~frame["out"], 0).to_numpy()


if __name__ == "__main__":
    numbers = list(map(int, sys.argv[1:]))
    for row in measured(numbers[1] if len(numbers) > 1 else workload.SEED, size=numbers[0] if numbers else None):
        print(row.line())
