"""Weighing and ranking alone, which is what libraries for decisions by many criteria do: ``python -m benchmarks.weighted [UNITS] [SEED]``.

scikit-criteria and pymcdm take a matrix of points that are there already, weigh, add up and rank. They know no rules and no reasons, no
sections, caps or groups of bonuses, no vetoes, categories or tie chains, no missing figures, and they give floats. scorekit is measured
over its stages aggregate and rank, which do all of that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import exact, ours, scoring, workload
from benchmarks.measure import Row, needed, paired, ready, rows
from scorekit.domain.tables import ScoreSheet
from scorekit.stages.aggregate import aggregate
from scorekit.stages.rank import rank
from scorekit.stages.score import score

NUMPY = "numpy: product and sort"


def measured(seed: int = workload.SEED, quick: bool = False, size: int | None = None) -> list[Row]:
    """A row for each program."""
    size = size or (10_000 if quick else 100_000)
    data = workload.columns(size, seed)
    points = exact.score(data, workload.parameters(seed))["points"].T.astype(np.float64)
    weights = np.full(points.shape[1], 1 / points.shape[1])
    plan = ours.plan_of(seed)
    [submissions] = scoring.batches(plan, data, size)
    sheet, barred = score(plan, submissions, ScoreSheet(size), 0), np.zeros(size, dtype=bool)
    runs: dict[str, Callable[[], Any]] = {
        NUMPY: lambda: _numpy(points, weights),
        "scorekit: aggregate and rank": lambda: rank(plan, submissions, aggregate(plan, submissions, sheet, 0), barred),
        "scikit-criteria": ready(lambda: _scikit(points, weights)),
        "pymcdm": ready(lambda: _pymcdm(points, weights)),
    }
    times = paired(runs, 3 if quick else 5, budget=40)
    notes = {
        "scorekit: aggregate and rank": "caps, vetoes, categories and tie chain included",
        **{name: "weighs and ranks only; floats" for name in ("scikit-criteria", "pymcdm") if not times[name].fault},
    }
    return rows(f"weighted sum and rank, {size:,} x {points.shape[1]}", times, NUMPY, notes=notes)


def _numpy(points: Any, weights: Any) -> Any:
    order = np.argsort(-(points @ weights), kind="stable")
    found = np.empty(len(points), np.int64)
    found[order] = np.arange(1, len(points) + 1)
    return found


def _scikit(points: Any, weights: Any) -> Callable[[], Any]:
    needed("skcriteria")
    import skcriteria
    from skcriteria.agg.simple import WeightedSumModel

    matrix, model = skcriteria.mkdm(points, [max] * len(weights), weights=weights), WeightedSumModel()
    return lambda: model.evaluate(matrix).rank_


def _pymcdm(points: Any, weights: Any) -> Callable[[], Any]:
    needed("pymcdm")
    from pymcdm.helpers import rrankdata
    from pymcdm.methods import WSM

    model, kinds = WSM(lambda column, cost=False: column), np.ones(len(weights))  # points are weighed as they are
    return lambda: rrankdata(model(points, weights, kinds))


if __name__ == "__main__":
    numbers = list(map(int, sys.argv[1:]))
    for row in measured(numbers[1] if len(numbers) > 1 else workload.SEED, size=numbers[0] if numbers else None):
        print(row.line())
