"""The main job by one process, by several, and by a Dask cluster of this machine: ``python -m benchmarks.hands [UNITS] [SEED]``.

From Parquet (columns of numbers, which are done sooner than sent) and from CSV (cells that are looked at). The files that each writes
must be the same bytes; what a cluster costs on one machine is told, since it is for what does not fit one.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import workload
from benchmarks.measure import Process, Row, needed, paired, process, rows

ONE = "scorekit, one process"
HANDS = {ONE: ("--workers", "1"), "scorekit, as it sees fit": (), "scorekit, Dask on this machine": ("--engine", "dask")}
SPARING = 10
"""So many times fewer units from CSV than from Parquet: a cell of text costs more."""


def measured(seed: int = workload.SEED, quick: bool = False, size: int | None = None) -> list[Row]:
    """A row for each way of doing each work, with its peak memory; the ratio is to one process."""
    needed("pyarrow", "distributed")
    size = size or (20_000 if quick else 2_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rubric = workload.write_rubric(folder / "rubric.json", seed)
        sources = {kind: folder / kind / f"units.{kind}" for kind in ("parquet", "csv")}
        found = []
        for kind, source in sources.items():
            units = size if kind == "parquet" else max(size // SPARING, 1)
            source.parent.mkdir()
            _written(source, units, seed)
            outs = {who: folder / f"{kind}-{place}" for place, who in enumerate(HANDS)}
            runs: dict[str, Callable[[], Process]] = {
                who: lambda source=source, out=outs[who], words=words: _evaluated(source.parent, rubric, out, words)
                for who, words in HANDS.items()
            }
            times = paired(runs, 1 if quick else 3, budget=200)
            notes = {who: _compared(out, outs[ONE]) for who, out in outs.items() if times[who].seconds}
            found += rows(f"by whom, from {kind}, {units:,} x 60", times, ONE, notes=notes)
        return found


def _written(path: Path, units: int, seed: int) -> None:
    if path.suffix == ".parquet":
        workload.write_parquet(path, units, seed)
        return
    from pyarrow import csv

    csv.write_csv(workload.table(workload.columns(units, seed)), path)


def _evaluated(source: Path, rubric: Path, out: Path, words: tuple[str, ...]) -> Process:
    own = ["--rubric", str(rubric), "--format", "parquet", "--out", str(out), *words]
    return process([sys.executable, "-m", "scorekit", "evaluate", str(source), *own])


def _compared(out: Path, one: Path) -> str:
    names = sorted({p.name for folder in (out, one) for p in folder.iterdir() if not p.name.startswith(".")})
    other = [n for n in names if not (out / n).is_file() or not (one / n).is_file() or (out / n).read_bytes() != (one / n).read_bytes()]
    return f"other bytes: {', '.join(other)}" if other else f"the same bytes in {len(names)} files"


if __name__ == "__main__":
    numbers = list(map(int, sys.argv[1:]))
    for row in measured(numbers[1] if len(numbers) > 1 else workload.SEED, size=numbers[0] if numbers else None):
        print(row.line())
