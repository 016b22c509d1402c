"""The main job as a whole process, Parquet in, scores, reasons, ranks and seats out: ``python -m benchmarks.wholes [UNITS] [SEED]``.

scorekit through its command line beside whole programs by hand, each with its peak memory (workers counted), and each checked against
the exact figures. scorekit also checks and records what was submitted, and writes problems, inputs and a workbook for people.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import exact, ours, workload
from benchmarks.measure import Process, Row, needed, paired, process, rows
from benchmarks.peers import Arrays, wholes

POLARS = "polars, one pass"
PEERS = {
    POLARS: ("polars", ("polars",)),
    "numpy and pyarrow": ("numpy", ()),
    "DuckDB": ("duckdb", ("duckdb",)),
    "Dask, 2 workers": ("dask", ("dask", "distributed")),
    "pandas in chunks": ("pandas", ()),
}
GOALS = {"scorekit evaluate": 1.5}


def measured(seed: int = workload.SEED, quick: bool = False, size: int | None = None) -> list[Row]:
    """A row for each program; all but the first peer and scorekit run once."""
    needed("pyarrow")
    size = size or (3_000 if quick else 3_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        source = workload.write_parquet(folder / "in" / "units.parquet", size, seed)
        rubric, seats = workload.write_rubric(folder / "rubric.json", seed), max(size // 250, 1)
        notice = ours.notice(folder / "notice.json", seats)
        runs: dict[str, Callable[[], Process]] = {
            who: lambda own=own, modules=modules: by_hand(own, modules, source, folder / own, seed, seats)
            for who, (own, modules) in PEERS.items()
        }
        runs["scorekit evaluate"] = lambda: evaluated(source.parent, rubric, notice, folder / "ours")
        rounds = 1 if quick else 3
        times = paired(runs, rounds, budget=150, seldom=[who for who in PEERS if who != POLARS])
        wrote = {who: (lambda own=own: wholes.read(folder / own)) for who, (own, _) in PEERS.items()}
        wrote["scorekit evaluate"] = lambda: ours.from_files(folder / "ours")
        notes = _checked({who: read for who, read in wrote.items() if times[who].seconds}, size, seed)
    return rows(f"Parquet to Parquet, whole process, {size:,} x 60", times, POLARS, GOALS, notes)


def by_hand(own: str, modules: tuple[str, ...], source: Path, folder: Path, seed: int, seats: int) -> Process:
    """A program by hand as a process."""
    needed(*modules)
    shutil.rmtree(folder, ignore_errors=True)
    return process([sys.executable, "-m", "benchmarks.peers.wholes", own, str(source), str(folder), str(seed), str(seats)])


def evaluated(source: Path, rubric: Path, notice: Path | None, out: Path, *more: str) -> Process:
    """scorekit's command line as a process, into a folder that is not there yet."""
    shutil.rmtree(out, ignore_errors=True)
    words = ["evaluate", str(source), "--rubric", str(rubric), "--format", "parquet", "--out", str(out), *more]
    words += ["--notice", str(notice)] if notice is not None else []
    return process([sys.executable, "-m", "scorekit", *words])


def _checked(wrote: dict[str, Callable[[], Arrays]], size: int, seed: int) -> dict[str, str]:
    data, chosen = workload.columns(size, seed), workload.parameters(seed)
    right = exact.score(data, chosen)
    return {who: str(exact.compare(read(), right, data, chosen)) for who, read in wrote.items()}


if __name__ == "__main__":
    numbers = list(map(int, sys.argv[1:]))
    for row in measured(numbers[1] if len(numbers) > 1 else workload.SEED, size=numbers[0] if numbers else None):
        print(row.line())
