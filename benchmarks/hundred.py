"""A hundred units, the size of a district: ``python -m benchmarks.hundred [SEED]``; in memory, and as whole processes."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import exact, in_memory, ours, reference, scoring, workload
from benchmarks.measure import Row, needed, paired, process, ready, rows
from benchmarks.peers import Arrays, arrays, plain

UNITS = 100
PYTHON = "plain Python"
MOST = 0.010
"""Seconds that a hundred units may take after the imports."""
BARE = "python -c pass"


def measured(seed: int = workload.SEED, quick: bool = False) -> list[Row]:
    """A row for each program in memory, then for each whole process."""
    data, chosen = workload.columns(UNITS, seed), workload.parameters(seed)
    plan, given = ours.plan_of(seed), plain.units(data)
    parts = scoring.batches(plan, data)
    runs: dict[str, Callable[[], Any]] = {
        PYTHON: lambda: plain.score(given, chosen),
        in_memory.NUMPY: lambda: reference.score(data, chosen),
        "scorekit": lambda: scoring.scored(plan, parts),
        "polars expressions": ready(lambda: in_memory.polars(data, chosen)),
        "pandas column by column": ready(lambda: in_memory.pandas(data, chosen)),
        "DuckDB": ready(lambda: in_memory.duckdb(data, chosen)),
    }
    times = paired(runs, 7 if quick else 21, warm=True)
    by_hand, times[PYTHON].found = times[PYTHON].found, None
    notes = in_memory.differences(times, data, chosen)
    notes[PYTHON] = str(exact.compare(_plainly(by_hand), exact.score(data, chosen), data, chosen))
    found = rows(f"{UNITS} x 60 in memory", times, PYTHON, notes=notes, limits={"scorekit": MOST})
    return found + wholes(seed, 3 if quick else 7)


def wholes(seed: int, rounds: int) -> list[Row]:
    """The whole process from a Parquet file, and from a CSV file where pyarrow is not there, beside bare Python."""
    needed("pyarrow")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        workload.write_parquet(folder / "in" / "units.parquet", UNITS, seed)
        words = ["evaluate", str(folder / "in"), "--rubric", str(workload.write_rubric(folder / "rubric.json", seed))]
        words += ["--format", "parquet", "--out", str(folder / "out")]
        times = paired(
            {
                BARE: lambda: process([sys.executable, "-c", "pass"]),
                "python -c 'import pandas'": lambda: process([sys.executable, "-c", "import pandas"]),
                "scorekit evaluate": lambda: process([sys.executable, "-m", "scorekit", *words]),
            },
            rounds,
            warm=True,
        )
    return rows(f"{UNITS} x 60, whole process", times, BARE, {"scorekit evaluate": 15})


def _plainly(found: list[dict[str, Any]]) -> Arrays:
    columns = plain.table(found)
    return arrays(lambda name: np.array(columns[name]))


if __name__ == "__main__":
    for row in measured(int(sys.argv[1]) if len(sys.argv) > 1 else workload.SEED):
        print(row.line())
