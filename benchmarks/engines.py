"""Rule engines at ten thousand units, one unit after another: ``python -m benchmarks.engines [SEED]``.

The engines give points only; scorekit gives points, reasons, totals, levels and ranks. Slow engines run on fewer units and say so:
their time is that of as many as the others.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import exact, ours, scoring, workload
from benchmarks.measure import Row, Times, paired, ready, rows
from benchmarks.peers import LINES, expressions, plain

UNITS = 10_000
PYTHON = "plain Python functions"
ENGINES: dict[str, tuple[Callable[[dict[str, list[int]]], Any], int]] = {
    "Python expressions, compiled": (expressions.python_compiled, 1),
    "CEL in Rust": (expressions.cel_rust, 4),
    "ZEN": (expressions.zen_graph, 10),
    "JSONLogic": (expressions.json_logic, 20),
}
"""The engines, and to which part of the units each is held."""


def measured(seed: int = workload.SEED, quick: bool = False, size: int | None = None) -> list[Row]:
    """A row for each engine; the yardstick is the fastest that is not Python itself."""
    size = size or (2_000 if quick else UNITS)
    data, chosen = workload.columns(size, seed), workload.parameters(seed)
    given, plan = plain.units(data), ours.plan_of(seed)
    simple, parts = expressions.variables(given), scoring.batches(plan, data)
    runs: dict[str, Callable[[], Any]] = {
        "scorekit": lambda: scoring.scored(plan, parts),
        PYTHON: lambda: plain.points(given, chosen),
    }
    runs |= {
        name: ready(lambda make=make, part=part: _held(make(chosen), simple[: size // part])) for name, (make, part) in ENGINES.items()
    }
    times = paired(runs, 3 if quick else 5, warm=True)
    notes = _checked(times, exact.score(data, chosen)["points"], size)
    for name, (_, part) in ENGINES.items():
        times[name].seconds = [seconds * part for seconds in times[name].seconds]
    able = [name for name in list(ENGINES)[1:] if times[name].seconds]
    fastest = min(able, key=lambda name: statistics.median(times[name].seconds), default=PYTHON)
    return rows(f"rule engines, {size:,} x 60", times, fastest, {"scorekit": 0.01}, notes)


def _held(run: Callable[[Any], Any], units: list[Any]) -> Callable[[], Any]:
    return lambda: run(units)


def _checked(times: dict[str, Times], right: Any, size: int) -> dict[str, str]:
    """How many points of each are not the exact ones."""
    notes = {}
    for name, own in times.items():
        if own.fault or own.found is None:
            continue
        found = ours.in_memory(*own.found)["points"] if name == "scorekit" else _points(name, own.found)
        differs, units = int((found != right[:, : found.shape[1]]).sum()), found.shape[1]
        notes[name] = f"{differs} of {found.size:,} points differ from the exact ones" + (f", on {units:,} units" if units < size else "")
        own.found = None
    return notes


def _points(name: str, found: list[list[Any]]) -> Any:
    order = [line for line, *_ in plain.lines(workload.parameters())] if name == PYTHON else list(expressions.NAMES)
    table = np.array(found, dtype=float).T
    return table[[order.index(line) for line in LINES]]


if __name__ == "__main__":
    for row in measured(int(sys.argv[1]) if len(sys.argv) > 1 else workload.SEED):
        print(row.line())
