"""Writing all explanations, points, reason and value of every cell: ``python -m benchmarks.explained [UNITS] [SEED]``.

Wide (one row a unit, codes and values) as scorekit writes them, and long (one row a cell), as Parquet and CSV by what people use.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import exact, ours, reference, scoring, workload
from benchmarks.measure import Row, needed, paired, ready, rows
from benchmarks.peers import LINES, VALUES, VETOES, Arrays

PYARROW = "wide Parquet by pyarrow"
OURS = "scorekit: wide Parquet"
REASONS = ("nothing", "a part", "all", "capped", "not known", "vetoed", "no veto")
CSV_PART = 10
"""Long CSV by pandas is held to this part of the units."""
COMPRESSED: dict[str, Any] = {"compression": "zstd", "compression_level": 1}


def measured(seed: int = workload.SEED, quick: bool = False, size: int | None = None) -> list[Row]:
    """A row for each form and program, with bytes a cell."""
    needed("pyarrow")
    size = size or (10_000 if quick else 300_000)
    data, chosen = workload.columns(size, seed), workload.parameters(seed)
    outcome, by_hand = outcome_of(data, seed), reference.score(data, chosen)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        runs: dict[str, Callable[[], Path]] = {
            PYARROW: ready(lambda: _wide(folder, data, by_hand)),
            OURS: lambda: _ours(folder, outcome),
            "wide Parquet by polars": ready(lambda: _polars_wide(folder, data, by_hand)),
            "long Parquet by pyarrow": ready(lambda: _long(folder, data, by_hand)),
            "long CSV by polars": ready(lambda: _polars_csv(folder, data, by_hand)),
            "long CSV by pandas": ready(lambda: _pandas_csv(folder, data, by_hand)),
        }
        times = paired(runs, 3 if quick else 5, seldom=[n for n in runs if "CSV" in n], budget=60)
        cells = {n: size * workload.CRITERIA // (CSV_PART if "pandas" in n else 1) for n in runs}
        notes = {n: f"{t.found.stat().st_size / cells[n]:.2f} bytes a cell" for n, t in times.items() if t.found}
        if times[OURS].found:
            notes[OURS] += "; " + _checked(folder, exact.score(data, chosen)["points"])
    times["long CSV by pandas"].seconds = [s * CSV_PART for s in times["long CSV by pandas"].seconds]
    return rows(f"explanations, {size:,} x {workload.CRITERIA}", times, PYARROW, {OURS: 1.5}, notes)


def outcome_of(data: Arrays, seed: int) -> Any:
    """The outcome of a run, from the columns on."""
    from scorekit.domain.outputs import Outcome

    plan = ours.plan_of(seed)
    parts = scoring.batches(plan, data)
    sheet, standings = scoring.scored(plan, parts)
    return Outcome(plan, None, scoring.joined(parts), sheet, standings, ())


def _ours(folder: Path, outcome: Any) -> Path:
    from scorekit_plugins.exporters import parquet

    path = folder / "ours.parquet"
    parquet.write_table(parquet.scores(outcome), path)
    return path


def _checked(folder: Path, right: Any) -> str:
    from pyarrow import parquet

    table = parquet.read_table(folder / "ours.parquet", columns=[f"points:{line}" for line in LINES])
    differs = sum(int((ours.cents(table[f"points:{line}"]) != right[i]).sum()) for i, line in enumerate(LINES))
    return f"{differs} of {right.size:,} points differ from the exact ones"


def _columns(data: Arrays, by_hand: Arrays) -> dict[str, Any]:
    found: dict[str, Any] = {"unit": data["unit"]}
    found |= {f"points:{line}": by_hand["points"][i] for i, line in enumerate(LINES)}
    found |= {f"reason:{line}": by_hand["reasons"][i] for i, line in enumerate((*LINES, *VETOES))}
    return found | {f"value:{line}": by_hand["values"][i] for i, line in enumerate(VALUES)}


def _wide(folder: Path, data: Arrays, by_hand: Arrays) -> Callable[[], Path]:
    import pyarrow as pa
    from pyarrow import parquet

    def run() -> Path:
        path = folder / "wide.parquet"
        parquet.write_table(pa.table(_columns(data, by_hand)), path, row_group_size=1 << 17, **COMPRESSED)
        return path

    return run


def _polars_wide(folder: Path, data: Arrays, by_hand: Arrays) -> Callable[[], Path]:
    needed("polars")
    import polars as pl

    def run() -> Path:
        path = folder / "polars.parquet"
        pl.DataFrame(_columns(data, by_hand)).write_parquet(path, **COMPRESSED)
        return path

    return run


def _long_arrays(data: Arrays, by_hand: Arrays, rows: slice) -> dict[str, Any]:
    """One row a cell, line after line."""
    unit, number = data["unit"][rows], len(LINES)
    value = np.zeros((number, len(unit)), np.float32)
    for i, line in enumerate(VALUES):
        value[LINES.index(line)] = by_hand["values"][i][rows]
    return {
        "unit": np.tile(unit, number),
        "line": np.repeat(np.arange(number, dtype=np.int8), len(unit)),
        "points": by_hand["points"][:, rows].reshape(-1),
        "reason": by_hand["reasons"][:number, rows].reshape(-1).astype(np.int8),
        "value": value.reshape(-1),
    }


def _long(folder: Path, data: Arrays, by_hand: Arrays) -> Callable[[], Path]:
    import pyarrow as pa
    from pyarrow import parquet

    def run() -> Path:
        path, writer = folder / "long.parquet", None
        for start in range(0, len(data["unit"]), 1 << 15):
            found = _long_arrays(data, by_hand, slice(start, start + (1 << 15)))
            found["line"] = pa.DictionaryArray.from_arrays(pa.array(found["line"]), pa.array(LINES))
            found["reason"] = pa.DictionaryArray.from_arrays(pa.array(found["reason"]), pa.array(REASONS))
            table = pa.table(found)
            writer = writer or parquet.ParquetWriter(path, table.schema, use_dictionary=["line", "points", "reason"], **COMPRESSED)
            writer.write_table(table)
        assert writer is not None
        writer.close()
        return path

    return run


def _polars_csv(folder: Path, data: Arrays, by_hand: Arrays) -> Callable[[], Path]:
    needed("polars")
    import polars as pl

    def run() -> Path:
        path = folder / "polars.csv"
        found = pl.DataFrame(_long_arrays(data, by_hand, slice(None)))
        words = [pl.lit(pl.Series(values)).gather(pl.col(name)).alias(name) for name, values in (("line", LINES), ("reason", REASONS))]
        found.with_columns(words).write_csv(path)
        return path

    return run


def _pandas_csv(folder: Path, data: Arrays, by_hand: Arrays) -> Callable[[], Path]:
    import pandas as pd

    def run() -> Path:
        path = folder / "pandas.csv"
        found = pd.DataFrame(_long_arrays(data, by_hand, slice(0, max(len(data["unit"]) // CSV_PART, 1))))
        found["line"] = np.array(LINES, dtype=object)[found["line"]]
        found["reason"] = np.array(REASONS, dtype=object)[found["reason"]]
        found.to_csv(path, index=False)
        return path

    return run


if __name__ == "__main__":
    numbers = list(map(int, sys.argv[1:]))
    for row in measured(numbers[1] if len(numbers) > 1 else workload.SEED, size=numbers[0] if numbers else None):
        print(row.line())
