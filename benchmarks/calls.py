"""What one call of a rule costs, by how it is called: ``python -m benchmarks.calls [SEED]``; a rate and its deduction, a cell each.

All of it is per unit and criterion: what ran on fewer units says so, and its time is that of as many cells as the others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import exact, ours, scoring, workload
from benchmarks.measure import Row, Times, paired, rows
from benchmarks.peers import FULL_RATE, RATES, plain
from benchmarks.reference import BLOCK, FULL, MISSING, PART, ZERO
from scorekit.domain.plan import Plan
from scorekit.domain.scope import TrackScope
from scorekit.domain.tables import ScoreSheet, Submissions
from scorekit.stages.score import score_criterion

WORK = "one call of a rule"
COLUMN = f"numpy on columns of {BLOCK:,} rows"
PLUGGY = "a pluggy call per cell"
SMALL = 100


def measured(seed: int = workload.SEED, quick: bool = False) -> list[Row]:
    """A row for each way of calling; seconds per unit and criterion."""
    blocks = 4 if quick else 16
    size, few = blocks * BLOCK, 2_000 if quick else 20_000
    data, chosen = workload.columns(size, seed), workload.parameters(seed)
    n, d, target, deduct = data["rates.n0"], data["rates.d0"], chosen["target"][0], chosen["deduct"][0]
    plan = ours.plan_of(seed)
    large, small = scoring.batches(plan, data, BLOCK), scoring.batches(plan, {c: v[: few // 4] for c, v in data.items()}, SMALL)
    pairs, frame, call = list(zip(n[:few].tolist(), d[:few].tolist(), strict=True)), _frame(n, d, few // 4), pluggy_call()
    counts, cap = data["counts.c0"], chosen["cap"][0]
    runs: dict[str, tuple[Callable[[], Any], int]] = {
        COLUMN: (lambda: in_columns(n, d, target, deduct, BLOCK), size),
        f"scorekit on columns of {BLOCK:,} rows": (lambda: [_ours(plan, part) for part in large], size),
        f"numpy on columns of {SMALL} rows": (lambda: in_columns(n[:few], d[:few], target, deduct, SMALL), few),
        f"scorekit on columns of {SMALL} rows": (lambda: [_ours(plan, part) for part in small], few // 4),
        "a function per distinct value (a count)": (lambda: distinct(counts, cap), size),
        "a function per unit": (lambda: [plain.rate(pair, target, deduct) for pair in pairs], few),
        PLUGGY: (lambda: [call(rule="rate", value=pair, a=target, b=deduct) for pair in pairs], few),
        "DataFrame.apply": (lambda: frame.apply(lambda row: plain.rate((row["n"], row["d"]), target, deduct), axis=1), len(frame)),
    }
    times = paired({name: run for name, (run, _) in runs.items()}, 3 if quick else 5, warm=True)
    notes = _checked(times, exact.rate(n, d, target, deduct), few)
    for name, own in times.items():
        own.seconds = [seconds / runs[name][1] for seconds in own.seconds]
        own.found = None
    return rows(WORK, times, COLUMN, notes=notes)


def in_columns(n: Any, d: Any, target: int, deduct: int, block: int) -> list[tuple[Any, Any, Any]]:
    """Points, reasons and values by blocks of rows."""
    found = []
    for at in range(0, len(n), block):
        num, den = n[at : at + block], d[at : at + block]
        known = den != 0
        with np.errstate(divide="ignore", invalid="ignore"):
            percent = num * 100.0 / den
        points = np.maximum(np.floor(FULL_RATE + 0.5 - np.maximum(target - percent, 0) * deduct), 0)
        points[~known] = 0
        points = points.astype(np.int16)
        reasons = np.full(len(num), PART, np.uint8)
        reasons[points == FULL_RATE], reasons[points == 0], reasons[~known] = FULL, ZERO, MISSING
        found.append((points, reasons, percent.astype(np.float32)))
    return found


def distinct(values: Any, cap: int) -> tuple[Any, Any, Any]:
    """A pure function of one unit, called for each value that occurs only once."""
    own, back = np.unique(values, return_inverse=True)
    cells = [plain.count(value, cap, 0) for value in own.tolist()]
    points, reasons, kept = (np.array([cell[i] for cell in cells])[back] for i in range(3))
    return points, reasons, kept


def pluggy_call() -> Callable[..., Any]:
    """A first-result hook of pluggy with a plugin for each rule."""
    import pluggy

    spec, impl = pluggy.HookspecMarker("calls"), pluggy.HookimplMarker("calls")

    class Spec:
        @spec(firstresult=True)
        def cell(self, rule: str, value: Any, a: int, b: int) -> Any: ...

    def plugin(name: str, function: Callable[..., Any]) -> Any:
        class Plugin:
            @impl
            def cell(self, rule: str, value: Any, a: int, b: int) -> Any:
                return function(value, a, b) if rule == name else None

        return Plugin()

    manager = pluggy.PluginManager("calls")
    manager.add_hookspecs(Spec)
    for name, function in plain.RULES.items():
        manager.register(plugin(name, function), name)
    return manager.hook.cell


def _ours(plan: Plan, part: Submissions) -> Any:
    """The one criterion by the stage that scores: its rule called, points minted, reasons told."""
    track = plan.tracks[0]
    [criterion] = [c for c in track.criteria if c.spec.path == RATES[0]]
    scope = TrackScope(track, part, ScoreSheet(len(part)))
    score_criterion(criterion, scope)
    return scope.sheet


def _frame(n: Any, d: Any, size: int) -> Any:
    import pandas as pd

    return pd.DataFrame({"n": n[:size], "d": d[:size]})


def _checked(times: dict[str, Times], right: Any, few: int) -> dict[str, str]:
    """What the floats of each differ in, and on how many units it ran if not on all."""
    notes = {}
    for name, own in times.items():
        if own.fault or "distinct" in name:
            continue
        if name.startswith("scorekit"):
            points = np.concatenate([ours.hundredths(sheet.points[RATES[0]]) for sheet in own.found])
        elif name.startswith("numpy"):
            points = np.concatenate([part[0] for part in own.found])
        else:
            points = np.array([cell[0] for cell in own.found])
        differs = int((points != right[: len(points)]).sum())
        notes[name] = f"{differs} of {len(points):,} cells differ from the exact points"
    return notes


if __name__ == "__main__":
    for row in measured(int(sys.argv[1]) if len(sys.argv) > 1 else workload.SEED):
        print(row.line())
