"""Scoring in memory: scorekit's stages beside a numpy program written for the one rubric, in one run.

``python -m benchmarks.scoring [UNITS] [SEED]``: both give points and a reason for every cell, totals, levels and ranks.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import reference, workload
from scorekit.catalogue import discover
from scorekit.compiling import compile_plan
from scorekit.domain.column import Column, Why
from scorekit.domain.deciding import Barred
from scorekit.domain.joining import joined, sheets_joined
from scorekit.domain.marks import Panel
from scorekit.domain.plan import Plan
from scorekit.domain.tables import Places, ScoreSheet, Standings, Submissions
from scorekit.loading.rubrics import load_rubric
from scorekit.stages.aggregate import aggregate
from scorekit.stages.decide import decide
from scorekit.stages.rank import rank
from scorekit.stages.score import score

ROUNDS = 5
BLOCK = 65_536
"""Rows a block: large enough that calls cost little, small enough for the caches."""
Columns = dict[str, np.ndarray[Any, Any]]


def batches(plan: Plan, data: Columns, block: int = BLOCK) -> list[Submissions]:
    """The submissions as typed columns, in blocks."""
    return [_submissions(plan, {n: c[at : at + block] for n, c in data.items()}) for at in range(0, len(data["unit"]), block)]


def _submissions(plan: Plan, data: Columns) -> Submissions:
    size = len(data["unit"])
    columns: dict[str, Any] = {"category": Column("text", np.array(workload.CATEGORIES, dtype=object)[data["category"]])}
    for spec in plan.fields:
        if spec.derive is None and spec.path not in ("unit", "category"):
            columns[spec.path] = _column(spec.path, spec.kind, spec.raters, data)
    units = tuple(map(str, data["unit"].tolist()))
    places = (Places(("",), np.zeros(size, np.int32), "", np.arange(size), {}),)
    return Submissions(units, units, columns, places, np.zeros(size, np.int32), np.arange(size))


def _column(path: str, kind: str, raters: tuple[str, ...], data: Columns) -> Any:
    if kind == "panel":
        return Panel(raters, tuple(Column.array(data[f"{path}@{r}"]) for r in raters))
    if kind == "truth":
        blank = data[path] == -1
        return Column("truth", data[path] == 1, np.where(blank, np.uint8(Why.MISSING), np.uint8(0)) if blank.any() else None)
    return Column.array(data[path])


def scored(plan: Plan, parts: list[Submissions], threads: int = 1) -> tuple[ScoreSheet, Standings]:
    """The stages of the main job from typed columns on, the blocks on one thread or several."""

    def local(part: Submissions) -> ScoreSheet:
        return aggregate(plan, part, score(plan, part, ScoreSheet(len(part)), 0), 0)

    if threads == 1:
        sheets = [local(part) for part in parts]
    else:
        with ThreadPoolExecutor(threads) as pool:
            sheets = list(pool.map(local, parts))
    submissions, sheet = joined(parts), sheets_joined(sheets)
    sheet, partings = rank(plan, submissions, sheet, np.zeros(len(submissions), dtype=bool))
    return sheet, decide(plan, submissions, sheet, Barred({}, {}), None, {}, partings)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of one call, and what it gave."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def float_differences(data: Columns, chosen: dict[str, list[int]], by_hand: dict[str, Any], sheet: ScoreSheet) -> tuple[int, int, int]:
    """Cells in which the float program differs; and of those, how many exact arithmetic gives scorekit, and how many it."""
    differs = ours = theirs = 0
    for i in range(workload.RATIO):
        mine = np.where(sheet.points[f"rates.r{i}"].masked, 0, sheet.points[f"rates.r{i}"].values.num)
        other = by_hand["points"][workload.BOOL + i]
        for row in np.flatnonzero(mine != other).tolist():
            lost = max(
                Fraction(chosen["target"][i]) - Fraction(int(data[f"rates.n{i}"][row]) * 100, int(data[f"rates.d{i}"][row])), Fraction(0)
            )
            exact = max(int(300 - lost * chosen["deduct"][i] + Fraction(1, 2)), 0)
            differs, ours, theirs = differs + 1, ours + (exact == mine[row]), theirs + (exact == other[row])
    return differs, ours, theirs


def main() -> None:
    """Measure in turn, A B A B, and print the ratios."""
    units = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else workload.SEED
    catalogue = discover(third_party=False)
    with tempfile.TemporaryDirectory() as folder:
        plan = compile_plan(load_rubric(workload.write_rubric(Path(folder) / "rubric.json", seed), catalogue), catalogue)
    data, chosen = workload.columns(units, seed), workload.parameters(seed)
    parts = batches(plan, data)
    runs: dict[str, Callable[[], Any]] = {
        "numpy by hand, blocks of 16 384": lambda: reference.score(data, chosen),
        "scorekit, 1 thread": lambda: scored(plan, parts),
        "scorekit, 2 threads": lambda: scored(plan, parts, 2),
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    found: dict[str, Any] = {}
    for _ in range(ROUNDS):
        for name, work in runs.items():
            found.pop(name, None)
            seconds, found[name] = timed(work)
            times[name].append(seconds)
    names = list(runs)
    print(f"{units} units x 60 criteria, seed {seed}, {ROUNDS} rounds in turn")
    for name in names:
        ratios = [a / b for a, b in zip(times[name], times[names[0]], strict=True)]
        median = statistics.median(times[name])
        print(f"{name}: median {median:.2f} s, ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")
    by_hand, (sheet, standings) = found[names[0]], found[names[1]]
    differs, ours, theirs = float_differences(data, chosen, by_hand, sheet)
    print(f"rate cells in which the float program differs: {differs}; exact arithmetic gives scorekit in {ours}, the program in {theirs}")
    same_total = by_hand["total"] == sheet.totals["total"].values.num
    print(f"units with equal totals: {int(same_total.sum())}; units with equal ranks: {int((standings.rank == by_hand['rank']).sum())}")


if __name__ == "__main__":
    main()
